"""How long peace lasted, as a curve with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from detente.weighing.base_rates import comparable
from detente.weighing.durability import Durability, Survives
from detente.weighing.plot import Axis, Drawing, across, at_place, figure, mark
from detente.weighing.survival import KaplanMeier, Survival
from detente.weighing.svg import element

_YEARS = 5
_HEIGHT, _FOOT, _HEAD = 200.0, 40.0, 8.0
_TIME = Axis(0.0, _YEARS * 1.04, tuple((float(y), f"{y}") for y in range(_YEARS + 1)))
_LEFT = 11.0  # percent of the width, for the shares that are written there


def survival_plot(found: Durability) -> Drawing:
    """The share of comparable cases that lasted, month by month; with few cases the interval and no curve.

    Args:
        found: says which cases are comparable; they are counted again here.
    """
    curve = KaplanMeier(comparable(found.conflict, found.ending))
    months = [curve.at(month / 12) for month in range(_YEARS * 12 + 1)]
    known = found.survival[0].share.point is not None
    says = (
        f"From the end of the fighting to {_YEARS} years after it: the band is the 95 % interval"
        f"{', the line the estimate' if known else '; there are too few cases for an estimate'}"
        f"{'; open circles and bars: with peacekeepers' if any(s.guaranteed for s in found.survival) else ''}."
    )
    drawn = [*_grid(), *_band(months), *(_line(months) if known else ()), *_guaranteed(found.survival)]
    return figure("Share of comparable cases in which peace lasted", says, _HEIGHT + _HEAD + _FOOT, *drawn)


def _x(years: float) -> float:
    return _LEFT + (100.0 - _LEFT) * _TIME.at(years) / 100.0


def _y(share: float) -> float:
    return _HEAD + _HEIGHT * (1.0 - share)


def _grid() -> Iterator[Markup]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield element("line", x1=across(_LEFT), x2="100%", y1=_y(share), y2=_y(share), class_="rule")
        yield element("text", f"{share:.0%}", x=0, y=_y(share) + 4, class_="foot")
    for year, words in _TIME.ticks:
        yield element("text", words, x=across(_x(year)), y=_y(0.0) + 18, class_="foot", text_anchor="middle")
    yield element("text", "years after the fighting ended", x="100%", y=_y(0.0) + 35, class_="foot", text_anchor="end")


def _steps(months: Sequence[Survival]) -> Iterator[tuple[float, float, Survival]]:
    """From, to, in percent of the width, and what holds between: one step for all months in which nothing changes."""
    changes = [s for before, s in pairwise(months) if (s.share, s.low, s.high) != (before.share, before.low, before.high)]
    starts = [months[0], *changes]
    for now, then in zip(starts, [*changes, months[-1]], strict=True):
        yield _x(now.time), _x(then.time), now


def _band(months: Sequence[Survival]) -> Iterator[Markup]:
    for left, right, s in _steps(months):
        height = _y(s.low) - _y(s.high)
        yield element("rect", x=across(left), width=across(right - left), y=_y(s.high), height=height, class_="within")


def _line(months: Sequence[Survival]) -> Iterator[Markup]:
    before = 1.0
    for left, right, s in _steps(months):
        yield element("line", x1=across(left), x2=across(left), y1=_y(before), y2=_y(s.share), class_="curve")
        yield element("line", x1=across(left), x2=across(right), y1=_y(s.share), y2=_y(s.share), class_="curve")
        before = s.share


def _guaranteed(survival: Sequence[Survives]) -> Iterator[Markup]:
    for s in survival:
        if s.guaranteed:
            g = s.guaranteed
            bar = element("line", x1=0, x2=0, y1=_y(g.high), y2=_y(g.low), class_="whisker")
            says = element("title", f"with peacekeepers, {s.years:g} years: {g.low:.0%} to {g.high:.0%}")
            point = [mark(_x(s.years), _y(g.point), chosen=False)] if g.point is not None else []
            yield element("g", says, at_place(_x(s.years), 0, bar), *point, class_="row")
