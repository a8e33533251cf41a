"""Conditional joining: who would be in a coalition, and which terms in place, if each waits for others.

Each node's condition is monotone: more nodes and facts never make it fail. So the map from "these hold" to
"the conditions of these are met" has a least and a greatest fixed point. The least is what comes about by
itself, one after another; the greatest is what can stand once it is there. A node in the greatest only waits
for others that wait for it: all would have to move at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.weighing.draws import BoolArray, Draws, FloatArray

IntArray = NDArray[np.intp]

# A share that is met to within rounding is met.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Joined:
    """Which nodes of the network hold.

    Args:
        least: in the least fixed point; shape (B, N).
        greatest: in the greatest; shape (B, N).
    """

    least: BoolArray
    greatest: BoolArray

    @property
    def can(self) -> BoolArray:
        """Which nodes are in the greatest fixed point of any draw; shape (N,)."""
        result: BoolArray = np.any(self.greatest, axis=0)
        return result


class ConditionalJoining:
    """Fixed points of S → {i: the conditions of i are met where S holds}."""

    name = "conditional joining"
    reference = "Granovetter 1978, Threshold models of collective behavior; fixed points: Tarski 1955"

    def run(self, draws: Draws) -> Joined:
        """The least and the greatest fixed point in every draw."""
        nodes = np.arange(draws.network.size)
        shape = (len(draws.facts), len(nodes))
        fixed = (_settle(draws, np.full(shape, start), nodes) for start in (False, True))
        return Joined(*fixed)


def greatest_after(draws: Draws, before: BoolArray, changed: BoolArray) -> BoolArray:
    """The greatest fixed point where facts differ that only some nodes hang on; the others are left as they were.

    Args:
        draws: with the facts as they are now.
        before: the greatest fixed point with the facts as they were; shape (B, N).
        changed: which nodes hang on a fact that differs, directly or through others; shape (N,).
    """
    holding = before.copy()
    holding[:, changed] = True
    return _settle(draws, holding, np.flatnonzero(changed))


def _settle(draws: Draws, holding: BoolArray, nodes: IntArray) -> BoolArray:
    """Apply the conditions of some nodes until nothing changes: at most one round a node, since each only goes one way."""
    while True:
        after = met(draws, holding, nodes)
        if np.array_equal(after, holding[:, nodes]):
            return holding
        holding[:, nodes] = after


def met(draws: Draws, holding: BoolArray, nodes: IntArray) -> BoolArray:
    """Whether the conditions of some nodes are met where these hold: one application of the map; shapes (B, N) → (B, n)."""
    net = draws.network
    result = (
        ~_missing(net.needs[nodes], holding)
        & ~_missing(net.needs_fact[nodes], draws.facts)
        & ~net.barred[nodes]
    )
    if not (net.count[nodes].any() or net.share[nodes].any()):
        return result
    peers = net.peers[nodes]
    result &= _number(holding, peers) >= net.count[nodes]
    # A term's party is -1: the last column, which has no power.
    power = np.pad(draws.capability, ((0, 0), (0, 1)))[:, net.party]
    whole = power[:, nodes] + _number(power, peers)
    result &= _number(holding * power, peers) >= (net.share[nodes] - _ROUNDING) * whole
    return result


def _missing(needs: BoolArray, there: BoolArray) -> BoolArray:
    """Whether anything is missing that each node needs; shapes (n, K) and (B, K) → (B, n)."""
    needed = needs.any(axis=0)
    result: BoolArray = _number(~there[:, needed], needs[:, needed]) > 0
    return result


def _number(values: BoolArray | FloatArray, which: BoolArray) -> FloatArray:
    """The sum of some values for each node. Products of 0 and 1 in floating point run on BLAS and are exact."""
    result: FloatArray = values.astype(np.float64) @ which.T.astype(np.float64)
    return result
