"""Does noise decide? The same inputs, each off by a little, weighed again and again.

A model that turns a twentieth of a percent of noise into points of the scale is chaotic at these inputs: one run
of it tells nothing, and even the spread of many tells little. The weighted mean turns it into hundredths.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.weighing.base import Model, Outcome
from detente.weighing.draws import Draws, FloatArray

NOISE = 0.0005
"""A twentieth of a percent: far less than anybody knows of a capability or a position."""

# An amplification above this is called chaotic: the outcome then moves by half a point or more of 100 where the
# inputs move by a twentieth of one. The baselines stay below 1.
CHAOTIC = 10.0


@dataclass(frozen=True, slots=True)
class Noise:
    """What noise on the inputs does to a model's outcome.

    Args:
        method: the model's name.
        relative: standard deviation of the noise, as a share of each input.
        times: how often it was added.
        deviation: standard deviation of the outcome, in points of the scale; shape (M,).
        low: 5 % of the outcomes lie below; shape (M,).
        high: 5 % lie above; shape (M,).
        amplification: the deviation, as a multiple of the noise on a position of 100; shape (M,).
    """

    method: str
    relative: float
    times: int
    deviation: FloatArray
    low: FloatArray
    high: FloatArray
    amplification: FloatArray

    @property
    def chaotic(self) -> bool:
        """Whether the outcome of any issue moves ten times as far as the inputs, or more."""
        return bool((self.amplification >= CHAOTIC).any())

    @property
    def warning(self) -> str | None:
        """What a report has to say, or nothing."""
        if not self.chaotic:
            return None
        worst = int(self.amplification.argmax())
        return (
            f"{self.method}: noise of {self.relative:.2%} on the inputs spreads the outcome over "
            f"{self.low[worst]:.0f}–{self.high[worst]:.0f}; noise decides, not the inputs"
        )


def under_noise(
    model: Model[Outcome], draws: Draws, rng: np.random.Generator, *, relative: float = NOISE, times: int = 200
) -> Noise:
    """Weigh the first draw again and again, each capability, salience and position off by a little.

    Args:
        relative: standard deviation of the noise, as a share of each input; above 0.
        times: 2 or more.

    Raises:
        ValueError: `relative` or `times` is too small.
    """
    if relative <= 0 or times < 2:
        raise ValueError(f"got noise of {relative} {times} times, expected more than 0 and at least 2 times")

    value = model.run(shaken(draws.first(1), rng, relative=relative, times=times)).value
    deviation = value.std(axis=0)
    low, high = np.percentile(value, (5, 95), axis=0)
    return Noise(model.name, relative, times, deviation, low, high, deviation / (100 * relative))


def shaken(draws: Draws, rng: np.random.Generator, *, relative: float = NOISE, times: int = 1) -> Draws:
    """Every draw so many times over, each capability, salience and position off by a little, by itself.

    Args:
        relative: standard deviation, as a share of each input.
        times: 1 or more; the copies of a draw follow each other.
    """

    def noisy(array: FloatArray) -> FloatArray:
        again = array.repeat(times, axis=0)
        return again * (1 + relative * rng.standard_normal(again.shape))

    return replace(
        draws,
        capability=noisy(draws.capability),
        salience=np.minimum(noisy(draws.salience), 1.0),
        position=noisy(draws.position),
        facts=draws.facts.repeat(times, axis=0),
    )
