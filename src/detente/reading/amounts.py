"""Amounts as stated: money, shares and counts, with their hedges, whatever the style of the paper.

A number alone is no amount: it needs a currency, a per cent or a plural noun. Years, dates, times, durations,
ordinals, scores and the numbers in names (G7, F-16, Article 5) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, cast

import msgspec

from detente.language.analysis import Span
from detente.reading import amount_words as grammar
from detente.reading.amounts_written import write_amount
from detente.reading.counts import OF, counted
from detente.reading.currencies import SIGNS, SUFFIX, is_money, unit_of_words
from detente.reading.numbers import Number, read_number
from detente.records import Amount, AmountBasis, AmountQualifier

__all__ = ["Found", "find_amounts", "write_amount"]


class Found(msgspec.Struct, frozen=True):
    """An amount and where it stands; `span` gives its surface.

    Args:
        span: the words, hedge and basis included.
        amount: what they say.
        converted: the same sum in other currencies, where the article gives it in brackets.
    """

    span: Span
    amount: Amount
    converted: tuple[Amount, ...] = ()


# How far before a number the words that turn it are looked for.
_REACH = 30


class _Unit(NamedTuple):
    """A unit that ends at `end`; `extra` and `hedge` where words inside it say "additional" or "or more".

    `per` is how many of what the words name make one of the unit: 100 of pence and of basis points.
    """

    end: int
    name: str
    extra: bool = False
    hedge: str | None = None
    per: int = 1


class _Measure(NamedTuple):
    """A number or range with its unit."""

    low: Number
    high: Number | None
    unit: _Unit

    @property
    def end(self) -> int:
        """One past the last code point of the unit."""
        return self.unit.end


def find_amounts(text: str, start: int = 0, end: int | None = None) -> tuple[Found, ...]:
    """The amounts between two code points, in order; none overlaps another.

    Args:
        text: any text.
        start: first code point to look at; hedges are not looked for before it.
        end: one past the last; `None` for the end of the text.
    """
    return tuple(_scan(text, start, len(text) if end is None else end))


def _scan(text: str, start: int, end: int) -> Iterator[Found]:
    at = floor = start
    while begin := grammar.BEGIN.search(text, at, end):
        found = _read(text, begin.start(), floor, end)
        if found:
            yield found
            at = floor = found.span.end
        else:
            at = _past(text, begin.start(), end)


def _past(text: str, at: int, end: int) -> int:
    """Where to go on after a number that is no amount: past its digits, or past its word."""
    number = read_number(text, at, end)
    return number.end if number and number.digits else at + 1


def _read(text: str, at: int, floor: int, end: int) -> Found | None:
    """The amount whose number begins at `at`, hedges before it down to `floor` included."""
    if fraction := grammar.FRACTION.match(text, at, end):
        return _share(text, fraction, floor)
    measure = _measure(text, at, floor, end)
    return _found(text, at, floor, end, measure) if measure else None


# ---------------------------------------------------------------- number and unit


def _measure(text: str, at: int, floor: int, end: int) -> _Measure | None:
    """Number, or range, and unit at `at`."""
    sign = grammar.PREFIX.match(text, at, end)
    first = read_number(text, sign.end() if sign else at, end, money=sign is not None)
    if first is None:
        return None
    before = text[max(floor, at - _REACH) : at]
    second = _second(text, first, sign, before, end)
    if second:
        first, second = _share_scale(first, second)
    if sign:
        return (
            None
            if first.style == "point"
            else _Measure(first, second, _Unit((second or first).end, _sign_unit(sign)))
        )
    measure = _with_unit(text, first, second, before, end)
    # "two and three brigades": where the pair has no unit, the first number alone may have one
    return measure if measure or second is None else _with_unit(text, first, None, before, end)


def _with_unit(text: str, first: Number, second: Number | None, before: str, end: int) -> _Measure | None:
    last = second or first
    hedge = grammar.HEDGE_AFTER.match(text, last.end, end)  # "5,000 or more missiles"
    if hedge:
        last = last._replace(end=hedge.end())
    unit = _unit(text, last if second is None else first, last, before, end)
    if unit is None or (first.style == "point" and not unit.name.startswith("PCT")):
        return None
    return _Measure(first, second, unit._replace(hedge=unit.hedge or (hedge and hedge.lastgroup)))


def _sign_unit(sign: re.Match[str]) -> str:
    return sign["code"] or SIGNS[sign["sign"]]


def _second(text: str, first: Number, sign: re.Match[str] | None, before: str, end: int) -> Number | None:
    """The upper end of a range whose lower end is `first`, or `None`.

    "From 10 to 15" is a change and no range; "and" makes a range only after "between", "or" only of bare numbers.
    """
    between, stop = bool(grammar.BETWEEN.search(before)), _unit_between(text, first.end, end)
    joint = grammar.TO.match(text, stop, end)
    if first.value is None or not joint:
        return None
    if grammar.FROM.search(before) and not grammar.RANGING_FROM.search(before):
        return None
    if (joint.group().strip() == "and") is not between or (
        joint.group().strip() == "or" and (sign or stop > first.end)
    ):
        return None
    again = grammar.PREFIX.match(text, joint.end(), end)
    if again and (not sign or _sign_unit(again) != _sign_unit(sign)):
        return None
    second = read_number(text, again.end() if again else joint.end(), end, money=sign is not None)
    if second is None or second.value is None:
        return None
    low, high = _share_scale(first, second)
    return second if (low.value or 0) < (high.value or 0) else None


def _unit_between(text: str, at: int, end: int) -> int:
    """Past a unit that a range repeats ("2 per cent to 3 per cent", "10 million euros to 15 million euros")."""
    if percent := grammar.PERCENT.match(text, at, end):
        return percent.end()
    gap = grammar.JOIN.match(text, at, end)
    money = SUFFIX.match(text, gap.end(), end) if gap else None
    return money.end() if money else at


def _share_scale(first: Number, second: Number) -> tuple[Number, Number]:
    """ "10 to 15 billion" is "10 billion to 15 billion"; "500,000 to 1 million" is as it stands."""
    assert second.value is not None
    if first.scale == 1 and second.scale > 1 and first.mantissa < second.mantissa:
        first = first._replace(value=first.mantissa * second.scale, scale=second.scale)
    return first, second


def _unit(text: str, first: Number, last: Number, before: str, end: int) -> _Unit | None:
    """End, unit and "additional" of the unit words after a number, or `None`."""
    return _percent(text, last, end) or _money(text, last, end) or _count(text, first, last, before, end)


def _percent(text: str, number: Number, end: int) -> _Unit | None:
    if not (found := grammar.PERCENT.match(text, number.end, end)):
        return None
    if found["points"] or found["basis_points"]:
        return _Unit(found.end(), "count:percentage point", per=1 if found["points"] else 100)
    hedge = grammar.HEDGE_AFTER.match(text, found.end(), end)  # "3 per cent or more of GDP"
    if gdp := grammar.OF_GDP.match(text, hedge.end() if hedge else found.end(), end):
        return _Unit(gdp.end(), "PCT_GDP", hedge=hedge and hedge.lastgroup)
    return _Unit(found.end(), "PCT_GDP" if grammar.TO_GDP.match(text, found.end(), end) else "PCT")


def _money(text: str, number: Number, end: int) -> _Unit | None:
    of = OF.match(text, number.end, end) if number.value is None else None
    gap = grammar.JOIN.match(text, of.end() if of else number.end, end)
    at = gap.end() if gap else number.end
    if pence := grammar.PENCE.match(text, number.end, end):
        return _Unit(pence.end(), "GBP", per=100)
    if code := grammar.SUFFIX_CODE.match(text, at, end):
        return _Unit(code.end(), SIGNS.get(code.group(), code.group()))
    words = SUFFIX.match(text, at, end) if gap else None
    if words is None or (words["word"].lower() == "won" and number.scale == 1 and not words["adjective"]):
        return None
    unit = "KRW" if words["word"].lower() == "won" else unit_of_words(words["adjective"], words["word"])
    return _Unit(words.end(), unit) if unit else None


def _count(text: str, first: Number, last: Number, before: str, end: int) -> _Unit | None:
    found = counted(text, first, last, before, end)
    return _Unit(found.end, f"count:{found.thing}", found.additional) if found else None


# ---------------------------------------------------------------- hedges, basis, conversions


def _found(text: str, at: int, floor: int, end: int, measure: _Measure) -> Found:
    """The measure with what stands before and after it."""
    at, measure = _signed(text, at, floor, measure)
    start, qualifier, basis = _before(text, at, floor, ranged=measure.high is not None)
    stop, after, more = _after(text, measure.end, end)
    converted, stop = _converted(text, stop, end, measure.unit.name)
    if converted and after is None:
        stop, after, more = _after(text, stop, end)
    if after == "per_year" or basis is None:
        basis = after or basis
    if measure.unit.extra and basis is None:
        basis = "additional"
    hedge = more or cast("AmountQualifier | None", measure.unit.hedge) or qualifier
    amount = _amount(measure, hedge, basis, text[start:stop])
    return Found(Span(start, stop), amount, converted)


def _signed(text: str, at: int, floor: int, measure: _Measure) -> tuple[int, _Measure]:
    """A share below nought with its sign, and where that begins."""
    minus = (
        grammar.MINUS.search(text[max(floor, at - _REACH) : at])
        if measure.unit.name.startswith("PCT")
        else None
    )
    if minus is None or measure.high is not None or measure.low.value is None:
        return at, measure
    return at - len(minus.group()), measure._replace(low=measure.low._replace(value=-measure.low.value))


def _amount(measure: _Measure, qualifier: AmountQualifier, basis: AmountBasis | None, surface: str) -> Amount:
    first, second, unit = measure
    low, high = (first.value, second.value) if second else (first.low, first.high)
    if first.value is None or second:
        assert low is not None
        assert high is not None
        return _between(low / unit.per, high / unit.per, unit.name, basis, surface)
    value = float(first.value / unit.per)
    return Amount(
        value=value, unit=unit.name, qualifier=qualifier, basis=basis, surface=surface,
        low=value if qualifier in ("at_least", "more_than") else None,
        high=value if qualifier in ("at_most", "less_than") else None,
    )  # fmt: skip


def _between(low: Decimal, high: Decimal, unit: str, basis: AmountBasis | None, surface: str) -> Amount:
    return Amount(
        value=None,
        unit=unit,
        low=float(low),
        high=float(high),
        qualifier="between",
        basis=basis,
        surface=surface,
    )


def _before(
    text: str, at: int, floor: int, *, ranged: bool = False
) -> tuple[int, AmountQualifier, AmountBasis | None]:
    """Where the hedges before a number begin, and what they say; "between" is one only before a range."""
    start = at
    qualifier: AmountQualifier | None = None
    basis: AmountBasis | None = None
    while True:
        before = text[max(floor, start - 24) : start]
        if (
            qualifier is None
            and (hedge := grammar.HEDGE_BEFORE.search(before))
            and not grammar.OVER_WHAT.search(text[max(floor, start - 40) : start])
        ):
            qualifier, start = cast(AmountQualifier, hedge.lastgroup), start - len(before) + hedge.start()
        elif basis is None and (words := grammar.BASIS_BEFORE.search(before)):
            basis, start = cast(AmountBasis, words.lastgroup), start - len(before) + words.start()
        elif ranged and qualifier is None and (between := grammar.BETWEEN.search(before)):
            qualifier, start = "between", start - len(before) + between.start()
        else:
            return start, qualifier or "exact", basis


def _after(text: str, at: int, end: int) -> tuple[int, AmountBasis | None, AmountQualifier | None]:
    """Where the hedges after a unit end, and what they say."""
    basis: AmountBasis | None = None
    qualifier: AmountQualifier | None = None
    while True:
        if qualifier is None and (hedge := grammar.HEDGE_AFTER.match(text, at, end)):
            qualifier, at = cast(AmountQualifier, hedge.lastgroup), hedge.end()
        elif basis != "per_year" and (words := grammar.BASIS_AFTER.match(text, at, end)):
            basis, at = cast(AmountBasis, words.lastgroup), words.end()
        else:
            return at, basis, qualifier


def _converted(text: str, at: int, end: int, unit: str) -> tuple[tuple[Amount, ...], int]:
    """The same sum in other currencies, in brackets or after "or", and where that ends."""
    if not is_money(unit):
        return (), at
    if opening := grammar.BRACKET.match(text, at, end):
        return _bracketed(text, at, opening.end(), end, unit)
    also = grammar.OR_ALSO.match(text, at, end)
    other = _other_currency(text, also.end(), end, unit) if also else None
    return ((other[0],), other[1]) if other else ((), at)


def _bracketed(text: str, at: int, inside: int, end: int, unit: str) -> tuple[tuple[Amount, ...], int]:
    """The sums that fill a pair of brackets; none where anything else stands in it."""
    found: list[Amount] = []
    close = text.find(")", inside, end)
    while inside < close:
        other = _other_currency(text, inside, close, unit)
        if other is None:
            return (), at
        found.append(other[0])
        joint = grammar.BRACKET_JOIN.match(text, other[1], close)
        inside = joint.end() if joint else other[1]
    return tuple(found), close + 1 if found else at


def _other_currency(text: str, at: int, end: int, unit: str) -> tuple[Amount, int] | None:
    """A sum of money in another unit, and where it ends."""
    hedge = grammar.WORTH.match(text, at, end)
    start = hedge.end() if hedge else at
    measure = _measure(text, start, start, end)
    if measure is None or measure.unit.name == unit or not is_money(measure.unit.name):
        return None
    qualifier = cast("AmountQualifier | None", hedge and hedge.lastgroup) or "exact"
    return _amount(measure, qualifier, None, text[at : measure.end]), measure.end


def _share(text: str, fraction: re.Match[str], floor: int) -> Found | None:
    """ "Half of", "a third of", as per cent."""
    if grammar.WHICH_PART.search(text[max(floor, fraction.start() - _REACH) : fraction.start()]):
        return None
    half, one, times, parts = fraction.groups()
    share = Decimal(grammar.TIMES.get((times or "").lower(), 1)) / grammar.NTH[(half or one or parts).lower()]
    gdp = grammar.OF_GDP.match(text, fraction.end() - 3)
    stop = gdp.end() if gdp else fraction.end()
    number = Number(stop, share * 100)
    start, qualifier, basis = _before(text, fraction.start(), floor)
    measure = _Measure(number, None, _Unit(stop, "PCT_GDP" if gdp else "PCT"))
    return Found(Span(start, stop), _amount(measure, qualifier, basis, text[start:stop]))
