"""Several processes and threads on one ledger: one writes, others read, and a kill loses nothing that was kept."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time

import pytest

from detente.errors import LedgerLocked
from detente.ledger import Ledger

from . import made

# Adds articles one after the other, and says of each, once it is kept, that it is.
WRITER = textwrap.dedent(
    """
    import sys
    from detente.ledger import Ledger
    from detente.records import Article, Evidence, Origin, Statement, record_id
    with Ledger.open(sys.argv[1], create=True, timeout=20) as ledger:
        for n in range(int(sys.argv[2]), 1_000_000):
            text = f"Velkova said {n}. " * 50
            article = Article.of(text, f"{n}.txt")
            words = [Evidence.of(text, "content", i, i + 5) for i in range(0, 600, 7)]
            records = [
                Statement(id=record_id(article.id, "statement", [e]), article=article.id, evidence=(e,),
                          origin=Origin(by="rule", name="made"), speaker=None, mode="direct")
                for e in words
            ]
            ledger.add(article, records)
            ledger.judge(records[0], "accept", by="A. Reader")
            print(n, flush=True)
    """
)


def writer(path, start):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(start)], stdout=subprocess.PIPE, text=True)


def test_a_second_writer_waits_and_then_says_that_the_ledger_is_locked(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.open(path, create=True) as one, Ledger.open(path, timeout=0.2) as other, one.connection.writing():
        began = time.monotonic()
        with pytest.raises(LedgerLocked, match="another process is writing") as caught:
            other.add(made.article(), [])
        assert 0.15 < time.monotonic() - began < 3
        assert "wait" in caught.value.remedy


def test_a_second_writer_that_waits_long_enough_succeeds(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.open(path, create=True) as one, Ledger.open(path, timeout=10) as other:
        def hold():
            with one.connection.writing():
                holding.set()
                time.sleep(0.3)

        holding = threading.Event()
        thread = threading.Thread(target=hold)
        thread.start()
        holding.wait()
        assert other.add(made.article(), []).article_new
        thread.join()


def test_two_readers_see_what_is_kept_while_a_writer_goes_on(tmp_path):
    path = tmp_path / "a.db"
    Ledger.open(path, create=True).close()
    process = writer(path, 0)
    try:
        process.stdout.readline()
        with Ledger.open(path, readonly=True) as one, Ledger.open(path, readonly=True) as other:
            for _ in range(30):
                for reader in (one, other):
                    with reader.connection.snapshot():
                        assert len(reader.statements) == 86 * len(reader.articles)
                        assert all(s.content for s in reader.statements[:5])
            grown = len(one.articles)
        assert grown >= 1
    finally:
        process.kill()
        process.communicate(timeout=30)


def test_many_threads_share_one_ledger(tmp_path):
    article = made.article()
    failures = []
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        ledger.add(article, made.records(article), made.ACTORS)
        ids = [r.id for r in ledger.records()]

        def work(name):
            try:
                for key in ids:
                    ledger.judge(key, "accept", by=name)
                    assert ledger.get(key).review == "accepted"
                    assert len(ledger.records().where(actor="Ana Velkova")) == 4
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=(f"Reader {n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(ledger.judgements()) == 6 * len(ids)
        assert ledger.check() == []


def test_two_processes_make_the_same_ledger_at_once(tmp_path):
    path = tmp_path / "a.db"
    processes = [writer(path, n * 1000) for n in range(2)]
    try:
        for n, process in enumerate(processes):
            assert process.stdout.readline() == f"{n * 1000}\n"
    finally:
        for process in processes:
            process.kill()
            process.communicate(timeout=30)
    with Ledger.open(path) as ledger:
        assert ledger.check() == []


def test_an_error_inside_a_transaction_undoes_only_its_own_part():
    with Ledger.memory() as ledger:
        with ledger.connection.writing():
            ledger.add(made.article("One."), [])
            with pytest.raises(RuntimeError):
                _fail_after_adding(ledger, "Two.")
        assert [a.text for a in ledger.articles] == ["One."]
        with pytest.raises(RuntimeError):
            _fail_after_adding(ledger, "Three.")
        assert [a.text for a in ledger.articles] == ["One."]


def _fail_after_adding(ledger, text):
    with ledger.connection.writing():
        ledger.add(made.article(text), [])
        raise RuntimeError
