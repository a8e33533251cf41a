"""War bargaining: which divisions both sides prefer to a war, and why they may fail to agree on one.

A revisionist, R, and a defender, U, divide a pie of 1. War is a costly lottery that R wins with probability p.
So there is always a division that both prefer; war comes from what R does not know about U (uncertain costs),
or from power that shifts, where nobody can promise today not to use it tomorrow (the commitment problem).
All costs are shares of the pie. Arrays lead with the draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.weighing.bounds import within
from detente.weighing.draws import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class War:
    """A war that both sides can foresee.

    Args:
        win: probability that R wins, 0–1; shape (B,) or, in periods, (B, T).
        cost_r: what war costs R, at least 0, share of the pie; broadcasts against `win`.
        cost_u: what it costs U.

    Raises:
        SituationError: an input is out of bounds.
    """

    win: FloatArray
    cost_r: FloatArray
    cost_u: FloatArray

    def __post_init__(self) -> None:
        within("win", self.win, 0.0, 1.0)
        within("cost_r", self.cost_r)
        within("cost_u", self.cost_u)


@dataclass(frozen=True, slots=True)
class Range:
    """The shares of R that both sides prefer to war; negative or above 1 where a side would give even more.

    Args:
        low: the least that R accepts; the shape of the inputs.
        high: the most that U gives.
    """

    low: FloatArray
    high: FloatArray

    @property
    def width(self) -> FloatArray:
        """How much there is to bargain over."""
        return self.high - self.low


class BargainingRange:
    """[p − c_R, p + c_U]: never empty, as wide as the war is costly."""

    name = "bargaining range"
    reference = "Fearon 1995, Rationalist Explanations for War, International Organization 49(3)"

    def run(self, draws: War) -> Range:
        """The range in every draw."""
        return Range(draws.win - draws.cost_r, draws.win + draws.cost_u)


@dataclass(frozen=True, slots=True)
class HiddenCost:
    """A war whose cost to U only U knows: to R it is uniform between 0 and `most`.

    Args:
        win: probability that R wins, 0–1; shape (B,).
        cost_r: what war costs R, at least 0; shape (B,).
        most: the highest cost that U may have, above 0; shape (B,).

    Raises:
        SituationError: an input is out of bounds.
    """

    win: FloatArray
    cost_r: FloatArray
    most: FloatArray

    def __post_init__(self) -> None:
        within("win", self.win, 0.0, 1.0)
        within("cost_r", self.cost_r)
        within("most", self.most, above=True)


@dataclass(frozen=True, slots=True)
class Demand:
    """What R asks for, and how often U would rather fight.

    Args:
        share: of the pie, 0–1; shape (B,).
        war: probability, 0–1; shape (B,).
    """

    share: FloatArray
    war: FloatArray


class RiskReturn:
    """x* = p + max(0, (C − c_R) / 2), at most 1; Pr(war) = (x* − p) / C: a higher demand, a higher risk."""

    name = "risk and return"
    reference = "Fearon 1995, Rationalist Explanations for War, appendix; one offer, cost uniform on [0, C]"

    def run(self, draws: HiddenCost) -> Demand:
        """R's best demand in every draw.

        Returns:
            The demand that maximises R's expected share. Below p there is nothing to gain: every U accepts p.
        """
        more = np.minimum(np.maximum(draws.most - draws.cost_r, 0.0) / 2.0, 1.0 - draws.win)
        return Demand(draws.win + more, more / draws.most)


@dataclass(frozen=True, slots=True)
class PowerShift:
    """Power that moves to one side: what the rising side can win by war, now and next period.

    Args:
        now: probability that the rising side wins a war now, 0–1; shape (B,).
        later: the same next period and from then on; shape (B,).
        cost: what a war costs the declining side, once, in shares of one period's pie, at least 0; shape (B,).
        discount: worth of the next period against this one, 0 to below 1; shape (B,).

    Raises:
        SituationError: an input is out of bounds.
    """

    now: FloatArray
    later: FloatArray
    cost: FloatArray
    discount: FloatArray

    def __post_init__(self) -> None:
        within("now", self.now, 0.0, 1.0)
        within("later", self.later, 0.0, 1.0)
        within("cost", self.cost)
        within("discount", self.discount, 0.0, np.nextafter(1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Commitment:
    """Whether a promise of the rising side would be believed.

    Args:
        margin: by how much the condition for war is met; negative where it is not; shape (B,).
        war: whether the declining side attacks, though both would gain by a promise kept; shape (B,).
    """

    margin: FloatArray
    war: BoolArray


class PreventiveWar:
    """War if and only if δ p₂ − p₁ > (1 − δ)² c, where the rising side makes all offers."""

    name = "preventive war"
    reference = "Fearon 1995, Rationalist Explanations for War, International Organization 49(3)"

    def run(self, draws: PowerShift) -> Commitment:
        """The condition in every draw."""
        patience = 1.0 - draws.discount
        margin = draws.discount * draws.later - draws.now - patience**2 * draws.cost
        return Commitment(margin, margin > 0.0)


@dataclass(frozen=True, slots=True)
class MinmaxShift:
    """What each side can secure by itself, whatever the game: values of the whole future.

    Args:
        now: the rising side's minmax payoff now; shape (B,).
        later: its minmax payoff next period; shape (B,).
        other: the declining side's minmax payoff now; shape (B,).
        benefits: value of all that there is to divide, from now on, at least 0; shape (B,).
        discount: worth of the next period against this one, 0 to below 1; shape (B,).

    Raises:
        SituationError: an input is out of bounds.
    """

    now: FloatArray
    later: FloatArray
    other: FloatArray
    benefits: FloatArray
    discount: FloatArray

    def __post_init__(self) -> None:
        within("benefits", self.benefits)
        within("discount", self.discount, 0.0, np.nextafter(1.0, 0.0))


class PowellCondition:
    """No efficient peace if δ M(t+1) − M(t) > B − (M(t) + M'(t)): a shift larger than what war would waste.

    It is enough for war under any way of bargaining; `PreventiveWar` is one way, and needs less.
    """

    name = "commitment problem"
    reference = "Powell 2006, War as a Commitment Problem, International Organization 60(1)"

    def run(self, draws: MinmaxShift) -> Commitment:
        """The condition in every draw."""
        surplus = draws.benefits - draws.now - draws.other
        margin = draws.discount * draws.later - draws.now - surplus
        return Commitment(margin, margin > 0.0)
