"""An amount as plain words, such that `find_amounts` reads the same amount back."""

from __future__ import annotations

from decimal import Decimal

from detente.reading.currencies import MONEY, SIGNS
from detente.reading.nouns import plural
from detente.records import Amount

_HEDGES = {
    "exact": "", "about": "about ", "at_least": "at least ", "at_most": "up to ", "more_than": "more than ",
    "less_than": "less than ",
}  # fmt: skip
_BASES = {"additional": "an additional ", "total": "a total of "}
_SIGN_OF = {
    code: sign for sign, code in reversed(SIGNS.items()) if sign not in ("Rs", "Rs.", "US$", "AU$", "CA$")
}
_LARGE = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_DECIMALS = 3


def write_amount(amount: Amount) -> str:
    """The amount in plain words that `find_amounts` reads back: "up to £2.26 billion a year".

    A count of exactly one ("1 missile") is written, and is not read back; an amount without a number is its
    surface.
    """
    before, after = _BASES.get(amount.basis or "", ""), " a year" if amount.basis == "per_year" else ""
    if amount.value is not None:
        hedge = _HEDGES.get(amount.qualifier, "")
        return hedge + before + _with_unit(amount.value, amount.unit, scaled=True) + after
    if amount.low is None or amount.high is None:
        return amount.surface
    return f"{before}between {_range(amount.low, amount.high, amount.unit)}{after}"


def _range(low: float, high: float, unit: str) -> str:
    """Both ends, with a scale word on both or on neither: "10 and 15 billion" would share it."""
    scaled = unit in MONEY and " " in _number(low, True) and " " in _number(high, True)
    first = _with_unit(low, unit, scaled) if unit in MONEY else _number(low, False)
    return f"{first} and {_with_unit(high, unit, scaled)}"


def _with_unit(value: float, unit: str, scaled: bool) -> str:
    if unit in MONEY:
        return _SIGN_OF.get(unit, unit + " ") + _number(value, scaled)
    if unit in ("PCT", "PCT_GDP"):
        return _number(value, False) + (" per cent of GDP" if unit == "PCT_GDP" else " per cent")
    thing = unit.removeprefix("count:")
    return f"{_number(value, scaled)} {thing if value == 1 else plural(thing)}"


def _number(value: float, scaled: bool) -> str:
    """ "2.26 billion" where three decimals say it exactly, else "2,260,000,001"."""
    number = Decimal(repr(value))
    for scale, word in _LARGE:
        part = number / scale
        if scaled and part >= 1 and part == round(part, _DECIMALS):
            return f"{_plain(part)} {word}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
