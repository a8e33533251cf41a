"""Draws: in their limits, from the distribution meant, each fact where its chance puts it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from detente.weighing import situation as s
from detente.weighing.draws import FloatArray, draw, sample, sample_named
from detente.weighing.situation import Input, Situation
from detente.weighing.whatif import removed, without

from . import made, strategies
from .made import fact, member, pact, term, told

COUNT = 40_000


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(st.lists(strategies.inputs(-50, 50, wordless=True), max_size=5), st.integers(0, 2**32 - 1))
def test_within_the_limits(inputs: list[Input], seed: int) -> None:
    drawn = sample(inputs, 20, rng(seed))
    assert drawn.shape == (20, len(inputs))
    for column, value in zip(drawn.T, inputs, strict=True):
        assert ((value.low <= column) & (column <= value.high)).all()


@pytest.mark.parametrize(
    ("value", "mean", "variance"),
    [
        (told(0, 100), 50, 100**2 / 12),
        (told(20, 30), 25, 10**2 / 12),
        (told(0, 100, 100), 200 / 3, 100**2 / 18),
        (told(0, 100, 0), 100 / 3, 100**2 / 18),
        (told(0, 90, 30), 40, (90**2 + 30**2 - 90 * 30) / 18),
        (told(7), 7, 0),
        (told(7, 7, 7), 7, 0),
    ],
)
def test_the_moments_of_the_distribution(value: Input, mean: float, variance: float) -> None:
    drawn = sample([value], COUNT, rng())
    # Five standard errors of the mean, and two per cent of the variance.
    assert_allclose(drawn.mean(), mean, atol=5 * (variance / COUNT) ** 0.5 + 1e-9)
    assert_allclose(drawn.var(), variance, rtol=0.02, atol=1e-12)


def test_a_weight_drawn_from_nothing_upwards_is_never_nothing() -> None:
    class Zero(np.random.Generator):
        """The one number in 2**53 that a uniform generator may give and that would divide by 0."""

        def random(self, *args, **_):  # type: ignore[no-untyped-def, override]
            return np.zeros(args[0])

    assert (sample([told(0.0, 1.0)], 3, Zero(np.random.PCG64(0))) > 0).all()


@given(strategies.situations(wordless=True), st.integers(0, 2**32 - 1))
def test_shapes_and_nested_facts(situation: Situation, seed: int) -> None:
    drawn = draw(situation, 5, rng(seed))
    n, m = len(situation.parties), len(situation.issues)
    assert drawn.draws.capability.shape == (5, n)
    assert drawn.draws.position.shape == drawn.draws.salience.shape == drawn.draws.weight.shape == (5, n, m)
    assert drawn.draws.facts.shape == (5, len(situation.facts) + len(situation.terms))
    order = [d.facts for d in (drawn.certain, drawn.low, drawn.draws, drawn.high, drawn.possible)]
    for fewer, more in pairwise(order):
        assert (fewer <= more).all()


def test_positions_are_by_party_and_issue() -> None:
    situation = made.harbour().replace(standings=(made.standing("marland", "harbour", told(77)),))
    position = draw(situation, 9, rng()).draws.position
    assert (position[:, 1, 0] == 77).all()
    assert len(set(position[:, 0, 0])) == 9


def test_facts_come_true_as_often_as_their_chance() -> None:
    facts = (fact("never", 0, 0), fact("always", 1, 1), fact("open"), fact("rare", 0.1, 0.2))
    drawn = draw(pact(member("a"), facts=facts, terms=(term("t", "a truce", low=0.7, high=0.9),)), COUNT, rng())
    assert_allclose(drawn.draws.facts.mean(axis=0), [0, 1, 0.5, 0.15, 0.8], atol=0.012)
    assert_allclose(drawn.low.facts.mean(axis=0), [0, 1, 0, 0.1, 0.7], atol=0.012)
    assert_allclose(drawn.high.facts.mean(axis=0), [0, 1, 1, 0.2, 0.9], atol=0.012)
    assert_array_equal(drawn.certain.facts[0], [False, True, False, False, False])
    assert_array_equal(drawn.possible.facts[0], [False, True, True, True, True])


def test_with_fact_changes_one_fact_and_not_the_original() -> None:
    draws = draw(pact(member("a"), facts=(fact("f"), fact("g"))), 50, rng()).draws
    other = draws.with_fact(0, True)
    assert other.facts[:, 0].all()
    assert not draws.facts[:, 0].all()
    assert_array_equal(other.facts[:, 1], draws.facts[:, 1])


# ---------------------------------------------------------------- common random numbers, and a common shock


def issues_of(parties: int) -> Situation:
    """Two issues of which nothing is known."""
    return Situation(
        title="open", parties=tuple(made.party(f"P{n}") for n in range(parties)), facts=(fact("f"), fact("g")),
        issues=tuple(s.Issue(id=key, proposition=key) for key in ("pier", "fleet")),
    )  # fmt: skip


@given(strategies.situations(wordless=True, deal=True), st.integers(0, 5))
def test_with_and_without_share_their_random_numbers(situation: Situation, which: int) -> None:
    names = [*(t.id for t in situation.terms), *(f.id for f in situation.facts), *(p.id for p in situation.parties)]
    gone = removed(situation, [names[which % len(names)]])
    before, after = (draw(case, 30, rng(4)).draws for case in (situation, without(situation, gone)))
    kept = [k for k, f in enumerate((*situation.facts, *situation.terms)) if f.id not in gone.ids]
    assert_array_equal(before.facts[:, kept], after.facts[:, kept])
    for field in ("capability", "salience", "position"):
        assert_array_equal(getattr(before, field), getattr(after, field))


def test_what_is_drawn_by_name_does_not_hang_on_its_neighbours() -> None:
    three = {"army": told(0, 1), "force": told(2, 5, 3), "watch": told(-1, 0)}
    two = {key: three[key] for key in ("watch", "army")}
    one, other = sample_named(three, 50, 9), sample_named(two, 50, 9)
    assert_array_equal(one[:, [2, 0]], other)
    assert not (sample_named(two, 50, 8) == other).any()
    assert sample_named({}, 50, 9).shape == (50, 0)


def ranks(values: FloatArray) -> FloatArray:
    return values.argsort(axis=0).argsort(axis=0).astype(float)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8, 1.0])
def test_positions_on_one_issue_have_the_rank_correlation_asked_for(correlation: float) -> None:
    drawn = draw(issues_of(3), COUNT, rng(), correlation).draws
    pier, fleet = ranks(drawn.position[:, :, 0]), ranks(drawn.position[:, :, 1])
    found = np.corrcoef(pier.T)
    # Five standard errors, 1 / √B each.
    assert_allclose(found, np.where(np.eye(3) == 1, 1.0, correlation), atol=0.025)
    assert abs(np.corrcoef(pier[:, 0], fleet[:, 0])[0, 1]) < 0.025, "each issue has a shock of its own"
    assert_allclose(drawn.position.mean(axis=0), 50, atol=1)
    assert_allclose(drawn.position.var(axis=0), 100**2 / 12, rtol=0.03)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_correlation_changes_no_other_draw_and_a_larger_one_only_adds_to_those_who_share(one: float, other: float) -> None:
    less, more = (draw(issues_of(4), 30, rng(1), c).draws for c in sorted((one, other)))
    none = draw(issues_of(4), 30, rng(1)).draws
    for field in ("capability", "salience", "facts"):
        assert_array_equal(getattr(less, field), getattr(none, field))
    moved = [np.asarray(d.position != none.position) for d in (less, more)]
    assert (moved[0] <= moved[1]).all()


def test_the_shock_keeps_each_party_in_its_own_interval() -> None:
    situation = issues_of(2).replace(standings=(made.standing("p0", "pier", told(10, 20)), made.standing("p1", "pier", told(0, 100, 90))))
    position = draw(situation, 500, rng(), 1.0).draws.position[:, :, 0]
    assert ((position[:, 0] >= 10) & (position[:, 0] <= 20)).all()
    assert_array_equal(ranks(position[:, 0]), ranks(position[:, 1]))
