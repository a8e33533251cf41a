"""Whether a ledger is sound: the file, the words under every record, the chain of judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from detente.errors import DetenteError, LedgerCorrupt, LedgerError
from detente.ledger import redacting, rows, tallies, views
from detente.ledger.connection import Connection
from detente.ledger.deciding import stored_record
from detente.ledger.grouping import kept_actor, merge_end
from detente.ledger.judgements import PLACE, broken_links, broken_places, proposal_of
from detente.ledger.schema import CATEGORY_COLUMNS, INDEXES
from detente.records import AnyRecord, Judgement, encode, kind_of, text_id

_COLUMNS = ("kind", "id", "article", *CATEGORY_COLUMNS)


def faults(connection: Connection) -> list[str]:
    """All that is wrong, a sentence each; see `Ledger.check`."""
    found: list[str] = []
    for part in (
        _file,
        _references,
        _indexes,
        _articles,
        _records,
        _judgements,
        _merges,
        tallies.faults,
        redacting.faults,
    ):
        try:
            found.extend(part(connection))
        except LedgerCorrupt as error:
            found.append(error.message)
    return found


def _file(connection: Connection) -> Iterator[str]:
    yield from (f"SQLite: {line}" for line in connection.column("PRAGMA integrity_check") if line != "ok")


def _references(connection: Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.rows("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to something that is not in {parent}"


def _indexes(connection: Connection) -> Iterator[str]:
    """FTS5 compares an index with what it indexes on a command that looks like an INSERT, so it needs the right to write."""
    if connection.readonly:
        return
    for index in INDEXES:
        try:
            with connection.writing():
                connection.run(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except LedgerCorrupt:
            yield f"the full-text index {index} does not agree with the texts"


def _articles(connection: Connection) -> Iterator[str]:
    for serial in connection.column("SELECT serial FROM articles"):
        key, json, text = connection.rows("SELECT id, json, text FROM articles WHERE serial = ?", (serial,))[
            0
        ]
        if text_id(text) != key and redacting.places_in(connection, key) == []:
            yield f"article {key}: the text is not the one that the id was made from"
        try:
            rows.article_of((json, text))
        except DetenteError as error:
            yield f"article {key}: {error.message}"


def _records(connection: Connection) -> Iterator[str]:
    """Every span exact against its article, and what filters read in step with the record."""
    merged = rows.kept_actors(connection)
    for article in connection.column("SELECT DISTINCT article FROM records"):
        text = connection.column("SELECT text FROM articles WHERE id = ?", (article,))
        actors = _actors_of(connection, article)
        columns = connection.rows(
            f"SELECT serial, value, names, {', '.join(_COLUMNS)} FROM records WHERE article = ?", (article,)
        )
        for serial, value, names, *filtered in columns:
            try:
                record = rows.record_of(value, text[0] if text else "", connection.name)
            except LedgerError as error:
                yield error.message
                continue
            yield from _found_by(record, rows.with_actors(record, merged), filtered, names, actors[serial])


def _actors_of(connection: Connection, article: str) -> dict[int, set[tuple[str, str]]]:
    """By serial, the roles and actors under which the records of an article are found."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for serial, role, actor in connection.rows(
        "SELECT record, role, actor FROM record_actors JOIN records r ON r.serial = record WHERE r.article = ?",
        (article,),
    ):
        found[serial].add((role, actor))
    return found


def _found_by(
    record: AnyRecord, read: AnyRecord, filtered: list[Any], names: str, actors: set[tuple[str, str]]
) -> Iterator[str]:
    if [kind_of(record), *(getattr(record, column, None) for column in _COLUMNS[1:])] != filtered:
        yield f"{record.id}: the record and the columns by which it is found do not agree"
    if names != rows.names_of(rows.actors_in(read), rows.actors_in(record)) or actors != {
        (role, actor.id) for role, actor in rows.actors_in(read)
    }:
        yield f"{record.id}: the record and the actors by which it is found do not agree"


def _judgements(connection: Connection) -> Iterator[str]:
    ordered = views.judgements(connection, "", ())
    by_record = sorted(ordered, key=lambda j: (j.record, j.serial))
    for key, history in groupby(by_record, key=lambda j: j.record):
        yield from _chain(connection, key, list(history))
    for key, review in connection.rows(
        "SELECT id, review FROM records WHERE (review <> 'proposed' OR proposal IS NOT NULL) "
        "AND id NOT IN (SELECT record FROM judgements)"
    ):
        yield f"{key}: the record is {review}, and there is no judgement that says so"


def _chain(connection: Connection, key: str, history: list[Judgement]) -> Iterator[str]:
    try:
        value = stored_record(connection, key)
        if value is None:
            yield from _chain_without_record(connection, key, history)
            return
        yield from broken_links(value, history)
        kept, merged = connection.rows("SELECT proposal, merged_into FROM records WHERE id = ?", (key,))[0]
        if merged != (None if (end := merge_end(connection, key)) == key else end):
            yield f"{key}: got a record that is merged into {merged}, and its judgements say {end}"
        if kept is not None and kept != encode(proposal_of(value, history)).decode():
            yield f"{key}: what the machine proposed is not what the judgements started from"
    except DetenteError as error:
        yield error.message


def _chain_without_record(connection: Connection, key: str, history: list[Judgement]) -> Iterator[str]:
    """The judgements about an actor, or about what was redacted."""
    if history[-1].action == "redact":
        return
    if any(j.field != PLACE for j in history):
        yield f"judgement {history[0].serial} is about {key}, which the ledger does not have"
        return
    yield from broken_places(key, history)
    if (kept := kept_actor(connection, key)) != (end := merge_end(connection, key)):
        yield f"{key}: got an actor that is merged into {kept}, and its judgements say {end}"


def _merges(connection: Connection) -> Iterator[str]:
    """What is merged without a judgement that says so, and what a record is found by against the actors' merges."""
    for key in connection.column(
        "SELECT id FROM records WHERE merged_into IS NOT NULL AND id NOT IN (SELECT record FROM judgements) "
        "UNION SELECT actor FROM actor_merges WHERE actor NOT IN (SELECT record FROM judgements)"
    ):
        yield f"{key}: it is merged into another, and there is no judgement that says so"
