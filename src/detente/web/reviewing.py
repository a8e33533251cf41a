"""What a reviewer decides in the browser: about one record, or about all that are shown, as one step that can be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.deciding import judge
from detente.ledger.judgements import judgement_on, new_batch
from detente.ledger.views import judgements
from detente.records import AnyRecord, Judgement
from detente.web.choosing import Choice
from detente.web.editing import changes
from detente.web.naming import Namer

PLAIN = ("accept", "reject", "dispute", "unsure")
MOST_AT_ONCE = 1000
_RECENT = 5


def digest(ids: Iterable[str]) -> str:
    """What tells one set of records from another: a bulk decision is about those that were shown, or about none."""
    return hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:16]


def queue(ledger: Ledger, kind: str | None, asked: Mapping[str, Any]) -> Choice:
    """The records that wait for a decision, unless the filters say which others are meant."""
    return Choice(ledger, kind, {"review": "proposed"} | dict(asked))


def following(waiting: Choice, record: AnyRecord) -> AnyRecord | None:
    """The record that comes after one in the queue; behind the last one the first, and `None` where there is no other."""
    after = waiting.after(record).first()
    if after is None:
        after = next((r for r in waiting.records[:2] if r.id != record.id), None)
    return after


def edit(
    ledger: Ledger, record: AnyRecord, given: Mapping[str, str], *, by: str, note: str | None, registry: Path | None = None
) -> None:  # fmt: skip
    """Change the fields that a form gives other values, as one step.

    Args:
        registry: folder of one's own registry files, in which the people whom a person names are looked up too.

    Raises:
        RecordError: nothing is changed, or a field cannot have what was given.
    """
    changed = changes(ledger, record, given, Namer(ledger, record, registry))
    if not changed:
        raise RecordError(
            f"{record.id}: got an edit that changes nothing, expected another value in a field",
            "accept it as it is",
        )
    batch = new_batch()
    for field, value in changed.items():
        now = ledger.get(record.id, stored=True)
        made = judgement_on(now, "edit", by=by, field=field, new=value, note=note, batch=batch)
        judge(ledger.connection, now, made)


def recent(ledger: Ledger, by: str) -> list[Judgement]:
    """What a person decided last, the latest first."""
    last = "serial IN (SELECT serial FROM judgements WHERE by = ? ORDER BY serial DESC LIMIT ?)"
    return judgements(ledger.connection, f"WHERE {last}", (by, _RECENT))[::-1]
