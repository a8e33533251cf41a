"""`detente export`: records in a format that other tools read."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger, output


@click.command("export")
@ledger_option
@click.option("--format", "name", default="jsonl", show_default=True, help="jsonl or csv.")
@click.option("--output", "-o", "path", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
@click.option("--kind", help="Only records of this kind.")
def command(ledger_path: Path, name: str, path: str, kind: str | None) -> None:
    """Write the ledger's records in a format.

    Says what the format cannot carry, and how many of the records no person has accepted.

    \b
    Example:
      detente export --format jsonl -o records.jsonl --ledger detente-demo.db
    """
    from detente.exchange import exporter

    chosen = exporter(name)
    with open_ledger(ledger_path, readonly=True) as ledger:
        records = ledger.records(kind) if kind else None
        with output(path) as stream:
            chosen.write(ledger, stream, records)
        unchecked = len((ledger.records(kind) if kind else ledger.records()).where(review="proposed"))
    if unchecked:
        click.echo(f"note: {unchecked} of the records are machine-read, and no person has accepted them", err=True)
    for left in chosen.omits:
        click.echo(f"note: {name} leaves out {left}", err=True)
