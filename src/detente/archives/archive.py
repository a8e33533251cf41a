"""An archive on disk: what was cut, what is read, what is left; a second run does only what is not done.

    DIR/plan.json             what was cut from which sources
    DIR/articles/00000.parquet
    DIR/records/00000.parquet
    DIR/reports/00000.json    what became of the shard, with the hashes that say whether it is done
    DIR/summary.json          all of it, to be kept
    DIR/stories.parquet       which articles are copies of one story, where that was asked for

Several machines that see one folder may each read a part of the shards (`--shard 3/200`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from detente.archives.engines import Broken, Engine, Task
from detente.archives.plan import Plan, load_plan, save
from detente.archives.shard import Report, Step, reader_version, sha256
from detente.errors import MissingInput


class Summary(msgspec.Struct, frozen=True):
    """What an archive comes to.

    Args:
        shards, done: how many there are, and how many are read.
        articles, words: read.
        kinds: records by kind.
        failures: by origin, why an article was not read.
        broken: by shard, why it was not read in this run.
        other_languages: articles left out, by language.
        unread: sources and articles that could not be cut, and why.
        seconds: of processor time, over all shards.
        readers: what read it: version of the code, and the hashes of the model and the registry; several where it was not all read by one.
    """

    shards: int
    done: int
    articles: int
    words: int
    kinds: dict[str, int]
    failures: dict[str, str]
    broken: dict[str, str]
    other_languages: dict[str, int]
    unread: tuple[str, ...]
    seconds: float
    readers: tuple[str, ...]

    @property
    def speed(self) -> float | None:
        """Words in a second of processor time."""
        return self.words / self.seconds if self.seconds else None


class Part(msgspec.Struct, frozen=True):
    """Which of the shards: the `number`-th of `of` equal parts."""

    number: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise ValueError(f"got part {self.number} of {self.of}, expected 1 to {self.of}")


class Archive:
    """An archive in a folder.

    Args:
        folder: where it is; made when articles are cut.
        registry: the user's own additions to the registry.
    """

    def __init__(self, folder: Path, registry: Path | None = None) -> None:
        self.folder, self.registry = folder, registry

    @cached_property
    def plan(self) -> Plan:
        """What was cut; looked up once.

        Raises:
            MissingInput: nothing was cut here yet.
        """
        if plan := load_plan(self.folder):
            return plan
        raise MissingInput(
            f"{self.folder}: got no archive there, expected a folder with plan.json",
            f"detente read PATH --out {self.folder}",
        )

    def tasks(self, part: Part | None = None, *, retry: bool = False) -> list[Task]:
        """The shards that are still to be read.

        Args:
            part: which of the shards; all by default.
            retry: also those in which an article failed.
        """
        part = part or Part()
        names = sorted(self.plan.shards)[part.number - 1 :: part.of]
        return [self._task(name) for name in names if not self._done(name, retry=retry)]

    def read(
        self, engine: Engine, part: Part | None = None, *, retry: bool = False,
        planned: Callable[[int], None] = lambda articles: None, begun: Callable[[Step], None] = lambda step: None,
        told: Callable[[Report | Broken], None] = lambda outcome: None,
    ) -> Summary:  # fmt: skip
        """Read what is still to be read.

        Args:
            engine: what runs the shards.
            part: which of them.
            retry: also those in which an article failed.
            planned: called first, with the number of articles in the shards that are to be read.
            begun: called when an article is begun.
            told: called with what became of each shard.
        """
        for folder in ("records", "reports"):
            (self.folder / folder).mkdir(exist_ok=True)
        broken: dict[str, str] = {}
        tasks, shards = self.tasks(part, retry=retry), self.plan.shards
        planned(sum(shards[task.articles.stem] for task in tasks))
        for outcome in engine.run(tasks, begun):
            if isinstance(outcome, Report):
                save(
                    self.folder / "reports" / f"{outcome.shard}.json",
                    msgspec.json.format(msgspec.json.encode(outcome)),
                )
            else:
                broken[outcome.shard] = outcome.reason
            told(outcome)
        summary = self.summary(broken)
        save(self.folder / "summary.json", msgspec.json.format(msgspec.json.encode(summary)))
        return summary

    def summary(self, broken: dict[str, str] | None = None) -> Summary:
        """What is read so far."""
        plan, reports = self.plan, list(self.reports())
        kinds: Counter[str] = Counter()
        for report in reports:
            kinds.update(report.kinds)
        return Summary(
            shards=len(plan.shards), done=len(reports), articles=sum(r.articles for r in reports),
            words=sum(r.words for r in reports), kinds=dict(sorted(kinds.items())),
            failures={f.origin: f.reason for r in reports for f in r.failures}, broken=broken or {},
            other_languages=plan.other_languages, unread=plan.unread, seconds=round(sum(r.seconds for r in reports), 3),
            readers=tuple(sorted({r.reader for r in reports})),
        )  # fmt: skip

    def reports(self) -> Iterator[Report]:
        """What became of each shard that is read, in order."""
        for name in sorted(self.plan.shards):
            if report := self._report(name):
                yield report

    def record_files(self) -> list[Path]:
        """The shards of records, in order."""
        return [self.folder / "records" / f"{report.shard}.parquet" for report in self.reports()]

    def articles(self, name: str) -> Path:
        """Where a shard of articles lies."""
        return self.folder / "articles" / f"{name}.parquet"

    def _task(self, name: str) -> Task:
        return Task(
            articles=self.articles(name), records=self.folder / "records" / f"{name}.parquet",
            registry=self.registry,
        )  # fmt: skip

    def _report(self, name: str) -> Report | None:
        path = self.folder / "reports" / f"{name}.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Report)
        except (OSError, msgspec.MsgspecError):  # not read yet, or the report is damaged: it is read again
            return None

    def _done(self, name: str, *, retry: bool) -> bool:
        """Whether a shard was read from these articles, by this code, and its records are still what they were."""
        report, task = self._report(name), self._task(name)
        if report is None or not task.records.exists() or (retry and report.failures):
            return False
        same = report.source == sha256(task.articles) and report.reader == reader_version(self.registry)
        return same and report.records == sha256(task.records)
