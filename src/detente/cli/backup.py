"""`detente backup`: a copy of the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@ledger_option
def command(path: Path, ledger_path: Path) -> None:
    """Copy the ledger to FILE, also while it is in use.

    \b
    Example:
      detente backup detente-copy.db --ledger detente-demo.db
    """
    with open_ledger(ledger_path, readonly=True) as ledger:
        ledger.backup(path)
    click.echo(f"{ledger_path} → {path}")
