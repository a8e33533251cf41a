"""Windows over an article: they cover it, keep neighbours together, and move on."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.encoder import SIZE, _gelu, windows


@given(st.lists(st.integers(0, 700), max_size=30))
def test_every_piece_is_in_a_window(lengths: list[int]) -> None:
    found = list(windows(lengths))
    covered = {k for window in found for k in range(window.first, window.last)}
    assert covered == set(range(sum(lengths)))


@given(st.lists(st.integers(0, 700), max_size=30))
def test_windows_fit_and_move_on(lengths: list[int]) -> None:
    found = list(windows(lengths))
    for window in found:
        assert len(window.places) == window.last - window.first > 0
        assert window.places[0] == 1
        assert window.places[-1] < SIZE
        assert (np.diff(window.places) > 0).all()
    for one, two in pairwise(found):
        assert one.first < two.first <= one.last < two.last


@given(st.lists(st.integers(1, 700), max_size=30))
def test_the_work_is_linear(lengths: list[int]) -> None:
    read = sum(window.last - window.first for window in windows(lengths))
    assert read <= 3 * sum(lengths) + SIZE


def test_a_separator_stands_between_paragraphs() -> None:
    (window,) = windows([3, 2])
    assert window.places.tolist() == [1, 2, 3, 5, 6]


def test_an_empty_paragraph_takes_no_place_of_a_piece() -> None:
    (window,) = windows([2, 0, 1])
    assert len(window.places) == 3


def test_no_paragraphs_no_windows() -> None:
    assert list(windows([])) == []
    assert list(windows([0, 0])) == []


def test_a_window_full_of_whole_paragraphs_takes_no_part_of_the_next() -> None:
    found = [(window.first, window.last) for window in windows([100, 100, 100])]
    assert found == [(0, 200), (200, 300)]


def test_a_window_half_full_takes_a_part_of_the_next_which_is_read_again() -> None:
    found = [(window.first, window.last) for window in windows([100, 200])]
    assert found == [(0, SIZE - 2), (100, 300)]


def test_a_sentence_of_half_a_window_is_whole_somewhere() -> None:
    length, half = 1000, (SIZE - 1) // 2
    found = list(windows([length]))
    for start in range(0, length - half):
        assert any(window.first <= start and start + half <= window.last for window in found)


@pytest.mark.parametrize("x", [-6.0, -1.0, -0.3, 0.0, 0.3, 1.0, 6.0])
def test_gelu(x: float) -> None:
    exact = x * 0.5 * (1 + math.erf(x / math.sqrt(2)))
    assert _gelu(np.array([x], dtype=np.float32))[0] == pytest.approx(exact, abs=1e-6)
