"""KTAB's spatial model, first part: how far a place is from what a party wants, and what that is worth to it.

Places are points with a coordinate per issue, each 0–1. All arrays have a leading draw axis of length B.
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from detente.weighing.draws import FloatArray

# What a binary vote takes for a difference: as in the program.
_LEAST = 1e-8


class Votes(Enum):
    """How a party's votes for one option over another grow with the difference z of its utilities."""

    PROPORTIONAL = "z"
    BINARY = "all of its strength, whatever z"
    PROPORTIONAL_BINARY = "four fifths z, one fifth binary"
    CUBIC = "z³"
    PROPORTIONAL_CUBIC = "half z, half z³"
    ASYMMETRIC = "z for a loss, two thirds of z for a gain"

    def cast(self, difference: FloatArray) -> FloatArray:
        """The votes of a party of strength 1; z of any shape."""
        if self is Votes.PROPORTIONAL:
            return difference
        if self is Votes.BINARY:
            return np.clip(difference / _LEAST, -1.0, 1.0)
        if self is Votes.PROPORTIONAL_BINARY:
            return 0.8 * difference + 0.2 * Votes.BINARY.cast(difference)
        cube: FloatArray = difference**3
        if self is Votes.CUBIC:
            return cube
        if self is Votes.PROPORTIONAL_CUBIC:
            return 0.5 * difference + 0.5 * cube
        return np.where(difference < 0, difference, difference * (2 / 3))


def distance(wanted: FloatArray, salience: FloatArray, place: FloatArray) -> FloatArray:
    """d_ij = √(Σ_k (s_ik (t_ik − x_jk))² / Σ_k s_ik²): 0 at what i wants, 1 over the whole of every issue.

    Args:
        wanted: t, what each party wants; shape (B, N, M).
        salience: s, above 0; shape (B, N, M).
        place: x; shape (B, P, M).

    Returns:
        Shape (B, N, P).
    """
    far = salience[:, :, None] * (wanted[:, :, None] - place[:, None])
    result: FloatArray = np.sqrt((far**2).sum(axis=3) / (salience**2).sum(axis=2)[:, :, None])
    return result


def utility(far: FloatArray, risk: FloatArray) -> FloatArray:
    """u = (1 − d)(1 + R d): 1 at d = 0 and 0 at d = 1; convex for who seeks risk (R < 0), concave for who shuns it.

    Args:
        far: d, 0 or more. Beyond 1 the utility goes on falling on a straight line, u = (1 − d)(1 + R).
        risk: R, from −½ to 1; of a shape that fits.
    """
    return (1.0 - far) * (1.0 + risk * np.minimum(far, 1.0))
