"""What is overdue, stalled, suspended or broken as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from detente.ledger.filters import iso_date
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.edtf import last_day
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import day_of
from detente.ledger.questions.promises import Promise, folded, pledges_of
from detente.ledger.questions.wording import counted, hung_on, spaced
from detente.ledger.store import Ledger

State = Literal["broken", "suspended", "overdue", "stalled"]
_DONE = frozenset({"delivered"})
_KEPT = frozenset({"kept"})
_BROKEN = frozenset({"broken", "withdrawn"})
QUIET = 180
"""Days without news after which a pledge is called stalled, while the coverage goes on."""


class Overdue(Row, frozen=True, kw_only=True):
    """A pledge that is not on its way.

    Args:
        promise: the pledge.
        state: broken or withdrawn; suspended ("put on ice"); overdue: the day has passed, and no delivery is on record;
            stalled: not delivered, and the coverage went on for half a year without a word of it.
        due: last day on which it could have been kept, ISO; `None` where none was set.
        days: since that day, or since the last word of a stalled pledge; `None` where no day counts.
    """

    promise: Promise
    state: State
    due: str | None
    days: int | None

    @property
    def heading(self) -> str:
        """The state, for how long, and the pledge."""
        told = spaced(self.promise.outcome) if self.state == "broken" else self.state
        since = f" for {counted(self.days, 'day')}" if self.days is not None else ""
        return f"{told}{since}: {self.promise.heading}"

    def details(self) -> Iterator[str]:
        """What it hung on: whether that came true, the record does not tell."""
        for condition in self.promise.conditions:
            yield f"{hung_on(condition)}: whether that came true is not told"
        if any(p.factuality != "actual" or p.hearsay for p in self.promise.places):
            yield "not all of it is told as a plain fact"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        for line in self.promise.cells():
            yield {"state": self.state, "days": "" if self.days is None else self.days} | line


def overdue(ledger: Ledger, actor: object = None, *, as_of: str | None = None) -> Answer[Overdue]:
    """The pledges that are broken, suspended, overdue or stalled, each in the first of these states that fits.

    Args:
        ledger: the records.
        actor: as `promises` takes it.
        as_of: the day, as YYYY-MM-DD; today where `None`. What was published later is not looked at.
    """
    look = Look(ledger, date.today().isoformat() if as_of is None else iso_date(as_of, "as_of"))
    last = look.scope.last
    pledges = [p for p in pledges_of(look, actor) if p.factuality != "hypothetical"]
    found = [
        row
        for _, p in folded(look, pledges)
        if (row := _state(p, date.fromisoformat(look.as_of or ""), last))
    ]
    found.sort(key=lambda row: (get_args(State).index(row.state), -(row.days or 0), row.promise.id))
    notes = ["as of today, since no day was given"] if as_of is None else []
    return Answer.of(look, "overdue", "pledge", found, about=actor, notes=notes)


def _state(promise: Promise, on: date, last_news: str | None) -> Overdue | None:
    due = last_day(promise.due) if promise.due else None
    late = (on - due).days if due else None
    if promise.outcome in _BROKEN:
        return _row(promise, "broken", due, None)
    if promise.stage in _DONE or promise.outcome in _KEPT:
        return None
    if promise.stage == "suspended":
        return _row(promise, "suspended", due, None)
    if late is not None and late > 0:
        return _row(promise, "overdue", due, late)
    quiet = _quiet(promise, last_news)
    return _row(promise, "stalled", due, quiet) if quiet is not None and quiet > QUIET else None


def _quiet(promise: Promise, last_news: str | None) -> int | None:
    """Days from the last word of a pledge to the last article of all: where the coverage ends, silence says nothing."""
    told, end = [day for p in promise.places if (day := p.day)], day_of(last_news)
    return (end - max(told)).days if told and end else None


def _row(promise: Promise, state: State, due: date | None, days: int | None) -> Overdue:
    return Overdue(
        promise=promise, state=state, due=due.isoformat() if due else None, days=days, places=promise.places
    )
