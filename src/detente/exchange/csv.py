"""CSV: one tidy table, a row a record, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any

from detente.exchange.base import Account, kinds_among, with_articles
from detente.exchange.flat import columns, row
from detente.ledger import Ledger
from detente.records import AnyRecord

# A spreadsheet takes a cell that begins so for a formula and may run it (OWASP, "CSV Injection"), in full-width form too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# What no table of records carries, whichever format it is in.
TABLE_OMITS = (
    "the articles' texts",
    "judgements, apart from the value and the review that they led to",
    "evidence of single fields, apart from the record's own words",
    "actors' aliases and offices, issues, clusters and weighings",
)


class Csv:
    """Writes CSV as RFC 4180 has it, in UTF-8."""

    name = "csv"
    extension = ".csv"
    binary = False
    omits = TABLE_OMITS

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write records, or all of the ledger, as one table."""
        account = Account()
        with ledger.connection.snapshot(), text_of(stream) as text:
            again, kinds = kinds_among(ledger, records)
            names = list(columns(kinds))
            table = csv.writer(text)
            table.writerow(names)
            for record, article in with_articles(ledger, again):
                found = row(record, article)
                table.writerow([inert(found.get(name, "")) for name in names])
                account.wrote(record)
        return account


@contextmanager
def text_of(stream: IO[bytes]) -> Iterator[TextIOWrapper]:
    """A stream of bytes for text in UTF-8, line ends untouched; it stays open, and is the caller's to close."""
    text = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        yield text
    finally:
        text.detach()


def inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{value}" if str(value).startswith(FORMULA) else value
