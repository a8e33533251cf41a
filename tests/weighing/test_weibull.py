"""The Weibull hazard: closed forms, published baselines, and fits that can be checked."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.survival import KaplanMeier, Spells
from detente.weighing.weibull import WeibullDraws, WeibullHazard, baselines, fit_weibull

from .arrays import DRAWS, ArrayModelContract, shares
from .test_survival import PEACEKEEPING


def simulated(n: int, scale: float, shape: float, beta: float, seed: int = 1) -> tuple[Spells, Any]:
    """Spells with one covariate that is 0 or 1, watched for twice the scale."""
    rng = np.random.default_rng(seed)
    x = (np.arange(n) % 2).astype(float)[:, None]
    time = scale * (rng.exponential(size=n) * np.exp(-beta * x[:, 0])) ** (1 / shape)
    return Spells(np.minimum(time, 2 * scale), time < 2 * scale), x


def test_the_baselines_are_those_of_the_table(shared: Path) -> None:
    with (shared / "reference/models/fortna_weibull_baseline.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for baseline, row in zip(baselines(), rows, strict=True):
        assert (baseline.sample, baseline.cases, baseline.events) == (row["sample"], int(row["n"]), int(row["failed"]))
        assert (baseline.scale, baseline.shape) == (float(row["weibull_lambda_years"]), float(row["weibull_rho"]))


@pytest.mark.parametrize(
    ("sample", "half", "one", "five", "first"),
    # S(t) = exp(−(t/λ)^ρ), by a pocket calculator to three places.
    [("pcw no victory", 0.768, 0.692, 0.450, 0.560), ("pcw no victory, no pk", 0.700, 0.596, 0.291, 0.570)],
)
def test_survival_by_hand(sample: str, half: float, one: float, five: float, first: float) -> None:
    baseline = next(b for b in baselines() if b.sample == sample)
    found = WeibullHazard().run(WeibullDraws(*map(np.atleast_1d, (baseline.scale, baseline.shape, 1.0))))
    assert_allclose(found.share[0], [half, one, five], atol=6e-4)
    assert_allclose(found.first_year, first, atol=6e-4)


def test_a_fit_of_the_peacekeeping_example_is_near_the_published_baseline(shared: Path) -> None:
    # The same ceasefires after the Cold War but one (96 cases for 95), with times in hundredths of a year.
    with (shared / PEACEKEEPING).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    spells = Spells(np.array([float(r["delay"]) for r in rows]), np.array([r["censored?"] == "0" for r in rows]))
    baseline = next(b for b in baselines() if b.sample == "pcw")
    assert (len(spells), spells.summary().ended) == (baseline.cases + 1, baseline.events + 1)
    found = fit_weibull(spells)
    assert_allclose((found.scale, found.shape), (baseline.scale, baseline.shape), rtol=0.05)


def test_an_exponential_fit_by_hand() -> None:
    # Times whose Weibull shape is 1: λ is then near the mean; the slope at the estimate is 0.
    found = fit_weibull(simulated(4000, 3.0, 1.0, 0.0)[0])
    assert_allclose((found.scale, found.shape), (3.0, 1.0), rtol=0.05)
    assert found.fit.gradient < 1e-6


def test_known_parameters_are_found_again() -> None:
    spells, x = simulated(6000, 8.0, 0.5, -0.7)
    found = fit_weibull(spells, x)
    truth = np.array([np.log(0.5), -0.5 * np.log(8.0), -0.7])
    assert (np.abs(found.fit.estimate - truth) < 3.5 * found.fit.standard_error).all()
    assert (found.fit.standard_error < 0.1).all()


@settings(max_examples=20)
@given(st.floats(0.05, 20), st.integers(0, 1000))
def test_the_unit_of_time_scales_the_scale_alone(unit: float, seed: int) -> None:
    spells, x = simulated(60, 5.0, 0.7, 0.4, seed)
    first, second = fit_weibull(spells, x), fit_weibull(Spells(spells.length * unit, spells.ended), x)
    assert_allclose(second.scale, first.scale * unit, rtol=1e-5)
    assert_allclose([second.shape, *second.coefficients], [first.shape, *first.coefficients], rtol=1e-5, atol=1e-7)


def test_the_estimate_is_the_best_there_is() -> None:
    spells, x = simulated(50, 4.0, 0.6, 0.5)
    found = fit_weibull(spells, x)

    def loglik(log_shape: float, intercept: float, beta: float) -> float:
        hazard = np.exp(np.exp(log_shape) * np.log(spells.length) + intercept + beta * x[:, 0])
        return float((spells.ended * (log_shape + np.log(hazard / spells.length)) - hazard).sum())

    best = loglik(*found.fit.estimate)
    assert found.fit.loglik == pytest.approx(best)
    for step in np.concatenate([np.eye(3), -np.eye(3)]) * 0.01:
        assert loglik(*(found.fit.estimate + step)) < best


def test_late_entry_is_allowed_for() -> None:
    spells, _ = simulated(20_000, 6.0, 0.6, 0.0, seed=4)
    entry = np.random.default_rng(5).uniform(0, 6, len(spells))
    seen = entry < spells.length
    late = Spells(spells.length[seen], spells.ended[seen], entry[seen])
    allowed, ignored = fit_weibull(late), fit_weibull(Spells(late.length, late.ended))
    assert_allclose((allowed.scale, allowed.shape), (6.0, 0.6), rtol=0.08)
    assert abs(ignored.scale - 6.0) > 2 * abs(allowed.scale - 6.0)


def test_ends_between_two_times() -> None:
    spells, x = simulated(8000, 6.0, 0.8, -0.5, seed=6)
    # Looked at once a year: an end is known to the year.
    seen = np.where(spells.ended, np.floor(spells.length), spells.length)
    yearly = Spells(np.where(spells.ended, np.ceil(spells.length), spells.length), spells.ended)
    found = fit_weibull(yearly, x, seen)
    assert_allclose((found.scale, found.shape, found.coefficients[0]), (6.0, 0.8, -0.5), rtol=0.1)
    # A narrow interval says the same as the time itself.
    narrow = fit_weibull(spells, x, np.where(spells.ended, spells.length * (1 - 1e-6), spells.length))
    assert_allclose(narrow.fit.estimate, fit_weibull(spells, x).fit.estimate, atol=1e-3)


def test_the_fit_follows_the_kaplan_meier_curve_of_its_own_data() -> None:
    spells, _ = simulated(3000, 8.0, 0.5, 0.0)
    found = fit_weibull(spells)
    fitted = WeibullHazard().run(WeibullDraws(*map(np.atleast_1d, (found.scale, found.shape, 1.0)))).share[0]
    assert_allclose(fitted, [KaplanMeier(spells).at(t).share for t in (0.5, 1.0, 5.0)], atol=0.03)


def test_draws_of_a_fit_are_for_the_covariates_asked_for() -> None:
    spells, x = simulated(500, 8.0, 0.5, -1.0)
    found = fit_weibull(spells, x)
    without, having = (found.draw(500, np.random.default_rng(2), [v]) for v in (0, 1))
    assert (without.hazard_ratio == 1).all()
    assert np.median(having.hazard_ratio) == pytest.approx(np.exp(found.coefficients[0]), rel=0.05)
    assert np.array_equal(without.scale, having.scale)
    with pytest.raises(SituationError, match="covariates: got 0, expected 1"):
        found.draw(5, np.random.default_rng(2))


weibull_draws = st.builds(WeibullDraws, shares(DRAWS, 0.1, 40), shares(DRAWS, 0.1, 3), shares(DRAWS, 0, 5))


@given(weibull_draws, st.floats(1, 10))
def test_more_hazard_never_lasts_longer(draws: WeibullDraws, more: float) -> None:
    worse = WeibullDraws(draws.scale, draws.shape, draws.hazard_ratio * more)
    first, second = WeibullHazard().run(draws), WeibullHazard().run(worse)
    assert (second.share <= first.share).all()
    assert (np.diff(first.share) <= 0).all()
    for share in (first.share, first.first_year):
        assert ((share >= 0) & (share <= 1)).all()


@given(weibull_draws)
def test_a_hazard_that_falls_brings_the_risk_early(draws: WeibullDraws) -> None:
    found = WeibullHazard().run(draws).first_year
    assert (found[draws.shape <= 1] >= 0.2 - 1e-9).all()


def test_without_hazard_all_lasts() -> None:
    found = WeibullHazard().run(WeibullDraws(*map(np.atleast_1d, (5.0, 0.5, 0.0))))
    assert (found.share == 1).all()
    assert found.first_year == pytest.approx(0.2**0.5)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: WeibullDraws(np.zeros(1), np.ones(1), np.ones(1)), "scale: got 0, expected above 0"),
        (lambda: WeibullDraws(np.ones(1), np.ones(1), np.ones(1), (-1.0,)), "times: got -1"),
        (lambda: fit_weibull(Spells(np.ones(3), np.zeros(3, np.bool_))), "got none that ended"),
        (lambda: fit_weibull(Spells(np.ones(3), np.ones(3, np.bool_)), np.zeros((2, 1))), "expected 3 rows"),
        (lambda: fit_weibull(*simulated(20, 2.0, 1.0, 0.0), np.full(20, 9.0)), "length less ended_after: got"),
        (lambda: fit_weibull(simulated(30, 2.0, 1.0, 0.0)[0], np.ones((30, 1))), "likelihood: got no maximum"),
    ],
)
def test_what_is_refused(make: Any, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        make()


class TestWeibullHazard(ArrayModelContract):
    model = WeibullHazard()

    @staticmethod
    def inputs() -> st.SearchStrategy[WeibullDraws]:
        return weibull_draws
