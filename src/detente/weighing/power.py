"""Voting power: how often a member's vote decides, in exact fractions.

Each index is a weighted count of swings: sets of the others that lose without the member and win with it. The
four differ in the weights. A-priori unions are blocs whose members vote alike towards the outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Protocol

import numpy as np

from detente.errors import SituationError, UnknownName
from detente.weighing.draws import FloatArray
from detente.weighing.voting import VotingBody, swings

Unions = Sequence[Sequence[str]]
"""Blocs, each as names of its members; who is in none is a bloc of its own."""


@dataclass(frozen=True, slots=True)
class Power:
    """Each member's power.

    Args:
        method: name of the index.
        members: names, in the body's order.
        unions: the blocs counted with, each member in one.
        exact: the index.
        swings: number of sets of others in which the member decides; with unions, of sets that respect them.
    """

    method: str
    members: tuple[str, ...]
    unions: tuple[tuple[str, ...], ...]
    exact: tuple[Fraction, ...]
    swings: tuple[int, ...]

    @property
    def value(self) -> FloatArray:
        """The index in floating point; shape (members,)."""
        return np.array([float(x) for x in self.exact])

    @property
    def normalised(self) -> FloatArray:
        """Shares of all power, which sum to 1; shape (members,)."""
        total = sum(self.exact)
        return np.array([float(x / total) for x in self.exact])


class PowerModel(Protocol):
    """What an index of power is."""

    @property
    def name(self) -> str:
        """What a report calls it."""

    @property
    def reference(self) -> str:
        """Where it is published."""

    def run(self, body: VotingBody, unions: Unions = ()) -> Power:
        """Every member's power."""


class ShapleyShubik:
    """φ_i = Σ |S|! (n−|S|−1)! / n! over the swings S of i: the chance of deciding if all join in random order.

    With unions the Owen value: orders in which each union's members follow one another.
    """

    name = "shapley–shubik index"
    reference = (
        "Shapley and Shubik 1954, American Political Science Review 48; with unions: Owen 1977, in Mathematical "
        "Economics and Game Theory"
    )

    def run(self, body: VotingBody, unions: Unions = ()) -> Power:
        """Every member's chance of deciding; the chances sum to 1."""
        return _power(
            self.name, body, unions, lambda s, n: Fraction(factorial(s) * factorial(n - s - 1), factorial(n))
        )


class Banzhaf:
    """β_i = number of swings of i / 2^(n−1): the chance of deciding if each of the others tosses a coin.

    With unions the Banzhaf–Owen value: coins are tossed by the other unions and by the member's own fellows.
    """

    name = "banzhaf index"
    reference = (
        "Banzhaf 1965, Rutgers Law Review 19; with unions: Owen 1981, Modification of the Banzhaf–Coleman index, in "
        "Power, Voting, and Voting Power"
    )

    def run(self, body: VotingBody, unions: Unions = ()) -> Power:
        """Every member's chance of deciding; `normalised` gives the shares that are mostly printed."""
        return _power(self.name, body, unions, lambda s, n: Fraction(1, 2 ** (n - 1)))


def _power(name: str, body: VotingBody, unions: Unions, weight: Callable[[int, int], Fraction]) -> Power:
    blocs = _partition(body, unions)
    size = {i: len(bloc) for bloc in blocs for i in bloc}
    counts = [array.tolist() for array in swings(body, blocs)]
    outer = [weight(r, len(blocs)) for r in range(len(blocs))]
    exact = tuple(
        sum(
            (
                n * outer[r] * weight(t, size[i])
                for r, row in enumerate(member)
                for t, n in enumerate(row)
                if n
            ),
            start=Fraction(0),
        )
        for i, member in enumerate(counts)
    )
    return Power(
        method=name, members=body.members, unions=tuple(tuple(body.members[i] for i in bloc) for bloc in blocs),
        exact=exact, swings=tuple(sum(map(sum, member)) for member in counts),
    )  # fmt: skip


def _partition(body: VotingBody, unions: Unions) -> list[list[int]]:
    """The unions as indices, and everybody else alone."""
    place = {name: i for i, name in enumerate(body.members)}
    named = [name for union in unions for name in union]
    if unknown := [name for name in named if name not in place]:
        raise UnknownName(f"unions: got {unknown[0]!r}, expected one of {', '.join(body.members)}")
    if len(set(named)) != len(named) or not all(unions):
        raise SituationError(
            "unions: got a member twice or an empty union, expected each member in at most one"
        )
    blocs = [[place[name] for name in union] for union in unions]
    return blocs + [[i] for name, i in place.items() if name not in named]
