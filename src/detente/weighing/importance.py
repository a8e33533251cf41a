"""Importance of each component of a package: exact, over all 2ⁿ packages.

What a component is worth depends on which others are there. The Shapley value averages that over all orders
of putting the package together. Where the deal holds only with all of them, the shares are equal by
construction and say nothing: then the answer is "all necessary".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from detente.errors import SituationError
from detente.weighing.draws import BoolArray, FloatArray

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Importance:
    """Of n components in B draws; the value's own unit throughout.

    Args:
        shapley: each component's share of v(all) − v(none); shape (B, n).
        leave_one_out: v(all) − v(all but it); shape (B, n).
        interaction: Shapley interaction index of two: above 0 where they need each other, below 0 where each
            can stand for the other; the diagonal is 0; shape (B, n, n).
        all_necessary: whether anything less than all is worth no more than nothing; shape (B,).
    """

    shapley: FloatArray
    leave_one_out: FloatArray
    interaction: FloatArray
    all_necessary: BoolArray

    def describe(self, names: Sequence[str]) -> tuple[str, ...]:
        """A line for each component, the most important first; one line where all are necessary in every draw.

        Raises:
            SituationError: there are not as many names as components.
        """
        if len(names) != self.shapley.shape[1]:
            raise SituationError(f"names: got {len(names)}, expected {self.shapley.shape[1]}, one a component")
        if self.all_necessary.all():
            return (f"all necessary: {', '.join(names)}",)
        share, loss = self.shapley.mean(axis=0), self.leave_one_out.mean(axis=0)
        order = sorted(range(len(names)), key=lambda i: (-share[i], names[i]))
        return tuple(f"{names[i]}: share {share[i]:.3f}, lost without it {loss[i]:.3f}" for i in order)


class ComponentImportance:
    """φ_i = Σ_S |S|!(n−|S|−1)!/n! (v(S∪i) − v(S)) and I_ij = Σ_S |S|!(n−|S|−2)!/(n−1)! Δ_ij v(S)."""

    name = "component importance"
    reference = "Shapley 1953, A Value for n-Person Games; interaction: Grabisch and Roubens 1999, Int. J. Game Theory 28"

    def run(self, draws: FloatArray | BoolArray) -> Importance:
        """Importance of each component.

        Args:
            draws: v of every package; shape (B, 2ⁿ), n from 1 to 12. Bit i of a column's number says whether
                component i is in it.

        Raises:
            SituationError: the number of columns is no power of two from 2 to 4096.
        """
        values = np.asarray(draws, dtype=np.float64)
        n = _components(values)
        every, without = values[:, -1:], values[:, [2**n - 1 - (1 << i) for i in range(n)]]
        return Importance(_shapley(values, n), every - without, _interaction(values, n), _all_necessary(values))


def _sizes(n: int) -> NDArray[np.int64]:
    """How many components each package has; shape (2ⁿ,)."""
    return np.array([package.bit_count() for package in range(2**n)])


def _without(n: int, *components: int) -> NDArray[np.int64]:
    """The packages that have none of these components."""
    bits = sum(1 << i for i in components)
    return np.array([package for package in range(2**n) if not package & bits])


def _shapley(values: FloatArray, n: int) -> FloatArray:
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    sizes, shares = _sizes(n), np.empty((len(values), n))
    for i in range(n):
        packages = _without(n, i)
        shares[:, i] = (values[:, packages | 1 << i] - values[:, packages]) @ weight[sizes[packages]]
    return shares


def _interaction(values: FloatArray, n: int) -> FloatArray:
    weight = np.array([factorial(s) * factorial(n - s - 2) / factorial(n - 1) for s in range(n - 1)])
    sizes, index = _sizes(n), np.zeros((len(values), n, n))
    for i, j in combinations(range(n), 2):
        packages = _without(n, i, j)
        beside = values[:, packages | 1 << i | 1 << j] - values[:, packages | 1 << j]
        by_itself = values[:, packages | 1 << i] - values[:, packages]
        index[:, i, j] = index[:, j, i] = (beside - by_itself) @ weight[sizes[packages]]
    return index


def _components(values: FloatArray) -> int:
    columns = values.shape[-1] if values.ndim == 2 else 0
    n = columns.bit_length() - 1
    if not 1 <= n <= 12 or columns != 2**n:
        raise SituationError(f"packages: got an array of shape {values.shape}, expected draws by 2ⁿ, n from 1 to 12")
    return n


def _all_necessary(values: FloatArray) -> BoolArray:
    nothing, less, every = values[:, :1], values[:, :-1], values[:, -1:]
    result: BoolArray = ((less <= nothing + _ROUNDING).all(axis=1)) & (every > nothing + _ROUNDING)[:, 0]
    return result
