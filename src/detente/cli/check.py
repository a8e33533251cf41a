"""`detente check`: every record against its words, and the ledger's file."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json


@click.command("check")
@ledger_option
@json_option
def command(ledger_path: Path, as_json: bool) -> None:
    """Check every record's words against its article, the indexes, and the chain of decisions.

    \b
    Example:
      detente check
    """
    with open_ledger(ledger_path, readonly=True) as ledger:
        faults, counts = ledger.check(), ledger.counts()
    if as_json:
        print_json({"faults": faults, "counts": counts})
    else:
        for fault in faults:
            click.echo(fault)
        click.echo(f"{len(faults)} faults in {sum(counts.values())} records and articles" if faults else "no faults: every record stands on its words")
    if faults:
        raise click.exceptions.Exit(1)
