"""Full-text search over articles and over the words and names of records."""

from __future__ import annotations

from detente.errors import RecordError
from detente.ledger.connection import Connection
from detente.ledger.filters import unknown
from detente.ledger.words import match_expression
from detente.records import KINDS, Part

# Brackets that newspapers do not print: what stands between them in a snippet is what was searched for.
OPEN, CLOSE = "⟦", "⟧"
_WORDS = 24  # in a snippet; FTS5 allows up to 64

_SNIPPET = f"snippet({{index}}, -1, '{OPEN}', '{CLOSE}', '…', {_WORDS})"
_RECORDS = f"""
    SELECT r.id, r.kind, {_SNIPPET.format(index="record_words")}, r.article
    FROM record_words JOIN records r ON r.serial = record_words.rowid
    WHERE record_words MATCH ? AND r.kind = coalesce(?, r.kind) AND r.review <> 'rejected' AND r.merged_into IS NULL
    ORDER BY rank, r.id LIMIT ?"""
_ARTICLES = f"""
    SELECT a.id, 'article', {_SNIPPET.format(index="article_words")}, a.id
    FROM article_words JOIN articles a ON a.serial = article_words.rowid
    WHERE article_words MATCH ? ORDER BY rank, a.id LIMIT ?"""


class Hit(Part, frozen=True, kw_only=True):
    """Something found.

    Args:
        id: of the record or the article.
        kind: the record's kind, or "article".
        snippet: the words around, what was searched for between `OPEN` and `CLOSE`.
        article: id of the article.
    """

    id: str
    kind: str
    snippet: str
    article: str


def search(connection: Connection, words: str, kind: str | None, limit: int) -> list[Hit]:
    """Find words: see `Ledger.search`."""
    if kind is not None and kind != "article" and kind not in KINDS:
        raise unknown("kind", kind, ("article", *KINDS))
    if limit < 1:
        raise RecordError(f"limit: got {limit}, expected 1 or more")
    expression = match_expression(words)
    if expression is None:
        return []
    found = [] if kind == "article" else _hits(connection, _RECORDS, (expression, kind, limit))
    if kind in (None, "article"):
        shown = {hit.article for hit in found}
        found += [h for h in _hits(connection, _ARTICLES, (expression, limit)) if h.article not in shown]
    return found[:limit]


def _hits(connection: Connection, sql: str, parameters: tuple[object, ...]) -> list[Hit]:
    return [
        Hit(id=key, kind=kind, snippet=snippet, article=article)
        for key, kind, snippet, article in connection.rows(sql, parameters)
    ]
