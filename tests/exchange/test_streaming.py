"""More records take hardly more memory: nothing that has been written is held."""

from __future__ import annotations

import tracemalloc

import pytest

from detente.exchange import export, exporters, parquet, xlsx
from detente.ledger import Ledger, recordset
from detente.records import encode

from ..ledger import made

FEW, MANY = 40, 100  # articles
BUFFERS = 2**18  # bytes that files on the way may still fill, each 64 KiB at most


def ledger_of(number):
    ledger = Ledger.memory()
    with ledger.connection.writing():
        for n in range(number):
            article = made.article(text=f"{made.TEXT}Number {n}.\n", origin=f"coast/{n}.txt")
            ledger.add(article, made.records(article), made.ACTORS if n == 0 else ())
    return ledger


@pytest.fixture(scope="module")
def ledgers():
    with ledger_of(FEW) as few, ledger_of(MANY) as many:
        yield few, many


class Nowhere:
    """A stream that takes everything and keeps nothing."""

    closed = False

    def write(self, some):
        return len(some)

    def writable(self):
        return True

    def readable(self):
        return False

    def seekable(self):
        return False

    def flush(self):
        pass


def peak(ledger, name):
    """The most memory that Python held for an export; SQLite's pages are no part of it."""
    tracemalloc.start()
    try:
        export(ledger, name, Nowhere())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", exporters())
def test_more_records_take_hardly_more_memory(name, ledgers, monkeypatch):
    monkeypatch.setattr(recordset, "_CHUNK", 10)  # of the ledger's records and articles; what is held at a time is small beside FEW
    monkeypatch.setattr(parquet, "ROW_GROUP", 20)
    monkeypatch.setattr(xlsx, "ROWS", 1_000)
    few, many = ledgers
    export(few, name, Nowhere())  # loads what it needs
    grown = peak(many, name) - peak(few, name)
    added = sum(len(encode(record)) for record in many.records()) - sum(len(encode(record)) for record in few.records())
    # As objects of Python the records take several times what they do as JSON.
    assert grown < added / 2 + BUFFERS
