"""A ledger as the filters of an address leave it, so that every question sees the same records.

The filters are put in force inside the connection: for as long as it is open, `records` and `articles` hold what they leave.
Questions, models and counts then need not know of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.ledger import Ledger
from detente.ledger.views import articles as articles_of
from detente.web.choosing import Choice

# What is asked of the article alone also narrows the coverage; what is asked of records does not.
_OF_ARTICLES = ("publisher", "country", "since", "until")
_VIEW = "CREATE TEMP VIEW {0} AS SELECT * FROM main.{0} WHERE serial IN (SELECT serial FROM temp.chosen_{0})"


def narrow(ledger: Ledger, choice: Choice) -> None:
    """Leave a ledger, which is open for this request alone, the records that a choice has.

    Args:
        ledger: open for reading; the file is not written to.
        choice: what is left; with no filter asked, all is left as it is.
    """
    if not choice.asked and not choice.ids:
        return
    ledger.connection.stand_apart()
    # The file was opened for reading; what this writes is of the connection alone.
    ledger.connection.run("PRAGMA query_only = OFF")
    _fill(ledger, "records", *choice.records.sql("r.serial"))
    _fill(ledger, "articles", *_articles(ledger, choice.asked))
    for table in ("records", "articles"):
        ledger.connection.run(_VIEW.format(table))


def _fill(ledger: Ledger, table: str, sql: str, parameters: list[Any]) -> None:
    ledger.connection.run(f"CREATE TEMP TABLE chosen_{table}(serial INTEGER PRIMARY KEY)")
    ledger.connection.run(f"INSERT OR IGNORE INTO temp.chosen_{table} {sql}", parameters)


def _articles(ledger: Ledger, asked: Mapping[str, Any]) -> tuple[str, list[Any]]:
    source = articles_of(ledger.connection)
    conditions = source.conditions({name: asked[name] for name in _OF_ARTICLES if name in asked})
    where = " AND ".join(c.sql for c in conditions) or "1"
    return f"SELECT a.serial FROM {source.tables} WHERE {where}", [p for c in conditions for p in c.parameters]
