"""What judgements do to a record: pure functions over a proposal and the decisions about it.

The judgements of a record are a stack. To accept, reject, dispute or edit puts one on top; `propose` takes the top one
off again, which is how an undo is kept: as one more judgement. Merging and splitting say nothing about the record itself. The current value is the proposal with the edits that
stand, its review the state that the top one gives. Since each judgement holds the value before it, the proposal can
be had back from the current value as well (`proposal_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import msgspec

from detente.errors import RecordError
from detente.ledger.filters import unknown
from detente.records import Action, AnyRecord, Judgement, Review, decode, encode, kind_of

REVIEWS: dict[Action, Review] = {"accept": "accepted", "reject": "rejected", "dispute": "disputed", "edit": "edited"}

# What a record is, and not what it says.
_FIXED = frozenset({"kind", "id", "article", "origin", "review", "confidence"})


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that no later one has undone, oldest first."""
    stack: list[Judgement] = []
    for judgement in judgements:
        if judgement.action in REVIEWS:
            stack.append(judgement)
        elif judgement.action == "propose" and stack:
            stack.pop()
    return stack


def review_of(judgements: Iterable[Judgement]) -> Review:
    """The review state that judgements give."""
    stack = standing(judgements)
    return REVIEWS[stack[-1].action] if stack else "proposed"


def current(proposal: AnyRecord, judgements: Sequence[Judgement]) -> AnyRecord:
    """The record as the judgements leave it.

    Raises:
        RecordError: an edit sets a value that the field cannot have.
    """
    value = proposal
    for judgement in standing(judgements):
        if judgement.action == "edit" and judgement.field:
            value = with_field(value, judgement.field, judgement.new)
    return value.replace(review=review_of(judgements))


def proposal_of(value: AnyRecord, judgements: Sequence[Judgement]) -> AnyRecord:
    """The record as it was before the judgements: `current` turned round."""
    for judgement in reversed(standing(judgements)):
        if judgement.action == "edit" and judgement.field:
            value = with_field(value, judgement.field, judgement.old)
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
    except (RecordError, UnicodeEncodeError, TypeError) as error:
        raise RecordError(f"{record.id}: {field} cannot be {value!r}: {error}") from error


def plain(record: AnyRecord, field: str) -> Any:
    """The value of a field as the plain data that JSON gives back."""
    return msgspec.json.decode(encode(record))[field]


def judgement_on(
    record: AnyRecord, action: str, *, by: str, field: str | None, new: Any, note: str | None
) -> Judgement:
    """A judgement on the current value of a record, not saved yet.

    Raises:
        UnknownName: no such action or field.
        RecordError: nobody is named, an edit without a field, or a field without an edit.
    """
    if action not in REVIEWS:
        raise unknown("action", action, REVIEWS)
    _require_name(by)
    if action != "edit":
        if field is not None or new is not None:
            raise RecordError(f"{record.id}: got a new value with {action!r}, expected it with 'edit'")
        return _judgement(record, action, by, old=record.review, new=REVIEWS[cast("Action", action)], note=note)
    if field is None:
        raise RecordError(f"{record.id}: got an edit without a field, expected field= and new=")
    changed = with_field(record, field, new)
    return _judgement(
        record, "edit", by, field=field, old=plain(record, field), new=plain(changed, field), note=note
    )


def undoing(record: AnyRecord, history: Sequence[Judgement], serial: int, *, by: str) -> Judgement:
    """The judgement that undoes one of a record's judgements, not saved yet.

    Args:
        record: its current value.
        history: all its judgements, oldest first.
        serial: the one to undo, which must be the last that stands.

    Raises:
        RecordError: it was undone already, or a later one rests on it.
    """
    _require_name(by)
    stack = standing(history)
    if serial not in [j.serial for j in stack]:
        raise RecordError(f"{record.id}: judgement {serial} does not stand (any more): there is nothing to undo")
    last = stack[-1]
    if last.serial != serial:
        raise RecordError(
            f"{record.id}: judgement {last.serial} came after {serial} and rests on it", f"undo {last.serial} first"
        )
    if last.field is None:
        before: Any = review_of(stack[:-1])
        return _judgement(record, "propose", by, old=record.review, new=before, note=f"undoes {serial}")
    now = plain(record, last.field)
    return _judgement(record, "propose", by, field=last.field, old=now, new=last.old, note=f"undoes {serial}")


def proposing(record: AnyRecord, *, by: str, note: str | None) -> Judgement:
    """The judgement with which a person puts a record of their own into the ledger, not saved yet.

    Raises:
        RecordError: nobody is named, or the record does not say that a person made it.
    """
    _require_name(by)
    if record.origin.by != "person":
        raise RecordError(f"{record.id}: got a record made by a {record.origin.by}, expected one of a person")
    return _judgement(record, "propose", by, old=None, new=None, note=note)


def broken_links(value: AnyRecord, judgements: Sequence[Judgement]) -> list[str]:
    """What is wrong in a record's judgements: each must start from the value that the one before it left.

    Returns:
        A sentence for each fault; empty where the chain holds.
    """
    faults = []
    proposal = proposal_of(value, judgements)
    for place, judgement in enumerate(judgements):
        before = current(proposal, judgements[:place])
        held = plain(before, judgement.field) if judgement.field else before.review
        if judgement.old != held and not (judgement.action == "propose" and judgement.old is None):
            faults.append(f"judgement {judgement.serial} of {value.id} starts from {judgement.old!r}, expected {held!r}")
    if encode(current(proposal, judgements)) != encode(value):
        faults.append(f"{value.id}: the current value is not what its judgements give")
    return faults


def _judgement(
    record: AnyRecord, action: str, by: str, *, old: Any, new: Any, note: str | None, field: str | None = None
) -> Judgement:
    return Judgement(
        record=record.id, action=cast("Action", action), by=by.strip(), field=field, old=old, new=new, note=note,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip


def _require_name(by: str) -> None:
    if not by.strip():
        raise RecordError("a judgement without a name: expected by= the person who decides")


