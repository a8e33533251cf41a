"""Scores with an interval: counts by document, F1 over all, and a bootstrap over documents ([Efron1979])."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

RESAMPLES = 1000


class Counts(NamedTuple):
    """Of one document: right, predicted, in gold. With as many predicted as in gold, F1 is the share of right ones."""

    right: int
    predicted: int
    gold: int


class Score(NamedTuple):
    """An F1 in per cent with the middle 95 per cent of its bootstrap, which one document alone does not have."""

    value: float
    low: float | None
    high: float | None

    def __str__(self) -> str:
        return f"{self.value:.1f}" + (f" ({self.low:.1f}–{self.high:.1f})" if self.low is not None else "")


def f1(counts: Sequence[Counts], seed: int = 1) -> Score:
    """F1 over documents with its interval.

    Args:
        counts: by document.
        seed: of the resampling.
    """
    table = np.array(counts, dtype=float).reshape(len(counts), 3)
    value = float(_f1(table.sum(axis=0, keepdims=True))[0])
    if len(counts) < 2:
        return Score(value, None, None)
    times = np.random.default_rng(seed).multinomial(
        len(counts), [1 / len(counts)] * len(counts), size=RESAMPLES
    )
    low, high = np.quantile(_f1(times @ table), (0.025, 0.975))
    return Score(value, float(low), float(high))


def _f1(
    sums: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """F1 of each row of right, predicted, gold; 0 where nothing is to be found and nothing was."""
    both = sums[:, 1] + sums[:, 2]
    return np.divide(200 * sums[:, 0], both, out=np.zeros_like(both), where=both > 0)
