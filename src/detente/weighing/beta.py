"""The beta distribution: what is known of a share after so many cases."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TINY = 1e-300
_ENOUGH = 1e-15
_HALVINGS = 100


def beta_cdf(x: float, a: float, b: float) -> float:
    """I_x(a, b), the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22).

    Args:
        x: 0–1.
        a: above 0.
        b: above 0.
    """
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_cdf(1.0 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d₁/(1 + d₂/(1 + …)) by Lentz's method."""
    value = numerator = 1.0
    denominator = 0.0
    for step in range(1, 2000):
        m, odd = divmod(step, 2)
        if odd:
            d = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        denominator = 1.0 / (1.0 + d * denominator or _TINY)
        numerator = 1.0 + d / numerator or _TINY
        value *= numerator * denominator
        if abs(numerator * denominator - 1.0) < _ENOUGH:
            break
    return value


def beta_quantile(q: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = q, by halving.

    Args:
        q: 0–1.
        a: at least 0; at 0 all weight lies on 0.
        b: at least 0; at 0 all weight lies on 1.
    """
    if a == 0.0 or b == 0.0:
        return float(b == 0.0)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        low, high = (middle, high) if beta_cdf(middle, a, b) < q else (low, middle)
    return (low + high) / 2.0
