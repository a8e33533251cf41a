"""`detente read --out` and `--workers`: the same reading in shards, by several processes or a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from detente.cli.common import print_json
from detente.cli.progress import Line

if TYPE_CHECKING:
    from detente.archives.archive import Archive, Part, Summary
    from detente.archives.engines import Engine

# What goes straight into a ledger is seldom ten thousand articles, and each worker should have some of it.
PASSING = 200  # articles in a shard that is not kept
MOST_LISTED = 20  # of what could not be read, where a file has all of it


class Options(msgspec.Struct, frozen=True):
    """What the call says of the work, besides the articles.

    Args:
        out: the archive's folder; beside the ledger where `None`, and gone once all is merged.
        workers: processes, each of one thread.
        engine: processes or ray.
        part: which of the shards, such as "3/200".
        size: articles in a shard; `None` as is best.
        article_seconds: after which an article is given up.
        retry: also shards in which an article failed.
        only_cut: cut the sources into shards and read none.
        stories: also tell which articles are copies of one story.
    """

    out: Path | None
    workers: int
    engine: str
    part: str | None
    size: int | None
    article_seconds: float
    retry: bool
    only_cut: bool
    stories: bool


def read_archive(
    paths: tuple[str, ...],
    ledger_path: Path,
    given: dict[str, str | None],
    registry: Path | None,
    options: Options,
    as_json: bool,
) -> None:
    """Cut what is not cut, read what is not read, and merge where the call names no folder to keep."""
    from detente.archives.archive import Archive

    part = _part(options.part)
    if options.stories and (part or options.out is None):
        raise click.UsageError("--stories: compares the articles of a whole archive, expected --out DIR without --shard")
    if options.out is None:
        _merge([], ledger_path)  # a ledger that cannot be written is told of before hours of reading
    archive = Archive(options.out or ledger_path.with_name(ledger_path.name + ".shards"), registry)
    with Line() as line:
        _cut(archive, paths, given, options, line.cut, whole=part is None)
    told = f"{_stories(archive)}\n" if options.stories else ""
    if options.only_cut:
        cut = f"cut into {_several(len(archive.plan.shards), 'shard')} in {archive.folder}"
        return _say(archive.summary(), as_json, told + cut)
    summary = _read(archive, part, options)
    if options.out is None and not summary.broken:
        where = _merge(archive.record_files(), ledger_path)
        if not summary.failures:
            shutil.rmtree(archive.folder)
    else:
        where = f"in {archive.folder}\nthen: detente import {archive.folder} --ledger {ledger_path}"
    _say(summary, as_json, told + where, archive.folder)
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


def _cut(
    archive: Archive,
    paths: tuple[str, ...],
    given: dict[str, str | None],
    options: Options,
    told: Callable[[int], None],
    *,
    whole: bool,
) -> None:
    """Cut the sources, unless these were cut as they are now; one part of the work never cuts."""
    from detente.archives.plan import SHARD, cut, fingerprint, load_plan
    from detente.articles import read_sources

    size = options.size or (SHARD if options.out else PASSING)
    said = {name: value for name, value in given.items() if value} | {"size": str(size)}
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
    cut(archive.folder, paths, read_sources(paths, **given), said, size=size, told=told)  # type: ignore[arg-type]


def _read(archive: Archive, part: Part | None, options: Options) -> Summary:
    if options.out and 0 < (shards := len(archive.plan.shards)) < options.workers:
        note = f"{_several(shards, 'shard')} for {options.workers} workers, and a worker takes a whole one: a smaller --shard-size shares the work"
        click.echo(f"note: {note}", err=True)
    try:
        with Line() as line:
            return archive.read(
                _engine(options), part, retry=options.retry, planned=line.planned, begun=line.begun, told=line.told
            )
    except KeyboardInterrupt:
        done = len(archive.record_files())
        click.echo(f"{done:,} of {_several(len(archive.plan.shards), 'shard')} read and kept; the same command goes on", err=True)
        raise


def _merge(files: list[Path], ledger_path: Path) -> str:
    from detente.archives.merging import merge
    from detente.ledger import Ledger

    with Ledger.filling(ledger_path) as ledger:
        merged = merge(ledger, files)
    if not ledger_path.exists():
        return f"nothing was read, and {ledger_path} was not made"
    seen = f", {merged.seen:,} read before" if merged.seen else ""
    return f"{_several(merged.articles, 'new article')}{seen} → {ledger_path}: {_several(merged.records, 'record')}"


def _stories(archive: Archive) -> str:
    from detente.archives.plan import STORIES
    from detente.archives.stories import tell_stories

    with Line() as line:
        told = tell_stories(archive, line.compared)
    stories = f"{told.stories:,} {'story' if told.stories == 1 else 'stories'}"
    found = f"{told.articles:,} articles are copies of one another, of {stories}"
    return f"{found if told.articles else 'no article is a copy of another'} → {archive.folder / STORIES}"


def _say(summary: Summary, as_json: bool, where: str, folder: Path | None = None) -> None:
    if as_json:
        return print_json(msgspec.to_builtins(summary) | {"words_per_second": summary.speed})
    speed = f", {summary.speed:,.0f} words a second of processor time" if summary.speed else ""
    read = f"{_several(summary.articles, 'article')}, {_several(summary.words, 'word')}{speed}"
    click.echo(f"{summary.done:,} of {_several(summary.shards, 'shard')} read: {read}")
    if summary.kinds:
        click.echo(", ".join(_several(number, kind) for kind, number in summary.kinds.items()))
    if summary.other_languages:
        listed = ", ".join(f"{number:,} {code}" for code, number in summary.other_languages.items())
        click.echo(f"left out, in other languages: {listed}")
    click.echo(where)
    reasons = [*summary.unread, *(f"{origin}: {why}" for origin, why in summary.failures.items())]
    kept = folder and folder / "summary.json"
    shown = reasons[:MOST_LISTED] if kept and kept.exists() else reasons
    for reason in shown:
        click.echo(f"detente: not read: {reason}", err=True)
    if more := len(reasons) - len(shown):
        click.echo(f"detente: not read: {more:,} more, which {kept} lists", err=True)
    for shard, why in summary.broken.items():
        click.echo(f"detente: shard {shard}: {why}", err=True)


def _several(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
