"""Parquet: the table with its types kept, for DuckDB, R, pandas and Polars; unknown is null."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from detente.errors import MissingExtra
from detente.exchange.base import Account, kinds_among, with_articles
from detente.exchange.csv import TABLE_OMITS
from detente.exchange.flat import columns, values
from detente.ledger import Ledger
from detente.records import AnyRecord

if TYPE_CHECKING:
    import pyarrow

# Rows held at a time. Groups of 5,000 take about 40 MiB more than CSV does, of 10,000 about 90 (benchmarks/exporting.py).
ROW_GROUP = 5_000


class Parquet:
    """Writes Apache Parquet, packed with Zstandard."""

    name = "parquet"
    extension = ".parquet"
    binary = True
    omits = TABLE_OMITS

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write records, or all of the ledger, as one table; columns that hold several values are lists."""
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise MissingExtra("pyarrow", "parquet", "a Parquet file") from None
        account = Account()
        with ledger.connection.snapshot():
            again, kinds = kinds_among(ledger, records)
            schema = _schema(columns(kinds))
            with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as file:
                for rows in _groups(_rows(ledger, again, account)):
                    file.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
        return account


def _schema(found: dict[str, type]) -> pyarrow.Schema:
    import pyarrow

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    types[tuple] = pyarrow.list_(pyarrow.string())
    return pyarrow.schema([(name, types[of]) for name, of in found.items()])


def _rows(ledger: Ledger, records: Iterable[AnyRecord], account: Account) -> Iterator[dict[str, Any]]:
    for record, article in with_articles(ledger, records):
        account.wrote(record)
        yield values(record, article)


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, ROW_GROUP)):
        yield group
