"""Which folds a pledge may belong to, found without going through all of them.

Every fold is indexed by its first record, under all that a record must share with it to be the same pledge: where both name a
sum, that sum or one that is it rounded or cut short, with a word or the instrument; where one of them names none, two words. So
nothing that `folding.same_pledge` would accept is missed, and what it would refuse is mostly not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from decimal import Decimal
from itertools import combinations

import msgspec

from detente.ledger.sums import is_counted, is_money, printed_step
from detente.records import Amount, Pledge

Key = tuple[Hashable, ...]

_DIGITS = 20  # more than a floating-point number holds


class Said(msgspec.Struct, frozen=True):
    """A pledge with what is compared of it, worked out once.

    Args:
        pledge: the record.
        words: those that say what is pledged.
        instrument: its type, where that is a loan, a grant, a guarantee or an exchange.
        compared: all that decides whether it is the same as another pledge of its pledgers.
    """

    pledge: Pledge
    words: frozenset[str]
    instrument: str | None
    compared: Key


def compare_by(pledge: Pledge, words: frozenset[str], instrument: str | None) -> Said:
    """A pledge with what is compared of it; see `Said`."""
    beneficiaries = frozenset(actor.id for actor in pledge.beneficiary)
    terms = (pledge.factuality, pledge.type, pledge.due, pledge.part_of is None)
    return Said(pledge, words, instrument, (*terms, beneficiaries, _sum(pledge.amount), words))


class Likely:
    """The folds of one pledger, by what a record must share with their first records."""

    def __init__(self) -> None:
        self._index: dict[Key, list[int]] = defaultdict(list)

    def add(self, number: int, first: Said) -> None:
        """Index a fold.

        Args:
            number: its place among the folds of the pledger.
            first: its first record.
        """
        for key in indexed(first):
            self._index[key].append(number)

    def find(self, said: Said) -> list[int]:
        """The numbers of the folds that the record may belong to, in order."""
        return sorted({number for key in asked(said) if key in self._index for number in self._index[key]})


def indexed(said: Said) -> Iterator[Key]:
    """Under what a record is found: one that is the same pledge asks for one of these, whichever of the two is the first."""
    amount = said.pledge.amount
    yield from (("words", amount is None, *pair) for pair in combinations(sorted(said.words), 2))
    if amount is None:
        return
    for tag in _tags(said):
        yield "stated", _sum(amount)[:-2], tag
        if is_money(amount):
            yield "value", amount.unit, amount.value, tag
    if is_money(amount):
        yield "unit", amount.unit
        yield from (("short", amount.unit, form) for form in _shorter(amount))
        if not _is_regular(amount):
            yield "irregular", amount.unit


def asked(said: Said) -> Iterator[Key]:
    """What a record looks under for what may be the same pledge."""
    amount = said.pledge.amount
    pairs = list(combinations(sorted(said.words), 2))
    yield from (("words", True, *pair) for pair in pairs)
    if amount is None:
        yield from (("words", False, *pair) for pair in pairs)
        return
    yield from (("stated", _sum(amount)[:-2], tag) for tag in _tags(said))
    if is_money(amount):
        yield "short", amount.unit, amount.value
        yield "irregular", amount.unit
        yield from (("value", amount.unit, form, tag) for form in _shorter(amount) for tag in _tags(said))
        if not _is_regular(amount):
            yield "unit", amount.unit


def _tags(said: Said) -> Iterator[str]:
    """What two records with the same sum must share one of."""
    yield from said.words
    if said.pledge.amount is not None and is_counted(said.pledge.amount):
        yield "counted"
    if said.instrument:
        yield f"type {said.instrument}"


def _sum(amount: Amount | None) -> Key:
    """A sum with all that decides whether it is another one; the last two of these only where it is rounded."""
    if amount is None:
        return ()
    return (amount.unit, amount.value, amount.low, amount.high, amount.basis, amount.surface)


def _shorter(amount: Amount) -> Iterator[float]:
    """The values that this one is when it is rounded or cut to fewer digits, for every power of ten.

    Example:
        Of 2.26 billion as printed: 2.2, 2.3, 2 and 3 billion, 0 and 10 billion.
    """
    finer = printed_step(amount)
    if finer is None or amount.value is None:
        return
    value = Decimal(repr(amount.value))
    yield amount.value
    for exponent in range(max(finer.adjusted(), value.adjusted() - _DIGITS), value.adjusted() + 2):
        step = Decimal(10) ** exponent
        if step > finer:
            down = value // step
            yield from (float(number * step) for number in (down - 1, down, down + 1))


def _is_regular(amount: Amount) -> bool:
    """Whether the last printed digit is worth a power of ten, or no digits are printed: else it is not found by its value."""
    step = printed_step(amount)
    return step is None or step.normalize().as_tuple().digits == (1,)
