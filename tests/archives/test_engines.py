"""The same bytes from every engine, order and number of workers; one article that kills a process costs itself alone."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from detente.archives.archive import Archive, Part
from detente.archives.engines import Broken, Engine, InProcess, Processes, Task
from detente.archives.plan import Plan, load_plan
from detente.archives.shard import DIED, STUCK, Report, Step
from detente.errors import MissingInput

from .made import archive_of, articles, reads

pytest.importorskip("pyarrow", reason="an archive needs pyarrow")
pytest.importorskip("py3langid", reason="an archive needs py3langid")


def hashes(folder: Path) -> dict[str, str]:
    """Each shard of records by the hash of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "records").glob("*.parquet"))}


class OneByOne(InProcess):
    """In this process, with the tests' reader."""

    def run(self, tasks: Any, begun: Any = lambda step: None) -> Any:
        for task in tasks:
            yield reads(task.articles, task.records, begun=begun)


class Backwards(OneByOne):
    """The shards in the other order."""

    def run(self, tasks: Any, begun: Any = lambda step: None) -> Any:
        yield from super().run(list(reversed(tasks)), begun)


ENGINES: dict[str, Engine] = {"backwards": Backwards(), "one worker": Processes(1, read=reads), "two workers": Processes(2, read=reads)}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("expected")
    archive_of(folder, articles(11))
    summary = Archive(folder).read(OneByOne())
    assert (summary.done, summary.articles) == (3, 11)
    return hashes(folder)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())
def test_the_same_bytes(tmp_path: Path, expected: dict[str, str], engine: Engine) -> None:
    archive_of(tmp_path, articles(11))
    begun: list[Step] = []
    planned: list[int] = []
    summary = Archive(tmp_path).read(engine, planned=planned.append, begun=begun.append)
    assert planned == [11]
    assert hashes(tmp_path) == expected
    assert summary.kinds["statement"] == 11
    assert summary.words == sum(len(a.text.split()) for a in articles(11))
    assert sorted((step.shard, step.index) for step in begun) == [(f"{n // 4:05d}", n % 4) for n in range(11)]
    assert [step.words for step in begun if step.index == 0] == [0, 0, 0]
    assert all(step.words == 17 * step.index and not step.failed for step in begun)


def test_parts_make_the_whole(tmp_path: Path, expected: dict[str, str]) -> None:
    archive_of(tmp_path, articles(11))
    for number in (3, 1, 2):
        Archive(tmp_path).read(OneByOne(), Part(number, 3))
    assert hashes(tmp_path) == expected
    assert Archive(tmp_path).tasks() == []


@pytest.mark.parametrize(("number", "of"), [(0, 2), (3, 2), (1, 0)])
def test_a_part_that_is_none(number: int, of: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to"):
        Part(number, of)


def test_articles_that_fail_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    archive_of(tmp_path, articles(9, {1: "FAIL", 5: "BUG"}))
    begun: list[Step] = []
    summary = Archive(tmp_path).read(OneByOne(), begun=begun.append)
    assert [step.failed for step in begun] == [0, 0, 1, 1, 0, 0, 1, 1, 0]
    assert summary.failures == {"made/1.txt": "told to fail", "made/5.txt": "ZeroDivisionError: told to break"}
    assert summary.articles == 7
    assert Archive(tmp_path).tasks() == []
    assert [task.articles.stem for task in Archive(tmp_path).tasks(retry=True)] == ["00000", "00001"]


def test_an_article_that_kills_or_hangs_costs_itself_alone(tmp_path: Path) -> None:
    archive_of(tmp_path, articles(10, {2: "DIE", 3: "DIE", 6: "HANG"}))
    summary = Archive(tmp_path).read(Processes(2, article_seconds=4, read=reads))
    assert summary.failures == {"made/2.txt": DIED, "made/3.txt": DIED, "made/6.txt": STUCK}
    assert (summary.articles, summary.broken) == (7, {})


def always_dies(*_: Any, **__: Any) -> Report:
    """Ends its process before any article is begun."""
    import os

    os._exit(9)


def test_a_shard_that_kills_before_any_article_is_given_up(tmp_path: Path) -> None:
    archive_of(tmp_path, articles(5))
    (first, _) = Archive(tmp_path).tasks()
    (outcome,) = Processes(1, read=always_dies).run([first])
    assert isinstance(outcome, Broken)
    assert DIED in outcome.reason


def test_a_damaged_shard_is_broken_and_the_others_are_read(tmp_path: Path) -> None:
    archive_of(tmp_path, articles(9))
    (tmp_path / "articles" / "00001.parquet").write_bytes(b"PAR1")
    for engine in (InProcess(), Processes(1)):
        outcomes = list(engine.run([Task(tmp_path / "articles" / "00001.parquet", tmp_path / "out.parquet")]))
        assert [type(outcome) for outcome in outcomes] == [Broken]
    summary = Archive(tmp_path).read(Processes(1, read=reads))
    assert list(summary.broken) == ["00001"]
    assert summary.done == 2


CHANGES = {
    "records are gone": lambda folder: (folder / "records" / "00001.parquet").unlink(),
    "records are damaged": lambda folder: (folder / "records" / "00001.parquet").write_bytes(b"x"),
    "the report is damaged": lambda folder: (folder / "reports" / "00001.json").write_text("{"),
    "the articles are others": lambda folder: (folder / "articles" / "00001.parquet").write_bytes(
        (folder / "articles" / "00002.parquet").read_bytes()
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changed_is_read_again(tmp_path: Path, change: Any) -> None:
    archive_of(tmp_path, articles(11))
    archive = Archive(tmp_path)
    archive.read(OneByOne())
    assert archive.tasks() == []
    change(tmp_path)
    assert [task.articles.stem for task in archive.tasks()] == ["00001"]


def test_another_version_reads_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive_of(tmp_path, articles(5))
    Archive(tmp_path).read(OneByOne())
    monkeypatch.setattr("detente.archives.archive.reader_version", lambda _: "another")
    assert len(Archive(tmp_path).tasks()) == 2


def test_no_archive_there(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no archive"):
        Archive(tmp_path).tasks()


RUN = """
import sys
from pathlib import Path
from detente.archives.archive import Archive
from detente.archives.engines import Processes
from tests.archives.made import reads
if __name__ == "__main__":
    Archive(Path(sys.argv[1])).read(Processes(2, read=reads))
"""


def test_a_run_killed_again_and_again_gives_the_bytes_of_one_that_was_not(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        archive_of(folder, articles(60), size=3)
    Archive(whole).read(OneByOne())
    script = tmp_path / "run.py"
    script.write_text(RUN)
    rng = random.Random(7)
    root = Path(__file__).parents[2]
    for _ in range(5):
        run = subprocess.Popen([sys.executable, str(script), str(killed)], cwd=root, env=_environment(root), start_new_session=True)
        time.sleep(rng.uniform(0.2, 3))
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert not [path for path in (killed / "records").glob("*.parquet") if path.stat().st_size == 0]
    Archive(killed).read(Processes(2, read=reads))
    assert hashes(killed) == hashes(whole)
    assert not list((killed / "records").glob("*.part"))


INTERRUPTED = RUN.replace("read=reads))", "read=reads), begun=lambda step: print(step.shard, flush=True))")


def test_ctrl_c_is_heard_by_the_run_and_not_by_its_workers(tmp_path: Path) -> None:
    archive_of(tmp_path / "archive", articles(4, {1: "HANG", 3: "HANG"}), size=2)
    script = tmp_path / "run.py"
    script.write_text(INTERRUPTED)
    root = Path(__file__).parents[2]
    run = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "archive")], cwd=root, env=_environment(root), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    for _ in range(4):
        run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all
    _, err = run.communicate(timeout=60)
    assert err.count("Traceback") == err.count("KeyboardInterrupt") == 1


def test_the_plan_is_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive_of(tmp_path, articles(5))
    looked: list[Path] = []

    def counted(folder: Path) -> Plan | None:
        looked.append(folder)
        return load_plan(folder)

    monkeypatch.setattr("detente.archives.archive.load_plan", counted)
    archive = Archive(tmp_path)
    archive.read(OneByOne())
    assert archive.summary().done == 2
    assert looked == [tmp_path]


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))}
