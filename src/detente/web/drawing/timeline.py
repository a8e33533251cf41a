"""What happened when: a lane for each kind of record, a mark for each day, each one click from its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from markupsafe import Markup

from detente.weighing.svg import drawing, element, lines, link, text

_WIDTH, _LEFT, _RIGHT, _TOP = 1000.0, 120.0, 20.0, 34.0
_ROW, _BETWEEN = 20.0, 14.0
_CHARACTER = 6.3  # width of a letter, about
_TICKS = ((1, "%-d %b"), (7, "%-d %b"), (30.4, "%b %Y"), (91.3, "%b %Y"), (365.25, "%Y"), (1826.25, "%Y"))
_MOST_TICKS = 11
_MOST_CHARACTERS = 60
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Mark(NamedTuple):
    """Something on the timeline.

    Args:
        lane: where it stands.
        sign: what stands for it.
        title: in a few words.
        first: its first day.
        last: its last one; the same for a day.
        href: where its words are; `None` where no page has them.
        says: all that a reader is told.
        unsure: whether it is planned, hypothetical, negated or hearsay.
    """

    lane: str
    sign: str
    title: str
    first: date
    last: date
    href: str | None
    says: str
    unsure: bool = False


def timeline(marks: Sequence[Mark], today: date | None = None) -> Markup:
    """The drawing.

    Args:
        marks: in any order; lanes come in the order of their first marks.
        today: a day that is drawn as a line: that of the last coverage. What lies ahead of it is written at the edge,
            with its day, so that a far day does not press the rest together.
    """
    order = dict.fromkeys(m.lane for m in marks)
    marks = sorted(marks, key=lambda m: m.first)
    days = [day for m in marks for day in (m.first, m.last) if not today or day <= today] + ([today] if today else [])
    days = days or [day for m in marks for day in (m.first, m.last)]
    scale = _Scale(min(days), max(days)) if days else _Scale(date(2000, 1, 1), date(2000, 1, 2))
    lanes = {lane: [m for m in marks if m.lane == lane] for lane in order}
    y, drawn = _TOP, []
    for name, members in lanes.items():
        rows = _rows(members, scale)
        drawn.append(text(name, 0, y + 15, class_="lane"))
        drawn.append(element("line", x1=0, x2=_WIDTH, y1=y - 4, y2=y - 4, class_="rule"))
        drawn += [_drawn(mark, scale, y + row * _ROW) for mark, row in zip(members, rows, strict=True)]
        y += (max(rows) + 1) * _ROW + _BETWEEN
    ticks = [t for day, words in scale.ticks() for t in _tick(scale.x(day), words, y)]
    now = [element("line", x1=scale.x(today), x2=scale.x(today), y1=_TOP - 8, y2=y, class_="now")] if today else []
    return drawing(_WIDTH, y, *ticks, *now, *drawn, label="What happened when", class_="timeline")


class _Scale:
    """From days to places."""

    def __init__(self, first: date, last: date) -> None:
        margin = timedelta(days=max(1, round((last - first).days * 0.03)))
        self.first, self.last = _shifted(first, -margin), _shifted(last, margin)
        self.days = max(1, (self.last - self.first).days)

    def x(self, day: date) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * min((day - self.first).days, self.days) / self.days

    def beyond(self, day: date) -> bool:
        """Whether a day lies behind the right-hand edge."""
        return day > self.last

    def ticks(self) -> Iterator[tuple[date, str]]:
        """A day for each line of the scale, with what is written there."""
        step, form = next(((s, f) for s, f in _TICKS if self.days / s <= _MOST_TICKS), _TICKS[-1])
        step = max(step, self.days / _MOST_TICKS)
        n = 0
        while (day := _begun(_shifted(self.first, timedelta(days=round(n * step))), step)) <= self.last:
            if day >= self.first:
                yield day, _written(day, form)
            n += 1


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by.days < 0 else date.max


def _begun(day: date, step: float) -> date:
    """The beginning of the month or year that a day falls in, where the scale is that coarse."""
    if step >= 365:
        return date(day.year, 1, 1)
    return day.replace(day=1) if step >= 28 else day


def _written(day: date, form: str) -> str:
    month = _MONTHS[day.month - 1]
    return {"%Y": f"{day.year}", "%b %Y": f"{month} {day.year}"}.get(form, f"{day.day} {month}")


def _tick(x: float, words: str, bottom: float) -> tuple[Markup, Markup]:
    line = element("line", x1=x, x2=x, y1=_TOP - 8, y2=bottom, class_="tick")
    return line, text(words, x, 14, class_="day", anchor="middle")


def _rows(marks: Sequence[Mark], scale: _Scale) -> list[int]:
    """The row of each mark: the first in which its words have room."""
    ends: list[float] = []
    rows = []
    for mark in marks:
        start, end = _extent(mark, scale)
        row = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
        ends[row : row + 1] = [end]
        rows.append(row)
    return rows


def _extent(mark: Mark, scale: _Scale) -> tuple[float, float]:
    width = 22 + _CHARACTER * len(_title(mark, scale))
    left, right = scale.x(mark.first), scale.x(mark.last)
    return (right - width, right + 10) if _to_the_left(mark, scale) else (left - 8, max(left + width, right + 8))


def _to_the_left(mark: Mark, scale: _Scale) -> bool:
    """Whether the words have no room on the right of the mark."""
    return scale.x(mark.first) + 22 + _CHARACTER * len(_title(mark, scale)) > _WIDTH


def _title(mark: Mark, scale: _Scale) -> str:
    title = lines(mark.title, _MOST_CHARACTERS, 1)[0]
    if not scale.beyond(mark.first):
        return title
    return f"{title}, {mark.first.day} {_MONTHS[mark.first.month - 1]} {mark.first.year} →"


def _drawn(mark: Mark, scale: _Scale, y: float) -> Markup:
    x, end = scale.x(mark.first), scale.x(mark.last)
    left = _to_the_left(mark, scale)
    inner = [element("line", x1=x, x2=end, y1=y + 18, y2=y + 18, class_="span")] if mark.last > mark.first else []
    inner.append(text(mark.sign, end if left else x, y + 15, class_="sign", anchor="middle"))
    inner.append(text(_title(mark, scale), (end - 10) if left else x + 10, y + 15, class_="title", anchor="end" if left else None))
    class_ = "mark unsure" if mark.unsure else "mark"
    if mark.href is None:
        return element("g", element("title", mark.says), *inner, class_=class_)
    return link(mark.href, mark.says, *inner, class_=class_)
