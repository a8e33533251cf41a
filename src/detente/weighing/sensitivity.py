"""Which inputs an answer's spread comes from: Sobol's indices, with intervals.

Every input is drawn anew by itself while the others stay. S, the first-order index, is the share of the variance
that would go if the input were known and nothing else; T, the total index, the share that would stay if all but
the input were known: its own part and all that it has together with others. Estimated as Jansen does, with

    T_i = Σ (f(A) − f(A_i))² / 2nV,   S_i = 1 − Σ (f(B) − f(A_i))² / 2nV,

where A and B are independent draws and A_i is A with column i from B. The inputs have to be independent, as they
are drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.weighing.draws import FloatArray, sample
from detente.weighing.situation import Input

Answer = Callable[[FloatArray], FloatArray]
"""A row of inputs a draw to one number a draw; shapes (B, k) → (B,)."""

Mixed = Callable[[FloatArray, FloatArray, Sequence[int]], FloatArray]
"""The answers to the first draws, each time with one of some inputs from the second; shapes (B, k), (B, k) → (inputs, B)."""

REFERENCE = "Jansen 1999, Computer Physics Communications 117; Saltelli et al. 2010, Computer Physics Communications 181"
_DRAWS = 512
_RESAMPLES = 100
_EDGES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How much of an answer's variance comes from one input.

    Args:
        name: of the input.
        first: S, 0–1 but for the error of the estimate.
        total: T, 0–1 but for the same.
        first_interval: 95 %, by the bootstrap over draws.
        total_interval: the same of T.
    """

    name: str
    first: float
    total: float
    first_interval: tuple[float, float]
    total_interval: tuple[float, float]


def sobol(
    answer: Answer,
    inputs: Mapping[str, Input],
    rng: np.random.Generator,
    draws: int = _DRAWS,
    mixed: Mixed | None = None,
) -> tuple[Sensitivity, ...]:
    """The indices of every input that can vary, the largest total first; none where the answer does not vary.

    Args:
        answer: takes the inputs in their order.
        draws: n, 2 or more; the answer is taken n times for each input that varies, and twice more.
        mixed: a quicker way to the answers in which one input is drawn anew, where there is one.
    """
    known = list(inputs.values())
    first, second = sample(known, draws, rng), sample(known, draws, rng)
    before, after = answer(first), answer(second)
    moving = [k for k, i in enumerate(known) if i.width > 0]
    swapped = (mixed or _mixed(answer))(first, second, moving)
    if not moving or np.ptp([before, after]) == 0:
        return ()
    # The first row counts every draw once; the others are the bootstrap's.
    counts = np.vstack([np.ones(draws), rng.multinomial(draws, np.full(draws, 1 / draws), _RESAMPLES)])
    total, single = _indices(counts, before, after, swapped)
    names, edges = list(inputs), [np.percentile(index[1:], _EDGES, axis=0).T for index in (single, total)]
    found = [
        Sensitivity(
            names[k],
            float(single[0, row]),
            float(total[0, row]),
            *((float(e[row, 0]), float(e[row, 1])) for e in edges),
        )
        for row, k in enumerate(moving)
    ]
    return tuple(sorted(found, key=lambda s: (-s.total, s.name)))


def _mixed(answer: Answer) -> Mixed:
    """The answers in which one input is drawn anew, one input at a time."""

    def each(first: FloatArray, second: FloatArray, moving: Sequence[int]) -> FloatArray:
        swapped = np.empty((len(moving), len(first)))
        for row, k in enumerate(moving):
            mixed = first.copy()
            mixed[:, k] = second[:, k]
            swapped[row] = answer(mixed)
        return swapped

    return each


def _indices(
    counts: FloatArray, before: FloatArray, after: FloatArray, swapped: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """T and S of every input in every resample; shapes (resamples, inputs)."""
    size = counts.sum(axis=1)
    mean = counts @ (before + after) / (2 * size)
    variance = counts @ (before**2 + after**2) / (2 * size) - mean**2
    scale = 1 / np.maximum(2 * size * variance, np.finfo(np.float64).tiny)
    total = counts @ ((before - swapped) ** 2).T * scale[:, None]
    single = 1 - counts @ ((after - swapped) ** 2).T * scale[:, None]
    return total, single
