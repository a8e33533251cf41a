"""KTAB's spatial model, third part: who challenges whom, what they would agree on, and who accepts what.

All arrays have a leading draw axis of length B; the first party axis after it is the one who looks at the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.ktab_utility import Votes, distance, utility
from detente.weighing.ktab_victory import Prevails, Victory, coalitions, prevails

# As in the program: the least gain worth a challenge, the least strength of either side, what a party's weight in
# its own coordinates is raised by, and the grid (of 0–1) that bargains are rounded to.
_WORTHWHILE, _SIDE, _OWN, _GRID = 1e-5, 1e-10, 1e-6, 1e4
# Gains and distances that differ by less than this are equal.
_EQUAL = 1e-9
# So are chances to prevail: options of the same worth but for rounding (1e-16) duel with coalitions of 1e-13 or so,
# where the program adds 1e-8 to each.
_EQUAL_CHANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Challenges:
    """What each party expects of challenging each other.

    Args:
        gain: shape (B, N, N); −∞ against itself.
        chance: of winning, as the challenger sees it; shape (B, N, N).
        target: whom each would challenge; shape (B, N).
        made: whether it is worth it; shape (B, N).
        tied: whether two targets at different places are equally good; shape (B,).
    """

    gain: FloatArray
    chance: FloatArray
    target: np.ndarray[tuple[int, ...], np.dtype[np.intp]]
    made: BoolArray
    tied: BoolArray


@dataclass(frozen=True, slots=True)
class Bargains:
    """What each challenger proposes: where it would go itself, and where its target; shape (B, N, M) each."""

    challenger: FloatArray
    target: FloatArray


def challenges(
    far: FloatArray, view: FloatArray, salience: FloatArray, capability: FloatArray, votes: Votes
) -> Challenges:
    """Whom each party challenges: the one from whom it expects most.

    Third parties n join the side they would rather be found on. With x and y the utility to n of i's and of j's
    place, v = σ_n f(x − y) its sympathy, a and b what i and j bring themselves, n reckons that i wins with
    p = (a + max(0, v)) / (a + b + |v|). Whoever sides with the loser has to move; so n brings
    σ_n f(p (1 − x) − (1 − p)(1 − y)), to i if that is above 0, else to j.

    Args:
        far: d_mj, of j's place from what m wants; shape (B, N, N).
        view: r_im, the attitude to risk that i takes m to have; shape (B, N, N).
        salience: how much each party cares, over all issues; shape (B, N).
        capability: shape (B, N).
    """
    parties = np.arange(far.shape[1])
    # Draws last: the inner loops of numpy then run over many draws and not over the few parties.
    far_last, view_last = (np.ascontiguousarray(np.moveaxis(a, 0, -1)) for a in (far, view))
    strength = (salience * capability).T[:, None]
    # worth[i, m, j]: what j's place is worth to m, as i sees it.
    worth = utility(far_last, view_last[:, :, None])
    mine = worth[parties, :, parties][:, :, None]
    sympathy = strength * votes.cast(mine - worth)
    ahead = np.maximum(sympathy[parties, parties], _SIDE)[:, None]
    behind = np.maximum(-sympathy[:, parties, parties], _SIDE)[:, None]
    chance = ahead + np.maximum(sympathy, 0.0)
    chance /= ahead + behind + np.abs(sympathy)
    brought = strength * votes.cast(chance * (2.0 - mine - worth) - (1.0 - worth))
    brought[parties, parties] = 0.0
    brought[:, parties, parties] = 0.0
    for_me = ahead[:, 0] + np.maximum(brought, 0.0).sum(axis=1)
    against = behind[:, 0] - np.minimum(brought, 0.0).sum(axis=1)
    wins, theirs = (np.moveaxis(a, -1, 0) for a in (for_me / (for_me + against), worth[parties, parties]))
    # (1−s_j)·2 + s_j(P·2 + (1−P)·2u) − (1 + u), where a party's own place is worth 1 to it and j's place u.
    gain = (1.0 - theirs) * (1.0 - 2.0 * salience[:, None] * (1.0 - wins))
    gain[:, parties, parties] = -np.inf
    target = gain.argmax(axis=2)
    best = np.take_along_axis(gain, target[..., None], axis=2)
    made = best[..., 0] > _WORTHWHILE
    as_good = gain >= best - _EQUAL
    apart = np.take_along_axis(far.swapaxes(1, 2), target[..., None], axis=1) > _EQUAL
    tied: BoolArray = np.any(as_good & apart & made[..., None], axis=(1, 2))
    return Challenges(gain, wins, target, made, tied)


def bargains(place: FloatArray, salience: FloatArray, found: Challenges) -> Bargains:
    """What i and its target j would agree on, each coordinate by itself: the mean, weighted by (s_i P)² and (s_j (1−P))².

    Args:
        place: shape (B, N, M).
        salience: of each issue; shape (B, N, M).
    """
    target = found.target[..., None]
    chance = np.take_along_axis(found.chance, target, axis=2)
    other_place, other_salience = (np.take_along_axis(a, target, axis=1) for a in (place, salience))
    mine, others = (salience * chance) ** 2, (other_salience * (1.0 - chance)) ** 2

    def agreed(own: float, other: float) -> FloatArray:
        between = (mine + own) * place + (others + other) * other_place
        rounded: FloatArray = np.floor(0.5 + _GRID * between / (mine + others + _OWN)) / _GRID
        return rounded

    return Bargains(agreed(_OWN, 0.0), agreed(0.0, _OWN))


def accepted(
    place: FloatArray, salience: FloatArray, capability: FloatArray, risk: FloatArray, far: FloatArray,
    found: Challenges, offers: Bargains, votes: Votes, victory: Victory, rule: Prevails,
) -> tuple[FloatArray, BoolArray]:  # fmt: skip
    """Where the parties go: each to the bargain, of those it is part of and none, that would prevail in a vote of all.

    An option is worth to a party the mean of the utilities of all places, were it carried out and nothing else.

    Args:
        risk: R, each party's own; shape (B, N).
        far: d_mj; shape (B, N, N).

    Returns:
        The places, shape (B, N, M), and whether two options of anybody are equally good, shape (B,).
    """
    n = place.shape[1]
    parties = np.arange(n)
    own = risk[:, :, None]
    now = utility(far, own)
    to_me, to_other = (utility(distance(place, salience, o), own) for o in (offers.challenger, offers.target))
    change = to_me + to_other - now - np.take_along_axis(now, found.target[:, None], axis=2)
    worth = now.sum(axis=2, keepdims=True) + np.concatenate([np.zeros_like(own), change], axis=2)
    strength = coalitions(worth / n, capability, votes)
    part = (parties[:, None] == parties) | (found.target[:, None, :] == parties[:, None])
    queue = np.concatenate([np.ones((len(place), n, 1), np.bool_), part & found.made[:, None]], axis=2)
    chance = prevails(strength[:, None], queue, victory, rule)
    # Where k goes by each option: option 0 is to stay, option i + 1 the bargain that i proposed.
    proposer = np.eye(n, dtype=np.bool_)[..., None]
    goes = np.where(proposer, offers.challenger[:, None], offers.target[:, None])
    goes = np.concatenate([place[:, :, None], goes], axis=2)
    choice = chance.argmax(axis=2)[..., None]
    after = np.take_along_axis(goes, choice[..., None], axis=2)
    as_good = queue & (chance >= np.take_along_axis(chance, choice, axis=2) - _EQUAL_CHANCE)
    elsewhere = (np.abs(goes - after) > _EQUAL).any(axis=3)
    return after[:, :, 0], (as_good & elsewhere).any(axis=(1, 2))
