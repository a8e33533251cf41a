"""`detente read --workers` and `--out`: an archive is cut, read in parts, gone on with, and comes into a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.archives.plan import Plan, cut
from detente.errors import MissingExtra

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
    assert "1 of 1 shard read: 5 articles, 85 words" in ran.out
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
    assert "1 of 1 shard read: 5 articles" in ran.out
    assert "not read: coverage/empty.txt" in ran.err


def test_a_ledger_that_cannot_be_written_is_told_before_anything_is_read(run, folder, tmp_path) -> None:
    (tmp_path / "other.db").write_text("no ledger")
    for path, said in (("none/l.db", "there is no folder"), ("other.db", "no SQLite database")):
        ran = run("read", "coverage", "--workers", "1", "--ledger", path)
        assert (ran.status, ran.out) == (1, "")
        assert said in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coverage", "other.db"]


def test_nothing_is_left_behind_where_nothing_can_be_read(run, tmp_path) -> None:
    ran = run("read", "none", "--workers", "1")
    assert ran.status == 1
    assert "nothing was read, and detente.db was not made" in ran.out
    assert "not read: none: got no such file" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", [["--workers", "1"], ["--out", "years"]])
def test_a_cut_that_fails_leaves_nothing_behind(run, folder, tmp_path, monkeypatch, call) -> None:
    def fails(text: str) -> str:
        raise MissingExtra("py3langid", "archives", "telling the language")

    monkeypatch.setattr("detente.archives.plan.language_of", fails)
    ran = run("read", "coverage", *call)
    assert (ran.status, ran.out) == (1, "")
    assert "pip install 'detente[archives]'" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["coverage"]


@pytest.mark.parametrize(("call", "size"), [(["--workers", "1"], 200), (["--out", "years"], 10_000), (["--workers", "1", "--shard-size", "7"], 7)])
def test_a_shard_that_is_kept_is_larger_than_one_that_is_not(run, folder, monkeypatch, call: list[str], size: int) -> None:
    asked = []

    def counted(*args: object, size: int, **options: object) -> Plan:
        asked.append(size)
        return cut(*args, size=size, **options)

    monkeypatch.setattr("detente.archives.plan.cut", counted)
    assert run("read", "coverage", *call).status == 0
    assert asked == [size]


def test_more_workers_than_shards_are_told(run, folder) -> None:
    ran = run("read", "coverage", "--out", "years", "--workers", "3")
    assert ran.status == 0
    assert "note: 1 shard for 3 workers" in ran.err
    assert "note" not in run("read", "coverage", "--out", "years", "--workers", "3", "--shard-size", "1").err


def test_copies_of_one_story_are_told(run, folder, tmp_path) -> None:
    long = " ".join(f"The envoy of Marland waited for the train number {n} at the station." for n in range(30))
    for name in ("wire", "paper"):
        (folder / f"{name}.txt").write_text(f"{long} So the {name} said.", encoding="utf-8")
    ran = run("read", "coverage", "--out", "years", "--only-cut", "--stories")
    assert ran.status == 0
    assert "2 articles are copies of one another, of 1 story → years/stories.parquet" in ran.out
    assert (tmp_path / "years" / "stories.parquet").exists()


def test_a_long_list_of_what_cannot_be_read_is_cut_where_a_file_has_it(run, folder, tmp_path) -> None:
    for n in range(25):
        (folder / f"empty{n:02d}.txt").write_text("")
    ran = run("read", "coverage", "--out", "years")
    assert ran.err.count("not read: coverage/empty") == 20
    assert "not read: 5 more, which years/summary.json lists" in ran.err
    summary = json.loads((tmp_path / "years" / "summary.json").read_text())
    assert len(summary["unread"]) == 25
    assert summary["readers"]


WRONG = [
    (["read"], "got no PATH"),
    (["read", "coverage", "--shard", "1/2"], "need --out DIR"),
    (["read", "--out", "years"], "got no archive there"),
    (["read", "coverage", "--out", "years", "--shard", "3/2"], "expected a part such as 3/200"),
    (["read", "coverage", "--out", "years", "--shard", "x"], "expected a part such as 3/200"),
    (["read", "coverage", "--out", "years", "--shard", "1/2"], "expected one that is cut"),
    (["read", "coverage", "--stories"], "need --out DIR"),
    (["read", "coverage", "--workers", "1", "--stories"], "expected --out DIR without --shard"),
    (["read", "coverage", "--out", "years", "--shard", "1/2", "--stories"], "expected --out DIR without --shard"),
]


@pytest.mark.parametrize(("call", "said"), WRONG)
def test_a_wrong_call_is_told(run, folder, call: list[str], said: str) -> None:
    ran = run(*call)
    assert ran.status == 2
    assert said in " ".join(ran.err.split())
