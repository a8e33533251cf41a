"""What a figure rests on: "3 events · 41 sentences · 12 outlets", from when to when, and how much of it a person has seen."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.language.words import sentences_around
from detente.ledger import rows, tallies
from detente.ledger.counting import counted
from detente.records import Part

if TYPE_CHECKING:
    from detente.ledger.recordset import RecordSet

# Sentences are found in the texts. It took 0.1 ms an article, so that this many records are a matter of a tenth of a second.
MOST_FOR_SENTENCES = 1_000


class Coverage(Part, frozen=True, kw_only=True):
    """What some records rest on.

    Args:
        noun: what is counted, in the plural.
        things: how many there are: records of one cluster are one thing.
        records: how many records, those that are merged into others among them.
        sentences: how many sentences their words stand in; `None` over 1,000 records, where they are not counted.
        articles: how many articles they are from.
        outlets: how many publishers, known by name.
        unnamed: how many of the articles have no publisher's name.
        first: day of the earliest article that has one.
        last: day of the latest.
        undated: how many of the articles have no day.
        as_of: day of the latest article in the whole ledger: what came later is not in it.
        unreviewed: how many of the records no person has judged.
    """

    noun: str
    things: int
    records: int
    sentences: int | None
    articles: int
    outlets: int
    unnamed: int
    first: str | None
    last: str | None
    undated: int
    as_of: str | None
    unreviewed: int

    def __str__(self) -> str:
        sentences = [_number(self.sentences, "sentences")] if self.sentences is not None else []
        unnamed = f" and {_number(self.unnamed, 'articles')} of unknown outlets" if self.unnamed else ""
        return " · ".join(
            [_number(self.things, self.noun), *sentences, _number(self.outlets, "outlets") + unnamed]
        )

    @property
    def dates(self) -> str:
        """From when to when, as of which day, and how much is left to review: a line for a person."""
        span = self.first if self.first == self.last else f"{self.first} to {self.last}"
        undated = f", {_number(self.undated, 'articles')} undated" if self.undated else ""
        seen = f"{self.unreviewed} of {_number(self.records, 'records')} not reviewed"
        return f"{span or 'date unknown'}{undated}; as of {self.as_of or 'an unknown day'}; {seen}"


def coverage(records: RecordSet[Any]) -> Coverage:
    """What records rest on."""
    every, parameters = _every(records)
    by_outlet, asked = _by_outlet(records, every, parameters)
    number, unreviewed, *articles = counted(
        records.connection,
        f"""SELECT coalesce(sum(n), 0), coalesce(sum(proposed), 0), coalesce(sum(articles), 0),
            count(DISTINCT publisher COLLATE NOCASE), coalesce(sum(articles) FILTER (WHERE publisher IS NULL), 0),
            min(published), max(published), coalesce(sum(articles) FILTER (WHERE published IS NULL), 0)
        FROM ({by_outlet})""",
        asked,
    )[0]
    named = dict(zip(("articles", "outlets", "unnamed", "first", "last", "undated"), articles, strict=True))
    as_of = records.connection.column("SELECT max(published) FROM articles")[0]
    return Coverage(
        noun=records.noun, things=_things(records), records=number, unreviewed=unreviewed, as_of=as_of,
        sentences=_sentences(records, every, parameters) if number <= MOST_FOR_SENTENCES else None, **named,
    )  # fmt: skip


def _every(records: RecordSet[Any]) -> tuple[str, list[Any]]:
    """SQL that begins a query over the records and those that are merged into them, as the table `every`."""
    chosen, parameters = records.sql("r.serial, r.id")
    merged = (
        "SELECT m.serial FROM records m JOIN chosen c ON c.id = m.merged_into WHERE m.merged_into IS NOT NULL"
    )
    union = f" UNION {merged}" if _any_merged(records) else ""
    return (
        f"WITH chosen(serial, id) AS ({chosen}), every(serial) AS (SELECT serial FROM chosen{union})",
        parameters,
    )


def _by_outlet(records: RecordSet[Any], every: str, parameters: list[Any]) -> tuple[str, list[Any]]:
    """A query over how many records there are by outlet and day, how many of them nobody has judged, and in how many articles."""
    columns = ("a.publisher COLLATE NOCASE AS publisher", "a.published AS published")
    if not _any_merged(records):
        return tallies.by_article(records, columns)
    counts = (
        f"{every} SELECT {', '.join(columns)}, count(*) AS n, sum(r.review = 'proposed') AS proposed, count(DISTINCT a.id) AS articles "
        "FROM every JOIN records r USING (serial) JOIN articles a ON a.id = r.article GROUP BY 1, 2"
    )
    return counts, parameters


def _any_merged(records: RecordSet[Any]) -> bool:
    return records.connection.row("SELECT 1 FROM records WHERE merged_into IS NOT NULL LIMIT 1") is not None


def _things(records: RecordSet[Any]) -> int:
    """How many there are where records of one cluster count once: all, less those in clusters, and the clusters."""
    if records.connection.row("SELECT 1 FROM cluster_members LIMIT 1") is None:
        return len(records)
    # What a person put together or took apart goes before what a rule put together.
    first = "min((json_extract(c.json, '$.origin.by') <> 'person') || c.id)"
    chosen, parameters = records.sql(
        f"r.serial, {first} AS cluster",
        "JOIN cluster_members m ON m.record = r.id JOIN clusters c ON c.id = m.cluster AND c.of = r.kind",
    )
    # By the members' own column, so that SQLite begins with what is together: 450,000 records took 684 ms with five clusters where it
    # began with all records, and 56 ms so; where half of the records are together, it takes a quarter more.
    sql = f"SELECT count(*), count(DISTINCT cluster) FROM ({chosen} GROUP BY m.record)"
    together, clusters = counted(records.connection, sql, parameters)[0]
    return len(records) - int(together) + int(clusters)


def _sentences(records: RecordSet[Any], every: str, parameters: list[Any]) -> int:
    """How many sentences the core words stand in; one that two records share is one."""
    found = records.connection.rows(
        f"{every} SELECT r.article, r.value FROM every JOIN records r USING (serial) ORDER BY r.article",
        parameters,
    )
    total = 0
    for article, of_article in groupby(found, key=lambda row: row[0]):
        text = records.connection.column("SELECT text FROM articles WHERE id = ?", (article,))[0]
        spans = [(e.start, e.end) for _, value in of_article for e in rows.any_record(value).core]
        total += len(sentences_around(text, spans))
    return total


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun if count != 1 else noun[:-1]}"
