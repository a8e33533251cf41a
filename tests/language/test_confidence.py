"""Confidence: rises with each part, and stays a probability."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.confidence import confidence, features
from detente.language.links import Linked
from detente.language.spans import Tagged

shares = st.floats(0, 1)


def found(content: float = 0.9, cue: float = 0.9, link: float = 0.9, source: float = 0.9) -> Linked:
    contents = (Tagged(5, 9, 2, 0.99), Tagged(12, 14, 2, content))
    return Linked(contents, Tagged(3, 4, 1, cue), None, link, source, 0.8)


def test_the_weakest_content_counts() -> None:
    assert features(found(content=0.5))[0] == pytest.approx(0)
    assert features(found(content=1.0))[0] == features(found(content=0.99))[0]


@pytest.mark.parametrize(
    ("calibration", "expected"),
    [([0.0] * 5, 0.5), ([2.0, 0, 0, 0, 0], 0.8808), ([0, 1, 0, 0, 0], 0.9), ([-1e9, 0, 0, 0, 0], 0.0), ([1e9, 0, 0, 0, 0], 1.0)],
)
def test_the_curve(calibration: list[float], expected: float) -> None:
    assert confidence(found(), calibration) == pytest.approx(expected, abs=1e-4)


@given(shares, shares, shares, shares)
def test_always_a_probability(content: float, cue: float, link: float, source: float) -> None:
    assert 0 <= confidence(found(content, cue, link, source), [-1.0, 0.5, 0.3, 0.7, 0.2]) <= 1


@pytest.mark.parametrize("part", ["content", "cue", "link", "source"])
def test_a_surer_part_makes_it_surer(part: str) -> None:
    weights = [-1.0, 0.5, 0.3, 0.7, 0.2]
    assert confidence(found(**{part: 0.95}), weights) > confidence(found(**{part: 0.6}), weights)


def test_a_wrong_number_of_weights_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        confidence(found(), [0.0, 1.0])
