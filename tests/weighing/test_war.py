"""War bargaining: the closed forms, what theory says of them, and refused input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.war import (
    BargainingRange,
    HiddenCost,
    MinmaxShift,
    PowellCondition,
    PowerShift,
    PreventiveWar,
    RiskReturn,
    War,
)

from .arrays import DRAWS, ArrayModelContract, column, shares

CASES = "reference/models/war_bargaining_closed_forms.json"
CHANCES = st.floats(0, 1)
COSTS = st.floats(0, 2)
DISCOUNTS = st.floats(0, 0.99)


def rows(shared: Path, model: str) -> list[dict[str, Any]]:
    """The rows of the closed forms (détente's own, worked out by hand) whose model begins so."""
    cases = json.loads((shared / CASES).read_text(encoding="utf-8"))["rows"]
    found = [r for r in cases if r["model"].startswith(model)]
    assert found, f"{CASES} has no row of {model}"
    return found


def test_demands_under_hidden_cost(shared: Path) -> None:
    cases = rows(shared, "Fearon1995 risk-return")
    win, cost, most, share, war = (column(cases, k) for k in ("p", "cA", "C", "x_star", "pr_war"))
    demand = RiskReturn().run(HiddenCost(win, cost, most))
    assert_allclose(demand.share, share, atol=1e-12)
    assert_allclose(demand.war, war, atol=5e-7)  # printed to six places


def test_preventive_war(shared: Path) -> None:
    cases = rows(shared, "Fearon1995/Powell2006")
    shift = PowerShift(*(column(cases, k) for k in ("p1", "p2", "cB", "delta")))
    answer = PreventiveWar().run(shift)
    assert_allclose(answer.margin, column(cases, "lhs") - column(cases, "rhs"), atol=1e-12)
    assert answer.war.tolist() == [r["war"] for r in cases]


@pytest.mark.parametrize(
    ("win", "cost_r", "cost_u", "low", "high"),
    [(0.5, 0.1, 0.1, 0.4, 0.6), (0.7, 0.0, 0.0, 0.7, 0.7), (0.05, 0.2, 0.1, -0.15, 0.15)],
)
def test_the_range_by_hand(win: float, cost_r: float, cost_u: float, low: float, high: float) -> None:
    found = BargainingRange().run(War(*map(np.atleast_1d, (win, cost_r, cost_u))))
    assert_allclose([found.low[0], found.high[0]], [low, high], atol=1e-12)


@given(shares(3), shares(3), shares(3))
def test_there_is_always_a_deal_as_wide_as_the_costs(win: Any, cost_r: Any, cost_u: Any) -> None:
    found = BargainingRange().run(War(win, cost_r, cost_u))
    assert (found.width >= -1e-12).all()
    assert_allclose(found.width, cost_r + cost_u, atol=1e-12)


@given(CHANCES, COSTS, st.floats(0.01, 2))
def test_no_demand_does_better_than_the_best(win: float, cost_r: float, most: float) -> None:
    best = RiskReturn().run(HiddenCost(*map(np.atleast_1d, (win, cost_r, most))))

    def worth(share: Any) -> Any:
        refused = np.clip((share - win) / most, 0, 1)
        return share * (1 - refused) + (win - cost_r) * refused

    assert 0 <= best.war[0] <= 0.5
    assert win - 1e-12 <= best.share[0] <= 1
    assert worth(best.share[0]) >= worth(np.linspace(0, 1, 301)).max() - 1e-9


@given(CHANCES, CHANCES, COSTS, DISCOUNTS)
def test_no_shift_no_preventive_war(power: float, less: float, cost: float, discount: float) -> None:
    falling = PowerShift(*map(np.atleast_1d, (power, power * less, cost, discount)))
    assert not PreventiveWar().run(falling).war.any()


@given(CHANCES, CHANCES, COSTS, DISCOUNTS)
def test_preventive_war_is_what_the_declining_side_prefers(now: float, later: float, cost: float, discount: float) -> None:
    # The whole pie today and its war payoff from tomorrow on, against a war today; in shares of a period's pie.
    def war(p: float) -> float:
        return (1 - p) / (1 - discount) - cost

    gain = war(now) - (1 + discount * war(later))
    margin = PreventiveWar().run(PowerShift(*map(np.atleast_1d, (now, later, cost, discount)))).margin[0]
    assert_allclose(margin, gain * (1 - discount), atol=1e-9)


@given(CHANCES, CHANCES, COSTS, COSTS, DISCOUNTS)
def test_where_no_bargaining_keeps_the_peace_the_rising_sides_offers_do_not(
    now: float, later: float, cost: float, other_cost: float, discount: float
) -> None:
    patience = 1 - discount
    # Each side's minmax payoff is a war: its share of all future pies, less its cost.
    minmax = (now / patience - other_cost, later / patience - other_cost, (1 - now) / patience - cost)
    any_way = PowellCondition().run(MinmaxShift(*map(np.atleast_1d, (*minmax, 1 / patience, discount))))
    one_way = PreventiveWar().run(PowerShift(*map(np.atleast_1d, (now, later, cost, discount))))
    assert one_way.margin[0] >= any_way.margin[0] * patience - 1e-9


def test_powells_condition_by_hand() -> None:
    # δ M₂ − M₁ = .9 × 7 − 3 = 3.3 against B − M₁ − M' = 10 − 3 − 5 = 2.
    answer = PowellCondition().run(MinmaxShift(*map(np.atleast_1d, (3.0, 7.0, 5.0, 10.0, 0.9))))
    assert_allclose(answer.margin, 1.3)
    assert answer.war.all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: War(np.array([0.2, 1.5]), np.zeros(2), np.zeros(2)), "win: got 1.5, expected at least 0 and at most 1"),
        (lambda: War(np.array([0.2]), np.array([-0.1]), np.zeros(1)), r"cost_r: got -0.1, expected at least 0"),
        (lambda: War(np.array([0.2]), np.zeros(1), np.array([np.nan])), "cost_u: got nan"),
        (lambda: HiddenCost(np.array([0.2]), np.zeros(1), np.zeros(1)), "most: got 0, expected above 0"),
        (lambda: PowerShift(*map(np.atleast_1d, (0.2, 0.3, 0.1, 1.0))), "discount: got 1"),
        (lambda: MinmaxShift(*map(np.atleast_1d, (1.0, 1.0, 1.0, -1.0, 0.9))), "benefits: got -1"),
    ],
)
def test_input_out_of_bounds_is_refused_by_name(make: Any, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        make()


class TestBargainingRange(ArrayModelContract):
    model = BargainingRange()

    @staticmethod
    def inputs() -> st.SearchStrategy[War]:
        return st.builds(War, shares(DRAWS), shares(DRAWS), shares(DRAWS))


class TestRiskReturn(ArrayModelContract):
    model = RiskReturn()

    @staticmethod
    def inputs() -> st.SearchStrategy[HiddenCost]:
        return st.builds(HiddenCost, shares(DRAWS), shares(DRAWS), shares(DRAWS, 0.01))


class TestPreventiveWar(ArrayModelContract):
    model = PreventiveWar()

    @staticmethod
    def inputs() -> st.SearchStrategy[PowerShift]:
        return st.builds(PowerShift, shares(DRAWS), shares(DRAWS), shares(DRAWS), shares(DRAWS, 0, 0.99))


class TestPowellCondition(ArrayModelContract):
    model = PowellCondition()

    @staticmethod
    def inputs() -> st.SearchStrategy[MinmaxShift]:
        return st.builds(MinmaxShift, *[shares(DRAWS)] * 4, shares(DRAWS, 0, 0.99))
