"""KTAB's spatial model, second part: coalitions for each option against each other, and which option prevails.

Between options i and j every party k votes with v_k = c_k f(u_ki − u_kj). The votes for i add up to C_ij; i beats j
with p_ij = g(C_ij) / (g(C_ij) + g(C_ji)).
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.ktab_utility import Votes

# Keeps a coalition of nobody from dividing by 0; as in the program. It is also why clones matter.
_NOBODY = 1e-8
# When a Markov process has settled, and when to give up on it.
_SETTLED, _PATIENCE = 1e-10, 10_000


class Victory(Enum):
    """How the odds grow with the strength of a coalition: g(C) = C to this power."""

    LINEAR = 1
    SQUARE = 2
    QUARTIC = 4
    OCTIC = 8


class Prevails(Enum):
    """How duels between pairs become the chance that one option prevails over all."""

    CONDITIONAL = "that it wins every duel, given that one does"
    MARKOV_UNIFORM = "how often it holds, where every option is as likely to challenge"
    MARKOV_INCENTIVE = "how often it holds, where an option challenges by how many it would win over"


class Spread(Enum):
    """What the attitudes to risk range over, from the option most sure to prevail down to the least."""

    MID = (1.0, -0.5)
    MIN = (1.0, 0.0)
    MAX = (1.0, -1.0)


def coalitions(worth: FloatArray, strength: FloatArray, votes: Votes = Votes.PROPORTIONAL) -> FloatArray:
    """C_ij, the votes for option i over option j.

    Args:
        worth: utility of each option to each party; shape (B, N, P).
        strength: c; shape (B, N).

    Returns:
        Above 0; shape (B, P, P).
    """
    # Draws last: the inner loops of numpy then run over many draws and not over the few options.
    last = np.ascontiguousarray(np.moveaxis(worth, 0, -1))
    cast = votes.cast(last[:, :, None] - last[:, None])
    cast = np.maximum(cast, 0.0) * strength.T[:, None, None]
    result: FloatArray = np.moveaxis(cast.sum(axis=0), -1, 0) + _NOBODY
    return result


def beats(coalition: FloatArray, victory: Victory = Victory.LINEAR) -> FloatArray:
    """p_ij, the chance that option i beats option j; ½ against itself; shape (B, P, P)."""
    strength = coalition**victory.value
    result: FloatArray = strength / (strength + strength.swapaxes(-1, -2))
    return result


def prevails(
    coalition: FloatArray, among: BoolArray, victory: Victory = Victory.LINEAR, rule: Prevails = Prevails.CONDITIONAL
) -> FloatArray:
    """The chance that each option prevails over all that stand.

    Args:
        coalition: C_ij; shape (..., P, P).
        among: which options stand, at least one; shape (..., P).

    Returns:
        Adds to 1 over the options that stand, 0 for the others; shape (..., P).
    """
    duel = beats(coalition, victory)
    if rule is not Prevails.CONDITIONAL:
        eager = coalition * duel if rule is Prevails.MARKOV_INCENTIVE else np.ones_like(duel)
        return _markov(duel, eager, among)
    # The logarithm of the product of duels over those that stand.
    log = (np.log(duel) @ among[..., None].astype(np.float64))[..., 0]
    chance = np.exp(log - np.where(among, log, -np.inf).max(axis=-1, keepdims=True)) * among
    result: FloatArray = chance / chance.sum(axis=-1, keepdims=True)
    return result


def _markov(duel: FloatArray, eager: FloatArray, among: BoolArray) -> FloatArray:
    """The stationary chances where j is challenged by i in proportion to eager_ij, and may fall."""
    calls = eager * among[..., :, None]
    calls = calls / calls.sum(axis=-2, keepdims=True)
    falls_to = calls * duel
    holds = (calls * duel.swapaxes(-1, -2)).sum(axis=-2)
    chance = among / among.sum(axis=-1, keepdims=True)
    for _ in range(_PATIENCE):
        after = 0.5 * chance + 0.5 * ((falls_to @ chance[..., None])[..., 0] + holds * chance)
        if np.abs(after - chance).max() < _SETTLED:
            break
        chance = after
    result: FloatArray = after / after.sum(axis=-1, keepdims=True)
    return result


def attitudes(chance: FloatArray, spread: Spread = Spread.MID) -> FloatArray:
    """R_i: who is most likely to prevail shuns risk, who is least likely seeks it; 0 where all are equal.

    Args:
        chance: that each party's place prevails; shape (B, N).

    Returns:
        From the second to the first of the ends of `spread`; shape (B, N).
    """
    least, width = chance.min(axis=1, keepdims=True), np.ptp(chance, axis=1, keepdims=True)
    up = np.divide(chance - least, width, out=np.zeros_like(chance), where=width > _SETTLED)
    high, low = spread.value
    return np.where(width > _SETTLED, low + (high - low) * up, 0.0)
