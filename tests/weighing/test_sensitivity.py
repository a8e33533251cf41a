"""Sobol's indices against functions whose indices are known, and what the intervals are worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.weighing.draws import FloatArray
from detente.weighing.sensitivity import sobol

from .made import told

UNIT = {"a": told(0, 1), "b": told(0, 1), "c": told(0, 1)}


def ishigami(x: FloatArray) -> FloatArray:
    """Ishigami and Homma 1990, with a = 7 and b = 0.1, on [−π, π]."""
    y = (2 * x - 1) * np.pi
    result: FloatArray = np.sin(y[:, 0]) + 7 * np.sin(y[:, 1]) ** 2 + 0.1 * y[:, 2] ** 4 * np.sin(y[:, 0])
    return result


def test_the_ishigami_function() -> None:
    # The indices in closed form: Saltelli, Tarantola, Campolongo and Ratto 2004, Sensitivity Analysis in Practice.
    first = {"a": 0.3139, "b": 0.4424, "c": 0.0}
    total = {"a": 0.5576, "b": 0.4424, "c": 0.2437}
    found = {s.name: s for s in sobol(ishigami, UNIT, np.random.default_rng(0), draws=8_000)}
    for name in UNIT:
        assert found[name].first == pytest.approx(first[name], abs=0.04)
        assert found[name].total == pytest.approx(total[name], abs=0.04)
        low, high = found[name].total_interval
        assert low <= total[name] <= high
        assert high - low < 0.08


@settings(max_examples=10)
@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=5), st.integers(0, 1000))
def test_of_a_sum_the_shares_are_those_of_the_variances(slopes: list[float], seed: int) -> None:
    inputs = {f"x{k}": told(0, 1) for k in range(len(slopes))}
    found = sobol(lambda x: x @ np.array(slopes), inputs, np.random.default_rng(seed), draws=4000)
    squares = np.square(slopes) / np.square(slopes).sum()
    for s in found:
        assert s.total == pytest.approx(squares[int(s.name[1:])], abs=0.08)
        assert s.first == pytest.approx(s.total, abs=0.1)


def test_the_largest_total_comes_first_and_what_is_known_is_not_there() -> None:
    inputs = {"known": told(0.5), "little": told(0, 0.1), "much": told(0, 1)}
    found = sobol(lambda x: x.sum(axis=1), inputs, np.random.default_rng(1))
    assert [s.name for s in found] == ["much", "little"]


def test_what_does_not_vary_has_no_sensitivities() -> None:
    assert sobol(lambda x: np.ones(len(x)), UNIT, np.random.default_rng(1)) == ()
    assert sobol(lambda x: x[:, 0], {"a": told(0.5)}, np.random.default_rng(1)) == ()


def test_more_draws_narrow_the_interval() -> None:
    few, many = (sobol(ishigami, UNIT, np.random.default_rng(2), draws=n)[0].total_interval for n in (100, 5000))
    assert many[1] - many[0] < few[1] - few[0]


def test_the_same_seed_gives_the_same() -> None:
    first, same, other = (sobol(ishigami, UNIT, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert first == same != other
