"""How records, articles and actors are read out of the ledger's tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec

from detente.errors import LedgerCorrupt, RecordError
from detente.ledger import rows
from detente.ledger.connection import Connection, recovery
from detente.ledger.filters import (
    Condition,
    actor_conditions,
    article_conditions,
    record_conditions,
    unknown,
)
from detente.ledger.recordset import Source
from detente.records import KINDS, Actor, AnyRecord, Article, Judgement, decode

PLURALS = {kind: f"{kind}s" for kind in KINDS}
_NEAR = 5
_LEAST_PREFIX = 4


_KEPT = Condition("r.merged_into IS NULL", tallied=True)


def records(
    connection: Connection, kind: str | None, *, merged: bool = False, stored: bool = False
) -> tuple[Source, tuple[Condition, ...]]:
    """The source of all records or those of one kind, and the conditions that pick them.

    Args:
        kind: of record; all where `None`.
        merged: also those that are merged into others.
        stored: with their actors as they were read, and not those that they are merged into.

    Raises:
        UnknownName: no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise unknown("kind", kind, KINDS)
    kinds = (kind,) if kind else tuple(KINDS)
    source = Source(
        noun=PLURALS[kind] if kind else "records",
        kinds=kinds,
        # By article, so that the order comes from the indexes; by record where a condition leaves few of them.
        tables="articles a CROSS JOIN records r ON r.article = a.id",
        few="records r CROSS JOIN articles a ON a.id = r.article",
        alone="records r",
        serial="r.serial",
        order="a.published, a.id, r.place, r.id",
        load=partial(_by_serial, connection, stored=stored),
        conditions=partial(record_conditions, kinds),
    )
    picked = (Condition("r.kind = ?", (kind,), tallied=True),) if kind else ()
    return source, picked if merged else (*picked, _KEPT)


def articles(connection: Connection) -> Source:
    """The source of all articles."""
    return Source(
        noun="articles",
        tables="articles a",
        few="articles a",
        alone="articles a",
        serial="a.serial",
        order="a.published, a.id",
        load=partial(_articles, connection),
        conditions=article_conditions,
    )


def actors(connection: Connection) -> tuple[Source, tuple[Condition, ...]]:
    """The source of all actors, and the condition that leaves out those that are merged into others."""
    source = Source(
        noun="actors",
        tables="actors x",
        few="actors x",
        alone="actors x",
        serial="x.serial",
        order="x.name, x.id",
        load=partial(_actors, connection),
        conditions=actor_conditions,
    )
    return source, (Condition("x.id NOT IN (SELECT actor FROM actor_merges)"),)


def load(
    connection: Connection, where: str, parameters: Sequence[Any], *, stored: bool = False
) -> list[tuple[int, AnyRecord]]:
    """Records with their serials, each checked against its article's text.

    Args:
        where: a condition over `r`.
        parameters: for its question marks.
        stored: with their actors as they were read, and not those that they are merged into.
    """
    found = connection.rows(f"SELECT r.serial, r.value, r.article FROM records r WHERE {where}", parameters)
    needed = sorted({article for *_, article in found})
    marks = ", ".join("?" * len(needed))
    texts: dict[str, str] = dict(
        connection.rows(f"SELECT id, text FROM articles WHERE id IN ({marks})", needed)
    )
    merged = {} if stored else rows.kept_actors(connection)
    return [
        (serial, rows.with_actors(rows.record_of(value, texts.get(article, ""), connection.name), merged))
        for serial, value, article in found
    ]


def load_unchecked(
    connection: Connection, where: str, parameters: Sequence[Any]
) -> list[tuple[int, AnyRecord]]:
    """Records with their serials as the file has them, for work on the words that they are checked against."""
    found = connection.rows(f"SELECT r.serial, r.value FROM records r WHERE {where}", parameters)
    return [(serial, rows.any_record(value)) for serial, value in found]


def judgements(connection: Connection, where: str, parameters: Sequence[Any]) -> list[Judgement]:
    """Judgements, oldest first."""
    found = connection.rows(
        f"SELECT record, action, by, at, field, old, new, note, serial, batch FROM judgements {where} ORDER BY serial",
        parameters,
    )
    return [
        Judgement(
            record=record, action=action, by=by, at=at, field=field,
            old=msgspec.json.decode(old), new=msgspec.json.decode(new), note=note, serial=serial, batch=batch,
        )
        for record, action, by, at, field, old, new, note, serial, batch in found
    ]  # fmt: skip


def counts(connection: Connection) -> dict[str, int]:
    """How many there are of everything; what is merged into another counts as that."""
    kinds: dict[str, int] = dict(
        connection.rows("SELECT kind, count(*) FROM records WHERE merged_into IS NULL GROUP BY kind")
    )
    tables = {
        t: connection.number(f"SELECT count(*) FROM {t}")
        for t in ("articles", "actors", "judgements", "clusters", "issues", "weighings")
    }
    tables["actors"] -= connection.number("SELECT count(*) FROM actor_merges JOIN actors ON id = actor")
    return {"articles": tables.pop("articles")} | {PLURALS[k]: kinds.get(k, 0) for k in KINDS} | tables


def near_ids(connection: Connection, table: str, key: str) -> list[str]:
    """Ids that begin as the given one does, as far as any do."""
    for length in range(len(key), _LEAST_PREFIX - 1, -1):
        stem = key[:length].encode("utf-8", "replace").decode()
        found = connection.column(
            f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT {_NEAR}",
            (stem, stem + "\U0010ffff"),
        )
        if found:
            return found
    return []


def _by_serial(connection: Connection, serials: list[int], *, stored: bool) -> list[tuple[int, AnyRecord]]:
    return load(connection, f"r.serial IN ({_listed(serials)})", (), stored=stored)


def _articles(connection: Connection, serials: list[int]) -> list[tuple[int, Article]]:
    found = connection.rows(
        f"SELECT a.serial, {rows.ARTICLE_COLUMNS} FROM articles a WHERE a.serial IN ({_listed(serials)})"
    )
    return [(serial, rows.article_of(row)) for serial, *row in found]  # type: ignore[arg-type]


def _actors(connection: Connection, serials: list[int]) -> list[tuple[int, Actor]]:
    found = connection.rows(f"SELECT x.serial, x.json FROM actors x WHERE x.serial IN ({_listed(serials)})")
    try:
        return [(serial, decode(json)) for serial, json in found]  # type: ignore[misc]
    except RecordError as error:
        raise LedgerCorrupt(
            f"{connection.name}: the ledger is damaged ({error})", recovery(connection.name)
        ) from error


def _listed(serials: list[int]) -> str:
    return ", ".join(map(str, serials))
