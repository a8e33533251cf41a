"""The issues' part of a report: every model side by side, what moves the baseline, or why there is no outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from detente.weighing.base import Model, Outcome
from detente.weighing.draws import Draws, FloatArray
from detente.weighing.flips import Flip, flips, middle_of
from detente.weighing.grounds import assumers_of, sources_of
from detente.weighing.noise import CHAOTIC, NOISE
from detente.weighing.results import Correlated, Distribution, Influence, IssueReport, Requirement
from detente.weighing.rivals import BASELINE, RIVALS, Weighed
from detente.weighing.sensitivity import sobol
from detente.weighing.situation import SCALE, Input, Issue, Party, Situation, Standing
from detente.weighing.streams import stream
from detente.weighing.words import few

_KINDS = ("capability", "salience", "position")
_MIDDLE = sum(SCALE) / 2
# So near to the middle of the scale the least change decides on which side an issue lies, and none is worth naming.
_NEITHER = 0.5
# Equal parts of the scale in which draws are counted.
_PARTS = 20
# With fewer parties of which it is known where they stand, an outcome would be made of what was assumed.
_FEWEST = 2
# A tie in so many of the draws is worth a warning.
_TIES = 0.1


def issue_reports(
    situation: Situation, draws: Draws, seed: int = 0, other: tuple[float, Draws] | None = None
) -> tuple[IssueReport, ...]:
    """One report an issue, in the situation's order.

    Args:
        other: another correlation of positions, and the same draws with it.
        seed: of the noise that the models in rounds are given.
    """
    if not situation.issues:
        return ()
    withheld = [_withheld(situation, issue) for issue in situation.issues]
    # Where no issue has an outcome nobody looks at the rivals'.
    fitting = [r for r in RIVALS if r.fits(len(situation.parties), len(situation.issues))]
    rivals = [] if all(withheld) else fitting
    baseline = BASELINE.run(draws)
    correlated = (other[0], BASELINE.run(other[1]).value) if other else None
    others = [r.weigh(draws, stream(seed, k)) for k, r in enumerate(rivals, 1)]
    found = (_issue(situation, k, withheld[k], baseline, others, seed) for k in range(len(situation.issues)))
    return tuple(i.replace(correlated=_correlated(k, *correlated)) if correlated and i.baseline else i for k, i in enumerate(found))


def _correlated(k: int, correlation: float, value: FloatArray) -> Correlated:
    low, high = np.percentile(value[:, k], (5, 95))
    return Correlated(correlation=correlation, low=float(low), high=float(high))


def _withheld(situation: Situation, issue: Issue) -> str | None:
    """Why there is no outcome: somebody is not known without whom there is none, or fewer than two are known at all."""
    grid = situation.grid()
    known = [p.name for p in situation.parties if not grid[p.id, issue.id].unknown]
    unknown = [p.name for p in situation.parties if p.veto and grid[p.id, issue.id].unknown]
    if unknown:
        return f"no outcome is given: nothing can be agreed without {few(unknown)}, and where they stand is not known"
    if len(situation.parties) == 1:
        return f"no outcome is given: {situation.parties[0].name} is the only party on record"
    if len(known) < _FEWEST:
        return f"no outcome is given: of {known[0] if known else 'no party'}{' alone' if known else ''} is it known where it stands"
    return None


def _issue(
    situation: Situation, k: int, withheld: str | None, baseline: Outcome, others: Sequence[Weighed], seed: int
) -> IssueReport:
    issue, grid = situation.issues[k], situation.grid()
    standings = [grid[p.id, issue.id] for p in situation.parties]
    inputs = _inputs(situation, issue, standings)
    spreads = [_spread(BASELINE, baseline, k, len(baseline.value), 0.0)]
    spreads += [_spread(o.rival.model, o.outcome, k, o.draws, float(o.noise[k])) for o in others]
    medians = [s.median for s in spreads]
    side = None if withheld else _side(issue, situation.parties, standings)
    return IssueReport(
        id=issue.id, proposition=issue.proposition, zero=issue.zero, hundred=issue.hundred,
        baseline=None if withheld else spreads[0],
        models=() if withheld else tuple(spreads[1:]),
        disagreement=None if withheld else max(medians) - min(medians),
        influences=() if withheld else _influences(situation.parties, standings, baseline, k, seed),
        withheld=withheld,
        warnings=() if withheld else tuple(_warnings(spreads)),
        requirements=_requirements(situation.parties, standings),
        reversion=(issue.reversion.low, issue.reversion.high) if issue.reversion else None,
        side=side, flips=_flips(situation.parties, standings) if side else (),
        sources=sources_of(inputs), assumed_by=assumers_of(inputs),
        assumed=sum(i.assumed for i in inputs), inputs=len(inputs),
    )  # fmt: skip


def _inputs(situation: Situation, issue: Issue, standings: Sequence[Standing]) -> list[Input]:
    own = [i for s in standings for i in (s.position, s.salience)]
    return [*own, *(p.capability for p in situation.parties), *([issue.reversion] if issue.reversion else [])]


def _spread(model: Model[Outcome], outcome: Outcome, k: int, draws: int, noise: float) -> Distribution:
    low, median, high = np.percentile(outcome.value[:, k], (5, 50, 95))
    return Distribution(
        model=model.name, reference=model.reference,
        low=float(low), median=float(median), high=float(high), shape=_shape(outcome.value[:, k]), tied=float(outcome.tied[:, k].mean()),
        draws=draws, noise=noise,
    )  # fmt: skip


def _shape(values: FloatArray) -> tuple[float, ...]:
    """Shares in equal parts of the scale; rounded, so that a machine's last digit puts nothing over an edge."""
    counts, _ = np.histogram(np.round(values, 6), bins=_PARTS, range=SCALE)
    return tuple((counts / len(values)).tolist())


def _warnings(spreads: Sequence[Distribution]) -> Iterator[str]:
    """What has to be said of a model whose answer does not come from the inputs."""
    for s in spreads:
        if s.tied >= _TIES:
            yield f"{s.model}: an exact tie decides in {s.tied:.0%} of the draws, and the least change could move it far"
        if s.noise >= CHAOTIC * 100 * NOISE:
            yield f"{s.model}: an error of {NOISE:.2%} in the inputs moves its answer by {s.noise:.1f} points; noise decides"


def _influences(
    parties: Sequence[Party], standings: Sequence[Standing], outcome: Outcome, k: int, seed: int
) -> tuple[Influence, ...]:
    """All inputs that can vary, the widest swing first."""
    named = _named(parties, standings)
    spread = {s.name: s for s in sobol(_mean, named, stream(seed, 0, k), mixed=_means_mixed)}
    found = []
    for (name, value), (kind, n) in zip(named.items(), product(_KINDS, range(len(parties))), strict=True):
        slope, share = float(outcome.sensitivity[kind][:, n, k].mean()), spread.get(name)
        influence = Influence(
            actor=parties[n].id, name=parties[n].name, input=kind, derivative=slope, swing=slope * value.width,
            spread=(share.total_interval[0], share.total, share.total_interval[1]) if share else (0.0, 0.0, 0.0),
            sources=value.sources, assumed_by=assumers_of([value]),
        )  # fmt: skip
        found += [influence] if value.width > 0 else []
    return tuple(sorted(found, key=lambda i: (-abs(i.swing), i.actor, i.input)))


def _named(parties: Sequence[Party], standings: Sequence[Standing]) -> dict[str, Input]:
    """The inputs of one issue by name: all capabilities, all saliences, all positions."""
    inputs = [p.capability for p in parties], [s.salience for s in standings], [s.position for s in standings]
    # Two parties may have one name, and then the id tells them apart.
    names = [p.name if [q.name for q in parties].count(p.name) == 1 else f"{p.name} ({p.id})" for p in parties]
    return {f"{kind} of {n}": i for kind, row in zip(_KINDS, inputs, strict=True) for n, i in zip(names, row, strict=True)}


def _mean(rows: FloatArray) -> FloatArray:
    """The weighted mean of one issue from its inputs in the order of `_named`; shapes (B, 3 N) → (B,)."""
    capability, salience, position = np.split(rows, len(_KINDS), axis=1)
    weight = capability * salience
    return _shared((weight * position).sum(axis=1), weight.sum(axis=1))


def _shared(moved: FloatArray, total: FloatArray) -> FloatArray:
    """The mean from its two sums; where nobody has any weight nobody decides: the middle."""
    mean: FloatArray = np.full(total.shape, _MIDDLE)
    np.divide(moved, total, out=mean, where=total > 0)
    return mean


def _means_mixed(first: FloatArray, second: FloatArray, moving: Sequence[int]) -> FloatArray:
    """`_mean` of the first rows, each time with one input from the second: only one party's part of the two sums changes."""
    parties = first.shape[1] // len(_KINDS)
    old = np.array(np.split(first, len(_KINDS), axis=1))
    weight = old[0] * old[1]
    moved, total = (weight * old[2]).sum(axis=1), weight.sum(axis=1)
    found = np.empty((len(moving), len(first)))
    for row, k in enumerate(moving):
        kind, n = divmod(k, parties)
        capability, salience, position = (second[:, k] if j == kind else old[j, :, n] for j in range(len(_KINDS)))
        changed = capability * salience
        # What is left of a sum without its one part may be a rounding error below nothing.
        left = np.maximum(total - weight[:, n], 0.0), np.maximum(moved - weight[:, n] * old[2, :, n], 0.0)
        found[row] = _shared(left[1] + changed * position, left[0] + changed)
    return found


def _side(issue: Issue, parties: Sequence[Party], standings: Sequence[Standing]) -> str | None:
    """What the side means on which the weighted mean lies with all inputs at their middle."""
    mean = float(_mean(np.array([[middle_of(i) for i in _named(parties, standings).values()]]))[0])
    if abs(mean - _MIDDLE) < _NEITHER:
        return None
    return issue.hundred if mean > _MIDDLE else issue.zero


def _flips(parties: Sequence[Party], standings: Sequence[Standing]) -> tuple[Flip, ...]:
    """What would bring the weighted mean to the other side of the middle."""
    named = _named(parties, standings)
    # No party is taken to be ten times as strong as the strongest that anybody could be.
    most = 10.0 * max(p.capability.high for p in parties)
    top = {"capability": most, "salience": 1.0, "position": SCALE[1]}
    return flips(lambda rows: _mean(rows) - _MIDDLE, named, {name: (0.0, top[name.split()[0]]) for name in named})


def _requirements(parties: Sequence[Party], standings: Sequence[Standing]) -> tuple[Requirement, ...]:
    """What would have to be true: a veto player's consent, and what each party made its stance hang on."""
    found = []
    for party, standing in zip(parties, standings, strict=True):
        sources, assumed = standing.position.sources, assumers_of([standing.position])
        if party.veto and standing.unknown:
            found.append(Requirement(text=f"{party.name} agrees: where it stands is not known", sources=sources, assumed_by=assumed))
        elif party.veto and standing.position.high <= _MIDDLE:
            found.append(Requirement(text=f"{party.name} agrees: it is opposed", sources=sources, assumed_by=assumed))
        if standing.unknown and sources and standing.position.note:
            said = f"{party.name} says where it stands: on record is “{standing.position.note}”, which leaves the whole scale open"
            found.append(Requirement(text=said, sources=sources, assumed_by=assumed))
        found += [Requirement(text=f"{party.name}: {text}", sources=sources, assumed_by=assumed) for text in standing.conditions]
    return tuple(found)
