"""`detente weigh`: a situation, or the ledger as it stands, weighed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import json_option, ledger_option, open_ledger, output, print_text

if TYPE_CHECKING:
    from detente.weighing import Report
    from detente.weighing.citations import Citation

_ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json"}


@click.command("weigh")
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[FILE.toml]")
@ledger_option
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(1), help="How often every input is drawn.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of the random numbers.")
@click.option("--correlation", default=0.0, show_default=True, type=click.FloatRange(0, 1), help="Of the parties' positions on one issue: 0 draws each by itself.")
@click.option("--without", multiple=True, metavar="NAME", help="What is taken not to come true, such as “us backstop”.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "html"]), show_default="by the ending of --output, else text", help="Of the report; html has the drawings.")
@click.option("--output", "-o", "out", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
@json_option
def command(
    path: Path | None, ledger_path: Path, draws: int, seed: int, correlation: float, without: tuple[str, ...], form: str | None, out: str, as_json: bool
) -> None:  # fmt: skip
    """Weigh FILE.toml, or without a file the ledger as it stands. A scenario, not a forecast.

    The first line says how many of the inputs are assumed, and then comes what is not known. After a number stands a
    letter; the end of its section says which records it stands for, and who assumed the rest.

    \b
    Example:
      detente weigh --without "us backstop" -o weighed.html --ledger detente-demo.db
    """
    from detente.weighing import load, situation_from, weigh

    if path is None:
        with open_ledger(ledger_path, readonly=True) as ledger:
            situation = situation_from(ledger)
    else:
        situation = load(path)
    report = weigh(situation, draws=draws, seed=seed, without=without, correlation=correlation)
    chosen = "json" if as_json else form or _ENDINGS.get(Path(out).suffix.lower(), "text")
    if out == "-" and chosen == "text":
        print_text(str(report))
        return
    with output(out) as stream:
        stream.write(_written(report, chosen, ledger_path).encode())


def _written(report: Report, form: str, ledger_path: Path) -> str:
    if form == "json":
        return json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        from detente.weighing.report_html import html

        return html(report, _cited(report, ledger_path))
    from detente.weighing.report import markdown, text

    return markdown(report) if form == "markdown" else text(report)


def _cited(report: Report, ledger_path: Path) -> dict[str, Citation]:
    """The records behind the report; a situation of one's own needs no ledger."""
    from detente.weighing.citations import citations
    from detente.weighing.report_html import grounds

    if not ledger_path.exists():
        click.echo(f"note: no ledger at {ledger_path}, so records stand by their ids alone, without their words (--ledger FILE)", err=True)
        return {}
    with open_ledger(ledger_path, readonly=True) as ledger:
        return citations(ledger, grounds(report))
