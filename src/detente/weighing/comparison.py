"""Which of two models is better, if the cases can tell at all.

Both models answer the same cases, and cases come in clusters (the issues of one proposal) that are not
independent. So the difference is paired, and whole clusters are drawn again. A difference smaller than what so
many cases could detect names no winner.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from detente.errors import SituationError
from detente.weighing.draws import FloatArray
from detente.weighing.streams import stream

POWER = 0.8
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """The mean error of one model less that of another; negative where the first is better.

    Args:
        difference: mean over the cases, in the unit of the scores.
        low: lower end of the 95 % bootstrap interval.
        high: upper end.
        standard_error: of the difference, over resampled clusters.
        detectable: the least true difference that so many cases would show in four trials of five.
        cases: number of cases.
        clusters: number of clusters.
        winner: name of the better model; `None` where the difference is below what is detectable, or the
            interval holds 0.
        resamples: how often the clusters were drawn.
        seed: of the random numbers; `None` where a generator was passed in.
    """

    difference: float
    low: float
    high: float
    standard_error: float
    detectable: float
    cases: int
    clusters: int
    winner: str | None
    resamples: int
    seed: int | None

    def describe(self, first: str, second: str) -> str:
        """The comparison in a line."""
        verdict = f"{self.winner} is better" if self.winner else "no winner"
        return (
            f"{first} less {second}: {self.difference:+.2f} [{self.low:+.2f}, {self.high:+.2f}], "
            f"detectable {self.detectable:.2f}; {self.cases} cases in {self.clusters} clusters: {verdict}"
        )


def compare(
    first: tuple[str, FloatArray],
    second: tuple[str, FloatArray],
    clusters: NDArray[np.generic] | None = None,
    *,
    resamples: int = 2000,
    seed: int | np.random.Generator = 0,
) -> Comparison:
    """Paired, clustered bootstrap of the difference of two models' scores.

    Args:
        first: its name and its scores, lower is better; shape (n,).
        second: the same of the other, on the same cases.
        clusters: which cases belong together; shape (n,). Each its own where not given.
        resamples: at least 100.
        seed: or a generator.

    Raises:
        SituationError: scores are of different cases, there are fewer than two clusters, or too few resamples.

    Source: Cameron, Gelbach and Miller 2008, Bootstrap-Based Improvements for Inference with Clustered Errors,
    Review of Economics and Statistics 90; detectable effect: Bloom 1995, Evaluation Review 19.
    """
    labels = np.arange(len(first[1])) if clusters is None else np.asarray(clusters)
    if not first[1].shape == second[1].shape == labels.shape == (len(labels),):
        raise SituationError(
            f"scores: got shapes {first[1].shape}, {second[1].shape}, {labels.shape}, expected one a case"
        )
    gap = first[1] - second[1]
    if not np.isfinite(gap).all():
        raise SituationError("scores: got a score that is no number, expected scores of resolved cases")
    means = _resampled(
        gap, labels, resamples, seed if isinstance(seed, np.random.Generator) else stream(seed)
    )
    tail = (1.0 - LEVEL) / 2.0
    low, high = (float(q) for q in np.quantile(means, [tail, 1.0 - tail]))
    error = float(means.std(ddof=1))
    normal = NormalDist()
    detectable = (normal.inv_cdf(1.0 - tail) + normal.inv_cdf(POWER)) * error
    difference = float(gap.mean())
    found = abs(difference) >= detectable and difference != 0.0 and not low <= 0.0 <= high
    return Comparison(
        difference, low, high, error, detectable, len(gap), len(np.unique(labels)),
        (first[0] if difference < 0.0 else second[0]) if found else None,
        resamples, seed if isinstance(seed, int) else None,
    )  # fmt: skip


def _resampled(
    gap: FloatArray, labels: NDArray[np.generic], resamples: int, rng: np.random.Generator
) -> FloatArray:
    """Mean gap of each resample of whole clusters; shape (resamples,)."""
    _, which = np.unique(labels, return_inverse=True)
    count = int(which.max()) + 1 if len(which) else 0
    if count < 2 or resamples < 100:
        raise SituationError(f"got {count} clusters and {resamples} resamples, expected at least 2 and 100")
    total, size = np.bincount(which, gap, count), np.bincount(which, minlength=count)
    drawn = rng.integers(count, size=(resamples, count))
    means: FloatArray = total[drawn].sum(axis=1) / size[drawn].sum(axis=1)
    return means
