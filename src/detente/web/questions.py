"""The questions that the browser asks: each with what its address may say and how the ledger answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from detente.ledger.questions import (
    Answer,
    changes,
    coalition,
    contradictions,
    depends,
    overdue,
    promises,
    repeats,
    shifts,
    sides,
    sources,
    stands,
    terms,
    totals,
)
from detente.web.asking import Ask


class Question(NamedTuple):
    """A question.

    Args:
        title: as a heading.
        asks: in a line.
        kind: of the records that it is about; `None` for several.
        fields: what its address may say beside the filters: `actor`, `about`, `as_of`, `since`.
        answer: asks the ledger.
    """

    title: str
    asks: str
    kind: str | None
    fields: tuple[str, ...]
    answer: Callable[[Ask], Answer[Any]]


def _actor(find: Callable[..., Answer[Any]]) -> Callable[[Ask], Answer[Any]]:
    return lambda ask: find(ask.ledger, ask.one("who"), as_of=ask.one("as_of"))


def _about(find: Callable[..., Answer[Any]]) -> Callable[[Ask], Answer[Any]]:
    return lambda ask: find(ask.ledger, ask.one("about"), as_of=ask.one("as_of"))


def _both(find: Callable[..., Answer[Any]]) -> Callable[[Ask], Answer[Any]]:
    return lambda ask: find(ask.ledger, ask.one("about"), actor=ask.one("who"), as_of=ask.one("as_of"))


def _changes(ask: Ask) -> Answer[Any]:
    since = ask.one("from") or last_day(ask)
    return changes(ask.ledger, since=since, actor=ask.one("who"), as_of=ask.one("as_of"))


def _overdue(ask: Ask) -> Answer[Any]:
    return overdue(ask.ledger, ask.one("who"), as_of=ask.one("as_of"))


def last_day(ask: Ask) -> str:
    """The day of the last article; today where none has a day."""
    found = ask.ledger.connection.column("SELECT max(published) FROM articles")[0]
    return str(found)[:10] if found else date.today().isoformat()


QUESTIONS = {
    "promises": Question("Promises", "What was promised, to whom, how much, by when", "pledge", ("who", "as_of"), _actor(promises)),
    "repeats": Question("Repeats", "What is new money, and what a repeat", "pledge", ("who", "as_of"), _actor(repeats)),
    "totals": Question("Totals", "What stands at each stage, without double counting", "pledge", ("who", "as_of"), _actor(totals)),
    "overdue": Question("Overdue", "What is overdue, stalled, suspended or broken", "pledge", ("who", "as_of"), _overdue),
    "depends": Question("Dependence", "What hangs on what", None, ("about", "as_of"), _about(depends)),
    "stands": Question("Stances", "Where each party stands, on what evidence", "position", ("about", "who", "as_of"), _both(stands)),
    "shifts": Question("Shifts", "Who changed position, when, from what to what", "position", ("who", "as_of"), _actor(shifts)),
    "terms": Question("Terms", "Which terms the parties accept, reject, leave open", "term", ("about", "who", "as_of"), _both(terms)),
    "coalition": Question("Coalition", "Who is in, who is out, on what condition", "membership", ("about", "as_of"), _about(coalition)),
    "sources": Question("Sources", "Who said it first; direct, indirect, anonymous; one wire story or several", "statement", ("about", "who", "as_of"), _both(sources)),
    "contradictions": Question("Contradictions", "Where sources contradict each other", None, ("who", "as_of"), _actor(contradictions)),
    "sides": Question("Sides", "Who sides with whom, and who bridges", None, ("who", "as_of"), _actor(sides)),
    "changes": Question("Changes", "What changed since a day", None, ("from", "who", "as_of"), _changes),
}  # fmt: skip
LABELS = {"who": "Party", "about": "About", "as_of": "As of", "from": "Since"}
