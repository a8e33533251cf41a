"""SVG elements, escaped. Colours and lines are left to the style sheet, by class."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from markupsafe import Markup, escape

from detente.exchange.xml import legal

LINE = 15.0
"""From one line of text to the next, in units of the drawing."""


def element(name: str, *inner: str, **attributes: Any) -> Markup:
    """One element.

    Args:
        name: such as "g".
        inner: what stands inside: text is escaped, elements are not.
        attributes: `class_` is written `class`, `_` in a name is a hyphen; `None` is left out.
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    said = "".join(f' {key}="{_escaped(_short(value))}"' for key, value in given.items())
    return Markup(f"<{name}{said}>{''.join(map(_escaped, inner))}</{name}>")


def drawing(width: float, height: float, *inner: str, label: str, class_: str) -> Markup:
    """A whole drawing.

    Args:
        width: in its own units, which are pixels where there is room.
        height: the same.
        inner: what is drawn.
        label: what it shows, for those who do not see it; a table of the same stands beside it.
        class_: of the drawing.
    """
    box = f"0 0 {_short(width)} {_short(height)}"
    return element("svg", *inner, viewBox=box, width=width, height=height, role="group", aria_label=label, class_=class_)


def link(href: str, title: str, *inner: str, class_: str | None = None) -> Markup:
    """What leads somewhere when it is clicked, or reached by the keyboard.

    Args:
        title: what it says to who rests on it, and to a screen reader.
    """
    return element("a", element("title", title), *inner, href=href, aria_label=title, class_=class_)


def text(words: str, x: float, y: float, *, class_: str | None = None, anchor: str | None = None) -> Markup:
    """One line of text on its base line."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def lines(words: str, width: int, most: int) -> list[str]:
    """A text in lines.

    Args:
        width: of a line, in characters.
        most: how many lines; what is cut off shows as an ellipsis.
    """
    found = wrap(words, width, max_lines=most, placeholder=" …") or [""]
    # A first word that has no room would be cut off whole.
    return [f"{words.strip()[: width - 1]}…"] if found == ["…"] else found


def _escaped(words: str) -> Markup:
    """What XML can hold, with U+FFFD in the place of what it cannot; an element stays as it is."""
    return words if isinstance(words, Markup) else escape(legal(words))


def _short(value: Any) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
