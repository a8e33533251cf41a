"""What the rules for expressions of time are made of: a pattern, the words it is looked up by, and what a match means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple, Protocol

from detente.reading import periods
from detente.reading.numbers import SMALL
from detente.reading.periods import Period

Direction = Literal["past", "future"]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
STEPS = {"last": -1, "this": 0, "next": 1}
VAGUE = "the words give no number"
ELSEWHERE = "counted from another time that the text names"


class Undated(Exception):
    """A relative expression in an article without a date."""


class Context(NamedTuple):
    """The article's date, and where an expression without a direction of its own points."""

    published: date | None
    direction: Direction

    @property
    def now(self) -> date:
        """The article's date.

        Raises:
            Undated: it has none.
        """
        if self.published is None:
            raise Undated
        return self.published

    def turned(self, direction: Direction | None) -> Context:
        """The same article, its expressions pointing another way."""
        return self._replace(direction=direction or self.direction)


class Meaning(NamedTuple):
    """What an expression means.

    Args:
        period: the days, or `None` unknown.
        reason: how they were found, or why they could not be.
        directed: whether past or future had to be chosen.
        ranged: whether the expression has two ends ("3 to 9 March"), so that "from" opens it no further.
    """

    period: Period | None
    reason: str
    directed: bool = False
    ranged: bool = False


Reader = Callable[[re.Match[str], Context], Meaning]


class Rule(NamedTuple):
    """A pattern and what its matches mean; without a word of `keys` in a text it cannot match there."""

    pattern: re.Pattern[str]
    read: Reader
    keys: frozenset[str]


NUMBER = (
    r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
)
UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)s?"
FEW = r"(?:(?:a[ ])?few|several|a[ ]couple[ ]of|many|some)"
WEEKDAY = rf"(?P<weekday>{'|'.join(d.title() for d in DAYS)})"
MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![A-Za-z])"
)
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d,.]\d|\d|[-–/]\d|%)"
# What the rules are looked up by: every match of a rule holds one of its words.
NUMERAL = "0"
UNITS = ("week", "month", "year", "decade")
COUNTABLE = frozenset(word + s for word in ("hour", "day", "fortnight", *UNITS) for s in ("", "s"))
HOURS = ("morning", "afternoon", "evening", "lunchtime")
SEASON_NAMES = ("spring", "summer", "autumn", "fall", "winter")
MONTH_NAMES = frozenset({*MONTHS, *(name[:3] for name in MONTHS), "sept"})
PART_OF_DAY = r"(?:[ -](?P<part>morning|afternoon|evening|night|lunchtime))?"
NTH_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[ ]of)?"


class Adder(Protocol):
    """What `adder` makes: a decorator that makes a rule of the function that reads its matches."""

    def __call__(self, pattern: str, flags: int = 0, *, keys: Iterable[str]) -> Callable[[Reader], Reader]:
        """Add a rule; `[ ]` in its pattern is any blank or line end.

        Args:
            pattern: what it finds.
            flags: of the regular expression.
            keys: words in lower case of which every match holds one, so that most texts are passed over unread;
                `NUMERAL` stands for digits.
        """


def adder(rules: list[Rule]) -> Adder:
    """What adds rules to a list, each written above the function that reads its matches."""

    def rule(pattern: str, flags: int = 0, *, keys: Iterable[str]) -> Callable[[Reader], Reader]:
        blanks = pattern.replace("[ ]", r"[ \u00a0\n]")
        compiled = re.compile(rf"(?<![\w’'-])(?:{blanks})(?!\w)", flags)

        def add(read: Reader) -> Reader:
            rules.append(Rule(compiled, read, frozenset(keys)))
            return read

        return add

    return rule


def number_of(word: str) -> int:
    """The number that digits, a number word or "a" mean."""
    return int(word) if word.isdigit() else SMALL.get(word.lower(), 1)


def month_of(word: str) -> int:
    """1 to 12 for a month's name or its abbreviation."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def dated(year: int, of_month: int, number: int, reason: str) -> Meaning:
    """A day of a month of a year, unless the calendar has none such."""
    try:
        return Meaning(periods.day(date(year, of_month, number)), reason)
    except ValueError:
        return Meaning(None, "no such day in the calendar")
