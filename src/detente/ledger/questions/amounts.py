"""Sums of amounts that say no more than their parts: ranges stay ranges, and "more than" stays "more than"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from detente.records import Amount, AmountBasis, AmountQualifier, Part


class Sum(Part, frozen=True, kw_only=True):
    """A sum of amounts of one unit.

    Args:
        unit: of all of them.
        low: the least that the words allow, in units of `unit`.
        high: the most; `None` where a part has no upper end ("more than 5,000").
        label: the sum in words, with the hedges of its parts.
    """

    unit: str
    low: float
    high: float | None
    label: str


def bounds(amount: Amount) -> tuple[float, float | None] | None:
    """The least and the most that an amount allows; the most is `None` where it is open, all is where there is no number.

    "Up to 30,000" allows nothing at all: its least is 0.
    """
    match amount.qualifier:
        case "at_least" | "more_than":
            least = amount.low if amount.low is not None else amount.value
            return None if least is None else (least, None)
        case "at_most" | "less_than":
            most = amount.high if amount.high is not None else amount.value
            return None if most is None else (0.0, most)
    if amount.value is not None:
        return amount.value, amount.value
    return None if amount.low is None or amount.high is None else (amount.low, amount.high)


def added(amounts: Sequence[Amount], basis: AmountBasis | None) -> Sum:
    """The sum of amounts that have a number, one unit and one basis.

    Args:
        amounts: one at least, each with `bounds`.
        basis: the one that they share, for the words.
    """
    spans = [span for a in amounts if (span := bounds(a))]
    low = _exact([least for least, _ in spans])
    tops = [most for _, most in spans if most is not None]
    high = _exact(tops) if len(tops) == len(spans) else None
    unit = amounts[0].unit
    return Sum(unit=unit, low=low, high=high, label=_label(amounts, low, high, basis))


def _exact(values: Sequence[float]) -> float:
    """The sum as decimals have it: 0.1 and 0.2 are 0.3."""
    return float(sum((Decimal(repr(v)) for v in values), Decimal(0)))


def _label(amounts: Sequence[Amount], low: float, high: float | None, basis: AmountBasis | None) -> str:
    # Here and not above: the reading is large, and other questions have no use for it.
    from detente.reading.amounts_written import write_amount

    hedges: set[AmountQualifier] = {a.qualifier for a in amounts}
    unit = amounts[0].unit
    if low == high:
        return write_amount(
            Amount(value=low, unit=unit, basis=basis, qualifier="about" if "about" in hedges else "exact")
        )
    about = "; some of it is “about”" if "about" in hedges else ""
    if high is None:
        over: AmountQualifier = "more_than" if "more_than" in hedges else "at_least"
        return write_amount(Amount(value=low, unit=unit, basis=basis, qualifier=over)) + about
    if low == 0.0:
        under: AmountQualifier = "less_than" if "less_than" in hedges else "at_most"
        return write_amount(Amount(value=high, unit=unit, basis=basis, qualifier=under)) + about
    return (
        write_amount(Amount(value=None, low=low, high=high, unit=unit, basis=basis, qualifier="between"))
        + about
    )
