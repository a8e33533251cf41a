"""A ledger's clusters are brought up to date: only what is new or has changed is compared, and with little else.

The result is the same as if all had been compared at once, in whatever order the articles came: what is the same is a matter
of two things alone, groups are made in an order of their own (`linking`), and whatever pairs lead to from something new is
grouped again. What a person has put together or set apart is left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from detente.ledger import writes
from detente.ledger.clustering import index
from detente.ledger.clustering.events import Events
from detente.ledger.clustering.linking import Sameness, connected, grouped
from detente.ledger.clustering.pledges import Pledges
from detente.ledger.clustering.statements import Statements
from detente.ledger.clustering.stories import Stories
from detente.ledger.connection import Connection
from detente.ledger.store import Ledger
from detente.records import Cluster

KINDS: tuple[Sameness[Any], ...] = (Stories(), Statements(), Events(), Pledges())
_BATCH = 200  # articles a transaction: another process waits no longer than for these


def cluster(ledger: Ledger, progress: Callable[[int], None] | None = None) -> int:
    """Put together what is the same in the articles that are new or have changed records since the last time.

    Args:
        ledger: whose clusters are brought up to date.
        progress: called with the number of articles after each step.

    Returns:
        How many articles were new or changed.

    Raises:
        LedgerLocked: another process did not finish writing in time; what was done before stays.
    """
    total = 0
    while articles := index.pending(ledger.connection, _BATCH):
        with ledger.connection.writing():
            for how in KINDS:
                _update(ledger.connection, how, articles)
            index.settled(ledger.connection, articles)
        total += len(articles)
        if progress:
            progress(len(articles))
    return total


def _update(connection: Connection, how: Sameness[Any], articles: Sequence[str]) -> None:
    """Bring the clusters of one kind up to date for some articles."""
    loaded: dict[int, Any] = {}
    met: set[int] = set()  # those that share a key with another: whatever else is reached stands alone

    def load(serials: Iterable[int]) -> list[Any]:
        wanted = list(serials)
        loaded.update(
            (how.serial(t), t) for t in how.load(connection, [s for s in wanted if s not in loaded])
        )
        return [loaded[s] for s in wanted if s in loaded]

    inside = index.numbers_in(connection, how.of, articles)
    changed = load(inside)
    index.remember(connection, ((key, how.serial(t)) for t in changed for key in how.keys(t)))
    before = index.clusters_with(connection, how.of, index.names_of(connection, how.of, inside))
    members = load(
        index.numbers_of(connection, how.of, sorted({m for c in before.values() for m in c.members}))
    )

    def near(things: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
        asked: dict[int, list[int]] = defaultdict(list)
        for thing in things:
            for key in how.probes(thing):
                asked[key].append(how.serial(thing))
        found: dict[int, set[int]] = defaultdict(set)
        for key, serial in index.found_under(connection, asked):
            if asked[key] != [serial]:  # most things find themselves alone
                found[serial].update(asked[key])
        met.update(found, *found.values())
        return [(c, [loaded[s] for s in sorted(found[how.serial(c)])]) for c in load(sorted(found))]

    reached = connected([*changed, *members], near, how)
    together = [thing for thing in reached if how.serial(thing) in met]
    made = [how.cluster(group) for group in grouped(together, how) if len(group) > 1]
    before |= index.clusters_with(connection, how.of, [how.name(t) for t in reached])
    _replace(connection, before, {c.id: c for c in made})


def _replace(connection: Connection, before: Mapping[str, Cluster], now: Mapping[str, Cluster]) -> None:
    """Write the clusters that are new or say something else, and remove those that are no more."""
    connection.run_many(
        "DELETE FROM clusters WHERE id = ?", [(key,) for key in sorted(before.keys() - now.keys())]
    )
    for key, found in sorted(now.items()):
        if before.get(key) != found:
            writes.save_cluster(connection, found)
