"""Maximum likelihood by Newton's method, for models whose gradient is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detente.errors import SituationError
from detente.weighing.draws import FloatArray

Objective = Callable[[FloatArray], tuple[float, FloatArray]]
"""Parameters to the log-likelihood and its gradient."""

_STEPS = 200
_CLOSE = 1e-8
_DIFFERENCE = 1e-5


@dataclass(frozen=True, slots=True)
class Fit:
    """Estimates with what they are worth.

    Args:
        estimate: shape (k,).
        covariance: inverse of the observed information; shape (k, k).
        loglik: log-likelihood at the estimate.
        gradient: largest absolute slope left at the estimate.
    """

    estimate: FloatArray
    covariance: FloatArray
    loglik: float
    gradient: float

    @property
    def standard_error(self) -> FloatArray:
        """Square root of the covariance's diagonal; shape (k,)."""
        return np.sqrt(np.diag(self.covariance))


def maximise(objective: Objective, start: FloatArray) -> Fit:
    """The parameters that make the data likeliest.

    Newton's steps, with the curvature from differences of the gradient, made safe where it is not concave
    and halved until the likelihood rises.

    Raises:
        SituationError: no maximum is found: the data do not tell the parameters apart, or separate perfectly.
    """
    estimate = np.array(start, dtype=np.float64)
    value, slope = objective(estimate)
    for _ in range(_STEPS):
        information = -_curvature(objective, estimate)
        if np.abs(slope).max() < _CLOSE:
            break
        step = _uphill(information, slope)
        estimate, value, slope, moved = _shortened(objective, estimate, step, value, slope)
        if not moved:
            break
    eigenvalues = np.linalg.eigvalsh(information)
    if not np.abs(slope).max() < 1e-3 or not eigenvalues[0] > 1e-7 * max(eigenvalues[-1], 1.0):
        raise SituationError(
            f"likelihood: got no maximum (slope {np.abs(slope).max():.2g}), expected data that tell the parameters apart",
            "leave out covariates that are constant, or follow from others, or from the outcome",
        )
    covariance = np.linalg.inv(information).astype(np.float64)
    return Fit(estimate, covariance, value, float(np.abs(slope).max()))


def _curvature(objective: Objective, at: FloatArray) -> FloatArray:
    columns = []
    for i in range(len(at)):
        step = np.zeros(len(at))
        step[i] = _DIFFERENCE
        columns.append((objective(at + step)[1] - objective(at - step)[1]) / (2.0 * _DIFFERENCE))
    hessian = np.array(columns)
    return (hessian + hessian.T) / 2.0


def _uphill(information: FloatArray, slope: FloatArray) -> FloatArray:
    """Newton's step with every curvature taken as concave."""
    values, vectors = np.linalg.eigh(information)
    size = np.maximum(np.abs(values), 1e-6 * max(np.abs(values).max(), 1.0))
    step: FloatArray = vectors @ ((vectors.T @ slope) / size)
    return step


def _shortened(
    objective: Objective, at: FloatArray, step: FloatArray, value: float, slope: FloatArray
) -> tuple[FloatArray, float, FloatArray, bool]:
    for halving in range(40):
        there = at + step / 2**halving
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            better, new_slope = objective(there)
        if np.isfinite(better) and better >= value and not np.array_equal(there, at):
            return there, better, new_slope, True
    return at, value, slope, False
