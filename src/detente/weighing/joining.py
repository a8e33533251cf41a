"""Conditional joining: who would be in a coalition, and which terms in place, if each waits for others.

Each node's condition is monotone: more nodes and facts never make it fail. So the map from "these hold" to
"the conditions of these are met" has a least and a greatest fixed point. The least is what comes about by
itself, one after another; the greatest is what can stand once it is there. A node in the greatest only waits
for others that wait for it: all would have to move at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.weighing.draws import BoolArray, Draws

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
        shape = (len(draws.facts), draws.network.size)
        return Joined(_settle(draws, np.zeros(shape, np.bool_)), _settle(draws, np.ones(shape, np.bool_)))


def _settle(draws: Draws, holding: BoolArray) -> BoolArray:
    """Apply the conditions until nothing changes: at most one round a node, since each only goes one way."""
    while True:
        after = met(draws, holding)
        if np.array_equal(after, holding):
            return holding
        holding = after


def met(draws: Draws, holding: BoolArray) -> BoolArray:
    """Whose conditions are met where these nodes hold: one application of the map; shapes (B, N)."""
    net = draws.network
    # Products of 0 and 1 in floating point run on BLAS and are exact.
    missing = (~holding).astype(np.float64) @ net.needs.T
    missing += (~draws.facts).astype(np.float64) @ net.needs_fact.T
    peers = holding.astype(np.float64) @ net.peers.T
    # A term's party is -1: the last column, which has no power.
    power = np.pad(draws.capability, ((0, 0), (0, 1)))[:, net.party]
    shared = (holding * power) @ net.peers.T
    whole = power + power @ net.peers.T
    enough = (peers >= net.count) & (shared >= (net.share - _ROUNDING) * whole)
    result: BoolArray = (missing == 0) & enough & ~net.barred
    return result
