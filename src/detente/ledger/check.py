"""Whether a ledger is sound: the file, the words under every record, the chain of judgements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from detente.errors import DetenteError, LedgerCorrupt, LedgerError
from detente.ledger import rows, views
from detente.ledger.connection import Connection
from detente.ledger.judgements import broken_links, proposal_of
from detente.ledger.schema import CATEGORY_COLUMNS
from detente.records import AnyRecord, Judgement, encode, kind_of, text_id

_INDEXES = ("article_words", "record_words")
_COLUMNS = ("kind", "id", "article", *CATEGORY_COLUMNS)


def faults(connection: Connection) -> list[str]:
    """All that is wrong, a sentence each; see `Ledger.check`."""
    found: list[str] = []
    for part in (_file, _references, _indexes, _articles, _records, _judgements):
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
    for index in _INDEXES:
        try:
            with connection.writing():
                connection.run(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except LedgerCorrupt:
            yield f"the full-text index {index} does not agree with the texts"


def _articles(connection: Connection) -> Iterator[str]:
    for serial in connection.column("SELECT serial FROM articles"):
        key, json, text = connection.rows("SELECT id, json, text FROM articles WHERE serial = ?", (serial,))[0]
        if text_id(text) != key:
            yield f"article {key}: the text is not the one that the id was made from"
        try:
            rows.article_of((json, text))
        except DetenteError as error:
            yield f"article {key}: {error.message}"


def _records(connection: Connection) -> Iterator[str]:
    """Every span exact against its article, and the columns that filters read in step with the record."""
    for article in connection.column("SELECT DISTINCT article FROM records"):
        text = connection.column("SELECT text FROM articles WHERE id = ?", (article,))
        columns = connection.rows(f"SELECT value, {', '.join(_COLUMNS)} FROM records WHERE article = ?", (article,))
        for value, *filtered in columns:
            yield from _record(filtered, value, text[0] if text else "", connection.name)


def _record(filtered: list[Any], value: str, text: str, name: str) -> Iterator[str]:
    try:
        record = rows.record_of(value, text, name)
    except LedgerError as error:
        yield error.message
        return
    if [kind_of(record), *(getattr(record, column, None) for column in _COLUMNS[1:])] != filtered:
        yield f"{record.id}: the record and the columns by which it is found do not agree"


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
        found = views.load(connection, "r.id = ?", (key,))
        if not found:
            return  # `_references` has said so
        value: AnyRecord = found[0][1]
        yield from broken_links(value, history)
        kept = connection.column("SELECT proposal FROM records WHERE id = ?", (key,))[0]
        if kept is not None and kept != encode(proposal_of(value, history)).decode():
            yield f"{key}: what the machine proposed is not what the judgements started from"
    except DetenteError as error:
        yield error.message
