"""The weighted median: the position that no other beats in a vote weighted by capability times salience."""

from __future__ import annotations

import numpy as np

from detente.weighing.base import Outcome
from detente.weighing.draws import Draws

# Sums of the same weights in another order differ by rounding: what is nearer to one half than this is half.
_HALF = 1e-9


class WeightedMedian:
    """The least position at which at least half of the weight has been counted, from 0 upwards."""

    name = "weighted median"
    reference = "Black 1958, The Theory of Committees and Elections: the Condorcet winner on a line"

    def run(self, draws: Draws) -> Outcome:
        """The weighted median in every draw.

        Returns:
            Values, and where exactly half of the weight lies at or below: there any position up to the next
            one would do as well, and a tie decides.
        """
        order = np.argsort(draws.position, axis=1, kind="stable")
        position = np.take_along_axis(draws.position, order, axis=1)
        weight = np.take_along_axis(draws.weight, order, axis=1)
        counted = weight.cumsum(axis=1) / weight.sum(axis=1, keepdims=True)
        first = (counted >= 0.5 - _HALF).argmax(axis=1)[:, None]
        half = np.abs(np.take_along_axis(counted, first, axis=1) - 0.5) < _HALF
        after = np.take_along_axis(position, np.minimum(first + 1, position.shape[1] - 1), axis=1)
        value = np.take_along_axis(position, first, axis=1)
        return Outcome(value=value[:, 0], tied=(half & (after > value))[:, 0])
