"""Whatever a path holds: a ledger that opens, or an error that says what is there and what would help."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from detente.errors import LedgerCorrupt, LedgerError, LedgerMissing, LedgerNewer, NotALedger
from detente.ledger import Ledger
from detente.ledger.schema import APPLICATION_ID, VERSION

from . import made


@pytest.fixture
def path(tmp_path):
    """A ledger that was closed."""
    place = tmp_path / "a ledger, 100 % #1?.db"
    with Ledger.open(place, create=True) as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
    return place


def run(path, *statements):
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_what_was_written_is_there_after_opening_again(path):
    for options in ({}, {"create": True}, {"readonly": True}):
        with Ledger.open(str(path), **options) as ledger:
            assert ledger.path == path
            assert list(ledger.records()) == sorted(made.records(made.article()), key=lambda r: (min(e.start for e in r.core), r.id))
            assert ledger.check() == []


def test_nothing_is_left_beside_a_ledger_that_was_closed(path):
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_file_says_what_it_is(path):
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        strict = raw.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        assert all(is_strict for _, is_strict in strict)


def _other(path, application=0, version=0):
    run(path, "CREATE TABLE t (a)", f"PRAGMA application_id = {application}", f"PRAGMA user_version = {version}")


NOT_LEDGERS = {
    "a text": lambda p: p.write_text("President Ana Velkova spoke.\n"),
    "random bytes": lambda p: p.write_bytes(bytes(range(256)) * 64),
    "one byte": lambda p: p.write_bytes(b"S"),
    "an image": lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "another program's database": _other,
    "another program's, with its name": lambda p: _other(p, application=42, version=1),
    "a folder": lambda p: p.mkdir(),
}


@pytest.mark.parametrize("options", [{}, {"create": True}, {"readonly": True}], ids=str)
@pytest.mark.parametrize("name", NOT_LEDGERS)
def test_what_is_no_ledger_is_refused_and_not_touched(tmp_path, name, options):
    path = tmp_path / "x.db"
    NOT_LEDGERS[name](path)
    before = path.is_file() and path.read_bytes()
    with pytest.raises(NotALedger, match=r"x\.db") as caught:
        Ledger.open(path, **options)
    assert caught.value.remedy
    assert (path.is_file() and path.read_bytes()) == before


@pytest.mark.parametrize("options", [{}, {"readonly": True}, {"readonly": True, "create": True}], ids=str)
def test_no_file(tmp_path, options):
    with pytest.raises(LedgerMissing, match="no ledger here") as caught:
        Ledger.open(tmp_path / "none.db", **options)
    assert "detente read" in caught.value.remedy
    assert "--ledger" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path):
    with pytest.raises(LedgerMissing, match="no folder") as caught:
        Ledger.open(tmp_path / "a" / "b.db", create=True)
    assert "mkdir -p" in caught.value.remedy


def test_an_empty_file_becomes_a_ledger_only_on_demand(tmp_path):
    path = tmp_path / "x.db"
    path.touch()
    with pytest.raises(NotALedger, match="an empty file"):
        Ledger.open(path)
    with Ledger.open(path, create=True) as ledger:
        assert ledger.check() == []


def test_a_database_that_was_begun_and_not_made(tmp_path):
    path = tmp_path / "x.db"
    run(path, "PRAGMA journal_mode = WAL")
    with pytest.raises(NotALedger, match="an empty database"):
        Ledger.open(path)
    with Ledger.open(path, create=True) as ledger:
        assert ledger.counts()["articles"] == 0


@pytest.mark.parametrize("options", [{}, {"create": True}, {"readonly": True}], ids=str)
def test_a_ledger_of_a_later_version(path, options):
    run(path, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(LedgerNewer, match=f"schema {VERSION + 1}, expected {VERSION}") as caught:
        Ledger.open(path, **options)
    assert "upgrade" in caught.value.remedy


def test_a_ledger_of_an_earlier_version_is_not_changed_by_a_reader(path):
    run(path, "PRAGMA user_version = 0")
    with pytest.raises(LedgerError, match="opened for reading only"):
        Ledger.open(path, readonly=True)


# ------------------------------------------------------------------ damage


def read_all(path):
    """Read everything, as a person would who goes through all pages; the faults that `check` finds."""
    with Ledger.open(path) as ledger:
        found = ledger.check()
        list(ledger.records())
        list(ledger.articles)
        return found


def refuse_faults(found):
    if found:
        raise LedgerCorrupt(f"damaged: {found}")


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_file_cut_short(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LedgerCorrupt, match="damaged") as caught:
        read_all(path)
    assert "backup" in caught.value.remedy


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.4, 0.6, 0.8])
@pytest.mark.parametrize("junk", [b"\x00", b"\xff", b"Velkova "], ids=["zeros", "ones", "words"])
def test_a_file_partly_overwritten(path, share, junk):
    content = bytearray(path.read_bytes())
    start = max(100, int(len(content) * share))
    content[start : start + 8192] = (junk * 8192)[:8192]
    path.write_bytes(content[: len(content)])
    with pytest.raises(LedgerCorrupt, match="damaged"):
        refuse_faults(read_all(path))


def test_a_header_overwritten(path):
    content = bytearray(path.read_bytes())
    content[16:100] = bytes(84)
    path.write_bytes(content)
    with pytest.raises((LedgerCorrupt, NotALedger)):
        Ledger.open(path)


# ------------------------------------------------------------------ no right to write


@contextmanager
def unprivileged():
    """As a user whom file modes bind, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf(path):
    """The ledger in a folder that anybody may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        copy = folder / "a.db"
        copy.write_bytes(path.read_bytes())
        yield copy
        folder.chmod(0o755)


def test_a_file_that_can_only_be_read(shelf):
    shelf.chmod(0o444)
    shelf.parent.chmod(0o777)
    with unprivileged():
        for options in ({"readonly": True}, {}):
            with Ledger.open(shelf, **options) as ledger:
                assert len(ledger.records()) == 7
                with pytest.raises(LedgerError, match="can only be read") as caught:
                    ledger.judge(ledger.statements[0], "accept", by="A. Reader")
                assert "chmod u+w" in caught.value.remedy


def test_a_folder_that_can_only_be_read(shelf):
    shelf.chmod(0o444)
    shelf.parent.chmod(0o555)
    with unprivileged(), Ledger.open(shelf, readonly=True) as ledger:
        assert len(ledger.records()) == 7
        assert ledger.check() == []


def test_a_file_that_cannot_be_read(shelf):
    shelf.chmod(0)
    with unprivileged(), pytest.raises(LedgerError, match="cannot be read") as caught:
        Ledger.open(shelf)
    assert "chmod u+r" in caught.value.remedy


def test_a_ledger_opened_for_reading_is_not_written(path):
    before = path.read_bytes()
    with Ledger.open(path, readonly=True) as ledger, pytest.raises(LedgerError, match="can only be read"):
        ledger.add(made.article("Other words."), [])
    assert path.read_bytes() == before


def test_a_new_ledger_in_which_nothing_was_kept_is_removed_again(tmp_path):
    path = tmp_path / "a.db"
    with pytest.raises(KeyError), Ledger.filling(path):
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    with Ledger.filling(path) as ledger:
        ledger.add(made.article(), [])
    with Ledger.filling(path):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


def test_an_empty_ledger_that_was_there_or_that_another_has_open_stays(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.filling(path), Ledger.open(path) as other:
        other.add(made.article(), [])
    with Ledger.open(path) as ledger:
        assert ledger.counts()["articles"] == 1
    Ledger.open(tmp_path / "b.db", create=True).close()
    with Ledger.filling(tmp_path / "b.db"):
        pass
    assert (tmp_path / "b.db").exists()
