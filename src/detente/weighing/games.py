"""Small games of two players: every Nash equilibrium, in exact fractions.

In a degenerate game there are infinitely many: they are the convex combinations of finitely many extreme ones, and
which may be combined is part of the answer. Nothing is dropped and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from typing import Any, Self

import numpy as np

from detente.errors import SituationError

Number = int | float | str | Fraction
"""A payoff: a float counts as the decimal that it prints, a string may be a fraction such as "1/3"."""

Strategy = tuple[Fraction, ...]
"""A probability for each of a player's actions; they sum to 1."""

# Pairs of supports of equal size: an 8 × 8 game has 12,869 and takes about a second.
_SUPPORTS = 20_000


@dataclass(frozen=True, slots=True)
class BimatrixGame:
    """A game of a row player and a column player.

    Args:
        row: the row player's payoffs; a row for each of its actions, a column for each of the other's.
        column: the column player's payoffs, in the same places.
    """

    row: tuple[tuple[Fraction, ...], ...]
    column: tuple[tuple[Fraction, ...], ...]

    @classmethod
    def of(cls, row: Sequence[Sequence[Number]], column: Sequence[Sequence[Number]]) -> Self:
        """A game from payoffs of any kind of number.

        Raises:
            SituationError: tables of different shapes, an empty one, too large a one, or what is no number.
        """
        shapes = [(len(table), sorted({len(line) for line in table})) for table in (row, column)]
        if shapes[0] != shapes[1] or len(shapes[0][1]) != 1 or not shapes[0][1][0]:
            raise SituationError(
                f"payoffs: got tables of {shapes[0]} and {shapes[1]}, expected two of one shape, not empty"
            )
        rows, columns = len(row), len(row[0])
        if comb(rows + columns, rows) > _SUPPORTS:
            raise SituationError(
                f"payoffs: got {rows} × {columns} actions, expected a small game, such as 8 × 8",
                "leave out actions that another action is never worse than",
            )
        return cls(_exact(row), _exact(column))


def _exact(table: Sequence[Sequence[Number]]) -> tuple[tuple[Fraction, ...], ...]:
    try:
        return tuple(
            tuple(Fraction(str(x)) if isinstance(x, float) else Fraction(x) for x in line) for line in table
        )
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise SituationError(f"payoffs: {error}; expected numbers, or fractions such as '1/3'") from error


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """A pair of strategies, neither of which its player can better alone, and what they give."""

    row: Strategy
    column: Strategy
    payoffs: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class EquilibriumSet:
    """A maximal Nash subset: any mixture of `rows` with any mixture of `columns` is an equilibrium."""

    rows: tuple[Strategy, ...]
    columns: tuple[Strategy, ...]


@dataclass(frozen=True, slots=True)
class Equilibria:
    """All equilibria of a game.

    Args:
        method: how they were found.
        extreme: those that are no mixture of others, in order of the strategies, the first actions first.
        sets: every equilibrium is in at least one of them. Where each holds one pair, the game has as many
            equilibria as `extreme`; else infinitely many.
    """

    method: str
    extreme: tuple[Equilibrium, ...]
    sets: tuple[EquilibriumSet, ...]

    @property
    def finite(self) -> bool:
        """Whether there are finitely many."""
        return all(len(s.rows) == len(s.columns) == 1 for s in self.sets)


class AllEquilibria:
    """Vertices of both best-response polytopes, paired where every action is unplayed or a best response.

    The polytopes are {x ≥ 0: Bᵀx ≤ 1} and {y ≥ 0: A y ≤ 1} with payoffs made positive. Their vertices come from
    all pairs of supports of equal size, also where more actions are best responses than are played; mixtures
    are the maximal complete parts of the graph of paired vertices.
    """

    name = "all equilibria"
    reference = (
        "Nash 1951, Annals of Mathematics 54; by vertices: Mangasarian 1964, Journal of SIAM 12; sets: Winkels 1979; "
        "Avis, Rosenberg, Savani and von Stengel 2010, Economic Theory 42"
    )

    def run(self, game: BimatrixGame) -> Equilibria:
        """Every extreme equilibrium, and the sets that they span."""
        actions = len(game.row) + len(game.column[0])
        full = (1 << actions) - 1
        columns = _positive(game.row)
        rows = _positive(list(zip(*game.column, strict=True)))
        # Labels: the row player's actions first; unplayed in one polytope, best responses in the other.
        xs = dict(_vertices(rows, 0, len(game.row)))
        ys = dict(_vertices(columns, len(game.row), 0))
        pairs = sorted(((x, y) for x, a in xs.items() for y, b in ys.items() if a | b == full), reverse=True)
        extreme = tuple(
            Equilibrium(x, y, (_payoff(game.row, x, y), _payoff(game.column, x, y))) for x, y in pairs
        )
        return Equilibria(self.name, extreme, _sets(pairs))


def _positive(table: Sequence[Sequence[Fraction]]) -> list[list[int]]:
    """The payoffs as whole numbers from 1: neither a unit nor a constant changes a best response."""
    unit = lcm(*(x.denominator for line in table for x in line))
    least = min(x for line in table for x in line)
    return [[int((x - least) * unit) + 1 for x in line] for line in table]


def _vertices(table: list[list[int]], own: int, other: int) -> Iterator[tuple[Strategy, int]]:
    """Strategies at the vertices of {z ≥ 0: table z ≤ 1}, each with its labels as bits.

    Args:
        table: a row for each action of the opponent, a column for each of the player's own.
        own: the label of the player's first action, set where an action is not played.
        other: the label of the opponent's first action, set where an action is a best response.
    """
    mine, theirs = range(len(table[0])), range(len(table))
    for size in range(1, min(len(mine), len(theirs)) + 1):
        for support in combinations(mine, size):
            for best in combinations(theirs, size):
                solved = _solved([[table[j][i] for i in support] + [1] for j in best])
                if not solved:
                    continue
                parts, whole = solved
                reached = [sum(line[i] * p for i, p in zip(support, parts, strict=True)) for line in table]
                if min(parts) < 0 or max(reached) > whole:
                    continue
                played = {i: p for i, p in zip(support, parts, strict=True) if p}
                labels = sum(1 << own + i for i in mine if i not in played)
                labels += sum(1 << other + j for j in theirs if reached[j] == whole)
                yield tuple(Fraction(played.get(i, 0), sum(parts)) for i in mine), labels


def _solved(rows: list[list[int]]) -> tuple[list[int], int] | None:
    """Solve whole-number equations, the last column the right side, without fractions (Bareiss 1968).

    Returns:
        Numerators and their common denominator, above 0; `None` where the solution is not unique.
    """
    before = 1
    for c in range(len(rows)):
        at = next((r for r in range(c, len(rows)) if rows[r][c]), None)
        if at is None:
            return None
        rows[c], rows[at] = rows[at], rows[c]
        pivot = rows[c]
        for r, row in enumerate(rows):
            if r != c:
                rows[r] = [(pivot[c] * x - row[c] * y) // before for x, y in zip(row, pivot, strict=True)]
        before = pivot[c]
    sign = 1 if before > 0 else -1
    return [sign * row[-1] for row in rows], sign * before


def _payoff(table: Sequence[Sequence[Fraction]], x: Strategy, y: Strategy) -> Fraction:
    return sum(
        (p * q * v for p, line in zip(x, table, strict=True) for q, v in zip(y, line, strict=True)),
        Fraction(0),
    )


def _sets(pairs: Sequence[tuple[Strategy, Strategy]]) -> tuple[EquilibriumSet, ...]:
    """The largest sets of strategies of which all pairs are equilibria."""
    answers: dict[Strategy, frozenset[Strategy]] = {}
    for x, y in pairs:
        answers[x] = answers.get(x, frozenset()) | {y}
    # What several strategies have in common as answers, closed under having in common.
    common = set(answers.values())
    fresh = common
    while fresh:
        fresh = {a & b for a in fresh for b in answers.values() if a & b} - common
        common |= fresh
    found = [EquilibriumSet(_order(x for x in answers if ys <= answers[x]), _order(ys)) for ys in common]
    return tuple(sorted(found, key=lambda s: (s.rows, s.columns), reverse=True))


def _order(strategies: Any) -> tuple[Strategy, ...]:
    return tuple(sorted(strategies, reverse=True))


def pure_equilibria(payoffs: Any) -> tuple[tuple[int, ...], ...]:
    """Every equilibrium in which each player, of any number, takes one action.

    Args:
        payoffs: the player's number along the first axis, then one axis for the actions of each player.

    Returns:
        The action of each player, counted from 0.

    Raises:
        SituationError: the first axis is not as long as there are others.
    """
    table = np.asarray(payoffs)
    if table.ndim < 2 or len(table) != table.ndim - 1 or not table.size:
        raise SituationError(
            f"payoffs: got shape {table.shape}, expected one axis for each of {len(table)} players after the first"
        )
    best = np.ones(table.shape[1:], np.bool_)
    for player, own in enumerate(table):
        best &= own >= own.max(axis=player, keepdims=True)
    return tuple(tuple(map(int, at)) for at in np.argwhere(best))
