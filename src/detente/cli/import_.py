"""`detente import`: records from JSON Lines into the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger
from detente.errors import MissingInput


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@ledger_option
def command(path: Path, ledger_path: Path) -> None:
    """Take the records of a JSON Lines export into the ledger; all of them, or where one line is damaged none.

    \b
    Example:
      detente import records.jsonl --ledger copy.db
    """
    from detente.exchange import import_file

    if not path.is_file():  # before a ledger is made for it
        raise MissingInput(f"{path}: got no such file, expected an export", f"detente export --format jsonl -o {path}")
    with open_ledger(ledger_path, create=True) as ledger:
        import_file(ledger, path)
        click.echo(f"{path} → {ledger_path}: {ledger.summary()}")
