"""`detente read`: articles into the ledger."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import console, json_option, ledger_option, print_json, registry_option
from detente.cli.common import country as country_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.errors import InputError
    from detente.ledger.intake import Intake
    from detente.records import Article


@click.command("read")
@click.argument("paths", nargs=-1, metavar="PATH…")
@ledger_option
@click.option("--published", metavar="DATE", help="Day of publication of all of them, YYYY-MM-DD.")
@click.option("--country", metavar="CODE", callback=country_code, help="Country of the outlet, such as GB: decides who “the PM” is.")
@click.option("--publisher", metavar="NAME", help="Name of the outlet.")
@registry_option
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Read with N processes, each of one thread.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Keep an archive of shards in DIR; a later run goes on.")
@click.option("--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True, help="What runs the shards of --out.")
@click.option("--shard", "part", metavar="K/N", help="Read the K-th of N parts of DIR's shards: for Slurm, ssh or Kubernetes.")
@click.option("--shard-size", "size", type=click.IntRange(1), metavar="N", show_default="10,000 in an archive, else 200", help="Articles in a shard.")
@click.option("--article-seconds", type=click.FloatRange(min=1), default=120, show_default=True, help="After which an article is given up.")
@click.option("--retry", is_flag=True, help="Read shards again in which an article failed.")
@click.option("--only-cut", is_flag=True, help="Cut the sources into shards and read none.")
@click.option("--stories", is_flag=True, help="Also tell which articles of --out are copies of one story: DIR/stories.parquet.")
@json_option
def command(
    paths: tuple[str, ...], ledger_path: Path, published: str | None, country: str | None, publisher: str | None,
    registry: Path | None, workers: int | None, out: Path | None, engine: str, part: str | None, size: int | None,
    article_seconds: float, retry: bool, only_cut: bool, stories: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read articles into the ledger: files, folders, or - for standard input.

    Text (.txt), HTML (.html), JSON Lines (.jsonl), CSV and Parquet (text, and url, title, authors, published, publisher,
    country where given), RSS and Atom, crawls (.warc), each also packed as .gz or .zst.
    Reading the same article again adds nothing. What cannot be read is said, and the rest is read all the same.
    For years of coverage: --workers, and --out for an archive that a broken-off run goes on with.

    \b
    Example:
      echo "President Ana Velkova said that talks go on." | detente read - --published 2025-03-02
    """
    if workers or out:
        from detente.cli.read_archive import Options, read_archive

        options = Options(out, workers or 1, engine, part, size, article_seconds, retry, only_cut, stories)
        given = {"published": published, "country": country, "publisher": publisher}
        return read_archive(paths, ledger_path, given, registry, options, as_json)
    if part or only_cut or stories or engine == "ray" or not paths:
        raise click.UsageError("got no PATH, expected files or folders" if not paths else "--shard, --only-cut, --stories and --engine need --out DIR")
    from detente.actors import Registry
    from detente.articles import read_sources
    from detente.ledger import Ledger
    from detente.ledger.intake import read_into

    offices = Registry.load(registry)
    notes: list[str] = []
    sources = _Undated(read_sources(paths, published=published, country=country, publisher=publisher, notes=notes.append))
    with Ledger.filling(ledger_path) as ledger, _progress() as advance:
        intake = read_into(ledger, sources, registry=offices, progress=lambda _: advance())
    if sources.number:
        notes.append(sources.note())
    if as_json:
        print_json(_as_dict(intake))
    else:
        click.echo(_summary(intake, ledger_path))
    for note in notes:
        click.echo(f"note: {note}", err=True)
    for outcome in intake.failed:
        click.echo(f"detente: {outcome.error}", err=True)
    if intake.failed:
        raise click.exceptions.Exit(1)


class _Undated:
    """Counts the articles of unknown day as they pass, so that it can be said once."""

    def __init__(self, sources: Iterator[Article | InputError]) -> None:
        self.sources, self.articles, self.number = sources, 0, 0

    def __iter__(self) -> Iterator[Article | InputError]:
        for source in self.sources:
            if not isinstance(source, Exception):
                self.articles += 1
                self.number += source.published is None
            yield source

    def note(self) -> str:
        """What it means that days are unknown."""
        which = f"{self.number} of {self.articles} articles" if self.articles > 1 else "the article"
        return f"{which}: day of publication unknown, so that “on Friday” and who holds an office stay unknown; read again with --published YYYY-MM-DD"


def _progress() -> Any:
    """A progress bar on a terminal, nothing elsewhere; gives the function that moves it on."""
    err = console(stderr=True)
    if not err.is_terminal:
        return nullcontext(lambda: None)
    return _Bar(err)


class _Bar:
    def __init__(self, err: Any) -> None:
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        # Articles are read as they come, so that their number is not known before the end.
        columns = (SpinnerColumn(), TextColumn("reading: {task.completed} articles"), TimeElapsedColumn())
        self.bar = Progress(*columns, console=err, transient=True)
        self.task = self.bar.add_task("reading", total=None)

    def __enter__(self) -> Any:
        self.bar.start()
        return lambda: self.bar.advance(self.task)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def _summary(intake: Intake, ledger_path: Path) -> str:
    counts = ", ".join(f"{number} {kinds if number != 1 else kinds[:-1]}" for kinds, number in intake.records.items() if number)
    seen = f", {intake.seen} read before" if intake.seen else ""
    failed = f", {len(intake.failed)} not read" if intake.failed else ""
    found = f": {counts}" if counts else ""
    return f"{intake.new} new article{'' if intake.new == 1 else 's'}{seen}{failed} → {ledger_path}{found}"


def _as_dict(intake: Intake) -> dict[str, Any]:
    return {
        "new": intake.new, "seen": intake.seen, "records": dict(intake.records),
        "failed": [{"origin": o.origin, "error": str(o.error)} for o in intake.failed],
    }  # fmt: skip
