"""From pairs that are the same to groups: the same groups in whatever order the things came, and without drift.

Things are taken in an order of their own (the fullest text first, say). Each joins the first group whose leader, the first thing
in it, it is the same as, and whose other members it does not contradict; else it leads a group. So everything in a group is
the same as one thing, and no chain of small differences leads from one member to another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

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


def grouped(things: Iterable[T], how: Sameness[T]) -> list[list[T]]:
    """Put together what is the same.

    Args:
        things: each once, in any order.
        how: what they are compared by.

    Returns:
        Groups with their leaders first, those of one thing among them.
    """
    groups: list[list[T]] = []
    under: dict[int, list[int]] = defaultdict(list)
    for thing in sorted(things, key=how.order):
        found = sorted({number for key in how.probes(thing) for number in under.get(key, ())})
        joined = next((groups[n] for n in found if _belongs(thing, groups[n], how)), None)
        if joined is not None:
            joined.append(thing)
            continue
        for key in how.keys(thing):
            under[key].append(len(groups))
        groups.append([thing])
    return groups


def _belongs(thing: T, group: Sequence[T], how: Sameness[T]) -> bool:
    return how.same(group[0], thing) and all(how.fits(member, thing) for member in group)


def connected(
    start: Iterable[T], near: Callable[[Sequence[T]], Iterable[tuple[T, Sequence[T]]]], how: Sameness[T]
) -> list[T]:
    """All things that pairs of the same lead to, from those given.

    Args:
        start: things to begin with.
        near: what is found under the probes of some things, each with those of them that it is found by.
        how: what they are compared by.
    """
    reached = {how.serial(thing): thing for thing in start}
    fresh = list(reached.values())
    while fresh:
        found = [(c, by) for c, by in near(fresh) if how.serial(c) not in reached]
        fresh = [c for c, by in found if any(_linked(c, thing, how) for thing in by)]
        reached.update({how.serial(thing): thing for thing in fresh})
    return list(reached.values())


def _linked(one: T, other: T, how: Sameness[T]) -> bool:
    # What is found may be found by a key that it no longer has, so that the keys are asked once more: last, since few get here.
    return how.same(one, other) and not how.keys(one).isdisjoint(how.probes(other))
