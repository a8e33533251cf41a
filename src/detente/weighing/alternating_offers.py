"""Alternating offers: who speaks first, and who can wait, decide the settlement."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.errors import SituationError
from detente.weighing.bargaining import Bargain, Settlement, settle
from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.voting import IntArray


@dataclass(frozen=True, slots=True)
class AlternatingOffers:
    """The parties propose packages in turn; all others must agree; a round's delay discounts everybody's gain.

    Solved backwards from the last round, after which nothing is agreed. A party agrees where it gains as much as by
    waiting. Of packages that suit the proposer alike the one with the greatest sum of shares is offered.

    Args:
        discount: what a gain is worth one round later, above 0, at most 1; one a party.
        first: number of the party that proposes first; the others follow in order.
        rounds: number of rounds at most; fewer are worked out where the offers repeat.

    Raises:
        SituationError: a discount outside its range, no rounds, or no such party.
    """

    discount: tuple[float, ...]
    first: int = 0
    rounds: int = 1000

    name = "alternating offers"
    reference = "Rubinstein 1982, Econometrica 50; finitely many rounds: Ståhl 1972, Bargaining Theory"

    def __post_init__(self) -> None:
        if not all(0 < d <= 1 for d in self.discount) or not self.discount:
            raise SituationError(f"discount: got {self.discount}, expected numbers above 0, at most 1")
        if self.rounds < 1 or not 0 <= self.first < len(self.discount):
            raise SituationError(
                f"rounds and first: got {self.rounds} and {self.first}, expected at least 1, and 0 to {len(self.discount) - 1}"
            )

    def run(self, bargain: Bargain) -> Settlement:
        """The offer of the first round, which is agreed to, in every draw.

        Raises:
            SituationError: a bargain of another number of parties.
        """
        if len(bargain.parties) != len(self.discount):
            raise SituationError(
                f"discount: got {len(self.discount)}, expected one for each of {len(bargain.parties)} parties"
            )
        offer, tied = self._backwards(bargain)
        parameters = {"discount": self.discount, "first": self.first, "rounds": self.rounds}
        return replace(offer, tied=tied & (offer.package >= 0), parameters=parameters)

    def _backwards(self, bargain: Bargain) -> tuple[Settlement, BoolArray]:
        """The first offer, and whether a tie decided about any; shape (B,)."""
        total = bargain.shares.sum(axis=1)
        waiting = np.zeros(bargain.disagreement.shape)
        tied = np.zeros(len(waiting), np.bool_)
        offers: dict[int, Settlement] = {}
        for round_ in reversed(range(self.rounds)):
            proposer = (self.first + round_) % len(self.discount)
            agreed = bargain.suits & np.all(bargain.gain >= waiting[:, :, None], axis=1)
            offer = settle(self.name, bargain, _offers(bargain.gain[:, proposer], agreed, total))
            tied |= offer.tied
            # An offer depends on the next one only: once a party's turn brings the same, all repeat.
            if proposer in offers and np.array_equal(offers[proposer].package, offer.package):
                break
            offers[proposer] = offer
            waiting = _gain_of(bargain.gain, offer.package) * np.array(self.discount)
        return offers[self.first], tied


def _offers(gain: FloatArray, agreed: BoolArray, total: FloatArray) -> BoolArray:
    """The packages that a proposer with these gains would offer of those that all would agree to; shapes (B, P)."""
    own = np.where(agreed, gain, -np.inf)
    best = agreed & (own >= own.max(axis=1, keepdims=True))
    kind = np.where(best, total, -np.inf)
    result: BoolArray = best & (kind >= kind.max(axis=1, keepdims=True) - 1e-12)
    return result


def _gain_of(gain: FloatArray, package: IntArray) -> FloatArray:
    """Each party's gain in a draw's package, 0 where there is none; shape (B, N)."""
    chosen = np.take_along_axis(gain, np.maximum(package, 0)[:, None, None], axis=2)[:, :, 0]
    result: FloatArray = np.where(package[:, None] >= 0, chosen, 0.0)
    return result


def first_share(discount: tuple[float, float]) -> float:
    """The first proposer's share of a pie that can be cut anywhere: (1 − δ₂) / (1 − δ₁ δ₂) (Rubinstein 1982).

    Raises:
        SituationError: a discount outside 0 to 1, both excluded.
    """
    one, two = discount
    if not (0 < one < 1 and 0 < two < 1):
        raise SituationError(f"discount: got {discount}, expected two numbers above 0 and below 1")
    return (1 - two) / (1 - one * two)
