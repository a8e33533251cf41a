"""A part of the coverage, by day, that is few enough records for a question that would go through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from detente.ledger.questions.look import Look

MOST = 3_000
"""Records that a question about everybody goes through at once, but for those of one day, which are never parted."""

# How many records of some kinds each article has, a day's articles together. More than `most` articles are never needed.
_BY_ARTICLE = """SELECT substr(a.published, 1, 10) AS day, max(1, coalesce((SELECT sum(n) FROM tallies t
    WHERE t.article = a.serial AND t.kind IN (SELECT value FROM json_each(?))), 0)) FROM articles a
    WHERE a.published >= ? AND (? IS NULL OR substr(a.published, 1, 10) <= ?) ORDER BY a.published {} LIMIT ?"""


def last_day(look: Look, since: str, kinds: str, most: int) -> str | None:
    """The last day up to which there are not too many records; `None` where there are not too many in all.

    Args:
        look: what the question sees.
        since: the first day.
        kinds: of record, as a JSON list.
        most: records.
    """
    last = _cut(_rows(look, since, kinds, most, "ASC"), most)
    return last if last and articles(look, ">", last) else None


def first_day(look: Look, kinds: str, most: int, least: int) -> str | None:
    """The first day from which on there are not too many records; `None` where there are not too many in all.

    Args:
        look: what the question sees.
        kinds: of record, as a JSON list.
        most: records.
        least: days before the last one that there are in any case.
    """
    rows = _rows(look, "", kinds, most, "DESC")
    first = _cut(rows, most)
    if first is None:
        return None
    first = min(first, (date.fromisoformat(rows[0][0]) - timedelta(days=least)).isoformat())
    return first if articles(look, "<", first) else None


def _rows(look: Look, since: str, kinds: str, most: int, order: str) -> Sequence[tuple[str, int]]:
    asked = (kinds, since, look.as_of, look.as_of, most + 1)
    return look.ledger.connection.rows(_BY_ARTICLE.format(order), asked)


def _cut(rows: Sequence[tuple[str, int]], most: int) -> str | None:
    """The last of the days in their order that fit whole; the first of them in any case."""
    number, fits = 0, None
    for n, (day, records) in enumerate(rows):
        if n and day != rows[n - 1][0]:
            fits = rows[n - 1][0]
        number += records
        if number > most:
            return fits or day
    return None


def articles(look: Look, condition: str, day: str) -> int:
    """How many articles were published before or after a day: those that are not looked at.

    Args:
        look: what the question would see of the whole.
        condition: `<` or `>`.
        day: as YYYY-MM-DD.
    """
    sql = f"""SELECT count(*) FROM articles WHERE substr(published, 1, 10) {condition} ?
        AND (? IS NULL OR substr(published, 1, 10) <= ?)"""
    return look.ledger.connection.number(sql, (day, look.as_of, look.as_of))


def after(day: str) -> str:
    """The next day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
