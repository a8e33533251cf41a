"""Weigh a situation: draw its inputs, run every model, report distributions with what they rest on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence

import detente
from detente.errors import SituationError
from detente.weighing.coalitions import Coalitions
from detente.weighing.deal import OnTheTable, deal_report, no_deal
from detente.weighing.deal_results import DealReport
from detente.weighing.draws import draw
from detente.weighing.durability import Durability, durability
from detente.weighing.enforcement import EnforcementReport, enforcement
from detente.weighing.grounds import assumers_of
from detente.weighing.guarantees import LayeredGuarantees
from detente.weighing.importance import ComponentImportance
from detente.weighing.issues import issue_reports
from detente.weighing.joining import ConditionalJoining
from detente.weighing.results import IssueReport, Report, StepReport
from detente.weighing.rivals import RIVALS
from detente.weighing.situation import Basis, Situation
from detente.weighing.specifications import SpecificationCurve
from detente.weighing.streams import stream
from detente.weighing.survival import KaplanMeier
from detente.weighing.terms import term_reports
from detente.weighing.toml import check, dumps
from detente.weighing.whatif import falls, removed
from detente.weighing.whatif import without as taken_away

# Of which the effect on the baseline is told where positions are drawn each by itself.
_CORRELATION = 0.5
# Issues of which nothing can be said, and records that could not be used, are named one by one up to here.
_NAMED = 3


def weigh(situation: Situation, *, draws: int = 1000, seed: int = 0, without: Sequence[str] = (), correlation: float = 0.0) -> Report:
    """A scenario: what follows from the inputs, as far as they are known.

    Args:
        draws: number of times that every input is drawn, 1 or more.
        seed: of the random numbers, 0 or more; the same seed gives the same report.
        without: what is taken not to come true: ids of terms, facts or parties, or words of theirs
            ("us backstop"); the report then says what falls.
        correlation: rank correlation, 0–1, between the positions of any two parties on one issue, by a common shock;
            0 draws each by itself. The report says what the baseline would be with another.

    Returns:
        The report, whose first line says how many of the inputs are assumed. On an issue where the position
        of a veto player is unknown there is no outcome but what would have to be true.

    Raises:
        SituationError: the situation cannot be weighed, or is empty; `draws`, `seed` or `correlation` is out of bounds.
        UnknownName: a name in `without` fits nothing.
    """
    _check(situation, draws, seed, correlation)
    gone = removed(situation, without)
    changed = taken_away(situation, gone)
    # Each the first of its own generator: with and without differ by nothing but what was taken away.
    after = draw(changed, draws, stream(seed), correlation)
    before = draw(situation, draws, stream(seed), correlation) if without else after
    coalitions = Coalitions(changed, after)
    table, deal = _deal(changed, draws, seed, gone.ids)
    other = 0.0 if correlation else _CORRELATION
    issues = issue_reports(changed, after.draws, seed, (other, draw(changed, draws, stream(seed), other).draws))
    lasting, kept = _durability(changed), _enforcement(changed, draws, seed)
    inputs = list(changed.inputs())
    assumed = sum(i.assumed for i in inputs)
    return Report(
        title=situation.title,
        first_line=f"{assumed} of {len(inputs)} inputs assumed",
        assumed=assumed, counted=len(inputs),
        methods=_methods(changed, issues, deal, lasting, kept),
        parameters={"draws": draws, "correlation": correlation, "without": list(without)}, seed=seed,
        inputs=hashlib.sha256(dumps(situation).encode()).hexdigest(), version=detente.__version__,
        issues=issues, coalitions=coalitions.reports(),
        terms=term_reports(changed, coalitions), steps=_steps(changed, table), deal=deal,
        durability=lasting, enforcement=kept, unknown=_unknown(changed, issues, deal, lasting, kept),
        falls=falls(situation, before, after, without, gone) if without else None,
        assumptions=_assumptions(inputs), left_out=situation.left_out,
    )  # fmt: skip


def _check(situation: Situation, draws: int, seed: int, correlation: float) -> None:
    for name, number, least in (("draws", draws, 1), ("seed", seed, 0)):
        if number < least:
            raise SituationError(f"{name}: got {number}, expected {least} or more")
    if not 0.0 <= correlation <= 1.0:
        raise SituationError(f"correlation: got {correlation}, expected a number from 0 to 1")
    check(situation)
    if not (situation.issues or situation.members or situation.terms):
        left = f"; left out: {'; '.join(situation.left_out[:_NAMED])}" if situation.left_out else ""
        raise SituationError(
            f"got a situation without issues, members of a coalition or terms, expected something to weigh{left}",
            "detente show positions, to see what is on record; or a situation of your own, in a file: detente weigh FILE.toml",
        )


def _methods(
    situation: Situation, issues: Sequence[IssueReport], deal: DealReport | None, lasting: Durability | None,
    kept: EnforcementReport | None,
) -> tuple[str, ...]:
    """The names of the models that had something to say."""
    found = dict.fromkeys(d.model for issue in issues for d in (issue.baseline, *issue.models) if d)
    found |= dict.fromkeys([ConditionalJoining.name] if situation.members or situation.terms else [])
    found |= dict.fromkeys(s.method for s in deal.settled) if deal else {}
    found |= dict.fromkeys([KaplanMeier.name] if lasting else [])
    found |= dict.fromkeys([SpecificationCurve.name] if lasting and lasting.effect else [])
    found |= dict.fromkeys([LayeredGuarantees.name, ComponentImportance.name] if kept else [])
    return tuple(found)


def _deal(
    situation: Situation, draws: int, seed: int, gone: Collection[str]
) -> tuple[OnTheTable | None, DealReport | None]:
    """The packages, where there are any to speak of, and what is said of them."""
    if not situation.terms:
        return None, None
    try:
        table = OnTheTable(situation, draws, seed, gone)
    except SituationError as error:
        return None, no_deal(situation, error.message)
    return table, deal_report(table)


def _durability(situation: Situation) -> Durability | None:
    asked = situation.durability
    if asked is None:
        return None
    found = durability(asked.conflict, asked.ending, guarantee=asked.guarantee)
    return found.replace(sources=asked.basis.sources, assumed_by=assumers_of([asked.basis]))


def _enforcement(situation: Situation, draws: int, seed: int) -> EnforcementReport | None:
    """Whether the deal would be kept, without the parts whose term cannot be in place."""
    deal = situation.enforcement
    # What a term depends on is what somebody wants of the deal; what deters does so with or without the rest.
    gone = {t.id for t in situation.terms if t.chance.high == 0}
    parts = tuple(p for p in deal.parts if p.term not in gone) if deal else ()
    if deal is None or not parts:
        return None
    sides = {side: situation.name(getattr(deal, side)) for side in ("revisionist", "defender")}
    return enforcement(deal.replace(parts=parts, **sides), draws=draws, seed=seed)


def _steps(situation: Situation, table: OnTheTable | None) -> tuple[StepReport, ...]:
    """The stages in their order, with what all who took part so far would accept."""
    found, so_far = [], dict[str, None]()
    for step in sorted(situation.steps, key=lambda s: s.order):
        so_far |= dict.fromkeys(step.actors)
        known = {p.id for p in table.known} if table else set()
        found.append(StepReport(
            order=step.order, action=step.action, actors=tuple(situation.name(a) for a in step.actors),
            left=table.left(tuple(so_far)) if table else (0, 0), of=len(table.packages) if table else 0,
            unknown=tuple(situation.name(a) for a in step.actors if a not in known),
            sources=step.basis.sources, assumed_by=assumers_of([step.basis]),
        ))  # fmt: skip
    return tuple(found)


def _unknown(
    situation: Situation, issues: Sequence[IssueReport], deal: DealReport | None, lasting: Durability | None,
    kept: EnforcementReport | None,
) -> tuple[str, ...]:
    """What the report cannot say, the weightiest first."""
    found = [
        f"{_which([i for i in issues if i.withheld == why], issues)}: {why}"
        for why in dict.fromkeys(i.withheld for i in issues if i.withheld)
    ]
    found += [f"the deal: {deal.withheld}"] if deal and deal.withheld else []
    if deal and not situation.durability:
        found.append("whether it would last: nobody has said which past cases are comparable (`[durability]`)")
    if deal and not situation.enforcement:
        found.append("whether it would be kept: nobody has said what war would bring either side (`[enforcement]`)")
    elif situation.enforcement and kept is None:
        found.append("whether it would be kept: no part of the package can be in place")
    found += (f"whether it would last: {why}" for why in (lasting.withheld if lasting else ()))
    size = len(situation.parties), len(situation.issues)
    slow = [r.model.name for r in RIVALS if any(i.baseline for i in issues) and size[1] >= r.issues and not r.fits(*size)]
    found += (f"what the {name} says: {size[0]} parties and {size[1]} issues would take it too long" for name in slow)
    found += (f"issue “{i.proposition}”: {warning}" for i in issues for warning in i.warnings)
    return tuple(found)


def _which(some: Sequence[IssueReport], every: Sequence[IssueReport]) -> str:
    """Issues by name, where they are few enough to be named."""
    if len(some) > _NAMED:
        return f"{len(some)} of {len(every)} issues"
    return f"issue{'s' if len(some) > 1 else ''} {', '.join(f'“{i.proposition}”' for i in some)}"


def _assumptions(inputs: Sequence[Basis]) -> tuple[str, ...]:
    """Each assumption with who made it and how often, the most frequent first."""
    count = Counter((i.note or "no reason given", i.assumed_by) for i in inputs if i.assumed)
    return tuple(f"{times} × {note} ({by})" for (note, by), times in sorted(count.items(), key=lambda c: (-c[1], c[0])))
