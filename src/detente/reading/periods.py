"""Stretches of days, and how EDTF (ISO 8601-2) writes them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from detente.records import Granularity

DAY = timedelta(days=1)
SEASONS = {"spring": (21, 3), "summer": (22, 6), "autumn": (23, 9), "fall": (23, 9)}


class Period(NamedTuple):
    """From `first` to `last`, both included, with its EDTF form and how fine it is."""

    first: date
    last: date
    edtf: str
    granularity: Granularity


def day(when: date) -> Period:
    """One day."""
    return Period(when, when, when.isoformat(), "day")


def month(year: int, number: int) -> Period:
    """One month; numbers under 1 and over 12 run into the years beside."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = date(year, number, monthrange(year, number)[1])
    return Period(last.replace(day=1), last, f"{year:04}-{number:02}", "month")


def year(number: int) -> Period:
    """One year."""
    return Period(date(number, 1, 1), date(number, 12, 31), f"{number:04}", "year")


def decade(number: int) -> Period:
    """The ten years from a year that ends in 0."""
    return Period(date(number, 1, 1), date(number + 9, 12, 31), f"{number // 10:03}X", "decade")


def season(year: int, name: str) -> Period:
    """A season of a year, its months those of the northern half of the Earth."""
    code, first = SEASONS[name]
    last = month(year, first + 2).last
    return Period(date(year, first, 1), last, f"{year:04}-{code}", "season")


def days(first: date, last: date) -> Period:
    """An interval of days."""
    return Period(first, last, f"{first.isoformat()}/{last.isoformat()}", "interval")


def months(first: Period, last: Period) -> Period:
    """From the beginning of one period to the end of another, each as finely as it is known."""
    return Period(first.first, last.last, f"{_opens(first)}/{_closes(last)}", "interval")


def week(when: date) -> Period:
    """The week, Monday to Sunday, that holds a day."""
    monday = when - when.weekday() * DAY
    return days(monday, monday + 6 * DAY)


def weekend(when: date) -> Period:
    """The Saturday and Sunday of the week that holds a day."""
    saturday = when + (5 - when.weekday()) * DAY
    return days(saturday, saturday + DAY)


def third(whole: Period, which: int) -> Period:
    """The early (0), middle (1) or late (2) third of a year, by months, or of a month, by days."""
    if whole.granularity == "year":
        number = whole.first.year
        return months(month(number, 4 * which + 1), month(number, 4 * which + 4))
    first = whole.first + 10 * which * DAY
    return days(first, whole.last if which == 2 else first + 9 * DAY)


def edge(whole: Period, unit: str, *, last: bool) -> Period:
    """What papers call the end or the start of a week (three days), month (a third), year (a month) or decade (a year)."""
    if unit == "week":
        return days(whole.last - 2 * DAY, whole.last) if last else days(whole.first, whole.first + 2 * DAY)
    if unit == "month":
        return third(whole, 2 if last else 0)
    return around(whole.last if last else whole.first, {"year": "month", "decade": "year"}[unit])


def shifted(when: date, count: int, unit: str) -> date:
    """The day that lies `count` days, weeks, months or years after (before, where negative) another.

    Raises:
        ValueError, OverflowError: there is no such day in the calendar's years 1 to 9999.
    """
    if unit in ("hour", "day", "week", "fortnight"):
        return when + count * {"hour": DAY / 24, "day": DAY, "week": 7 * DAY, "fortnight": 14 * DAY}[unit]
    target = month(when.year, when.month + count * {"month": 1, "year": 12, "decade": 120}[unit])
    return target.first.replace(day=min(when.day, target.last.day))


def around(when: date, unit: str) -> Period:
    """The day, week, month, year or decade that holds a day: as fine as "three weeks ago" tells it."""
    match unit:
        case "week" | "fortnight":
            return week(when)
        case "month":
            return month(when.year, when.month)
        case "year":
            return year(when.year)
        case "decade":
            return decade(when.year // 10 * 10)
        case _:
            return day(when)


def upto(when: date | Period) -> Period:
    """Some time up to a day ("by 2027")."""
    last = when if isinstance(when, date) else when.last
    return Period(date.min, last, f"../{last.isoformat()}", "interval")


def onwards(whole: Period) -> Period:
    """From the beginning of a period on ("since 2014")."""
    return Period(whole.first, date.max, f"{_opens(whole)}/..", "interval")


def _opens(whole: Period) -> str:
    return whole.edtf.split("/")[0] if "/" in whole.edtf else whole.edtf


def _closes(whole: Period) -> str:
    return whole.edtf.split("/")[-1] if "/" in whole.edtf else whole.edtf
