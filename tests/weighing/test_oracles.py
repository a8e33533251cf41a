"""Which test holds the models to which published case, and the case whose data nobody may pass on."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.war_and_durability import DETECTABLE, PUBLISHED
from detente.weighing.backtest import backtest
from detente.weighing.comparison import compare
from detente.weighing.deu import load
from detente.weighing.draws import FloatArray
from detente.weighing.weighted_mean import WeightedMean

ORACLES = {
    "Bueno de Mesquita 1994, emissions; Scholz, Calbert and Smith 2011, Table 2": (
        "test_published.test_the_emissions_case_against_the_published_table",
        "test_challenge.test_the_printed_equations_give_the_published_median_and_means",
        "test_challenge.test_the_program_position_by_position_over_ten_rounds",
        "test_challenge.test_the_expectations_behind_every_published_offer",
    ),
    "KTAB, seven runs of its program": (
        "test_ktab.test_the_whole_run_to_the_last_digit_that_is_printed",
        "test_ktab.test_the_tables_of_the_first_turn",
    ),
    "position exchange, Paris 2015 and a short table": (
        "test_exchange_of_positions.test_every_exchange_of_the_published_run",
        "test_exchange_of_positions.test_the_compromises_of_the_climate_conference",
        "test_exchange_of_positions.test_the_first_candidates",
    ),
    "voting power and cooperative games": (
        "test_power.test_the_security_council",
        "test_power.test_the_council_of_27_under_nice",
        "test_power.test_the_council_of_28_under_lisbon",
        "test_cooperative.test_published_nucleoli",
        "test_cooperative.test_published_shapley_values",
    ),
    "negotiation scenarios of NegMAS 0.16": (
        "test_bargaining.test_england_and_zimbabwe",
        "test_bargaining.test_itex_and_cypress",
    ),
    "duration of peace: Regression and Other Stories; UCDP": (
        "test_survival.test_the_peacekeeping_example_of_regression_and_other_stories",
        "test_specifications.test_the_estimates_are_those_of_the_table",
        "test_weibull.test_the_baselines_are_those_of_the_table",
        "test_base_rates.test_every_row_of_the_survival_table",
    ),
    "Signorino's model on disputes of the nineteenth century": (
        "test_strategic.test_the_deterrence_model_of_nineteenth_century_disputes",
    ),
    "games of Gambit's catalogue": (
        "test_games.test_all_equilibria_of_the_catalogue",
        "test_games.test_pure_equilibria_of_the_catalogue",
    ),
    "closed forms of war bargaining": ("test_war.test_demands_under_hidden_cost", "test_war.test_preventive_war"),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for tests in ORACLES.values() for name in tests])
def test_every_published_case_has_its_test(name: str) -> None:
    module, test = name.split(".")
    assert callable(getattr(import_module(f"tests.weighing.{module}"), test))


# ---------------------------------------------------------------- DEU III: the figures without the data


@pytest.fixture
def errors(shared: Path) -> dict[str, Any]:
    """Published errors of several models on the 351 scored issues."""
    text = (shared / "reference/models/deu3_published_errors.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_figures_that_are_shown_beside_ours_are_the_published_ones(errors: dict[str, Any]) -> None:
    mean_absolute = {name: row[0] for name, row in errors["mae_rmse_medianAE"].items()}
    assert {
        "weighted mean": mean_absolute["cap*salience weighted mean"],
        "ridge on all inputs": errors["noise_floor_oracle_ridge_5fold"],
        "best challenge model": min(error for name, error in mean_absolute.items() if "challenge" in name),
        "median": mean_absolute["median actor position"],
    } == PUBLISHED
    assert errors["MDE_80pct_power"] == DETECTABLE


def gaps(mean: float, error: float, cases: int = 351) -> FloatArray:
    """Differences of two scores with this mean, and this standard error of it."""
    noise = np.random.default_rng(0).normal(size=cases)
    noise = (noise - noise.mean()) / noise.std(ddof=1)
    found: FloatArray = mean + noise * error * cases**0.5
    return found


def test_a_winner_is_named_where_the_published_difference_shows_and_not_below(errors: dict[str, Any]) -> None:
    difference, low, high = errors["paired_diff_challenge_minus_mean"]
    error = (high - low) / (2 * 1.96)
    nothing = np.zeros(351)
    found = compare(("challenge", gaps(difference, error)), ("weighted mean", nothing))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.15)
    assert found.detectable == pytest.approx(DETECTABLE, abs=0.15)
    assert found.winner == "weighted mean"
    ridge = PUBLISHED["ridge on all inputs"] - PUBLISHED["weighted mean"]
    assert compare(("ridge", gaps(ridge, error)), ("weighted mean", nothing)).winner is None


@pytest.mark.skipif("DETENTE_DEU3" not in os.environ, reason="DETENTE_DEU3 does not name Dataset_DEU_III.csv, doi:10.34810/data53")
def test_the_data_give_the_published_error(errors: dict[str, Any]) -> None:
    issues = load(Path(os.environ["DETENTE_DEU3"]))
    result = backtest(issues, [WeightedMean()])
    assert (len(set(issues.proposal)), len(issues), result.issues) == (141, 364, 351)
    # The file has no capabilities, so all count alike.
    published = errors["equal_capability"]["salience weighted mean"]
    assert result.scores[0].absolute.mean() == pytest.approx(published, abs=0.01)
