"""The timeline: what happened, was said, was pledged and is due, by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from detente.ledger.questions import LeftOut, Scope
from detente.ledger.questions.look import Look
from detente.records import Part
from detente.web.answers import View
from detente.web.asking import AddressError, Ask
from detente.web.drawing.timeline import Mark, timeline
from detente.web.filtering import Filters
from detente.web.happenings import LANES, Happening, crowded, happenings
from detente.web.tables import of_rows
from detente.web.templating import href, id_path

_OWN = ("as_of", "lane")
_MOST = 250  # marks of a drawing


class TimelinePage(Part, frozen=True, kw_only=True):
    """The timeline.

    Args:
        drawn: how many of the happenings are in the drawing.
        crowded: whether there are too many statements to be in it.
        left_out: records without a day.
    """

    asked: dict[str, Any]
    own: dict[str, Any]
    drawn: int
    crowded: bool
    happenings: tuple[Happening, ...]
    left_out: tuple[LeftOut, ...]
    scope: Scope


def timeline_page(ask: Ask) -> View:
    """The page of the timeline."""
    as_of, lanes = ask.one("as_of"), ask.many("lane")
    if strange := [lane for lane in lanes if lane not in LANES]:
        raise AddressError(f"lane: got {strange[0]!r}, expected one of: {', '.join(LANES)}")
    own = ({"as_of": as_of} if as_of else {}) | ({"lane": lanes} if lanes else {})
    filters = Filters(ask, "/timeline", own=_OWN, kept=own)
    look = Look(ask.ledger, as_of)
    found = tuple(h for h in happenings(look) if not lanes or h.lane in lanes)
    shown = TimelinePage(
        asked=filters.asked, own=own, drawn=min(len(found), _MOST), crowded=crowded(look), happenings=found,
        left_out=tuple(look.left_out), scope=look.scope,
    )  # fmt: skip
    page = {"filters": filters, "drawing": drawn(found[:_MOST], look.scope.last), "lanes": LANES}
    columns = ("lane", "what", "first", "last", "unsure", "records")
    rows = (
        {"lane": h.lane, "what": h.title, "first": h.first, "last": h.last, "unsure": h.unsure, "records": [p.record for p in h.places]}
        for h in found
    )
    return View(template="timeline.html", shown=shown, table=of_rows(columns, rows), marked=page)


def drawn(found: tuple[Happening, ...], today: str | None, *, linked: bool = True) -> Markup:
    """The drawing of a timeline.

    Args:
        today: last day of the coverage, ISO, where one is known.
        linked: whether the marks lead to pages of this server.
    """
    if not found:
        return Markup("")
    return timeline([_mark(h) if linked else _mark(h)._replace(href=None) for h in found], date.fromisoformat(today[:10]) if today else None)


def _mark(h: Happening) -> Mark:
    first = h.places[0]
    several = len(h.places) > 1
    place = href("/records", id=[p.record for p in h.places]) if several else f"{id_path('articles', first.article)}#r-{first.record}"
    told = f", told {len(h.places)} times" if several else ""
    title = f"{h.title} ({len(h.places)})" if several else h.title
    says = f"{h.first}{f' to {h.last}' if h.last != h.first else ''}: {h.title}{f' ({h.unsure})' if h.unsure else ''}{told}"
    return Mark(LANES[h.lane], h.sign, title, date.fromisoformat(h.first), date.fromisoformat(h.last), place, says, h.unsure is not None)
