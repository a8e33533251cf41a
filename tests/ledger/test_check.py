"""Damage of each sort is found and named; backups are whole."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from detente.errors import LedgerCorrupt, LedgerError
from detente.ledger import Ledger

from . import made


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "a.db"
    with Ledger.open(place, create=True) as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        ledger.judge(ledger.statements[0], "edit", by="A. Reader", field="mode", new="mixed")
        assert ledger.check() == []
    return place


TRIGGERS = ("articles_keep_their_text", "judgements_refuse_update", "judgements_refuse_delete", "record_words_update", "article_words_update")
DAMAGE = [
    ("a word of an article", "UPDATE articles SET text = replace(text, 'crowns', 'pounds')", "the text is not the one|the text has"),
    ("an article's data", "UPDATE articles SET json = '{}'", "not a record"),
    ("a word of a record", "UPDATE records SET value = replace(value, 'monitoring mission\"', 'monitoring missile\"') WHERE kind = 'term'", "the text has"),
    ("an offset", "UPDATE records SET value = replace(value, '\"start\":', '\"start\":1') WHERE kind = 'term'", "the text has"),
    ("a record's data", "UPDATE records SET value = substr(value, 1, 40) WHERE kind = 'statement'", "not a record"),
    ("not a record", "UPDATE records SET value = (SELECT json FROM actors LIMIT 1) WHERE kind = 'term'", "expected a record"),
    ("a column", "UPDATE records SET review = 'accepted' WHERE kind = 'term'", "do not agree"),
    ("the kind", "UPDATE records SET kind = 'event' WHERE kind = 'term'", "do not agree"),
    ("a decided value", "UPDATE records SET value = replace(value, 'mixed', 'direct') WHERE review = 'edited'", "judgements"),
    ("the proposal", "UPDATE records SET proposal = replace(proposal, 'Velkova', 'Velkov') WHERE proposal IS NOT NULL", "proposed is not"),
    ("a judgement", "UPDATE judgements SET new = '\"direct\"'", "not what its judgements give"),
    ("where a judgement starts", "UPDATE judgements SET old = '\"direct\"'", "starts from|proposed is not"),
    ("no judgement", "DELETE FROM judgements", "accepted|edited"),
    ("the words searched", "UPDATE records SET words = 'something else' WHERE kind = 'term'", "index record_words"),
    ("an article gone", "DELETE FROM articles", "refers to something"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "message"), [pytest.param(*case[1:], id=case[0]) for case in DAMAGE])
def test_damage_is_found(path, sql, message):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for trigger in TRIGGERS:
            raw.execute(f"DROP TRIGGER {trigger}")
        assert raw.execute(sql).rowcount >= 1
    with Ledger.open(path) as ledger:
        found = ledger.check()
        assert any(re.search(message, fault) for fault in found), found


def test_a_reader_is_told_of_damage_and_given_no_wrong_record(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE records SET value = replace(value, '\"start\":', '\"start\":1')")
        raw.commit()
    with Ledger.open(path) as ledger, pytest.raises(LedgerCorrupt, match="the text has"):
        list(ledger.records())


def test_a_ledger_open_for_reading_can_be_checked(path):
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.check() == []


def test_a_backup_is_a_whole_ledger_in_one_file(path, tmp_path):
    target = tmp_path / "copies" / "b.db"
    target.parent.mkdir()
    with Ledger.open(path) as ledger:
        ledger.backup(target)
        ledger.add(made.article("Afterwards."), [])
    assert [p.name for p in target.parent.iterdir()] == ["b.db"]
    with Ledger.open(target) as copy:
        assert copy.check() == []
        assert copy.counts()["judgements"] == 1
        assert copy.counts()["articles"] == 1
        assert copy.add(made.article("Into the copy."), []).article_new


def test_a_backup_while_another_connection_writes(path, tmp_path):
    with Ledger.open(path) as ledger, Ledger.open(path) as other, other.connection.writing():
        other.add(made.article("On its way."), [])
        ledger.backup(tmp_path / "b.db")
    with Ledger.open(tmp_path / "b.db") as copy:
        assert copy.counts()["articles"] == 1


def test_a_backup_never_overwrites(path, tmp_path):
    target = tmp_path / "b.db"
    target.write_text("a person's notes")
    with Ledger.open(path) as ledger:
        for place in (target, path, tmp_path):
            with pytest.raises(LedgerError, match="expected a new one"):
                ledger.backup(place)
        with pytest.raises(LedgerError, match="no folder"):
            ledger.backup(tmp_path / "none" / "b.db")
    assert target.read_text() == "a person's notes"


def test_a_ledger_in_memory_is_backed_up_into_a_file(tmp_path):
    with Ledger.memory() as ledger:
        ledger.add(made.article(), made.records(made.article()))
        ledger.backup(tmp_path / "b.db")
    with Ledger.open(tmp_path / "b.db") as copy:
        assert len(copy.records()) == 7


def test_a_damaged_ledger_gives_no_backup(path, tmp_path):
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'records_of_article'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    with Ledger.open(path) as ledger, pytest.raises(LedgerCorrupt):
        ledger.backup(tmp_path / "b.db")
    assert not list(tmp_path.glob("b.db*"))
