"""JSON Lines: one object a line with `kind` first, and nothing lost.

Each article comes before its records; actors, issues, clusters, judgements and weighings follow. Records have their
current values, with their actors as they were read. What is merged and what the machine proposed follow from the judgements,
each of which holds the value before it, so that a ledger comes back whole from what was exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from detente.exchange.base import Account
from detente.ledger import Ledger
from detente.ledger.redacting import described
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
        yield from ledger.records(merged=True, stored=True).where(article=article)
    yield from ledger.all_actors()
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
        stored = ledger.get(record.id, stored=True)
        named.update(actor.id for r in (record, stored) for _, actor in actors_in(r))
        yield stored
    yield from (actor for actor in ledger.all_actors() if actor.id in named)
    yield from (cluster for cluster in ledger.clusters() if chosen.issuperset(cluster.members))
    judged = chosen | named
    yield from (j for j in ledger.judgements() if j.record in judged or (j.action == "redact" and described(j)[0] in articles))
