"""JSON Lines: one object a line with `kind` first, and nothing lost.

Each article comes before its records; actors, issues, clusters, judgements and weighings follow. Records have their
current values. What the machine proposed follows from the judgements, each of which holds the value before it, so that
a ledger comes back whole from what was exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from detente.exchange.base import Account
from detente.ledger import Ledger
from detente.ledger.rows import actors_in
from detente.records import RECORD_TYPES, AnyRecord, Part, encode


class JsonLines:
    """Writes JSON Lines."""

    name = "jsonl"
    extension = ".jsonl"
    binary = False
    omits = ("which judged records the last reading no longer proposes",)

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write records, or the whole ledger, as JSON Lines."""
        account = Account()
        with ledger.connection.snapshot():
            for thing in _everything(ledger) if records is None else _chosen(ledger, records):
                stream.write(encode(thing) + b"\n")
                if isinstance(thing, RECORD_TYPES):
                    account.wrote(thing)
        return account


def _everything(ledger: Ledger) -> Iterator[Part]:
    for article in ledger.articles:
        yield article
        yield from ledger.records().where(article=article)
    yield from sorted(ledger.actors, key=lambda a: a.id)
    yield from ledger.issues()
    yield from ledger.clusters()
    yield from ledger.judgements()
    yield from ledger.weighings()


def _chosen(ledger: Ledger, records: Iterable[AnyRecord]) -> Iterator[Part]:
    """Some records with all that they rest on: articles, actors, the clusters that they fill, judgements."""
    articles: set[str] = set()
    chosen: set[str] = set()
    named: set[str] = set()
    for record in records:
        if record.article not in articles:
            articles.add(record.article)
            yield ledger.article(record.article)
        chosen.add(record.id)
        named.update(actor.id for _, actor in actors_in(record))
        yield record
    yield from (actor for actor in sorted(ledger.actors, key=lambda a: a.id) if actor.id in named)
    yield from (cluster for cluster in ledger.clusters() if chosen.issuperset(cluster.members))
    yield from (judgement for judgement in ledger.judgements() if judgement.record in chosen)
