"""A ledger's clusters are brought up to date: only what is new or has changed is compared, and with little else.

The result is the same as if all had been compared at once, in whatever order the articles came: what is the same is a matter
of two things alone, and the groups stay right while things come and go (`linking`). Who was with something that has changed
decides anew. What a person has put together or set apart is left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from detente.ledger import writes
from detente.ledger.clustering import index
from detente.ledger.clustering.events import Events
from detente.ledger.clustering.linking import Groups, Sameness
from detente.ledger.clustering.pledges import Pledges
from detente.ledger.clustering.statements import Statements
from detente.ledger.clustering.stories import Stories
from detente.ledger.connection import Connection
from detente.ledger.store import Ledger
from detente.records import Cluster

KINDS: tuple[Sameness[Any], ...] = (Stories(), Statements(), Events(), Pledges())
_BATCH = 200  # articles a transaction: another process waits no longer than for these
_IN_ORDER = 20_000  # articles whose order is looked up in one go


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
    while waiting := index.pending(ledger.connection, _IN_ORDER):
        for first in range(0, len(waiting), _BATCH):
            articles = waiting[first : first + _BATCH]
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
    step = _Step(connection, how)
    step.take(index.numbers_in(connection, how.of, articles))
    step.groups.settle()
    changed = step.groups.changed
    made = [how.cluster(group) for group in changed.values() if len(group) > 1]
    _replace(connection, step.replaced(changed), {c.id: c for c in made})


class _Step:
    """What is loaded of the ledger while the groups of one kind are brought up to date."""

    def __init__(self, connection: Connection, how: Sameness[Any]) -> None:
        self.groups = Groups(how, self._find)
        self._connection, self._how = connection, how
        self._met: dict[str, Cluster] = {}
        self._led: dict[int, str] = {}  # by the leader's number, the clusters that stand as they were unless it changed
        self._loaded: dict[int, Any] = {}
        self._placed: set[int] = set()

    def take(self, changed: Sequence[int]) -> None:
        """Begin with the things of these numbers, which are new or say something else: who was with them decides anew too."""
        things = self._load(changed)
        keys = ((key, self._how.serial(t)) for t in things for key in self._how.keys(t))
        index.remember(self._connection, keys)
        for _, members in self._clusters_of(changed):
            things += self._load(members)
        self._placed.update(map(self._how.serial, things))
        self.groups.loose(things)

    def replaced(self, changed: Container[int]) -> dict[str, Cluster]:
        """By id, the clusters that were met and are no more what they were, given the numbers of the leaders that changed."""
        stay = {key for number, key in self._led.items() if number not in changed}
        return {key: found for key, found in self._met.items() if key not in stay}

    def _find(self, keys: Iterable[int]) -> dict[int, list[int]]:
        under: dict[int, list[int]] = defaultdict(list)
        for key, serial in index.found_under(self._connection, keys):
            under[key].append(serial)
        self._place(set().union(*under.values()) - self._placed)
        return under

    def _place(self, serials: set[int]) -> None:
        """Tell the groups where things are that were put together before."""
        for key, members in self._clusters_of(sorted(serials)):
            group = self._load(members)
            if len(group) == len(members):
                self._led[self.groups.know(group)] = key
            else:  # one of them stands no more, or a person placed it: it may have been what held them together
                self.groups.loose(group)
            self._placed.update(members)
        for thing in self._load(sorted(serials - self._placed)):
            self.groups.know([thing])
        self._placed.update(serials)

    def _clusters_of(self, serials: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
        """The numbers of the members of each cluster that holds one of some things."""
        names = index.names_of(self._connection, self._how.of, serials)
        for key, found in index.clusters_with(self._connection, self._how.of, names).items():
            if key not in self._met:
                self._met[key] = found
                yield key, index.numbers_of(self._connection, self._how.of, found.members)

    def _load(self, serials: Sequence[int]) -> list[Any]:
        missing = [s for s in serials if s not in self._loaded]
        self._loaded.update((self._how.serial(t), t) for t in self._how.load(self._connection, missing))
        return [self._loaded[s] for s in serials if s in self._loaded]


def _replace(connection: Connection, before: Mapping[str, Cluster], now: Mapping[str, Cluster]) -> None:
    """Write the clusters that are new or say something else, and remove those that are no more."""
    connection.run_many(
        "DELETE FROM clusters WHERE id = ?", [(key,) for key in sorted(before.keys() - now.keys())]
    )
    for key, found in sorted(now.items()):
        if before.get(key) != found:
            writes.save_cluster(connection, found)
