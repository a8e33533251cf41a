"""The models that stand beside the baseline on every issue, and how many draws each of them can be given.

A report is for somebody who waits for it. The baseline takes every draw; a model that would take long takes the
first so many of them, and the report says how many. What it may take is counted from the numbers of parties and
issues and not by a clock, so that the same situation gives the same report on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from detente.weighing.base import Model, Outcome
from detente.weighing.challenge import ChallengeModel
from detente.weighing.draws import Draws, FloatArray
from detente.weighing.exchange_of_positions import PositionExchange
from detente.weighing.ktab import SpatialModel
from detente.weighing.median import WeightedMedian
from detente.weighing.noise import shaken
from detente.weighing.weighted_mean import WeightedMean

BASELINE = WeightedMean()
BASELINE_MEANING = "the mean position, each party counted by capability times salience: a compromise"

# Milliseconds that a model may take to go through its draws once; with fewer draws than the least, percentiles mean
# nothing; and a model that needs more than the most for one draw would keep a person waiting for seconds.
_BUDGET = 150.0
_LEAST = 20
_MOST = 125.0


class JointSpatialModel:
    """The spatial model with all issues as one space, in which a bargain is struck over all of them at once.

    The model lets no party's saliences add up to more than 1, so each is divided by the number of issues.
    """

    name = SpatialModel.name
    reference = SpatialModel.reference

    def run(self, draws: Draws) -> Outcome:
        """Where each issue ends."""
        issues = max(1, draws.salience.shape[2])
        return SpatialModel(jointly=True).run(replace(draws, salience=draws.salience / issues))


@dataclass(frozen=True)
class Rival:
    """A model beside the baseline.

    Args:
        model: the model.
        meaning: what it takes the parties to do, in plain words.
        cost: milliseconds a draw for so many parties and issues, as measured on one core of a laptop.
        issues: least number of issues with which it says anything of its own.
        rounds: whether it runs in rounds, so that noise may decide.
    """

    model: Model[Outcome]
    meaning: str
    cost: Callable[[int, int], float]
    issues: int = 1
    rounds: bool = True

    def fits(self, parties: int, issues: int) -> bool:
        """Whether so many parties and issues are enough for the model, and not too many."""
        return issues >= self.issues and self.cost(parties, issues) <= _MOST

    def weigh(self, draws: Draws, rng: np.random.Generator) -> Weighed:
        """The model's answer in as many of the draws as it has time for.

        A model in rounds is given every draw twice, with noise of 0.05 %: where an input is known exactly its answer
        may still hang on the digits that nobody knows, and one run of it would hide that.
        """
        _, parties, issues = draws.position.shape
        given = draws.first(max(_LEAST, int(_BUDGET / self.cost(parties, issues))))
        if not self.rounds:
            return Weighed(self, self.model.run(given), len(given.position), np.zeros(issues))
        tied = self.model.run(given.first(_LEAST)).tied
        outcome = replace(self.model.run(shaken(given, rng, times=2)), tied=tied)
        apart = np.diff(outcome.value.reshape(len(given.position), 2, issues), axis=1)
        return Weighed(self, outcome, len(given.position), np.sqrt((apart[:, 0] ** 2).mean(axis=0) / 2))


@dataclass(frozen=True)
class Weighed:
    """What a rival model gives.

    Args:
        rival: the model.
        outcome: over the draws that it was given, twice each for a model in rounds; `tied` may be of fewer.
        draws: how many draws it was given.
        noise: standard deviation of the outcome under noise of 0.05 % on the inputs, in points; shape (M,).
    """

    rival: Rival
    outcome: Outcome
    draws: int
    noise: FloatArray


RIVALS: tuple[Rival, ...] = (
    Rival(
        WeightedMedian(), "the place that would win a vote counted by capability times salience",
        lambda n, m: 1e-4 * n * m, rounds=False,
    ),
    Rival(
        ChallengeModel(), "parties challenge each other in rounds, and who expects to lose gives way",
        lambda n, m: 1.5e-3 * n * n * m,
    ),
    Rival(
        JointSpatialModel(), "parties challenge each other, bargain over all issues at once and move, until they rest",
        lambda n, m: 1.6e-3 * n**3,
    ),
    Rival(
        PositionExchange(), "two parties at a time give way, each on the issue that it cares less about",
        lambda n, m: 1.3e-5 * (n * m) ** 3, issues=2,
    ),
)  # fmt: skip
