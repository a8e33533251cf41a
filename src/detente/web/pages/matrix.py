"""Who stands where: actors by issue over time, with the shifts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from detente.ledger.questions import Answer, Place, Shift, Stand, shifts, stands
from detente.records import ActorRef, Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.filtering import Filters
from detente.web.tables import of_rows

_OWN = ("about", "who", "as_of")
_MOST = 12  # columns that a reader can follow


class Held(Part, frozen=True, kw_only=True):
    """A stance on a day, and where it is told; `since` is `None` where the day is unknown."""

    stance: str
    since: str | None
    places: tuple[Place, ...]


class MatrixCell(Part, frozen=True, kw_only=True):
    """One actor on one proposition: its stances, oldest first, and whether it changed."""

    actor: str
    held: tuple[Held, ...]
    shifted: bool


class MatrixRow(Part, frozen=True, kw_only=True):
    """One proposition, the issue of the code book that it is about (`None` where none fits), and who stands where."""

    issue: str | None
    proposition: str
    cells: tuple[MatrixCell, ...]


class MatrixPage(Part, frozen=True, kw_only=True):
    """Actors by issue.

    Args:
        actors: the columns, those with most stances first.
        more: how many actors with stances have no column.
    """

    asked: dict[str, Any]
    own: dict[str, str]
    actors: tuple[ActorRef, ...]
    more: int
    rows: tuple[MatrixRow, ...]
    answer: Answer[Stand]
    shifts: tuple[Shift, ...]


def matrix(ask: Ask) -> View:
    """The page of the matrix."""
    own = {name: value for name in _OWN if (value := ask.one(name))}
    filters = Filters(ask, "/matrix", "position", own=_OWN, kept=own)
    found = stands(ask.ledger, own.get("about"), actor=own.get("who"), as_of=own.get("as_of"))
    changed = tuple(shifts(ask.ledger, own.get("who"), as_of=own.get("as_of")))
    actors = _columns(found)
    shown = MatrixPage(
        asked=filters.asked, own=own, actors=actors[:_MOST], more=max(0, len(actors) - _MOST),
        rows=tuple(_rows(found, changed, {a.id for a in actors[:_MOST]})), answer=found, shifts=changed,
    )  # fmt: skip
    fields = [("about", "Issue or words"), ("who", "Party"), ("as_of", "As of")]
    rows = found.table()
    columns = tuple(rows[0]) if rows else ("actor",)
    groups = [(issue, list(members)) for issue, members in groupby(shown.rows, key=lambda row: row.issue)]
    page = {"filters": filters, "fields": fields, "groups": groups}
    return View(template="matrix.html", shown=shown, table=of_rows(columns, rows), marked=page)


def _columns(found: Iterable[Stand]) -> tuple[ActorRef, ...]:
    rows = list(found)
    count, refs = Counter(s.actor.id for s in rows), {s.actor.id: s.actor for s in rows}
    return tuple(sorted(refs.values(), key=lambda a: (-count[a.id], a.name, a.id)))


def _rows(found: Iterable[Stand], changed: Iterable[Shift], shown: set[str]) -> list[MatrixRow]:
    moved = {(s.actor.id, s.proposition) for s in changed}
    grouped: dict[tuple[str | None, str], list[MatrixCell]] = {}
    for stand in found:
        if stand.actor.id in shown:
            issue = stand.issues[0].proposition if stand.issues else None
            cell = MatrixCell(actor=stand.actor.id, held=_held(stand), shifted=(stand.actor.id, stand.proposition) in moved)
            grouped.setdefault((issue, stand.proposition), []).append(cell)
    return [MatrixRow(issue=issue, proposition=text, cells=tuple(cells)) for (issue, text), cells in grouped.items()]


def _held(stand: Stand) -> tuple[Held, ...]:
    """The stances in the order of their days, each with what is told of it on that day."""
    now = [(stand.since, stance) for stance in stand.stances]
    return tuple(
        Held(stance=stance, since=day, places=tuple(p for p in stand.places if p.published == day) or stand.places)
        for day, stance in (*stand.earlier, *now)
    )
