"""Rows of marks on one scale, as SVG: widths in percent and text in pixels, so that one drawing reads at any width.

Nothing is told by colour alone: what differs differs in form, place or words too. Colours are the style sheet's, by
class, so that the same drawing is good on light and on dark ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, floor, log, log10
from typing import Any, NamedTuple

from markupsafe import Markup

from detente.weighing.report_lines import Grounds
from detente.weighing.svg import element, lines, text

Leads = Callable[[Grounds], str | None]
"""Where a mark leads to: an address of what it rests on; `None` where there is none."""

_LABEL, _BAR, _SHAPE, _GROUP, _GAP, _FOOT = 17.0, 18.0, 26.0, 28.0, 8.0, 22.0
# Of a line, which has room on a telephone; a label leaves room for the numbers beside it.
_CHARACTERS, _LEAST = 46, 20
_MOST_LINES = 4
_NOTHING = 1e-9
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Axis(NamedTuple):
    """A scale.

    Args:
        low: at the left-hand edge.
        high: at the right-hand one.
        ticks: places on it, with what is written there.
        ratio: whether equal steps are equal ratios.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    ratio: bool = False

    def at(self, value: float) -> float:
        """The place of a value, in percent of the width; what lies beyond an edge is put on it."""
        low, high = (log(self.low), log(self.high)) if self.ratio else (self.low, self.high)
        place = ((log(max(value, self.low)) if self.ratio else value) - low) / (high - low)
        return 100.0 * min(1.0, max(0.0, place))


SCALE = Axis(0.0, 100.0, tuple((float(n), str(n)) for n in (0, 25, 50, 75, 100)))
SHARES = Axis(0.0, 1.0, tuple((n / 4, f"{n * 25}%") for n in range(5)))


def axis_of(values: Sequence[float]) -> Axis:
    """A scale on which all values lie, and 0, with about five round ticks."""
    low, high = min((0.0, *values)), max((0.0, *values))
    if high - low < _NOTHING:
        high = low + 1.0
    width = high - low
    power = 10.0 ** floor(log10(width / 4))
    step = next(s * power for s in _STEPS if s * power >= width / 4)
    first, last = floor(low / step + 1e-9), max(ceil(high / step - 1e-9), floor(low / step) + 1)
    ticks = tuple((n * step, f"{n * step:.4g}".replace("-", "−")) for n in range(first, last + 1))
    return Axis(ticks[0][0], ticks[-1][0], ticks)


class Row(NamedTuple):
    """A label with its numbers, and under it a bar with a mark.

    Args:
        label: what it is.
        value: its numbers in words.
        low: where the bar begins.
        high: where it ends.
        mark: the value itself; `None` where only an interval is known.
        on: what the numbers rest on.
        chosen: whether it is the one to which the others are to be compared.
        shape: the distribution in equal parts of the scale, shares of 1; empty where it is not known.
        group: what it belongs to; a heading where it changes.
    """

    label: str
    value: str
    low: float
    high: float
    mark: float | None = None
    on: Grounds | None = None
    chosen: bool = False
    shape: tuple[float, ...] = ()
    group: str = ""


def rows(
    title: str, says: str, axis: Axis, bars: Sequence[Row], leads: Leads, *,
    line: float | None = None, band: tuple[float, float] | None = None,
) -> Drawing:  # fmt: skip
    """A drawing of rows under one another.

    Args:
        title: what it shows.
        says: how it is to be read, for those who do not see it too.
        bars: from top to bottom.
        leads: where the marks lead to.
        line: a value to which all are to be compared.
        band: an interval of the same kind.
    """
    y, drawn, group = 0.0, list[Markup](), ""
    for bar in bars:
        if bar.group and bar.group != group:
            heading = lines(bar.group, _CHARACTERS - 4, _MOST_LINES)
            drawn += [text(words, 0, y + _LABEL * (n + 1), class_="group") for n, words in enumerate(heading)]
            y += _LABEL * (len(heading) - 1) + _GROUP
        group = bar.group
        height = _height(bar)
        drawn.append(_linked(bar, leads, *_row(bar, axis, y)))
        y += height
    behind = [*_band(axis, band, y), *(_rule(axis.at(tick), y, "tick") for tick, _ in axis.ticks[1:-1])]
    behind += [_rule(axis.at(line), y, "against")] if line is not None else []
    feet = [_foot(axis.at(tick), words, y) for tick, words in axis.ticks]
    return figure(title, says, y + _FOOT, *behind, *drawn, *feet)


class Drawing(NamedTuple):
    """A drawing with its words.

    Args:
        title: what it shows.
        says: how it is to be read.
        svg: the drawing, which holds both for those who do not see it.
    """

    title: str
    says: str
    svg: Markup


def figure(title: str, says: str, height: float, *inner: Markup) -> Drawing:
    """A whole drawing, as wide as there is room.

    Args:
        height: in pixels.
    """
    named = element("title", title), element("desc", says)
    svg = element(
        "svg", *named, *inner, xmlns="http://www.w3.org/2000/svg", width="100%", height=height, role="group",
        aria_label=title, class_="plot", overflow="visible",
    )  # fmt: skip
    return Drawing(title, says, svg)


def across(percent: float) -> str:
    """A width or a place in percent, as SVG writes it."""
    return f"{percent:.2f}%"


def at_place(percent: float, y: float, *inner: Markup) -> Markup:
    """What is drawn in pixels around a place that is given in percent."""
    return element("svg", *inner, x=across(percent), y=y, overflow="visible")


def mark(percent: float, y: float, *, chosen: bool) -> Markup:
    """The sign for a value: a full diamond for the chosen one, an open circle for the others."""
    sign = element("path", d="M0 -7L7 0L0 7L-7 0Z") if chosen else element("circle", r=5)
    return element("g", at_place(percent, y, sign), class_="mark chosen" if chosen else "mark")


def _height(bar: Row) -> float:
    return _LABEL * len(_label(bar)) + (_SHAPE if bar.shape else 0.0) + _BAR + _GAP


def _label(bar: Row) -> list[str]:
    return lines(bar.label, max(_LEAST, _CHARACTERS - len(bar.value)), _MOST_LINES)


def _row(bar: Row, axis: Axis, y: float) -> Iterator[Markup]:
    for n, words in enumerate(_label(bar), 1):
        yield text(words, 0, y + n * _LABEL - 3, class_="label")
    yield element("text", bar.value, x="100%", y=y + _LABEL - 3, class_="value", text_anchor="end")
    y += _LABEL * len(_label(bar))
    if bar.shape:
        yield from _shape(bar.shape, y)
        y += _SHAPE
    middle, ends = y + _BAR / 2, (axis.at(bar.low), axis.at(bar.high))
    yield element("line", x1="0%", x2="100%", y1=middle, y2=middle, class_="rule")
    yield element("rect", x=across(ends[0]), width=across(ends[1] - ends[0]), y=middle - 4, height=8, class_="range")
    if bar.mark is not None:
        yield mark(axis.at(bar.mark), middle, chosen=bar.chosen)


def _shape(shape: Sequence[float], y: float) -> Iterator[Markup]:
    """Columns as high as the shares, the highest as high as there is room."""
    width, most = 100.0 / len(shape), max(shape)
    for n, share in enumerate(shape):
        if share:
            high = max(1.0, (_SHAPE - 2.0) * share / most)
            yield element("rect", x=across(n * width), width=across(width), y=y + _SHAPE - high, height=high, class_="share")


def _linked(bar: Row, leads: Leads, *inner: Markup) -> Markup:
    """The row with what it says; a link where there is something that it rests on."""
    href = leads(bar.on) if bar.on else None
    says = f"{bar.label}: {bar.value}" + (f"; rests on {bar.on}" if bar.on else "")
    name, more = ("a", {"href": href}) if href else ("g", dict[str, Any]())
    class_ = "row chosen" if bar.chosen else "row"
    return element(name, element("title", says), *inner, class_=class_, **more)


def _rule(percent: float, bottom: float, class_: str) -> Markup:
    return element("line", x1=across(percent), x2=across(percent), y1=0, y2=bottom, class_=class_)


def _band(axis: Axis, band: tuple[float, float] | None, bottom: float) -> Iterator[Markup]:
    if band:
        left, right = (axis.at(edge) for edge in band)
        yield element("rect", x=across(left), width=across(max(right - left, 0.3)), y=0, height=bottom, class_="band")


def _foot(percent: float, words: str, bottom: float) -> Markup:
    anchor = "start" if percent < 1 else "end" if percent > 99 else "middle"
    return element("text", words, x=across(percent), y=bottom + 16, class_="foot", text_anchor=anchor)
