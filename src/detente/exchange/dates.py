"""How fine a date of EDTF (ISO 8601-2) is, and its last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from detente.records import Granularity

_POINT = re.compile(r"(\d{3}[\dX])(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")
_SEASONS = range(21, 42)  # ISO 8601-2: from spring, 21, to the semesters, 41


def granularity(edtf: str | None) -> Granularity | None:
    """How fine a date is: day, month, season, year, decade, interval; `None` where it is unknown or not EDTF."""
    if not edtf:
        return None
    if "/" in edtf:
        return "interval"
    match = _POINT.fullmatch(edtf)
    if not match:
        return None
    year, month, day = match.groups()
    if month is None:
        return "decade" if year.endswith("X") else "year"
    if int(month) in _SEASONS:
        return "season"
    return "day" if day else "month"


def last_day(edtf: str | None) -> date | None:
    """The last day of a day, month, year, or of an interval that ends in one; `None` where that cannot be told."""
    end = (edtf or "").rpartition("/")[2]
    match = _POINT.fullmatch(end)
    if not match or match[1].endswith("X") or (match[2] and int(match[2]) in _SEASONS):
        return None
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3]) if match[3] else monthrange(year, month)[1])
    except ValueError:  # a month or a day that the calendar does not have
        return None
