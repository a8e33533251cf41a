"""The baselines against published numbers and against sums done by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from detente.weighing.median import WeightedMedian
from detente.weighing.weighted_mean import WeightedMean

from . import made
from .made import Emissions

EMISSIONS = Emissions()


def test_mean_of_the_emissions_case() -> None:
    # Weights capability × salience: .064 .032 .006 .128 .096 .096 .144 .005 .050 .056, in all .677.
    # At 4 years .064+.006+.128+.050 = .248, at 7 .032+.005+.056 = .093, at 10 .096+.096+.144 = .336.
    by_hand = (0.248 * 4 + 0.093 * 7 + 0.336 * 10) / 0.677
    value = WeightedMean().run(EMISSIONS.draws()).value
    assert_allclose(value, by_hand, rtol=1e-12)
    # Scholz, Calbert and Smith 2011 print one decimal place for the first round: 7.4.
    assert round(float(value[0, 0]), 1) == 7.4


def test_median_of_the_emissions_case() -> None:
    # Half of .677 is .3385: at 4 years .248 have been counted, at 7 years .341.
    outcome = WeightedMedian().run(EMISSIONS.draws())
    assert outcome.value[0, 0] == 7.0
    assert not outcome.tied.any()


def test_the_emissions_case_against_the_published_table(shared: Path) -> None:
    path = shared / "reference/models/bdm_emissions_published.json"
    published = json.loads(path.read_text(encoding="utf-8"))
    rows = [(c, x, s) for _, c, x, s in published["input"]]
    assert rows == list(zip(EMISSIONS.capability, EMISSIONS.years, EMISSIONS.salience, strict=True))
    draws = EMISSIONS.draws()
    mean, median = WeightedMean().run(draws).value[0, 0], WeightedMedian().run(draws).value[0, 0]
    assert_allclose(mean, published["initial_weighted_mean_cs"], rtol=1e-14)
    assert median == published["initial_weighted_median_cs"]


@pytest.mark.parametrize(
    ("capability", "position", "mean", "median", "tied"),
    [
        ([1], [30], 30, 30, False),
        ([1, 1], [0, 100], 50, 0, True),
        ([3, 1], [0, 100], 25, 0, False),
        ([1, 3], [0, 100], 75, 100, False),
        ([1, 1, 1], [0, 10, 100], 110 / 3, 10, False),
        ([1, 1, 2], [0, 10, 100], 52.5, 10, True),
        ([1, 1, 1, 1], [0, 40, 40, 100], 45, 40, False),
    ],
)
def test_by_hand(capability: list[float], position: list[float], mean: float, median: float, tied: bool) -> None:
    draws = made.draws([capability], np.ones((1, len(capability), 1)), np.reshape(position, (1, -1, 1)))
    assert_allclose(WeightedMean().run(draws).value, mean)
    outcome = WeightedMedian().run(draws)
    assert outcome.value[0, 0] == median
    assert outcome.tied[0, 0] == tied


def test_noise_of_a_twentieth_of_a_percent_does_not_throw_the_baselines() -> None:
    # The same noise gives a published round-based model a standard deviation of 14.2 points of 100.
    rng = np.random.default_rng(7)
    case = EMISSIONS.draws()

    def noisy(array: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return array * (1 + 0.0005 * rng.standard_normal((500, *array.shape[1:])))

    draws = made.draws(noisy(case.capability), noisy(case.salience), noisy((case.position - 4) / 6 * 100))
    assert WeightedMean().run(draws).value.std() < 0.05
    assert WeightedMedian().run(draws).value.std() < 0.05
