"""`detente read --workers` and `--out`: an archive is cut, read in parts, gone on with, and comes into a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="an archive needs pyarrow")
pytest.importorskip("py3langid", reason="an archive needs py3langid")

TEXT = "President Ana Velkova of Ostrava said on Monday that the talks with Marland had failed. Number {n}.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "coverage"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


def test_workers_read_into_the_ledger_and_leave_nothing_behind(run, folder, tmp_path) -> None:
    ran = run("read", "coverage", "--workers", "1", "--published", "2025-03-03")
    assert (ran.status, ran.err) == (0, "")
    assert "1 of 1 shards read: 5 articles, 85 words" in ran.out
    assert "5 new articles → detente.db" in ran.out
    assert not (tmp_path / "detente.db.shards").exists()
    assert {s["said_on"] for s in run("show", "statements", "--json").json} == {"2025-03-03"}


def test_an_archive_is_cut_read_in_parts_and_imported(run, folder, tmp_path) -> None:
    assert run("read", "coverage", "--out", "years", "--shard-size", "2", "--only-cut").status == 0
    assert run("read", "--out", "years", "--shard", "2/2").out.startswith("1 of 3 shards read")
    ran = run("import", "years")
    assert "2 new articles" in ran.out
    assert "2 of its shards are not read yet: detente read --out years" in ran.err
    first = run("read", "--out", "years", "--shard", "1/2", "--json").json
    assert (first["done"], first["articles"], first["failures"]) == (3, 5, {})
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "years" / "records").iterdir()}
    run("read", "coverage", "--out", "years", "--shard-size", "2")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "years" / "records").iterdir()} == written
    assert "3 new articles, 2 seen before" in run("import", "years").out
    assert json.loads((tmp_path / "years" / "summary.json").read_text())["words"] == 85


def test_a_source_that_changed_is_cut_and_read_again(run, folder, tmp_path) -> None:
    run("read", "coverage", "--out", "years", "--shard-size", "2")
    (folder / "4.txt").write_text(TEXT.format(n=99), encoding="utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "years" / "records").iterdir()}
    run("read", "coverage", "--out", "years", "--shard-size", "2")
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "years" / "records").iterdir()}
    assert [name for name in sorted(before) if before[name] != after[name]] == ["00002.parquet"]


def test_what_cannot_be_read_is_said_and_the_rest_is_read(run, folder) -> None:
    (folder / "empty.txt").write_text("")
    ran = run("read", "coverage", "--out", "years")
    assert ran.status == 1
    assert "1 of 1 shards read: 5 articles" in ran.out
    assert "not read: coverage/empty.txt" in ran.err


WRONG = [
    (["read"], "got no PATH"),
    (["read", "coverage", "--shard", "1/2"], "need --out DIR"),
    (["read", "--out", "years"], "got no archive there"),
    (["read", "coverage", "--out", "years", "--shard", "3/2"], "expected a part such as 3/200"),
    (["read", "coverage", "--out", "years", "--shard", "x"], "expected a part such as 3/200"),
    (["read", "coverage", "--out", "years", "--shard", "1/2"], "expected one that is cut"),
]


@pytest.mark.parametrize(("call", "said"), WRONG)
def test_a_wrong_call_is_told(run, folder, call: list[str], said: str) -> None:
    ran = run(*call)
    assert ran.status == 2
    assert said in " ".join(ran.err.split())
