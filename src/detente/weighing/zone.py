"""The zone of agreement: which packages could pass, whom the others fail by, and what it would cost to open it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Self

import numpy as np

from detente.errors import SituationError
from detente.weighing.bargaining import Bargain
from detente.weighing.draws import BoolArray, FloatArray
from detente.weighing.voting import IntArray

# Of 16 parties without a veto at most 12,870 coalitions are minimal.
_PARTIES = 16
# Coalitions paid at once: 16 of 100,000 packages are 13 megabytes in one draw.
_TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Consent:
    """Whose agreement a package needs.

    Args:
        veto: who must agree; shape (N,).
        votes: what each party's agreement counts for, from 0; shape (N,).
        quota: what those who agree must have together, the veto players' votes among it.

    Raises:
        SituationError: a quota that all together do not have, or votes below 0.
    """

    veto: BoolArray
    votes: FloatArray
    quota: float

    def __post_init__(self) -> None:
        if (
            self.veto.shape != self.votes.shape
            or not (self.votes >= 0).all()
            or self.quota > self.votes.sum()
        ):
            raise SituationError(
                f"consent: got votes {self.votes.tolist()} and quota {self.quota:g}, expected a vote from 0 for each "
                f"of {len(self.veto)} parties, and a quota of at most their sum"
            )

    @classmethod
    def unanimous(cls, parties: int) -> Self:
        """Everybody must agree."""
        return cls(np.ones(parties, np.bool_), np.ones(parties), 0.0)


@dataclass(frozen=True, slots=True)
class Zone:
    """The packages that could pass.

    Args:
        parties: names.
        inside: which packages; shape (B, P).
        opened: number of packages that each party alone keeps out; shape (B, N).
    """

    parties: tuple[str, ...]
    inside: BoolArray
    opened: IntArray

    @property
    def size(self) -> FloatArray:
        """Share of all packages, 0–1; shape (B,)."""
        share: FloatArray = self.inside.mean(axis=1)
        return share

    @property
    def binding(self) -> tuple[str | None, ...]:
        """The party that alone keeps out most packages, in each draw; `None` where no single one does."""
        most = self.opened.argmax(axis=1)
        return tuple(self.parties[n] if row[n] else None for n, row in zip(most, self.opened, strict=True))


def zone(bargain: Bargain, consent: Consent) -> Zone:
    """Find the packages that every veto player and enough of the others prefer to no deal.

    Raises:
        SituationError: consent is of another number of parties.
    """
    _check(bargain, consent)
    refuses = bargain.gain < 0
    vetoes = (refuses & consent.veto[:, None]).sum(axis=1)
    votes = ((~refuses) * consent.votes[:, None]).sum(axis=1)
    inside = (vetoes == 0) & (votes >= consent.quota)
    opened = [
        ((vetoes - (refuses[:, n] & consent.veto[n]) == 0) & (votes + refuses[:, n] * consent.votes[n] >= consent.quota))
        .sum(axis=1) - inside.sum(axis=1)
        for n in range(len(bargain.parties))
    ]  # fmt: skip
    return Zone(bargain.parties, inside, np.stack(opened, axis=1))


@dataclass(frozen=True, slots=True)
class SidePayment:
    """The least that would have to be paid for some package to pass.

    Args:
        total: 0 where the zone is open without; in the unit of utility; shape (B,).
        package: the package it buys; shape (B,).
        payment: to each party; shape (B, N).
    """

    total: FloatArray
    package: IntArray
    payment: FloatArray


def side_payment(bargain: Bargain, consent: Consent) -> SidePayment:
    """min Σ t_i over packages x and coalitions whose consent is enough, with u_i(x) + t_i ≥ d_i for their members.

    The sum means something only where all utilities are in one unit, such as money.

    Raises:
        SituationError: consent is of another number of parties, or more than 16 have no veto.
    """
    _check(bargain, consent)
    short = np.maximum(-bargain.gain, 0.0)
    enough = _sufficient(consent)
    least = np.full((len(short), short.shape[2]), np.inf)
    coalition = np.zeros(least.shape, np.int64)
    for start in range(0, len(enough), _TOGETHER):
        cost = enough[start : start + _TOGETHER].astype(np.float64) @ short
        cheapest = cost.argmin(axis=1)
        cost = np.take_along_axis(cost, cheapest[:, None], axis=1)[:, 0]
        coalition = np.where(cost < least, start + cheapest, coalition)
        least = np.minimum(least, cost)
    package = least.argmin(axis=1)
    paid = np.take_along_axis(short, package[:, None, None], axis=2)[:, :, 0]
    member = enough[np.take_along_axis(coalition, package[:, None], axis=1)[:, 0]]
    payment = paid * member
    return SidePayment(payment.sum(axis=1), package, payment)


def _sufficient(consent: Consent) -> BoolArray:
    """The smallest coalitions whose consent is enough; shape (coalitions, N)."""
    others = np.flatnonzero(~consent.veto)
    need = consent.quota - consent.votes[consent.veto].sum()
    if need <= 0:
        return consent.veto[None]
    if len(others) > _PARTIES:
        raise SituationError(f"veto: got {len(others)} parties without one, expected at most {_PARTIES}")
    found = []
    for size in range(1, len(others) + 1):
        for members in combinations(others.tolist(), size):
            votes = consent.votes[list(members)]
            if votes.sum() >= need and votes.sum() - votes.min() < need:
                found.append(consent.veto | np.isin(np.arange(len(consent.veto)), members))
    return np.array(found)


def _check(bargain: Bargain, consent: Consent) -> None:
    if len(consent.veto) != len(bargain.parties):
        raise SituationError(f"consent: got {len(consent.veto)} parties, expected {len(bargain.parties)}")
