"""What must hold of a situation before it is weighed: numbers in range, references that lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from math import isfinite

from detente.weighing.base_rates import ANY, conflicts, endings
from detente.weighing.situation import ENOUGH_CASES, SCALE, Basis, Enforcement, Input, Joining, Situation

Place = tuple[str | int, ...]
"""Where in a situation: ("standings", 2, "position", "low")."""
Problem = tuple[Place, str]
"""A place, and what was got and expected there."""

# No power or worth is so large, in any currency; sums and products of such numbers stay finite.
MOST = 1e15
BLANK = "?"
"""What stands where only a person knows what belongs there."""

# Every subset of the parts is weighed: 4,096 of twelve.
MOST_PARTS = 12


def problems(situation: Situation) -> Iterator[Problem]:
    """Every reason why the situation cannot be weighed, in the order of its parts; nothing where it can."""
    yield from _ids(situation)
    yield from _parties(situation)
    yield from _standings(situation)
    yield from _terms(situation)
    yield from _members(situation)
    yield from _worths(situation)
    yield from _durability(situation)
    yield from _enforcement(situation)


def _ids(s: Situation) -> Iterator[Problem]:
    tables: dict[str, Sequence[str]] = {
        "parties": [p.id for p in s.parties],
        "issues": [i.id for i in s.issues],
        "coalitions": [c.id for c in s.coalitions],
        # The targets of conditions share one space of names, so that a target says one thing.
        "terms": [t.id for t in s.terms],
        "facts": [f.id for f in s.facts],
    }
    for table, ids in tables.items():
        yield from _doubles(table, ids)
    taken = {*tables["parties"], *tables["terms"]}
    for k, term in enumerate(tables["terms"]):
        if term in tables["parties"]:
            yield ("terms", k, "id"), f"got {term!r}, which is a party's id too, expected one of its own"
    for k, fact in enumerate(tables["facts"]):
        if fact in taken:
            yield ("facts", k, "id"), f"got {fact!r}, which is a party's or a term's id too, expected one of its own"


def _doubles(table: str, keys: Sequence[object], field: str = "id") -> Iterator[Problem]:
    count = Counter(keys)
    for k, key in enumerate(keys):
        if count[key] > 1 and keys.index(key) < k:
            yield (table, k, field), f"got {key!r} a second time, expected each once"


def _parties(s: Situation) -> Iterator[Problem]:
    for k, party in enumerate(s.parties):
        yield from _number(("parties", k, "capability"), party.capability, 0.0, None)
        if party.veto:
            yield from _basis(("parties", k, "veto"), party.veto)
        if party.without_deal:
            yield from _number(("parties", k, "without_deal"), party.without_deal, -MOST, MOST)
    if s.issues and not s.parties:
        yield ("issues", 0), "got issues and no parties, expected somebody who stands somewhere"
    for k, issue in enumerate(s.issues):
        if issue.reversion:
            yield from _number(("issues", k, "reversion"), issue.reversion, *SCALE)


def _standings(s: Situation) -> Iterator[Problem]:
    parties, issues = {p.id for p in s.parties}, {i.id for i in s.issues}
    yield from _doubles("standings", [(x.actor, x.issue) for x in s.standings], "actor")
    for k, standing in enumerate(s.standings):
        yield from _known(("standings", k, "actor"), standing.actor, parties, "a party")
        yield from _known(("standings", k, "issue"), standing.issue, issues, "an issue")
        yield from _number(("standings", k, "position"), standing.position, *SCALE)
        yield from _number(("standings", k, "salience"), standing.salience, 0.0, 1.0)
        if standing.salience.high == 0:
            yield ("standings", k, "salience", "high"), "got 0, expected more than 0"


def _terms(s: Situation) -> Iterator[Problem]:
    parties, terms = {p.id for p in s.parties}, {t.id for t in s.terms}
    for k, term in enumerate(s.terms):
        yield from _chance(("terms", k), term.chance, term.cases)
        yield from _basis(("terms", k, "basis"), term.basis)
        for other in term.depends_on:
            yield from _known(("terms", k, "depends_on"), other, terms, "a term")
        if len(set(term.levels)) < max(2, len(term.levels)):
            yield ("terms", k, "levels"), f"got {list(term.levels)}, expected two or more different names"
    for k, fact in enumerate(s.facts):
        yield from _chance(("facts", k), fact.chance, fact.cases)
        yield from _basis(("facts", k, "basis"), fact.basis)
    for k, step in enumerate(s.steps):
        yield from _basis(("steps", k, "basis"), step.basis)
        if step.order < 1:
            yield ("steps", k, "order"), f"got {step.order}, expected 1 or more"
        for actor in step.actors:
            yield from _known(("steps", k, "actors"), actor, parties, "a party")


def _members(s: Situation) -> Iterator[Problem]:
    parties, coalitions = {p.id for p in s.parties}, {c.id for c in s.coalitions}
    things = {t.id for t in s.terms} | {f.id for f in s.facts}
    yield from _doubles("members", [(m.coalition, m.actor) for m in s.members], "actor")
    for k, coalition in enumerate(s.coalitions):
        if coalition.needs is not None and coalition.needs < 1:
            yield ("coalitions", k, "needs"), f"got {coalition.needs}, expected 1 or more"
        if (coalition.needs is None) != (coalition.basis is None):
            yield ("coalitions", k, "needs"), "expected `needs` and its `basis` together, or neither"
        if coalition.basis:
            yield from _basis(("coalitions", k, "basis"), coalition.basis)
    for k, member in enumerate(s.members):
        yield from _known(("members", k, "actor"), member.actor, parties, "a party")
        yield from _known(("members", k, "coalition"), member.coalition, coalitions, "a coalition")
        yield from _basis(("members", k, "basis"), member.basis)
        others = {m.actor for m in s.members if m.coalition == member.coalition} - {member.actor}
        for condition in member.conditions:
            yield from _condition(("members", k, "conditions"), condition, things | others)


def _worths(s: Situation) -> Iterator[Problem]:
    parties, levels = {p.id for p in s.parties}, {t.id: len(t.levels) for t in s.terms}
    yield from _doubles("worths", [(w.actor, w.term) for w in s.worths], "actor")
    for k, worth in enumerate(s.worths):
        yield from _known(("worths", k, "actor"), worth.actor, parties, "a party")
        yield from _known(("worths", k, "term"), worth.term, levels, "a term")
        above = levels.get(worth.term, 0) - 1
        if above > 0 and len(worth.levels) != above:
            expected = f"{above}: one for each level of the term above the lowest"
            yield ("worths", k, "levels"), f"got {len(worth.levels)}, expected {expected}"
        for level in worth.levels:
            yield from _number(("worths", k, "levels"), level, -MOST, MOST)
    if s.deal and s.deal.others < 0:
        yield ("deal", "others"), f"got {s.deal.others}, expected 0 or more"
    if s.deal and s.deal.others > sum(not p.veto for p in s.parties):
        yield ("deal", "others"), f"got {s.deal.others}, expected no more than there are parties without a veto"
    if s.deal and (s.deal.others == 0) != (s.deal.basis is None):
        yield ("deal", "others"), "expected `others` and its `basis` together, or neither"
    if s.deal and s.deal.basis:
        yield from _basis(("deal", "basis"), s.deal.basis)


def _durability(s: Situation) -> Iterator[Problem]:
    if s.durability:
        yield from _basis(("durability", "basis"), s.durability.basis)
        yield from _known(("durability", "conflict"), s.durability.conflict, (ANY, *conflicts()), "a kind of conflict", "name")
        yield from _known(("durability", "ending"), s.durability.ending, (ANY, *endings()), "an ending", "name")


def _enforcement(s: Situation) -> Iterator[Problem]:
    deal = s.enforcement
    if deal is None:
        return
    parties, terms = {p.id for p in s.parties}, {t.id for t in s.terms}
    for field in ("revisionist", "defender"):
        yield from _known(("enforcement", field), getattr(deal, field), parties, "a party")
    if deal.revisionist == deal.defender:
        yield ("enforcement", "defender"), f"got {deal.defender!r}, which is the revisionist too, expected another party"
    if deal.periods < 1:
        yield ("enforcement", "periods"), f"got {deal.periods}, expected 1 or more"
    for field in deal.FIELDS:
        yield from _number(("enforcement", field), getattr(deal, field), 0.0, _most(field))
    yield from _parts(deal, terms)


def _parts(deal: Enforcement, terms: set[str]) -> Iterator[Problem]:
    if not 1 <= len(deal.parts) <= MOST_PARTS:
        yield ("enforcement", "parts"), f"got {len(deal.parts)}, expected 1 to {MOST_PARTS}"
    names = [part.name for part in deal.parts]
    for k, part in enumerate(deal.parts):
        place = ("enforcement", "parts", k)
        if names.index(part.name) < k:
            yield (*place, "name"), f"got {part.name!r} a second time, expected each once"
        if part.term is not None:
            yield from _known((*place, "term"), part.term, terms, "a term")
        for field in part.FIELDS:
            if (value := getattr(part, field)) is not None:
                yield from _number((*place, field), value, 0.0, _most(field))


def _most(field: str) -> float:
    """Costs are shares of what is disputed and may exceed it; all else is a chance or a share."""
    return MOST if field in ("cost", "cost_r", "cost_u", "punishment") else 1.0


def _condition(place: Place, condition: Joining, targets: set[str]) -> Iterator[Problem]:
    deciding = [f for f in ("target", "count", "share") if getattr(condition, f) is not None]
    if len(deciding) != 1:
        got = " and ".join(deciding) or "none"
        yield place, f"{condition.text!r}: got {got}, expected exactly one of target, count and share"
    if condition.target is not None:
        yield from _known(place, condition.target, targets, "a term, a fact or another member of the coalition")
    if condition.count is not None and condition.count < 1:
        yield place, f"{condition.text!r}: got the count {condition.count}, expected 1 or more"
    if condition.share is not None and not 0 < condition.share <= 1:
        yield place, f"{condition.text!r}: got the share {condition.share}, expected more than 0, at most 1"


def _known(place: Place, key: str, ids: Iterable[str], what: str, kind: str = "id") -> Iterator[Problem]:
    known = sorted(ids)
    if key not in known:
        expected = f"the {kind} of {what}: {', '.join(known) or 'there is none'}"
        yield place, f"got {key!r}, expected {expected}{nearest(key, known)}"


def nearest(name: str, known: Sequence[str]) -> str:
    """The known name that somebody may have meant, as words to add to an error; empty where none is near."""
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _chance(place: Place, chance: Input, cases: int) -> Iterator[Problem]:
    """The problems of a probability, which is a number only where enough cases bear it."""
    yield from _number((*place, "chance"), chance, 0.0, 1.0)
    if cases < 0:
        yield (*place, "cases"), f"got {cases}, expected 0 or more"
    elif cases < ENOUGH_CASES and chance.width == 0 and 0 < chance.low < 1:
        expected = f"an interval, or {ENOUGH_CASES} comparable cases in `cases`"
        yield (*place, "chance"), f"got the probability {chance.low:g} from {cases} cases, expected {expected}"


def _basis(place: Place, basis: Basis) -> Iterator[Problem]:
    if bool(basis.sources) == bool(basis.assumed_by):
        got = "both" if basis.sources else "neither"
        yield place, f"got {got}, expected either `sources` (ids of records) or `assumed_by` (who)"
    elif basis.assumed_by == BLANK:
        yield (*place, "assumed_by"), f"got {BLANK!r}, expected the name of who assumes it"


def _number(place: Place, value: Input, least: float, most: float | None) -> Iterator[Problem]:
    """The problems of an input that must lie from `least` to `most`; with no `most`, above `least` somewhere."""
    yield from _basis(place, value)
    top = MOST if most is None else most
    span = f"a number from {least:g} to {top:g}"
    for field in ("low", "high", "mode"):
        number = getattr(value, field)
        if number is not None and not (isfinite(number) and least <= number <= top):
            yield (*place, field), f"got {number}, expected {span}"
    if value.low > value.high:
        yield (*place, "low"), f"got {value.low:g} above high {value.high:g}, expected low ≤ high"
    if value.mode is not None and not value.low <= value.mode <= value.high:
        yield (*place, "mode"), f"got {value.mode:g}, expected one from low {value.low:g} to high {value.high:g}"
    if most is None and value.high == least:
        yield (*place, "high"), f"got {value.high:g}, expected more than {least:g}"
