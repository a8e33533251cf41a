"""What depends on what: conditions, and terms that need other terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.ledger.questions.places import Place, Places, standing
from detente.ledger.rows import name_key
from detente.ledger.store import Ledger
from detente.records import (
    AnyRecord,
    Condition,
    ConditionType,
    Membership,
    Part,
    Pledge,
    Position,
    Term,
    kind_of,
)


class Dependency(Part, frozen=True, kw_only=True):
    """One thing that hangs on another.

    Args:
        record: id of the record that hangs on something.
        kind: its kind.
        what: what hangs: a term's proposition, a position's issue, the words of a pledge, a member's name.
        on: what it hangs on, in the article's words, or the proposition of another term.
        type: what sort of condition; `term` where one term needs another.
        target: id of the term or actor that it points to, where that could be told.
        place: where it is said.
    """

    record: str
    kind: str
    what: str
    on: str
    type: ConditionType
    target: str | None
    place: Place


def depends(ledger: Ledger, on: str | None = None) -> list[Dependency]:
    """What depends on what, from the conditions of records and the terms that need others.

    Rejected records are left out.

    Args:
        ledger: the records.
        on: show only what hangs on this, at first or at second hand: words of a condition, or the name or id of a term
            or actor. "What if there is no monitoring mission?" is `depends(ledger, on="monitoring mission")`.
    """
    places = Places(ledger)
    terms = {t.id: t for t in standing(ledger.terms) if isinstance(t, Term)}
    found = [
        dependency
        for kind in ("term", "pledge", "position", "membership")
        for record in standing(ledger.records(kind))
        for dependency in _of(record, terms, places)
    ]
    return found if on is None else _hanging_on(found, _targets(ledger, on), name_key(on))


def _of(record: AnyRecord, terms: dict[str, Term], places: Places) -> Iterator[Dependency]:
    match record:
        case Term():
            for other in (terms[key] for key in record.depends_on if key in terms):
                yield _needs_term(record, other, places.of(record))
        case Pledge() | Position() | Membership():
            for condition in record.conditions:
                yield _has_condition(record, condition, places.of(record))


def _needs_term(term: Term, other: Term, place: Place) -> Dependency:
    return Dependency(
        record=term.id, kind="term", what=term.proposition, on=other.proposition, type="term", target=other.id, place=place
    )


def _has_condition(record: Pledge | Position | Membership, condition: Condition, place: Place) -> Dependency:
    return Dependency(
        record=record.id, kind=kind_of(record), what=_what(record, place), on=condition.text, type=condition.type,
        target=condition.target, place=place,
    )  # fmt: skip


def _what(record: Pledge | Position | Membership, place: Place) -> str:
    match record:
        case Position():
            return f"{record.actor.name if record.actor else 'unknown'}: {record.issue}"
        case Membership():
            return f"{record.actor.name} in {record.coalition.name}"
        case _:
            return place.words


def _targets(ledger: Ledger, on: str) -> set[str]:
    """The ids that may be meant: the words themselves, and the actors of that name."""
    return {on, *(actor.id for actor in ledger.actors.where(name=on))}


def _hanging_on(found: Sequence[Dependency], targets: set[str], words: str) -> list[Dependency]:
    """What hangs on the targets or the words, and what hangs on that, until nothing more is found."""
    hanging: dict[int, Dependency] = {}
    while more := {
        n: d for n, d in enumerate(found)
        if n not in hanging and (d.target in targets or (words and words in name_key(d.on)))
    }:  # fmt: skip
        hanging |= more
        targets = targets | {d.record for d in more.values()}
    return [hanging[n] for n in sorted(hanging)]
