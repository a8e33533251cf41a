"""The parts of KTAB's spatial model: utilities, votes, duels, challenges and bargains, by hand and by their invariants."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.weighing.draws import FloatArray
from detente.weighing.ktab_bargain import Challenges, bargains, challenges
from detente.weighing.ktab_utility import Votes, distance, utility
from detente.weighing.ktab_victory import Prevails, Spread, Victory, attitudes, beats, coalitions, prevails

from . import ktab_cases

# ---------------------------------------------------------------- the tables of the first turn


@pytest.mark.parametrize("name", ktab_cases.TABLES)
def test_utilities_and_what_others_take_them_for(shared: Path, name: str) -> None:
    run = ktab_cases.run(shared, name)
    place = run.draws.position / 100
    far = distance(place, run.draws.salience, place)
    assert_allclose(1 - far[0], run.printed["turn0_value_risk_neutral"], atol=5.01e-4)
    chance = prevails(coalitions(1 - far, run.draws.capability), np.ones(far.shape[:2], np.bool_))
    risk = attitudes(chance)
    assert_allclose(risk[0], run.printed["turn0_risk_attitude"], atol=5.01e-4)
    assert_allclose(utility(far, risk[..., None])[0], run.printed["turn0_risk_aware_utility"], atol=5.01e-5)
    seen = (2 * risk[0, 0] + risk[0]) / 3
    assert_allclose(utility(far[0], seen[:, None]), run.printed["turn0_estimate_by_actor0"], atol=5.01e-5)


def test_the_first_challenge_of_the_first_actor(shared: Path) -> None:
    # SOE-Pol-Comp: actor 0 does best against actor 10, P = .7676, gain .0456, and would go to (34.83, 22.50).
    draws = ktab_cases.case(shared, "SOE-Pol-Comp")
    place = draws.position / 100
    far = distance(place, draws.salience, place)
    risk = attitudes(prevails(coalitions(1 - far, draws.capability), np.ones(far.shape[:2], np.bool_)))
    view = (2 * risk[:, :, None] + risk[:, None]) / 3
    found = challenges(far, view, draws.salience.sum(axis=2), draws.capability, Votes.PROPORTIONAL)
    assert (found.target[0, 0], found.made[0, 0]) == (10, True)
    assert round(float(found.chance[0, 0, 10]), 4) == 0.7676
    assert round(float(found.gain[0, 0, 10]), 4) == 0.0456
    assert (bargains(place, draws.salience, found).challenger[0, 0] * 100).round(2).tolist() == [34.83, 22.5]


# ---------------------------------------------------------------- utilities


def test_distance_by_hand() -> None:
    # Saliences .3 and .4: √((.3·1)² + (.4·0)²) / √(.3² + .4²) = .3/.5.
    one = np.array([[[0.3, 0.4]]])
    assert_allclose(distance(np.zeros((1, 1, 2)), one, np.array([[[1.0, 0.0]]])), 0.6)
    assert_allclose(distance(np.zeros((1, 1, 2)), one, np.array([[[1.0, 1.0]]])), 1.0)


@pytest.mark.parametrize(
    ("far", "risk", "worth"),
    [(0, 0.5, 1), (1, 0.5, 0), (0.5, 0, 0.5), (0.5, 1, 0.75), (0.5, -0.5, 0.375), (1.5, 1, -1), (1.5, -0.5, -0.25)],
)
def test_utility_by_hand(far: float, risk: float, worth: float) -> None:
    assert_allclose(utility(np.array(far), np.array(risk)), worth)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-0.5, 1))
def test_nearer_is_never_worse(a: float, b: float, risk: float) -> None:
    near, far = sorted([a, b])
    assert utility(np.array(near), np.array(risk)) >= utility(np.array(far), np.array(risk)) - 1e-12


@pytest.mark.parametrize(
    ("votes", "of_half", "of_minus_half"),
    [
        (Votes.PROPORTIONAL, 0.5, -0.5), (Votes.BINARY, 1.0, -1.0), (Votes.PROPORTIONAL_BINARY, 0.6, -0.6),
        (Votes.CUBIC, 0.125, -0.125), (Votes.PROPORTIONAL_CUBIC, 0.3125, -0.3125), (Votes.ASYMMETRIC, 1 / 3, -0.5),
    ],
)  # fmt: skip
def test_votes_by_hand(votes: Votes, of_half: float, of_minus_half: float) -> None:
    assert_allclose(votes.cast(np.array([0.5, -0.5, 0.0])), [of_half, of_minus_half, 0.0])


@given(st.sampled_from(Votes), st.floats(-1, 1), st.floats(-1, 1))
def test_votes_grow_with_the_difference(votes: Votes, a: float, b: float) -> None:
    less, more = sorted([a, b])
    assert votes.cast(np.array(less)) <= votes.cast(np.array(more)) + 1e-12


# ---------------------------------------------------------------- duels


def test_duels_by_hand() -> None:
    # Strengths 3 and 1; each wants another of two options, and the other is worth nothing to it.
    strength = coalitions(np.array([[[1.0, 0.0], [0.0, 1.0]]]), np.array([[3.0, 1.0]]))
    assert_allclose(strength[0], [[0, 3], [1, 0]], atol=1e-7)
    for victory, odds in zip(Victory, (3, 9, 81, 6561), strict=True):
        assert_allclose(beats(strength, victory)[0], [[0.5, odds / (1 + odds)], [1 / (1 + odds), 0.5]])


def test_the_chance_to_prevail_over_three_by_hand() -> None:
    # p_12 = 3/4, p_13 = 1/2, p_23 = 1/3: products 3/8, 1/12, 1/3; their sum 19/24.
    coalition = np.array([[[1.0, 3, 1], [1, 1, 1], [1, 2, 1]]])
    all_three, two = np.array([[True] * 3]), np.array([[True, False, True]])
    assert_allclose(prevails(coalition, all_three)[0], [9 / 19, 2 / 19, 8 / 19])
    assert_allclose(prevails(coalition, two)[0], [0.5, 0, 0.5])


def random_coalitions(seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    return coalitions(rng.uniform(0, 1, (2, 4, 5)), rng.uniform(0.1, 5, (2, 4)))


@given(st.integers(0, 10**6), st.sampled_from(Prevails), st.sampled_from(Victory))
def test_chances_add_up_and_do_not_hang_on_the_order(seed: int, rule: Prevails, victory: Victory) -> None:
    coalition = random_coalitions(seed)
    among = np.array([[True, True, False, True, True], [True] * 5])
    chance = prevails(coalition, among, victory, rule)
    assert_allclose(chance.sum(axis=-1), 1.0)
    assert (chance[~among] == 0).all()
    order = np.random.default_rng(seed).permutation(5)
    again = prevails(coalition[:, order][:, :, order], among[:, order], victory, rule)
    assert_allclose(again, chance[:, order], atol=1e-7)


@given(st.integers(0, 10**6))
def test_the_markov_chances_are_at_rest(seed: int) -> None:
    coalition = random_coalitions(seed)
    duel, everyone = beats(coalition), np.ones((2, 5), np.bool_)
    p = prevails(coalition, everyone, rule=Prevails.MARKOV_UNIFORM)
    # p_i = (1/N) Σ_j p_ij (p_i + p_j).
    assert_allclose((duel * (p[:, :, None] + p[:, None])).mean(axis=2), p, atol=1e-8)


@pytest.mark.parametrize("rule", list(Prevails))
def test_the_option_that_all_prefer_prevails(rule: Prevails) -> None:
    worth = np.array([[[1.0, 0.5, 0.1], [0.9, 0.2, 0.3]]])
    chance = prevails(coalitions(worth, np.ones((1, 2))), np.ones((1, 3), np.bool_), rule=rule)
    assert chance[0].argmax() == 0
    assert chance[0, 0] > 0.95


@pytest.mark.parametrize(("spread", "ends"), [(Spread.MID, (1, -0.5)), (Spread.MIN, (1, 0)), (Spread.MAX, (1, -1))])
def test_attitudes_by_hand(spread: Spread, ends: tuple[float, float]) -> None:
    high, low = ends
    assert_allclose(attitudes(np.array([[0.6, 0.1, 0.3]]), spread), [[high, low, low + 0.4 * (high - low)]])
    assert_allclose(attitudes(np.full((1, 3), 1 / 3), spread), 0.0)


# ---------------------------------------------------------------- challenges and bargains


def two(capability: list[float], salience: list[float]) -> Challenges:
    """Two parties at the ends of one issue who do not mind risk."""
    far = np.array([[[0.0, 1.0], [1.0, 0.0]]])
    return challenges(far, np.zeros((1, 2, 2)), np.array([salience]), np.array([capability]), Votes.PROPORTIONAL)


def test_a_challenge_between_two_by_hand() -> None:
    # σ = (3·.5, 1·.5): P = ¾ and ¼; gain 1·(1 − 2·.5·(1 − P)).
    found = two([3, 1], [0.5, 0.5])
    assert_allclose(found.chance[0, [0, 1], [1, 0]], [0.75, 0.25])
    assert_allclose(found.gain[0, [0, 1], [1, 0]], [0.75, 0.25])
    assert found.target.tolist() == [[1, 0]]
    assert found.made.all()


def test_who_cannot_gain_challenges_nobody() -> None:
    # Against one who cares fully and is nine times as strong: 1 − 2·1·(1 − .1) < 0.
    assert two([9, 1], [1.0, 1.0]).made.tolist() == [[True, False]]


def test_a_third_party_sides_so_as_not_to_have_to_move() -> None:
    # The third stands with the first, x = 1, y = 0, and is as strong: v = 1, p = (1 + 1)/(1 + 1 + 1) = 2/3.
    # It brings (2/3)·0 − (1/3)·1 = −1/3, to the second: P = 1/(1 + 1 + 1/3).
    far = np.array([[[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]])
    found = challenges(far, np.zeros((1, 3, 3)), np.ones((1, 3)), np.ones((1, 3)), Votes.PROPORTIONAL)
    assert_allclose(found.chance[0, 0, 1], 1 / (2 + 1 / 3))


def test_a_tie_between_targets_at_different_places_is_reported() -> None:
    far = np.abs(np.array([0.0, 0.5, 1.0])[:, None] - np.array([0.0, 0.5, 1.0]))[None]
    even = challenges(far, np.zeros((1, 3, 3)), np.full((1, 3), 0.5), np.ones((1, 3)), Votes.PROPORTIONAL)
    assert even.tied.tolist() == [True]
    uneven = challenges(far, np.zeros((1, 3, 3)), np.array([[0.5, 0.5, 0.4]]), np.ones((1, 3)), Votes.PROPORTIONAL)
    assert uneven.tied.tolist() == [False]


def test_a_bargain_by_hand() -> None:
    # (s P)²: .1406 for the challenger at 0, .0156 for its target at 1: nine parts to one.
    offers = bargains(np.array([[[0.0], [1.0]]]), np.full((1, 2, 1), 0.5), two([3, 1], [0.5, 0.5]))
    assert_allclose(offers.challenger[0, 0], 0.1)
    assert_allclose(offers.target[0, 0], 0.1)


@given(st.integers(0, 10**6))
def test_a_bargain_lies_between_the_two_in_every_coordinate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    place, salience = rng.uniform(0, 1, (2, 5, 3)), rng.uniform(0.01, 0.33, (2, 5, 3))
    far = distance(place, salience, place)
    found = challenges(far, rng.uniform(-0.5, 1, (2, 5, 5)), salience.sum(axis=2), rng.uniform(0.1, 5, (2, 5)), Votes.PROPORTIONAL)
    other = np.take_along_axis(place, found.target[..., None], axis=1)
    for offer in (bargains(place, salience, found).challenger, bargains(place, salience, found).target):
        assert (offer >= np.minimum(place, other) - 5.1e-5).all()
        assert (offer <= np.maximum(place, other) + 5.1e-5).all()
    assert ((found.chance >= 0) & (found.chance <= 1)).all()
