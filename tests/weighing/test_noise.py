"""Whether noise decides: the measure, its warning, and the models that it tells apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from detente.weighing.base import Outcome
from detente.weighing.draws import Draws
from detente.weighing.median import WeightedMedian
from detente.weighing.noise import under_noise
from detente.weighing.weighted_mean import WeightedMean

from . import made
from .made import Emissions

CASE = Emissions().draws()
SCALED = made.draws(CASE.capability[0], CASE.salience[0], (CASE.position[0] - 4) / 6 * 100)


@dataclass(frozen=True)
class Steep:
    """A model that multiplies the first party's position."""

    times: float
    name = "steep"
    reference = "made for this test, 2026"

    def run(self, draws: Draws) -> Outcome:
        value = draws.position[:, 0] * self.times
        return Outcome(value, np.zeros(value.shape, np.bool_))


@pytest.mark.parametrize(("times", "chaotic"), [(0.5, False), (2.0, False), (30.0, True)])
def test_the_deviation_is_that_of_the_noise_times_the_slope(times: float, chaotic: bool) -> None:
    case = made.draws([1, 1], [[1.0], [1.0]], [[100.0], [0.0]])
    noise = under_noise(Steep(times), case, np.random.default_rng(0), relative=0.001, times=2000)
    assert_allclose(noise.deviation, 0.1 * times, rtol=0.1)
    assert_allclose(noise.amplification, times, rtol=0.1)
    assert (noise.low[0] < 100 * times < noise.high[0], noise.chaotic) == (True, chaotic)


def test_the_warning_names_the_model_and_the_spread() -> None:
    case = made.draws([1, 1], [[1.0], [1.0]], [[100.0], [0.0]])
    noise = under_noise(Steep(30.0), case, np.random.default_rng(0), relative=0.001, times=2000)
    assert noise.warning == "steep: noise of 0.10% on the inputs spreads the outcome over 2995–3005; noise decides, not the inputs"
    assert under_noise(Steep(1.0), case, np.random.default_rng(0)).warning is None


@pytest.mark.parametrize("model", [WeightedMean(), WeightedMedian()])
def test_the_baselines_are_calm(model: WeightedMean | WeightedMedian) -> None:
    noise = under_noise(model, SCALED, np.random.default_rng(1))
    assert not noise.chaotic
    assert (noise.deviation < 0.1).all()


def test_the_same_seed_gives_the_same_noise() -> None:
    first, second = (under_noise(WeightedMean(), SCALED, np.random.default_rng(1)) for _ in range(2))
    assert_array_equal(first.deviation, second.deviation)
    assert first.deviation != under_noise(WeightedMean(), SCALED, np.random.default_rng(2)).deviation


@pytest.mark.parametrize(("relative", "times"), [(0.0, 10), (-0.1, 10), (0.01, 1)])
def test_too_little_noise_is_refused(relative: float, times: int) -> None:
    with pytest.raises(ValueError, match="expected more than 0 and at least 2 times"):
        under_noise(WeightedMean(), SCALED, np.random.default_rng(0), relative=relative, times=times)
