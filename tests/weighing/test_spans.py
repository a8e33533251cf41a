"""Three numbers for many, infinite ones too."""

from __future__ import annotations

import numpy as np
import pytest

from detente.weighing.spans import Span


def test_the_percentiles_are_among_the_values() -> None:
    span = Span.of(np.arange(1.0, 101.0))
    assert (span.low, span.median, span.high) == (5, 50, 95)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([0.5], "0.50"),
        ([0.25, 0.5, 0.75], "0.50 [0.25–0.75]"),
        ([0.5, np.inf, np.inf], "∞ [0.50–∞]"),
        ([3, 3, 4], "3 [3–4]"),
    ],
)
def test_in_words(values: list[float], words: str) -> None:
    assert str(Span.of(np.array(values))) == words


def test_what_is_infinite_is_nothing_that_json_cannot_write() -> None:
    assert Span.of(np.array([np.inf])).to_dict() == {"low": None, "median": None, "high": None}
