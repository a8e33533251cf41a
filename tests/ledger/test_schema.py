"""A ledger of an earlier version is brought up to date when it is opened: all of the way, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from detente.errors import LedgerError
from detente.ledger import Ledger, opening, schema

from . import made


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.open(path, create=True) as ledger:
        ledger.add(made.article(), made.records(made.article()))
    return path


def next_version(monkeypatch, *statements):
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, statements))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(opening, "VERSION", schema.VERSION)


def tables(path):
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("PRAGMA user_version").fetchone()[0], {r[0] for r in raw.execute("SELECT name FROM sqlite_master")}


def test_an_old_ledger_is_migrated_and_keeps_its_records(old, monkeypatch):
    next_version(monkeypatch, "CREATE TABLE notes (id TEXT PRIMARY KEY) STRICT")
    with Ledger.open(old) as ledger:
        assert len(ledger.records()) == 7
        assert ledger.check() == []
    version, names = tables(old)
    assert version == schema.VERSION
    assert "notes" in names


def test_a_new_ledger_goes_through_all_migrations(tmp_path, monkeypatch):
    next_version(monkeypatch, "CREATE TABLE notes (id TEXT PRIMARY KEY) STRICT")
    Ledger.open(tmp_path / "b.db", create=True).close()
    assert "notes" in tables(tmp_path / "b.db")[1]


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(old, monkeypatch):
    before = tables(old)
    next_version(monkeypatch, "CREATE TABLE notes (id TEXT)", "CREATE TABLE articles (id TEXT)")
    with pytest.raises(LedgerError):
        Ledger.open(old)
    assert tables(old) == before


def test_a_reader_does_not_migrate(old, monkeypatch):
    next_version(monkeypatch, "CREATE TABLE notes (id TEXT)")
    with pytest.raises(LedgerError, match="reading only") as caught:
        Ledger.open(old, readonly=True)
    assert "detente check" in caught.value.remedy


def test_an_older_sqlite_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 30, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.30.0")
    for make in (Ledger.memory, lambda: Ledger.open(tmp_path / "a.db", create=True)):
        with pytest.raises(LedgerError, match=r"SQLite 3\.30\.0.*expected 3\.37\.0"):
            make()
