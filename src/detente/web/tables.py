"""CSV of what a page shows: records by the exchange's exporter, anything else as a tidy table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import TextIOWrapper
from typing import IO, Any

from detente.exchange import exporter
from detente.exchange.csv import inert
from detente.ledger import Ledger
from detente.records import AnyRecord

Table = Callable[[IO[bytes]], None]


def of_records(ledger: Ledger, records: Sequence[AnyRecord]) -> Table:
    """A table of exactly these records, as `detente export --format csv` writes it."""

    def write(stream: IO[bytes]) -> None:
        exporter("csv").write(ledger, stream, records)

    return write


def of_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Table:
    """A table of anything else.

    Args:
        columns: the headings.
        rows: by heading, a text, a number, or several texts; what is left out or `None` is an empty cell.
    """

    def write(stream: IO[bytes]) -> None:
        text = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        table = csv.DictWriter(text, columns)
        table.writeheader()
        table.writerows({column: inert(_cell(row.get(column))) for column in columns} for row in rows)
        text.detach()

    return write


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else value
