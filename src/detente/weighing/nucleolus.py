"""The nucleolus: the allocation whose worst-off coalition is as well off as can be, then the next, and so on.

A sequence of linear programmes, each of which makes the largest excess v(S) − x(S) as small as it can be and fixes
the coalitions that hold it there. The programmes are solved in the dual, whose basis has at most n rows: the
basis gives the allocation, and the coalition with the most to complain of enters it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.errors import SituationError
from detente.weighing.cooperative import Game
from detente.weighing.draws import BoolArray, FloatArray

_PLAYERS = 10
# Relative to the largest worth. Excesses are sums of at most 10 numbers.
_ROUNDING = 1e-10
# Bland's rule ends after finitely many steps; ten players have needed at most some hundreds.
_PIVOTS = 20_000


@dataclass(frozen=True, slots=True)
class NucleolusResult:
    """The nucleolus.

    Args:
        method: "nucleolus".
        players: names, in the game's order.
        value: what each player gets; shape (B, n).
        excess: what the worst-off coalition lacks; the core is empty exactly if it is above 0; shape (B,).
    """

    method: str
    players: tuple[str, ...]
    value: FloatArray
    excess: FloatArray


class Nucleolus:
    """The imputation that lexicographically minimises the ordered excesses v(S) − x(S)."""

    name = "nucleolus"
    reference = (
        "Schmeidler 1969, SIAM Journal on Applied Mathematics 17; by linear programmes: Maschler, Peleg and Shapley "
        "1979, Mathematics of Operations Research 4"
    )

    def run(self, game: Game) -> NucleolusResult:
        """The nucleolus in every draw.

        Raises:
            SituationError: more than ten players, or the worth of all is below what the players get alone.
        """
        n = len(game.players)
        if n > _PLAYERS:
            raise SituationError(f"players: got {n}, expected at most {_PLAYERS}")
        solved = [_nucleolus(worth, game.coalitions) for worth in game.worth]
        return NucleolusResult(
            self.name, game.players, np.array([x for x, _ in solved]), np.array([e for _, e in solved])
        )


def _nucleolus(worth: FloatArray, coalitions: FloatArray) -> tuple[FloatArray, float]:
    """One game: what each player gets, and the largest excess."""
    n = coalitions.shape[1]
    unit = float(np.abs(worth).max()) or 1.0
    alone = worth[1 << np.arange(n)] / unit
    if worth[-1] / unit < alone.sum() - _ROUNDING:
        raise SituationError(
            f"worth: got {worth[-1]:g} for all and {alone.sum() * unit:g} for the players alone, expected no less for all"
        )
    # Rows of two kinds: coalitions with an excess to make small, and each player's worth alone as a bound.
    rows = np.concatenate([coalitions[1:-1], np.eye(n)])
    least = np.concatenate([worth[1:-1] / unit, alone])
    counted = np.arange(len(rows)) < len(rows) - n
    fixed, due = np.ones((1, n)), worth[-1:] / unit
    largest: list[float] = []
    while np.linalg.matrix_rank(fixed) < n:
        point = np.linalg.lstsq(fixed, due, rcond=None)[0]
        free = _null_space(fixed)
        along = rows @ free
        open_ = np.abs(along).max(axis=1) > 1e-9
        tight, excess = _least_excess(along[open_], (least - rows @ point)[open_], counted[open_])
        largest.append(excess)
        held = np.flatnonzero(open_)[tight]
        fixed = np.concatenate([fixed, rows[held]])
        due = np.concatenate([due, least[held] - excess * counted[held]])
    value = np.asarray(np.linalg.lstsq(fixed, due, rcond=None)[0] * unit, np.float64)
    return value, largest[0] * unit if largest else 0.0


def _null_space(fixed: FloatArray) -> FloatArray:
    """Directions in which the allocation may still move; shape (n, directions)."""
    _, size, across = np.linalg.svd(fixed)
    directions: FloatArray = across[int((size > 1e-9).sum()) :].T
    return directions


def _least_excess(along: FloatArray, least: FloatArray, counted: BoolArray) -> tuple[list[int], float]:
    """Minimise ε over z, ε where along z + ε ≥ least in counted rows and along z ≥ least in the others.

    Returns:
        Rows that are tight in every optimum (their dual variable is above 0), and the least ε.
    """
    columns = np.column_stack([along, counted])
    basis = _start(along, counted)
    goal = np.zeros(columns.shape[1])
    goal[-1] = 1.0
    for _ in range(_PIVOTS):
        matrix = columns[basis]
        prices = np.linalg.solve(matrix, least[basis])
        amounts = np.linalg.solve(matrix.T, goal)
        entering = np.flatnonzero(least - columns @ prices > _ROUNDING)
        if not len(entering):
            return [row for row, y in zip(basis, amounts, strict=True) if y > 1e-9], float(prices[-1])
        # Bland's rule, the first that can enter and the first that must leave: no cycles.
        change = np.linalg.solve(matrix.T, columns[entering[0]])
        basis[_leaving(basis, amounts, change)] = int(entering[0])
    raise SituationError(
        "worth: the nucleolus was not found; expected worths of like size", "divide the worths by the largest"
    )


def _leaving(basis: list[int], amounts: FloatArray, change: FloatArray) -> int:
    """The place in the basis whose amount is the first to fall to 0, of several that of the first row."""
    falls = change > 1e-9
    ratios = np.where(falls, np.maximum(amounts, 0.0) / np.where(falls, change, 1.0), np.inf)
    return min(np.flatnonzero(ratios <= ratios.min() + 1e-12).tolist(), key=lambda k: basis[k])


def _start(along: FloatArray, counted: BoolArray) -> list[int]:
    """A feasible basis of the dual: independent coalitions, and the complement of the first."""
    rest = np.where(counted[:, None], along, 0.0)
    basis: list[int] = []
    for _ in range(along.shape[1]):
        # The row with most left after what the others span is taken away.
        left = np.linalg.norm(rest, axis=1)
        basis.append(int(left.argmax()))
        direction = rest[basis[-1]] / left.max()
        rest = rest - np.outer(rest @ direction, direction)
    opposite = np.abs(along + along[basis[0]]).max(axis=1) + ~counted
    return [*basis, int(opposite.argmin())]
