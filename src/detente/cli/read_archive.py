"""`detente read --out` and `--workers`: the same reading in shards, by several processes or a cluster."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from detente.cli.common import console, open_ledger, print_json

if TYPE_CHECKING:
    from detente.archives.archive import Archive, Part, Summary
    from detente.archives.engines import Broken, Engine
    from detente.archives.shard import Report


class Options(msgspec.Struct, frozen=True):
    """What the call says of the work, besides the articles.

    Args:
        out: the archive's folder; beside the ledger where `None`, and gone once all is merged.
        workers: processes, each of one thread.
        engine: processes or ray.
        part: which of the shards, such as "3/200".
        size: articles in a shard.
        article_seconds: after which an article is given up.
        retry: also shards in which an article failed.
        only_cut: cut the sources into shards and read none.
    """

    out: Path | None
    workers: int
    engine: str
    part: str | None
    size: int
    article_seconds: float
    retry: bool
    only_cut: bool


def read_archive(
    paths: tuple[str, ...], ledger_path: Path, given: dict[str, str | None], registry: Path | None, options: Options, as_json: bool
) -> None:
    """Cut what is not cut, read what is not read, and merge where the call names no folder to keep."""
    from detente.archives.archive import Archive

    part = _part(options.part)
    archive = Archive(options.out or ledger_path.with_name(ledger_path.name + ".shards"), registry)
    _cut(archive, paths, given, options, whole=part is None)
    if options.only_cut:
        return _say(archive.summary(), as_json, f"cut into {len(archive.plan.shards)} shards in {archive.folder}")
    with _Line() as line:
        summary = archive.read(
            _engine(options), part, retry=options.retry, planned=line.planned, begun=line.begun, told=line.told
        )
    if options.out is None and not summary.broken:
        where = _merge(archive, ledger_path, summary)
    else:
        where = f"in {archive.folder}\nthen: detente import {archive.folder} --ledger {ledger_path}"
    _say(summary, as_json, where)
    if summary.failures or summary.broken or summary.unread:
        raise click.exceptions.Exit(1)


def _part(given: str | None) -> Part | None:
    from detente.archives.archive import Part

    if given is None:
        return None
    number, _, of = given.partition("/")
    try:
        return Part(int(number), int(of))
    except ValueError:
        raise click.UsageError(f"--shard: got {given!r}, expected a part such as 3/200") from None


def _engine(options: Options) -> Engine:
    if options.engine == "ray":
        from detente.archives.ray_engine import RayCluster

        return RayCluster()
    from detente.archives.engines import Processes

    return Processes(options.workers, options.article_seconds)


def _cut(archive: Archive, paths: tuple[str, ...], given: dict[str, str | None], options: Options, *, whole: bool) -> None:
    """Cut the sources, unless these were cut as they are now; one part of the work never cuts."""
    from detente.archives.plan import cut, fingerprint, load_plan
    from detente.articles import read_sources

    said = {name: value for name, value in given.items() if value} | {"size": str(options.size)}
    plan = load_plan(archive.folder)
    if not paths or not whole:
        if plan is None:
            raise click.UsageError(
                f"{archive.folder}: got no archive there, expected one that is cut: detente read PATH --out {archive.folder} --only-cut"
            )
        return
    same = plan is not None and (plan.sources, plan.options) == (paths, said)
    if same and plan is not None and plan.files == fingerprint(paths) and "-" not in paths:
        return
    err = console(stderr=True)
    told: Callable[[int], None] = (lambda n: err.print(f"cut: {n:,} articles")) if err.is_terminal else (lambda n: None)
    cut(archive.folder, paths, read_sources(paths, **given), said, size=options.size, told=told)  # type: ignore[arg-type]


def _merge(archive: Archive, ledger_path: Path, summary: Summary) -> str:
    from detente.archives.merging import merge

    with open_ledger(ledger_path, create=True) as ledger:
        merged = merge(ledger, archive.record_files())
    if not summary.failures:
        shutil.rmtree(archive.folder)
    seen = f", {merged.seen} read before" if merged.seen else ""
    return f"{merged.articles} new articles{seen} → {ledger_path}: {merged.records} records"


def _say(summary: Summary, as_json: bool, where: str) -> None:
    if as_json:
        return print_json(msgspec.to_builtins(summary) | {"words_per_second": summary.speed})
    speed = f", {summary.speed:,.0f} words a second of processor time" if summary.speed else ""
    click.echo(f"{summary.done} of {summary.shards} shards read: {summary.articles:,} articles, {summary.words:,} words{speed}")
    if summary.kinds:
        click.echo(", ".join(f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in summary.kinds.items()))
    if summary.other_languages:
        listed = ", ".join(f"{number:,} {code}" for code, number in summary.other_languages.items())
        click.echo(f"left out, in other languages: {listed}")
    click.echo(where)
    for reason in (*summary.unread, *(f"{origin}: {why}" for origin, why in summary.failures.items())):
        click.echo(f"detente: not read: {reason}", err=True)
    for shard, why in summary.broken.items():
        click.echo(f"detente: shard {shard}: {why}", err=True)


class _Line:
    """A progress line on a terminal: articles, words a second, failures, time left. Nothing elsewhere."""

    def __init__(self) -> None:
        self.err = console(stderr=True)
        self.total = self.done = self.words = self.failed = 0
        self.since = time.monotonic()

    def __enter__(self) -> _Line:
        self.context: AbstractContextManager[Any] = self.err.status("reading") if self.err.is_terminal else nullcontext()
        self.status = self.context.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self.context.__exit__(*raised)

    def planned(self, articles: int) -> None:
        """So many articles are to be read."""
        self.total = articles

    def begun(self) -> None:
        """An article is begun."""
        self.done += 1
        if self.status:
            self.status.update(self.text())

    def told(self, outcome: Report | Broken) -> None:
        """A shard has ended."""
        from detente.archives.shard import Report

        if isinstance(outcome, Report):
            self.words += outcome.words
            self.failed += len(outcome.failures)

    def text(self) -> str:
        """The line."""
        spent = time.monotonic() - self.since
        speed = f" · {self.words / spent:,.0f} words/s" if self.words else ""
        left = max(0, self.total - self.done) * spent / max(1, self.done)
        clock = time.strftime("%H:%M:%S", time.gmtime(left))
        return f"{self.done:,} of {self.total:,} articles{speed} · {self.failed} failed · {clock} left"
