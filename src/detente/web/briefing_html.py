"""A briefing as one HTML file that needs no other."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from detente.web.briefing import Briefing
from detente.web.briefing_markdown import STAMP, stamps, warning
from detente.web.pages.timeline import drawn
from detente.web.templating import template

_STYLES = ("page.css", "records.css", "questions.css", "briefing.css")


def html(briefing: Briefing) -> str:
    """The briefing as one page: its style is in it, its links lead to the articles, and no script runs."""
    static = files("detente.web") / "static"
    style = "\n".join((static / name).read_text(encoding="utf-8") for name in _STYLES)
    # No link of the drawing would lead anywhere: there is no page of records beside a single file.
    drawing = drawn(briefing.happenings, briefing.scope.last, linked=False)
    return template("briefing.html").render(b=briefing, style=Markup(style), drawing=drawing, stamp=STAMP, stamps=stamps, warning=warning(briefing))
