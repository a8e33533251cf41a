"""`detente split`: what was put together is taken apart."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger
from detente.cli.deciding import all_told, by_option, reason_option
from detente.errors import UnknownName


@click.command("split")
@click.argument("one", metavar="ID")
@click.argument("records", nargs=-1, metavar="[RECORD…]")
@ledger_option
@click.option("--to", metavar="ACTOR", help="Of an actor: whom the RECORDs are about instead.")
@by_option
@reason_option
def command(
    one: str, records: tuple[str, ...], ledger_path: Path, to: str | None, by: str, reason: str | None
) -> None:
    """Take the record ID out of what it was put together with, or the actor ID out of a merge.

    With --to, the RECORDs that name the actor ID are about the other ACTOR. A record that was split off is put together with
    others by no rule any more.

    \b
    Example:
      export DETENTE_LEDGER=detente-demo.db
      detente split $(detente show pledges --ids | head -n 1) --reason "another law"
    """
    if bool(records) != (to is not None):
        raise click.UsageError(
            "expected both the records and --to ACTOR, as in: detente split ACTOR RECORD --to OTHER; or neither"
        )
    from detente.ledger.clustering import cluster

    with open_ledger(ledger_path) as ledger:
        if to is None:
            made = [ledger.split(one, by=by, note=reason)]
        else:
            other = ledger.actors.where(name=to).first()
            if other is None:
                raise UnknownName(
                    f"there is no actor {to!r} in {ledger.name}",
                    "detente show actors, which shows names and ids",
                )
            made = ledger.reassign(records, one, other, by=by, note=reason)
        click.echo(all_told(made))
        cluster(ledger)
