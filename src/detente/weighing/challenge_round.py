"""One round of the challenge model: what the parties expect of each other, what they are offered, where they go.

The equations are in `detente.weighing.challenge`. Here the issues of all draws are one axis, D = B·M, and the last:
so numpy's inner loops run over many draws and not over the few parties, which is twice as fast.
"""

from __future__ import annotations

import numpy as np

from detente.weighing.challenge_rules import Choice, Conflict, Range, Reply, Rules, Security, Votes
from detente.weighing.draws import BoolArray, FloatArray

# Expectations, and distances as shares of the range, that differ by less than this are equal: sums of the same
# numbers in another order differ by 1e-15.
_EQUAL = 1e-9
# Places nearer than this part of the range are the same for a report: a tie between them decides nothing.
_ELSEWHERE = 1e-6


def lines(array: FloatArray) -> FloatArray:
    """(B, N, M) → (N, D)."""
    return np.ascontiguousarray(array.swapaxes(0, 1)).reshape(array.shape[1], -1)


def moved(
    salience: FloatArray, weight: FloatArray, position: FloatArray, initial: FloatArray, rules: Rules
) -> tuple[FloatArray, BoolArray]:
    """Where the parties stand after a round, and whether a tie decided; where all agree nobody moves."""
    current = np.ptp(position, axis=0)
    moving = np.flatnonzero(current > _EQUAL * np.maximum(initial, np.finfo(np.float64).tiny))
    after, tied = position.copy(), np.zeros(initial.shape, np.bool_)
    unit = (current if rules.range is Range.CURRENT else initial)[moving]
    x = (position[:, moving] - position[:, moving].min(axis=0)) / unit
    own, reply, _ = expected_utilities(salience[:, moving], weight[:, moving], x, rules)
    move, tied[moving] = _taken(own, reply, x, rules)
    after[:, moving] += move * unit
    return after, tied


def expected_utilities(
    salience: FloatArray, weight: FloatArray, x: FloatArray, rules: Rules
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Steps 1–4, with distances in units of R: E_ij and E_ji, shape (N, N, D), and r, shape (N, D)."""
    # Rounding may leave the outermost a hair more than one range apart.
    away = np.minimum(np.abs(x[:, None] - x), 1.0)
    chance = _chance(weight, away, rules.votes)
    first = _expected(salience, away, chance, 1.0, weight, x, rules)
    risk = _attitude(first.sum(axis=0 if rules.security is Security.TARGET else 1))
    if rules.votes is Votes.OF_ALL_PAIRS:
        chance = _chance(weight, away ** risk[:, None], rules.votes)
    own = _expected(salience, away, chance, risk[:, None], weight, x, rules)
    seen = own if rules.reply is Reply.OWN else _expected(salience, away, chance, risk, weight, x, rules)
    return own, seen.swapaxes(0, 1), risk


def _chance(weight: FloatArray, away: FloatArray, votes: Votes) -> FloatArray:
    """P_ij; ½ where nobody cares; shape (N, N, D)."""
    n = len(away)
    ahead, behind = np.triu_indices(n, 1)
    votes_for = np.zeros_like(away)
    upper, lower = np.zeros((2, len(ahead), away.shape[2]))
    for voter, own in zip(away, weight, strict=True):
        gain = voter[behind] - voter[ahead]
        gain *= own
        upper += np.maximum(gain, 0.0)
        lower -= np.minimum(gain, 0.0)
    votes_for[ahead, behind], votes_for[behind, ahead] = upper, lower
    cast = votes_for + votes_for.swapaxes(0, 1)
    if votes is Votes.OF_ALL_PAIRS:
        cast = np.broadcast_to(cast.sum(axis=(0, 1)), cast.shape)
    chance: FloatArray = np.divide(votes_for, cast, out=np.full(cast.shape, 0.5), where=cast > 0)
    return chance


def _expected(
    salience: FloatArray, away: FloatArray, chance: FloatArray, risk: FloatArray | float, weight: FloatArray,
    x: FloatArray, rules: Rules,
) -> FloatArray:  # fmt: skip
    """E_ij of step 3, nobody against itself; shape (N, N, D)."""
    success, failure = 2 - 4 * (0.5 - 0.5 * away) ** risk, 2 - 4 * (0.5 + 0.5 * away) ** risk
    expected = success + salience * (1 - chance) * (failure - success)
    expected -= rules.status_quo * (2 - 4 * 0.5**risk)
    if rules.status_quo < 1:
        expected -= (1 - rules.status_quo) * _unasked(away, weight, x, risk)
    own = np.arange(len(away))
    expected[own, own] = 0.0
    return expected


def _unasked(away: FloatArray, weight: FloatArray, x: FloatArray, risk: FloatArray | float) -> FloatArray:
    """U_m: what i may expect if the issue moves without a challenge; shape (N, N, D)."""
    order = np.argsort(x, axis=0, kind="stable")
    counted = np.take_along_axis(weight, order, axis=0).cumsum(axis=0)
    middle = (counted >= (0.5 - _EQUAL) * counted[-1]).argmax(axis=0)[None]
    median = np.take_along_axis(x, np.take_along_axis(order, middle, axis=0), axis=0)
    to_median = np.abs(x - median)[:, None]
    share = 0.25 * np.minimum(to_median + away, 2.0)
    result: FloatArray = 2 - 4 * (0.5 + np.where(to_median < away - _EQUAL, -share, share)) ** risk
    return result


def _attitude(security: FloatArray) -> FloatArray:
    """r of step 4; 1 for all where all are equally safe; shape (N, D)."""
    most, least = security.max(axis=0), security.min(axis=0)
    apart = np.broadcast_to(most - least, security.shape)
    scaled = np.divide(2 * security - most - least, apart, out=np.zeros_like(security), where=apart > _EQUAL)
    result: FloatArray = (1 - scaled / 3) / (1 + scaled / 3)
    return result


def _taken(own: FloatArray, reply: FloatArray, x: FloatArray, rules: Rules) -> tuple[FloatArray, BoolArray]:
    """Steps 5 and 6: how far each party moves, shape (N, D), and whether a tie decided, shape (D,)."""
    gap = x - x[:, None]
    apart = np.abs(gap) > _EQUAL
    losing = apart & (own < -_EQUAL) & (reply > _EQUAL)
    yields = rules.conflict is Conflict.YIELD
    conflict = apart & (own > _EQUAL) & (reply > own + _EQUAL) if yields else np.zeros_like(apart)
    part = np.divide(-own, reply, out=np.ones_like(own), where=losing)
    move = np.minimum(part, 1.0) * gap
    offered = losing | conflict
    if rules.choice is Choice.BY_KIND:
        offered = _best(offered, np.where(conflict, 2.0, np.where(part <= 1.0, 1.0, 0.0)))
    nearest = -np.abs(move)
    by_distance = offered & (conflict if rules.choice is Choice.BY_KIND else rules.choice is Choice.LEAST_MOVE)
    offered = _best(offered, np.where(by_distance, nearest, reply))
    tied = _differ(offered, move).any(axis=0)
    # The least move among equals, and of two as far to either side the one towards 0: the order decides nothing.
    offered = _best(_best(offered, nearest), -move)
    taken = np.where(offered, move, -np.inf).max(axis=1)
    return np.where(offered.any(axis=1), taken, 0.0), tied | _on_edge(own, reply, apart, by_distance, yields)


def _best(offered: BoolArray, key: FloatArray) -> BoolArray:
    """Each party's offers with the highest key, equals included; shape (N, N, D)."""
    top = np.where(offered, key, -np.inf).max(axis=1, keepdims=True)
    result: BoolArray = offered & (key >= top - _EQUAL)
    return result


def _differ(offered: BoolArray, move: FloatArray) -> BoolArray:
    """Whether equally good offers lead to different places; shape (N, D)."""
    high = np.where(offered, move, -np.inf).max(axis=1)
    low = np.where(offered, move, np.inf).min(axis=1)
    result: BoolArray = high - low > _ELSEWHERE
    return result


def _on_edge(
    own: FloatArray, reply: FloatArray, apart: BoolArray, by_distance: BoolArray, yields: bool
) -> BoolArray:
    """Whether the least noise could make or unmake an offer; shape (D,).

    So it is where an expectation is 0, and, where a party takes the nearest offer, where another party stands
    at its own place: moved by a hair, that one makes the nearest.
    """
    zero, nothing = np.abs(own) <= _EQUAL, np.abs(reply) <= _EQUAL
    edge = apart & ((zero & (reply > _EQUAL)) | (nothing & (own < -_EQUAL)))
    if yields:
        edge |= apart & (own > _EQUAL) & (np.abs(reply - own) <= _EQUAL)
    twins = (~apart).sum(axis=1) > 1
    result: BoolArray = (edge.any(axis=1) | (twins & by_distance.any(axis=1))).any(axis=0)
    return result
