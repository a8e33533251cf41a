"""`detente merge`: two records, or two actors, are one."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger
from detente.cli.deciding import by_option, reason_option, told


@click.command("merge")
@click.argument("one", metavar="ID")
@click.argument("into", metavar="INTO")
@ledger_option
@by_option
@reason_option
def command(one: str, into: str, ledger_path: Path, by: str, reason: str | None) -> None:
    """Say that the record or actor ID is the same as INTO, which is kept.

    Lists, counts and questions then have INTO. ID stays in the ledger with its words; `detente split` takes it out again.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente merge $(detente show events --ids | head -n 2) --reason "one meeting, told twice"
    """
    from detente.ledger.clustering import cluster

    with open_ledger(ledger_path) as ledger:
        click.echo(told(ledger.merge(one, into, by=by, note=reason)))
        cluster(ledger)
