"""`detente undo`: the last decision is taken back."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger
from detente.cli.deciding import all_told, by_option


@click.command("undo")
@ledger_option
@by_option
def command(ledger_path: Path, by: str) -> None:
    """Take back what you decided last; again, what came before. What was decided about many records at once goes as one.

    Decisions are in the ledger, so that this works after any restart. `detente redo` makes them again.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente review $(detente show pledges --ids | head -n 1) accept --by "Ana"
      detente undo --by "Ana"
    """
    from detente.ledger.clustering import cluster

    with open_ledger(ledger_path) as ledger:
        click.echo(all_told(ledger.undo_last(by=by)))
        cluster(ledger)
