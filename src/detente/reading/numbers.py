"""Numbers as newspapers write them: "5,000", "2.26bn", "two and a half billion", "hundreds of millions".

A number here has no unit yet; `amounts` adds what is counted.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

# A gap inside a number or between it and its unit; a line end only where the line plainly runs on.
GAP = r"(?:[ \t\u00a0\u202f\u2009]|\n(?=(?-i:[a-z])))"

_ONES = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True)
)
_TEENS = dict(
    zip(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
SMALL = {**_ONES, **_TEENS, **_TENS}
SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(10**3), "lakh": Decimal(10**5), "million": Decimal(10**6),
    "crore": Decimal(10**7), "billion": Decimal(10**9), "trillion": Decimal(10**12), "dozen": Decimal(12),
}  # fmt: skip
_SHORT = {
    "k": "thousand", "m": "million", "mn": "million", "mln": "million", "mio": "million", "b": "billion",
    "bn": "billion", "bln": "billion", "t": "trillion", "tn": "trillion", "trn": "trillion", "cr": "crore",
    "lakhs": "lakh", "crores": "crore",
}  # fmt: skip
_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100}
_VAGUE_SCALES = {
    "thousands": 10**3,
    "lakhs": 10**5,
    "millions": 10**6,
    "crores": 10**7,
    "billions": 10**9,
    "trillions": 10**12,
}


class Number(NamedTuple):
    """A number that ends at `end`: its value, or the least and the greatest that vague words allow.

    Args:
        end: one past its last code point.
        value: the number; `None` where the words are vague.
        low: least value of a vague number.
        high: greatest value of a vague number.
        mantissa: the number before its scale ("2.26" of "2.26bn").
        scale: what the scale word multiplies by; 1 without one.
        clipped: whether the scale is a single letter ("5m"), which without a currency may be metres or tonnes.
        digits: whether it is written in digits.
        grouped: whether it has thousands separators or decimals, so that it can be no year.
        style: "comma" where a comma is read as the decimal mark ("1,5 million"), "point" where a point before
            three digits may part thousands or decimals ("1.500 euros"), else empty.
    """

    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    mantissa: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    clipped: bool = False
    digits: bool = True
    grouped: bool = False
    style: str = ""


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_BELOW_HUNDRED = rf"(?:(?:{_any(_TENS)})(?:[- ](?:{_any(_ONES)})\b)?|{_any(_TEENS)}|{_any(_ONES)})"
_SCALE_WORDS = rf"(?:{_any(SCALES)}|lakhs|crores)"
# Blanks between groups: plain ones only where the groups can be no numbers of their own ("3 400 000", "25 000").
_DIGITS = re.compile(
    r"(?:(?P<comma>(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d+),\d{1,2}(?![\d,]))|\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d{1,3}(?: \d{3}){2,}(?!\d)"
    r"|\d{1,3}(?: 0\d\d)+(?!\d)|\d+)(?:(?P<point>(?<!\d{4})\.\d{3}(?!\d))|\.\d+)?[½¼¾]?|[½¼¾]"
)
_COMMA = re.compile(r"[\d \u00a0\u202f\u2009]+,\d{1,2}")
_SPELLED = re.compile(
    rf"(?:(?:an?|{_BELOW_HUNDRED})(?=[ -](?:hundred|thousand|{_SCALE_WORDS}|dozen)\b)|{_BELOW_HUNDRED})"
    rf"(?:[ -]hundred(?:[ -]?and)?(?:[ -]{_BELOW_HUNDRED}\b)?)?"
    rf"(?:[ ]thousand[ ](?:and[ ])?{_BELOW_HUNDRED}(?:[ ]hundred)?)?\b",
    re.IGNORECASE,
)
_AND_PART = re.compile(r"[ -]and[ -](?:a[ -])?(half|quarter|three[ -]quarters)\b", re.IGNORECASE)
_AND_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_FRACTION_OF_SCALE = re.compile(
    rf"(?:(half)[ -]an?|(?:a|one)[ -](quarter|third)[ ]of[ ]an?|(three[ -]quarters)[ ]of[ ]an?)[ -]({_any(SCALES)})\b",
    re.IGNORECASE,
)
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": 1 / Decimal(3)}
_SCALE = re.compile(
    rf"(?:{GAP}|-)?({_SCALE_WORDS}|{_any(_SHORT)})(?![a-z])(?:{GAP}(crore|lakh))?(?!\w)", re.IGNORECASE
)
_SPACED_LETTER = re.compile(rf"(?:{GAP}|-)(?:[kmbt]|cr)$", re.IGNORECASE)
_VAGUELY = re.compile(
    rf"({_any(_VAGUE)}|{_any(_VAGUE_SCALES)})(?:[ ]of[ ]({_any(_VAGUE_SCALES)}))?(?=[ ]of[ ])"
    r"|multi-?(?P<multi>million|billion|trillion)(?=-)",
    re.IGNORECASE,
)
_A_FEW = re.compile(rf"(?:several|an? few|a couple of|many)[ ]({_any(SCALES)})\b", re.IGNORECASE)

# Where a number may begin: not inside a word, a decimal or a name such as F-16.
START = re.compile(
    rf"(?<![\w.,:/+#])(?<![A-Za-z]-)(?<!\d[-–])(?:[\d½¼¾]|(?:an?|{_any(SMALL)}|several|many|half|{_any(_VAGUE)}|"
    rf"{_any(_VAGUE_SCALES)})\b|multi(?=-?(?:million|billion|trillion)-))",
    re.IGNORECASE,
)


def read_number(text: str, at: int, end: int, *, money: bool = False) -> Number | None:
    """The number that begins at `at`, or `None`.

    Args:
        text: the text.
        at: where it begins.
        end: one past the last code point to look at.
        money: whether a currency stands before it, so that "5 m" is millions and no metres.
    """
    return _vague(text, at, end) or _fraction_of_scale(text, at, end) or _plain(text, at, end, money)


def _plain(text: str, at: int, end: int, money: bool) -> Number | None:
    if digits := _DIGITS.match(text, at, end):
        mantissa, stop = _digits_value(digits.group()), digits.end()
        grouped = not digits.group().isdigit()
    elif spelled := _SPELLED.match(text, at, end):
        mantissa, stop, grouped = _spelled_value(spelled.group()), spelled.end(), False
    else:
        return None
    if part := _AND_PART.match(text, stop, end):
        mantissa += _AND_PARTS.get(part.group(1).lower(), Decimal("0.75"))
        stop = part.end()
    number = Number(stop, mantissa, mantissa=mantissa, digits=bool(digits), grouped=grouped)
    return _scaled(text, number, (digits and digits.lastgroup) or "", end, money)


def _scaled(text: str, number: Number, style: str, end: int, money: bool) -> Number:
    """The number with the scale word that follows it; a scale leaves no doubt about a point."""
    stop, scale, clipped = number.end, Decimal(1), False
    if (found := _SCALE.match(text, stop, end)) and (money or not _SPACED_LETTER.match(found.group())):
        for word in filter(None, found.groups()):
            low = word.lower()
            scale *= SCALES[_SHORT.get(low, low)]
            clipped = clipped or len(low) == 1
        stop = found.end()
    doubt = "" if style == "point" and scale > 1 else style
    value = number.mantissa * scale
    return number._replace(end=stop, value=value, scale=scale, clipped=clipped, style=doubt)


def _digits_value(words: str) -> Decimal:
    part = _PARTS.get(words[-1])
    if _COMMA.fullmatch(words):
        words = words.replace(",", ".")
    bare = re.sub(r"[^\d.]", "", words)
    return (Decimal(bare) if bare else Decimal(0)) + (part or 0)


def _spelled_value(words: str) -> Decimal:
    total, current = 0, 0
    for word in re.split(r"[ -]+", words.lower()):
        if word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        elif word != "and":
            current += SMALL.get(word, 1)
    return Decimal(total + current)


def _fraction_of_scale(text: str, at: int, end: int) -> Number | None:
    if not (found := _FRACTION_OF_SCALE.match(text, at, end)):
        return None
    word = next(filter(None, found.groups()[:3])).lower()
    part, scale = _FRACTIONS.get(word, Decimal("0.75")), SCALES[found.group(4).lower()]
    return Number(found.end(), part * scale, mantissa=part, scale=scale, digits=False)


def _vague(text: str, at: int, end: int) -> Number | None:
    """Plural and few: from twice the word up to the next word that would have been said."""
    if few := _A_FEW.match(text, at, end):
        scale = SCALES[few.group(1).lower()]
        return Number(few.end(), None, 2 * scale, 10 * scale, digits=False)
    if not (found := _VAGUELY.match(text, at, end)):
        return None
    first, second = (word and word.lower() for word in found.groups()[:2])
    first = first or found["multi"].lower() + "s"
    unit = Decimal(_VAGUE.get(first) or _VAGUE_SCALES[first])
    top = {10: Decimal(100), 12: Decimal(100), 20: Decimal(100)}.get(int(unit))
    high = top or unit * (10 if first in _VAGUE else 1000)
    times = Decimal(_VAGUE_SCALES[second]) if second else Decimal(1)
    return Number(found.end(), None, 2 * unit * times, high * times, digits=False)
