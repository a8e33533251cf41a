"""Guarantees: the range that holds, the least guarantee, layers with a backstop."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.guarantees import (
    Component,
    Guarantee,
    GuaranteedRange,
    GuaranteedWar,
    LayeredGuarantees,
    Layers,
    any_of,
    credibility,
    least_guarantee,
    would_intervene,
)
from detente.weighing.war import BargainingRange, War

from .arrays import DRAWS, ArrayModelContract, column, periods, shares
from .test_war import rows


def guaranteed() -> st.SearchStrategy[GuaranteedWar]:
    war = st.builds(War, periods(2), periods(2), periods(2))
    return st.builds(GuaranteedWar, war, st.builds(Guarantee, periods(2), periods(2), periods(2)))


def test_ranges_by_the_closed_form(shared: Path) -> None:
    cases = rows(shared, "guaranteed settlement range")
    war = War(*(column(cases, k) for k in ("p", "cR", "cU")))
    found = GuaranteedRange().run(GuaranteedWar(war, Guarantee(*(column(cases, k) for k in ("gamma", "Delta", "k")))))
    for name, array in {"x_low": found.low, "x_high": found.high, "width": found.width}.items():
        assert_allclose(array, column(cases, name), atol=1e-12)


@given(guaranteed())
def test_a_guarantee_moves_the_range_towards_the_defender_and_widens_it_only_by_punishment(case: GuaranteedWar) -> None:
    without, having = BargainingRange().run(case.war), GuaranteedRange().run(case)
    assert (having.low <= without.low + 1e-12).all()
    assert (having.high <= without.high + 1e-12).all()
    assert_allclose(having.width - without.width, case.guarantee.credibility * case.guarantee.punishment, atol=1e-9)


@given(guaranteed(), periods(2))
def test_the_least_guarantee_is_what_just_holds(case: GuaranteedWar, share: Any) -> None:
    effect, punishment = case.guarantee.effect + 0.01, case.guarantee.punishment
    effect = np.minimum(effect, 1.0)
    least = least_guarantee(case.war, share, effect, punishment)
    within = (least.needed >= 0) & (least.needed <= 1)
    gamma = np.where(within, least.needed, 0.0)
    low = GuaranteedRange().run(GuaranteedWar(case.war, Guarantee(gamma, effect, punishment))).low
    assert_allclose(low[within], share[within], atol=1e-9)
    assert (share >= low)[least.self_enforcing].all() or np.allclose(share[least.self_enforcing], low[least.self_enforcing])
    full = GuaranteedRange().run(GuaranteedWar(case.war, Guarantee(np.ones_like(gamma), effect, punishment))).low
    assert (share < full)[least.out_of_reach].all()


@pytest.mark.parametrize(
    ("share", "effect", "punishment", "needed", "alone", "never"),
    [
        (0.5, 0.2, 0.1, 0.0, True, False),  # p − c_R = .5
        (0.6, 0.2, 0.1, -1 / 3, True, False),
        (0.35, 0.2, 0.1, 0.5, False, False),
        (0.2, 0.2, 0.1, 1.0, False, False),
        (0.1, 0.2, 0.1, 4 / 3, False, True),
        (0.4, 0.0, 0.0, np.inf, False, True),
        (0.5, 0.0, 0.0, 0.0, True, False),
    ],
)
def test_the_least_guarantee_by_hand(
    share: float, effect: float, punishment: float, needed: float, alone: bool, never: bool
) -> None:
    least = least_guarantee(War(*map(np.atleast_1d, (0.6, 0.1, 0.1))), *map(np.atleast_1d, (share, effect, punishment)))
    assert_allclose(least.needed, needed, atol=1e-12)
    assert (least.self_enforcing[0], least.out_of_reach[0]) == (alone, never)


def test_a_guarantor_steps_in_where_it_pays() -> None:
    stake, cost = np.array([1.0, 1.0, 1.0]), np.array([0.5, 0.5, 0.5])
    backing = np.array([0.0, 0.1, 0.2])
    assert would_intervene(stake, np.full(3, 0.3), np.full(3, 0.1), cost, backing).tolist() == [False, True, True]


@given(st.lists(shares(DRAWS), min_size=1, max_size=4))
def test_any_of_several_is_at_least_the_best_and_at_most_all(chances: list[Any]) -> None:
    together = any_of(np.stack(chances, axis=1))
    assert (together >= np.max(chances, axis=0) - 1e-12).all()
    assert (together <= np.minimum(np.sum(chances, axis=0), 1) + 1e-12).all()


def test_a_backstop_is_no_guarantor_and_makes_one_credible() -> None:
    europe = Component("force", alone=0.3, backed=0.9)
    backstop = Component("backstop", backstop=0.5)
    assert_allclose(credibility([europe]), 0.3)
    assert_allclose(credibility([backstop]), 0.0)
    assert_allclose(credibility([europe, backstop]), 0.5 * 0.9 + 0.5 * 0.3)
    # Two guarantors who hang on the same backstop do not fail independently: .5 × .99 + .5 × .51.
    assert_allclose(credibility([europe, europe, backstop]), 0.75)


def layers(**changed: Any) -> Layers:
    """Three parts of which none would do without the others: R's temptation is .3."""
    case = Layers(
        war=War(np.full((2, 3), 0.7), np.full((2, 1), 0.1), np.full((2, 1), 0.1)),
        share=np.full((2, 1), 0.3), effect=np.full((2, 1), 0.2), punishment=np.full((2, 1), 0.1),
        components=(
            Component("strong defence", strength=np.full(2, 0.1)),
            Component("force", alone=np.full(2, 0.2), backed=np.full(2, 0.8)),
            Component("backstop", backstop=np.full(2, 1.0)),
        ),
    )  # fmt: skip
    return replace(case, **changed)


def test_packages_by_hand() -> None:
    # p − c_R − x = .3; .1 by strength; γ × .3: .06 by the force alone, .24 with the backstop.
    assert LayeredGuarantees().run(layers()).tolist() == [[False] * 7 + [True]] * 2
    # Where the deal gives R a quarter more, strength and the force alone do, and so does the force with the backstop.
    columns = LayeredGuarantees().run(layers(share=np.full((2, 1), 0.45)))[0]
    assert columns.tolist() == [False, False, False, True, False, False, True, True]


def test_a_deal_holds_only_if_it_holds_in_every_period() -> None:
    rising = War(np.array([[0.3, 0.3, 0.3], [0.3, 0.3, 0.9]]), np.full((2, 1), 0.1), np.full((2, 1), 0.1))
    assert LayeredGuarantees().run(layers(war=rising))[:, 0].tolist() == [True, False]


@st.composite
def packages(draw: Any) -> Layers:
    parts = [
        Component(f"part {i}", *(draw(shares(DRAWS)) for _ in range(2)), *_ordered(draw), draw(shares(DRAWS)))
        for i in range(draw(st.integers(1, 3)))
    ]
    one = st.builds(lambda a: a[:, None], shares(DRAWS))
    return Layers(War(draw(periods(2)), draw(one), draw(one)), draw(one), draw(one), draw(one), parts)


def _ordered(draw: Any) -> tuple[Any, Any]:
    """A guarantor whom a backstop never makes less credible."""
    one, other = draw(shares(DRAWS)), draw(shares(DRAWS))
    return np.minimum(one, other), np.maximum(one, other)


@given(packages())
def test_a_part_more_never_breaks_the_deal(case: Layers) -> None:
    holds = LayeredGuarantees().run(case)
    for package in range(holds.shape[1]):
        for i in range(len(case.components)):
            assert (holds[:, package] <= holds[:, package | 1 << i]).all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Guarantee(np.array([1.2]), np.zeros(1), np.zeros(1)), "credibility: got 1.2"),
        (lambda: Component("force", alone=-0.1), "force: alone: got -0.1, expected at least 0 and at most 1"),
        (lambda: layers(components=()), "components: got 0, expected 1 to 12"),
        (lambda: layers(war=War(np.zeros(2), np.zeros(2), np.zeros(2))), r"got shape \(2,\), expected draws by periods"),
        (lambda: least_guarantee(War(*[np.zeros(1)] * 3), np.zeros(1), np.array([2.0]), np.zeros(1)), "effect: got 2"),
    ],
)
def test_what_is_refused(make: Any, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        make()


class TestGuaranteedRange(ArrayModelContract):
    model = GuaranteedRange()

    @staticmethod
    def inputs() -> st.SearchStrategy[GuaranteedWar]:
        return guaranteed()


class TestLayeredGuarantees(ArrayModelContract):
    model = LayeredGuarantees()

    @staticmethod
    def inputs() -> st.SearchStrategy[Layers]:
        return packages()
