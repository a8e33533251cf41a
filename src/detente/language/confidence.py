"""How likely an attribution is right: a logistic curve over what the network makes of its parts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from detente.language.links import Linked

# Nothing is surer than this: the development data are too few to tell more.
SUREST = 0.999


def features(found: Linked) -> list[float]:
    """The log odds of an attribution's parts: its weakest content, its cue, its links, its source."""
    parts = (min(c.probability for c in found.contents), found.cue.probability, found.link, found.sourced)
    return [_log_odds(part) for part in parts]


def confidence(found: Linked, calibration: Sequence[float]) -> float:
    """The probability that content and source are right.

    Args:
        found: the attribution.
        calibration: a constant, and a weight for each of `features`; fitted on development data.
    """
    score = calibration[0] + sum(w * x for w, x in zip(calibration[1:], features(found), strict=True))
    return round(1 / (1 + math.exp(-max(min(score, 30.0), -30.0))), 4)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1 - SUREST), SUREST)
    return math.log(kept / (1 - kept))
