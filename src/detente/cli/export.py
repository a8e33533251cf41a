"""`detente export`: records in a format that other tools read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import ledger_option, open_ledger, output

if TYPE_CHECKING:
    from detente.exchange import Exporter

_FORMATS = "jsonl, csv, xlsx, parquet, events, dna, annotations, graphml, iati, ucdp or bibtex"


@click.command("export")
@ledger_option
@click.option("--format", "name", show_default="by the ending of --output, else jsonl", help=f"{_FORMATS}.")
@click.option("--output", "-o", "path", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
@click.option("--kind", help="Only records of this kind.")
@click.option("--review", help="Only records in this state: accepted, edited, proposed, disputed or rejected.")
@click.option("--reporter", nargs=2, metavar="REF NAME", help="Of IATI: who publishes, such as GB-CHC-1234567 'The Coast Institute'.")
def command(
    ledger_path: Path, name: str | None, path: str, kind: str | None, review: str | None, reporter: tuple[str, str] | None
) -> None:  # fmt: skip
    """Write the ledger's records in a format.

    Says what the format cannot carry, what it left out of this ledger, and which of the records no person has accepted.

    \b
    Example:
      detente export --format jsonl -o records.jsonl --ledger detente-demo.db
    """
    chosen = _chosen(name, path, reporter)
    if path == "-" and chosen.binary and sys.stdout.isatty():
        raise click.UsageError(
            f"{chosen.name} is no text for a terminal: name a file, such as -o records{chosen.extension}"
        )
    with open_ledger(ledger_path, readonly=True) as ledger:
        records = ledger.records(kind).where(review=review) if kind or review else None
        with output(path) as stream:
            account = chosen.write(ledger, stream, records)
    if not account.written:
        click.echo(f"note: no record of {ledger_path} is in the file", err=True)
    for note in (*account.notes(), *(f"{chosen.name} leaves out {left}" for left in chosen.omits)):
        click.echo(f"note: {note}", err=True)


def _chosen(name: str | None, path: str, reporter: tuple[str, str] | None) -> Exporter:
    """The format that is named, else the first that has the file's ending, else JSON Lines."""
    from detente.exchange import exporter, exporters
    from detente.exchange.iati import Iati

    ending = Path(path).suffix.lower()
    named = name or next((e.name for e in exporters().values() if e.extension == ending), "jsonl")
    if reporter is None:
        return exporter(named)
    if named != Iati.name:
        raise click.UsageError(
            f"--reporter: got the format {named}, expected --format iati, which alone names who reports"
        )
    return Iati(*reporter)
