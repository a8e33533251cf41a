"""What SQLite reports becomes our error, and the ledger can be used afterwards."""

from __future__ import annotations

import sqlite3

import pytest

from detente.errors import LedgerCorrupt, LedgerError, LedgerLocked, RecordError
from detente.ledger import Ledger
from detente.ledger.connection import translated

from . import made


def test_a_full_disk_keeps_nothing_of_the_step_and_the_rest(tmp_path):
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        ledger.add(made.article("First."), [])
        pages = ledger.connection.number("PRAGMA page_count")
        ledger.connection.row(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LedgerError, match="disk is full") as caught:
            ledger.add(made.article("A long one. " * 20_000), [])
        assert "space" in caught.value.remedy
        ledger.connection.row("PRAGMA max_page_count = 1000000")
        assert [a.text for a in ledger.articles] == ["First."]
        ledger.add(made.article("Second."), [])
        assert ledger.check() == []


def test_an_error_without_a_name_of_its_own_is_told_as_sqlite_tells_it():
    with Ledger.memory() as ledger, pytest.raises(LedgerError, match="SQLite says: no such table"):
        ledger.connection.rows("SELECT * FROM missing")


CODES = [
    (sqlite3.SQLITE_BUSY, LedgerLocked, "another process"),
    (sqlite3.SQLITE_BUSY | 2 << 8, LedgerLocked, "another process"),
    (sqlite3.SQLITE_LOCKED, LedgerLocked, "another process"),
    (sqlite3.SQLITE_CORRUPT, LedgerCorrupt, "damaged"),
    (sqlite3.SQLITE_NOTADB, LedgerCorrupt, "damaged"),
    (sqlite3.SQLITE_READONLY, LedgerError, "can only be read"),
    (sqlite3.SQLITE_CANTOPEN, LedgerError, "cannot be opened"),
    (sqlite3.SQLITE_FULL, LedgerError, "full"),
    (sqlite3.SQLITE_IOERR, LedgerError, "the disk did not take"),
    (sqlite3.SQLITE_ERROR, LedgerError, "SQLite says"),
]


@pytest.mark.parametrize(("code", "kind", "message"), CODES)
def test_each_code_of_sqlite_has_its_error(code, kind, message):
    failure = sqlite3.OperationalError("something failed")
    failure.sqlite_errorcode = code
    with pytest.raises(LedgerError, match=message) as caught, translated("a.db"):
        raise failure
    assert type(caught.value) is kind
    assert caught.value.message.startswith("a.db: ")


def test_bytes_that_are_no_text_are_damage():
    with Ledger.memory() as ledger:
        ledger.add(made.article(), made.records(made.article()))
        with pytest.raises(LedgerCorrupt, match="damaged"):
            ledger.connection.rows("SELECT CAST(x'ff' AS TEXT)")


def test_text_that_has_no_utf8_is_the_callers():
    with Ledger.memory() as ledger, pytest.raises(RecordError, match="UTF-8"):
        ledger.connection.rows("SELECT ?", ("\ud800",))


def test_a_mistake_in_our_own_sql_is_not_hidden():
    with Ledger.memory() as ledger, pytest.raises(sqlite3.ProgrammingError):
        ledger.connection.rows("SELECT ?", ())


def test_a_transaction_that_cannot_begin_leaves_the_ledger_usable(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.open(path, create=True) as one, Ledger.open(path, timeout=0.01) as other:
        with one.connection.writing():
            for _ in range(3):
                with pytest.raises(LedgerLocked):
                    other.add(made.article(), [])
        assert other.add(made.article(), []).article_new


def test_a_snapshot_sees_one_state(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.open(path, create=True) as one, Ledger.open(path) as other:
        with other.connection.snapshot():
            assert len(other.articles) == 0
            one.add(made.article(), [])
            assert len(other.articles) == 0
        assert len(other.articles) == 1
