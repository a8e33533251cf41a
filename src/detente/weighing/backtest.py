"""Models against what was decided: errors issue by issue, and whether any difference shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import SituationError
from detente.weighing.base import Model, Outcome
from detente.weighing.bounds import within
from detente.weighing.comparison import Comparison, compare
from detente.weighing.deu import DeuIssues
from detente.weighing.draws import FloatArray
from detente.weighing.scores import absolute_error, coverage, crps
from detente.weighing.streams import stream


@dataclass(frozen=True, slots=True)
class ModelScore:
    """How one model did.

    Args:
        name: the model's.
        absolute: |median of the draws − outcome| by issue, 0–100; shape (n,).
        crps: by issue; shape (n,).
        covered: share of the outcomes within the central 50 % and 90 % of the draws.
    """

    name: str
    absolute: FloatArray
    crps: FloatArray
    covered: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """All models on the same issues.

    Args:
        scores: the baseline first.
        comparisons: of each other model with the baseline, by absolute error.
        issues: number of issues scored.
        proposals: number of proposals that they belong to.
        left_out: issues without a known outcome or without two actors.
        parameters: draws, spread, resamples.
        seed: of the random numbers.
    """

    scores: tuple[ModelScore, ...]
    comparisons: tuple[Comparison, ...]
    issues: int
    proposals: int
    left_out: int
    parameters: Mapping[str, float]
    seed: int

    def lines(self) -> tuple[str, ...]:
        """The result in words; no winner is named below what so many issues could detect."""
        found = [f"{self.issues} issues of {self.proposals} proposals; {self.left_out} left out"]
        found.extend(
            f"{s.name}: mean absolute error {s.absolute.mean():.2f}, CRPS {s.crps.mean():.2f}, "
            f"{s.covered[0]:.0%} in the central 50 %, {s.covered[1]:.0%} in the central 90 %"
            for s in self.scores
        )
        baseline = self.scores[0].name
        pairs = zip(self.scores[1:], self.comparisons, strict=True)
        return (*found, *(c.describe(s.name, baseline) for s, c in pairs))


def backtest(
    issues: DeuIssues,
    models: Sequence[Model[Outcome]],
    *,
    capability: Mapping[str, float] | None = None,
    spread: float = 0.0,
    draws: int = 1,
    resamples: int = 2000,
    seed: int = 0,
) -> Backtest:
    """Try models on resolved issues.

    Args:
        models: the baseline first, which the others are compared with.
        capability: of every actor, above 0, by its code; all alike where not given, for the file has none.
        spread: half the width, in points, within which positions are uncertain.
        draws: how often they are drawn for each issue.
        resamples: of whole proposals, for the intervals.

    Raises:
        SituationError: no model, no issue that can be scored, or a capability is missing or not above 0.
    """
    here = np.flatnonzero(issues.scorable)
    if not models or not len(here) or draws < 1:
        raise SituationError(
            f"got {len(models)} models, {len(here)} issues with an outcome, {draws} draws, expected some of each"
        )
    within("spread", np.array([spread]))
    power = _capability(issues, capability)
    rng = stream(seed)
    drawn = [issues.draws(int(i), power, spread, draws, rng) for i in here]
    outcome = issues.outcome[here]
    scores = tuple(
        _score(model, np.column_stack([model.run(d).value[:, 0] for d in drawn]), outcome) for model in models
    )
    clusters = np.array(issues.proposal)[here]
    first = scores[0]
    return Backtest(
        scores=scores,
        comparisons=tuple(
            compare((s.name, s.absolute), (first.name, first.absolute), clusters, resamples=resamples, seed=seed)
            for s in scores[1:]
        ),
        issues=len(here), proposals=len(set(clusters.tolist())), left_out=len(issues) - len(here),
        parameters={"draws": draws, "spread": spread, "resamples": resamples}, seed=seed,
    )  # fmt: skip


def _score(model: Model[Outcome], value: FloatArray, outcome: FloatArray) -> ModelScore:
    middle: FloatArray = np.median(value, axis=0)
    return ModelScore(
        model.name, absolute_error(middle, outcome), crps(value, outcome), coverage(value, outcome)
    )


def _capability(issues: DeuIssues, capability: Mapping[str, float] | None) -> FloatArray:
    if capability is None:
        return np.ones(len(issues.actors))
    absent = [a for a in issues.actors if a not in capability]
    if absent:
        raise SituationError(f"capability: got none of {', '.join(absent)}, expected one of every actor")
    power = np.array([capability[a] for a in issues.actors], dtype=np.float64)
    within("capability", power, above=True)
    return power
