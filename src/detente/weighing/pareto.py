"""The Pareto set: packages that no other package beats for one party without being worse for another."""

from __future__ import annotations

import numpy as np

from detente.weighing.draws import BoolArray, FloatArray

# Packages looked at together.
_BLOCK = 256


def pareto(utility: FloatArray) -> BoolArray:
    """Which packages are in the Pareto set; equals are in it together.

    Args:
        utility: shape (B, N, P).

    Returns:
        Shape (B, P). With few parties the set is small and found at once; with ten most packages are in it, and the
        time grows with the square of its size.
    """
    return np.array([_pareto(draw) for draw in utility])


def _pareto(utility: FloatArray) -> BoolArray:
    """One draw; shape (P,)."""
    # Rounded sums never fall where a term rises: after sorting by the sum, and among equal sums by the first utility
    # that differs, whatever beats a package stands before it.
    order = np.lexsort((*utility[::-1], utility.sum(axis=0)))[::-1]
    ranked = utility[:, order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)
    different = ranked[:, first]
    front = different[:, :0]
    stays = np.zeros(different.shape[1], np.bool_)
    for start in range(0, len(stays), _BLOCK):
        block = np.arange(start, min(start + _BLOCK, len(stays)))
        # Most fall to those with the greatest sums: the others of the front meet what is left.
        for rivals in (front[:, :_BLOCK], front[:, _BLOCK:]):
            block = block[~_as_good(different[:, block], rivals).any(axis=1)]
        among = _as_good(different[:, block], different[:, block]) & np.tri(len(block), k=-1, dtype=np.bool_)
        block = block[~among.any(axis=1)]
        stays[block] = True
        front = np.concatenate([front, different[:, block]], axis=1)
    inside = np.empty(len(order), np.bool_)
    inside[order] = stays[first.cumsum() - 1]
    return inside


def _as_good(packages: FloatArray, rivals: FloatArray) -> BoolArray:
    """Which rivals are as good for every party; shapes (N, P) and (N, R) give (P, R)."""
    result = np.ones((packages.shape[1], rivals.shape[1]), np.bool_)
    for own, rival in zip(packages, rivals, strict=True):
        result &= rival >= own[:, None]
    return result
