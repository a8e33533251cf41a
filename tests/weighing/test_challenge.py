"""The challenge model: the published rounds, its rules one by one, and what it promises and does not."""

from __future__ import annotations

import json
from abc import ABC
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from detente.weighing.challenge import ChallengeModel, expectations, under_every_reading
from detente.weighing.challenge_rules import (
    Choice,
    Conflict,
    Range,
    Reading,
    Reply,
    Rules,
    Security,
    Votes,
    every_reading,
)
from detente.weighing.draws import Draws
from detente.weighing.noise import under_noise
from detente.weighing.weighted_mean import WeightedMean

from . import made, strategies
from .made import Emissions
from .test_contract import ModelContract, inherited

EMISSIONS = Emissions().draws()
PROGRAM = Reading.PROGRAM.value

# ---------------------------------------------------------------- the emissions case (Bueno de Mesquita 1994)


def test_the_printed_equations_give_the_published_median_and_means() -> None:
    # Two other implementations of the printed equations end at 9.530, with means of 7.606 and 7.717.
    path = ChallengeModel(rounds=3).trace(EMISSIONS)
    assert_allclose(path.median[0, :, 0], [7.0, 9.530, 9.530, 9.530], atol=5e-4)
    assert_allclose(path.mean[0, 1:3, 0], [7.606, 7.717], atol=5e-4)


def test_the_program_gives_table_2_of_the_paper() -> None:
    # Scholz, Calbert and Smith 2011, Table 2: eight rounds, to one decimal place.
    path = ChallengeModel(PROGRAM, 8).trace(EMISSIONS)
    published = [[8.4, 7.4], [9.9, 7.5], [9.9, 7.6], [9.9, 7.3], [9.9, 7.3], [7.4, 7.4], [8.8, 7.5], [9.6, 7.6]]
    found = np.stack([path.median[0, 1:, 0], path.mean[0, 1:, 0]], axis=1)
    # The table cuts off where it does not round: 9.96 is printed 9.9, 7.36 is printed 7.3. Its second median, 9.9, is
    # 9.61 here and in another run of the same program: all that follows fits 9.61, so it may be a misprint.
    far = np.argwhere(np.abs(found - published) >= 0.1)
    assert far.tolist() == [[1, 0]]
    assert round(found[1, 0], 2) == 9.61


def test_the_program_position_by_position_over_ten_rounds(shared: Path) -> None:
    published = json.loads((shared / "reference/models/bdm_emissions_scholz_rounds.json").read_text(encoding="utf-8"))
    path = ChallengeModel(PROGRAM, 10).trace(EMISSIONS)
    assert_allclose(path.position[0, :, :, 0], published["positions"], atol=1e-9)
    assert_allclose(path.median[0, :, 0], published["median"], atol=1e-9)
    assert_allclose(path.mean[0, :, 0], published["mean"], atol=1e-9)


def test_the_expectations_behind_every_published_offer(shared: Path) -> None:
    published = json.loads((shared / "reference/models/bdm_emissions_scholz_rounds.json").read_text(encoding="utf-8"))
    seat = {name: k for k, name in enumerate(published["actors"])}
    offers = 0
    for positions, round_ in zip(published["positions"], published["offers"], strict=False):
        found = expectations(replace(EMISSIONS, position=np.reshape(positions, (1, 10, 1))), PROGRAM)
        for target, _, proposer, own, reply, _ in round_:
            i, j = seat[target], seat[proposer]
            assert_allclose([found.own[0, i, j, 0], found.reply[0, i, j, 0]], [own, reply], atol=1e-6)
            offers += 1
    assert offers == 30


def test_noise_of_a_twentieth_of_a_percent_widens_the_outcome() -> None:
    calm = under_noise(WeightedMean(), EMISSIONS, np.random.default_rng(3))
    for reading in (Reading.PRINTED.value, replace(Reading.PRINTED.value, status_quo=0.5)):
        noise = under_noise(ChallengeModel(reading), EMISSIONS, np.random.default_rng(3))
        assert noise.deviation[0] > 20 * calm.deviation[0]


def test_under_every_reading() -> None:
    rules, values = under_every_reading(EMISSIONS)
    assert len(set(rules)) == len(rules) == 96
    assert values.shape == (96, 1, 1)
    # The readings alone move the answer by most of the scale from 4 to 10 years.
    assert np.ptp(values) > 4
    assert values[rules.index(Rules()), 0, 0] == ChallengeModel().run(EMISSIONS).value[0, 0]
    chosen, few = under_every_reading(EMISSIONS, 2, [r.value for r in Reading])
    assert chosen == (Rules(), PROGRAM)
    assert few.shape == (2, 1, 1)


# ---------------------------------------------------------------- by hand


def two(capability: tuple[float, float], salience: tuple[float, float], position: tuple[float, float]) -> Draws:
    return made.draws([capability], np.reshape(salience, (1, 2, 1)), np.reshape(position, (1, 2, 1)))


def test_two_parties_by_hand() -> None:
    # Weights 3 and 1 at distance 1: P_12 = 3/4. With r = 1 U_s = 2, U_f = −2, U_q = 0:
    # E_12 = .5(¾·2 − ¼·2) + .5·2 = 1.5; E_21 = 1(¼·2 − ¾·2) = −1. Security: of 1 it is −1, of 2 it is 1.5,
    # so k = −1 and 1, r = (4/3)/(2/3) = 2 and (2/3)/(4/3) = ½.
    found = expectations(two((3, 2), (1, 0.5), (0, 100)), Rules())
    assert_allclose(found.risk[0, :, 0], [2.0, 0.5])
    # With r = 2: U_s = 2, U_f = −2, U_q = 2 − 4/4 = 1; with r = ½: U_s = 2, U_f = −2, U_q = 2 − 4·√½ = −.8284.
    assert_allclose(found.own[0, 0, 1, 0], 0.5 * (0.75 * 2 - 0.25 * 2) + 0.5 * 2 - 1)
    assert_allclose(found.own[0, 1, 0, 0], 0.25 * 2 - 0.75 * 2 + 0.8284271247461903)
    assert_allclose(found.reply[0, 1, 0, 0], found.own[0, 0, 1, 0])


def test_who_is_sure_to_lose_gives_way_all_or_in_part() -> None:
    found = expectations(two((3, 2), (1, 0.5), (0, 100)), Rules())
    a, b = found.own[0, 1, 0, 0], found.reply[0, 1, 0, 0]
    assert a < 0 < b
    path = ChallengeModel(rounds=1).trace(two((3, 2), (1, 0.5), (0, 100)))
    assert_allclose(path.position[0, 1, :, 0], [0, 100 * (1 - min(1, -a / b))])


def test_a_conflict_moves_nobody_or_the_one_that_expects_less() -> None:
    # Neither would resist: both expect to gain.
    case = two((1, 1), (0.1, 0.2), (0, 100))
    found = expectations(case, Rules())
    assert found.own[0, 0, 1, 0] > 0
    assert found.own[0, 1, 0, 0] > 0
    weaker = int(found.own[0, 1, 0, 0] < found.own[0, 0, 1, 0])
    stand, give_way = (ChallengeModel(Rules(conflict=c), 1).trace(case).position[0, 1, :, 0] for c in Conflict)
    assert_allclose(stand, [0, 100])
    assert_allclose(give_way, [(0, 0), (100, 100)][1 - weaker])


def test_the_choice_between_two_offers() -> None:
    # A weak, caring party between two neighbours; each rule takes the offer that it names.
    rng = np.random.default_rng(0)
    seen = set()
    for _ in range(100):
        case = made.draws(rng.uniform(0.1, 1, (1, 5)), rng.uniform(0.1, 1, (1, 5, 1)), rng.uniform(0, 100, (1, 5, 1)))
        found = expectations(case, Rules())
        own, reply, x = found.own[0, :, :, 0], found.reply[0, :, :, 0], case.position[0, :, 0]
        for choice in (Choice.ENFORCEABLE, Choice.LEAST_MOVE):
            after = ChallengeModel(Rules(choice=choice), 1).trace(case).position[0, 1, :, 0]
            for i in range(5):
                to = {
                    j: x[i] + (x[j] - x[i]) * min(1.0, -own[i, j] / reply[i, j])
                    for j in range(5)
                    if own[i, j] < 0 < reply[i, j]
                }
                if choice is Choice.ENFORCEABLE:
                    expected = to[max(to, key=lambda j: reply[i, j])] if to else x[i]
                else:
                    expected = min(to.values(), key=lambda y: abs(y - x[i]), default=x[i])
                assert_allclose(after[i], expected, atol=1e-7)
                seen.add((choice, len(to) > 1))
    assert len(seen) == 4


def test_a_chance_of_change_without_a_challenge() -> None:
    # Three parties at 0, 50 and 100, the median at 50 with the middle one; r = 1 in the first pass, and equal
    # weights, so all can be done by hand: the middle party is the most secure.
    case = made.draws([[1, 1, 1]], np.ones((1, 3, 1)), np.reshape([0, 50, 100], (1, 3, 1)))
    with_change, without = expectations(case, Rules(status_quo=0.5)), expectations(case, Rules())
    r = with_change.risk[0, 0, 0]
    # i = 0 against j = 2: P = ½; the median is nearer than j, so better: base ½ − ¼(½ + 1) = ⅛.
    better = 2 - 4 * 0.125**r
    assert_allclose(with_change.own[0, 0, 2, 0], -0.5 * (2 - 4 * 0.5**r) - 0.5 * better)
    # i = 0 against j = 1: the median is j's own place, not nearer, so worse: base ½ + ¼(½ + ½) = ¾. P = ⅓ (the
    # vote of 1 and half of 2's is against): votes ½ against ½ + ½.
    success, failure = 2 - 4 * 0.25**r, 2 - 4 * 0.75**r
    assert_allclose(
        with_change.own[0, 0, 1, 0], success / 3 + 2 / 3 * failure - 0.5 * (2 - 4 * 0.5**r) - 0.5 * (2 - 4 * 0.75**r)
    )
    assert not np.allclose(with_change.own, without.own)


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_a_chance_outside_0_to_1_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=r"status_quo: got .*, expected a chance between 0 and 1"):
        Rules(status_quo=bad)


def test_a_negative_number_of_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="rounds: got -1, expected 0 or more"):
        ChallengeModel(rounds=-1)


# ---------------------------------------------------------------- ties


def test_a_tie_between_two_offers_is_reported_and_the_order_does_not_decide() -> None:
    # The one in the middle has the same offer from either side.
    case = made.draws([[2, 0.1, 2]], np.full((1, 3, 1), 0.9), np.reshape([0, 50, 100], (1, 3, 1)))
    outcome = ChallengeModel(rounds=1).trace(case)
    assert outcome.tied[0, 1, 0]
    assert not ChallengeModel(rounds=1).trace(replace(case, capability=case.capability * [[1, 1, 1.2]])).tied[0, 1, 0]


def test_twins_are_reported_where_the_nearest_offer_counts() -> None:
    assert ChallengeModel(PROGRAM, 1).run(EMISSIONS).tied.all()
    apart = replace(EMISSIONS, position=EMISSIONS.position + np.linspace(0, 0.5, 10)[None, :, None])
    assert not ChallengeModel(PROGRAM, 1).run(apart).tied.any()


# ---------------------------------------------------------------- the contract


class ChallengeContract(ABC):
    model: ChallengeModel

    @inherited
    @given(strategies.issue_draws())
    def test_no_further_than_the_parties_stand(self, draws: Draws) -> None:
        position = self.model.trace(draws).position
        assert (position >= draws.position.min(axis=1)[:, None, None] - 1e-9).all()
        assert (position <= draws.position.max(axis=1)[:, None, None] + 1e-9).all()

    @inherited
    @given(strategies.issue_draws(), st.floats(0.1, 10), st.floats(-50, 50))
    def test_scale_and_origin_do_not_matter(self, draws: Draws, unit: float, origin: float) -> None:
        other = replace(draws, position=draws.position * unit + origin)
        assert_allclose(self.model.run(other).value, self.model.run(draws).value * unit + origin, atol=1e-6)

    @inherited
    @given(strategies.issue_draws())
    def test_agreement_is_the_outcome(self, draws: Draws) -> None:
        agreed = replace(draws, position=np.full_like(draws.position, 42.0))
        assert_allclose(self.model.run(agreed).value, 42.0)
        assert not self.model.run(agreed).tied.any()

    @inherited
    @given(strategies.issue_draws())
    def test_rounds_go_on_from_one_another(self, draws: Draws) -> None:
        path = self.model.trace(draws)
        assert_array_equal(path.position[:, 0], draws.position)
        assert_allclose(path.mean[:, 0], WeightedMean().run(draws).value)
        assert (path.position.shape[1], path.median.shape[1]) == (self.model.rounds + 1,) * 2


class TestAsPrinted(ChallengeContract, ModelContract):
    model = ChallengeModel(rounds=3)

    def values(self, result: Any) -> list[np.ndarray[Any, Any]]:
        return [result.value, result.tied]

    def width(self, draws: Draws) -> int:
        return draws.position.shape[2]


class TestAsProgrammed(ChallengeContract):
    model = ChallengeModel(PROGRAM, 3)


class TestWithAChanceOfChange(ChallengeContract):
    model = ChallengeModel(
        Rules(Votes.OF_THE_PAIR, Reply.AS_SEEN, Conflict.YIELD, Security.CHALLENGER, Choice.LEAST_MOVE, Range.INITIAL, 0.5), 3
    )


@given(strategies.issue_draws(), st.sampled_from(list(every_reading())))
def test_every_reading_keeps_within_its_bounds(draws: Draws, rules: Rules) -> None:
    found = expectations(draws, rules)
    assert ((found.risk >= 0.5 - 1e-12) & (found.risk <= 2 + 1e-12)).all()
    assert (np.abs(found.own) <= 4 + 1e-9).all()
    twins = draws.position[:, :, None] == draws.position[:, None]
    assert_allclose(found.own[twins], 0.0, atol=1e-9)


def test_it_is_not_clone_proof() -> None:
    # What the documents say of it: one party split into two of half its power changes the outcome.
    split = made.draws(
        np.append(EMISSIONS.capability, EMISSIONS.capability[:, [6]] / 2, axis=1) * [[*[1] * 6, 0.5, *[1] * 4]],
        np.append(EMISSIONS.salience, EMISSIONS.salience[:, [6]], axis=1),
        np.append(EMISSIONS.position, EMISSIONS.position[:, [6]], axis=1),
    )  # fmt: skip
    assert_allclose(WeightedMean().run(split).value, WeightedMean().run(EMISSIONS).value)
    means = [ChallengeModel(rounds=2).trace(case).mean[0, -1, 0] for case in (split, EMISSIONS)]
    assert abs(means[0] - means[1]) > 0.01
