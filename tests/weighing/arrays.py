"""For models over inputs of their own: arrays to try them on, and the contract that each must pass."""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

DRAWS = 3

# A contract runs its tests in every model's class, which is what the health check warns of.
inherited = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors])


def shares(size: int, low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[Any]:
    """An array of so many numbers between two bounds, of which one in eight lies on a bound.

    Drawn from a seed: an array of Hypothesis' own floats takes twenty times as long to make.
    """

    def made(seed: int) -> Any:
        rng = np.random.default_rng(seed)
        edge = rng.choice([low, high], size)
        return np.where(rng.random(size) < 1 / 8, edge, rng.uniform(low, high, size))

    return st.integers(0, 2**32 - 1).map(made)


def periods(count: int, low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[Any]:
    """Draws by periods."""
    return shares(DRAWS * count, low, high).map(lambda a: a.reshape(DRAWS, count))


def column(rows: list[dict[str, Any]], name: str) -> Any:
    """One column of a table as an array."""
    return np.array([row[name] for row in rows], dtype=np.float64)


def parts(thing: Any) -> list[Any]:
    """Every array of a record, those of the records in it included."""
    if is_dataclass(thing):
        return [a for f in fields(thing) for a in parts(getattr(thing, f.name))]
    if isinstance(thing, (list, tuple)):
        return [a for item in thing for a in parts(item)]
    return [thing] if isinstance(thing, np.ndarray) else []


def only(thing: Any, draw: int) -> Any:
    """The same record with one draw."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: only(getattr(thing, f.name), draw) for f in fields(thing)})
    if isinstance(thing, (list, tuple)):
        return type(thing)(only(item, draw) for item in thing)
    return thing[draw : draw + 1] if isinstance(thing, np.ndarray) else thing


class ArrayModelContract(ABC):
    """Named, published somewhere, repeatable, blind to what the other draws hold."""

    model: Any
    reproduced_to = 1e-9

    @staticmethod
    @abstractmethod
    def inputs() -> st.SearchStrategy[Any]:
        """What the model is given: records of arrays that lead with three draws."""

    def test_name_and_reference(self) -> None:
        assert self.model.name == self.model.name.lower().strip() != ""
        assert any(c.isdigit() for c in self.model.reference), "a reference has a year"

    @inherited
    @given(data=st.data())
    def test_the_answer_leads_with_the_draw(self, data: Any) -> None:
        answer = parts(self.model.run(data.draw(self.inputs())))
        assert answer
        for array in answer:
            assert array.shape[0] == DRAWS

    @inherited
    @given(data=st.data())
    def test_the_same_draws_give_the_same_answer_and_are_left_alone(self, data: Any) -> None:
        given_to = data.draw(self.inputs())
        before = deepcopy(parts(given_to))
        first, second = parts(self.model.run(given_to)), parts(self.model.run(given_to))
        for one, other in zip([*first, *parts(given_to)], [*second, *before], strict=True):
            assert_array_equal(one, other)

    @inherited
    @given(data=st.data())
    def test_each_draw_stands_alone(self, data: Any) -> None:
        given_to = data.draw(self.inputs())
        alone = parts(self.model.run(only(given_to, 1)))
        for array, single in zip(parts(self.model.run(given_to)), alone, strict=True):
            assert_allclose(array[1:2], single, atol=self.reproduced_to)
