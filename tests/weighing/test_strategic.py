"""Strategic deterrence: the published estimates, the game's logic, and the gradient."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.strategic import (
    AS_IS,
    GIVES_IN,
    WAR,
    Covariates,
    Payoffs,
    StrategicDeterrence,
    fit_strategic,
)

from .arrays import DRAWS, ArrayModelContract, column, shares

MODEL = StrategicDeterrence()
payoffs = st.builds(Payoffs, *[shares(DRAWS, -4, 4)] * 4)


def of(as_is: float, gives_in: float, war: float, second: float) -> Any:
    return MODEL.run(Payoffs(*map(np.atleast_1d, (as_is, gives_in, war, second))))


def test_the_deterrence_model_of_nineteenth_century_disputes(shared: Path) -> None:
    # Data of the R package games (war1800, 313 disputes); figures by an independent fit.
    folder = shared / "reference/models"
    expected = json.loads((folder / "signorino_war1800_egame12.json").read_text(encoding="utf-8"))
    with (folder / "signorino_war1800_data.csv").open(encoding="utf-8") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    one = np.ones(len(rows))

    def regime(side: int, kind: str) -> Any:
        return np.array([float(r[f"regime{side}"] == kind) for r in rows])

    covariates = Covariates(
        np.column_stack([one, column(rows, "s_wt_re1"), column(rows, "revis1")]),
        np.zeros((len(rows), 0)),
        np.column_stack([one, regime(1, "dem"), regime(1, "mixed")]),
        np.column_stack([one, column(rows, "balanc"), regime(2, "dem"), regime(2, "mixed")]),
    )
    war, gives_in = column(rows, "war") == 1, column(rows, "capit") == 1
    fit = fit_strategic(np.select([war, gives_in], [WAR, GIVES_IN], AS_IS), covariates)
    assert_allclose(fit.loglik, expected["loglik"], atol=1e-6)
    assert_allclose(fit.estimate, list(expected["coef"].values()), atol=1e-6)
    # The reference's standard errors come from an approximate Hessian; ours agree with second differences to 3e-8.
    assert_allclose(fit.standard_error, list(expected["se"].values()), rtol=0.05)


def simulated(n: int, seed: int) -> tuple[Any, Covariates, Any]:
    rng = np.random.default_rng(seed)
    tables = [np.column_stack([np.ones(n), rng.normal(size=n)]) for _ in range(4)]
    covariates = Covariates(tables[0], tables[1][:, 1:], tables[2], tables[3])
    truth = np.array([0.3, -0.5, 0.8, 0.4, -0.6, 0.2, 0.7])
    found = MODEL.run(covariates.payoffs(truth))
    dice = rng.random(n)
    return np.select([dice < found.as_is, dice < found.as_is + found.gives_in], [AS_IS, GIVES_IN], WAR), covariates, truth


def test_known_coefficients_are_found_again() -> None:
    outcomes, covariates, truth = simulated(4000, 3)
    fit = fit_strategic(outcomes, covariates)
    assert (np.abs(fit.estimate - truth) < 3.5 * fit.standard_error).all()
    assert fit.standard_error.max() < 0.2


@pytest.mark.parametrize("seed", range(3))
def test_the_maximum_is_one_by_a_likelihood_of_its_own(seed: int) -> None:
    outcomes, covariates, _ = simulated(400, seed)
    fit = fit_strategic(outcomes, covariates)

    def loglik(coefficients: Any) -> float:
        ends = MODEL.run(covariates.payoffs(coefficients))
        return float(np.log(np.choose(outcomes, [ends.as_is, ends.gives_in, ends.war])).sum())

    assert fit.loglik == pytest.approx(loglik(fit.estimate))
    for step in np.concatenate([np.eye(7), -np.eye(7)]) * 0.02:
        assert loglik(fit.estimate + step) < fit.loglik


def test_by_hand() -> None:
    even = of(0, 0, 0, 0)
    assert_allclose([even.as_is[0], even.gives_in[0], even.war[0]], [0.5, 0.25, 0.25])
    # Φ(√2 / √2) = Φ(1) = .8413: the second side resists, and war is worth nothing to the first.
    firm = of(0, 5, 0, np.sqrt(2))
    assert firm.war[0] / (firm.war[0] + firm.gives_in[0]) == pytest.approx(0.841345, abs=1e-6)


@given(payoffs)
def test_probabilities_add_up(case: Payoffs) -> None:
    ends = MODEL.run(case)
    assert_allclose(ends.as_is + ends.gives_in + ends.war, 1.0)
    assert (np.stack([ends.as_is, ends.gives_in, ends.war]) >= 0).all()


@given(payoffs, shares(DRAWS, -3, 3))
def test_only_what_escalation_gains_matters(case: Payoffs, more: Any) -> None:
    moved = Payoffs(case.first_as_is + more, case.first_gives_in + more, case.first_war + more, case.second_war)
    assert_allclose(MODEL.run(moved).war, MODEL.run(case).war, atol=1e-12)


@given(payoffs, st.floats(0, 3))
def test_a_better_peace_deters(case: Payoffs, more: float) -> None:
    better = Payoffs(case.first_as_is + more, case.first_gives_in, case.first_war, case.second_war)
    assert (MODEL.run(better).as_is >= MODEL.run(case).as_is - 1e-12).all()


@given(payoffs, st.floats(0, 3))
def test_a_firmer_defender_deters_whoever_likes_war_less_than_surrender(case: Payoffs, more: float) -> None:
    firmer = Payoffs(case.first_as_is, case.first_gives_in, case.first_war, case.second_war + more)
    likes_war_less = case.first_war <= case.first_gives_in
    assert (MODEL.run(firmer).as_is - MODEL.run(case).as_is)[likes_war_less].min(initial=0) >= -1e-12


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Payoffs(np.array([np.nan]), *[np.zeros(1)] * 3), "first_as_is: got a payoff that is no number"),
        (lambda: Covariates(np.zeros(3), *[np.zeros((3, 1))] * 3), "expected tables of one row a case"),
        (lambda: Covariates(np.zeros((2, 1)), *[np.zeros((3, 1))] * 3), "expected tables of one row a case"),
        (lambda: fit_strategic(np.array([0, 3]), Covariates(*[np.ones((2, 1))] * 4)), r"outcomes: got 2 values \[0, 3\]"),
        (lambda: fit_strategic(np.array([0]), Covariates(*[np.ones((2, 1))] * 4)), "expected 2 of 0"),
        # Three constants of the first side: only their difference shows.
        (lambda: fit_strategic(np.arange(30) % 3, Covariates(*[np.ones((30, 1))] * 4)), "got no maximum"),
    ],
)
def test_what_is_refused(make: Any, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        make()


class TestStrategicDeterrence(ArrayModelContract):
    model = MODEL

    @staticmethod
    def inputs() -> st.SearchStrategy[Payoffs]:
        return payoffs
