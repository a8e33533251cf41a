"""Packages: every combination of the levels of a deal's components, and what each is worth to each party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Self

import numpy as np

from detente.errors import SituationError, UnknownName
from detente.weighing.draws import FloatArray
from detente.weighing.situation import Term
from detente.weighing.voting import IntArray

# A million packages of ten parties are 80 megabytes in one draw.
_PACKAGES = 10_000_000


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages that can be on the table.

    Args:
        components: names.
        levels: of each component, from nothing upwards.
        level: which level of each component a package has; shape (P, components).
    """

    components: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    level: IntArray

    @classmethod
    def of(
        cls,
        levels: Mapping[str, Sequence[str]],
        depends_on: Mapping[str, Sequence[str]] | None = None,
        required: Sequence[str] = (),
    ) -> Self:
        """All combinations in which nothing is above its lowest level without what it depends on.

        Args:
            levels: of each component, from nothing upwards, at least one.
            depends_on: components that must be above their lowest level where this one is.
            required: components that are above their lowest level in every package.

        Raises:
            SituationError: a component without levels, too many packages, or none.
            UnknownName: a component that is depended on, or required, but not among `levels`.
        """
        names = tuple(levels)
        needs = [(name, other) for name, others in (depends_on or {}).items() for other in others]
        if unknown := [x for x in (*required, *(x for pair in needs for x in pair)) if x not in levels]:
            raise UnknownName(f"components: got {unknown[0]!r}, expected one of {', '.join(names)}")
        sizes = [len(levels[name]) for name in names]
        if not names or not all(sizes) or prod(sizes) > _PACKAGES:
            raise SituationError(
                f"levels: got {prod(sizes):,} packages of {len(names)} components, expected 1 to {_PACKAGES:,}",
                "leave out components or levels that nobody disputes",
            )
        level = np.indices(sizes, np.int32).reshape(len(sizes), -1).T
        there = {name: level[:, k] > 0 for k, name in enumerate(names)}
        kept = np.all([there[name] for name in required], axis=0) & np.ones(len(level), np.bool_)
        for name, other in needs:
            kept &= there[other] | ~there[name]
        if not kept.any():
            raise SituationError("required: got components of one level, expected a level above the lowest")
        return cls(names, tuple(tuple(levels[name]) for name in names), level[kept])

    @classmethod
    def from_terms(cls, terms: Sequence[Term]) -> Self:
        """All combinations of the levels of a situation's terms, by their ids."""
        return cls.of(
            {t.id: t.levels for t in terms},
            {t.id: t.depends_on for t in terms},
            [t.id for t in terms if t.required],
        )

    def __len__(self) -> int:
        return len(self.level)

    def describe(self, package: int) -> dict[str, str]:
        """The level of every component in a package."""
        return {
            name: steps[k]
            for name, steps, k in zip(self.components, self.levels, self.level[package].tolist(), strict=True)
        }

    def additive(self, worth: Mapping[str, Any]) -> FloatArray:
        """The utility of every package as the sum of what its levels are worth.

        Args:
            worth: for each component what its levels are worth to each party; shape (B, N, levels), or
                (N, levels) in one draw.

        Returns:
            Shape (B, N, P).

        Raises:
            SituationError: a component is missing, or its shape does not fit.
        """
        if set(worth) != set(self.components):
            raise SituationError(f"worth: got {sorted(worth)}, expected {sorted(self.components)}")
        total: FloatArray | None = None
        for k, name in enumerate(self.components):
            part = np.asarray(worth[name], np.float64)
            part = part[None] if part.ndim == 2 else part
            if part.ndim != 3 or part.shape[2] != len(self.levels[k]):
                raise SituationError(
                    f"worth of {name}: got shape {part.shape}, expected (draws, parties, {len(self.levels[k])})"
                )
            value = part[:, :, self.level[:, k]]
            total = value if total is None else total + value
        assert total is not None  # there is at least one component
        return total
