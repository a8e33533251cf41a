"""How values read on a page: days, spans of time, amounts, categories, numbers with their nouns."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from detente.reading.amounts_written import write_amount
from detente.records import (
    ActorRef,
    Amount,
    AnyRecord,
    Event,
    Membership,
    Pledge,
    Position,
    Statement,
    Term,
    kind_of,
)


class Kind(NamedTuple):
    """A kind of record: the page that lists it, what it is called, and the sign that stands for it."""

    path: str
    noun: str
    plural: str
    sign: str


# Signs and underlines tell the kinds apart, so that nothing rests on colour.
KINDS = {
    "statement": Kind("/statements", "statement", "statements", "»"),
    "pledge": Kind("/pledges", "pledge", "pledges", "◆"),
    "term": Kind("/terms", "term", "terms", "§"),
    "position": Kind("/positions", "position", "positions", "±"),
    "event": Kind("/events", "event", "events", "•"),
    "membership": Kind("/coalition", "membership", "memberships", "∪"),
    "deal": Kind("/deals", "deal", "deals", "≡"),
}
SIGNS = {
    "support": "+", "oppose": "−", "conditional": "◐", "ambiguous": "?",
    "floated": "○", "announced": "◔", "committed": "◑", "allocated": "◕", "delivered": "●", "suspended": "‖",
    "in": "●", "invited": "○", "out": "×",
    "agreed": "●", "proposed": "◔", "under_negotiation": "◑", "rejected": "×", "withdrawn": "×",
}  # fmt: skip
_SPELT = {"PCT_GDP": "% of GDP", "PCT": "%", "in_kind": "in kind", "part_kept": "partly kept"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)")


def words(value: object) -> str:
    """A category in words: `under_negotiation` is "under negotiation", a yes or no is that."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return _SPELT.get(text) or (text.capitalize() if text.isupper() else text.replace("_", " "))


def sign(value: object) -> str:
    """The sign of a category, or nothing."""
    return SIGNS.get(str(value), "")


def time(edtf: str) -> str:
    """A day, month, season or year, or an interval of them, in words: `../2027-12-31` is "by 31 December 2027".

    Args:
        edtf: as records hold it; what is not understood is shown as it is.
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return _point(edtf)
    if start in ("", ".."):
        return f"by {_point(end)}"
    return f"from {_point(start)}" if end in ("", "..") else f"{_point(start)} to {_point(end)}"


def _point(edtf: str) -> str:
    match = _POINT.fullmatch(edtf)
    if not match:
        return edtf
    year, month, day, doubt = match.groups()
    hedge = "about " if doubt else ""
    if month is None:
        return f"{hedge}{year}"
    if int(month) in _SEASONS:
        return f"{hedge}{_SEASONS[int(month)]} {year}"
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return edtf
    return f"{hedge}{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{hedge}{_MONTHS[int(month) - 1]} {year}"


def amount(value: Amount) -> str:
    """An amount in the article's words, and as it was read where that differs."""
    try:
        read = write_amount(value)
    except ArithmeticError:  # more digits than decimal arithmetic keeps: nobody printed such a sum in earnest
        read = f"{value.value:g} {value.unit}"
    if not value.surface or value.surface == read:
        return read
    return f"{value.surface} ({read})" if read else value.surface


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 article", "1,204 statements"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


_ACTS = {
    "assert": ("assert", "asserts"), "propose": ("propose", "proposes"), "demand": ("demand", "demands"),
    "promise": ("promise", "promises"), "threaten": ("threaten", "threatens"), "agree": ("agree", "agrees"),
    "reject": ("reject", "rejects"), "ask": ("ask", "asks"), "express": ("express", "expresses"), None: ("say", "says"),
}  # fmt: skip


def verb(record: Statement | Pledge) -> str:
    """What its actors do in a record, such that what is planned, hypothetical or negated does not read as done."""
    if isinstance(record, Statement):
        several, (base, third) = False, _ACTS[record.act]
    else:
        several, (base, third) = len(record.pledger) > 1, ("pledge", "pledges")
    match record.factuality:
        case "planned":
            return f"{'are' if several else 'is'} to {base}"
        case "hypothetical":
            return f"would {base}"
        case "negated":
            return f"{'do' if several else 'does'} not {base}"
        case "actual":
            return base if several else third


def names(actors: tuple[ActorRef, ...]) -> str:
    """Several names in a row."""
    return ", ".join(actor.name for actor in actors)


def label(record: AnyRecord) -> str:
    """A record in a few words, for a link or a list: its kind and whom or what it is about."""
    match record:
        case Statement():
            about = record.speaker.name if record.speaker else "speaker unknown"
        case Pledge():
            about = names(record.pledger) or "pledger unknown"
        case Position():
            about = record.actor.name if record.actor else "holder unknown"
        case Event():
            about = " – ".join(filter(None, (names(record.actors), names(record.recipients)))) or "actors unknown"
        case Membership():
            about = f"{record.actor.name} and {record.coalition.name}"
        case Term():
            about = record.proposition
        case _:
            about = record.title
    return f"{kind_of(record)}: {about}"
