"""What judgements do to a record: pure functions over a proposal and the decisions about it.

The judgements of a record are a stack. To accept, reject, dispute, edit, merge or split puts one on top, and so does saying that
one is unsure; `propose` takes the top one off again, which is how an undo is kept: as one more judgement. The current value is the
proposal with the edits that stand, its review the state that the top one of those that give a state gives. Since each judgement
holds the value before it, the proposal can be had back from the current value as well (`proposal_of`).

Judgements with the field `merged_into` (`PLACE`) say which record or actor the thing is the same as: another one's id, its own
where a person took it out and it is to stand alone, or nothing. They leave its value as it is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import msgspec

from detente.errors import RecordError
from detente.ledger.filters import unknown
from detente.records import Action, AnyRecord, Judgement, Review, decode, encode, kind_of

REVIEWS: dict[Action, Review] = {
    "accept": "accepted",
    "reject": "rejected",
    "dispute": "disputed",
    "edit": "edited",
}

# The field of judgements that merge and split: it is no field of the record.
PLACE = "merged_into"
_STACKED: frozenset[Action] = frozenset([*REVIEWS, "merge", "split", "unsure"])
_STATED: tuple[Action, ...] = (*REVIEWS, "unsure")
_BATCH_BYTES = 6

# What a record is, and not what it says.
_FIXED = frozenset({"kind", "id", "article", "origin", "review", "confidence"})


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that no later one has undone, oldest first."""
    stack: list[Judgement] = []
    for judgement in judgements:
        if judgement.action in _STACKED:
            stack.append(judgement)
        elif is_undo(judgement) and stack:
            stack.pop()
    return stack


def is_undo(judgement: Judgement) -> bool:
    """Whether the judgement takes back another one. A record that a person puts in is a proposal with nothing before it."""
    return judgement.action == "propose" and (judgement.field is not None or judgement.old is not None)


def undone_by(history: Sequence[Judgement], undo: Judgement) -> Judgement | None:
    """The judgement that an undo took back.

    Args:
        history: all judgements of the record, oldest first.
    """
    before = standing(j for j in history if j.serial < undo.serial)
    return before[-1] if before else None


def review_of(judgements: Iterable[Judgement]) -> Review:
    """The review state that judgements give."""
    stated = [REVIEWS[j.action] for j in standing(judgements) if j.action in REVIEWS]
    return stated[-1] if stated else "proposed"


def place_of(judgements: Iterable[Judgement]) -> str | None:
    """The id that the thing is merged into: its own where it is to stand alone, `None` where nobody decided."""
    placed = [j.new for j in standing(judgements) if j.field == PLACE]
    return placed[-1] if placed else None


def changes_value(judgement: Judgement) -> bool:
    """Whether the judgement, while it stands, gives a field of the record another value."""
    return judgement.field not in (None, PLACE) and judgement.action in ("edit", "split")


def current(proposal: AnyRecord, judgements: Sequence[Judgement]) -> AnyRecord:
    """The record as the judgements leave it.

    Raises:
        RecordError: an edit sets a value that the field cannot have.
    """
    value = proposal
    for judgement in standing(judgements):
        if changes_value(judgement):
            value = with_field(value, str(judgement.field), judgement.new)
    return value.replace(review=review_of(judgements))


def proposal_of(value: AnyRecord, judgements: Sequence[Judgement]) -> AnyRecord:
    """The record as it was before the judgements: `current` turned round."""
    for judgement in reversed(standing(judgements)):
        if changes_value(judgement):
            value = with_field(value, str(judgement.field), judgement.old)
    return value.replace(review="proposed")


def with_field(record: AnyRecord, field: str, value: Any) -> AnyRecord:
    """The record with one field changed.

    Args:
        value: the new value: an object of `detente.records`, or the plain data of one.

    Raises:
        UnknownName: records of this kind have no such field, or it cannot be edited.
        RecordError: the field cannot have this value.
    """
    data = record.to_dict()
    if field not in data or field in _FIXED:
        raise unknown(f"field of a {kind_of(record)}", field, data.keys() - _FIXED)
    data[field] = value
    try:
        return cast("AnyRecord", decode(msgspec.json.encode(data)))
    except (RecordError, UnicodeEncodeError, TypeError, ValueError) as error:
        raise RecordError(f"{record.id}: {field} cannot be {value!r}: {error}") from error


def plain(record: AnyRecord, field: str) -> Any:
    """The value of a field as the plain data that JSON gives back."""
    return msgspec.json.decode(encode(record))[field]


def judgement_on(
    record: AnyRecord,
    action: str,
    *,
    by: str,
    field: str | None,
    new: Any,
    note: str | None,
    batch: str | None = None,
) -> Judgement:
    """A judgement on the current value of a record, not saved yet.

    Raises:
        UnknownName: no such action or field.
        RecordError: nobody is named, an edit without a field, or a field without an edit.
    """
    if action not in _STATED:
        raise unknown("action", action, _STATED)
    if action != "edit":
        if field is not None or new is not None:
            raise RecordError(f"{record.id}: got a new value with {action!r}, expected it with 'edit'")
        state = REVIEWS.get(cast("Action", action), record.review)
        return judgement(record.id, action, by, old=record.review, new=state, note=note, batch=batch)
    if field is None:
        raise RecordError(f"{record.id}: got an edit without a field, expected field= and new=")
    changed = with_field(record, field, new)
    return judgement(
        record.id,
        "edit",
        by,
        field=field,
        old=plain(record, field),
        new=plain(changed, field),
        note=note,
        batch=batch,
    )


def last_of(key: str, history: Sequence[Judgement], serial: int) -> Judgement:
    """The judgement of a serial, where it is the last that stands.

    Args:
        key: the id of what was judged.
        history: all its judgements, oldest first.

    Raises:
        RecordError: it was undone already, or a later one rests on it.
    """
    stack = standing(history)
    if serial not in [j.serial for j in stack]:
        raise RecordError(f"{key}: judgement {serial} does not stand (any more): there is nothing to undo")
    last = stack[-1]
    if last.serial != serial:
        raise RecordError(
            f"{key}: judgement {last.serial} came after {serial} and rests on it", f"undo {last.serial} first"
        )
    return last


def undoing(
    record: AnyRecord, history: Sequence[Judgement], serial: int, *, by: str, batch: str | None = None
) -> Judgement:
    """The judgement that undoes one of a record's judgements, not saved yet.

    Args:
        record: its current value.
        history: all its judgements, oldest first.
        serial: the one to undo, which must be the last that stands.

    Raises:
        RecordError: it was undone already, or a later one rests on it.
    """
    last = last_of(record.id, history, serial)
    note = f"undoes {serial}"
    match last.field:
        case None:
            before: Any = review_of(standing(history)[:-1])
            return judgement(record.id, "propose", by, old=record.review, new=before, note=note, batch=batch)
        case field if field == PLACE:
            return displacing(record.id, last, by=by, batch=batch)
        case field:
            now = plain(record, field)
            return judgement(
                record.id, "propose", by, field=field, old=now, new=last.old, note=note, batch=batch
            )


def displacing(key: str, last: Judgement, *, by: str, batch: str | None = None) -> Judgement:
    """The judgement that undoes a merge or a split, not saved yet."""
    note = f"undoes {last.serial}"
    return judgement(key, "propose", by, field=PLACE, old=last.new, new=last.old, note=note, batch=batch)


def proposing(record: AnyRecord, *, by: str, note: str | None) -> Judgement:
    """The judgement with which a person puts a record of their own into the ledger, not saved yet.

    Raises:
        RecordError: nobody is named, or the record does not say that a person made it.
    """
    if record.origin.by != "person":
        raise RecordError(f"{record.id}: got a record made by a {record.origin.by}, expected one of a person")
    return judgement(record.id, "propose", by, old=None, new=None, note=note)


def broken_links(value: AnyRecord, judgements: Sequence[Judgement]) -> list[str]:
    """What is wrong in a record's judgements: each must start from the value that the one before it left.

    Returns:
        A sentence for each fault; empty where the chain holds.
    """
    faults = broken_places(value.id, judgements)
    proposal = proposal_of(value, judgements)
    for place, judgement in enumerate(judgements):
        if judgement.field == PLACE:
            continue
        before = current(proposal, judgements[:place])
        held = plain(before, judgement.field) if judgement.field else before.review
        if judgement.old != held and (is_undo(judgement) or judgement.action != "propose"):
            faults.append(_break(value.id, judgement, held))
    if encode(current(proposal, judgements)) != encode(value):
        faults.append(f"{value.id}: the current value is not what its judgements give")
    return faults


def broken_places(key: str, judgements: Sequence[Judgement]) -> list[str]:
    """What is wrong in the merges and splits of a record or an actor."""
    return [
        _break(key, judgement, held)
        for place, judgement in enumerate(judgements)
        if judgement.field == PLACE and judgement.old != (held := place_of(judgements[:place]))
    ]


def _break(key: str, judgement: Judgement, held: Any) -> str:
    return f"judgement {judgement.serial} of {key} starts from {judgement.old!r}, expected {held!r}"


def judgement(
    key: str, action: str, by: str, *, old: Any, new: Any, note: str | None,
    field: str | None = None, batch: str | None = None,
) -> Judgement:  # fmt: skip
    """A judgement made now, not saved yet, in a batch of its own where none is given.

    Raises:
        RecordError: nobody is named.
    """
    if not by.strip():
        raise RecordError("a judgement without a name: expected by= the person who decides")
    return Judgement(
        record=key, action=cast("Action", action), by=by.strip(), field=field, old=old, new=new, note=note,
        at=datetime.now(UTC).isoformat(timespec="seconds"), batch=batch or new_batch(),
    )  # fmt: skip


def new_batch() -> str:
    """A name for judgements that are made, and are undone, as one."""
    return secrets.token_hex(_BATCH_BYTES)
