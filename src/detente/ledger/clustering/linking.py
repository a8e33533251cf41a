"""From pairs that are the same to groups: the same groups in whatever order the things came, and without drift.

Things are taken in an order of their own (the fullest text first, say). Each joins the first group whose leader, the first thing
in it, it is the same as, and whose other members before it it does not contradict; else it leads a group. So everything in a group
is the same as one thing, and no chain of small differences leads from one member to another.

What a thing does depends on those before it alone. So when things come, change or go, only they decide anew, and then whoever
comes after one that decided otherwise and was, or would now be, in a group with it: in their order, so that most decide once. In a
ledger where one sentence is printed every day for years, an article more touches the groups of its own days.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from detente.ledger.connection import Connection
from detente.records import Cluster

T = TypeVar("T")


class Sameness(Protocol[T]):
    """What one kind of thing is compared by. All of it is symmetric, and depends on the two things alone."""

    of: str
    """The kind of its clusters: a kind of record, or `story`."""

    def load(self, connection: Connection, serials: Sequence[int]) -> list[T]:
        """The things with these numbers that stand, in any order."""

    def serial(self, thing: T) -> int:
        """The number of a thing in the ledger."""

    def name(self, thing: T) -> str:
        """The id under which a thing is a member of a cluster."""

    def keys(self, thing: T) -> frozenset[int]:
        """The keys under which a thing is found."""

    def probes(self, thing: T) -> frozenset[int]:
        """The keys to look under for what may be the same."""

    def order(self, thing: T) -> tuple[Any, ...]:
        """What things are ordered by before they are put together; no two are equal in it."""

    def same(self, one: T, other: T) -> bool:
        """Whether two things are the same."""

    def fits(self, one: T, other: T) -> bool:
        """Whether nothing speaks against it that both are in one group."""

    def cluster(self, members: Sequence[T]) -> Cluster:
        """The cluster that a group of two or more makes; the leader comes first."""


class Groups(Generic[T]):
    """Things in their groups, which stay right while things come, change and go.

    Inside, a thing is its number: the same groups are looked through again and again, and their things compared but once in a while.

    Args:
        how: what things are compared by.
        find: the numbers of the things under each of some keys. Before it returns, it tells the groups that these were in, by
            `know`. What it finds under a key may have that key no more.
    """

    def __init__(self, how: Sameness[T], find: Callable[[Iterable[int]], Mapping[int, Iterable[int]]]) -> None:
        self._how, self._find = how, find
        self._things: dict[int, T] = {}
        self._order: dict[int, tuple[Any, ...]] = {}
        self._groups: dict[int, list[int]] = {}  # by leader; the members in their order, the leader first
        self._leader: dict[int, int] = {}  # by member; who is in no group until it has decided anew has none
        self._under: dict[int, Iterable[int]] = {}  # by key, what was found
        self._leading: dict[int, set[int]] = defaultdict(set)  # by key, who leads a group
        self._waiting: set[int] = set()
        self._turns: list[tuple[tuple[Any, ...], int]] = []  # a heap of those that wait, by their order
        self._changed: set[int] = set()  # the leaders whose groups are no more what they were

    def know(self, group: Iterable[T]) -> int:
        """Take in a group that was put together before, of one thing or more, and return the number of its leader."""
        leader, *_ = members = sorted(map(self._met, group), key=self._order.__getitem__)
        self._lead(leader, members)
        self._leader.update(dict.fromkeys(members, leader))
        return leader

    def loose(self, things: Iterable[T]) -> None:
        """Take in things that are in no group, and decide for them when `settle` is called."""
        self._let_wait(list(map(self._met, things)))

    def settle(self) -> None:
        """Decide for all that wait, and for whatever that changes."""
        self._look_under(set().union(*(self._how.probes(self._things[thing]) for thing in self._waiting)))
        while self._turns:
            _, thing = heapq.heappop(self._turns)
            self._waiting.remove(thing)
            self._decide(thing)

    @property
    def changed(self) -> dict[int, list[T]]:
        """By the number of the leader, the groups that are new or hold something else than before; no members: it leads no more."""
        return {leader: [self._things[m] for m in self._groups.get(leader, ())] for leader in sorted(self._changed)}

    def _met(self, thing: T) -> int:
        number = self._how.serial(thing)
        if number not in self._things:
            self._things[number], self._order[number] = thing, self._how.order(thing)
        return number

    def _let_wait(self, things: Iterable[int]) -> None:
        for thing in things:
            if thing not in self._waiting:
                self._waiting.add(thing)
                heapq.heappush(self._turns, (self._order[thing], thing))

    def _decide(self, thing: int) -> None:
        """Let a thing join or lead; those wait whom it touches that it does not do what it did."""
        before, now = self._leader.get(thing), self._leader_for(thing)
        if before == now:
            return
        if before is not None:
            self._leave(thing, before)
        self._join(thing, now)

    def _leader_for(self, thing: int) -> int:
        place, probes = self._order[thing], self._how.probes(self._things[thing])
        self._look_under(probes)
        leaders = set().union(*(self._leading[key] for key in probes if key in self._leading))
        found = sorted((n for n in leaders if self._order[n] < place), key=self._order.__getitem__)
        return next((n for n in found if self._takes(n, thing)), thing)

    def _takes(self, leader: int, thing: int) -> bool:
        return self._how.same(self._things[leader], self._things[thing]) and all(
            self._fits(member, thing) for member in self._groups[leader] if self._order[member] < self._order[thing]
        )

    def _leave(self, thing: int, leader: int) -> None:
        self._changed.add(leader)
        if thing != leader:
            del self._leader[thing]
            self._groups[leader].remove(thing)
            self._attract(leader)  # whom the thing kept out
            return
        members = self._groups.pop(leader)
        for key in self._how.keys(self._things[leader]):
            self._leading[key].discard(leader)
        for member in members:
            del self._leader[member]
        self._let_wait(members[1:])

    def _join(self, thing: int, leader: int) -> None:
        self._changed.add(leader)
        self._leader[thing] = leader
        if thing == leader:
            self._lead(leader, [leader])
            self._attract(leader)
            return
        members = self._groups[leader]
        insort(members, thing, key=self._order.__getitem__)
        after = members[members.index(thing) + 1 :]
        self._let_wait([member for member in after if not self._fits(thing, member)])

    def _lead(self, leader: int, members: list[int]) -> None:
        self._groups[leader] = members
        for key in self._how.keys(self._things[leader]):
            self._leading[key].add(leader)

    def _attract(self, leader: int) -> None:
        """Let those decide anew who would rather be with a leader than where they are."""
        place, probes = self._order[leader], self._how.probes(self._things[leader])
        self._look_under(probes)
        for other in set().union(*(self._under[key] for key in probes)):
            theirs = self._leader.get(other)
            if theirs is not None and place < self._order[theirs] and self._would_join(leader, other):
                self._let_wait([other])

    def _would_join(self, leader: int, other: int) -> bool:
        one, two = self._things[leader], self._things[other]
        return self._how.same(one, two) and not self._how.keys(one).isdisjoint(self._how.probes(two))

    def _fits(self, one: int, other: int) -> bool:
        return self._how.fits(self._things[one], self._things[other])

    def _look_under(self, keys: Collection[int]) -> None:
        """Let what is under some keys be known."""
        if missing := [key for key in keys if key not in self._under]:
            found = self._find(missing)
            self._under.update((key, found.get(key, ())) for key in missing)
