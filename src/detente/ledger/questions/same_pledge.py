"""Pledges that may be one and the same, although the rule of folding keeps them apart.

Two promises are doubtful as a pair where all of this holds: the same party promises (an office-holder counts as the state),
nothing they say of beneficiary or type contradicts, neither comes on top of another sum or is a part of something, they
are told by different articles within a week, and either half of the words for what is pledged are common, two at least, or
both are the same instrument (a loan, a grant, a guarantee, an exchange) for a known beneficiary and one of them does not say
what for. Then they differ in the sum, the currency, the due date, or in who is said to promise. Which of the two is right the ledger
cannot tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from detente.actors.acting import acts_for
from detente.ledger.folding import Fold, object_words
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Promise
from detente.ledger.sums import is_money, same_sum

Difference = Literal["sum", "currency", "due date", "pledger"]
_INSTRUMENTS = frozenset({"loan", "grant", "guarantee", "exchange"})
_SPENT = frozenset({"spend", "loan", "grant", "in_kind"})
DAYS = 7
_LEAST_SHARE = 0.5
_LEAST_WORDS = 2


class Doubt(NamedTuple):
    """Two promises that may be one pledge, and what they differ in."""

    one: Promise
    other: Promise
    differ: Difference


class _Told(NamedTuple):
    promise: Promise
    words: frozenset[str]


def doubts(look: Look, found: Iterable[tuple[Fold, Promise]]) -> Iterator[Doubt]:
    """The pairs of promises that may be one pledge. Pairs that a person has accepted throughout stand as two.

    Args:
        look: what the question sees.
        found: the promises, with the records that each was folded from.
    """
    by_party: dict[frozenset[str], list[_Told]] = defaultdict(list)
    for fold, promise in found:
        if promise.pledger and all(p.part_of is None for p in fold.pledges) and not _comes_on_top(promise):
            words = frozenset(w for p in fold.pledges for w in object_words(p)) - _INSTRUMENTS
            by_party[_party(look, promise)].append(_Told(promise, words))
    for told in by_party.values():
        for one, other in combinations(told, 2):
            looked_at = not (one.promise.unaccepted or other.promise.unaccepted)
            if (
                not looked_at
                and _may_be_one(one, other)
                and (differ := _difference(one.promise, other.promise))
            ):
                yield Doubt(one.promise, other.promise, differ)


def _party(look: Look, promise: Promise) -> frozenset[str]:
    """Who promises: whoever holds an office of a state on the day counts as the state."""
    day = promise.places[0].published
    found = []
    for ref in promise.pledger:
        actor = look.actors.get(ref.id)
        states = acts_for(actor, day) if actor else ()
        found.append(states[0] if states else ref.name)
    return frozenset(found)


def _comes_on_top(promise: Promise) -> bool:
    return promise.amount is not None and promise.amount.basis == "additional"


def _may_be_one(one: _Told, other: _Told) -> bool:
    a, b = one.promise, other.promise
    beneficiaries = {x.id for x in a.beneficiary}, {x.id for x in b.beneficiary}
    if all(beneficiaries) and not beneficiaries[0] & beneficiaries[1]:
        return False
    if (
        not _types_agree(a, b)
        or not _near(a, b)
        or {p.article for p in a.places} & {p.article for p in b.places}
    ):
        return False
    least = min(len(one.words), len(other.words))
    if not least:
        return a.type == b.type and a.type in _INSTRUMENTS and all(beneficiaries)
    return len(one.words & other.words) >= max(_LEAST_WORDS, _LEAST_SHARE * least)


def _types_agree(a: Promise, b: Promise) -> bool:
    known = {a.type, b.type} - {None}
    return len(known) < 2 or ("spend" in known and known <= _SPENT)


def _near(a: Promise, b: Promise) -> bool:
    """Whether some telling of one lies within a week of some telling of the other; undated ones may."""
    return near(a.places, b.places, DAYS)


def near(some: Iterable[Place], others: Iterable[Place], days: int) -> bool:
    """Whether one of some places was published within some days of one of the others, or one side has no known day."""
    one, other = ([day for p in places if (day := p.day)] for places in (some, others))
    return not one or not other or any(abs((m - n).days) <= days for m in one for n in other)


def _difference(a: Promise, b: Promise) -> Difference | None:
    if a.amount is None or b.amount is None or a.amount.basis != b.amount.basis:
        return None
    if a.amount.unit != b.amount.unit:
        return "currency" if is_money(a.amount) and is_money(b.amount) else None
    if not same_sum(a.amount, b.amount):
        return "sum"
    if a.due and b.due and a.due != b.due:
        return "due date"
    return "pledger" if {x.id for x in a.pledger} != {x.id for x in b.pledger} else None


def said(promises: Sequence[Promise]) -> str:
    """The sums of promises, each with who prints it."""
    return "; ".join(
        f"{p.amount.surface if p.amount else 'no sum'} ({', '.join(p.outlets)})" for p in promises
    )
