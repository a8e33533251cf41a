"""The smallest change that turns an answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.weighing.draws import FloatArray
from detente.weighing.flips import flips, middle_of

from .made import told


def line(x: FloatArray) -> FloatArray:
    result: FloatArray = x[:, 0] - 2 * x[:, 1] + 0.5
    return result


BOTH = {"up": (0.0, 1.0), "down": (0.0, 1.0)}


def test_each_input_by_itself() -> None:
    found = flips(line, {"up": told(0.2, 0.4), "down": told(0.3, 0.9)}, BOTH)
    # At (.3, .6) the answer is −.4: no. It takes up ≥ .7, or down ≤ .4.
    assert [(f.input, f.known) for f in found] == [("down", True), ("up", False)]
    assert [f.needed for f in found] == pytest.approx([0.4, 0.7])
    assert [f.size for f in found] == pytest.approx([0.2, 0.4])
    assert [f.middle for f in found] == pytest.approx([0.6, 0.3])


def test_a_change_that_no_input_can_make_is_not_there() -> None:
    assert flips(lambda x: x[:, 0] + 1, {"up": told(0.5)}, {"up": (0.0, 1.0)}) == ()


def test_the_likeliest_value_is_the_middle_where_one_is_given() -> None:
    assert middle_of(told(0, 1)) == 0.5
    assert middle_of(told(0, 1, 0.9)) == 0.9


@given(st.floats(0, 1), st.floats(0.01, 0.99))
def test_what_is_needed_turns_it_and_a_little_less_does_not(at: float, threshold: float) -> None:
    found = flips(lambda x: x[:, 0] - threshold, {"x": told(at)}, {"x": (0.0, 1.0)})
    assert len(found) == 1
    needed = found[0].needed
    assert needed == pytest.approx(threshold, abs=1e-9)
    assert (needed >= threshold) != (at >= threshold)
    assert np.sign(needed - at) == (1 if at < threshold else -1) or at == threshold


def test_every_flip_says_what_its_input_rests_on() -> None:
    known, guessed = told(0.3, 0.3, None, "po-1"), told(0.6).replace(sources=(), assumed_by="Ana")
    grounds = {f.input: (f.sources, f.assumed_by) for f in flips(line, {"up": known, "down": guessed}, BOTH)}
    assert grounds == {"up": (("po-1",), None), "down": ((), "Ana")}
