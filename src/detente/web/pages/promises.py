"""The pledge ledger: each promise once, its stages as steps, its repeats folded, and what is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any, cast, get_args

from detente.ledger import Ledger
from detente.ledger.questions import Answer, Overdue, Promise, overdue, promises
from detente.records import Part, Pledge, Stage
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.filtering import Filters
from detente.web.tables import of_rows

_OWN = ("who", "as_of")
_SEQUENCE: tuple[Stage, ...] = tuple(stage for stage in get_args(Stage) if stage != "suspended")


class Step(Part, frozen=True, kw_only=True):
    """A stage of a promise.

    Args:
        reached: whether a record says that it was come to; a later stage says nothing about the earlier ones.
        date: when, as EDTF, where a record tells.
        record: id of the record that says so.
        article: its article.
    """

    stage: str
    reached: bool
    date: str | None = None
    record: str | None = None
    article: str | None = None


class LedgerLine(Part, frozen=True, kw_only=True):
    """A promise in the ledger of pledges.

    Args:
        steps: its stages in their order.
        suspended: when it was put on ice, where it was.
        late: "overdue", "stalled", "suspended" or "broken" with the days, where it is not on its way.
    """

    promise: Promise
    steps: tuple[Step, ...]
    suspended: Step | None
    late: str | None
    days: int | None


class PromisesPage(Part, frozen=True, kw_only=True):
    """The ledger of pledges."""

    asked: dict[str, Any]
    own: dict[str, str]
    day: str
    lines: tuple[LedgerLine, ...]
    answer: Answer[Promise]


def pledge_ledger(ask: Ask) -> View:
    """The page of the ledger of pledges."""
    own = {name: value for name in _OWN if (value := ask.one(name))}
    filters = Filters(ask, "/promises", "pledge", own=_OWN, kept=own)
    day = own.get("as_of") or date.today().isoformat()
    found = promises(ask.ledger, own.get("who"), as_of=own.get("as_of"))
    late = {row.promise.id: row for row in overdue(ask.ledger, own.get("who"), as_of=day)}
    lines = tuple(_line(ask.ledger, promise, late.get(promise.id)) for promise in found)
    shown = PromisesPage(asked=filters.asked, own=own, day=day, lines=lines, answer=found)
    page = {"filters": filters, "fields": [("who", "Who promises"), ("as_of", "As of")]}
    rows = [cells | {"state": line.late, "days": line.days, "records": [p.record for p in line.promise.places]} for line in lines for cells in line.promise.cells()]
    columns = tuple(rows[0]) if rows else ("pledger",)
    return View(template="promises.html", shown=shown, table=of_rows(columns, rows), marked=page)


def _line(ledger: Ledger, promise: Promise, late: Overdue | None) -> LedgerLine:
    reached = _reached(cast("Pledge", ledger.get(p.record)) for p in promise.places)
    return LedgerLine(
        promise=promise, steps=tuple(reached.get(stage, Step(stage=stage, reached=False)) for stage in _SEQUENCE),
        suspended=reached.get("suspended"), late=late.state if late else None, days=late.days if late else None,
    )  # fmt: skip


def _reached(pledges: Any) -> dict[str, Step]:
    """By stage, where it is told first."""
    found: dict[str, Step] = {}
    for pledge in pledges:
        told = {entry.stage: entry.date for entry in pledge.stages}
        if pledge.stage:
            told.setdefault(pledge.stage, None)
        for stage, day in told.items():
            found.setdefault(stage, Step(stage=stage, reached=True, date=day, record=pledge.id, article=pledge.article))
    return found
