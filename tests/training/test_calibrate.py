"""Calibration: the fit finds a known curve, the error is nought where it should be."""

from __future__ import annotations

import numpy as np
import pytest

from training.calibrate import error, fit


def test_a_known_curve_is_found() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(20000, 2))
    p = 1 / (1 + np.exp(-(0.5 + 1.5 * x[:, 0] - 0.7 * x[:, 1])))
    y = (rng.random(20000) < p).astype(float)
    assert fit(x, y) == pytest.approx([0.5, 1.5, -0.7], abs=0.08)


def test_separable_data_stay_finite() -> None:
    x = np.array([[-1.0], [-2.0], [1.0], [2.0]])
    weights = fit(x, np.array([0.0, 0.0, 1.0, 1.0]))
    assert np.isfinite(weights).all()
    assert weights[1] > 0


@pytest.mark.parametrize(
    ("probability", "right", "expected"),
    [([0.75] * 4, [1, 1, 1, 0], 0.0), ([0.95] * 4, [1, 1, 0, 0], 0.45), ([0.05, 0.95], [0, 1], 0.05), ([1.0], [1], 0.0)],
)
def test_error(probability: list[float], right: list[float], expected: float) -> None:
    assert error(np.array(probability), np.array(right, dtype=float)) == pytest.approx(expected)
