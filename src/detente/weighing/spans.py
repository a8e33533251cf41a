"""A result over all draws as three numbers."""

from __future__ import annotations

import numpy as np

from detente.records import Part
from detente.weighing.draws import FloatArray
from detente.weighing.voting import IntArray

_EDGES = (0.05, 0.5, 0.95)


class Span(Part, frozen=True, kw_only=True):
    """The draws' 5th percentile, median and 95th; `None` for what is beyond every number."""

    low: float | None
    median: float | None
    high: float | None

    @classmethod
    def of(cls, values: FloatArray | IntArray) -> Span:
        """The span of values, each of which is one of them: no mean of two neighbours, of which one may be infinite."""
        low, median, high = (float(v) for v in np.quantile(values, _EDGES, method="inverted_cdf"))
        return cls(low=_finite(low), median=_finite(median), high=_finite(high))

    def __str__(self) -> str:
        low, median, high = (_shown(v) for v in (self.low, self.median, self.high))
        return median if low == high else f"{median} [{low}–{high}]"


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _shown(value: float | None) -> str:
    if value is None:
        return "∞"
    # A count stays a count, and a large number is not longer than its first digits are known.
    return f"{value:.3g}" if abs(value) >= 1e6 else f"{value:.0f}" if value == round(value) and abs(value) >= 2 else f"{value:.2f}"
