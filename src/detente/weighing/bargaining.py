"""Bargaining over packages: which one the parties would settle on, by the axioms of each solution.

A package that leaves any party below its disagreement point is no settlement. The disagreement point is what a
party has if the talks fail, and decides much: take the value of going on without a deal, not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Protocol, Self

import numpy as np

from detente.errors import SituationError, UnknownName
from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.pareto import pareto
from detente.weighing.voting import IntArray

KS_READINGS: Final = ("least share", "equal shares")
"""The readings of the Kalai–Smorodinsky solution where packages are finitely many."""

# Utilities that are nearer to each other than this, as a share of the party's largest, count as equal.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Bargain:
    """Who bargains over what.

    Args:
        parties: names.
        utility: of every package to every party, finite; shape (B, N, P).
        disagreement: utility of each party if nothing is agreed, finite; shape (B, N).
        power: bargaining power, above 0; only ratios count; shape (N,).

    Raises:
        SituationError: shapes that do not fit, or numbers that are not finite.
    """

    parties: tuple[str, ...]
    utility: FloatArray
    disagreement: FloatArray
    power: FloatArray

    def __post_init__(self) -> None:
        n = len(self.parties)
        if self.utility.ndim != 3 or self.utility.shape[1] != n or not self.utility.size:
            raise SituationError(
                f"utility: got shape {self.utility.shape}, expected (draws, {n} parties, packages)"
            )
        expected = {"disagreement": (len(self.utility), n), "power": (n,)}
        for name, shape in expected.items():
            if getattr(self, name).shape != shape:
                raise SituationError(f"{name}: got shape {getattr(self, name).shape}, expected {shape}")
        if not all(np.isfinite(a).all() for a in (self.utility, self.disagreement, self.power)):
            raise SituationError("utility, disagreement or power: got a number that is not finite")
        if not (self.power > 0).all():
            raise SituationError(f"power: got {self.power.tolist()}, expected numbers above 0")

    @classmethod
    def equal(cls, parties: tuple[str, ...], utility: FloatArray, disagreement: FloatArray) -> Self:
        """A bargain in which all parties have the same power."""
        return cls(parties, utility, disagreement, np.ones(len(parties)))

    def among(self, *parties: str) -> Self:
        """The bargain of these parties alone: those whose consent is needed."""
        kept = [self.parties.index(name) for name in parties]
        return replace(
            self, parties=parties, utility=self.utility[:, kept], disagreement=self.disagreement[:, kept],
            power=self.power[kept],
        )  # fmt: skip

    @cached_property
    def rounding(self) -> FloatArray:
        """What counts as equal in each party's utility; shape (B, N, 1)."""
        size = np.maximum(np.abs(self.utility).max(axis=2), np.abs(self.disagreement))
        margin: FloatArray = _ROUNDING * size[:, :, None]
        return margin

    @cached_property
    def gain(self) -> FloatArray:
        """Utility above the disagreement point, 0 where it differs by rounding; shape (B, N, P)."""
        gain = self.utility - self.disagreement[:, :, None]
        gain[np.abs(gain) <= self.rounding] = 0.0
        return gain

    @cached_property
    def suits(self) -> BoolArray:
        """Which packages leave no party below its disagreement point; shape (B, P)."""
        result: BoolArray = np.all(self.gain >= 0, axis=1)
        return result

    @cached_property
    def shares(self) -> FloatArray:
        """Gains as shares of the most that each party could gain, 1 for a party that can gain nothing; shape (B, N, P)."""
        most = np.max(self.gain, axis=2, keepdims=True, where=self.suits[:, None], initial=0.0)
        result: FloatArray = np.divide(self.gain, most, where=most > 0, out=np.ones_like(self.gain))
        return result


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is settled on.

    Args:
        method: name of the solution.
        package: number of the package, −1 where none suits every party; shape (B,).
        utility: of it to each party, the disagreement point where there is none; shape (B, N).
        tied: whether another package that the parties value otherwise would do as well; shape (B,).
        parameters: of the solution, where it has any. There is no randomness, and so no seed.
    """

    method: str
    package: IntArray
    utility: FloatArray
    tied: BoolArray
    parameters: Mapping[str, object] = field(default_factory=dict)


class BargainingModel(Protocol):
    """What a bargaining solution is."""

    @property
    def name(self) -> str:
        """What a report calls it."""

    @property
    def reference(self) -> str:
        """Where it is published."""

    def run(self, bargain: Bargain) -> Settlement:
        """The settlement in every draw."""


class Nash:
    """max Π (u_i − d_i)^{w_i} over the packages with u ≥ d.

    A party that gains in no package leaves the product, which would be 0 for all. Ties go to the package whose
    least shares of aspiration are greatest.
    """

    name = "nash solution"
    reference = (
        "Nash 1950, Econometrica 18; with unequal power: Kalai 1977, International Journal of Game Theory 6"
    )

    def run(self, bargain: Bargain) -> Settlement:
        """The Nash solution in every draw."""
        part = bargain.suits[:, None] & (bargain.gain > 0)
        can = part.any(axis=2, keepdims=True)
        logs = np.log(bargain.gain, where=part, out=np.full_like(bargain.gain, -np.inf))
        product = (np.where(can, logs, 0.0) * (bargain.power / bargain.power.sum())[:, None]).sum(axis=1)
        best = _greatest(product, bargain.suits, np.full((len(product), 1), _ROUNDING))
        return settle(self.name, bargain, _leximin(bargain.shares, best))


@dataclass(frozen=True, slots=True)
class KalaiSmorodinsky:
    """Equal shares of what each party could gain at most, as far as packages allow.

    Where a pie can be cut anywhere there is one package with equal shares that leaves nothing over. Among finitely
    many there are two readings, which can differ:

    - "least share": max min (u_i − d_i) / (u_i^max − d_i). Of packages with the same least share the second least
      decides, and so on (Imai 1983), so that the settlement is Pareto-optimal.
    - "equal shares": of the Pareto-optimal packages the one whose shares are least apart. NegMAS 0.16 reads it so.

    Args:
        reading: which.

    Raises:
        UnknownName: another reading.
    """

    reading: str = "least share"

    name = "kalai–smorodinsky solution"
    reference = "Kalai and Smorodinsky 1975, Econometrica 43; leximin: Imai 1983, Econometrica 51"

    def __post_init__(self) -> None:
        if self.reading not in KS_READINGS:
            raise UnknownName(f"reading: got {self.reading!r}, expected one of {', '.join(KS_READINGS)}")

    def run(self, bargain: Bargain) -> Settlement:
        """The Kalai–Smorodinsky solution in every draw."""
        best = bargain.suits
        if self.reading == "equal shares":
            best = np.array([_optimal(g, s) for g, s in zip(bargain.gain, best, strict=True)])
            apart = bargain.shares.max(axis=1) - bargain.shares.min(axis=1)
            best = _greatest(-apart, best, np.full((len(best), 1), _ROUNDING))
        settlement = settle(self.name, bargain, _leximin(bargain.shares, best))
        return replace(settlement, parameters={"reading": self.reading})


def _optimal(gain: FloatArray, suits: BoolArray) -> BoolArray:
    """Which packages that suit everybody no other such package beats, in one draw; shape (P,)."""
    inside = np.zeros(len(suits), np.bool_)
    inside[suits] = pareto(gain[None, :, suits])[0]
    return inside


class Egalitarian:
    """max min (u_i − d_i): equal gains, as far as packages allow. The parties' utilities must be in one unit."""

    name = "egalitarian solution"
    reference = "Kalai 1977, Econometrica 45; leximin: Imai 1983, Econometrica 51"

    def run(self, bargain: Bargain) -> Settlement:
        """The egalitarian solution in every draw."""
        return settle(self.name, bargain, _leximin(bargain.gain, bargain.suits))


def opposition(bargain: Bargain) -> FloatArray:
    """How far the best package is from giving every party all it could gain; 0 to √N; shape (B,).

    The distance of the shares from (1, …, 1); infinite where no package suits every party. Defined for two
    parties by Baarslag et al. 2013, Artificial Intelligence 198.
    """
    distance = np.sqrt(((1.0 - bargain.shares) ** 2).sum(axis=1))
    nearest: FloatArray = np.where(bargain.suits, distance, np.inf).min(axis=1)
    return nearest


def settle(method: str, bargain: Bargain, best: BoolArray) -> Settlement:
    """The first of the best packages, and whether the others differ; shape of `best` (B, P)."""
    found: BoolArray = np.any(best, axis=1)
    package = np.where(found, best.argmax(axis=1), -1)
    chosen = np.take_along_axis(bargain.utility, np.maximum(package, 0)[:, None, None], axis=2)
    other = (np.abs(bargain.utility - chosen) > bargain.rounding).any(axis=1)
    utility = np.where(found[:, None], chosen[:, :, 0], bargain.disagreement)
    tied: BoolArray = np.any(best & other, axis=1)
    return Settlement(method, package, utility, tied)


def _leximin(ladder: FloatArray, among: BoolArray) -> BoolArray:
    """The packages whose rungs, the lowest first, are greatest; shape (B, P)."""
    among = _highest(ladder.min(axis=1), among)
    # Few are left: only these need sorting.
    left = np.flatnonzero(among.any(axis=0))
    best = among[:, left]
    for rung in np.moveaxis(np.sort(ladder[:, :, left], axis=1), 1, 0):
        best = _highest(rung, best)
    among[:, left] = best
    return among


def _highest(rung: FloatArray, among: BoolArray) -> BoolArray:
    """Which of some packages are highest on a rung, but for rounding; shapes (B, P)."""
    size = np.max(np.abs(rung), axis=1, keepdims=True, where=among, initial=0.0)
    return _greatest(rung, among, _ROUNDING * size)


def _greatest(score: FloatArray, among: BoolArray, margin: FloatArray) -> BoolArray:
    """Which of some packages have the greatest score, or less by no more than a margin; shapes (B, P), margin (B, 1)."""
    best = np.max(score, axis=1, keepdims=True, where=among, initial=-np.inf)
    # Where all scores are minus infinity all are best.
    result: BoolArray = among & ((score >= best - margin) | (best == -np.inf))
    return result
