"""`detente check`: every record against its words, and the ledger's file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json


def _summary(faults: int, counts: Mapping[str, int]) -> str:
    looked_at = ", ".join(f"{number} {what}" for what, number in counts.items() if number) or "an empty ledger"
    found = f"{faults} fault{'' if faults == 1 else 's'}" if faults else "no faults: every record stands on its words"
    return f"{found} ({looked_at})"


@click.command("check")
@ledger_option
@json_option
def command(ledger_path: Path, as_json: bool) -> None:
    """Check every record's words against its article, the indexes, and the chain of decisions.

    \b
    Example:
      detente check --ledger detente-demo.db
    """
    # To check the full-text indexes, or to bring an earlier schema up to date, SQLite must be able to write.
    with open_ledger(ledger_path, readonly=not os.access(ledger_path, os.W_OK)) as ledger:
        faults, counts = ledger.check(), ledger.counts()
    if as_json:
        print_json({"faults": faults, "counts": counts})
    else:
        click.echo("\n".join([*faults, _summary(len(faults), counts)]))
    if faults:
        raise click.exceptions.Exit(1)
