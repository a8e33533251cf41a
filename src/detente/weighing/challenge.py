"""The challenge model: parties challenge each other in rounds, and those who must expect to lose give way.

On one issue, with positions x, weights w = capability × salience s, the range R and distances d = |x_i−x_j|/R:

1.  A challenger's chance, P_ij = Σ_k max(0, v_k) / Σ_k |v_k|, v_k = w_k (|x_k−x_j| − |x_k−x_i|)/R.
2.  Utilities: of success 2−4(½−½d)^r, of failure 2−4(½+½d)^r, of no challenge 2−4(½)^r, and, should things move
    without a challenge, 2−4(½∓¼(|x_i−μ|+|x_i−x_j|)/R)^r: better (−) where the median μ is nearer than j.
3.  E_ij = s_j (P U_s + (1−P) U_f) + (1−s_j) U_s − Q U_q − (1−Q) U_m.
4.  Attitude to risk: with all r = 1, a party's security is Σ_j E_ji; scaled to k in [−1, 1] between the least
    and the most secure, r = (1−k/3)/(1+k/3), between ½ (who is safe) and 2. Then steps 1–3 again with r.
5.  With a = E_ij and b = E_ji: where a < 0 < b party i is made an offer, to move by |a/b| of the way to j
    (compromise), or all of it where |a| > |b| (surrender); where both are above 0 there is a conflict.
6.  Every party takes one offer, all move at once, and the next round begins.

The outcome is the weighted median of where they end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from detente.weighing.base import Outcome
from detente.weighing.challenge_round import expected_utilities, lines, moved
from detente.weighing.challenge_rules import Reading, Rules, every_reading
from detente.weighing.draws import BoolArray, Draws, FloatArray
from detente.weighing.median import WeightedMedian


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the parties expect of challenging each other, from −4 to 4.

    Args:
        own: E_ij, what i expects of challenging j; shape (B, N, N, M).
        reply: E_ji, what j expects of challenging i, as far as i can tell; shape (B, N, N, M).
        risk: r_i, between ½ and 2; above 1 a party shuns risk; shape (B, N, M).
    """

    own: FloatArray
    reply: FloatArray
    risk: FloatArray


@dataclass(frozen=True, slots=True)
class Rounds:
    """Where the parties stand, round by round; the first is where they begin.

    Args:
        rules: the reading of the model.
        position: shape (B, T+1, N, M).
        median: the weighted median of the positions; shape (B, T+1, M).
        mean: the weighted mean of the positions; shape (B, T+1, M).
        tied: whether a tie decided in any round up to this one; shape (B, T+1, M).
    """

    rules: Rules
    position: FloatArray
    median: FloatArray
    mean: FloatArray
    tied: BoolArray


@dataclass(frozen=True)
class ChallengeModel:
    """The challenge model under one reading of its rules.

    It is chaotic: on the published emissions case, noise of 0.05 % on the inputs can move the outcome by more
    than that of the weighted mean by a factor of hundreds. It is not clone-proof either. Give it
    distributions, and read its answer beside the weighted mean.

    Args:
        rules: the reading; `Reading` names two.
        rounds: number of rounds, 0 or more; the literature has no rule that says when to stop.
    """

    rules: Rules = Reading.PRINTED.value
    rounds: int = 5

    name = "challenge model"
    reference = "Bueno de Mesquita 1994; Scholz, Calbert and Smith 2011, Proc. ICAART, doi:10.5220/0003121500180030"

    def __post_init__(self) -> None:
        if self.rounds < 0:
            raise ValueError(f"rounds: got {self.rounds}, expected 0 or more")

    def run(self, draws: Draws) -> Outcome:
        """The weighted median after the last round, and whether any tie decided on the way."""
        path = self.trace(draws)
        return Outcome(value=path.median[:, -1], tied=path.tied[:, -1])

    def trace(self, draws: Draws) -> Rounds:
        """Every round in every draw."""
        salience, weight, position = (lines(a) for a in (draws.salience, draws.weight, draws.position))
        initial = np.ptp(position, axis=0)
        tied = np.zeros(initial.shape, np.bool_)
        positions, ties = [position], [tied]
        for _ in range(self.rounds):
            position, decided = moved(salience, weight, position, initial, self.rules)
            tied = tied | decided
            positions.append(position)
            ties.append(tied)
        return _rounds(self.rules, draws, positions, ties)


def under_every_reading(
    draws: Draws, rounds: int = 5, readings: Iterable[Rules] | None = None
) -> tuple[tuple[Rules, ...], FloatArray]:
    """The outcome under each reading of the rules: how far the answer is one of the reading.

    Args:
        readings: all combinations where left out.

    Returns:
        The readings, and their outcomes; shape (readings, B, M).
    """
    rules = tuple(every_reading() if readings is None else readings)
    return rules, np.stack([ChallengeModel(r, rounds).run(draws).value for r in rules])


def expectations(draws: Draws, rules: Rules = Reading.PRINTED.value) -> Expectations:
    """Steps 1–4 of the first round; 0 where two parties stand at the same place."""
    b, n, m = draws.position.shape
    salience, weight, position = (lines(a) for a in (draws.salience, draws.weight, draws.position))
    unit = np.maximum(np.ptp(position, axis=0), np.finfo(np.float64).tiny)
    own, reply, risk = expected_utilities(salience, weight, (position - position.min(axis=0)) / unit, rules)
    own, reply = (a.reshape(n, n, b, m).transpose(2, 0, 1, 3) for a in (own, reply))
    return Expectations(own, reply, risk.reshape(n, b, m).swapaxes(0, 1))


def _rounds(rules: Rules, draws: Draws, positions: list[FloatArray], ties: list[BoolArray]) -> Rounds:
    b, n, m = draws.position.shape
    places = [p.reshape(n, b, m).swapaxes(0, 1) for p in positions]
    medians = [WeightedMedian().run(replace(draws, position=p)) for p in places]
    weight = draws.weight
    return Rounds(
        rules=rules,
        position=np.stack(places, axis=1),
        median=np.stack([o.value for o in medians], axis=1),
        mean=np.stack([(weight * p).sum(axis=1) / weight.sum(axis=1) for p in places], axis=1),
        tied=np.stack([o.tied | t.reshape(b, m) for o, t in zip(medians, ties, strict=True)], axis=1),
    )
