"""Rules for weeks, months, seasons, years and their parts: "last week", "March 2027", "the end of the year"."""

from __future__ import annotations

import re

from detente.reading import periods
from detente.reading.date_grammar import (
    MONTH,
    MONTH_NAMES,
    NUMERAL,
    SEASON_NAMES,
    STEPS,
    UNITS,
    YEAR,
    Context,
    Meaning,
    Rule,
    adder,
    month_of,
)
from detente.reading.periods import DAY, Period

RULES: list[Rule] = []
rule = adder(RULES)


@rule(
    r"(?P<part>(?:earlier|later)[ ])?(?P<which>this|last|next)[ ](?P<unit>week|month|year|decade)",
    re.I,
    keys=UNITS,
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
    keys=(*UNITS, "weekend"),
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
    rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)[ ])?{MONTH}(?:(?:,|[ ]of)?[ ](?:{YEAR}|(?P<other>last|next|this)[ ]year))?(?![ ]\d)",
    keys=MONTH_NAMES,
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
    rf"(?:(?P<which>last|next|this|the)[ ])?(?P<season>spring|summer|autumn|fall|winter)(?:[ ]of)?[ ]{YEAR}",
    re.I,
    keys=SEASON_NAMES,
)
@rule(
    r"(?P<which>last|next|this)[ ](?P<season>spring|summer|autumn|fall|winter)(?P<year>)",
    re.I,
    keys=SEASON_NAMES,
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
    rf"the[ ](?P<part>first|second|third|fourth|last)[ ](?P<size>half|quarter)[ ]of[ ](?:{YEAR}|(?P<which>this|next|last|the)[ ]year)",
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


@rule(rf"Q(?P<quarter>[1-4])[ ](?:of[ ])?(?:{YEAR}|(?P<other>last|next|this)[ ]year)", keys=("q",))
def _quarter(found: re.Match[str], context: Context) -> Meaning:
    number = int(found["year"]) if found["year"] else context.now.year + STEPS[found["other"]]
    first = 3 * int(found["quarter"]) - 2
    return Meaning(
        periods.months(periods.month(number, first), periods.month(number, first + 2)), "calendar months"
    )


@rule(
    rf"(?P<part>early|mid|late)[ -](?:in[ ])?(?:{YEAR}|(?P<other>last|next|this)[ ]year)",
    re.I,
    keys=("early", "mid", "late"),
)
@rule(
    rf"(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -](?:in[ ])?{MONTH}(?:,?[ ]{YEAR})?(?P<other>)(?![ ]\d)",
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
    rf"(?<![£€$]){YEAR}(?![ ]?(?:per[ ]?cent|percent|%|million|billion|bn|dollars|euros|pounds)|-[a-z])",
    keys=(NUMERAL,),
)
def _year(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.year(int(found["year"])), "as printed")


@rule(r"(?:the[ ])?(?:(?:early|mid|late)[- ])?(?P<decade>(?:19|20)\d0)s", keys=(NUMERAL,))
def _decade(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(periods.decade(int(found["decade"])), "as printed")


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
