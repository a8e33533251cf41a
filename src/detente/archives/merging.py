"""Shards of records come into a ledger: article by article, in order, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from detente.archives.files import read_records
from detente.errors import MalformedInput
from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.records import Actor, AnyRecord, Anything, Article


class Merged(msgspec.Struct, frozen=True):
    """What came into the ledger.

    Args:
        articles: new to the ledger.
        seen: that it had.
        records: new.
    """

    articles: int
    seen: int
    records: int


def merge(ledger: Ledger, files: Iterable[Path], told: Callable[[], None] = lambda: None) -> Merged:
    """Merge shards, then put together what is the same in several articles.

    Args:
        ledger: where they go.
        files: shards of records, in order.
        told: called after each article.

    Raises:
        MalformedInput: a shard is damaged; what was merged before it stays, and merging again goes on.
        LedgerError: the ledger cannot be written.
    """
    articles = seen = records = 0
    for article, found, actors in articles_in(files):
        added = ledger.add(article, found, actors)
        articles += added.article_new
        seen += not added.article_new
        records += added.records
        told()
    cluster(ledger)
    return Merged(articles, seen, records)


def articles_in(files: Iterable[Path]) -> Iterator[tuple[Article, list[AnyRecord], list[Actor]]]:
    """Each article of the shards, with what was read from it and whom it names."""
    for path in files:
        for _, rows in groupby(read_records(path), key=lambda row: row[0]):
            yield _whole(path, [thing for _, thing in rows])


def _whole(path: Path, things: list[Anything]) -> tuple[Article, list[AnyRecord], list[Actor]]:
    if not isinstance(things[0], Article):
        raise MalformedInput(f"{path}: got records before their article, expected the article first", f"read that shard again: rm {path}")
    records: list[AnyRecord] = []
    actors: list[Actor] = []
    for thing in things[1:]:
        (actors if isinstance(thing, Actor) else records).append(thing)  # type: ignore[arg-type]
    return things[0], records, actors
