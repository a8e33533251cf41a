"""Guarantees: which division holds while a third party may step in, and how credible it has to be.

The guarantor intervenes with probability γ; then it lowers R's chance of winning by Δ and raises R's cost by k.
R, who looks at what an attack would bring, stays with its share x in period t while
x ≥ p_t − c_R − γ_t (Δ_t + k_t). U, who looks at what a fight would bring, gives up to p_t + c_U − γ_t Δ_t. So a
guarantee moves the range towards U, and widens it only through k.

The range and the least guarantee are détente's own derivation from the bargaining range of Fearon 1995.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import compress

import numpy as np

from detente.errors import SituationError
from detente.weighing.bounds import within
from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.war import Range, War

# A share that is met to within rounding is met.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What a guarantor would do, as R and U see it.

    Args:
        credibility: γ, probability that it intervenes, 0–1; shape (B,) or, in periods, (B, T).
        effect: Δ, by how much that lowers R's chance of winning, at least 0.
        punishment: k, by how much it raises R's cost, at least 0, share of the pie.

    Raises:
        SituationError: an input is out of bounds.
    """

    credibility: FloatArray
    effect: FloatArray
    punishment: FloatArray

    def __post_init__(self) -> None:
        within("credibility", self.credibility, 0.0, 1.0)
        within("effect", self.effect, 0.0, 1.0)
        within("punishment", self.punishment)

    @property
    def deterrence(self) -> FloatArray:
        """γ (Δ + k): what the guarantee takes from R's attack."""
        return self.credibility * (self.effect + self.punishment)


@dataclass(frozen=True, slots=True)
class GuaranteedWar:
    """A war with a guarantor behind the defender; shapes of the two broadcast."""

    war: War
    guarantee: Guarantee


class GuaranteedRange:
    """[p − c_R − γ(Δ + k), p + c_U − γ Δ], of width c_R + c_U + γ k."""

    name = "guaranteed range"
    reference = "own derivation from Fearon 1995, Rationalist Explanations for War"

    def run(self, draws: GuaranteedWar) -> Range:
        """The shares of R that hold, in every draw and period."""
        war, guarantee = draws.war, draws.guarantee
        low = war.win - war.cost_r - guarantee.deterrence
        return Range(low, war.win + war.cost_u - guarantee.credibility * guarantee.effect)


@dataclass(frozen=True, slots=True)
class LeastGuarantee:
    """How credible a guarantee has to be for R to stay with its share.

    Args:
        needed: γ*; at most 0 where the deal enforces itself, above 1 (or infinite) where no guarantee of this
            effect is enough; shape (B,) or (B, T).
    """

    needed: FloatArray

    @property
    def self_enforcing(self) -> BoolArray:
        """Where no guarantee is needed."""
        result: BoolArray = self.needed <= _ROUNDING
        return result

    @property
    def out_of_reach(self) -> BoolArray:
        """Where no guarantee of this effect is enough."""
        result: BoolArray = self.needed > 1.0 + _ROUNDING
        return result


def least_guarantee(war: War, share: FloatArray, effect: FloatArray, punishment: FloatArray) -> LeastGuarantee:
    """γ* = (p − c_R − x) / (Δ + k): the least credible guarantee that makes the deal hold.

    Args:
        share: R's share x under the deal; shape (B,) or (B, T), as `war`.
        effect: Δ, at least 0.
        punishment: k, at least 0.

    Raises:
        SituationError: an input is out of bounds.
    """
    Guarantee(np.zeros(1), effect, punishment)
    temptation, deterrence = np.broadcast_arrays(war.win - war.cost_r - share, np.add(effect, punishment))
    without = np.where(temptation > 0.0, np.inf, 0.0)
    needed = np.divide(temptation, deterrence, out=without, where=deterrence > 0.0)
    return LeastGuarantee(needed)


def would_intervene(
    stake: FloatArray, effect: FloatArray, audience: FloatArray, cost: FloatArray, backing: FloatArray
) -> BoolArray:
    """Whether a guarantor's intervention pays: stake × Δ + audience − cost + backing ≥ 0.

    Args:
        stake: what the defender's share is worth to it.
        effect: Δ, share of the pie that it would save, 0–1.
        audience: what breaking its word would cost it.
        cost: of intervening.
        backing: what a backstop takes off that cost.

    Returns:
        Shape (B,). The mean over the draws is the credibility γ.
    """
    result: BoolArray = stake * effect + audience - cost + backing >= 0.0
    return result


def any_of(chances: FloatArray) -> FloatArray:
    """1 − Π (1 − γ_g): the chance of at least one of several that are independent; shape (…, G) → (…)."""
    result: FloatArray = 1.0 - np.prod(1.0 - chances, axis=-1)
    return result


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a package, and what R would face with it; the fields that it does not touch are 0.

    Args:
        name: what the report calls it.
        strength: by how much it lowers R's chance of winning, 0–1; shape (B,), as all that follow.
        cost: by how much it raises R's cost of war, at least 0.
        alone: credibility of its guarantor without a backstop, 0–1.
        backed: the same with one, 0–1.
        backstop: chance that it is a backstop when it is needed, 0–1.

    Raises:
        SituationError: an input is out of bounds.
    """

    name: str
    strength: FloatArray | float = 0.0
    cost: FloatArray | float = 0.0
    alone: FloatArray | float = 0.0
    backed: FloatArray | float = 0.0
    backstop: FloatArray | float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self)[1:]:
            top = np.inf if field.name == "cost" else 1.0
            within(f"{self.name}: {field.name}", np.asarray(getattr(self, field.name)), 0.0, top)


@dataclass(frozen=True, slots=True)
class Layers:
    """A deal with every part of its package that could be in place.

    Args:
        war: R's prospects without any of them; `win` of shape (B, T).
        share: R's share under the deal; shape (B, 1) or (B, T).
        effect: Δ of the guarantors' intervention; broadcasts against `share`.
        punishment: k of the same.
        components: at most 12.

    Raises:
        SituationError: too many components, or none; the war has no periods.
    """

    war: War
    share: FloatArray
    effect: FloatArray
    punishment: FloatArray
    components: Sequence[Component]

    def __post_init__(self) -> None:
        if not 1 <= len(self.components) <= 12:
            raise SituationError(f"components: got {len(self.components)}, expected 1 to 12")
        if self.war.win.ndim != 2:
            raise SituationError(f"war.win: got shape {self.war.win.shape}, expected draws by periods")


class LayeredGuarantees:
    """P(the deal holds in every period), for each of the 2ⁿ packages of its components.

    With guarantors g whose word hangs on a backstop of chance b,
    γ = b (1 − Π (1 − γ_g|b)) + (1 − b)(1 − Π (1 − γ_g|not b)).
    """

    name = "layered guarantees"
    reference = "own derivation from Fearon 1995 and Powell 2006; credibility: Fearon 1997, Signaling Foreign Policy Interests"

    def run(self, draws: Layers) -> BoolArray:
        """Whether the deal holds.

        Returns:
            Shape (B, 2ⁿ). Bit i of a column's number says whether component i is in the package, as
            `importance.of` expects.
        """
        packages = range(2 ** len(draws.components))
        return np.stack([self._holds(draws, package) for package in packages], axis=1)

    def _holds(self, draws: Layers, package: int) -> BoolArray:
        parts = list(compress(draws.components, (package >> i & 1 for i in range(len(draws.components)))))
        win = np.clip(draws.war.win - _sum(parts, "strength"), 0.0, 1.0)
        cost = draws.war.cost_r + _sum(parts, "cost")
        guarantee = Guarantee(credibility(parts), draws.effect, draws.punishment)
        kept = draws.share >= win - cost - guarantee.deterrence - _ROUNDING
        return np.asarray(np.broadcast_to(kept, draws.war.win.shape).all(axis=1))


def credibility(parts: Sequence[Component]) -> FloatArray:
    """γ of these components together, whose guarantors may hang on one backstop; shape (B, 1) or (1, 1)."""
    backstop = any_of(_columns(parts, "backstop"))
    alone, backed = any_of(_columns(parts, "alone")), any_of(_columns(parts, "backed"))
    return (backstop * backed + (1.0 - backstop) * alone)[:, None]


def _sum(parts: Sequence[Component], field: str) -> FloatArray:
    result: FloatArray = _columns(parts, field).sum(axis=-1)[:, None]
    return result


def _columns(parts: Sequence[Component], field: str) -> FloatArray:
    """One column a component; shape (B, n), or (1, n) where nothing varies."""
    if not parts:
        return np.zeros((1, 0))
    return np.stack(np.broadcast_arrays(*(np.atleast_1d(getattr(p, field)) for p in parts)), axis=-1)
