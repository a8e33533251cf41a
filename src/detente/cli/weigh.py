"""`detente weigh`: a situation, or the ledger as it stands, weighed."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json, print_text


@click.command("weigh")
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[FILE.toml]")
@ledger_option
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(1), help="How often every input is drawn.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of the random numbers.")
@click.option("--without", multiple=True, metavar="NAME", help="What is taken not to come true, such as “us backstop”.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "markdown"]), help="Of the report.")
@json_option
def command(
    path: Path | None, ledger_path: Path, draws: int, seed: int, without: tuple[str, ...], form: str, as_json: bool
) -> None:  # fmt: skip
    """Weigh FILE.toml, or without a file the ledger as it stands. A scenario, not a forecast.

    The first line says how many of the inputs are assumed, and then comes what is not known. After a number stand the
    records that it rests on, or who assumed what it rests on.

    \b
    Example:
      detente weigh --without "us backstop" --ledger detente-demo.db
    """
    from detente.weighing import load, situation_from, weigh
    from detente.weighing.report import markdown

    if path is None:
        with open_ledger(ledger_path, readonly=True) as ledger:
            situation = situation_from(ledger)
    else:
        situation = load(path)
    report = weigh(situation, draws=draws, seed=seed, without=without)
    if as_json:
        print_json(report.to_dict())
    elif form == "markdown":
        click.echo(markdown(report), nl=False)
    else:
        print_text(str(report))
