"""What a format writes, and what others' readers make of it."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing

import pytest

from detente.exchange import export

from ..ledger import made


def written(ledger, name, records=None):
    stream = io.BytesIO()
    export(ledger, name, stream, records)
    return stream.getvalue()


def account_of(ledger, name, records=None):
    return export(ledger, name, io.BytesIO(), records)


def text_of(name, content):
    """All that a file holds, as text."""
    return _READERS.get(name, bytes.decode)(content)


def workbook(content):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install 'detente[test]'")
    return openpyxl.load_workbook(io.BytesIO(content))


def parquet_rows(content):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'detente[parquet]'")
    return parquet.read_table(io.BytesIO(content)).to_pylist()


def dna_rows(content, sql, parameters=()):
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(content)
        return file.execute(sql, parameters).fetchall()


def _workbook_text(content):
    return "\n".join(str(cell.value) for sheet in workbook(content) for row in sheet.iter_rows() for cell in row)


def _dna_text(content):
    tables = [name for (name,) in dna_rows(content, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(row) for table in tables for row in dna_rows(content, f"SELECT * FROM {table}"))


_READERS = {"xlsx": _workbook_text, "parquet": lambda content: str(parquet_rows(content)), "dna": _dna_text}


def filled(ledger):
    """The made article in a ledger, one record edited and one accepted."""
    article = made.article()
    ledger.add(article, made.records(article), made.ACTORS)
    ledger.judge(ledger.statements[0], "edit", by="A. Reader", field="venue", new="the harbour")
    ledger.judge(ledger.pledges[0], "accept", by="A. Reader")
    return ledger
