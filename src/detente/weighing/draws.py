"""A situation drawn many times: every input as an array whose first axis is the draw.

B draws, N parties, M issues, K facts; parties, issues and facts in the situation's order, the terms' own
chances after the facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from detente.weighing.network import Network, network_of
from detente.weighing.situation import Input, Situation
from detente.weighing.streams import stream

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


def draw(situation: Situation, count: int, rng: np.random.Generator, correlation: float = 0.0) -> Drawn:
    """Draw every input of a situation, each independently of the others but for the positions on one issue.

    Args:
        count: number of draws, B.
        rng: where the randomness comes from; the same state gives the same draws.
        correlation: rank correlation, 0–1, between the positions of any two parties on one issue; see `shocked`.
    """
    grid = list(situation.grid().values())
    shape = (count, len(situation.parties), len(situation.issues))
    capability = sample([p.capability for p in situation.parties], count, rng)
    places = shocked(rng.random(shape), rng, correlation).reshape(count, -1)
    position = invert([s.position for s in grid], places).reshape(shape)
    salience = sample([s.salience for s in grid], count, rng).reshape(shape)
    chances = [f.chance for f in situation.facts] + [t.chance for t in situation.terms]
    chance = sample(chances, count, rng)
    dice = rng.random(chance.shape)
    low, high = np.array([c.low for c in chances]), np.array([c.high for c in chances])
    draws = Draws(capability, salience, position, dice < chance, network_of(situation))
    everywhere = np.ones(dice.shape, np.bool_)
    other = (dice < low, dice < high, everywhere & (low >= 1.0), everywhere & (high > 0.0))
    return Drawn(draws, *(draws.with_facts(facts) for facts in other))


def shocked(places: FloatArray, rng: np.random.Generator, correlation: float) -> FloatArray:
    """Places in the intervals of parties, moved together by a common shock.

    In each draw a party takes, with chance √ρ, the place that the draw has for all parties on that issue, and else its
    own: the higher end where the shock is high, the lower where it is low. Two parties both take it with chance ρ, which
    is then the rank correlation of their positions, exactly. (A Gaussian copula spreads what is shared over all draws; for
    this one no noise has to be taken for normal, and a larger ρ only adds to those who share.)

    Args:
        places: uniform on 0–1, each by itself; shape (B, N, M).
        rng: only a generator spawned from it is used, so that a correlation changes no other draw.
        correlation: ρ, 0–1.
    """
    if correlation == 0.0:
        return places
    count, _, issues = places.shape
    common = rng.spawn(1)[0]
    shock = common.random((count, 1, issues))
    return np.where(common.random(places.shape) < np.sqrt(correlation), shock, places)


def sample_named(inputs: Mapping[str, Input], count: int, *seed: int) -> FloatArray:
    """Draw inputs, each from a stream that hangs on its name alone; shape (count, len(inputs))."""
    places = [stream(*seed, name).random(count) for name in inputs]
    return invert(list(inputs.values()), np.reshape(places, (len(inputs), count)).T)


def sample(inputs: Sequence[Input], count: int, rng: np.random.Generator) -> FloatArray:
    """Draw inputs from one generator; shape (count, len(inputs))."""
    return invert(inputs, rng.random((count, len(inputs))))


def invert(inputs: Sequence[Input], places: FloatArray) -> FloatArray:
    """Draw inputs by inverting their distribution functions.

    Args:
        places: uniform on 0–1, 1 apart; shape (count, len(inputs)).

    Returns:
        Shape (count, len(inputs)). A value lies above `low` unless `low` equals `high`, so that a weight
        drawn from 0 upwards is never 0.
    """
    low, high, mode = (
        np.array(
            [getattr(i, name) if getattr(i, name) is not None else i.low for i in inputs], dtype=np.float64
        )
        for name in ("low", "high", "mode")
    )
    u = 1.0 - places
    drawn: FloatArray = low + (high - low) * u
    peaked = np.array([i.mode is not None for i in inputs], dtype=np.bool_)
    if peaked.any():
        drawn[:, peaked] = _triangular(low[peaked], high[peaked], mode[peaked], u[:, peaked])
    return np.clip(drawn, low, high, out=drawn)


def _triangular(low: FloatArray, high: FloatArray, mode: FloatArray, u: FloatArray) -> FloatArray:
    width, rise = high - low, mode - low
    left = low + np.sqrt(u * width * rise)
    right = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u * width <= rise, left, right)
