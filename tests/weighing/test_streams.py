"""Streams of random numbers: named, apart, and blind to what else is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from detente.weighing.streams import stream


def test_a_number_gives_what_numpys_generator_of_that_seed_gives() -> None:
    assert_array_equal(stream(7).random(5), np.random.Generator(np.random.PCG64(7)).random(5))
    assert_array_equal(stream(7, 2).random(5), np.random.Generator(np.random.PCG64([7, 2])).random(5))


def test_a_name_gives_the_same_in_every_process() -> None:
    # PCG64's own numbers, which numpy promises to keep.
    assert stream(7, "army").random(2).tolist() == [0.9989053773776538, 0.029160204636504927]


@given(st.text(max_size=5), st.text(max_size=5), st.integers(0, 2**70))
def test_two_names_have_two_streams(one: str, other: str, seed: int) -> None:
    assert (stream(seed, one).random() == stream(seed, other).random()) is (one == other)


def test_a_seed_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="non-negative"):
        stream(-1)
