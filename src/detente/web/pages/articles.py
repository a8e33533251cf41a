"""The articles, and one article with everything marked that was read from it."""

from __future__ import annotations

from collections import Counter

from detente.records import AnyRecord, Article, Copy, Part, kind_of
from detente.web.answers import View
from detente.web.asking import AddressError, Ask
from detente.web.entries import Entry, Source
from detente.web.marking import anchors, marked, marks_of
from detente.web.tables import of_records, of_rows
from detente.web.wording import KINDS

_FILTERS = ("publisher", "country", "since", "until", "text")


class ArticleLine(Part, frozen=True, kw_only=True):
    """An article in the list: how much was read from it, by kind, rejected records apart."""

    source: Source
    country: str | None
    words: int
    counts: dict[str, int]
    copies: int


class Articles(Part, frozen=True, kw_only=True):
    """A part of the list of articles."""

    total: int
    page: int
    pages: int
    per: int
    asked: dict[str, str]
    articles: tuple[ArticleLine, ...]


class ArticlePage(Part, frozen=True, kw_only=True):
    """One article: where it is from, its text, the kinds that are marked, and their records in the order of the text.

    Args:
        hidden: kinds whose marks are switched off.
        counts: records by kind, whether marked or not.
        rejected: how many records somebody rejected; they are not marked.
    """

    source: Source
    authors: tuple[str, ...]
    country: str | None
    retrieved: str | None
    language: str
    copies: tuple[Copy, ...]
    version_of: str | None
    text: str
    counts: dict[str, int]
    hidden: tuple[str, ...]
    rejected: int
    entries: tuple[Entry, ...]


def articles(ask: Ask) -> View:
    """The page that lists articles."""
    ask.only(*_FILTERS, "page", "per")
    asked = ask.filters()
    found = ask.ledger.articles.where(**asked)
    paging = ask.paging(len(found))
    lines = tuple(line_of(ask, article) for article in found[paging.part])
    shown = Articles(
        total=paging.total, page=paging.page, pages=paging.pages, per=paging.per, asked=asked, articles=lines
    )
    columns = ("id", "title", "origin", "publisher", "country", "published", "status", "words", *(k.plural for k in KINDS.values()))
    return View(template="articles.html", shown=shown, table=of_rows(columns, map(_row, lines)))


def article(ask: Ask) -> View:
    """The page of one article."""
    ask.only("show")
    found = ask.ledger.article(ask.key)
    every = list(ask.ledger.records().where(article=found))
    records = [r for r in every if r.review != "rejected"]
    show = _shown(ask)
    hidden = tuple(kind for kind in KINDS if kind not in show)
    source, layout = ask.reader.article(found.id)
    listed = [r for r in records if kind_of(r) not in hidden]
    shown = ArticlePage(
        source=source, authors=found.authors, country=found.country, retrieved=found.retrieved, language=found.language,
        copies=found.copies, version_of=found.version_of, text=found.text, counts=_counts(records), hidden=hidden,
        rejected=len(every) - len(records), entries=ask.reader.entries(listed),
    )  # fmt: skip
    marks = [mark for record in every for mark in marks_of(record)]
    page = {
        "text": marked(layout, marks, anchors(every), whole=ask.whole),
        "all_entries": ask.reader.entries(records),
        "titled": _begins_with_title(found.text, found.title),
    }
    return View(template="article.html", shown=shown, table=of_records(ask.ledger, listed), marked=page)


def _shown(ask: Ask) -> frozenset[str]:
    """The kinds whose marks are switched on: those that the address names, all where it names none.

    The form always says `none`, since a browser leaves out switches that are off.
    """
    said = ask.many("show")
    if strange := [kind for kind in said if kind not in KINDS and kind != "none"]:
        raise AddressError(f"show: got {strange[0]!r}, expected one of: {', '.join(KINDS)}, none")
    return frozenset(said or KINDS)


def line_of(ask: Ask, article: Article) -> ArticleLine:
    """An article as lists show it."""
    rows = ask.ledger.connection.rows(
        "SELECT kind, count(*) FROM records WHERE article = ? AND review <> 'rejected' GROUP BY kind", (article.id,)
    )
    counts: dict[str, int] = dict(rows)
    return ArticleLine(
        source=Source.of(article), country=article.country, words=len(article.text.split()),
        counts={kind: counts[kind] for kind in KINDS if kind in counts}, copies=len(article.copies),
    )  # fmt: skip


def _counts(records: list[AnyRecord]) -> dict[str, int]:
    found = Counter(kind_of(record) for record in records)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _row(line: ArticleLine) -> dict[str, object]:
    source = line.source
    row: dict[str, object] = {
        "id": source.id, "title": source.name, "origin": source.origin, "publisher": source.publisher,
        "country": line.country, "published": source.published, "status": source.status, "words": line.words,
    }  # fmt: skip
    return row | {kind.plural: line.counts.get(name, 0) for name, kind in KINDS.items()}


def _begins_with_title(text: str, title: str | None) -> bool:
    """Whether the text says its own headline first, so that the page need not."""
    return title is not None and text.lstrip("\ufeff \t\r\n").startswith(title)
