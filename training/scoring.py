"""Scores with an interval: counts by document, F1 over all, and a bootstrap over documents ([Efron1979])."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

RESAMPLES = 1000


class Counts(NamedTuple):
    """Of one document: right, predicted, in gold."""

    right: int
    predicted: int
    gold: int


@dataclass(frozen=True)
class Score:
    """An F1 in per cent with the middle 95 per cent of its bootstrap."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1f} ({self.low:.1f}–{self.high:.1f})"


def f1(counts: Sequence[Counts], seed: int = 1) -> Score:
    """F1 over documents with its interval.

    Args:
        counts: by document.
        seed: of the resampling.
    """
    rng = random.Random(seed)
    drawn = sorted(_f1(rng.choices(counts, k=len(counts))) for _ in range(RESAMPLES))
    return Score(_f1(counts), drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES)])


def _f1(counts: Sequence[Counts]) -> float:
    right, predicted, gold = (sum(column) for column in zip(*counts, strict=True))
    return 200 * right / (predicted + gold) if predicted + gold else 0.0
