"""Decisions are saved and take effect: judged, merged, split, reassigned, undone, made again.

Each function is to be called inside a transaction. What is judged is a record or, to merge or split it, an actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.errors import RecordError, UnknownName
from detente.ledger import grouping, rows, values, views, writes
from detente.ledger import judgements as judging
from detente.ledger.connection import Connection
from detente.ledger.fields import actor_fields
from detente.ledger.judgements import PLACE, judgement
from detente.records import ActorRef, AnyRecord, Judgement, kind_of

_AGAIN = "redo "  # the batch of judgements that are made again: this and the batch of the undo
_STEP = 200  # judgements looked at in one go on the way back through a person's


def stored_record(connection: Connection, key: str) -> AnyRecord | None:
    """A record with its actors as they were read, or `None` where the ledger does not have it."""
    found = views.load(connection, "r.id = ?", (key,), stored=True)
    return found[0][1] if found else None


def history(connection: Connection, key: str) -> list[Judgement]:
    """The judgements about a record or an actor, oldest first."""
    return views.judgements(connection, "WHERE record = ?", (key,))


def judge(connection: Connection, record: AnyRecord, made: Judgement) -> Judgement:
    """Save a judgement on a record and the value that it gives.

    Raises:
        RecordError: the record cannot have the value.
    """
    saved = writes.log(connection, made)
    if made.field == PLACE:
        grouping.settle_record(connection, record.id)
        return saved
    after = judging.with_field(record, made.field, made.new) if made.field else record
    after = after.replace(review=judging.review_of(history(connection, record.id)))
    article = writes.find_article(connection, record.article)
    if article is not None:  # a foreign key sees to it
        rows.clean_record(after, article)
    if made.action == "edit":
        values.check_edit(connection, after, str(made.field))
    connection.run("UPDATE records SET proposal = coalesce(proposal, value) WHERE id = ?", (record.id,))
    writes.update_record(connection, after)
    return saved


def merge(
    connection: Connection, key: str, into: str, *, by: str, note: str | None, batch: str | None = None
) -> Judgement:
    """Say that a record or an actor is the same as another one, which is kept.

    Raises:
        UnknownName: there is no such record or actor.
        RecordError: the two are of different kinds, or one already.
    """
    one, other = stored_record(connection, key), stored_record(connection, into)
    kinds = [_kind(connection, name, record) for name, record in ((key, one), (into, other))]
    if kinds[0] != kinds[1]:
        got = f"got the {kinds[0]} {key} to merge into the {kinds[1]} {into}"
        raise RecordError(f"{got}, expected two of one kind")
    kept = grouping.kept_actor if one is None else grouping.kept_record
    ends = kept(connection, key), kept(connection, into)
    if ends[0] == ends[1]:
        raise RecordError(f"{key} and {into} are one already")
    if ends[0] != key:
        raise RecordError(
            f"{key} is merged into {ends[0]}", f"detente merge {ends[0]} {into}, or first detente split {key}"
        )
    made = judgement(
        key,
        "merge",
        by,
        field=PLACE,
        old=judging.place_of(history(connection, key)),
        new=ends[1],
        note=note,
        batch=batch,
    )
    return _place(connection, one, made)


def split(
    connection: Connection, key: str, *, by: str, note: str | None, batch: str | None = None
) -> Judgement:
    """Take a record out of those that it was put together with, by a person or by a rule; or an actor out of a merge.

    A record that was split off stands alone from then on: no rule puts it together with others again.

    Raises:
        UnknownName: there is no such record or actor.
        RecordError: there is nothing to take it out of.
    """
    record = stored_record(connection, key)
    if record is None:
        _require_actor(connection, key)
    others = (grouping.merged_actors if record is None else grouping.merged_records)(connection, key)
    place = judging.place_of(history(connection, key))
    if others:
        raise RecordError(
            f"{key} is the one that is kept; merged into it: {', '.join(others)}",
            f"detente split {others[0]}",
        )
    if place == key or (record is None and place is None):
        raise RecordError(f"{key} stands alone already")
    made = judgement(
        key, "split", by, field=PLACE, old=place, new=key if record else None, note=note, batch=batch
    )
    return _place(connection, record, made)


def reassign(
    connection: Connection, records: Sequence[str], actor: str, to: ActorRef, *, by: str, note: str | None
) -> list[Judgement]:
    """Say that some of an actor's records are about another one, as one batch.

    Raises:
        UnknownName: there is no such record.
        RecordError: a record does not name the actor.
    """
    batch = judging.new_batch()
    made = []
    for key in records:
        record = stored_record(connection, key)
        if record is None:
            raise UnknownName(f"there is no record {key!r} in {connection.name}")
        fields = [
            f
            for f in actor_fields(type(record))
            if actor in {a.id for r, a in rows.actors_in(record) if r == f}
        ]
        if not fields:
            raise RecordError(f"{key}: got {actor} to take out of a record that does not name it")
        for field in fields:
            value = stored_record(connection, key) or record
            old = judging.plain(value, field)
            new = rows.followed(old, {actor: to})
            made.append(judge(connection, value, judgement(
                key, "split", by, field=field, old=old, new=new, note=note, batch=batch)))  # fmt: skip
    return made


def _place(connection: Connection, record: AnyRecord | None, made: Judgement) -> Judgement:
    """Save a judgement about what a record or, where it is none, an actor is the same as."""
    if record is not None:
        return judge(connection, record, made)
    saved = writes.log(connection, made)
    grouping.settle_actor(connection, made.record)
    return saved


def _kind(connection: Connection, key: str, record: AnyRecord | None) -> str:
    if record is not None:
        return kind_of(record)
    _require_actor(connection, key)
    return "actor"


def _require_actor(connection: Connection, key: str) -> None:
    known = connection.row(
        "SELECT 1 FROM actors WHERE id = ? UNION SELECT 1 FROM record_actors WHERE actor = ?", (key, key)
    )
    if (
        known is None
        and not grouping.merged_actors(connection, key)
        and grouping.kept_actor(connection, key) == key
    ):
        near = views.near_ids(connection, "records", key)
        raise UnknownName(
            f"there is no record or actor {key!r} in {connection.name}",
            f"did you mean {' or '.join(near)}?"
            if near
            else "detente show actors, or detente search WORDS, which show ids",
        )


# ------------------------------------------------------------ undo and redo


def undo(connection: Connection, serial: int, *, by: str, batch: str | None = None) -> Judgement:
    """Undo a judgement by another one that puts back what was there before.

    Raises:
        UnknownName: there is no such judgement.
        RecordError: it was undone before, a later judgement rests on it, or it redacted words.
    """
    found = views.judgements(connection, "WHERE serial = ?", (serial,))
    if not found:
        raise UnknownName(f"there is no judgement {serial} in {connection.name}")
    if found[0].action == "redact":
        raise RecordError(
            f"judgement {serial} redacted {found[0].record}: its words are gone, and no undo brings them back"
        )
    key = found[0].record
    record, made = stored_record(connection, key), history(connection, key)
    if record is not None:
        return judge(connection, record, judging.undoing(record, made, serial, by=by, batch=batch))
    last = judging.last_of(key, made, serial)
    return _place(connection, None, judging.displacing(key, last, by=by, batch=batch))


def undo_last(connection: Connection, *, by: str) -> list[Judgement]:
    """Undo what a person decided last and still stands: one judgement, or all of its batch.

    Raises:
        UnknownName: nothing that the person decided stands.
        RecordError: somebody has decided about the same record since.
    """
    for made in _backwards(connection, by):
        if _stands(connection, made):
            batch, standing = (
                judging.new_batch(),
                [j for j in _batch(connection, made) if _stands(connection, j)],
            )
            return [undo(connection, j.serial, by=by, batch=batch) for j in reversed(standing)]
    raise UnknownName(
        f"no decision of {by} stands, and so there is none to undo",
        "detente review ID history shows who decided",
    )


def redo_last(connection: Connection, *, by: str) -> list[Judgement]:
    """Make again what a person last undid, as long as they have decided nothing new since.

    Raises:
        UnknownName: there is nothing to make again.
    """
    again: set[str] = set()
    for made in _backwards(connection, by):
        name = made.batch or str(made.serial)
        if name.startswith(_AGAIN):
            again.add(name.removeprefix(_AGAIN))
        elif not judging.is_undo(made):
            break
        elif name not in again:
            undone = [_undone(connection, j) for j in reversed(_batch(connection, made))]
            return [_repeat(connection, j, by=by, batch=_AGAIN + name) for j in undone if j is not None]
    raise UnknownName(
        f"{by} has undone nothing since the last decision, and so there is nothing to make again"
    )


def _repeat(connection: Connection, j: Judgement, *, by: str, batch: str) -> Judgement:
    """Make a judgement again that was undone."""
    if j.field == PLACE:
        if j.action == "merge":
            return merge(connection, j.record, str(j.new), by=by, note=j.note, batch=batch)
        return split(connection, j.record, by=by, note=j.note, batch=batch)
    record = stored_record(connection, j.record)
    if record is None:
        raise UnknownName(f"there is no record {j.record!r} in {connection.name} any more")
    old = judging.plain(record, j.field) if j.field else record.review
    return judge(
        connection,
        record,
        judgement(j.record, j.action, by, field=j.field, old=old, new=j.new, note=j.note, batch=batch),
    )


def _undone(connection: Connection, undo: Judgement) -> Judgement | None:
    return judging.undone_by(history(connection, undo.record), undo)


def _stands(connection: Connection, j: Judgement) -> bool:
    return j.serial in {s.serial for s in judging.standing(history(connection, j.record))}


def _batch(connection: Connection, one: Judgement) -> list[Judgement]:
    """The judgements of a batch, oldest first."""
    if one.batch is None:
        return [one]
    return views.judgements(connection, "WHERE batch = ?", (one.batch,))


def _backwards(connection: Connection, by: str) -> Iterator[Judgement]:
    """A person's judgements, the last first."""
    before = 1 + connection.number("SELECT coalesce(max(serial), 0) FROM judgements")
    while found := views.judgements(
        connection,
        f"WHERE serial IN (SELECT serial FROM judgements WHERE by = ? AND serial < ? ORDER BY serial DESC LIMIT {_STEP})",
        (by.strip(), before),
    ):
        yield from reversed(found)
        before = found[0].serial
