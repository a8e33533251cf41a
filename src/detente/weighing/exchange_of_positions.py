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

import numpy as np

from detente.errors import SituationError
from detente.weighing.base import Outcome
from detente.weighing.draws import Draws, FloatArray
from detente.weighing.exchange_market import Market
from detente.weighing.order import in_order

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
            market = Market(power, ordered.salience[part], ordered.position[part])
            tied[part] = market.clear()
            value[part] = market.compromise()
        return Outcome(value, np.broadcast_to(tied[:, None], value.shape).copy())


def exchange(table: Table, choose: Choose = lambda equals: 0) -> Exchanged:
    """Carry out all exchanges on a table.

    Args:
        choose: which of several with the same gain comes next; the first by issues, then by parties, where left
            out. Running it with another choice shows how far ties decide.
    """
    market = Market(table.capability[None], table.salience[None], table.position[None])
    before, candidates, found = market.compromise()[0], market.gains()[0], []
    while True:
        gain, give, take = market.gains()
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
    candidates = -np.sort(-candidates[candidates > 0])
    position = market.position.reshape(table.position.shape)
    return Exchanged(PositionExchange.name, candidates, tuple(found), position, before, market.compromise()[0])


def next_positions(table: Table, exchanged: Exchanged) -> FloatArray:
    """Where the parties begin the next round: the less they care, the more of the exchanges lasts; shape (N, M)."""
    lasts = 0.4 * (1 - table.salience) + 0.1
    result: FloatArray = (1 - lasts) * table.position + lasts * exchanged.position
    return result
