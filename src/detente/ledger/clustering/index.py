"""The index by which what may be the same is found: keys of 64 bits in a table, and what has changed since the last time.

Looking up one thing takes the same time in a ledger of any size: one article more was compared in 5 ms of the processor in a
ledger of 500 articles, and in 7 ms where the table had the 8 million keys of 100,000 (145 MB). To make the keys of 100,000
articles of 500 words anew would take a minute and a half each time, so that they are kept. The table holds some keys that are
out of date, of records that were changed or removed since; what is found under one is compared as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from detente.ledger.connection import Connection
from detente.ledger.folding import ORIGIN as PLEDGES
from detente.records import Cluster, Origin, decode

V = TypeVar("V")
ORIGIN = Origin(by="rule", name="clustering", version="1")
_OURS = (ORIGIN.name, PLEDGES.name)
STORY = "story"  # what a cluster of articles is a cluster of

_CHUNK = 500  # parameters of a query: SQLite's oldest limit is 999
_SIGN = 1 << 63


def signed(key: int) -> int:
    """A key of 64 bits as SQLite keeps it."""
    return key - 2 * _SIGN if key >= _SIGN else key


def remember(connection: Connection, keys: Iterable[tuple[int, int]]) -> None:
    """Keep pairs of a key and the number of the thing that is found under it."""
    # In order, so that each page of a table that is larger than the cache is written once.
    connection.run_many(
        "INSERT OR IGNORE INTO cluster_keys(key, thing) VALUES (?, ?)",
        sorted((signed(key), thing) for key, thing in keys),
    )


def found_under(connection: Connection, keys: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a key, of those given, and the number of a thing that is found under it."""
    by_signed = {signed(key): key for key in keys}
    for part in chunks(sorted(by_signed)):
        asked = f"SELECT key, thing FROM cluster_keys WHERE key IN ({marks(part)})"
        yield from ((by_signed[key], thing) for key, thing in connection.rows(asked, part))


def numbers_in(connection: Connection, of: str, articles: Sequence[str]) -> list[int]:
    """The numbers of the things of a kind in some articles: of the articles themselves where it is `story`."""
    where = "FROM articles WHERE id" if of == STORY else f"FROM records WHERE kind = '{of}' AND article"
    return _column(connection, f"SELECT serial {where}", articles)


def numbers_of(connection: Connection, of: str, names: Sequence[str]) -> list[int]:
    """The numbers of things with some ids."""
    return _column(connection, f"SELECT serial FROM {_table(of)} WHERE id", names)


def names_of(connection: Connection, of: str, serials: Sequence[int]) -> list[str]:
    """The ids of the things with some numbers."""
    return _column(connection, f"SELECT id FROM {_table(of)} WHERE serial", serials)


def clusters_with(connection: Connection, of: str, names: Sequence[str]) -> dict[str, Cluster]:
    """By id, the clusters of a kind that were made here and hold one of some things; those of persons and others stay."""
    asked = (
        f"SELECT DISTINCT c.json FROM clusters c JOIN cluster_members m ON m.cluster = c.id WHERE c.of = '{of}' AND "
        f"json_extract(c.json, '$.origin.by') = 'rule' AND json_extract(c.json, '$.origin.name') IN {_OURS} AND m.record"
    )
    return {c.id: c for c in map(decode, _column(connection, asked, names)) if isinstance(c, Cluster)}


def _table(of: str) -> str:
    return "articles" if of == STORY else "records"


def _column(connection: Connection, start: str, values: Sequence[Any]) -> list[Any]:
    """The column of a query that ends with a condition on some values, piece by piece."""
    return [x for part in chunks(values) for x in connection.column(f"{start} IN ({marks(part)})", part)]


def pending(connection: Connection, limit: int) -> list[str]:
    """Articles that are new or have changed records, those of one day beside each other: what may be the same is near in time."""
    return connection.column(
        "SELECT u.article FROM unclustered u LEFT JOIN articles a ON a.id = u.article "
        "ORDER BY a.published, u.article LIMIT ?",
        (limit,),
    )


def settled(connection: Connection, articles: Sequence[str]) -> None:
    """Take articles off the list."""
    connection.run_many("DELETE FROM unclustered WHERE article = ?", [(article,) for article in articles])


def chunks(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """The values in pieces that a query can take."""
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
