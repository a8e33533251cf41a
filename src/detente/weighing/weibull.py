"""The Weibull hazard of renewed war: most of the risk early, or late, and what multiplies it.

h(t | x) = (ρ/λ) (t/λ)^(ρ−1) exp(βx), S(t | x) = exp(−(t/λ)^ρ exp(βx)). With shape ρ below 1 the hazard falls with
time. λ is in the unit of the times (years here).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import SituationError
from detente.weighing.base_rates import read_table
from detente.weighing.bounds import within
from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.likelihood import Fit, maximise
from detente.weighing.survival import Spells


@dataclass(frozen=True, slots=True)
class WeibullDraws:
    """The hazard's parameters, and the times asked for.

    Args:
        scale: λ, above 0, in years; shape (B,).
        shape: ρ, above 0; shape (B,).
        hazard_ratio: exp(βx), at least 0; shape (B,).
        times: years, at least 0; the same in every draw; shape (T,).

    Raises:
        SituationError: an input is out of bounds.
    """

    scale: FloatArray
    shape: FloatArray
    hazard_ratio: FloatArray
    times: tuple[float, ...] = (0.5, 1.0, 5.0)

    def __post_init__(self) -> None:
        within("scale", self.scale, above=True)
        within("shape", self.shape, above=True)
        within("hazard_ratio", self.hazard_ratio)
        within("times", np.array(self.times))


@dataclass(frozen=True, slots=True)
class Lasting:
    """How far peace lasts.

    Args:
        share: S, probability that it lasts beyond each time, 0–1; shape (B, T).
        first_year: share of the risk of five years that falls in the first, 0–1; shape (B,).
    """

    share: FloatArray
    first_year: FloatArray


class WeibullHazard:
    """S(t) = exp(−(t/λ)^ρ exp(βx))."""

    name = "weibull hazard"
    reference = "Weibull 1951, J. Applied Mechanics 18; for peace: Fortna 2008, Does Peacekeeping Work?"

    def run(self, draws: WeibullDraws) -> Lasting:
        """Survival at the times, and how early the risk comes, in every draw."""
        asked = np.array([*draws.times, 1.0, 5.0])
        hazard = (asked / draws.scale[:, None]) ** draws.shape[:, None] * draws.hazard_ratio[:, None]
        ended = -np.expm1(-hazard)
        # As the hazard goes to 0 the ratio of the risks goes to that of the hazards.
        limit = 0.2**draws.shape
        first = np.divide(ended[:, -2], ended[:, -1], out=limit, where=ended[:, -1] > 0.0)
        return Lasting(1.0 - ended[:, :-2], first)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Published parameters of one sample of civil-war ceasefires.

    Args:
        sample: "all", or "pcw" for those after the Cold War, with what else limits it.
        cases: number of spells.
        events: how many of them ended.
        scale: λ, years.
        shape: ρ.
    """

    sample: str
    cases: int
    events: int
    scale: float
    shape: float


def baselines() -> tuple[Baseline, ...]:
    """Parameters estimated for this project from Fortna's data."""
    return tuple(
        Baseline(r["sample"], int(r["cases"]), int(r["events"]), float(r["scale"]), float(r["shape"]))
        for r in read_table("fortna_weibull.csv")
    )


@dataclass(frozen=True, slots=True)
class WeibullFit:
    """A fitted hazard.

    Args:
        scale: λ, in the unit of the spells.
        shape: ρ.
        coefficients: β, one a covariate; shape (k,).
        fit: the estimates of (log ρ, −ρ log λ, β), with their covariance.
    """

    scale: float
    shape: float
    coefficients: FloatArray
    fit: Fit

    def draw(self, count: int, rng: np.random.Generator, covariates: Sequence[float] = ()) -> WeibullDraws:
        """Parameters within their errors, for a case with these covariates; B = count.

        Raises:
            SituationError: not one covariate for each coefficient.
        """
        if len(covariates) != len(self.coefficients):
            raise SituationError(f"covariates: got {len(covariates)}, expected {len(self.coefficients)}")
        # The default, by singular values, may turn signs from one machine to another.
        drawn = rng.multivariate_normal(self.fit.estimate, self.fit.covariance, count, method="cholesky")
        shape = np.exp(drawn[:, 0])
        return WeibullDraws(np.exp(-drawn[:, 1] / shape), shape, np.exp(drawn[:, 2:] @ np.asarray(covariates, float)))


def fit_weibull(spells: Spells, covariates: FloatArray | None = None, ended_after: FloatArray | None = None) -> WeibullFit:
    """Maximum likelihood, with right-censoring, left truncation and interval censoring.

    Args:
        spells: a spell that was first watched late counts only from its entry.
        covariates: x; shape (n, k).
        ended_after: for spells that ended at an unknown time before `length`, the last time at which they
            were seen to last, at least the entry; equal to `length` where the time is known; shape (n,).

    Raises:
        SituationError: shapes differ, no spell ended, or the covariates cannot be told apart.
    """
    x = np.zeros((len(spells), 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    after = spells.length if ended_after is None else ended_after
    if x.ndim != 2 or len(x) != len(spells) or after.shape != spells.length.shape:
        raise SituationError(f"covariates: got shapes {x.shape}, {after.shape}, expected {len(spells)} rows for the spells")
    within("length less ended_after", spells.length - after)
    within("ended_after less entry", after - spells.entered)
    if not spells.ended.any():
        raise SituationError("spells: got none that ended, expected at least one", "report the count and the interval")
    likelihood = _Likelihood(spells, x, after)
    rate = spells.ended.sum() / (spells.length - spells.entered).sum()
    fit = maximise(likelihood, np.concatenate([[0.0, np.log(rate)], np.zeros(x.shape[1])]))
    shape = float(np.exp(fit.estimate[0]))
    return WeibullFit(float(np.exp(-fit.estimate[1] / shape)), shape, fit.estimate[2:], fit)


class _Likelihood:
    """Log-likelihood and gradient by (log ρ, −ρ log λ, β): the cumulative hazard is exp(ρ log t + a + βx)."""

    def __init__(self, spells: Spells, covariates: FloatArray, after: FloatArray) -> None:
        self.spells, self.x, self.after = spells, covariates, after
        self.between: BoolArray = spells.ended & (after < spells.length)
        self.exact: BoolArray = spells.ended & ~self.between

    def __call__(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        shape = np.exp(parameters[0])
        until, d_until = self._hazard(parameters, self.spells.length)
        before, d_before = self._hazard(parameters, self.spells.entered)
        seen, d_seen = self._hazard(parameters, self.after)
        value, slope = before - until, d_before - d_until
        # An exact end adds the log of its hazard: log ρ + log H − log t.
        log_hazard = np.log(np.maximum(until, 1e-300)) + parameters[0] - np.log(self.spells.length)
        d_log = np.column_stack([1.0 + shape * np.log(self.spells.length), np.ones(len(self.x)), self.x])
        value = value + np.where(self.exact, log_hazard, 0.0)
        slope = slope + np.where(self.exact[:, None], d_log, 0.0)
        # An end between two times: log(S(seen) − S(until)) in place of log S(until).
        width = np.where(self.between, until - seen, 1.0)
        value = value + np.where(self.between, width + np.log(-np.expm1(-width)), 0.0)
        by_width = np.where(self.between, 1.0 / -np.expm1(-width), 0.0)
        slope = slope + by_width[:, None] * (d_until - d_seen)
        return float(value.sum()), slope.sum(axis=0)

    def _hazard(self, parameters: FloatArray, time: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Cumulative hazard up to a time, shape (n,), and its gradient, shape (n, 2 + k); 0 at time 0."""
        shape, log_time = np.exp(parameters[0]), np.log(np.where(time > 0.0, time, 1.0))
        log_hazard = shape * log_time + parameters[1] + self.x @ parameters[2:]
        hazard = np.where(time > 0.0, np.exp(log_hazard), 0.0)
        by = np.column_stack([shape * log_time, np.ones(len(time)), self.x])
        return hazard, hazard[:, None] * by
