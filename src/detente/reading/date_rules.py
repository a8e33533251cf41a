"""The expressions that name a time by themselves: "Friday", "2 March", "last week", "three years ago".

Each rule is a pattern and a function from the match to a period or, where the words do not decide, to the
reason why not. What stands before an expression ("by", "since", "the end of") is `dates`' part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple

from detente.reading import periods
from detente.reading.numbers import SMALL
from detente.reading.periods import DAY, Period

Direction = Literal["past", "future"]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
# "the first time in 23 years", "the worst flood in ten years".
_SINCE_LAST = re.compile(r"\b(?:time|once|twice|\w+est|worst|low|high)[ \n]$")
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


RULES: list[Rule] = []

_NUMBER = (
    r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
)
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)s?"
_FEW = r"(?:(?:a[ ])?few|several|a[ ]couple[ ]of|many|some)"
_DAY = rf"(?P<weekday>{'|'.join(d.title() for d in DAYS)})"
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![A-Za-z])"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d,.]\d|\d|[-–/]\d|%)"
# What the rules are looked up by: every match of a rule holds one of its words.
NUMERAL = "0"
_UNITS = ("week", "month", "year", "decade")
_COUNTABLE = frozenset(word + s for word in ("hour", "day", "fortnight", *_UNITS) for s in ("", "s"))
_HOURS = ("morning", "afternoon", "evening", "lunchtime")
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_MONTH_NAMES = frozenset({*MONTHS, *(name[:3] for name in MONTHS), "sept"})
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_OF_DAY = r"(?:[ -](?P<part>morning|afternoon|evening|night|lunchtime))?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[ ]of)?"


def rule(pattern: str, flags: int = 0, *, keys: Iterable[str]) -> Callable[[Reader], Reader]:
    """Add a rule; `[ ]` in its pattern is any blank or line end.

    Args:
        pattern: what it finds.
        flags: of the regular expression.
        keys: words in lower case of which every match holds one, so that most texts are passed over unread;
            `NUMERAL` stands for digits.
    """
    compiled = re.compile(r"(?<![\w’'-])(?:" + pattern.replace("[ ]", r"[ \u00a0\n]") + r")(?!\w)", flags)

    def add(read: Reader) -> Reader:
        RULES.append(Rule(compiled, read, frozenset(keys)))
        return read

    return add


def rules_for(words: str) -> list[Rule]:
    """The rules that may match in words, by their keys."""
    tokens = {NUMERAL if token.isdigit() else token for token in _TOKEN.findall(words.casefold())}
    return [rule for rule in RULES if not rule.keys.isdisjoint(tokens)]


def number_of(word: str) -> int:
    """The number that digits, a number word or "a" mean."""
    return int(word) if word.isdigit() else SMALL.get(word.lower(), 1)


def month_of(word: str) -> int:
    """1 to 12 for a month's name or its abbreviation."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


# ---------------------------------------------------------------- days


@rule(
    r"the[ ]day[ ](?P<how>before[ ]yesterday|after[ ]tomorrow)|(?P<near>yesterday|tomorrow)(?:[ -](?:morning|afternoon|evening|night))?",
    re.I,
    keys=("yesterday", "tomorrow"),
)
def _near(found: re.Match[str], context: Context) -> Meaning:
    steps = {"before yesterday": -2, "after tomorrow": 2, "yesterday": -1, "tomorrow": 1}
    step = steps[re.sub(r"\s", " ", (found["how"] or found["near"]).lower())]
    return Meaning(periods.day(context.now + step * DAY), "from the article's date")


@rule(
    r"(?:(?:earlier|later)[ ])?(?:today|tonight|this[ ](?:morning|afternoon|evening|lunchtime))",
    re.I,
    keys=("today", "tonight", *_HOURS),
)
def _today(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.day(context.now), "the article's date")


@rule(r"last[ ](?:night|evening)", re.I, keys=("night", "evening"))
def _last_night(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.day(context.now - DAY), "the day before the article's date")


@rule(r"overnight", re.I, keys=("overnight",))
def _overnight(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.days(context.now - DAY, context.now), "the night before the article's date")


@rule(
    rf"(?P<which>(?:[Ll]ast|[Nn]ext|[Tt]his(?:[ ](?:past|coming))?|[Tt]he[ ]coming)[ ])?{_DAY}{_OF_DAY}"
    r"(?!,?[ ]\d{1,2}(?:st|nd|rd|th)?[ ](?:of[ ])?[A-Z])",
    keys=DAYS,
)
def _weekday(found: re.Match[str], context: Context) -> Meaning:
    which = (found["which"] or "").lower().split()
    number = DAYS.index(found["weekday"].lower())
    back, on = (context.now.weekday() - number) % 7, (number - context.now.weekday()) % 7
    this_week = number <= context.now.weekday()
    if which in (["next"], ["last"]):
        ahead = which == ["next"]
        if (ahead and not this_week) or (not ahead and back > 0 and this_week and context.now.weekday() < 5):
            return Meaning(None, f'"{which[0]} {found["weekday"]}" may be one of two weeks')
        step = (on or 7) if ahead else -(back or 7)
        return Meaning(
            periods.day(context.now + step * DAY),
            f"the {which[0]} {found['weekday']} from the article's date",
        )
    if which:
        ahead = which[-1] != "past"
        return Meaning(
            periods.day(context.now + (on if ahead else -(back or 7)) * DAY),
            f"the nearest {found['weekday']}",
        )
    past = context.direction == "past"
    side = "on or before" if past else "on or after"
    return Meaning(
        periods.day(context.now + (-back if past else on) * DAY),
        f"the {found['weekday']} {side} the article's date", directed=True,
    )  # fmt: skip


@rule(rf"(?:{_DAY},?[ ])?{_NTH}[ ]{_MONTH}(?:,?[ ]{_YEAR})?", keys=_MONTH_NAMES)
@rule(
    rf"(?:{_DAY},?[ ])?(?<!\d[ ]){_MONTH}[ ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ ]{_YEAR})?(?![\d:,.]\d|\d|%|[ ]per[ ]?cent|[ ](?:million|billion))",
    keys=_MONTH_NAMES,
)
def _calendar_day(found: re.Match[str], context: Context) -> Meaning:
    number, of_month = int(found["day"]), month_of(found["month"])
    if found["year"]:
        return _dated(int(found["year"]), of_month, number, "as printed")
    past = context.direction == "past"
    for year in (0, -1) if past else (0, 1):
        meaning = _dated(context.now.year + year, of_month, number, "the year from the article's date")
        if meaning.period is None:
            continue
        if (meaning.period.first <= context.now) if past else (meaning.period.first >= context.now):
            return meaning._replace(directed=True)
    return Meaning(None, f"no such day on that side of {context.now.isoformat()}", directed=True)


def _dated(year: int, of_month: int, number: int, reason: str) -> Meaning:
    try:
        return Meaning(periods.day(date(year, of_month, number)), reason)
    except ValueError:
        return Meaning(None, "no such day in the calendar")


@rule(
    rf"(?P<day>\d{{1,2}})[ ]?(?:-|–|to|and)[ ]?(?P<until>\d{{1,2}})[ ]{_MONTH}(?:,?[ ]{_YEAR})?",
    keys=_MONTH_NAMES,
)
@rule(
    rf"{_MONTH}[ ](?P<day>\d{{1,2}})[ ]?(?:-|–|to|and)[ ]?(?P<until>\d{{1,2}})(?:,?[ ]{_YEAR})?(?![\d:%])",
    keys=_MONTH_NAMES,
)
def _calendar_days(found: re.Match[str], context: Context) -> Meaning:
    first = _calendar_day(found, context)
    if first.period is None:
        return first
    try:
        last = first.period.first.replace(day=int(found["until"]))
    except ValueError:
        return Meaning(None, "no such day in the calendar")
    if last <= first.period.first:
        return Meaning(None, "the days are not in order")
    return first._replace(period=periods.days(first.period.first, last), ranged=True)


@rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", keys=(NUMERAL,))
def _iso(found: re.Match[str], context: Context) -> Meaning:
    if found["year"] == "0000":
        return Meaning(None, "no such day in the calendar")
    return _dated(int(found["year"]), int(found["month"]), int(found["day"]), "as printed")


@rule(r"(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year>(?:19|20)\d\d)", keys=(NUMERAL,))
def _slashed(found: re.Match[str], context: Context) -> Meaning:
    one, two, in_year = int(found["one"]), int(found["two"]), int(found["year"])
    if one <= 12 and two <= 12 and one != two:
        return Meaning(None, "day and month may stand either way round")
    return _dated(in_year, min(one, two), max(one, two), "as printed")


@rule(
    r"the[ ](?:next|following|previous|same)[ ](?:day|morning|evening|week|month|year)|(?:later[ ])?that[ ](?:day|night|morning|evening|week|month|year)",
    re.I,
    keys=("day", "night", *_HOURS, *_UNITS),
)
def _another_day(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(None, ELSEWHERE)


# ---------------------------------------------------------------- weeks, months, seasons, years


@rule(
    r"(?P<part>(?:earlier|later)[ ])?(?P<which>this|last|next)[ ](?P<unit>week|month|year|decade)",
    re.I,
    keys=_UNITS,
)
def _this_unit(found: re.Match[str], context: Context) -> Meaning:
    unit, step = found["unit"].lower(), STEPS[found["which"].lower()]
    if unit == "week":
        whole, reason, directed = _week(step, context)
    else:
        whole = periods.around(periods.shifted(context.now, step, unit), unit)
        reason, directed = "from the article's date", False
    part = (found["part"] or "").strip().lower()
    if part and whole.first <= context.now <= whole.last:
        ends = (whole.first, context.now) if part == "earlier" else (context.now, whole.last)
        return Meaning(periods.days(*ends), f"the part of it that is {part} than the article's date")
    return Meaning(whole, reason, directed)


@rule(
    r"the[ ](?P<unit>week|weekend|month|year|decade)[ ](?P<how>after[ ]next|before[ ]last)",
    re.I,
    keys=(*_UNITS, "weekend"),
)
def _one_further(found: re.Match[str], context: Context) -> Meaning:
    unit, step = found["unit"].lower(), 2 if found["how"].lower().startswith("after") else -2
    if unit == "weekend":
        return Meaning(None, "weekends are counted from Saturday or from Monday")
    reason = "two on from the article's" if step > 0 else "two back from the article's"
    return Meaning(periods.around(periods.shifted(context.now, step, unit), unit), f"{reason} {unit}")


def _week(step: int, context: Context) -> tuple[Period, str, bool]:
    """A week from Monday to Sunday; on a Sunday papers also speak as if the week began that day."""
    now = context.now
    if now.weekday() < 6 or step > 0:
        return periods.week(now + 7 * step * DAY), "weeks from Monday to Sunday", False
    if step == 0 and context.direction == "past":
        return periods.week(now), "the week that ends on the article's date, a Sunday", True
    if step == 0:
        return periods.days(now, now + 6 * DAY), "the week that begins on the article's date, a Sunday", True
    wide = periods.days(now - 13 * DAY, now - DAY)
    return wide, "the article's date is a Sunday: the week before it or the one that it ends", False


@rule(r"(?P<which>this|last|next|the|at[ ]the|over[ ]the)[ ]weekend", re.I, keys=("weekend",))
def _weekend(found: re.Match[str], context: Context) -> Meaning:
    which, here = found["which"].lower().split()[-1], periods.weekend(context.now)
    begun = here.first <= context.now
    if which == "this":
        return Meaning(here, "the weekend of the article's week")
    if which == "next" and not begun:
        return Meaning(None, '"next weekend" may be one of two')
    if which == "next" or (which == "the" and context.direction == "future" and begun):
        return Meaning(
            periods.weekend(context.now + 7 * DAY), "the weekend after the article's date", which == "the"
        )
    if which == "the" and (begun or context.direction == "future"):
        return Meaning(here, "the weekend of the article's week", directed=True)
    return Meaning(
        periods.weekend(context.now - 7 * DAY), "the weekend before the article's week", which == "the"
    )


@rule(
    rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)[ ])?{_MONTH}(?:(?:,|[ ]of)?[ ](?:{_YEAR}|(?P<other>last|next|this)[ ]year))?(?![ ]\d)",
    keys=_MONTH_NAMES,
)
def _month(found: re.Match[str], context: Context) -> Meaning:
    number = month_of(found["month"])
    if found["year"]:
        return Meaning(periods.month(int(found["year"]), number), "as printed")
    if found["other"]:
        step = STEPS[found["other"]]
        return Meaning(periods.month(context.now.year + step, number), "the year from the article's date")
    return _month_without_year(number, (found["which"] or "").lower(), context)


def _month_without_year(number: int, which: str, context: Context) -> Meaning:
    now = context.now
    past_year = now.year - (number > now.month)
    next_year = now.year + (number < now.month)
    if which == "this":
        return Meaning(periods.month(now.year, number), "the article's year")
    if which == "last":
        clear = past_year < now.year
        return Meaning(
            periods.month(past_year, number) if clear else None,
            "the last one" if clear else "it may be one of two years",
        )
    if which == "next":
        clear = next_year > now.year
        return Meaning(
            periods.month(next_year, number) if clear else None,
            "the next one" if clear else "it may be one of two years",
        )
    chosen = past_year if context.direction == "past" else next_year
    return Meaning(periods.month(chosen, number), "the year from the article's date", directed=True)


@rule(
    rf"(?:(?P<which>last|next|this|the)[ ])?(?P<season>spring|summer|autumn|fall|winter)(?:[ ]of)?[ ]{_YEAR}",
    re.I,
    keys=_SEASONS,
)
@rule(
    r"(?P<which>last|next|this)[ ](?P<season>spring|summer|autumn|fall|winter)(?P<year>)", re.I, keys=_SEASONS
)
def _season(found: re.Match[str], context: Context) -> Meaning:
    name = found["season"].lower()
    if name == "winter":
        return Meaning(None, "a winter runs over two years")
    if found["year"]:
        return Meaning(periods.season(int(found["year"]), name), "as printed")
    now, which = context.now, found["which"].lower()
    here = periods.season(now.year, name)
    if which == "this" or (which == "last" and here.last < now) or (which == "next" and here.first > now):
        return Meaning(here, "the article's year")
    return Meaning(periods.season(now.year + (1 if which == "next" else -1), name), "from the article's date")


@rule(
    rf"the[ ](?P<part>first|second|third|fourth|last)[ ](?P<size>half|quarter)[ ]of[ ](?:{_YEAR}|(?P<which>this|next|last|the)[ ]year)",
    re.I,
    keys=("half", "quarter"),
)
def _part_of_year(found: re.Match[str], context: Context) -> Meaning:
    number = (
        int(found["year"])
        if found["year"]
        else context.now.year + {"last": -1, "next": 1}.get(found["which"].lower(), 0)
    )
    size = 6 if found["size"].lower() == "half" else 3
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 12 // size - 1}[found["part"].lower()]
    if place * size >= 12:
        return Meaning(None, "a year has no such part")
    whole = periods.months(
        periods.month(number, place * size + 1), periods.month(number, place * size + size)
    )
    return Meaning(whole, "calendar months")


@rule(rf"Q(?P<quarter>[1-4])[ ](?:of[ ])?(?:{_YEAR}|(?P<other>last|next|this)[ ]year)", keys=("q",))
def _quarter(found: re.Match[str], context: Context) -> Meaning:
    number = int(found["year"]) if found["year"] else context.now.year + STEPS[found["other"]]
    first = 3 * int(found["quarter"]) - 2
    return Meaning(
        periods.months(periods.month(number, first), periods.month(number, first + 2)), "calendar months"
    )


@rule(
    rf"(?P<part>early|mid|late)[ -](?:in[ ])?(?:{_YEAR}|(?P<other>last|next|this)[ ]year)",
    re.I,
    keys=("early", "mid", "late"),
)
@rule(
    rf"(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -](?:in[ ])?{_MONTH}(?:,?[ ]{_YEAR})?(?P<other>)(?![ ]\d)",
    keys=("early", "mid", "late"),
)
def _third(found: re.Match[str], context: Context) -> Meaning:
    if "month" in found.re.groupindex:
        number = month_of(found["month"])
        printed = Meaning(periods.month(int(found["year"] or 1), number), "as printed")
        whole = printed if found["year"] else _month_without_year(number, "", context)
    elif found["year"]:
        whole = Meaning(periods.year(int(found["year"])), "as printed")
    else:
        step = STEPS[found["other"].lower()]
        whole = Meaning(periods.year(context.now.year + step), "from the article's date")
    if whole.period is None:
        return whole
    which = ("early", "mid", "late").index(found["part"].lower())
    return whole._replace(
        period=periods.third(whole.period, which),
        reason=f'{whole.reason}; "{found["part"]}" read as a third of it',
    )


@rule(r"(?P<first>(?:19|20)\d\d)[ ]?[-–/][ ]?(?P<last>(?:19|20)?\d\d)(?![\d-]|[-–/]\d)", keys=(NUMERAL,))
def _years(found: re.Match[str], context: Context) -> Meaning:
    first, last = found["first"], found["last"]
    last = last if len(last) == 4 else first[:2] + last
    if int(last) <= int(first):
        return Meaning(None, "the years are not in order")
    reason = "a year that runs over two" if int(last) == int(first) + 1 else "as printed"
    return Meaning(periods.months(periods.year(int(first)), periods.year(int(last))), reason, ranged=True)


@rule(
    rf"(?<![£€$]){_YEAR}(?![ ]?(?:per[ ]?cent|percent|%|million|billion|bn|dollars|euros|pounds)|-[a-z])",
    keys=(NUMERAL,),
)
def _year(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.year(int(found["year"])), "as printed")


@rule(r"(?:the[ ])?(?:(?:early|mid|late)[- ])?(?P<decade>(?:19|20)\d0)s", keys=(NUMERAL,))
def _decade(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.decade(int(found["decade"])), "as printed")


# Days that fall on the same date every year: month and day.
HOLIDAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "halloween": (10, 31),
    "all saints' day": (11, 1), "st patrick's day": (3, 17), "st andrew's day": (11, 30), "epiphany": (1, 6),
}  # fmt: skip
_HOLIDAY_WORDS = frozenset(word for name in HOLIDAYS for word in re.findall(r"[a-z]{3,}", name))
_HOLIDAY = "|".join(name.replace("'", "[’']").replace(" ", "[ ]") for name in HOLIDAYS)


@rule(rf"(?P<holiday>(?i:{_HOLIDAY}))(?:,?[ ]{_YEAR})?", keys=_HOLIDAY_WORDS)
def _holiday(found: re.Match[str], context: Context) -> Meaning:
    of_month, of_day = HOLIDAYS[re.sub(r"\s", " ", found["holiday"].lower().replace("’", "'"))]
    if found["year"]:
        return _dated(int(found["year"]), of_month, of_day, "as printed")
    here, past = date(context.now.year, of_month, of_day), context.direction == "past"
    step = -1 if past and here > context.now else 1 if not past and here < context.now else 0
    when = here.replace(year=here.year + step)
    return Meaning(periods.day(when), "the year from the article's date", directed=True)


@rule(
    r"(?:the[ ])?(?:year-end|year[’']s[ ]end|end[ ]of[ ]the[ ](?P<unit>week|month|year|decade))(?![’'])",
    re.I,
    keys=("end",),
)
def year_end(found: re.Match[str], context: Context) -> Meaning:
    """The end of the article's week, month, year or decade."""
    unit = (found["unit"] or "year").lower()
    return _edge_of(periods.around(context.now, unit), unit, context, last=True)


@rule(
    r"(?:the[ ])?(?:start|beginning)[ ]of[ ]the[ ](?P<unit>week|month|year|decade)(?![’'])",
    re.I,
    keys=("start", "beginning"),
)
def _opening(found: re.Match[str], context: Context) -> Meaning:
    unit = found["unit"].lower()
    if context.direction == "future":
        return Meaning(None, f"it may be the {unit} of the article or the next")
    return _edge_of(periods.around(context.now, unit), unit, context, last=False)


def _edge_of(whole: Period, unit: str, context: Context, *, last: bool) -> Meaning:
    """The first or last part of a period, as finely as the words tell it."""
    if unit == "week" and context.now.weekday() == 6:
        return Meaning(None, "the article's date is a Sunday, which ends one week and begins another")
    return Meaning(periods.edge(whole, unit, last=last), f"the article's {unit}")


# ---------------------------------------------------------------- counted from the article's date


@rule(
    rf"(?:(?:about|around|almost|nearly|more[ ]than|over)[ ])?{_NUMBER}[ ]{_UNIT}[ ]ago", re.I, keys=("ago",)
)
def _ago(found: re.Match[str], context: Context) -> Meaning:
    unit = found["unit"].lower()
    return _counted(context, -number_of(found["n"]), unit, "back")


@rule(
    rf"in[ ]{_NUMBER}[ ]{_UNIT}(?:[’'][ ]time|[ ]time)?(?![ ](?:of|when|after|before))|{_NUMBER.replace('<n>', '<n2>')}[ ]{_UNIT.replace('<unit>', '<unit2>')}[ ]from[ ](?:now|today)",
    re.I,
    keys=_COUNTABLE,
)
def _ahead(found: re.Match[str], context: Context) -> Meaning:
    if _SINCE_LAST.search(found.string[max(0, found.start() - 12) : found.start()]):
        return Meaning(None, "how long it had been")
    if found["n"] and not found[0].lower().endswith("time") and context.direction == "past":
        return Meaning(None, "it may be how long it took or when it will be", directed=True)
    return _counted(
        context, number_of(found["n"] or found["n2"]), (found["unit"] or found["unit2"]).lower(), "on"
    )


def _counted(context: Context, count: int, unit: str, way: str) -> Meaning:
    try:
        when = periods.shifted(context.now, count, unit)
    except (ValueError, OverflowError):
        return Meaning(None, "outside the calendar")
    return Meaning(periods.around(when, unit), f"counted {way} from the article's date")


@rule(rf"within[ ](?:the[ ](?:next[ ])?)?{_NUMBER}[ ]{_UNIT}", re.I, keys=_COUNTABLE)
@rule(
    rf"(?:in|over|during|for|throughout)[ ]the[ ](?:next|coming)[ ](?:{_NUMBER}[ ])?{_UNIT}",
    re.I,
    keys=_COUNTABLE,
)
def _within(found: re.Match[str], context: Context) -> Meaning:
    if found["n"] is None and found[0].endswith("s"):
        return Meaning(None, VAGUE)
    try:
        last = periods.shifted(context.now, number_of(found["n"] or "a"), found["unit"].lower())
    except (ValueError, OverflowError):
        return Meaning(None, "outside the calendar")
    return Meaning(periods.days(context.now, last), "counted on from the article's date")


@rule(
    rf"(?:in|over|during|for|throughout)[ ]the[ ](?:past|last)[ ](?:{_NUMBER}[ ])?{_UNIT}",
    re.I,
    keys=_COUNTABLE,
)
def _since_then(found: re.Match[str], context: Context) -> Meaning:
    if found["n"] is None and found[0].endswith("s"):
        return Meaning(None, VAGUE)
    try:
        first = periods.shifted(context.now, -number_of(found["n"] or "a"), found["unit"].lower())
    except (ValueError, OverflowError):
        return Meaning(None, "outside the calendar")
    return Meaning(periods.days(first, context.now), "counted back from the article's date")


@rule(
    rf"(?:in|over|during|within)[ ](?:the[ ])?(?:(?:coming|recent|next|past|last)[ ])?{_FEW}?[ ]?(?:hours|days|weeks|months|years)"
    rf"|{_FEW}[ ](?:hours|days|weeks|months|years)[ ]ago|(?:days|weeks|months|years)[ ](?:ago|later)",
    re.I,
    keys=_COUNTABLE,
)
def _vague(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(None, VAGUE)


@rule(rf"{_NUMBER}[ ]{_UNIT}[ ](?:earlier|later|before|after|afterwards|beforehand)", re.I, keys=_COUNTABLE)
def _from_elsewhere(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(None, ELSEWHERE)
