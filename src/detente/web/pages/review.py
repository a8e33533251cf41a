"""The review: one record at a time, with its sentence in its paragraph, and what a person decides about it."""

from __future__ import annotations

from typing import Any

from detente.errors import RecordError, UnknownName
from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.ledger.judgements import proposal_of, standing
from detente.records import ActorRef, AnyRecord, Judgement, Part
from detente.web.answers import View
from detente.web.asking import AddressError, Ask
from detente.web.choosing import Choice
from detente.web.details import FieldShown, fields_of, passage
from detente.web.editing import Control, controls
from detente.web.entries import Entry
from detente.web.forms import Facet, facets, fields, spoken
from detente.web.likeness import alike
from detente.web.naming import people
from detente.web.reviewing import MOST_AT_ONCE, PLAIN, digest, edit, following, queue, recent
from detente.web.sending import Sent
from detente.web.tables import of_records
from detente.web.templating import href, id_path
from detente.web.wording import KINDS

_OWN = ("kind", "at", "all")


class ReviewPage(Part, frozen=True, kw_only=True):
    """What is to be decided.

    Args:
        left: how many records the filters leave.
        asked: the filters as the address writes them.
        by: who decides.
        entry: the record that is shown; `None` where none is left.
        machine: its fields, what was read beside what people decided.
        people: whom the article's records name, to choose from.
        after: the id of the record that comes next.
        all: "accept" or "reject" where that is asked for all records that the filters leave.
        shown: what tells these records from others.
        alike: records that it may be merged into.
        recent: what the reviewer decided last.
    """

    kind: str | None
    left: int
    asked: dict[str, Any]
    facets: tuple[Facet, ...]
    by: str
    entry: Entry | None
    fields: tuple[FieldShown, ...]
    controls: tuple[Control, ...]
    people: tuple[ActorRef, ...]
    judgements: tuple[Judgement, ...]
    standing: tuple[int, ...]
    after: str | None
    all: str | None
    shown: str
    listed: tuple[Entry, ...]
    alike: tuple[Entry, ...]
    recent: tuple[Judgement, ...]


def review(ask: Ask) -> View:
    """The page of the review."""
    waiting, address = _waiting(ask)
    left, every = len(waiting.records), _all(ask)
    record = None if every else _shown(ask, waiting)
    judgements = tuple(ask.ledger.judgements(record.id)) if record else ()
    after = following(waiting, record) if record else None
    listed = waiting.records[:MOST_AT_ONCE] if every else []
    shown = ReviewPage(
        kind=waiting.kind, left=left, asked=spoken(waiting), by=ask.by,
        facets=facets(waiting, "/review", {"kind": waiting.kind}),
        entry=ask.reader.entry(record) if record else None,
        fields=fields_of(record, proposal_of(record, judgements)) if record else (),
        controls=controls(ask.ledger, record) if record else (), people=people(ask.ledger, record) if record else (),
        judgements=judgements, standing=tuple(j.serial for j in standing(judgements)),
        after=after.id if after else None,
        all=every, shown=digest(r.id for r in listed), listed=ask.reader.entries(listed),
        alike=ask.reader.entries(alike(ask.ledger, record)) if record else (), recent=tuple(recent(ask.ledger, ask.by)),
    )  # fmt: skip
    page = {"passage": _passage(ask, record), "form": fields(waiting), "address": address}
    page["elsewhere"] = {j.record for j in shown.recent if not _is_record(ask, j.record)}
    table = of_records(ask.ledger, listed or ([record] if record else []))
    return View(template="review.html", shown=shown, table=table, marked=page)


def decide(ask: Ask, form: Sent) -> str:
    """Do what a reviewer decided, and lead to the record that comes next; after an undo, to the one that is open again.

    Raises:
        RecordError: nobody is named, the record cannot have what was given, or other records are there than were shown.
        UnknownName: there is no such decision.
    """
    waiting, address = _waiting(ask)
    by, note, what = form.one("by"), form.one("note") or None, form.one("do")
    if not by:
        raise RecordError(
            "got a decision without a name, expected who decides", "write your name beside the decision"
        )
    if form.one("all"):
        _decide_all(waiting, form, by=by, note=note)
        return href("/review", **address)
    if what in ("undo", "redo"):
        made = ask.ledger.undo_last(by=by) if what == "undo" else ask.ledger.redo_last(by=by)
        cluster(ask.ledger)
        return _after(ask, made[-1].record, address)
    record = ask.ledger.get(form.one("record"))
    after = following(waiting, record)
    if what == "edit":
        edit(ask.ledger, record, form.starting("e-"), by=by, note=note, registry=ask.registry)
    else:
        _decide(ask.ledger, record, form, what, by=by, note=note)
    return href("/review", **address, at=after.id if after else None)


def _after(ask: Ask, key: str, address: dict[str, Any]) -> str:
    """Where an undo leads: to the record that is open again, or to the actor."""
    return href("/review", **address, at=key) if _is_record(ask, key) else id_path("actors", key)


def _is_record(ask: Ask, key: str) -> bool:
    """Whether what was decided about is a record, and not an actor."""
    return ask.ledger.connection.row("SELECT 1 FROM records WHERE id = ?", (key,)) is not None


def _decide(ledger: Ledger, record: AnyRecord, form: Sent, what: str, *, by: str, note: str | None) -> None:
    if what == "merge":
        ledger.merge(record, _into(record, form), by=by, note=note)
    elif what in PLAIN:
        ledger.judge(record, what, by=by, note=note)
    else:
        raise UnknownName(f"got the decision {what!r}, expected one of: {', '.join(PLAIN)}, edit, merge, undo, redo")


def _into(record: AnyRecord, form: Sent) -> str:
    """The record that is kept in a merge."""
    chosen = form.one("into-id") or form.one("into")
    if not chosen:
        raise RecordError(f"{record.id}: got a merge without the record that it is the same as", "choose one of those shown, or write its id")
    return chosen


def _decide_all(waiting: Choice, form: Sent, *, by: str, note: str | None) -> None:
    """Decide about all that was shown, and about nothing else."""
    ids = [r.id for r in waiting.records[:MOST_AT_ONCE]]
    if digest(ids) != form.one("shown"):
        raise RecordError(f"got a decision about other records than the {len(ids)} that are there now", "look at them once more, and decide again")
    waiting.ledger.judge_all(ids, form.one("all"), by=by, note=note)


def _waiting(ask: Ask) -> tuple[Choice, dict[str, Any]]:
    """The queue that the address asks for, and the address without what is shown of it."""
    kind = ask.one("kind")
    if kind is not None and kind not in KINDS:
        raise AddressError(f"kind: got {kind!r}, expected one of: {', '.join(KINDS)}")
    asked = ask.filters(*_OWN)
    waiting = queue(ask.ledger, kind, asked)
    given = {name: value for name, value in spoken(waiting).items() if name in asked}
    return waiting, ({"kind": kind} if kind else {}) | given


def _all(ask: Ask) -> str | None:
    every = ask.one("all")
    if every not in (None, "accept", "reject"):
        raise AddressError(f"all: got {every!r}, expected accept or reject")
    return every


def _shown(ask: Ask, waiting: Choice) -> AnyRecord | None:
    """The record that the address names, else the first that waits."""
    at = ask.one("at")
    return ask.ledger.get(at) if at else waiting.records.first()


def _passage(ask: Ask, record: AnyRecord | None) -> Any:
    return passage(record, ask.reader.article(record.article)[1]) if record else ""
