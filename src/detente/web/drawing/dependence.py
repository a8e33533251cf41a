"""What hangs on what: boxes and arrows, each box one click from its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from markupsafe import Markup

from detente.web.drawing.layers import layered
from detente.weighing.svg import LINE, drawing, element, lines, link, text

Fate = Literal["open", "off", "falls"]

_WIDTH, _BETWEEN, _ABOVE, _MARGIN = 200.0, 84.0, 16.0, 6.0
_CHARACTERS, _MOST_LINES = 27, 3
# In words, since nothing may rest on colour or line alone.
_SAID: dict[Fate, str] = {"open": "", "off": "switched off", "falls": "falls"}


class Box(NamedTuple):
    """A thing that hangs on others, or that others hang on.

    Args:
        id: what edges call it.
        title: what it is.
        sort: in a word or two: "term", "in the coalition".
        href: where its words are; `None` where no words bear it.
        needs: ids of the boxes that it hangs on.
        fate: whether it is open, is switched off, or falls because something is.
    """

    id: str
    title: str
    sort: str
    href: str | None
    needs: tuple[str, ...]
    fate: Fate = "open"


def dependence(boxes: Sequence[Box]) -> Markup:
    """The drawing; arrows lead from what hangs on something to that on which it hangs."""
    known = {box.id: box for box in boxes}
    columns = layered({box.id: box.needs for box in boxes})
    placed = _placed(columns, known)
    # To the right of the last column there is room for the arrows of a circle.
    width = len(columns) * (_WIDTH + _BETWEEN) - _BETWEEN / 2 + _MARGIN
    height = max((y + h for _, y, h in placed.values()), default=0.0) + _MARGIN
    arrows = [_arrow(placed[box.id], placed[key], box.fate) for box in boxes for key in box.needs if key in placed and key != box.id]
    drawn = [_box(box, *placed[box.id]) for box in boxes]
    return drawing(width, height, _TIP, *arrows, *drawn, label="What hangs on what", class_="dependence")


_TIP = element(
    "defs",
    element("marker", element("path", d="M0 0 L8 4 L0 8 z"), id="tip", viewBox="0 0 8 8", refX=8, refY=4, markerWidth=7, markerHeight=7, orient="auto"),
)  # fmt: skip


def _placed(columns: list[list[str]], known: dict[str, Box]) -> dict[str, tuple[float, float, float]]:
    """By id, the left edge, the upper edge and the height of a box."""
    placed = {}
    for n, column in enumerate(columns):
        y = _MARGIN
        for key in column:
            height = LINE * len(_lines(known[key])) + 30.0
            placed[key] = (_MARGIN + n * (_WIDTH + _BETWEEN), y, height)
            y += height + _ABOVE
    return placed


def _lines(box: Box) -> list[str]:
    return lines(box.title, _CHARACTERS, _MOST_LINES)


def _box(box: Box, x: float, y: float, height: float) -> Markup:
    said = _SAID[box.fate]
    sort = text(" · ".join(filter(None, (said, lines(box.sort, _CHARACTERS - len(said), 1)[0]))), x + 10, y + 15, class_="sort")
    words = [text(line, x + 10, y + 32 + LINE * n, class_="words") for n, line in enumerate(_lines(box))]
    inner = [element("rect", x=x, y=y, width=_WIDTH, height=height, rx=3), sort, *words]
    title = " – ".join(filter(None, (box.sort, box.title, said)))
    if box.href is None:
        return element("g", element("title", title), *inner, class_=f"box {box.fate}")
    return link(box.href, title, *inner, class_=f"box {box.fate}")


def _arrow(source: tuple[float, float, float], target: tuple[float, float, float], fate: Fate) -> Markup:
    (x, y, h), (u, v, k) = source, target
    start, end = (x + _WIDTH, y + h / 2), (u, v + k / 2)
    if x == u:  # in a circle: round the right-hand side
        end = (u + _WIDTH, v + k / 2)
        bend = x + _WIDTH + 0.45 * _BETWEEN
        path = f"M{start[0]:.1f} {start[1]:.1f} C{bend:.1f} {start[1]:.1f} {bend:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    else:
        middle = (start[0] + end[0]) / 2
        path = f"M{start[0]:.1f} {start[1]:.1f} C{middle:.1f} {start[1]:.1f} {middle:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    return element("path", d=path, class_=f"arrow {fate}", marker_end="url(#tip)")
