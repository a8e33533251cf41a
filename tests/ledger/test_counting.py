"""Counts that are kept are never older than the ledger: whatever writes to it, from wherever."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger, counting

from . import made


@pytest.fixture
def kept(monkeypatch):
    """Everything is kept, however fast it was found, and what was kept before is forgotten."""
    monkeypatch.setattr(counting, "_SLOW", -1)
    counting._kept.clear()
    yield counting._kept
    counting._kept.clear()


@pytest.fixture
def path(tmp_path, kept):
    place = tmp_path / "a.db"
    with Ledger.open(place, create=True) as ledger:
        ledger.add(made.article(), made.records(made.article()), made.ACTORS)
    return place


def asked(ledger):
    statements = ledger.statements.standing()
    return len(statements), statements.facets("mode", "speaker", "month"), statements.coverage()


def test_what_is_asked_again_is_not_counted_again(path, kept):
    with Ledger.open(path, readonly=True) as one, Ledger.open(path, readonly=True) as other:
        first = asked(one)
        number = len(kept)
        assert number >= 4
        assert asked(other) == first
        with other.connection.snapshot():
            assert asked(other) == first
        assert len(kept) == number


@pytest.mark.parametrize("snapshot", [False, True])
def test_every_change_is_seen_at_once(path, kept, snapshot):
    with Ledger.open(path) as writer, Ledger.open(path, readonly=True) as reader:

        def seen():
            if not snapshot:
                return asked(reader)
            with reader.connection.snapshot():
                return asked(reader)

        assert seen()[0] == 2
        for n in range(30):
            article = made.article(f"{made.TEXT} {n}", f"{n}.txt")
            writer.add(article, made.records(article))
            number, facets, found = seen()
            assert number == 2 * (n + 2) == found.records == facets["speaker"][0].count
        writer.judge(writer.statements[0], "reject", by="A. Reader")
        assert seen()[0] == 61


def test_a_snapshot_that_is_held_keeps_nothing_old_for_others(path, kept):
    with (
        Ledger.open(path) as writer,
        Ledger.open(path, readonly=True) as old,
        Ledger.open(path, readonly=True) as new,
    ):
        with old.connection.snapshot():
            assert len(old.articles) == 1
            article = made.article("Another.", "b.txt")
            writer.add(article, [])
            assert asked(old)[2].as_of == "2025-03-02"
            assert len(old.articles) == 1
            assert len(new.articles) == 2
        assert len(old.articles) == 2


def test_a_transaction_that_writes_sees_its_own(path, kept):
    with Ledger.open(path) as ledger:
        assert asked(ledger)[0] == 2
        with pytest.raises(RuntimeError):
            _reject_and_fail(ledger)
        assert asked(ledger)[0] == 2


def _reject_and_fail(ledger):
    with ledger.connection.writing():
        ledger.judge(ledger.statements[0], "reject", by="A. Reader")
        assert asked(ledger)[0] == 1
        raise RuntimeError


def test_a_ledger_in_memory_keeps_nothing(kept):
    with Ledger.memory() as ledger:
        assert asked(ledger)[0] == 0
        assert not kept


def test_no_more_is_kept_than_a_limit(path, kept, monkeypatch):
    monkeypatch.setattr(counting, "_MOST", 3)
    with Ledger.open(path, readonly=True) as ledger:
        asked(ledger)
    assert len(kept) == 3
