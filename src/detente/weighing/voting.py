"""A body that votes: its members, its majorities, and how often each member decides, counted exactly.

The counting is over sets of blocks of members that vote alike (a-priori unions); without unions every member
is a block of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd, prod
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from detente.errors import SituationError

IntArray = NDArray[Any]
"""Whole numbers: int64 while they fit, Python's own where they do not."""

Weights = tuple[int, ...]
"""What a member or a block weighs under each of several rules."""

# The largest table of counts, in cells: one gigabyte.
_CELLS = 2**27
# Counts of sets of more blocks than this overflow 64 bits.
_BITS = 62


@dataclass(frozen=True, slots=True)
class Rule:
    """A majority: those in favour must have at least `quota` of `weights`.

    Args:
        weights: whole numbers from 0, one a member.
        quota: whole number, at least 1, at most the sum of the weights.
    """

    weights: tuple[int, ...]
    quota: int


@dataclass(frozen=True, slots=True)
class VotingBody:
    """Who votes, and what passes.

    Args:
        members: names, each once.
        ways: ways to pass; a motion passes if every rule of any one way is met. A double majority is one way
            of two rules.

    Raises:
        SituationError: weights that are not whole numbers, or a rule that nothing or anything meets.
    """

    members: tuple[str, ...]
    ways: tuple[tuple[Rule, ...], ...]

    def __post_init__(self) -> None:
        if len(set(self.members)) != len(self.members) or not self.members:
            raise SituationError(f"members: got {self.members!r}, expected different names, at least one")
        if not self.ways or not all(self.ways):
            raise SituationError("ways: got none or an empty one, expected at least one rule in each")
        for rule in (rule for way in self.ways for rule in way):
            _check(rule, len(self.members))

    @classmethod
    def weighted(cls, weights: Mapping[str, int], quota: int) -> Self:
        """A body with one rule."""
        return cls(tuple(weights), ((Rule(tuple(weights.values()), quota),),))

    def passes(self, favour: Sequence[bool]) -> bool:
        """Whether a motion passes with these members in favour."""
        return any(
            all(
                sum(w for w, yes in zip(rule.weights, favour, strict=True) if yes) >= rule.quota
                for rule in way
            )
            for way in self.ways
        )


def _check(rule: Rule, members: int) -> None:
    if len(rule.weights) != members:
        raise SituationError(f"weights: got {len(rule.weights)}, expected one for each of {members} members")
    if any(type(n) is not int or n < 0 for n in (*rule.weights, rule.quota)):
        raise SituationError(
            f"weights and quota: got {(*rule.weights, rule.quota)!r}, expected whole numbers from 0",
            "multiply shares by a power of ten, and weights and quota by the same",
        )
    if not 1 <= rule.quota <= sum(rule.weights):
        raise SituationError(
            f"quota: got {rule.quota}, expected 1 to {sum(rule.weights)}, the sum of the weights"
        )


def swings(body: VotingBody, unions: Sequence[Sequence[int]]) -> list[IntArray]:
    """How often each member turns defeat into passing, by who else is in favour.

    Counted by tail counts: f(r, a) is the number of sets of r blocks with weights of at least a. A block b
    enters by f(r, a) += f(r−1, max(a − w_b, 0)) and leaves by the same in reverse, so that one table serves
    all members (Bilbao et al. 2000 count by generating functions in the same way).

    Args:
        unions: indices of members, each in one union.

    Returns:
        For each member an array of exact counts: of sets of r whole other unions and t members of its own;
        shape (number of unions, size of its union), first axis r, second t.
    """
    exact = np.int64 if len(body.members) <= _BITS else object
    result: list[IntArray] = [np.zeros((len(unions), 1), exact)] * len(body.members)
    for size in range(1, len(body.ways) + 1):
        for ways in combinations(body.ways, size):
            # Inclusion and exclusion: passing by any way, from passing by all ways of a set.
            sign = -1 if size % 2 == 0 else 1
            tails = _Tails(_merged([rule for way in ways for rule in way]), unions, exact)
            for k, union in enumerate(unions):
                for i in union:
                    result[i] = result[i] + sign * tails.swings(k, i)
    return result


def _merged(rules: Sequence[Rule]) -> dict[tuple[int, ...], int]:
    """All the rules at once: quotas by weights, the weights without a common divisor."""
    quotas: dict[tuple[int, ...], int] = {}
    for rule in rules:
        unit = gcd(*rule.weights)
        weights = tuple(w // unit for w in rule.weights)
        quotas[weights] = max(quotas.get(weights, 0), -(-rule.quota // unit))
    return quotas


class _Tails:
    """Numbers of sets of unions that have at least given weights, under every one of some rules."""

    def __init__(
        self, quotas: Mapping[tuple[int, ...], int], unions: Sequence[Sequence[int]], exact: Any
    ) -> None:
        self._quota, self._exact = tuple(quotas.values()), exact
        self._unions, self._member = unions, list(zip(*quotas, strict=True))
        self._block = [
            tuple(sum(self._member[i][r] for i in union) for r in range(len(quotas))) for union in unions
        ]
        # Where all unions weigh the same, their number says what they weigh: no axis is needed.
        self._alike = [r for r in range(len(quotas)) if len({block[r] for block in self._block}) == 1]
        self._axes = [r for r in range(len(quotas)) if r not in self._alike]
        self._table = self._counted()
        # Members of like weight in unions of like weights have like swings.
        self._known: dict[tuple[Weights, Weights, tuple[Weights, ...]], IntArray] = {}

    def _counted(self) -> IntArray:
        shape = (len(self._block) + 1, *(self._quota[r] + 1 for r in self._axes))
        if prod(shape) > _CELLS:
            raise SituationError(
                f"quotas: got {self._quota}, which needs a table of {prod(shape):,} cells, expected at most {_CELLS:,}",
                "divide weights and quota by the same number and round",
            )
        table = np.zeros(shape, self._exact)
        table[(0,) * len(shape)] = 1
        for number, block in enumerate(self._block):
            for r in range(number + 1, 0, -1):
                table[r] += _shifted(table[r - 1], [block[a] for a in self._axes])
        return table

    def swings(self, union: int, member: int) -> IntArray:
        """Counts by number of other unions and of fellows; shape (unions, size of the union)."""
        fellows = [j for j in self._unions[union] if j != member]
        key = self._block[union], self._member[member], tuple(sorted(self._member[j] for j in fellows))
        if key not in self._known:
            self._known[key] = self._swings(*key)
        return self._known[key]

    def _swings(self, block: Weights, own: Weights, fellows: Sequence[Weights]) -> IntArray:
        sets = Counter({(0, (0,) * len(own)): 1})
        for weight in fellows:
            sets.update({(t + 1, _sum(w, weight)): n for (t, w), n in sets.items()})
        need = np.array(self._quota) - np.array([w for _, w in sets])
        passing = self._without(block, np.concatenate([need - np.array(own), need]))
        gained = (passing[:, : len(need)] - passing[:, len(need) :]) * np.array(
            list(sets.values()), self._exact
        )
        size = np.array([t for t, _ in sets])
        return np.stack([gained[:, size == t].sum(axis=1) for t in range(len(fellows) + 1)], axis=1)

    def _without(self, block: Weights, need: IntArray) -> IntArray:
        """Numbers of sets of other unions that meet needs of shape (S, rules), by their size; shape (unions, S)."""
        number = len(self._block)
        counts = np.zeros((number, len(need)), self._exact)
        for j in range(number):
            at = tuple(np.maximum(need[:, r] - j * block[r], 0) for r in self._axes)
            term = self._table[(slice(number - j), *at)]
            counts[j:] += (-1) ** j * (term if self._axes else term[:, None])
        sizes = np.arange(number)[:, None]
        for r in self._alike:
            counts *= sizes * block[r] >= need[:, r]
        return counts


def _sum(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...]:
    return tuple(x + y for x, y in zip(a, b, strict=True))


def _shifted(counts: IntArray, by: Sequence[int]) -> IntArray:
    """counts[max(a − by, 0)] along every axis."""
    for axis, step in enumerate(by):
        # A slice behind an edge takes a third of the time of an index array (28 members, 33,250 cells).
        along = counts.swapaxes(0, axis)
        edge = np.broadcast_to(along[:1], (min(step, len(along)), *along.shape[1:]))
        counts = np.concatenate([edge, along[: len(along) - len(edge)]]).swapaxes(0, axis)
    return counts
