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
from detente.reading.amounts_written import write_amount
from detente.reading.counts import OF, counted
from detente.reading.currencies import CODES, SIGNS, SUFFIX, is_money, unit_of_words
from detente.reading.numbers import GAP, SCALES, START, Number, read_number
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


class _Unit(NamedTuple):
    """A unit that ends at `end`; `extra` and `hedge` where words inside it say "additional" or "or more"."""

    end: int
    name: str
    extra: bool = False
    hedge: str | None = None


class _Measure(NamedTuple):
    """A number or range with its unit, ending at `end`; `extra` and `hedge` where words inside it say "additional" or "or more"."""

    end: int
    low: Number
    high: Number | None
    unit: str
    extra: bool = False
    hedge: str | None = None


# ---------------------------------------------------------------- the grammar's words

_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_CODE = "|".join(sorted(CODES))
_PREFIX = re.compile(rf"(?:(?P<sign>{_SIGN})|(?P<code>{_CODE})){GAP}?(?=[\d½¼¾])")
_BEGIN = re.compile(
    rf"(?<![A-Za-z$£€])(?:{_SIGN}|(?:{_CODE})){GAP}?(?=[\d½¼¾])|{START.pattern}", re.IGNORECASE
)
_SUFFIX_CODE = re.compile(rf"(?:(?:{_CODE})\b|€(?!\d))")
_TO = re.compile(rf"(?:{GAP}?[-–—]{GAP}?|{GAP}(?:to|or|and){GAP})")
_JOIN = re.compile(rf"(?:{GAP}|-)")
_PERCENT = re.compile(
    rf"(?:{GAP}|-)?(?:(?P<points>percentage[ -]points?)|%|(?:per[ ]?cent|pct|pc)(?![a-z]))", re.IGNORECASE
)
_OF_GDP = re.compile(
    rf"(?:{GAP}of)?(?:{GAP}(?:its|their|our|the|national|annual|each|total|country’s|country's)){{0,3}}"
    rf"{GAP}(?:GDP\b|gross domestic product\b)"
)
# "from 2 per cent to 3 per cent of GDP": both are shares of GDP.
_TO_GDP = re.compile(
    rf"{GAP}(?:to|and|or){GAP}[\d.½¼¾]+(?:{_PERCENT.pattern})(?:{_OF_GDP.pattern})".replace(
        "?P<points>", "?:"
    ),
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"(?:(half)|(?:a|one)[ -](half|third|quarter|fifth|tenth)|(two|three|four)[ -](thirds|quarters|fifths))[ ]of"
    rf"(?=[ ](?!an?[ -](?:{'|'.join(SCALES)})\b|(?:20|19)\d\d|the[ ](?:day|week|month|year|decade|century)|an?[ ](?:century|decade|year)))",
    re.IGNORECASE,
)
_NTH = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10}
_TIMES = {"two": 2, "three": 3, "four": 4}

_QUALIFIERS: tuple[tuple[AmountQualifier, str], ...] = (
    ("at_least", r"at least|a minimum of|no (?:less|fewer) than|not (?:less|fewer) than|minimum"),
    ("at_most", r"up to|at most|as (?:much|many) as|no more than|not more than|a maximum of|maximum"),
    (
        "more_than",
        r"more than|in excess of|upwards? of|exceeding|(?:just |well |slightly )?(?:over|above)|beyond",
    ),
    ("less_than", r"(?:less|fewer) than|(?:just |well |slightly )?(?:under|below)"),
    (
        "about",
        r"about|around|roughly|approximately|approx\.?|some|nearly|almost|close to|an estimated|estimated|circa|c\.|~",
    ),
)
_HEDGE = re.compile(
    "(?:" + "|".join(rf"(?P<{name}>(?<![\w-])(?:{words}))" for name, words in _QUALIFIERS) + rf"){GAP}?$",
    re.IGNORECASE,
)
# "the row over £3bn": not a hedge.
_OVER_WHAT = re.compile(
    r"\b(?:row|rows|talks|dispute|disputes|deal|fears|concerns?|clash|clashed|split|negotiations|questions|pressure|fight"
    rf"|worries|doubts|argument|debate|divided|anger|outrage){GAP}over{GAP}?$",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\bfrom{GAP}$", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween{GAP}$", re.IGNORECASE)
_BASIS_BEFORE = re.compile(
    r"(?<![\w-])(?:(?P<additional>(?:an?[ ])?(?:further|extra|additional)|another)|(?P<total>a total of)"
    rf"|(?P<per_year>(?:an?[ ])?(?:annual|yearly))){GAP}$",
    re.IGNORECASE,
)
_BASIS_AFTER = re.compile(
    rf"(?P<per_year>(?:{GAP}|-)(?:a|per|each|every)(?:{GAP}|-)year\b|{GAP}(?:annually|yearly|(?:per|an) annum)\b)"
    rf"|(?P<additional>{GAP}(?:more|extra|(?:of|in)[ ](?:additional|extra|further)|on top)\b(?![ ](?:than|or)))"
    rf"|(?P<total>{GAP}in (?:total|all)\b)",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(
    rf"(?P<at_least>{GAP}or more\b|\+)|(?P<at_most>{GAP}or less\b)|(?P<about>{GAP}or so\b)", re.IGNORECASE
)
_BRACKET = re.compile(rf"{GAP}?\(")
_BRACKET_WORDS = re.compile(
    r"(?:about|around|roughly|approximately|approx\.?|or|worth|nearly|almost|some|more than|over)[ ]",
    re.IGNORECASE,
)


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
    while begin := _BEGIN.search(text, at, end):
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
    if fraction := _FRACTION.match(text, at, end):
        return _share(text, fraction, floor)
    measure = _measure(text, at, floor, end)
    return _found(text, at, floor, end, measure) if measure else None


# ---------------------------------------------------------------- number and unit


def _measure(text: str, at: int, floor: int, end: int) -> _Measure | None:
    """Number, or range, and unit at `at`."""
    sign = _PREFIX.match(text, at, end)
    first = read_number(text, sign.end() if sign else at, end)
    if first is None:
        return None
    second = _second(text, first, sign, text[floor:at], end)
    if second:
        first, second = _share_scale(first, second)
    last = second or first
    if sign:
        return _Measure(last.end, first, second, _sign_unit(sign))
    before = text[max(floor, at - 30) : at]
    measure = _with_unit(text, first, second, before, end)
    # "two and three brigades": where the pair has no unit, the first number alone may have one
    return measure if measure or second is None else _with_unit(text, first, None, before, end)


def _with_unit(text: str, first: Number, second: Number | None, before: str, end: int) -> _Measure | None:
    last = second or first
    hedge = _HEDGE_AFTER.match(text, last.end, end)  # "5,000 or more missiles"
    if hedge:
        last = last._replace(end=hedge.end())
    unit = _unit(text, last if second is None else first, last, before, end)
    if unit is None:
        return None
    return _Measure(unit.end, first, second, unit.name, unit.extra, unit.hedge or (hedge and hedge.lastgroup))


def _sign_unit(sign: re.Match[str]) -> str:
    return sign["code"] or SIGNS[sign["sign"]]


def _second(text: str, first: Number, sign: re.Match[str] | None, before: str, end: int) -> Number | None:
    """The upper end of a range whose lower end is `first`, or `None`.

    "From 10 to 15" is a change and no range; "and" makes a range only after "between", "or" only of bare numbers.
    """
    between, stop = bool(_BETWEEN.search(before)), _unit_between(text, first.end, end)
    joint = _TO.match(text, stop, end)
    if first.value is None or not joint or _FROM.search(before):
        return None
    if (joint.group().strip() == "and") is not between or (
        joint.group().strip() == "or" and (sign or stop > first.end)
    ):
        return None
    again = _PREFIX.match(text, joint.end(), end)
    if again and (not sign or _sign_unit(again) != _sign_unit(sign)):
        return None
    second = read_number(text, again.end() if again else joint.end(), end)
    if second is None or second.value is None:
        return None
    low, high = _share_scale(first, second)
    return second if (low.value or 0) < (high.value or 0) else None


def _unit_between(text: str, at: int, end: int) -> int:
    """Past a unit that a range repeats ("2 per cent to 3 per cent", "10 million euros to 15 million euros")."""
    if percent := _PERCENT.match(text, at, end):
        return percent.end()
    gap = _JOIN.match(text, at, end)
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
    if not (found := _PERCENT.match(text, number.end, end)):
        return None
    if found["points"]:
        return _Unit(found.end(), "count:percentage point")
    hedge = _HEDGE_AFTER.match(text, found.end(), end)  # "3 per cent or more of GDP"
    if gdp := _OF_GDP.match(text, hedge.end() if hedge else found.end(), end):
        return _Unit(gdp.end(), "PCT_GDP", hedge=hedge and hedge.lastgroup)
    return _Unit(found.end(), "PCT_GDP" if _TO_GDP.match(text, found.end(), end) else "PCT")


def _money(text: str, number: Number, end: int) -> _Unit | None:
    of = OF.match(text, number.end, end) if number.value is None else None
    gap = _JOIN.match(text, of.end() if of else number.end, end)
    at = gap.end() if gap else number.end
    if code := _SUFFIX_CODE.match(text, at, end):
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
    start, qualifier, basis = _before(text, at, floor)
    stop, after, more = _after(text, measure.end, end)
    converted, stop = _converted(text, stop, end, measure.unit)
    if converted and after is None:
        stop, after, more = _after(text, stop, end)
    if after == "per_year" or basis is None:
        basis = after or basis
    if measure.extra and basis is None:
        basis = "additional"
    hedge = more or cast("AmountQualifier | None", measure.hedge) or qualifier
    amount = _amount(measure, hedge, basis, text[start:stop])
    return Found(Span(start, stop), amount, converted)


def _amount(measure: _Measure, qualifier: AmountQualifier, basis: AmountBasis | None, surface: str) -> Amount:
    low, high = measure.low, measure.high
    if high is not None:
        assert low.value is not None
        assert high.value is not None
        return _between(low.value, high.value, measure.unit, basis, surface)
    if low.value is None:
        assert low.low is not None
        assert low.high is not None
        return _between(low.low, low.high, measure.unit, basis, surface)
    value = float(low.value)
    return Amount(
        value=value, unit=measure.unit, qualifier=qualifier, basis=basis, surface=surface,
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


def _before(text: str, at: int, floor: int) -> tuple[int, AmountQualifier, AmountBasis | None]:
    """Where the hedges before a number begin, and what they say."""
    start = at
    qualifier: AmountQualifier | None = None
    basis: AmountBasis | None = None
    while True:
        before = text[max(floor, start - 24) : start]
        if (
            qualifier is None
            and (hedge := _HEDGE.search(before))
            and not _OVER_WHAT.search(text[max(floor, start - 40) : start])
        ):
            qualifier, start = cast(AmountQualifier, hedge.lastgroup), start - len(before) + hedge.start()
        elif basis is None and (words := _BASIS_BEFORE.search(before)):
            basis, start = cast(AmountBasis, words.lastgroup), start - len(before) + words.start()
        elif qualifier is None and (between := _BETWEEN.search(before)):
            qualifier, start = "between", start - len(before) + between.start()
        else:
            return start, qualifier or "exact", basis


def _after(text: str, at: int, end: int) -> tuple[int, AmountBasis | None, AmountQualifier | None]:
    """Where the hedges after a unit end, and what they say."""
    basis: AmountBasis | None = None
    qualifier: AmountQualifier | None = None
    while True:
        if qualifier is None and (hedge := _HEDGE_AFTER.match(text, at, end)):
            qualifier, at = cast(AmountQualifier, hedge.lastgroup), hedge.end()
        elif basis != "per_year" and (words := _BASIS_AFTER.match(text, at, end)):
            basis, at = cast(AmountBasis, words.lastgroup), words.end()
        else:
            return at, basis, qualifier


def _converted(text: str, at: int, end: int, unit: str) -> tuple[tuple[Amount, ...], int]:
    """The same sum in brackets in another currency, and where the brackets end."""
    found: list[Amount] = []
    opening = _BRACKET.match(text, at, end)
    close = text.find(")", at, end)
    if not opening or close < 0 or not is_money(unit):
        return (), at
    inside = opening.end()
    while inside < close:
        words = _BRACKET_WORDS.match(text, inside, close)
        measure = _measure(text, words.end() if words else inside, inside, close)
        if not measure or measure.unit == unit or not is_money(measure.unit):
            return (), at
        found.append(_amount(measure, "about" if words else "exact", None, text[inside : measure.end]))
        inside = measure.end + len(re.match(r"[,;/ ]*(?:or[ ])?", text[measure.end : close]).group())  # type: ignore[union-attr]
    return tuple(found), close + 1


def _share(text: str, fraction: re.Match[str], floor: int) -> Found | None:
    """ "Half of", "a third of", as per cent."""
    if re.search(r"\b(?:first|second|latter|other|last)[ ]$", text[floor : fraction.start()], re.IGNORECASE):
        return None
    half, one, times, parts = fraction.groups()
    share = Decimal(_TIMES.get((times or "").lower(), 1)) / _NTH[(half or one or parts).lower()]
    gdp = _OF_GDP.match(text, fraction.end() - 3)
    stop = gdp.end() if gdp else fraction.end()
    number = Number(stop, share * 100)
    start, qualifier, basis = _before(text, fraction.start(), floor)
    measure = _Measure(stop, number, None, "PCT_GDP" if gdp else "PCT")
    return Found(Span(start, stop), _amount(measure, qualifier, basis, text[start:stop]))
