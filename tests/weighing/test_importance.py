"""Component importance: textbook games, the axioms, all necessary."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.importance import ComponentImportance

from .arrays import DRAWS, ArrayModelContract, shares


def values(n: int) -> st.SearchStrategy[Any]:
    return shares(DRAWS * 2**n, -5, 5).map(lambda v: v.reshape(DRAWS, 2**n))


def any_values() -> st.SearchStrategy[Any]:
    return st.integers(1, 4).flatmap(values)


@pytest.mark.parametrize(
    ("worth", "shapley", "necessary"),
    [
        # Columns: {}, 1, 2, 12, 3, 13, 23, 123.
        ([0, 0, 0, 0, 0, 0, 0, 1], [1 / 3, 1 / 3, 1 / 3], True),
        ([0, 0, 0, 1, 0, 0, 1, 1], [1 / 6, 4 / 6, 1 / 6], False),  # the glove game: 2 has the only left one
        ([0, 0, 0, 1, 0, 1, 1, 1], [1 / 3, 1 / 3, 1 / 3], False),  # a majority of three
        ([0, 1, 0, 1, 0, 1, 0, 1], [1, 0, 0], False),
        ([1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0], False),  # the deal holds without any of them
        # From the tests of the R package CoopGame 0.2.2: v(1..3) = 2, 4, 5; v(12) = 18, v(13) = 14, v(23) = 9; v = 24.
        ([0, 2, 4, 18, 5, 14, 9, 24], [9.5, 8, 6.5], False),
    ],
)
def test_by_hand(worth: list[float], shapley: list[float], necessary: bool) -> None:
    found = ComponentImportance().run(np.array([worth], dtype=float))
    assert_allclose(found.shapley[0], shapley, atol=1e-12)
    assert found.all_necessary.tolist() == [necessary]
    assert_allclose(found.leave_one_out[0], [worth[7] - worth[6], worth[7] - worth[5], worth[7] - worth[3]])


@given(any_values())
def test_the_mean_over_all_orders(worth: Any) -> None:
    n = int(np.log2(worth.shape[1]))
    total, orders = np.zeros((DRAWS, n)), list(permutations(range(n)))
    for order in orders:
        package = 0
        for i in order:
            total[:, i] += worth[:, package | 1 << i] - worth[:, package]
            package |= 1 << i
    found = ComponentImportance().run(worth)
    assert_allclose(found.shapley, total / len(orders), atol=1e-9)
    assert_allclose(found.shapley.sum(axis=1), worth[:, -1] - worth[:, 0], atol=1e-9)


@given(values(3), values(3), st.floats(-3, 3))
def test_additive_and_of_no_unit(one: Any, other: Any, unit: float) -> None:
    first, second, both = (ComponentImportance().run(v) for v in (one, other, one + unit * other))
    assert_allclose(both.shapley, first.shapley + unit * second.shapley, atol=1e-9)
    assert_allclose(both.interaction, first.interaction + unit * second.interaction, atol=1e-9)


def test_components_that_need_each_other_and_that_stand_for_each_other() -> None:
    both, either = [0, 0, 0, 1], [0, 1, 1, 1]
    found = ComponentImportance().run(np.array([both, either], dtype=float))
    assert_allclose(found.interaction[:, 0, 1], [1, -1])
    assert_allclose(found.interaction, found.interaction.transpose(0, 2, 1))
    assert_allclose(np.diagonal(found.interaction, axis1=1, axis2=2), 0)


@given(values(3))
def test_a_component_that_adds_nothing_has_no_share_and_does_not_interact(worth: Any) -> None:
    worth[:, 4:] = worth[:, :4]
    found = ComponentImportance().run(worth)
    assert_allclose(found.shapley[:, 2], 0, atol=1e-12)
    assert_allclose(found.interaction[:, 2], 0, atol=1e-12)


def test_the_interaction_of_three_by_the_definition() -> None:
    # I₁₂ = ½ (v(12) − v(1) − v(2) + v()) + ½ (v(123) − v(13) − v(23) + v(3)) = ½ (18 − 2 − 4) + ½ (24 − 14 − 9 + 5).
    found = ComponentImportance().run(np.array([[0, 2, 4, 18, 5, 14, 9, 24]], dtype=float))
    assert_allclose(found.interaction[0, 0, 1], 9.0)


def test_words() -> None:
    names = ("strength", "force", "backstop")
    model = ComponentImportance()
    assert model.run(np.array([[0, 0, 0, 0, 0, 0, 0, 1]])).describe(names) == ("all necessary: strength, force, backstop",)
    lines = model.run(np.array([[0, 0, 0, 1, 0, 0, 1, 1]])).describe(names)
    assert lines[0] == "force: share 0.667, lost without it 1.000"
    assert [line.partition(":")[0] for line in lines[1:]] == ["backstop", "strength"]
    # Necessary in one draw of two is not necessary.
    assert len(model.run(np.array([[0, 0, 0, 1], [0, 1, 0, 1]])).describe(("a", "b"))) == 2
    with pytest.raises(SituationError, match="names: got 2, expected 3"):
        model.run(np.zeros((1, 8))).describe(("a", "b"))


@pytest.mark.parametrize("shape", [(1, 3), (1, 1), (8,), (2, 2, 2)])
def test_what_is_no_set_of_packages_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(SituationError, match="expected draws by 2ⁿ"):
        ComponentImportance().run(np.zeros(shape))


class TestComponentImportance(ArrayModelContract):
    model = ComponentImportance()

    @staticmethod
    def inputs() -> st.SearchStrategy[Any]:
        return any_values()
