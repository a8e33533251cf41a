"""Where an article states a pledge, and which of these places state one and the same."""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.language.analysis import Sentence, Span
from detente.reading.amounts import Found
from detente.reading.dates import FoundDate
from detente.reading.page import Page
from detente.reading.pledge_cues import Cue
from detente.reading.pledge_details import things_of
from detente.reading.pledge_parties import Parties, speaker_at
from detente.records import ActorRef, PledgeType

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    ["the", "and", "for", "with", "that", "this", "will", "would", "has", "have", "had", "been", "its",
     "his", "her", "their", "our", "any", "from", "into", "also", "further", "more", "new", "said", "take",
     "part", "plan", "deal", "work"]
)  # fmt: skip
_ALIKE = 0.4  # least share of words, of the shorter text, for two without amounts to be one pledge


class Place(NamedTuple):
    """A pledge as one place of the article states it."""

    cue: Cue
    sides: Parties
    type: PledgeType | None
    amount: Found | None
    due: FoundDate | None
    span: Span
    sentence: Sentence


def same(page: Page, one: Place, other: Place) -> bool:
    """Whether two places state one pledge: one type, parties that fit, and one amount or the same words."""
    if one.type != other.type or one.cue.negated != other.cue.negated:
        return False
    if one.amount and other.amount:
        return fits(page, one, other) and one.amount.amount.replace(
            surface=""
        ) == other.amount.amount.replace(surface="")
    return (fits(page, one, other) and alike(page, one, other)) or same_coalition(page, one, other)


def fits(page: Page, one: Place, other: Place) -> bool:
    """Whether two places may have one pledger."""
    if one.sides.beneficiary and other.sides.beneficiary and one.sides.beneficiary != other.sides.beneficiary:
        return False
    first, second = set(one.sides.pledger), set(other.sides.pledger)
    return not first or not second or bool(first & second) or speaks_for(page, one, other)


def speaks_for(page: Page, one: Place, other: Place) -> bool:
    """Whether one person says both, of the same work for the same beneficiary."""
    first, second = (place.sides.made_by or speaker_at(page, place.cue) for place in (one, other))
    return (
        first is not None and first == second and bool(one.sides.beneficiary) and one.cue.act == other.cue.act
    )


def alike(page: Page, one: Place, other: Place) -> bool:
    """Whether two places without two amounts to compare are about the same thing."""
    if (
        one.cue.act["pattern"]
        and one.cue.act == other.cue.act
        and one.sides.beneficiary
        and one.sides.beneficiary == other.sides.beneficiary
    ):
        return True
    mine, theirs = things(one), things(other)
    if one.sides.beneficiary and one.sides.beneficiary == other.sides.beneficiary and mine and mine == theirs:
        return True
    first, second = words(page, one.span), words(page, other.span)
    return len(first & second) >= max(2, _ALIKE * min(len(first), len(second)))


def things(place: Place) -> frozenset[str]:
    """The things that a place names."""
    return frozenset(row["noun"] for _, row in things_of(place.cue))


def words(page: Page, span: Span) -> frozenset[str]:
    """The words of a span that say what it is about."""
    return frozenset(_WORD.findall(span.of(page.text).lower())) - _COMMON


def same_coalition(page: Page, one: Place, other: Place) -> bool:
    """Whether one place binds a coalition, and the other its members to take part in the same."""
    return any(
        is_coalition(first.sides.pledger)
        and first.sides.pledger[0].name.lower() in second.span.of(page.text).lower()
        for first, second in ((one, other), (other, one))
    )


def is_coalition(pledger: tuple[ActorRef, ...]) -> bool:
    """Whether a coalition is bound as one."""
    return len(pledger) == 1 and pledger[0].name.lower().startswith(("coalition of", "alliance of"))
