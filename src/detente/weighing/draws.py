"""A situation drawn many times: every input as an array whose first axis is the draw.

B draws, N parties, M issues, K facts; parties, issues and facts in the situation's order, the terms' own
chances after the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from detente.weighing.network import Network, network_of
from detente.weighing.situation import Input, Situation

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Draws:
    """What every model is given.

    Args:
        capability: above 0, any unit; shape (B, N).
        salience: above 0, at most 1; shape (B, N, M).
        position: 0–100; shape (B, N, M).
        facts: whether each outside fact holds; shape (B, K).
        network: what each member, term and fact hangs on; the same in every draw.
    """

    capability: FloatArray
    salience: FloatArray
    position: FloatArray
    facts: BoolArray
    network: Network

    @property
    def weight(self) -> FloatArray:
        """Capability times salience: what a party brings to bear on an issue; shape (B, N, M)."""
        return self.capability[:, :, None] * self.salience

    def first(self, count: int) -> Self:
        """The first so many draws; all where there are fewer."""
        return replace(
            self, capability=self.capability[:count], salience=self.salience[:count], position=self.position[:count],
            facts=self.facts[:count],
        )  # fmt: skip

    def with_facts(self, facts: BoolArray) -> Self:
        """The same draws with other facts; shape (B, K)."""
        return replace(self, facts=facts)

    def with_fact(self, fact: int, holds: bool) -> Self:
        """The same draws with one fact true, or false, in all."""
        facts = self.facts.copy()
        facts[:, fact] = holds
        return self.with_facts(facts)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draws, and the same with other facts: they differ in nothing else.

    The first three share their random numbers, so that `low` never has a fact that `draws` has not, nor
    `draws` one that `high` has not.

    Args:
        draws: every fact at a chance drawn from its interval.
        low: every fact at its least chance.
        high: every fact at its greatest.
        certain: only the facts that cannot fail (least chance 1).
        possible: all facts that can come true (greatest chance above 0).
    """

    draws: Draws
    low: Draws
    high: Draws
    certain: Draws
    possible: Draws


def draw(situation: Situation, count: int, rng: np.random.Generator) -> Drawn:
    """Draw every input of a situation, each independently of the others.

    Args:
        count: number of draws, B.
        rng: where the randomness comes from; the same state gives the same draws.
    """
    grid = list(situation.grid().values())
    shape = (count, len(situation.parties), len(situation.issues))
    capability = sample([p.capability for p in situation.parties], count, rng)
    position = sample([s.position for s in grid], count, rng).reshape(shape)
    salience = sample([s.salience for s in grid], count, rng).reshape(shape)
    chances = [f.chance for f in situation.facts] + [t.chance for t in situation.terms]
    chance = sample(chances, count, rng)
    dice = rng.random(chance.shape)
    low, high = np.array([c.low for c in chances]), np.array([c.high for c in chances])
    draws = Draws(capability, salience, position, dice < chance, network_of(situation))
    everywhere = np.ones(dice.shape, np.bool_)
    other = (dice < low, dice < high, everywhere & (low >= 1.0), everywhere & (high > 0.0))
    return Drawn(draws, *(draws.with_facts(facts) for facts in other))


def sample(inputs: Sequence[Input], count: int, rng: np.random.Generator) -> FloatArray:
    """Draw inputs by inverting their distribution functions.

    Returns:
        Shape (count, len(inputs)). A value lies above `low` unless `low` equals `high`, so that a weight
        drawn from 0 upwards is never 0.
    """
    low, high, mode = (
        np.array([getattr(i, name) if getattr(i, name) is not None else i.low for i in inputs], dtype=np.float64)
        for name in ("low", "high", "mode")
    )
    u = 1.0 - rng.random((count, len(inputs)))
    peaked = np.array([i.mode is not None for i in inputs], dtype=np.bool_)
    uniform = low + (high - low) * u
    width, rise = high - low, mode - low
    left = low + np.sqrt(u * width * rise)
    right = high - np.sqrt((1.0 - u) * width * (high - mode))
    drawn: FloatArray = np.where(peaked, np.where(u * width <= rise, left, right), uniform)
    return np.clip(drawn, low, high)
