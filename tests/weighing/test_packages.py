"""Packages: which combinations are on the table, and what they are worth."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError, UnknownName
from detente.weighing.packages import Packages

from . import made

TRUCE = {"truce": ("none", "in place"), "observers": ("none", "fifty", "five hundred"), "loan": ("none", "signed")}


def described(packages: Packages) -> list[tuple[str, ...]]:
    return [tuple(packages.describe(p).values()) for p in range(len(packages))]


def test_every_combination_once() -> None:
    packages = Packages.of(TRUCE)
    assert described(packages) == list(product(*TRUCE.values()))
    assert packages.describe(0) == {"truce": "none", "observers": "none", "loan": "none"}


def test_what_depends_falls_with_what_it_depends_on() -> None:
    packages = Packages.of(TRUCE, depends_on={"observers": ["truce"]})
    assert [d for d in described(packages) if d[0] == "none"] == [("none", "none", "none"), ("none", "none", "signed")]
    assert len(packages) == 2 + 6


def test_what_is_required_is_in_every_package() -> None:
    assert {d[0] for d in described(Packages.of(TRUCE, required=["truce"]))} == {"in place"}


def test_terms_of_a_situation() -> None:
    terms = [made.term("t1", "a truce"), made.term("t2", "observers", "t1").replace(levels=("none", "few", "many"))]
    packages = Packages.from_terms([terms[0].replace(required=True), terms[1]])
    assert packages.components == ("t1", "t2")
    assert described(packages) == [("in place", "none"), ("in place", "few"), ("in place", "many")]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**31))
def test_utility_is_the_sum_over_components(sizes: list[int], draws: int, parties: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    packages = Packages.of({f"c{k}": [str(i) for i in range(size)] for k, size in enumerate(sizes)})
    worth = {f"c{k}": rng.normal(size=(draws, parties, size)) for k, size in enumerate(sizes)}
    utility = packages.additive(worth)
    assert utility.shape == (draws, parties, len(packages))
    for p in range(len(packages)):
        parts = [worth[name][:, :, int(step)] for name, step in packages.describe(p).items()]
        assert_allclose(utility[:, :, p], sum(parts), atol=1e-12)


def test_worth_in_one_draw_needs_no_axis_of_draws() -> None:
    packages = Packages.of({"loan": ("none", "signed")})
    assert packages.additive({"loan": [[0, 3], [0, -1]]}).tolist() == [[[0, 3], [0, -1]]]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"levels": {}}, SituationError, "got 1 packages of 0 components"),
        ({"levels": {"a": ()}}, SituationError, "got 0 packages of 1 components"),
        ({"levels": {f"c{k}": range(10) for k in range(8)}}, SituationError, "100,000,000 packages"),
        ({"levels": {"a": "xy"}, "required": ["b"]}, UnknownName, "got 'b', expected one of a"),
        ({"levels": {"a": "xy"}, "depends_on": {"a": ["b"]}}, UnknownName, "got 'b'"),
        ({"levels": {"a": "xy"}, "depends_on": {"b": ["a"]}}, UnknownName, "got 'b'"),
        ({"levels": {"a": "x"}, "required": ["a"]}, SituationError, "a level above the lowest"),
    ],
)
def test_what_cannot_be_combined_is_refused(arguments: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        Packages.of(**arguments)


@pytest.mark.parametrize(
    ("worth", "words"),
    [({}, r"got \[\], expected \['loan'\]"), ({"loan": [[0, 1, 2]]}, r"got shape \(1, 1, 3\)"), ({"loan": [0, 1]}, r"got shape \(2,\)")],
)
def test_worth_that_does_not_fit_is_refused(worth: Any, words: str) -> None:
    with pytest.raises(SituationError, match=words):
        Packages.of({"loan": ("none", "signed")}).additive(worth)
