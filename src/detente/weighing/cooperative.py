"""Cooperative games: what every coalition can get by itself, what each player is worth, what no coalition would leave.

A coalition is a number whose bit i says whether player i is in it, so that the worths of a game are one array of
2^n numbers, and the worths in B draws an array of shape (B, 2^n).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb
from typing import Self

import numpy as np

from detente.errors import SituationError, UnknownName
from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.voting import IntArray, VotingBody

# 2^20 coalitions in one draw are 8 megabytes.
_PLAYERS = 20


@dataclass(frozen=True, slots=True)
class Game:
    """A game with transferable worth.

    Args:
        players: names, each once, 1 to 20.
        worth: what each coalition gets by itself, 0 for nobody; shape (B, 2^n), finite.

    Raises:
        SituationError: shapes that do not fit, a worth that is no number, or nobody who gets something.
    """

    players: tuple[str, ...]
    worth: FloatArray

    def __post_init__(self) -> None:
        n = len(self.players)
        if not 1 <= n <= _PLAYERS or len(set(self.players)) != n:
            raise SituationError(f"players: got {self.players!r}, expected 1 to {_PLAYERS} different names")
        if self.worth.ndim != 2 or self.worth.shape[1] != 2**n:
            raise SituationError(
                f"worth: got shape {self.worth.shape}, expected (draws, {2**n}) for {n} players"
            )
        if not np.isfinite(self.worth).all() or self.worth[:, 0].any():
            raise SituationError(
                "worth: got no number, or a worth of nobody; expected finite numbers, 0 for nobody"
            )

    @classmethod
    def of(cls, players: Iterable[str], worth: Mapping[tuple[str, ...], float]) -> Self:
        """A game in one draw, from the worth of every coalition but that of nobody."""
        names = tuple(players)
        bit = {name: 1 << i for i, name in enumerate(names)}
        values = np.full((1, 2 ** len(names)), np.nan)
        values[0, 0] = 0.0
        for coalition, value in worth.items():
            if unknown := [name for name in coalition if name not in bit]:
                raise UnknownName(f"worth: got the player {unknown[0]!r}, expected one of {', '.join(names)}")
            values[0, sum(bit[name] for name in set(coalition))] = value
        if missing := [c for c in range(2 ** len(names)) if np.isnan(values[0, c])]:
            lacking = [name for name in names if missing[0] & bit[name]]
            raise SituationError(
                f"worth: got none for {len(missing)} coalitions, among them {lacking}, expected one each"
            )
        return cls(names, values)

    @classmethod
    def simple(cls, body: VotingBody) -> Self:
        """The game of a body that votes: 1 for a coalition that passes a motion, else 0."""
        n = len(body.members)
        passes = [body.passes([bool(c >> i & 1) for i in range(n)]) for c in range(2**n)]
        return cls(body.members, np.array([passes], np.float64))

    @property
    def coalitions(self) -> FloatArray:
        """Who is in which coalition, as 0 and 1; shape (2^n, n)."""
        return (np.arange(2 ** len(self.players))[:, None] >> np.arange(len(self.players)) & 1).astype(
            np.float64
        )


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each player gets.

    Args:
        method: name of the solution.
        players: names, in the game's order.
        value: shape (B, n), in the unit of worth.
    """

    method: str
    players: tuple[str, ...]
    value: FloatArray


class ShapleyValue:
    """φ_i = Σ_S |S|! (n−|S|−1)! / n! (v(S ∪ i) − v(S)): the mean of what i adds, over all orders of joining."""

    name = "shapley value"
    reference = "Shapley 1953, A value for n-person games, in Contributions to the Theory of Games II"

    def run(self, game: Game) -> Allocation:
        """The value in every draw; it sums to the worth of all."""
        n = len(game.players)
        others = _size(n - 1)
        weight = np.array([1.0 / (n * comb(n - 1, s)) for s in range(n)])[others]
        added = (added_by(game, i) @ weight for i in range(n))
        return Allocation(self.name, game.players, np.stack(list(added), axis=1))


def added_by(game: Game, player: int) -> FloatArray:
    """What a player adds to every coalition of the others; shape (B, 2^(n−1))."""
    split = game.worth.reshape(len(game.worth), -1, 2, 2**player)
    added: FloatArray = (split[:, :, 1] - split[:, :, 0]).reshape(len(game.worth), -1)
    return added


def _size(n: int) -> IntArray:
    """The number of players in every coalition of n; shape (2^n,)."""
    size: IntArray = (np.arange(2**n)[:, None] >> np.arange(n) & 1).sum(axis=1)
    return size


@dataclass(frozen=True, slots=True)
class CoreMembership:
    """Whether an allocation is in the core, and who would object.

    Args:
        inside: the worth of all is shared out, and no coalition gets less than its worth; shape (B,).
        excess: the most that a coalition lacks, below 0 if every one gets more than its worth; shape (B,).
        objector: the coalition that lacks most, as bits; shape (B,).
    """

    inside: BoolArray
    excess: FloatArray
    objector: IntArray


def core_membership(game: Game, value: FloatArray, *, tolerance: float = 1e-9) -> CoreMembership:
    """Look for a coalition that an allocation gives less than it can get by itself (Gillies 1959).

    Args:
        value: what each player gets; shape (B, n).
        tolerance: what still counts as equal, in the unit of worth.

    Raises:
        SituationError: the shape does not fit the game's.
    """
    if value.shape != (len(game.worth), len(game.players)):
        raise SituationError(
            f"value: got shape {value.shape}, expected {(len(game.worth), len(game.players))}"
        )
    excess = game.worth - value @ game.coalitions.T
    shared = np.abs(excess[:, -1]) <= tolerance
    # Nobody and all lack nothing by definition: a single player may have no one else to be.
    within = excess[:, 1:-1] if excess.shape[1] > 2 else excess[:, 1:]
    objector = within.argmax(axis=1)
    worst = np.take_along_axis(within, objector[:, None], axis=1)[:, 0]
    return CoreMembership(shared & (worst <= tolerance), worst, objector + 1)
