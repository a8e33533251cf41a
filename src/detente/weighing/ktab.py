"""KTAB's spatial model of politics: parties at points, who challenge, bargain and move, turn by turn, until they rest.

The K-Tables model of KAPSARC (Wise, Lester and Efird 2015), which grew out of the same papers as the challenge
model. A turn: attitudes to risk from who would prevail now; each party challenges the one it expects most from;
both have a bargain to offer; each party takes the option that would prevail in a vote of all; all move at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import SituationError
from detente.weighing.base import Outcome
from detente.weighing.draws import BoolArray, Draws, FloatArray
from detente.weighing.ktab_bargain import accepted, bargains, challenges
from detente.weighing.ktab_utility import Votes, distance, utility
from detente.weighing.ktab_victory import Prevails, Spread, Victory, attitudes, coalitions, prevails
from detente.weighing.order import Order, in_order

# Places nearer than this (of 0–1) count as one where the chances of places are reported; as in the program.
_SAME_PLACE = 1e-3
# Two parties nearer than this stand on a knife's edge: which of them wins a duel depends on coalitions of next to
# nobody, and the attitudes to risk with it.
_TWINS = 1e-4
# As many numbers in an array as stay in the cache: draws are weighed in blocks.
_BLOCK = 500_000
_SCALE = 100.0
# What capabilities are scaled to on average, as in the program's own examples: it adds a constant to every
# coalition, and without this the unit would matter.
_CAPABILITY = 100.0

@dataclass(frozen=True, slots=True)
class Settings:
    """What the program leaves to its user; the defaults are its own.

    Args:
        adjust: how much of another's attitude to risk a party sees, and does not take to be as its own; 0–1.
        rest: the game ends when a turn moves less than this part of what the first turn moved; above 0.
        most: turns at most, 1 or more.
        as_named: where equals have to be told apart, the first named comes first, as in the program; else the
            first by place, capability and salience, so that the order of the names decides nothing.
    """

    votes: Votes = Votes.PROPORTIONAL
    victory: Victory = Victory.LINEAR
    prevails: Prevails = Prevails.CONDITIONAL
    spread: Spread = Spread.MID
    adjust: float = 1 / 3
    rest: float = 0.02
    most: int = 100
    as_named: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.adjust <= 1.0:
            raise ValueError(f"adjust: got {self.adjust}, expected a part between 0 and 1")
        if self.rest <= 0 or self.most < 1:
            raise ValueError(f"got rest {self.rest} and most {self.most}, expected above 0, and 1 or more")


@dataclass(frozen=True, slots=True)
class Turns:
    """Where the parties stand, turn by turn; the first is where they begin.

    Args:
        settings: of the model.
        position: 0–100; a draw that has come to rest stays; shape (B, T+1, N, M).
        chance: that a party's place prevails, the same for parties at one place; shape (B, T+1, N).
        risk: R, each party's attitude to risk, above 0 who shuns it; shape (B, T+1, N).
        turns: after which turn each draw came to rest; shape (B,).
        tied: whether a tie decided in any turn up to this one; shape (B, T+1).
    """

    settings: Settings
    position: FloatArray
    chance: FloatArray
    risk: FloatArray
    turns: Order
    tied: BoolArray


@dataclass(frozen=True)
class SpatialModel:
    """KTAB's spatial model; its outcome is the mean of the places at the end, each by the chance that it prevails.

    It is chaotic and not clone-proof: on ten parties, noise of 0.05 % spreads its outcome by a standard deviation
    of 14 points of 100. Give it distributions, and read its answer beside the weighted mean.

    Args:
        jointly: take the issues as coordinates of one space, in which a bargain over all is struck at once;
            a party's saliences must then add up to 1 at most. Else each issue is weighed by itself.
    """

    settings: Settings = Settings()
    jointly: bool = False

    name = "spatial model"
    reference = "Wise, Lester and Efird 2015, An Introduction to KTAB using One-Dimensional Spatial Models, KAPSARC"

    def run(self, draws: Draws) -> Outcome:
        """Where each issue ends, and whether any tie decided on the way.

        Raises:
            SituationError: issues are weighed jointly and somebody's saliences add up to more than 1.
        """
        if not self.jointly:
            return _one_by_one(replace(self, jointly=True), draws)
        draws, _ = _prepared(draws, self.settings)
        parts = [self._end(block) for block in _blocks(draws)]
        value, tied = (np.concatenate([p[k] for p in parts]) for k in (0, 1))
        return Outcome(value, np.broadcast_to(tied[:, None], value.shape).copy())

    def trace(self, draws: Draws) -> Turns:
        """Every turn in every draw, the issues taken jointly.

        Raises:
            SituationError: somebody's saliences add up to more than 1.
        """
        draws, seats = _prepared(draws, self.settings)
        steps = tuple(_turns(draws, self.settings))
        place: FloatArray = np.stack([s[0] for s in steps], axis=1)
        tied: BoolArray = np.stack([s[1] for s in steps], axis=1)
        going: BoolArray = np.stack([s[2] for s in steps], axis=1)
        b, t, n, m = place.shape
        every = [a.repeat(t, axis=0) for a in (draws.capability, draws.salience)]
        chance, risk, _ = _standing(place.reshape(b * t, n, m), every[1], every[0], self.settings)
        position, chance, risk = (
            np.take_along_axis(a.reshape(b, t, n, -1), seats[:, None, :, None], axis=2)
            for a in (place * _SCALE, chance, risk)
        )
        return Turns(self.settings, position, chance[..., 0], risk[..., 0], going.sum(axis=1), tied)

    def _end(self, draws: Draws) -> tuple[FloatArray, BoolArray]:
        place, tied, _ = deque(_turns(draws, self.settings), maxlen=1)[0]
        chance, _, first = _standing(place, draws.salience, draws.capability, self.settings)
        value: FloatArray = _SCALE * ((chance * first)[..., None] * place).sum(axis=1)
        return value, tied


def _prepared(draws: Draws, settings: Settings) -> tuple[Draws, Order]:
    """The draws with capabilities of a hundred on average and the parties in order, and where each now sits."""
    total = draws.salience.sum(axis=2)
    if (total > 1 + 1e-9).any():
        _, party = np.argwhere(total > 1 + 1e-9)[0]
        raise SituationError(
            f"salience: those of party {party + 1} add up to {total[:, party].max():.4g}, expected 1 at most",
            "divide each party's saliences by their sum, or weigh the issues one by one (jointly=False)",
        )
    capability = _CAPABILITY * draws.capability / draws.capability.mean(axis=1, keepdims=True)
    draws = replace(draws, capability=capability)
    return (draws, np.tile(np.arange(total.shape[1]), (len(total), 1))) if settings.as_named else in_order(draws)


def _one_by_one(model: SpatialModel, draws: Draws) -> Outcome:
    columns = [
        model.run(replace(draws, salience=draws.salience[:, :, [k]], position=draws.position[:, :, [k]]))
        for k in range(draws.position.shape[2])
    ]
    nothing = np.zeros((len(draws.position), 0))
    return Outcome(
        np.concatenate([nothing, *(c.value for c in columns)], axis=1),
        np.concatenate([nothing > 0, *(c.tied for c in columns)], axis=1),
    )


def _blocks(draws: Draws) -> Iterator[Draws]:
    b, n, _ = draws.position.shape
    size = max(1, _BLOCK // n**3)
    for at in range(0, b, size):
        part = slice(at, at + size)
        yield replace(
            draws, capability=draws.capability[part], salience=draws.salience[part],
            position=draws.position[part], facts=draws.facts[part],
        )  # fmt: skip


def _turns(draws: Draws, settings: Settings) -> Iterator[tuple[FloatArray, BoolArray, BoolArray]]:
    """Places of 0–1, ties so far, and which draws go on, from the start until all rest."""
    place = draws.position / _SCALE
    tied, going = _twins(place), np.ones(len(place), np.bool_)
    first = np.zeros(len(place))
    for turn in range(1, settings.most + 1):
        yield place, tied, going
        on = np.flatnonzero(going)
        after, decided = _turn(draws.capability[on], draws.salience[on], place[on], settings)
        moved = np.sqrt(((after - place[on]) ** 2).sum(axis=2)).sum(axis=1)
        place, tied, going = place.copy(), tied.copy(), going.copy()
        place[on], tied[on] = after, tied[on] | decided
        first = moved if turn == 1 else first
        going[on] = (moved > settings.rest * first[on]) | (turn == 1)
        if not going.any():
            break
    yield place, tied, np.zeros_like(going)


def _twins(place: FloatArray) -> BoolArray:
    """Whether any two parties stand at one place while not all do; shape (B,)."""
    n = place.shape[1]
    apart = np.abs(place[:, :, None] - place[:, None]).max(axis=3)
    pairs = (apart < _TWINS).sum(axis=(1, 2))
    result: BoolArray = (pairs > n) & (pairs < n * n)
    return result


def _turn(
    capability: FloatArray, salience: FloatArray, place: FloatArray, settings: Settings
) -> tuple[FloatArray, BoolArray]:
    """Where all go, and whether a tie decided."""
    far = distance(place, salience, place)
    risk = _attitudes(far, capability, settings)
    view = (1 - settings.adjust) * risk[:, :, None] + settings.adjust * risk[:, None, :]
    found = challenges(far, view, salience.sum(axis=2), capability, settings.votes)
    offers = bargains(place, salience, found)
    after, tied = accepted(
        place, salience, capability, risk, far, found, offers, settings.votes, settings.victory, settings.prevails
    )
    return after, tied | found.tied


def _attitudes(far: FloatArray, capability: FloatArray, settings: Settings) -> FloatArray:
    """R, from the chances of all parties' places, clones and all, where nobody minds risk; shape (B, N)."""
    strength = coalitions(1.0 - far, capability, settings.votes)
    everybody = np.ones(capability.shape, np.bool_)
    return attitudes(prevails(strength, everybody, settings.victory, settings.prevails), settings.spread)


def _standing(
    place: FloatArray, salience: FloatArray, capability: FloatArray, settings: Settings
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """The chance that each party's place prevails, the attitudes to risk, and who stands for each place."""
    far = distance(place, salience, place)
    risk = _attitudes(far, capability, settings)
    worth = utility(far, risk[:, :, None])
    stands_for = _representatives(place)
    first = stands_for == np.arange(place.shape[1])
    chance = prevails(coalitions(worth, capability, settings.votes), first, settings.victory, settings.prevails)
    return np.take_along_axis(chance, stands_for, axis=1), risk, first


def _representatives(place: FloatArray) -> Order:
    """For each party the one who stands for its place; shape (B, N).

    A party stands for its place unless one before it does for a place so near. Where several are near, the last
    of them does, as in the program.
    """
    b, n, _ = place.shape
    near = np.sqrt(((place[:, :, None] - place[:, None]) ** 2).sum(axis=3)) < _SAME_PLACE
    stands = np.ones((b, n), np.bool_)
    for k in range(1, n):
        stands[:, k] = ~(near[:, k, :k] & stands[:, :k]).any(axis=1)
    result: Order = n - 1 - (near & stands[:, None])[:, :, ::-1].argmax(axis=2)
    return result
