"""How many records an article has of each kind, review and category, kept beside them: what counts need not read the records.

A figure over a million records is then a sum over the few rows of each article. A set is counted so where all that is asked of its
members stands in the table (`RecordSet.tallied`); any other is counted from the records themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.ledger.connection import Connection, Row
from detente.ledger.counting import counted
from detente.ledger.schema import TALLIED
from detente.records import AnyRecord, kind_of

if TYPE_CHECKING:
    from detente.ledger.recordset import RecordSet

_OF_VALUE = TALLIED[3:]  # the columns that a record's value decides


def add(connection: Connection, records: Sequence[AnyRecord]) -> None:
    """Count records that are new, and merged into none; triggers follow what becomes of them.

    Args:
        connection: inside a transaction.
        records: written already.
    """
    found = Counter(
        (r.article, kind_of(r), r.review, *(getattr(r, column, None) or "" for column in _OF_VALUE))
        for r in records
    )
    connection.run_many(
        f"INSERT INTO tallies(article, {', '.join(TALLIED)}, n) "
        f"VALUES ((SELECT serial FROM articles WHERE id = ?), ?, ?, '', {'?, ' * len(_OF_VALUE)}?) "
        f"ON CONFLICT (article, {', '.join(TALLIED)}) DO UPDATE SET n = n + excluded.n",
        [(*key, n) for key, n in found.items()],
    )


def number(records: RecordSet[Any]) -> int:
    """How many members a set has."""
    sql, parameters = records.tallies("sum(r.n)") if records.tallied else records.sql("count(*)")
    return int(counted(records.connection, sql, parameters)[0][0] or 0)


def grouped(records: RecordSet[Any], columns: Sequence[str]) -> list[Row]:
    """The values of some columns with their counts, every combination that there is.

    Args:
        records: the set.
        columns: over `r`, and all in `TALLIED`.
    """
    listed = ", ".join(columns)
    sql, parameters = (
        records.tallies(f"{listed}, sum(r.n)") if records.tallied else records.sql(f"{listed}, count(*)")
    )
    return counted(records.connection, f"{sql} GROUP BY {listed}", parameters)


def grouped_by_article(records: RecordSet[Any], columns: Sequence[str]) -> list[Row]:
    """What is said of articles with the counts of their records, every combination that there is.

    Args:
        records: the set.
        columns: over the alias `a`.
    """
    listed, groups = ", ".join(columns), ", ".join(map(str, range(1, len(columns) + 1)))
    if records.tallied:
        # Without counting articles too, which takes a quarter of the time.
        sql, parameters = records.tallies(f"{listed}, sum(r.n)", of_article=True)
        return counted(records.connection, f"{sql} GROUP BY {groups}", parameters)
    sql, parameters = by_article(records, columns)
    return [row[: len(columns) + 1] for row in counted(records.connection, sql, parameters)]


def by_article(records: RecordSet[Any], columns: Sequence[str]) -> tuple[str, list[Any]]:
    """A query over how many records the articles have: a row for each combination of what is said of an article.

    Args:
        records: the set.
        columns: over the alias `a`.

    Returns:
        SQL and what stands for its question marks. Its columns are those asked for, then `n` records, how many of them are
        `proposed`, and in how many `articles`.
    """
    listed, groups = ", ".join(columns), ", ".join(map(str, range(1, len(columns) + 1)))
    if records.tallied:
        sql, parameters = records.tallies(
            f"{listed}, sum(r.n) AS n, sum(r.n * (r.review = 'proposed')) AS proposed, count(DISTINCT r.article) AS articles",
            of_article=True,
        )
        return f"{sql} GROUP BY {groups}", parameters
    # Counted by article first, from an index, so that each is looked up once and not for every record.
    sql, parameters = records.sql(
        "r.article AS article, count(*) AS n, sum(r.review = 'proposed') AS proposed"
    )
    return (
        f"SELECT {listed}, sum(n) AS n, sum(proposed) AS proposed, count(*) AS articles "
        f"FROM ({sql} GROUP BY r.article) JOIN articles a ON a.id = article GROUP BY {groups}",
        parameters,
    )


def faults(connection: Connection) -> Iterator[str]:
    """The articles whose tallies do not agree with their records."""
    columns = ", ".join(TALLIED).replace("merged_into", "CASE WHEN merged_into IS NOT NULL THEN '+' END")
    actual = f"SELECT article, {columns}, count(*) FROM records GROUP BY article, {columns}"
    kept = f"SELECT a.id, {', '.join(f't.{c}' for c in TALLIED)}, n FROM tallied t JOIN articles a ON a.serial = t.article"
    for key in connection.column(
        f"SELECT DISTINCT id FROM (SELECT * FROM ({kept} EXCEPT {actual}) UNION SELECT * FROM ({actual} EXCEPT {kept}))"
    ):
        yield f"article {key}: its records and the counts kept of them do not agree"
