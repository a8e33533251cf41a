"""Position exchange: two parties give way, each on the issue that it cares less about, and both gain.

On issue p let W_p = Σ c s, and O_p = Σ c s x / W_p, the compromise. Parties i and j, on opposite sides of the
compromise on both p and q, where i cares relatively more about p (s_ip/s_iq > s_jp/s_jq), can trade: j moves
towards i on p, which shifts O_p by D_p; i moves towards j on q, which shifts O_q by D_q. A move of m shifts the
compromise by m c s / W. Both gain the same,

    s_ip D_p − s_iq D_q = s_jq D_q − s_jp D_p,  so  D_q = D_p (s_ip + s_jp) / (s_iq + s_jq),

and as much as they can: one of them moves all the way. The exchange with the largest gain is carried out, those it
touches are worked out again from where the two now stand, and so on until none is left. Demands stay: a party
moves towards where the other first stood, and each pair trades two issues at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from detente.errors import SituationError
from detente.weighing.base import Outcome
from detente.weighing.draws import BoolArray, Draws, FloatArray
from detente.weighing.order import Order, in_order

# A move below this part of the widest range of an issue is none; gains that differ by less are equal.
_NONE, _EQUAL = 1e-10, 1e-9
# As many numbers in an array as stay in the cache: draws are weighed in blocks.
_BLOCK = 500_000


@dataclass(frozen=True, slots=True)
class Table:
    """Parties and issues.

    Args:
        position: nan where a party has nothing to do with an issue; shape (N, M).
        salience: above 0; shape (N, M).
        capability: above 0, any unit; shape (N, M), or (N,) where it is the same on all issues.

    Raises:
        SituationError: shapes do not fit, a number is missing or not above 0, or an issue is nobody's.
    """

    position: FloatArray
    salience: FloatArray
    capability: FloatArray

    def __post_init__(self) -> None:
        power = self.capability
        if power.ndim == 1:
            power = np.repeat(power[:, None], self.position.shape[1], axis=1)
            object.__setattr__(self, "capability", power)
        if not self.position.shape == self.salience.shape == power.shape:
            shapes = f"{self.position.shape}, {self.salience.shape} and {power.shape}"
            raise SituationError(f"positions, saliences and capabilities: got shapes {shapes}, expected one for all")
        there = ~np.isnan(self.position)
        if not there.any(axis=0).all():
            raise SituationError(f"issue {int(there.any(axis=0).argmin()) + 1}: got no position, expected one at least")
        for name, numbers in (("salience", self.salience), ("capability", power)):
            if not (numbers[there] > 0).all():
                n, m = np.argwhere(there & ~(numbers > 0))[0]
                raise SituationError(f"{name} of party {n + 1} on issue {m + 1}: got {numbers[n, m]}, expected above 0")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange: `first` gives way on `supplies`, `second` on `demands`; parties and issues by their numbers from 0.

    Args:
        first: i.
        supplies: q, where i moves.
        second: j.
        demands: p, where j moves.
        gain: of each of the two, in points of the scale times salience.
        first_move: of i on q, with its sign.
        second_move: of j on p.
        ties: how many exchanges were as good.
        effect: gain or loss of every party by the shift of both compromises, against where it first stood; for
            those who have no part in it, the externality; shape (N,).
    """

    first: int
    supplies: int
    second: int
    demands: int
    gain: float
    first_move: float
    second_move: float
    ties: int
    effect: FloatArray


@dataclass(frozen=True, slots=True)
class Exchanged:
    """All exchanges on a table, in their order.

    Args:
        method: the model's name.
        candidates: gains of all the exchanges that there were at first, the largest first; shape (K,).
        exchanges: those carried out.
        position: where the parties stand then; shape (N, M).
        before: the compromise on each issue; shape (M,).
        after: the compromise on each issue when all is done; shape (M,).
    """

    method: str
    candidates: FloatArray
    exchanges: tuple[Exchange, ...]
    position: FloatArray
    before: FloatArray
    after: FloatArray

    @property
    def tied(self) -> bool:
        """Whether a tie decided which exchange came next."""
        return any(e.ties for e in self.exchanges)


Choose = Callable[[Sequence[tuple[int, int, int, int]]], int]
"""Picks one of several exchanges with the same gain, each given as (first, supplies, second, demands)."""


class PositionExchange:
    """The compromise after all exchanges.

    Chaotic where gains are close. With three issues of the Paris climate conference, noise of 0.05 % on the inputs
    throws one run in a hundred, by up to 5 points of 100; with all thirteen, most, by a standard deviation of 7.
    """

    name = "position exchange"
    reference = "Stokman and Van Oosten 1994, in European Community Decision Making; Dijkstra, Van Assen and Stokman 2008"

    def run(self, draws: Draws) -> Outcome:
        """The compromise on each issue, and whether a tie decided on the way (all issues hang together)."""
        ordered, _ = in_order(draws)
        b, n, m = draws.position.shape
        value, tied = np.empty((b, m)), np.zeros(b, np.bool_)
        size = max(1, _BLOCK // max(1, n * n * m * m // 2))
        for at in range(0, b, size):
            part = slice(at, at + size)
            power = np.repeat(ordered.capability[part][..., None], m, axis=2)
            market = _Market(power, ordered.salience[part], ordered.position[part])
            tied[part] = market.clear()
            value[part] = market.compromise()
        return Outcome(value, np.broadcast_to(tied[:, None], value.shape).copy())


def exchange(table: Table, choose: Choose = lambda equals: 0) -> Exchanged:
    """Carry out all exchanges on a table.

    Args:
        choose: which of several with the same gain comes next; the first by issues, then by parties, where left
            out. Running it with another choice shows how far ties decide.
    """
    market = _Market(table.capability[None], table.salience[None], table.position[None])
    before, found = market.compromise()[0], []
    for step in count():
        gain, give, take = market.gains()
        if step == 0:
            candidates = -np.sort(-gain[gain > 0])
        equals = np.flatnonzero(market.as_good(gain)[0])
        if not len(equals):
            break
        at = int(equals[choose([market.names(int(k)) for k in equals])])
        earlier = market.compromise()[0]
        market.carry_out(np.array([0]), np.array([at]), give, take)
        shift = np.abs(earlier - table.position) - np.abs(market.compromise()[0] - table.position)
        i, q, j, p = market.names(at)
        found.append(Exchange(
            i, q, j, p, float(gain[0, at]), float(give[0, at]), float(take[0, at]), len(equals) - 1,
            np.nansum(table.salience * shift, axis=1),
        ))  # fmt: skip
    position = market.position.reshape(table.position.shape)
    return Exchanged(PositionExchange.name, candidates, tuple(found), position, before, market.compromise()[0])


def next_positions(table: Table, exchanged: Exchanged) -> FloatArray:
    """Where the parties begin the next round: the less they care, the more of the exchanges lasts; shape (N, M)."""
    lasts = 0.4 * (1 - table.salience) + 0.1
    result: FloatArray = (1 - lasts) * table.position + lasts * exchanged.position
    return result


class _Market:
    """All exchanges that there could be, in every draw: K of them, each of i, q, j, p.

    `position` changes as exchanges are carried out; parties and issues lie flat in its second axis.
    """

    def __init__(self, capability: FloatArray, salience: FloatArray, position: FloatArray) -> None:
        b, n, self._issues = position.shape
        there = ~np.isnan(position)
        weight = np.where(there, capability * salience, 0.0)
        self._share = weight / weight.sum(axis=1, keepdims=True)
        self.position = position.reshape(b, -1).copy()
        side = np.sign(position - self.compromise()[:, None])
        scale = np.nanmax(position, axis=1, initial=-np.inf) - np.nanmin(position, axis=1, initial=np.inf)
        self._none = _NONE * scale.max(axis=1, initial=0.0)[:, None]
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
