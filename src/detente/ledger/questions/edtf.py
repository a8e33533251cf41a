"""The last day that an EDTF date allows: what is due "by 2027" is overdue from the first day of 2028."""

from __future__ import annotations

import re
from datetime import date

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?")
_DECADE = re.compile(r"(\d{3})X")


def last_day(edtf: str) -> date | None:
    """The last day of a date, or `None` where it has no end ("from 2027 on") or is not understood.

    Args:
        edtf: a day, month, season, year or decade, or an interval of them.
    """
    # Here and not above: the reading is large, and other questions have no use for it.
    from detente.reading import periods

    end = edtf.rsplit("/", 1)[-1].strip()
    if decade := _DECADE.fullmatch(end):
        return periods.decade(int(decade[1]) * 10).last
    point = _POINT.fullmatch(end)
    if point is None:
        return None
    try:
        return _last(*point.groups())
    except ValueError:
        return None


def _last(year: str, month: str | None, day: str | None) -> date:
    from detente.reading import periods

    seasons = {str(code): name for name, (code, _) in periods.SEASONS.items()}
    if day:
        return date(int(year), int(month or 1), int(day))
    if month in seasons:
        return periods.season(int(year), seasons[month]).last
    if month:
        # Checked here: a month above 12 would run into the next year.
        return periods.month(date(int(year), int(month), 1).year, int(month)).last
    return periods.year(int(year)).last
