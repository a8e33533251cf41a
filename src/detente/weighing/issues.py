"""The issues' part of a report: every model side by side, what moves the baseline, or why there is no outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from detente.weighing.base import Model, Outcome
from detente.weighing.draws import Draws
from detente.weighing.noise import CHAOTIC, NOISE
from detente.weighing.results import Distribution, Influence, IssueReport, Requirement
from detente.weighing.rivals import BASELINE, RIVALS, Weighed
from detente.weighing.situation import SCALE, Input, Issue, Party, Situation, Standing

# A tie in so many of the draws is worth a warning.
_TIES = 0.05


def issue_reports(situation: Situation, draws: Draws, seed: int = 0) -> tuple[IssueReport, ...]:
    """One report an issue, in the situation's order.

    Args:
        seed: of the noise that the models in rounds are given.
    """
    if not situation.issues:
        return ()
    unknown = [_unknown(situation, issue) for issue in situation.issues]
    # Where no issue has an outcome nobody looks at the rivals'.
    rivals = [r for r in RIVALS if len(situation.issues) >= r.issues] if not all(unknown) else []
    baseline = BASELINE.run(draws)
    others = [r.weigh(draws, np.random.default_rng([seed, k])) for k, r in enumerate(rivals, 1)]
    return tuple(_issue(situation, k, unknown[k], baseline, others) for k in range(len(situation.issues)))


def _unknown(situation: Situation, issue: Issue) -> list[Party]:
    """The parties without whom nothing can be agreed, and of whose position nothing is known."""
    grid = situation.grid()
    return [p for p in situation.parties if p.veto and grid[p.id, issue.id].unknown]


def _issue(
    situation: Situation, k: int, unknown: Sequence[Party], baseline: Outcome, others: Sequence[Weighed]
) -> IssueReport:
    issue, grid = situation.issues[k], situation.grid()
    standings = [grid[p.id, issue.id] for p in situation.parties]
    inputs = _inputs(situation, issue, standings)
    spreads = [_spread(BASELINE, baseline, k), *(_spread(o.rival.model, o.outcome, k, float(o.noise[k])) for o in others)]
    medians = [s.median for s in spreads]
    return IssueReport(
        id=issue.id, proposition=issue.proposition, zero=issue.zero, hundred=issue.hundred,
        baseline=None if unknown else spreads[0],
        models=() if unknown else tuple(spreads[1:]),
        disagreement=None if unknown else max(medians) - min(medians),
        influences=() if unknown else _influences(situation.parties, standings, baseline, k),
        withheld=_withheld(unknown) if unknown else None,
        warnings=() if unknown else tuple(_warnings(spreads)),
        requirements=_requirements(situation.parties, standings),
        reversion=(issue.reversion.low, issue.reversion.high) if issue.reversion else None,
        sources=tuple(dict.fromkeys(source for i in inputs for source in i.sources)),
        assumed=sum(i.assumed for i in inputs), inputs=len(inputs),
    )  # fmt: skip


def _inputs(situation: Situation, issue: Issue, standings: Sequence[Standing]) -> list[Input]:
    own = [i for s in standings for i in (s.position, s.salience)]
    return [*own, *(p.capability for p in situation.parties), *([issue.reversion] if issue.reversion else [])]


def _spread(model: Model[Outcome], outcome: Outcome, k: int, noise: float = 0.0) -> Distribution:
    low, median, high = np.percentile(outcome.value[:, k], (5, 50, 95))
    return Distribution(
        model=model.name, reference=model.reference,
        low=float(low), median=float(median), high=float(high), tied=float(outcome.tied[:, k].mean()),
        draws=len(outcome.value), noise=noise,
    )  # fmt: skip


def _warnings(spreads: Sequence[Distribution]) -> Iterator[str]:
    """What has to be said of a model whose answer does not come from the inputs."""
    for s in spreads:
        if s.tied >= _TIES:
            yield f"{s.model}: an exact tie decides in {s.tied:.0%} of the draws, and the least change could move it far"
        if s.noise >= CHAOTIC * 100 * NOISE:
            yield f"{s.model}: an error of {NOISE:.2%} in the inputs moves its answer by {s.noise:.1f} points; noise decides"


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
