"""CSV: one tidy table, a row a record, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import IO, Any

from detente.exchange.flat import columns, row
from detente.ledger import Ledger
from detente.records import RECORD_TYPES, AnyRecord, Article

# A spreadsheet takes a cell that begins so for a formula and may run it (OWASP, "CSV Injection"), in full-width form too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Csv:
    """Writes CSV as RFC 4180 has it, in UTF-8."""

    name = "csv"
    extension = ".csv"
    omits = (
        "the articles' texts",
        "judgements, apart from the value and the review that they led to",
        "evidence of single fields, apart from the record's own words",
        "actors' aliases and offices, issues, clusters and weighings",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> None:
        """Write records, or all of the ledger, as one table."""
        text = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        try:
            with ledger.connection.snapshot():
                _write(ledger, text, ledger.records() if records is None else records)
        finally:
            text.detach()  # the stream is the caller's to close


def _write(ledger: Ledger, text: TextIOWrapper, records: Iterable[AnyRecord]) -> None:
    # The header needs the kinds first; a set of the ledger can be gone through twice, anything else is kept.
    again = records if iter(records) is not records else list(records)
    present = {type(record) for record in again}
    table = csv.DictWriter(text, columns(kind for kind in RECORD_TYPES if kind in present))
    table.writeheader()
    for record, article in _with_articles(ledger, again):
        table.writerow({column: inert(value) for column, value in row(record, article).items()})


def _with_articles(ledger: Ledger, records: Iterable[AnyRecord]) -> Iterator[tuple[AnyRecord, Article]]:
    article: Article | None = None
    for record in records:
        if article is None or article.id != record.article:
            article = ledger.article(record.article)
        yield record, article


def inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{value}" if str(value).startswith(_FORMULA) else value
