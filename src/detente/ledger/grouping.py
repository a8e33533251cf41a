"""Merges and splits take effect: which records are one, which actors are one, as the judgements leave it.

A record or actor that is merged points to the one that is kept in the end, however many merges lead there. The records put
together are also a cluster made by a person, which the questions fold by; a record that was split off is a cluster of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from detente.errors import RecordError
from detente.ledger import views, writes
from detente.ledger.connection import Connection
from detente.ledger.judgements import PLACE, place_of, standing
from detente.records import Cluster, Judgement, Origin

_CHUNK = 500


def kept_record(connection: Connection, key: str) -> str:
    """The record that a record is merged into, or itself."""
    found = connection.row("SELECT merged_into FROM records WHERE id = ?", (key,))
    return str(found[0]) if found and found[0] else key


def kept_actor(connection: Connection, key: str) -> str:
    """The actor that an actor is merged into, or itself."""
    found = connection.row("SELECT kept FROM actor_merges WHERE actor = ?", (key,))
    return str(found[0]) if found else key


def merged_records(connection: Connection, key: str) -> list[str]:
    """The records that are merged into a record, in the order in which they came."""
    return connection.column("SELECT id FROM records WHERE merged_into = ? ORDER BY serial", (key,))


def merged_actors(connection: Connection, key: str) -> list[str]:
    """The actors that are merged into an actor."""
    return connection.column("SELECT actor FROM actor_merges WHERE kept = ? ORDER BY actor", (key,))


def settle_record(connection: Connection, key: str) -> None:
    """Let a merge, a split or their undoing take effect on a record and on those that were merged into it.

    Raises:
        RecordError: the record would be merged into itself.
    """
    before = kept_record(connection, key)
    group = {
        key,
        *merged_records(connection, key),
        *(merged_records(connection, before) if before != key else []),
    }
    after = {member: merge_end(connection, member) for member in group}
    connection.run_many(
        "UPDATE records SET merged_into = ? WHERE id = ?",
        [(end if end != member else None, member) for member, end in sorted(after.items())],
    )
    for end in sorted({before, *after.values()}):
        _write_cluster(connection, end)


def settle_actor(connection: Connection, key: str) -> None:
    """Let a merge, a split or their undoing take effect on an actor and on those that were merged into it.

    Raises:
        RecordError: the actor would be merged into itself.
    """
    before = kept_actor(connection, key)
    group = {
        key,
        *merged_actors(connection, key),
        *(merged_actors(connection, before) if before != key else []),
    }
    after = {member: merge_end(connection, member) for member in group}
    connection.run_many("DELETE FROM actor_merges WHERE actor = ?", [(member,) for member in sorted(group)])
    connection.run_many(
        "INSERT INTO actor_merges(actor, kept) VALUES (?, ?)",
        [(member, end) for member, end in sorted(after.items()) if end != member],
    )
    _follow_actors(connection, group, {before, *group, *after.values()})


def merge_end(connection: Connection, key: str) -> str:
    """Where the merges that stand lead from a record or an actor: what the judgements say, whatever the tables have.

    Raises:
        RecordError: they lead back to it.
    """
    seen, place = [key], place_of(_history(connection, key))
    record = _is_record(connection, key)
    # What was redacted, or did not come with an import, is not there to be merged into.
    while place not in (None, seen[-1]) and _is_record(connection, str(place)) == record:
        if place in seen:
            raise RecordError(
                f"{key}: got a merge into {place}, which is merged into {key} itself",
                f"detente split {place}",
            )
        seen.append(str(place))
        place = place_of(_history(connection, seen[-1]))
    return seen[-1]


def _is_record(connection: Connection, key: str) -> bool:
    return connection.row("SELECT 1 FROM records WHERE id = ?", (key,)) is not None


def _history(connection: Connection, key: str) -> list[Judgement]:
    return views.judgements(connection, "WHERE record = ?", (key,))


def _write_cluster(connection: Connection, kept: str) -> None:
    """Write the cluster of the records that are merged into one, or of one that stands alone by a person's word."""
    cluster = "cl-" + hashlib.sha256(f"merge\x1f{kept}".encode()).hexdigest()[:16]
    connection.run("DELETE FROM clusters WHERE id = ?", (cluster,))
    members = [kept, *merged_records(connection, kept)]
    decisions = [j for m in members for j in standing(_history(connection, m)) if j.field == PLACE]
    kind = connection.row("SELECT kind FROM records WHERE id = ? AND merged_into IS NULL", (kept,))
    alone = len(members) == 1 and place_of(_history(connection, kept)) != kept
    if not decisions or kind is None or alone:
        return
    last = max(decisions, key=lambda j: j.serial)
    said = "put together by" if len(members) > 1 else "kept apart by"
    reason = "; ".join(dict.fromkeys(j.note for j in decisions if j.note)) or f"{said} {last.by}"
    origin = Origin(by="person", name=last.by)
    writes.save_cluster(
        connection, Cluster(id=cluster, of=kind[0], members=tuple(members), reason=reason, origin=origin)
    )


def _follow_actors(connection: Connection, changed: Iterable[str], named: Iterable[str]) -> None:
    """Index anew the records that name actors whose merges have changed.

    Args:
        changed: the actors, as the records name them.
        named: under whom those records may be indexed now.
    """
    mentions = " OR ".join("instr(r.value, ?)" for _ in changed)
    marks = ", ".join("?" for _ in named)
    serials = connection.column(
        "SELECT serial FROM records r WHERE serial IN "
        f"(SELECT record FROM record_actors WHERE actor IN ({marks})) AND ({mentions})",
        (*named, *(writes.as_json(key) for key in changed)),
    )
    for start in range(0, len(serials), _CHUNK):
        chunk = serials[start : start + _CHUNK]
        writes.index_again(connection, chunk)
        # Who said or pledged something decides what is the same: the clusters are to be looked at anew.
        connection.run(
            f"INSERT OR IGNORE INTO unclustered SELECT article FROM records WHERE serial IN ({', '.join('?' * len(chunk))})",
            chunk,
        )
