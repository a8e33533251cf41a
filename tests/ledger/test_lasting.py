"""A kill at any moment, readers beside a writer, and a full disk: nothing that was kept is lost, and what is wrong is said.

`DETENTE_KILLS` sets how often processes are killed (15, and 200 before a release), `DETENTE_SECONDS` how long readers and a writer
share a ledger (2, and 60).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from detente.errors import LedgerError
from detente.exchange import import_file
from detente.ledger import Ledger

from . import made

KILLS = int(os.environ.get("DETENTE_KILLS", "15"))
SECONDS = float(os.environ.get("DETENTE_SECONDS", "2"))
LONGEST = 0.06  # seconds after the first sign of life in which a process is killed: some rounds of its work

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")

HEAD = """
    import sys
    from pathlib import Path
    from detente.ledger import Ledger
    from detente.records import Article, Evidence, Origin, Statement, record_id

    def say(*words):
        print(*words, flush=True)

    def reading(n):
        text = f"Velkova said {n}. " * 50
        article = Article.of(text, f"{n}.txt")
        words = [Evidence.of(text, "content", i, i + 5) for i in range(0, 600, 7)]
        return article, [
            Statement(id=record_id(article.id, "statement", [e]), article=article.id, evidence=(e,),
                      origin=Origin(by="rule", name="made"), speaker=None, mode="direct")
            for e in words
        ]

    path, first = Path(sys.argv[1]), int(sys.argv[2])
"""
# Each says what it has done as soon as it is done, and goes on until it is killed.
READING = """
    with Ledger.open(path, create=True, timeout=20) as ledger:
        for n in range(first, 1_000_000):
            ledger.add(*reading(n))
            say(n)
"""
REVIEW = """
    with Ledger.open(path, timeout=20) as ledger:
        ids = [r.id for r in ledger.statements]
        for n in range(first, 1_000_000):
            one, other = ids[n % len(ids)], ids[(n + 7) % len(ids)]
            say(ledger.judge(one, "edit", by="Ana", field="venue", new=str(n)).serial)
            say(*(j.serial for j in ledger.judge_all([one, other], "accept", by="Ana")))
            say(ledger.merge(other, one, by="Ana").serial)
            for _ in range(3):
                say(*(j.serial for j in ledger.undo_last(by="Ana")))
"""
EXPORT = """
    from detente.cli import main
    say(0)
    while True:
        try:
            main(["export", "--ledger", str(path), "-o", str(path.with_suffix(".jsonl"))])
        except SystemExit as left:
            assert not left.code
        say(1)
"""
WORK = {"reading": READING, "review": REVIEW, "export": EXPORT}


def started(script, path, first):
    code = textwrap.dedent(HEAD) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def killed(script, path, first, after):
    """What a process had said when it was killed, some seconds after its first word."""
    process = started(script, path, first)
    said = [process.stdout.readline()]
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    said += process.communicate(timeout=30)[0].splitlines(keepends=True)
    assert process.returncode == -signal.SIGKILL, "it ended by itself"
    return [int(word) for line in said if line.endswith("\n") for word in line.split()]


def kills(kind):
    """The moments at which processes of one kind are killed, the same on every run."""
    chosen = random.Random(kind)
    return [chosen.uniform(0, LONGEST) for _ in range(max(1, KILLS // len(WORK)))]


def test_a_reading_that_is_killed_loses_nothing_that_it_had_kept(tmp_path):
    path = tmp_path / "a.db"
    first = 0
    for after in kills("reading"):
        said = killed(READING, path, first, after)
        with Ledger.open(path) as ledger:
            articles = {int(a.origin.removesuffix(".txt")) for a in ledger.articles}
            assert articles >= set(said), "an article that was kept is gone"
            assert len(ledger.statements) == 86 * len(articles), (
                "an article is there with a part of its records"
            )
            first = max(articles) + 1
    with Ledger.open(path) as ledger:
        assert ledger.check() == []


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "a.db"
    with Ledger.open(path, create=True) as ledger:
        ledger.add(made.article(), made.records(made.article()), made.ACTORS)
        for n in range(40):
            article = made.article(f"{made.TEXT}No. {n}.", f"{n}.txt")
            ledger.add(article, made.records(article))
    return path


def test_a_review_that_is_killed_loses_no_decision_that_it_had_kept(kept):
    promised = set()
    for n, after in enumerate(kills("review")):
        promised |= set(killed(REVIEW, kept, n * 13, after))
        with Ledger.open(kept) as ledger:
            judgements = ledger.judgements()
            assert {j.serial for j in judgements} >= promised, "a decision that was kept is gone"
            pairs = [j for j in judgements if j.action == "accept"]
            assert len(pairs) % 2 == 0, "half of what was decided as one is there"
    with Ledger.open(kept) as ledger:
        assert ledger.check() == []


def test_an_export_that_is_killed_leaves_a_whole_file_or_none(kept):
    out = kept.with_suffix(".jsonl")
    whole = None
    for after in kills("export"):
        killed(EXPORT, kept, 0, after * 4)
        assert {p.name for p in kept.parent.iterdir()} <= {
            kept.name,
            out.name,
            f"{out.name}.part",
            f"{kept.name}-wal",
            f"{kept.name}-shm",
        }
        if out.exists():
            whole = whole or out.read_bytes()
            assert out.read_bytes() == whole, "another file than the export, or a part of it"
    if whole is not None:
        with Ledger.memory() as other, Ledger.open(kept) as ledger:
            import_file(other, out)
            assert other.counts() == ledger.counts()
    with Ledger.open(kept) as ledger:
        assert ledger.check() == []


READER = """
    import time
    end = time.monotonic() + float(sys.argv[2])
    seen = 0
    while time.monotonic() < end:
        with Ledger.open(path, readonly=True) as ledger, ledger.connection.snapshot():
            articles = len(ledger.articles)
            assert len(ledger.statements) == 86 * articles, "half an article"
            assert articles >= seen, "an article that was there is gone"
            seen = articles
            assert all(s.content for s in ledger.statements[:20])
            ledger.search("Velkova", limit=5)
            ledger.statements.facets("mode", "review")
    say(seen)
"""


def test_two_readers_and_a_writer_share_a_ledger_without_an_error(tmp_path):
    path = tmp_path / "a.db"
    Ledger.open(path, create=True).close()
    writer = started(READING, path, 0)
    try:
        writer.stdout.readline()
        code = textwrap.dedent(HEAD.replace("int(sys.argv[2])", "0")) + textwrap.dedent(READER)
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", code, str(path), str(SECONDS)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for reader in readers:
            out, err = reader.communicate(timeout=SECONDS + 60)
            assert (reader.returncode, err) == (0, "")
            assert int(out) >= 1
        assert writer.poll() is None, "the writer ended by itself"
    finally:
        writer.kill()
        writer.communicate(timeout=30)
    with Ledger.open(path) as ledger:
        assert ledger.check() == []


# ------------------------------------------------------------------ a full disk


def _fill(ledger):
    for n in range(10_000):
        ledger.add(made.article(f"{made.TEXT} {n} " * 20, f"full{n}.txt"), [])


def test_a_full_disk_is_said_and_what_was_kept_stays(kept):
    with Ledger.open(kept) as ledger:
        pages = ledger.connection.number("PRAGMA page_count")
        ledger.connection.row(f"PRAGMA max_page_count = {pages + 40}")
        before = ledger.counts()["articles"]
        with pytest.raises(LedgerError, match="the disk is full; nothing of this step was kept") as caught:
            _fill(ledger)
        assert "free some space" in caught.value.remedy
        after = ledger.counts()["articles"]
        assert after >= before
        assert ledger.check() == []
        ledger.connection.row("PRAGMA max_page_count = 1000000")
        assert ledger.add(made.article("There is space again."), []).article_new


LIMITED = """
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (first, first))
    from detente.cli import main
    main(sys.argv[3:])
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="the limit is not kept there")
@pytest.mark.parametrize(
    ("args", "left"),
    [
        (["backup", "copy.db"], []),
        (["review", "--all", "accept", "--yes"], []),
        (["export", "-o", "out.jsonl"], ["out.jsonl"]),
    ],
    ids=["backup", "review", "export"],
)
def test_a_disk_that_takes_no_more_fails_the_command_and_leaves_no_half_file(kept, args, left):
    (kept.parent / "out.jsonl").write_text("an earlier export")
    code = textwrap.dedent(HEAD) + textwrap.dedent(LIMITED)
    ran = subprocess.run(
        [sys.executable, "-c", code, str(kept), "20000", *args, "--ledger", str(kept)],
        capture_output=True, text=True, cwd=kept.parent, check=False,
    )  # fmt: skip
    assert ran.returncode in (1, 2)
    assert "Traceback" not in ran.stderr
    assert any(words in ran.stderr for words in ("the disk", "cannot be written")), ran.stderr
    assert (kept.parent / "out.jsonl").read_text() == "an earlier export"
    assert {p.name for p in kept.parent.iterdir()} <= {
        kept.name,
        f"{kept.name}-wal",
        f"{kept.name}-shm",
        "out.jsonl",
    }
    with Ledger.open(kept) as ledger:
        assert ledger.judgements() == []
        assert ledger.check() == []


def test_a_backup_while_a_writer_goes_on_is_whole(tmp_path):
    path = tmp_path / "a.db"
    Ledger.open(path, create=True).close()
    writer = started(READING, path, 0)
    try:
        writer.stdout.readline()
        with Ledger.open(path, readonly=True) as ledger:
            for n in range(3):
                ledger.backup(tmp_path / f"copy{n}.db")
    finally:
        writer.kill()
        writer.communicate(timeout=30)
    for n in range(3):
        with Ledger.open(tmp_path / f"copy{n}.db") as copy:
            assert copy.check() == []
            assert len(copy.statements) == 86 * len(copy.articles)


def test_a_judgement_comes_back_as_it_was_said(kept):
    """The worker says serials alone; that those hold what was decided is seen here."""
    with Ledger.open(kept) as ledger:
        made_ = ledger.judge(ledger.statements[0], "edit", by="Ana", field="venue", new="x")
    with Ledger.open(kept, readonly=True) as ledger:
        assert ledger.judgements() == [made_]
        assert json.loads(ledger.connection.column("SELECT new FROM judgements")[0]) == "x"
