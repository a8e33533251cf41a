"""The contract that every model must pass, and each model's own promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from detente.weighing.base import Model
from detente.weighing.draws import Draws, draw
from detente.weighing.joining import ConditionalJoining
from detente.weighing.median import WeightedMedian
from detente.weighing.weighted_mean import WeightedMean

from . import strategies

PARTIES = st.integers(0, 2**31)
"""Picks a party, or an order of them."""


# A contract runs its tests in every model's class, which is what the health check warns of.
inherited = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors])


def drawn_situations() -> st.SearchStrategy[Draws]:
    """Draws of whole situations: facts and networks too."""
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(lambda s, seed: draw(s, 3, np.random.default_rng(seed)).draws, strategies.situations(wordless=True), seeds)


def reordered(draws: Draws, order: np.ndarray[Any, Any]) -> Draws:
    """The same draws with the parties in another order; the nodes of the network stay where they are."""
    where = np.append(np.argsort(order), -1)
    return replace(
        draws, capability=draws.capability[:, order], salience=draws.salience[:, order],
        position=draws.position[:, order], network=replace(draws.network, party=where[draws.network.party]),
    )  # fmt: skip


class ModelContract(ABC):
    """Every model: named, published somewhere, repeatable, blind to the unit of capability and to order."""

    model: Model[Any]

    @abstractmethod
    def values(self, result: Any) -> list[np.ndarray[Any, Any]]:
        """The arrays of the answer."""

    @abstractmethod
    def width(self, draws: Draws) -> int:
        """The length of the second axis of every array of the answer."""

    def answer(self, draws: Draws) -> list[np.ndarray[Any, Any]]:
        return self.values(self.model.run(draws))

    def test_name_and_reference(self) -> None:
        assert self.model.name == self.model.name.lower().strip() != ""
        assert any(c.isdigit() for c in self.model.reference), "a reference has a year"

    @inherited
    @given(drawn_situations())
    def test_shapes(self, draws: Draws) -> None:
        for array in self.answer(draws):
            assert array.shape == (len(draws.capability), self.width(draws))

    @inherited
    @given(drawn_situations())
    def test_the_same_draws_give_the_same_answer_and_are_left_alone(self, draws: Draws) -> None:
        before = [a.copy() for a in (draws.capability, draws.salience, draws.position, draws.facts)]
        for first, second in zip(self.answer(draws), self.answer(draws), strict=True):
            assert_array_equal(first, second)
        for was, now in zip(before, (draws.capability, draws.salience, draws.position, draws.facts), strict=True):
            assert_array_equal(was, now)

    @inherited
    @given(strategies.situations(wordless=True), st.integers(0, 2**32 - 1))
    def test_the_same_seed_gives_the_same_answer(self, situation: Any, seed: int) -> None:
        first, second = (draw(situation, 3, np.random.default_rng(seed)).draws for _ in range(2))
        for a, b in zip(self.answer(first), self.answer(second), strict=True):
            assert_array_equal(a, b)

    @inherited
    @given(drawn_situations(), st.floats(1e-3, 1e3))
    def test_the_unit_of_capability_does_not_matter(self, draws: Draws, unit: float) -> None:
        other = replace(draws, capability=draws.capability * unit)
        for a, b in zip(self.answer(draws), self.answer(other), strict=True):
            assert_allclose(a, b, atol=1e-7)

    @inherited
    @given(drawn_situations(), PARTIES)
    def test_the_order_of_the_parties_does_not_matter(self, draws: Draws, seed: int) -> None:
        order = np.random.default_rng(seed).permutation(draws.capability.shape[1])
        for a, b in zip(self.answer(draws), self.answer(reordered(draws, order)), strict=True):
            assert_allclose(a, b, atol=1e-7)

    @inherited
    @given(drawn_situations())
    def test_each_draw_stands_alone(self, draws: Draws) -> None:
        one = replace(
            draws, capability=draws.capability[1:2], salience=draws.salience[1:2], position=draws.position[1:2],
            facts=draws.facts[1:2],
        )  # fmt: skip
        for a, b in zip(self.answer(draws), self.answer(one), strict=True):
            assert_allclose(a[1:2], b, atol=1e-9)


class OutcomeContract(ModelContract):
    """A model that says where issues end."""

    def values(self, result: Any) -> list[np.ndarray[Any, Any]]:
        return [result.value, result.tied]

    def width(self, draws: Draws) -> int:
        return draws.position.shape[2]

    @inherited
    @given(strategies.issue_draws())
    def test_no_further_than_the_parties_stand(self, draws: Draws) -> None:
        value = self.model.run(draws).value
        assert (value >= draws.position.min(axis=1) - 1e-9).all()
        assert (value <= draws.position.max(axis=1) + 1e-9).all()

    @inherited
    @given(strategies.issue_draws(), st.floats(0.1, 10), st.floats(-50, 50))
    def test_scale_and_origin_do_not_matter(self, draws: Draws, unit: float, origin: float) -> None:
        other = replace(draws, position=draws.position * unit + origin)
        assert_allclose(self.model.run(other).value, self.model.run(draws).value * unit + origin, atol=1e-6)

    @inherited
    @given(strategies.issue_draws(), st.floats(0, 40), PARTIES)
    def test_a_party_that_moves_up_never_lowers_the_outcome(self, draws: Draws, by: float, seed: int) -> None:
        position = draws.position.copy()
        position[:, seed % position.shape[1]] += by
        assert (self.model.run(replace(draws, position=position)).value >= self.model.run(draws).value - 1e-9).all()

    @inherited
    @given(strategies.issue_draws(), PARTIES, st.floats(0.1, 0.9))
    def test_splitting_a_party_into_clones_changes_nothing(self, draws: Draws, seed: int, part: float) -> None:
        k = seed % draws.capability.shape[1]
        capability = np.append(draws.capability, draws.capability[:, [k]] * (1 - part), axis=1)
        capability[:, k] *= part
        split = replace(
            draws, capability=capability,
            salience=np.append(draws.salience, draws.salience[:, [k]], axis=1),
            position=np.append(draws.position, draws.position[:, [k]], axis=1),
        )  # fmt: skip
        assert_allclose(self.model.run(split).value, self.model.run(draws).value, atol=1e-7)

    @inherited
    @given(strategies.issue_draws())
    def test_agreement_is_the_outcome(self, draws: Draws) -> None:
        agreed = replace(draws, position=np.full_like(draws.position, 42.0))
        assert_allclose(self.model.run(agreed).value, 42.0)
        assert not self.model.run(agreed).tied.any()


class TestWeightedMean(OutcomeContract):
    model = WeightedMean()

    @pytest.mark.parametrize("name", ["position", "capability", "salience"])
    @given(draws=strategies.issue_draws(), seed=PARTIES)
    def test_sensitivity_is_the_derivative(self, name: str, draws: Draws, seed: int) -> None:
        n, step = seed % draws.capability.shape[1], 1e-5
        up, down = getattr(draws, name).copy(), getattr(draws, name).copy()
        up[:, n] += step
        down[:, n] -= step
        high, low = (self.model.run(replace(draws, **{name: a})).value for a in (up, down))
        assert_allclose(self.model.run(draws).sensitivity[name][:, n], (high - low) / (2 * step), atol=1e-4)

    @given(strategies.issue_draws())
    def test_the_weights_of_the_positions_are_shares(self, draws: Draws) -> None:
        assert_allclose(self.model.run(draws).sensitivity["position"].sum(axis=1), 1.0)


class TestWeightedMedian(OutcomeContract):
    model = WeightedMedian()

    @given(strategies.issue_draws())
    def test_is_somebodys_position(self, draws: Draws) -> None:
        value = self.model.run(draws).value
        assert (np.abs(draws.position - value[:, None]) == 0).any(axis=1).all()

    @given(strategies.issue_draws())
    def test_no_position_beats_it_in_a_weighted_vote(self, draws: Draws) -> None:
        value = self.model.run(draws).value[:, None]
        for n in range(draws.position.shape[1]):
            rival = draws.position[:, n : n + 1]
            nearer = np.sign(np.abs(draws.position - rival) - np.abs(draws.position - value))
            assert ((draws.weight * nearer).sum(axis=1) >= -1e-9 * draws.weight.sum(axis=1)).all()


class TestConditionalJoining(ModelContract):
    model = ConditionalJoining()

    def values(self, result: Any) -> list[np.ndarray[Any, Any]]:
        return [result.least, result.greatest]

    def width(self, draws: Draws) -> int:
        return draws.network.size

    @given(drawn_situations())
    def test_the_least_is_in_the_greatest(self, draws: Draws) -> None:
        joined = self.model.run(draws)
        assert (joined.least <= joined.greatest).all()

    @given(drawn_situations(), st.integers(0, 20))
    def test_a_fact_more_never_costs_a_member(self, draws: Draws, k: int) -> None:
        assume(draws.facts.shape[1])
        k %= draws.facts.shape[1]
        for without, having in zip(
            self.answer(draws.with_fact(k, False)), self.answer(draws.with_fact(k, True)), strict=True
        ):
            assert (without <= having).all()
