"""Proper scores: how far a scenario lay from what happened, so that saying what one believes scores best.

Lower is better in all of them. Distributions are given as draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import SituationError
from detente.weighing.bounds import within
from detente.weighing.draws import BoolArray, FloatArray


def absolute_error(value: FloatArray, outcome: FloatArray) -> FloatArray:
    """|value − outcome|, in the unit of the scale; a median scores best; shapes broadcast.

    Raises:
        SituationError: a value is no number.
    """
    _numbers(value, outcome)
    return np.abs(value - outcome)


def crps(draws: FloatArray, outcome: FloatArray) -> FloatArray:
    """Continuous ranked probability score, ∫ (F(x) − 1[x ≥ y])² dx, of the draws' own distribution.

    Args:
        draws: B draws of n quantities; shape (B, n).
        outcome: what happened; shape (n,).

    Returns:
        Shape (n,), in the unit of the scale; the absolute error where all draws are one.

    Raises:
        SituationError: there are no draws, shapes do not fit, a value is no number.

    Source: Gneiting and Raftery 2007, Strictly Proper Scoring Rules, JASA 102, eq. 21: E|X − y| − ½ E|X − X'|.
    """
    if draws.ndim != 2 or not len(draws) or draws.shape[1:] != outcome.shape:
        raise SituationError(f"draws: got shapes {draws.shape} and {outcome.shape}, expected draws by outcomes")
    _numbers(draws, outcome)
    count = len(draws)
    # Sorted, the mean distance between two draws is a weighted sum: no table of all pairs is needed.
    rank = 2.0 * np.arange(1, count + 1) - count - 1.0
    spread = (rank[:, None] * np.sort(draws, axis=0)).sum(axis=0) / count**2
    score: FloatArray = np.abs(draws - outcome).mean(axis=0) - spread
    return score


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same probability.

    Args:
        said: their mean, 0–1.
        came: share of them that came true, 0–1.
        cases: how many.
    """

    said: float
    came: float
    cases: int


@dataclass(frozen=True, slots=True)
class Brier:
    """The Brier score and its parts: score = reliability − resolution + uncertainty + within.

    Args:
        score: mean of (p − y)², 0–1.
        reliability: how far what came is from what was said, bin by bin; 0 is best.
        resolution: how far the bins lie from the base rate; more is better.
        uncertainty: of the base rate itself.
        within: what differs within the bins; 0 where each holds one probability.
        bins: the reliability diagram, in order.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    bins: tuple[Bin, ...]


def brier(probability: FloatArray, came: BoolArray, *, bins: int = 10) -> Brier:
    """The Brier score with its reliability.

    Args:
        probability: 0–1; shape (n,).
        came: whether it came true; shape (n,).
        bins: of equal width.

    Raises:
        SituationError: there are no forecasts, shapes differ, a probability lies outside, or `bins` below 1.

    Source: Murphy 1973, A New Vector Partition of the Probability Score, J. Applied Meteorology 12; the part
    within bins: Stephenson, Coelho and Jolliffe 2008, Weather and Forecasting 23.
    """
    _forecasts(probability, came)
    if bins < 1:
        raise SituationError(f"bins: got {bins}, expected 1 or more")
    which, truth, base = np.minimum((probability * bins).astype(int), bins - 1), came.astype(float), float(came.mean())
    found = [
        Bin(float(probability[which == k].mean()), float(truth[which == k].mean()), int((which == k).sum()))
        for k in np.unique(which)
    ]
    score = float(((probability - truth) ** 2).mean())
    reliability = sum(b.cases * (b.said - b.came) ** 2 for b in found) / len(came)
    resolution = sum(b.cases * (b.came - base) ** 2 for b in found) / len(came)
    uncertainty = base * (1.0 - base)
    return Brier(score, reliability, resolution, uncertainty, score - reliability + resolution - uncertainty, tuple(found))


def log_score(probability: FloatArray, came: BoolArray) -> FloatArray:
    """−log of the probability that was given to what happened, in nats; infinite where that was none; shape (n,).

    Raises:
        SituationError: there are no forecasts, shapes differ, a probability lies outside.

    Source: Good 1952, Rational Decisions, J. Royal Statistical Society B 14.
    """
    _forecasts(probability, came)
    given = np.where(came, probability, 1.0 - probability)
    with np.errstate(divide="ignore"):
        return -np.log(given) + 0.0


def coverage(draws: FloatArray, outcome: FloatArray, *, levels: Sequence[float] = (0.5, 0.9)) -> tuple[float, ...]:
    """Share of the outcomes that lie within each central interval of the draws; near the level where it is honest.

    Args:
        draws: shape (B, n).
        outcome: shape (n,).
        levels: above 0 and below 1.

    Raises:
        SituationError: shapes do not fit, or a value is no number.
    """
    crps(draws, outcome)
    found = []
    for level in levels:
        low, high = np.quantile(draws, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
        found.append(float(((low <= outcome) & (outcome <= high)).mean()))
    return tuple(found)


def _forecasts(probability: FloatArray, came: BoolArray) -> None:
    if probability.ndim != 1 or probability.shape != came.shape or not len(probability):
        raise SituationError(f"forecasts: got shapes {probability.shape} and {came.shape}, expected one outcome each")
    within("probability", probability, 0.0, 1.0)


def _numbers(*arrays: FloatArray) -> None:
    if not all(np.isfinite(a).all() for a in arrays):
        raise SituationError("scores: got a value that is no number", "leave out what has no outcome yet")
