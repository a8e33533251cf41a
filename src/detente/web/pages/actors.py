"""Persons and bodies: the list of them, and one with all that the ledger has on it."""

from __future__ import annotations

from typing import Any

from detente.errors import UnknownName
from detente.ledger.grouping import merged_actors
from detente.ledger.rows import actors_in
from detente.records import Actor, AnyRecord, Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.choosing import Choice
from detente.web.entries import Entry
from detente.web.namesakes import Group, likely, namesakes
from detente.web.tables import of_records, of_rows
from detente.web.wording import KINDS

_FEW = 5  # records of one role that the actor's page shows before it links to the rest
# In these roles an actor counts on the page, in this order; the heading says what the records are to it.
_ROLES = (
    ("statement", "speaker", "Said"), ("position", "actor", "Stands"), ("pledge", "pledger", "Pledged"),
    ("pledge", "made_by", "Announced pledges"), ("pledge", "beneficiary", "Was promised"),
    ("membership", "actor", "Belongs to"), ("membership", "coalition", "Its members"),
    ("term", "proposed_by", "Proposed terms"), ("term", "accepted_by", "Accepted terms"),
    ("term", "rejected_by", "Rejected terms"), ("term", "unclear_for", "Left terms open"),
    ("event", "actors", "Did"), ("event", "recipients", "Had done to it"),
    ("statement", "addressees", "Was told"), ("statement", "reported_by", "Reported"), ("deal", "steps", "Must agree"),
)  # fmt: skip


class ActorLine(Part, frozen=True, kw_only=True):
    """An actor in the list: how many records name it, by kind, rejected records apart."""

    id: str
    name: str
    type: str | None
    country: str | None
    total: int
    counts: dict[str, int]


class Actors(Part, frozen=True, kw_only=True):
    """A part of the list of actors.

    Args:
        shared: how many full names more than one actor has.
    """

    total: int
    page: int
    pages: int
    per: int
    asked: dict[str, str]
    shared: int
    actors: tuple[ActorLine, ...]


class InRole(Part, frozen=True, kw_only=True):
    """The records in which an actor has one role."""

    kind: str
    role: str
    heading: str
    total: int
    entries: tuple[Entry, ...]


class ActorPage(Part, frozen=True, kw_only=True):
    """One actor.

    Args:
        actor: `None` where records name it and no entry describes it.
        merged: ids of the entries that were put together into this one.
        likely: those whose name ends in the same way, as it may be put together with.
        by: who decides.
    """

    id: str
    name: str
    actor: Actor | None
    total: int
    roles: tuple[InRole, ...]
    merged: tuple[str, ...]
    likely: Group
    by: str


def actors(ask: Ask) -> View:
    """The page that lists actors, the most named first."""
    ask.only("text", "type", "page", "per")
    asked = {name: value for name in ("text", "type") if (value := ask.one(name))}
    found = [line for line in _lines(ask) if _fits(line, asked)]
    paging = ask.paging(len(found))
    shown = Actors(
        total=paging.total, page=paging.page, pages=paging.pages, per=paging.per, asked=asked, shared=len(namesakes(ask.ledger, ask.registry)),
        actors=tuple(found[paging.part]),
    )  # fmt: skip
    columns = ("id", "name", "type", "country", "total", *(kind.plural for kind in KINDS.values()))
    return View(template="actors.html", shown=shown, table=of_rows(columns, map(_row, shown.actors)))


def actor(ask: Ask) -> View:
    """The page of one actor."""
    ask.only()
    known = next((a for a in ask.ledger.actors.where(actor=ask.key) if a.id == ask.key), None)
    total = len(Choice(ask.ledger, None, {"actor": ask.key}).records)
    if known is None and not total:
        raise UnknownName(f"there is no actor {ask.key!r} in {ask.ledger.name}", "look for the name under Actors")
    roles = tuple(part for kind, role, heading in _ROLES if (part := _in_role(ask, kind, role, heading)).total)
    name = known.name if known else _name(ask)
    shown = ActorPage(
        id=ask.key, name=name, actor=known, total=total, roles=roles, merged=tuple(merged_actors(ask.ledger.connection, ask.key)),
        likely=likely(ask.ledger, ask.key, name), by=ask.by,
    )  # fmt: skip
    records: list[AnyRecord] = [entry.record for part in roles for entry in part.entries]
    return View(template="actor.html", shown=shown, table=of_records(ask.ledger, _once(records)))


def _in_role(ask: Ask, kind: str, role: str, heading: str) -> InRole:
    records = Choice(ask.ledger, kind, {role: ask.key}).records
    return InRole(
        kind=kind, role=role, heading=heading, total=len(records), entries=ask.reader.entries(records[:_FEW])
    )


def _name(ask: Ask) -> str:
    """The name by which records know an actor that has no entry."""
    first = Choice(ask.ledger, None, {"actor": ask.key}).records.first()
    named = [ref.name for _, ref in actors_in(first) if ref.id == ask.key] if first else []
    return named[0] if named else ask.key


def _once(records: list[AnyRecord]) -> list[AnyRecord]:
    return list({record.id: record for record in records}.values())


def _lines(ask: Ask) -> list[ActorLine]:
    """Every actor that the ledger has an entry for or that a record names."""
    counts: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    rows = ask.ledger.connection.rows(
        "SELECT ra.actor, max(ra.name), r.kind, count(DISTINCT r.serial) FROM record_actors ra "
        "JOIN records r ON r.serial = ra.record WHERE r.review <> 'rejected' GROUP BY ra.actor, r.kind"
    )
    for key, name, kind, count in rows:
        names.setdefault(key, name)
        counts.setdefault(key, {})[kind] = count
    entries = {actor.id: actor for actor in ask.ledger.actors}
    lines = [_line(key, names.get(key, ""), entries.get(key), counts.get(key, {})) for key in names.keys() | entries.keys()]
    return sorted(lines, key=lambda line: (-line.total, line.name.casefold(), line.id))


def _line(key: str, name: str, entry: Actor | None, counts: dict[str, int]) -> ActorLine:
    return ActorLine(
        id=key, name=entry.name if entry else name, type=entry.type if entry else None,
        country=entry.country if entry else None, total=sum(counts.values()),
        counts={kind: counts[kind] for kind in KINDS if kind in counts},
    )  # fmt: skip


def _fits(line: ActorLine, asked: dict[str, str]) -> bool:
    text, wanted = asked.get("text", "").casefold(), asked.get("type")
    return text in line.name.casefold() and wanted in (None, line.type or "unknown")


def _row(line: ActorLine) -> dict[str, Any]:
    row = {"id": line.id, "name": line.name, "type": line.type, "country": line.country, "total": line.total}
    return row | {kind.plural: line.counts.get(name, 0) for name, kind in KINDS.items()}
