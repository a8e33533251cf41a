"""`detente redo`: what was undone is decided again."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger
from detente.cli.deciding import all_told, by_option


@click.command("redo")
@ledger_option
@by_option
def command(ledger_path: Path, by: str) -> None:
    """Decide again what you last undid, as long as you have decided nothing new since.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente review $(detente show pledges --ids | head -n 1) accept --by "Ana"
      detente undo --by "Ana"
      detente redo --by "Ana"
    """
    from detente.ledger.clustering import cluster

    with open_ledger(ledger_path) as ledger:
        click.echo(all_told(ledger.redo_last(by=by)))
        cluster(ledger)
