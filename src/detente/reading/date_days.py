"""Rules for days: "yesterday", "Friday", "2 March", "New Year's Eve"."""

from __future__ import annotations

import re
from datetime import date

from detente.reading import periods
from detente.reading.date_grammar import (
    DAYS,
    ELSEWHERE,
    HOURS,
    MONTH,
    MONTH_NAMES,
    NTH_DAY,
    NUMERAL,
    PART_OF_DAY,
    UNITS,
    WEEKDAY,
    YEAR,
    Context,
    Meaning,
    Rule,
    adder,
    dated,
    month_of,
)
from detente.reading.periods import DAY

RULES: list[Rule] = []
rule = adder(RULES)


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
    keys=("today", "tonight", *HOURS),
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
    rf"(?P<which>(?:[Ll]ast|[Nn]ext|[Tt]his(?:[ ](?:past|coming))?|[Tt]he[ ]coming)[ ])?{WEEKDAY}{PART_OF_DAY}"
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


@rule(rf"(?:{WEEKDAY},?[ ])?{NTH_DAY}[ ]{MONTH}(?:,?[ ]{YEAR})?", keys=MONTH_NAMES)
@rule(
    rf"(?:{WEEKDAY},?[ ])?(?<!\d[ ]){MONTH}[ ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ ]{YEAR})?(?![\d:,.]\d|\d|%|[ ]per[ ]?cent|[ ](?:million|billion))",
    keys=MONTH_NAMES,
)
def _calendar_day(found: re.Match[str], context: Context) -> Meaning:
    number, of_month = int(found["day"]), month_of(found["month"])
    if found["year"]:
        return dated(int(found["year"]), of_month, number, "as printed")
    past = context.direction == "past"
    for year in (0, -1) if past else (0, 1):
        meaning = dated(context.now.year + year, of_month, number, "the year from the article's date")
        if meaning.period is None:
            continue
        if (meaning.period.first <= context.now) if past else (meaning.period.first >= context.now):
            return meaning._replace(directed=True)
    return Meaning(None, f"no such day on that side of {context.now.isoformat()}", directed=True)


@rule(
    rf"(?P<day>\d{{1,2}})[ ]?(?:-|–|to|and)[ ]?(?P<until>\d{{1,2}})[ ]{MONTH}(?:,?[ ]{YEAR})?",
    keys=MONTH_NAMES,
)
@rule(
    rf"{MONTH}[ ](?P<day>\d{{1,2}})[ ]?(?:-|–|to|and)[ ]?(?P<until>\d{{1,2}})(?:,?[ ]{YEAR})?(?![\d:%])",
    keys=MONTH_NAMES,
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
    return dated(int(found["year"]), int(found["month"]), int(found["day"]), "as printed")


@rule(r"(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year>(?:19|20)\d\d)", keys=(NUMERAL,))
def _slashed(found: re.Match[str], context: Context) -> Meaning:
    one, two, in_year = int(found["one"]), int(found["two"]), int(found["year"])
    if one <= 12 and two <= 12 and one != two:
        return Meaning(None, "day and month may stand either way round")
    return dated(in_year, min(one, two), max(one, two), "as printed")


@rule(
    r"the[ ](?:next|following|previous|same)[ ](?:day|morning|evening|week|month|year)|(?:later[ ])?that[ ](?:day|night|morning|evening|week|month|year)",
    re.I,
    keys=("day", "night", *HOURS, *UNITS),
)
def _another_day(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(None, ELSEWHERE)


# Days that fall on the same date every year: month and day.
HOLIDAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "halloween": (10, 31),
    "all saints' day": (11, 1), "st patrick's day": (3, 17), "st andrew's day": (11, 30), "epiphany": (1, 6),
}  # fmt: skip
_HOLIDAY_WORDS = frozenset(word for name in HOLIDAYS for word in re.findall(r"[a-z]{3,}", name))
_HOLIDAY = "|".join(name.replace("'", "[’']").replace(" ", "[ ]") for name in HOLIDAYS)


@rule(rf"(?P<holiday>(?i:{_HOLIDAY}))(?:,?[ ]{YEAR})?", keys=_HOLIDAY_WORDS)
def _holiday(found: re.Match[str], context: Context) -> Meaning:
    of_month, of_day = HOLIDAYS[re.sub(r"\s", " ", found["holiday"].lower().replace("’", "'"))]
    if found["year"]:
        return dated(int(found["year"]), of_month, of_day, "as printed")
    here, past = date(context.now.year, of_month, of_day), context.direction == "past"
    step = -1 if past and here > context.now else 1 if not past and here < context.now else 0
    when = here.replace(year=here.year + step)
    return Meaning(periods.day(when), "the year from the article's date", directed=True)
