"""The issues' part of a report: every model side by side, what moves the baseline, or why there is no outcome."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.weighing.base import Model, Outcome
from detente.weighing.challenge import ChallengeModel
from detente.weighing.draws import Draws
from detente.weighing.median import WeightedMedian
from detente.weighing.results import Distribution, Influence, IssueReport, Requirement
from detente.weighing.situation import SCALE, Input, Issue, Party, Situation, Standing
from detente.weighing.weighted_mean import WeightedMean

BASELINE = WeightedMean()
OTHERS: tuple[Model[Outcome], ...] = (WeightedMedian(), ChallengeModel())


def issue_reports(situation: Situation, draws: Draws) -> tuple[IssueReport, ...]:
    """One report an issue, in the situation's order."""
    if not situation.issues:
        return ()
    baseline, others = BASELINE.run(draws), [model.run(draws) for model in OTHERS]
    return tuple(_issue(situation, k, issue, baseline, others) for k, issue in enumerate(situation.issues))


def _issue(
    situation: Situation, k: int, issue: Issue, baseline: Outcome, others: Sequence[Outcome]
) -> IssueReport:
    grid = situation.grid()
    standings = [grid[p.id, issue.id] for p in situation.parties]
    unknown = [p for p, s in zip(situation.parties, standings, strict=True) if p.veto and s.unknown]
    inputs = _inputs(situation, issue, standings)
    spreads = [_spread(model, outcome, k) for model, outcome in zip((BASELINE, *OTHERS), (baseline, *others), strict=True)]
    medians = [s.median for s in spreads]
    return IssueReport(
        id=issue.id, proposition=issue.proposition, zero=issue.zero, hundred=issue.hundred,
        baseline=None if unknown else spreads[0],
        models=() if unknown else tuple(spreads[1:]),
        disagreement=None if unknown else max(medians) - min(medians),
        influences=() if unknown else _influences(situation.parties, standings, baseline, k),
        withheld=_withheld(unknown) if unknown else None,
        requirements=_requirements(situation.parties, standings),
        reversion=(issue.reversion.low, issue.reversion.high) if issue.reversion else None,
        sources=tuple(dict.fromkeys(source for i in inputs for source in i.sources)),
        assumed=sum(i.assumed for i in inputs), inputs=len(inputs),
    )  # fmt: skip


def _inputs(situation: Situation, issue: Issue, standings: Sequence[Standing]) -> list[Input]:
    own = [i for s in standings for i in (s.position, s.salience)]
    return [*own, *(p.capability for p in situation.parties), *([issue.reversion] if issue.reversion else [])]


def _spread(model: Model[Outcome], outcome: Outcome, k: int) -> Distribution:
    low, median, high = np.percentile(outcome.value[:, k], (5, 50, 95))
    return Distribution(
        model=model.name, reference=model.reference,
        low=float(low), median=float(median), high=float(high), tied=float(outcome.tied[:, k].mean()),
    )  # fmt: skip


def _influences(
    parties: Sequence[Party], standings: Sequence[Standing], outcome: Outcome, k: int
) -> tuple[Influence, ...]:
    """All inputs that can vary, the widest swing first."""
    found = []
    for n, (party, standing) in enumerate(zip(parties, standings, strict=True)):
        inputs = {"position": standing.position, "capability": party.capability, "salience": standing.salience}
        for kind, value in inputs.items():
            slope = float(outcome.sensitivity[kind][:, n, k].mean())
            influence = Influence(
                actor=party.id, name=party.name, input=kind, derivative=slope, swing=slope * value.width,
                sources=value.sources,
            )  # fmt: skip
            found += [influence] if value.width > 0 else []
    return tuple(sorted(found, key=lambda i: (-abs(i.swing), i.actor, i.input)))


def _withheld(unknown: Sequence[Party]) -> str:
    who = ", ".join(p.name for p in unknown)
    return f"no outcome is given: nothing can be agreed without {who}, and where they stand is not known"


def _requirements(parties: Sequence[Party], standings: Sequence[Standing]) -> tuple[Requirement, ...]:
    """What would have to be true: a veto player's consent, and what each party made its stance hang on."""
    found = []
    for party, standing in zip(parties, standings, strict=True):
        sources = standing.position.sources
        if party.veto and standing.unknown:
            found.append(Requirement(text=f"{party.name} agrees: where it stands is not known", sources=sources))
        elif party.veto and standing.position.high <= sum(SCALE) / 2:
            found.append(Requirement(text=f"{party.name} agrees: it is opposed", sources=sources))
        found += [Requirement(text=f"{party.name}: {text}", sources=sources) for text in standing.conditions]
    return tuple(found)
