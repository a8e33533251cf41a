"""`detente read`: articles into the ledger."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import console, json_option, ledger_option, open_ledger, print_json, registry_option
from detente.cli.common import country as country_code

if TYPE_CHECKING:
    from detente.ledger.intake import Intake


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@ledger_option
@click.option("--published", metavar="DATE", help="Day of publication of all of them, YYYY-MM-DD.")
@click.option("--country", metavar="CODE", callback=country_code, help="Country of the outlet, such as GB: decides who “the PM” is.")
@click.option("--publisher", metavar="NAME", help="Name of the outlet.")
@registry_option
@json_option
def command(
    paths: tuple[str, ...], ledger_path: Path, published: str | None, country: str | None, publisher: str | None,
    registry: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Read articles into the ledger: files, folders, or - for standard input.

    Text (.txt), HTML (.html) and JSON Lines (.jsonl: text, and url, title, published, publisher, country where given).
    Reading the same article again adds nothing. What cannot be read is said, and the rest is read all the same.

    \b
    Example:
      echo "President Ana Velkova said that talks go on." | detente read - --published 2025-03-02
    """
    from detente.actors import Registry
    from detente.articles import read_sources
    from detente.ledger.intake import read_into

    offices = Registry.load(registry)
    notes: list[str] = []
    sources = list(read_sources(paths, published=published, country=country, publisher=publisher, notes=notes.append))
    with open_ledger(ledger_path, create=True) as ledger, _progress(len(sources)) as advance:
        intake = read_into(ledger, sources, registry=offices, progress=lambda _: advance())
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


def _progress(total: int) -> Any:
    """A progress bar on a terminal, nothing elsewhere; gives the function that moves it on."""
    err = console(stderr=True)
    if not err.is_terminal:
        return nullcontext(lambda: None)
    return _Bar(err, total)


class _Bar:
    def __init__(self, err: Any, total: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("articles"), TimeRemainingColumn())
        self.bar = Progress(*columns, console=err, transient=True)
        self.task = self.bar.add_task("reading", total=total)

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
