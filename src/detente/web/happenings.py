"""What has a day: events, statements, stages of pledges and their due days, as marks on a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from detente.ledger.questions.edtf import last_day
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.records import AnyRecord, Event, Part, Pledge, Position, Statement
from detente.web.wording import SIGNS, names, words

MOST_STATEMENTS = 5_000
"""Statements that a timeline takes in: more would neither be told apart nor read while somebody waits."""
LANES = {"event": "Events", "statement": "Said", "position": "Positions", "pledge": "Pledges", "due": "Due"}


class Happening(Part, frozen=True, kw_only=True):
    """Something with a day, in however many records.

    Args:
        lane: a key of `LANES`.
        sign: what stands for it.
        title: in a few words.
        first: its first day, ISO.
        last: its last one; the same where it is a day.
        unsure: in words, how far it is from a plain fact; `None` where it is one.
        places: where it is told.
    """

    lane: str
    sign: str
    title: str
    first: str
    last: str
    unsure: str | None
    places: tuple[Place, ...]


class _Found(NamedTuple):
    lane: str
    sign: str
    title: str
    when: str
    record: AnyRecord


def happenings(look: Look) -> tuple[Happening, ...]:
    """All that has a day, by day. The same thing told in several records is one mark; what has no day is left out, and said to be.

    Statements are passed over where there are more than `MOST_STATEMENTS`: see `crowded`.
    """
    grouped: dict[tuple[str, str, str, str, str | None], list[AnyRecord]] = {}
    kinds = ("event", "position", "pledge") if crowded(look) else ("event", "statement", "position", "pledge")
    for kind in kinds:
        for record in look.records(kind):
            told = list(_told(look, record))
            if not told:
                look.leave_out(record, "no day is known for it")
            for found in told:
                grouped.setdefault((found.lane, found.sign, found.title, found.when, _doubt(record)), []).append(record)
    marks = [made for key, records in grouped.items() if (made := _happening(look, key, records))]
    return tuple(sorted(marks, key=lambda h: (list(LANES).index(h.lane), h.first, h.title)))


def crowded(look: Look) -> bool:
    """Whether there are too many statements for a timeline."""
    return len(look.ledger.statements) > MOST_STATEMENTS


def _happening(look: Look, key: tuple[str, str, str, str, str | None], records: Iterable[AnyRecord]) -> Happening | None:
    lane, sign, title, when, unsure = key
    days = span(when)
    if days is None:
        return None
    first, last = days
    return Happening(
        lane=lane, sign=sign, title=title, first=first.isoformat(), last=last.isoformat(), unsure=unsure,
        places=tuple(map(look.place, records)),
    )  # fmt: skip


def _told(look: Look, record: AnyRecord) -> Iterator[_Found]:
    day = look.day(record)
    match record:
        case Event(date=str(when)):
            who = " – ".join(filter(None, (names(record.actors), names(record.recipients)))) or "actors unknown"
            yield _Found("event", "•", f"{words(record.type)}: {who}", when, record)
        case Statement() if record.said_on or day:
            who = record.speaker.name if record.speaker else "speaker unknown"
            yield _Found("statement", "»", who, record.said_on or day, record)
        case Position() if record.valid_from or day:
            who = record.actor.name if record.actor else "holder unknown"
            yield _Found("position", SIGNS[record.stance], f"{who}: {record.issue}", record.valid_from or day, record)
        case Pledge():
            yield from _of_pledge(record, day)


def _of_pledge(pledge: Pledge, day: str) -> Iterator[_Found]:
    who = names(pledge.pledger) or "pledger unknown"
    what = pledge.amount.surface if pledge.amount else words(pledge.type or "pledge")
    dated = [(s.stage, s.date) for s in pledge.stages if s.date] or [(s, day) for s in [pledge.stage] if s and day]
    for stage, when in dated:
        yield _Found("pledge", SIGNS[stage], f"{who}: {what}, {stage}", when, pledge)
    if pledge.due and (end := last_day(pledge.due)):
        yield _Found("due", "◆", f"{who}: {what}", end.isoformat(), pledge)


def _doubt(record: AnyRecord) -> str | None:
    marks = [record.factuality] if record.factuality != "actual" else []
    return ", ".join([*marks, *(["hearsay"] if record.hearsay else [])]) or None


def span(edtf: str) -> tuple[date, date] | None:
    """The first and the last day of an EDTF date; `None` where it has no end or is not understood.

    Args:
        edtf: a day, month, season, year or decade, or an interval of them.
    """
    last = last_day(edtf)
    first = edtf.partition("/")[0].strip("?~%")
    if last is None:
        return None
    try:
        return date.fromisoformat(first), last
    except ValueError:
        begun = {4: f"{first}-01-01", 7: f"{first}-01"}.get(len(first))
    try:
        return (date.fromisoformat(begun), last) if begun else (last, last)
    except ValueError:
        return last, last
