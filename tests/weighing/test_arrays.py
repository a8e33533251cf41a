"""Draws from plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.errors import SituationError
from detente.weighing.arrays import issue_draws
from detente.weighing.weighted_mean import WeightedMean

GOOD: dict[str, Any] = {"capability": [2, 1], "salience": [[0.5], [0.5]], "position": [[90], [30]]}


def test_one_draw_or_many() -> None:
    one = issue_draws(**GOOD)
    assert one.position.shape == (1, 2, 1)
    assert WeightedMean().run(one).value.tolist() == [[70.0]]
    many = issue_draws(**{k: np.stack([v, v, v]) for k, v in GOOD.items()})
    assert WeightedMean().run(many).value.tolist() == [[70.0]] * 3
    assert many.facts.shape == (3, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"capability": [2, 0]}, r"capability at \(0, 1\): got 0\.0, expected above 0"),
        ({"salience": [[0.5], [1.5]]}, r"salience at \(0, 1, 0\): got 1\.5, expected above 0 and at most 1"),
        ({"position": [[90], [float("nan")]]}, r"position at \(0, 1, 0\): got nan, expected 0–100"),
        ({"position": [[90, 1], [30, 1]]}, r"salience \(1, 2, 1\) and position \(1, 2, 2\), expected"),
        ({"capability": [2, 1, 1]}, r"capability of shape \(1, 3\)"),
        ({"salience": [0.5, 0.5]}, r"salience \(1, 2\)"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(SituationError, match=words):
        issue_draws(**(GOOD | change))
