"""Full-text search."""

from __future__ import annotations

from detente.ledger import Hit
from detente.ledger.search import CLOSE, OPEN
from detente.records import KINDS, Actor, Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.entries import Entry, Source
from detente.web.tables import of_rows

_AT_FIRST = 50
_MOST = 1000


class Found(Part, frozen=True, kw_only=True):
    """Something found: a record as an entry, or an article with the words around."""

    kind: str
    snippet: str
    source: Source
    entry: Entry | None


class SearchPage(Part, frozen=True, kw_only=True):
    """What was found.

    Args:
        more: whether there is more than `limit`.
        actors: persons and bodies of exactly this name.
    """

    q: str
    kind: str | None
    limit: int
    more: bool
    actors: tuple[Actor, ...]
    found: tuple[Found, ...]


def search(ask: Ask) -> View:
    """The page of a search."""
    ask.only("q", "kind", "limit")
    q, kind = ask.one("q") or "", ask.one("kind")
    limit = ask.number("limit", _AT_FIRST, 1, _MOST)
    hits = ask.ledger.search(q, kind, limit + 1)
    shown = SearchPage(
        q=q, kind=kind, limit=limit, more=len(hits) > limit,
        actors=tuple(ask.ledger.actors.where(name=q)) if q else (),
        found=tuple(_found(ask, hit) for hit in hits[:limit]),
    )  # fmt: skip
    columns = ("kind", "id", "words", "article", "title", "outlet", "published", "review")
    kinds = ("article", *KINDS)
    return View(
        template="search.html", shown=shown, table=of_rows(columns, map(_row, shown.found)), marked={"choices": kinds}
    )


def _found(ask: Ask, hit: Hit) -> Found:
    source, _ = ask.reader.article(hit.article)
    entry = None if hit.kind == "article" else ask.reader.entry(ask.ledger.get(hit.id))
    return Found(kind=hit.kind, snippet=hit.snippet, source=source, entry=entry)


def _row(found: Found) -> dict[str, object]:
    return {
        "kind": found.kind,
        "id": found.entry.record.id if found.entry else found.source.id,
        "words": found.entry.sentence if found.entry else found.snippet.replace(OPEN, "").replace(CLOSE, ""),
        "article": found.source.id,
        "title": found.source.name,
        "outlet": found.source.publisher,
        "published": found.source.published,
        "review": found.entry.record.review if found.entry else None,
    }
