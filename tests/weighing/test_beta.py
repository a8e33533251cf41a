"""The beta distribution, by closed forms and by what must hold."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.weighing.beta import beta_cdf, beta_quantile

SHAPES = st.floats(0.05, 400)
SHARES = st.floats(0.001, 0.999)


@given(SHARES, SHAPES)
def test_closed_forms(x: float, a: float) -> None:
    assert beta_cdf(x, a, 1.0) == pytest.approx(x**a, rel=1e-9, abs=1e-12)
    assert beta_cdf(x, 1.0, a) == pytest.approx(1 - (1 - x) ** a, rel=1e-9, abs=1e-12)
    assert beta_cdf(x, 0.5, 0.5) == pytest.approx(2 / np.pi * np.arcsin(np.sqrt(x)), rel=1e-9)


@given(SHARES, st.integers(1, 40), st.integers(0, 40))
def test_the_binomial_tail(x: float, k: int, more: int) -> None:
    n = k + more
    tail = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(k, n + 1))
    assert beta_cdf(x, k, n - k + 1) == pytest.approx(tail, abs=1e-10)


@given(SHARES, SHAPES, SHAPES)
def test_mirrored(x: float, a: float, b: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(1 - beta_cdf(1 - x, b, a), abs=1e-10)


@given(SHARES, st.floats(0.3, 200), st.floats(0.3, 200))
def test_the_quantile_is_the_inverse(q: float, a: float, b: float) -> None:
    assert beta_cdf(beta_quantile(q, a, b), a, b) == pytest.approx(q, abs=1e-8)


@pytest.mark.parametrize(("a", "b", "x"), [(0.0, 3.0, 0.0), (3.0, 0.0, 1.0)])
def test_all_weight_on_an_end(a: float, b: float, x: float) -> None:
    assert beta_quantile(0.3, a, b) == x


@pytest.mark.parametrize(("x", "p"), [(-1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (2.0, 1.0)])
def test_outside(x: float, p: float) -> None:
    assert beta_cdf(x, 2.0, 3.0) == p
