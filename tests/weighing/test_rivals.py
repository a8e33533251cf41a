"""The rival models: what they are given, and that noise is told where it decides."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from detente.weighing import issue_draws
from detente.weighing.base import Outcome
from detente.weighing.draws import Draws
from detente.weighing.exchange_of_positions import PositionExchange
from detente.weighing.ktab import SpatialModel
from detente.weighing.rivals import RIVALS, JointSpatialModel, Rival
from detente.weighing.situation import Issue, Situation
from detente.weighing.weigh import weigh

from .made import Emissions, party, standing, told
from .made import draws as made_draws

CASE = Emissions().draws()
CARS = made_draws(CASE.capability[0], CASE.salience[0], (CASE.position[0] - 4) / 6 * 100)
BY_NAME = {r.model.name: r for r in RIVALS}


class Counting:
    """A model that tells how many draws it was given."""

    name = "counting"
    reference = "made for this test, 2026"

    def __init__(self) -> None:
        self.given: list[int] = []

    def run(self, draws: Draws) -> Outcome:
        self.given.append(len(draws.position))
        value = draws.position.mean(axis=1)
        return Outcome(value, np.zeros(value.shape, np.bool_))


def random(draws: int, parties: int, issues: int) -> Draws:
    rng = np.random.default_rng(7)
    shape = (draws, parties, issues)
    return issue_draws(rng.uniform(0.1, 1, shape[:2]), rng.uniform(0.1, 1, shape), rng.uniform(0, 100, shape))


@pytest.mark.parametrize(("cost", "given"), [(0.01, 500), (1.0, 150), (2.0, 75), (1e6, 20)])
def test_a_slow_model_is_given_the_first_draws(cost: float, given: int) -> None:
    model, draws = Counting(), random(500, 3, 1)
    weighed = Rival(model, "counts", lambda n, m: cost, rounds=False).weigh(draws, np.random.default_rng(0))
    assert model.given == [given]
    assert weighed.draws == given
    assert_array_equal(weighed.outcome.value, draws.first(given).position.mean(axis=1))


def test_a_model_in_rounds_is_given_every_draw_twice_with_noise() -> None:
    model, draws = Counting(), random(60, 3, 1)
    weighed = Rival(model, "counts", lambda n, m: 1.0).weigh(draws, np.random.default_rng(0))
    assert (weighed.draws, model.given) == (60, [20, 120])
    assert len(weighed.outcome.value) == 120
    # The mean of three positions, each off by 0.05 %.
    expected = 0.0005 * np.sqrt((draws.position**2).sum(axis=1).mean()) / 3
    assert weighed.noise[0] == pytest.approx(expected, rel=0.25)


def test_a_model_that_would_take_too_long_is_left_out_and_named() -> None:
    many = tuple(party(f"P{k:02}", told(1 + k)) for k in range(60))
    standings = tuple(standing(p.id, "i", told(k)) for k, p in enumerate(many))
    situation = Situation(title="many", parties=many, issues=(Issue(id="i", proposition="a pier"),), standings=standings)
    report = weigh(situation, draws=20)
    assert [m.model for m in report.issues[0].models] == ["weighted median", "challenge model"]
    assert "what the spatial model says: 60 parties and 1 issues would take it too long" in report.unknown


def test_what_a_model_costs_hangs_on_the_size_alone() -> None:
    for rival in RIVALS:
        assert 0 < rival.cost(3, 2) < rival.cost(6, 4) < rival.cost(12, 8)


@pytest.mark.parametrize("name", ["challenge model", "spatial model"])
def test_noise_widens_the_report_of_a_chaotic_model(name: str) -> None:
    # Every input is known exactly, so that without noise all draws are the same and the spread would be nothing.
    draws = issue_draws(*(np.repeat(a, 60, axis=0) for a in (CARS.capability, CARS.salience, CARS.position)))
    weighed = BY_NAME[name].weigh(draws, np.random.default_rng(3))
    assert len(np.unique(BY_NAME[name].model.run(draws).value)) == 1
    assert np.ptp(weighed.outcome.value) > 5
    assert weighed.noise[0] > 1


def test_noise_leaves_a_calm_model_alone() -> None:
    weighed = BY_NAME["weighted median"].weigh(CARS, np.random.default_rng(3))
    assert weighed.noise.tolist() == [0]
    assert_array_equal(weighed.outcome.value, BY_NAME["weighted median"].model.run(CARS).value)


def test_the_spatial_model_bargains_over_all_issues_at_once() -> None:
    draws = random(20, 4, 3)
    jointly = JointSpatialModel().run(draws).value
    assert jointly.shape == (20, 3)
    assert not np.allclose(jointly, SpatialModel().run(draws).value, atol=1)
    one = random(5, 4, 1)
    assert_allclose(JointSpatialModel().run(one).value, SpatialModel().run(one).value)


def test_exchange_needs_two_issues() -> None:
    rival = BY_NAME[PositionExchange.name]
    assert rival.issues == 2
    one = random(5, 4, 1)
    mean = BY_NAME["weighted median"]
    assert mean.issues == 1
    weight = one.weight
    compromise = (weight * one.position).sum(axis=1) / weight.sum(axis=1)
    assert_allclose(rival.model.run(one).value, compromise)
