"""Inputs of models from plain arrays, without a situation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from detente.errors import SituationError
from detente.weighing.draws import Draws
from detente.weighing.network import network_of
from detente.weighing.situation import Situation


def issue_draws(capability: ArrayLike, salience: ArrayLike, position: ArrayLike) -> Draws:
    """Draws of parties and issues alone: no facts, and nothing that hangs on anything.

    Args:
        capability: above 0, any unit; shape (N,), or (B, N) for B draws.
        salience: above 0, at most 1; shape (N, M) or (B, N, M).
        position: 0–100; of salience's shape.

    Raises:
        SituationError: shapes do not fit, or a number is out of its range.
    """
    power, care, place = (np.asarray(a, dtype=np.float64) for a in (capability, salience, position))
    if power.ndim == 1:
        power, care, place = power[None], care[None], place[None]
    if care.ndim != 3 or care.shape != place.shape or care.shape[:2] != power.shape:
        raise SituationError(
            f"got capability of shape {power.shape}, salience {care.shape} and position {place.shape}, "
            "expected (B, N), (B, N, M) and (B, N, M)"
        )
    _check("capability", power, power > 0, "above 0")
    _check("salience", care, (care > 0) & (care <= 1), "above 0 and at most 1")
    _check("position", place, (place >= 0) & (place <= 100), "0–100")
    return Draws(power, care, place, np.zeros((len(power), 0), np.bool_), network_of(Situation(title="")))


def _check(name: str, numbers: np.ndarray, fine: np.ndarray, expected: str) -> None:
    if not fine.all():
        where = tuple(int(k) for k in np.argwhere(~fine)[0])
        raise SituationError(f"{name} at {where}: got {numbers[where]}, expected {expected}")
