"""What an article does not say of itself, and what its first lines suggest: a person says which outlet and which day it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.actors.names import fold
from detente.articles import masthead
from detente.articles.check import latest_day
from detente.ledger import Ledger
from detente.reading.dates import find_dates
from detente.records import Article, Part, text_id

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Suggestion(Part, frozen=True, kw_only=True):
    """What the first lines of an article suggest; nothing of it holds before a person says so.

    Args:
        words: the line that it is read from; empty where nothing is suggested.
    """

    publisher: str | None = None
    published: str | None = None
    words: str = ""


class Unplaced(Part, frozen=True, kw_only=True):
    """An article whose outlet or day is not known.

    Args:
        publisher: what is known already, as is `published`.
    """

    id: str
    name: str
    origin: str
    publisher: str | None
    published: str | None
    suggestion: Suggestion


def unplaced(ledger: Ledger, *, most: int, keys: Iterable[str] = ()) -> tuple[int, tuple[Unplaced, ...]]:
    """Articles whose outlet or day is not known, and how many there are.

    An article in which words were redacted is left out: its text cannot be read again as the same one.

    Args:
        ledger: whose articles.
        most: how many are given back at most.
        keys: ids that are asked about; empty for the whole ledger.
    """
    wanted = tuple(keys)
    among = f" AND id IN ({', '.join('?' * len(wanted))})" if wanted else ""
    lacking = f"FROM articles WHERE (publisher IS NULL OR published IS NULL){among}"
    total = ledger.connection.number(f"SELECT count(*) {lacking}", wanted)
    ids = ledger.connection.column(f"SELECT id {lacking} ORDER BY rowid LIMIT ?", (*wanted, most))
    known = ledger.connection.column(
        "SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL LIMIT 1000"
    )
    found = (ledger.article(key) for key in ids)
    return total, tuple(_unplaced(article, known) for article in found if text_id(article.text) == article.id)


def suggestion(text: str, known: Iterable[str] = ()) -> Suggestion:
    """What the first lines of a text say of its outlet and day: "The Marland Herald, 8 May 2026".

    Args:
        text: the article's.
        known: names of outlets that are on record.
    """
    outlets = {fold(name): name for name in known}  # "The Ostrava Courier" is the "Ostrava Courier" that is on record
    for line in masthead.head(text):
        for found in find_dates(line, None):
            if found.edtf and _DAY.fullmatch(found.edtf) and found.edtf <= latest_day().isoformat():
                before = line[: found.span[0]].strip(masthead.EDGES)
                before = masthead.LEADS.sub("", before).strip(masthead.EDGES)
                publisher = outlets.get(fold(before)) or (before if masthead.is_paper(before) else None)
                return Suggestion(publisher=publisher, published=found.edtf, words=line)
    return Suggestion()


def _unplaced(article: Article, known: list[str]) -> Unplaced:
    return Unplaced(
        id=article.id, name=article.name, origin=article.origin, publisher=article.publisher,
        published=article.published, suggestion=suggestion(article.text, known),
    )  # fmt: skip
