"""All exchanges of positions that there could be, and what they would gain as parties move.

The equations are in `detente.weighing.exchange_of_positions`.
"""

from __future__ import annotations

import numpy as np

from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.order import Order

# A move below this part of the widest range of an issue is none; gains that differ by less are equal.
_NONE, _EQUAL = 1e-10, 1e-9


class Market:
    """All exchanges that there could be, in every draw: K of them, each of i, q, j, p.

    `position` changes as exchanges are carried out; parties and issues lie flat in its second axis.
    """

    def __init__(self, capability: FloatArray, salience: FloatArray, position: FloatArray) -> None:
        b, n, self._issues = position.shape
        there = ~np.isnan(position)
        weight = np.where(there, capability * salience, 0.0)
        self._share = weight / weight.sum(axis=1, keepdims=True)
        self.position = position.reshape(b, -1).copy()
        away = position - self.compromise()[:, None]
        scale = np.nanmax(position, axis=1, initial=-np.inf) - np.nanmin(position, axis=1, initial=np.inf)
        self._none = _NONE * scale.max(axis=1, initial=0.0)[:, None]
        # Who stands at the compromise is on no side, whatever the rounding.
        side = np.where(np.abs(away) > self._none[..., None], np.sign(away), 0.0)
        i, q, j, p = _quadruples(n, self._issues)
        ours, theirs = salience[:, i, p] / salience[:, i, q], salience[:, j, p] / salience[:, j, q]
        open_ = (ours > theirs) & (side[:, i, p] * side[:, j, p] < 0) & (side[:, i, q] * side[:, j, q] < 0)
        kept = np.flatnonzero(open_.any(axis=0))
        self._open = open_[:, kept]
        i, q, j, p = (a[kept] for a in (i, q, j, p))
        self._names = np.stack([i, q, j, p], axis=1)
        self._give, self._take = i * self._issues + q, j * self._issues + p
        self._to_give, self._to_take = position[:, j, q], position[:, i, p]
        self._way_give = np.sign(self._to_give - position[:, i, q])
        self._way_take = np.sign(self._to_take - position[:, j, p])
        self._power_give, self._power_take = self._share[:, i, q], self._share[:, j, p]
        self._care_give, self._care_take = salience[:, i, q], salience[:, i, p]
        self._ratio = (self._care_take + salience[:, j, p]) / (self._care_give + salience[:, j, q])

    def names(self, k: int) -> tuple[int, int, int, int]:
        """(i, q, j, p) of an exchange."""
        i, q, j, p = (int(x) for x in self._names[k])
        return i, q, j, p

    def compromise(self) -> FloatArray:
        """O on each issue; shape (B, M)."""
        place = np.nan_to_num(self.position).reshape(self._share.shape)
        result: FloatArray = (self._share * place).sum(axis=1)
        return result

    def gains(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Gain of each exchange, 0 where there is none, and the moves of i on q and j on p; shape (B, K) each."""
        give = self._way_give * (self._to_give - self.position[:, self._give])
        take = self._way_take * (self._to_take - self.position[:, self._take])
        open_ = self._open & (give > self._none) & (take > self._none)
        shift = np.minimum(take * self._power_take, give * self._power_give / self._ratio)
        gain = np.where(open_, shift * (self._care_take - self._care_give * self._ratio), 0.0)
        give = np.minimum(give, shift * self._ratio / self._power_give)
        return gain, self._way_give * give, self._way_take * np.minimum(take, shift / self._power_take)

    def as_good(self, gain: FloatArray) -> BoolArray:
        """Which exchanges have the largest gain, if there is any; shape (B, K)."""
        best = gain.max(axis=1, keepdims=True, initial=0.0)
        result: BoolArray = (best > self._none) & (gain >= best * (1 - _EQUAL))
        return result

    def carry_out(self, draws: Order, chosen: Order, give: FloatArray, take: FloatArray) -> None:
        """Carry out one exchange in each of these draws; no pair trades the same issues again."""
        self.position[draws, self._give[chosen]] += give[draws, chosen]
        self.position[draws, self._take[chosen]] += take[draws, chosen]
        self._open[draws, chosen] = False

    def clear(self) -> BoolArray:
        """Carry out all exchanges in all draws, and say where a tie decided; shape (B,)."""
        tied = np.zeros(len(self.position), np.bool_)
        while True:
            gain, give, take = self.gains()
            equals = self.as_good(gain)
            on = np.flatnonzero(equals.any(axis=1))
            if not len(on):
                return tied
            tied |= equals.sum(axis=1) > 1
            self.carry_out(on, equals[on].argmax(axis=1), give, take)


def _quadruples(n: int, m: int) -> tuple[Order, Order, Order, Order]:
    """i, q, j, p of every exchange, by the pair of issues and then the parties."""
    low, high = np.triu_indices(m, 1)
    i, j = np.nonzero(~np.eye(n, dtype=np.bool_))
    issues, parties = np.repeat(np.arange(len(low)), len(i)), np.tile(np.arange(len(i)), len(low))
    return i[parties], high[issues], j[parties], low[issues]
