"""KTAB's spatial model: the program's own runs turn by turn, and what the model promises and does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.draws import Draws
from detente.weighing.ktab import Settings, SpatialModel
from detente.weighing.ktab_utility import Votes
from detente.weighing.ktab_victory import Prevails, Spread, Victory
from detente.weighing.noise import under_noise
from detente.weighing.weighted_mean import WeightedMean

from . import ktab_cases, made, strategies
from .made import Emissions
from .test_contract import ModelContract, inherited

AS_PROGRAMMED = SpatialModel(Settings(as_named=True), jointly=True)
YEARS = Emissions().draws()
EMISSIONS = replace(YEARS, position=(YEARS.position - 4) / 6 * 100)

# ---------------------------------------------------------------- the program's runs


@pytest.mark.parametrize("name", ktab_cases.RUNS)
def test_the_whole_run_to_the_last_digit_that_is_printed(shared: Path, name: str) -> None:
    published = ktab_cases.run(shared, name)
    found = AS_PROGRAMMED.trace(published.draws)
    assert found.position[0].shape == published.position.shape, "it rests after the same turn"
    assert found.turns.tolist() == [len(published.position) - 1]
    assert_allclose(found.position[0], published.position, atol=0.0501)
    assert_allclose(found.chance[0], published.chance, atol=5.01e-5)


@pytest.mark.parametrize("name", ktab_cases.TABLES)
def test_the_tables_of_the_first_turn(shared: Path, name: str) -> None:
    published = ktab_cases.run(shared, name)
    found = AS_PROGRAMMED.trace(published.draws)
    assert_allclose(found.risk[0, 0], published.printed["turn0_risk_attitude"], atol=5e-4)
    assert_allclose(found.chance[0, 0], published.chance[0], atol=5e-4)


def test_the_published_mean_of_the_emissions_case(shared: Path) -> None:
    # The mean over parties, each by the chance of its place: 33.18; over places, as the model gives it, 33.31.
    found = AS_PROGRAMMED.trace(ktab_cases.case(shared, "emissions"))
    chance, position = found.chance[0, -1], found.position[0, -1, :, 0]
    assert round(float(chance @ position / chance.sum()), 2) == 33.18
    value = AS_PROGRAMMED.run(ktab_cases.case(shared, "emissions")).value
    assert round(float(value[0, 0]), 2) == 33.31


def test_the_emissions_case_without_the_shared_folder() -> None:
    # The program moves Luxembourg across the whole scale in the first turn, and rests after thirteen.
    found = AS_PROGRAMMED.trace(EMISSIONS)
    assert found.position[0, :3, 2, 0].round(1).tolist() == [0.0, 100.0, 50.4]
    assert found.turns.tolist() == [13]
    assert found.chance[0, 0].round(4).tolist()[:2] == [0.2069, 0.3474]
    assert found.tied[0].all(), "four stand at one end, three at the other"


def test_noise_of_a_twentieth_of_a_percent_spreads_the_outcome_over_a_quarter_of_the_scale() -> None:
    # The program on the same case: a standard deviation of 14.2, from 40 to 85; the weighted mean's is 0.013.
    noise = under_noise(SpatialModel(), EMISSIONS, np.random.default_rng(5), times=120)
    assert noise.chaotic
    assert 8 < noise.deviation[0] < 20
    calm = under_noise(WeightedMean(), EMISSIONS, np.random.default_rng(5), times=120)
    assert noise.deviation[0] > 100 * calm.deviation[0]
    assert noise.warning
    assert "noise decides" in noise.warning


def test_it_is_not_clone_proof() -> None:
    part = np.array([[*[1.0] * 6, 0.5, *[1.0] * 4]])
    split = made.draws(
        np.append(EMISSIONS.capability, EMISSIONS.capability[:, [6]] / 2, axis=1) * part,
        np.append(EMISSIONS.salience, EMISSIONS.salience[:, [6]], axis=1),
        np.append(EMISSIONS.position, EMISSIONS.position[:, [6]], axis=1),
    )
    whole, parts = (SpatialModel().run(case) for case in (EMISSIONS, split))
    assert abs(whole.value - parts.value).max() > 1
    assert whole.tied.all()
    assert parts.tied.all()


# ---------------------------------------------------------------- how it is called


def test_issues_one_by_one_are_what_each_alone_gives() -> None:
    rng = np.random.default_rng(2)
    draws = made.draws(rng.uniform(1, 5, (3, 5)), rng.uniform(0.2, 1, (3, 5, 2)), rng.uniform(0, 100, (3, 5, 2)))
    both = SpatialModel().run(draws)
    for k in range(2):
        one = replace(draws, salience=draws.salience[:, :, [k]], position=draws.position[:, :, [k]])
        alone = SpatialModel(jointly=True).run(one)
        assert_allclose(both.value[:, k], alone.value[:, 0])
        assert (both.tied[:, k] == alone.tied[:, 0]).all()


def test_saliences_that_add_up_to_more_than_one_are_refused_jointly() -> None:
    draws = made.draws([1, 1], [[0.4, 0.4], [0.7, 0.5]], [[0, 100], [100, 0]])
    with pytest.raises(SituationError, match=r"those of party 2 add up to 1\.2, expected 1 at most") as caught:
        SpatialModel(jointly=True).run(draws)
    assert "divide each party's saliences" in caught.value.remedy
    assert SpatialModel().run(draws).value.shape == (1, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"adjust": 1.5}, "adjust: got 1.5"), ({"rest": 0.0}, "rest 0.0"), ({"most": 0}, "most 0")],
)
def test_settings_that_cannot_be_are_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Settings(**change)


def test_it_ends_after_the_most_turns() -> None:
    assert SpatialModel(Settings(most=2), jointly=True).trace(EMISSIONS).turns.tolist() == [2]


def test_draws_rest_each_in_its_own_time() -> None:
    rng = np.random.default_rng(4)
    draws = made.draws(rng.uniform(1, 5, (12, 5)), rng.uniform(0.2, 1, (12, 5, 1)), rng.uniform(0, 100, (12, 5, 1)))
    found = SpatialModel(jointly=True).trace(draws)
    assert len(set(found.turns.tolist())) > 1
    for b, turns in enumerate(found.turns):
        assert (found.position[b, turns:] == found.position[b, turns]).all()
    assert found.turns.max() + 1 == found.position.shape[1]


# ---------------------------------------------------------------- the contract


class TestSpatialModel(ModelContract):
    model = SpatialModel(Settings(most=4))

    def values(self, result: Any) -> list[np.ndarray[Any, Any]]:
        return [result.value, result.tied]

    def width(self, draws: Draws) -> int:
        return draws.position.shape[2]

    @inherited
    @given(strategies.issue_draws())
    def test_no_further_than_the_parties_stand(self, draws: Draws) -> None:
        # Bargains are rounded to a hundredth of a point.
        value = self.model.run(draws).value
        assert (value >= draws.position.min(axis=1) - 0.005).all()
        assert (value <= draws.position.max(axis=1) + 0.005).all()

    @inherited
    @given(strategies.issue_draws())
    def test_agreement_is_the_outcome(self, draws: Draws) -> None:
        agreed = replace(draws, position=np.full_like(draws.position, 42.0))
        assert_allclose(self.model.run(agreed).value, 42.0)
        assert not self.model.run(agreed).tied.any()


SETTINGS = st.builds(
    Settings, st.sampled_from(Votes), st.sampled_from(Victory), st.sampled_from(Prevails), st.sampled_from(Spread),
    st.floats(0, 1), st.just(0.02), st.just(2), st.booleans(),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(strategies.issue_draws(), SETTINGS)
def test_under_any_settings_chances_are_chances(draws: Draws, chosen: Settings) -> None:
    draws = replace(draws, salience=draws.salience / draws.salience.sum(axis=2, keepdims=True))
    found = SpatialModel(chosen, jointly=True).trace(draws)
    assert ((found.chance >= 0) & (found.chance <= 1 + 1e-12)).all()
    assert (found.chance.sum(axis=2) >= 1 - 1e-9).all(), "each place counts once; each party at it has its chance"
    high, low = chosen.spread.value
    assert ((found.risk >= low - 1e-9) & (found.risk <= high + 1e-9)).all()
