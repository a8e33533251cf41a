"""Records and articles as clustering compares them: with the day of publication, and without what a person has placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from detente.articles import near
from detente.ledger import rows, views
from detente.ledger.clustering.index import chunks, marks
from detente.ledger.connection import Connection
from detente.records import AnyRecord, Article

AROUND = (-1, 0, 1)

# What a person has put together or set apart stays as it is, and a rejected record is the same as nothing.
_STANDS = (
    "r.review <> 'rejected' AND NOT EXISTS (SELECT 1 FROM cluster_members m JOIN clusters c ON c.id = m.cluster "
    "WHERE m.record = r.id AND json_extract(c.json, '$.origin.by') = 'person')"
)


class Dated(NamedTuple):
    """A record beside what its article says of it.

    Args:
        serial: its number in the ledger.
        record: as its judgements leave it.
        article: its article, with the text.
        day: of publication, counted from 1 January of the year 1; `None` unknown.
    """

    serial: int
    record: AnyRecord
    article: Article
    day: int | None

    @property
    def published(self) -> tuple[str, str, int, str]:
        """What things are ordered by: day of publication, unknown ones last, then article and place."""
        return (self.article.published or "9999", self.article.id, rows.place_of(self.record), self.record.id)


def records(connection: Connection, kind: str, serials: Sequence[int]) -> Iterator[Dated]:
    """The records of a kind with these numbers, without those that are rejected or that a person has placed."""
    for part in chunks(serials):
        found = views.load(
            connection, f"r.serial IN ({marks(part)}) AND r.kind = '{kind}' AND {_STANDS}", part
        )
        known = articles(connection, sorted({record.article for _, record in found}))
        for serial, record in found:
            article = known[record.article]
            yield Dated(serial=serial, record=record, article=article, day=ordinal(article.published))


def articles(connection: Connection, keys: Sequence[str]) -> dict[str, Article]:
    """Articles by their ids."""
    found: dict[str, Article] = {}
    for part in chunks(keys):
        of = connection.rows(f"SELECT a.serial FROM articles a WHERE a.id IN ({marks(part)})", part)
        found |= {a.id: a for _, a in views.articles(connection).load([serial for (serial,) in of])}
    return found


def ordinal(day: str | None) -> int | None:
    """A day as a number that grows by one a day; `None` for anything else than a day (YYYY-MM-DD)."""
    try:
        return date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None


def dated_keys(
    hashes: frozenset[int], day: int | None, salt: int, period: int, around: Sequence[int] = (0,)
) -> frozenset[int]:
    """Keys for hashes in the period that holds a day, or in periods beside it.

    Two things that are at most a period apart lie in one period or in two that follow each other: they are found where one
    has the keys of its own, and the other looks in the periods `AROUND` its own.

    Args:
        hashes: of 64 bits.
        day: counted from the year 1; undated things are found among themselves alone.
        salt: keeps the keys of one sort of thing apart from those of another.
        period: length in days, at least 1.
        around: periods, counted from the day's own.
    """
    places = {-1} if day is None else {day // period + step for step in around}
    return frozenset(h ^ _mask(salt, place) for place in places for h in hashes)


@cache
def _mask(salt: int, place: int) -> int:
    return hashed(f"{salt}:{place}")


def hashed(*parts: str) -> int:
    """A hash of 64 bits of some texts in their order."""
    return int(near.runs(list(parts), len(parts))[0])


def span_of_days(days: Sequence[int | None]) -> str:
    """How far apart things were published, in words."""
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return "not all days of publication known"
    apart = max(known) - min(known)
    return "published on one day" if not apart else f"published within {apart + 1} days"
