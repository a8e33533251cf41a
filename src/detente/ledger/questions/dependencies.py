"""What depends on what: conditions, and terms that need other terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.wording import spaced
from detente.ledger.rows import name_key
from detente.ledger.store import Ledger
from detente.records import (
    AnyRecord,
    Condition,
    ConditionType,
    Membership,
    Pledge,
    Position,
    Term,
    kind_of,
)


class Dependency(Row, frozen=True, kw_only=True):
    """One thing that hangs on another.

    Args:
        record: id of the record that hangs on something.
        kind: its kind.
        what: what hangs: a term's proposition, a position's issue, the words of a pledge, a member's name.
        on: what it hangs on, in the article's words, or the proposition of another term.
        type: what sort of condition; `term` where one term needs another.
        target: id of the term or actor that it points to, where that could be told.
        degree: 1 where it hangs on what was asked for itself, 2 where it hangs on something that does, and so on; `None` where
            nothing was asked for.
    """

    record: str
    kind: str
    what: str
    on: str
    type: ConditionType
    target: str | None
    degree: int | None = None

    @property
    def place(self) -> Place:
        """Where it is said."""
        return self.places[0]

    @property
    def heading(self) -> str:
        """What hangs."""
        return self.what

    def details(self) -> Iterator[str]:
        """What it hangs on."""
        further = f", {self.degree} steps from what was asked for" if (self.degree or 1) > 1 else ""
        yield f"hangs on: {self.on} ({spaced(self.type)}){further}"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {"what": self.what, "kind": self.kind, "hangs on": self.on, "type": self.type, "target": self.target or "",
               "degree": self.degree or ""}  # fmt: skip


def depends(ledger: Ledger, on: str | None = None, *, as_of: str | None = None) -> Answer[Dependency]:
    """What depends on what, from the conditions of records and the terms that need others.

    Rejected records are left out.

    Args:
        ledger: the records.
        on: show only what hangs on this, at first or at second hand: words of a condition, or the name or id of a term
            or actor. "What if there is no monitoring mission?" is `depends(ledger, on="monitoring mission")`.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    records = [r for kind in ("term", "pledge", "position", "membership") for r in look.hanging(kind)]
    needed = {key for record in records if isinstance(record, Term) for key in record.depends_on}
    terms: dict[str, Term] = {t.id: t for t in look.these(needed) if isinstance(t, Term)}
    found = [dependency for record in records for dependency in _of(record, terms, look)]
    if on is not None:
        found = _hanging_on(found, {on, *look.ids_of(on, expected=False)}, name_key(on))
    return Answer.of(look, "depends", "dependence", found, about=on)


def _of(record: AnyRecord, terms: dict[str, Term], look: Look) -> Iterator[Dependency]:
    match record:
        case Term():
            for other in (terms[key] for key in record.depends_on if key in terms):
                yield _needs_term(record, other, look.place(record))
        case Pledge() | Position() | Membership():
            for condition in record.conditions:
                yield _has_condition(record, condition, look.place(record))


def _needs_term(term: Term, other: Term, place: Place) -> Dependency:
    return Dependency(
        record=term.id,
        kind="term",
        what=term.proposition,
        on=other.proposition,
        type="term",
        target=other.id,
        places=(place,),
    )


def _has_condition(record: Pledge | Position | Membership, condition: Condition, place: Place) -> Dependency:
    return Dependency(
        record=record.id, kind=kind_of(record), what=_what(record, place), on=condition.text, type=condition.type,
        target=condition.target, places=(place,),
    )  # fmt: skip


def _what(record: Pledge | Position | Membership, place: Place) -> str:
    match record:
        case Position():
            return f"{record.actor.name if record.actor else 'unknown'}: {record.issue}"
        case Membership():
            return f"{record.actor.name} in {record.coalition.name}"
        case _:
            return place.words


def _hanging_on(found: Sequence[Dependency], targets: set[str], words: str) -> list[Dependency]:
    """What hangs on the targets or the words, and what hangs on that, until nothing more is found."""
    hanging: dict[int, Dependency] = {}
    degree = 0
    while more := {
        n: d for n, d in enumerate(found)
        if n not in hanging and (d.target in targets or (words and words in name_key(d.on)))
    }:  # fmt: skip
        degree += 1
        hanging |= {n: d.replace(degree=degree) for n, d in more.items()}
        targets = targets | {d.record for d in more.values()}
    return [hanging[n] for n in sorted(hanging)]
