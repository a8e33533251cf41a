"""The best tree: checked against every tree of short sentences, and on long ones for its shape."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.trees import ROOT, best_tree

scores = st.integers(0, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n),
        st.lists(st.integers(-9, 9), min_size=n, max_size=n),
    )
)


def is_tree(heads: list[int]) -> bool:
    if heads.count(ROOT) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        while word != ROOT:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word]
    return True


def total(heads: list[int], arcs: np.ndarray, roots: np.ndarray) -> float:
    return float(sum(roots[w] if h == ROOT else arcs[w, h] for w, h in enumerate(heads)))


def by_hand(arcs: np.ndarray, roots: np.ndarray) -> float:
    n = len(roots)
    choices = itertools.product(range(-1, n), repeat=n)
    return max(total(list(heads), arcs, roots) for heads in choices if is_tree(list(heads)))


@given(scores)
def test_no_tree_scores_more(given_scores: tuple[list[list[int]], list[int]]) -> None:
    rows, top = given_scores
    arcs, roots = np.array(rows, dtype=float).reshape(len(top), len(top)), np.array(top, dtype=float)
    heads = best_tree(arcs, roots)
    if not top:
        assert heads == []
        return
    assert is_tree(heads)
    if len(top) <= 5:
        assert total(heads, arcs, roots) == by_hand(arcs, roots)


@pytest.mark.parametrize("n", [40, 120, 250])
def test_long_sentences_of_noise_still_make_one_tree(n: int) -> None:
    rng = np.random.default_rng(n)
    assert is_tree(best_tree(rng.normal(size=(n, n)), rng.normal(size=n)))


def test_two_words_that_prefer_each_other() -> None:
    arcs = np.array([[0.0, 9.0], [8.0, 0.0]])
    assert best_tree(arcs, np.array([1.0, 1.0])) == [1, ROOT]


def test_scores_are_not_changed() -> None:
    arcs, roots = np.array([[1.0, 9.0], [8.0, 1.0]]), np.array([1.0, 2.0])
    before = arcs.copy()
    best_tree(arcs, roots)
    assert (arcs == before).all()
