"""Full-text search over articles and over the words and names of records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from detente.errors import RecordError
from detente.ledger.connection import Connection, Row
from detente.ledger.filters import unknown
from detente.ledger.words import match_expression
from detente.records import KINDS, Part

# Brackets that newspapers do not print: what stands between them in a snippet is what was searched for.
OPEN, CLOSE = "⟦", "⟧"
_MORE = 4  # times as many as are shown are asked for, since some may be rejected, merged or of another kind
_WORDS = 24  # in a snippet; FTS5 allows up to 64

_SNIPPET = f"snippet({{index}}, -1, '{OPEN}', '{CLOSE}', '…', {_WORDS})"
# The best are chosen by the index alone, then looked up, and snippets are made of those that are shown. In one query SQLite looks up
# and makes snippets of all that match: for a word in 33,000 of a million records that took over a second.
# Ranking takes 1.3 µs a match and a look at its length: 1.3 s for a word that all of a million records have, and 35 ms so.
_RANKED_AT_ONCE = 10_000
_RANKED = """
    SELECT rowid, score FROM (
        SELECT rowid, bm25({index}) AS score FROM {index} WHERE {index} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?
    ) ORDER BY score, rowid"""
_LAST = 2**63 - 1
# Before it ranks anything, SQLite counts all that match: 25 ms for each word that all of a million records have. Such a word says nothing
# of which is best: a word in more than half of all has no weight, and those added last are shown first.
_LATEST = "SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
_COMMON = 0.5
_SHOWN = """
    SELECT serial, id FROM records WHERE serial IN (SELECT value FROM json_each(?))
    AND kind = coalesce(?, kind) AND review <> 'rejected' AND merged_into IS NULL"""
_RECORDS = f"""
    SELECT r.serial, r.id, r.kind, {_SNIPPET.format(index="record_words")}, r.article
    FROM record_words JOIN records r ON r.serial = record_words.rowid
    WHERE record_words MATCH ? AND record_words.rowid IN (SELECT value FROM json_each(?))"""
_ARTICLES = f"""
    SELECT a.serial, a.id, 'article', {_SNIPPET.format(index="article_words")}, a.id
    FROM article_words JOIN articles a ON a.serial = article_words.rowid
    WHERE article_words MATCH ? AND article_words.rowid IN (SELECT value FROM json_each(?))"""


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
    found: list[Hit] = []
    if kind != "article":
        found += _hits(connection, _RECORDS, expression, _best(connection, expression, kind, limit))
    if kind in (None, "article") and len(found) < limit:
        shown = {hit.article for hit in found}
        ranked = _ranked(connection, "article_words", expression, _LAST, _RANKED_AT_ONCE)
        best = [serial for serial, _ in ranked[:limit]]
        found += [h for h in _hits(connection, _ARTICLES, expression, best) if h.article not in shown]
    return found[:limit]


def _best(connection: Connection, expression: str, kind: str | None, limit: int) -> list[int]:
    """The serials of the best records that are shown, among the last added; among older ones where those are not enough."""
    found: list[int] = []
    before, number = _LAST, _RANKED_AT_ONCE
    while len(found) < limit:
        ranked = _ranked(connection, "record_words", expression, before, number)
        found += islice(_shown(connection, ranked, kind, limit * _MORE), limit - len(found))
        if len(ranked) < number:
            break
        before, number = min(serial for serial, _ in ranked), number * _MORE * _MORE
    return found


def _ranked(connection: Connection, index: str, expression: str, before: int, number: int) -> list[Row]:
    """Of so many that match, the last of those added before one, the serials with their ranks, the best first."""
    latest = connection.numbers(_LATEST.format(index=index), (expression, before, number))
    if len(latest) == number and number > _COMMON * (latest[0] - latest[-1] + 1):
        return [(serial, -serial) for serial in latest]
    return connection.rows(_RANKED.format(index=index), (expression, before, number))


def _shown(connection: Connection, ranked: list[Row], kind: str | None, at_once: int) -> Iterator[int]:
    """Of records and their ranks those that are shown, the best first; equal ones in the order of their ids."""
    for start in range(0, len(ranked), at_once):
        ranks: dict[int, float] = dict(ranked[start : start + at_once])
        shown = connection.rows(_SHOWN, (json.dumps(list(ranks)), kind))
        yield from (serial for _, _, serial in sorted((ranks[serial], key, serial) for serial, key in shown))


def _hits(connection: Connection, sql: str, expression: str, best: list[int]) -> list[Hit]:
    """The hits of the rows that were chosen, in their order."""
    made = {
        serial: Hit(id=key, kind=kind, snippet=snippet, article=article)
        for serial, key, kind, snippet, article in connection.rows(sql, (expression, json.dumps(best)))
    }
    return [made[serial] for serial in best]
