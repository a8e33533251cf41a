"""The compromise model: the mean position, weighted by capability times salience.

The baseline that stands beside every other model: on 351 resolved EU issues (DEU III) its mean absolute error
was 22.99 points of 100, below every richer model's.
"""

from __future__ import annotations

import numpy as np

from detente.weighing.base import Outcome
from detente.weighing.draws import Draws


class WeightedMean:
    """O = Σ c s x / Σ c s, issue by issue, with its closed-form derivatives."""

    name = "weighted mean"
    reference = "Van den Bos 1991, Dutch EC policy making; Achen 2006, in The European Union Decides, ch. 4"

    def run(self, draws: Draws) -> Outcome:
        """The weighted mean in every draw.

        Returns:
            Values, never tied, and derivatives: w/W by position, s(x−O)/W by capability, c(x−O)/W by salience.
        """
        weight = draws.weight
        total = weight.sum(axis=1, keepdims=True)
        value = (weight * draws.position).sum(axis=1, keepdims=True) / total
        away = (draws.position - value) / total
        return Outcome(
            value=value[:, 0],
            tied=np.zeros(value[:, 0].shape, np.bool_),
            sensitivity={
                "position": weight / total,
                "capability": draws.salience * away,
                "salience": draws.capability[:, :, None] * away,
            },
        )
