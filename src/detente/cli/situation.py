"""`detente situation`: the ledger as a situation to weigh."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger, output


@click.command("situation")
@ledger_option
@click.option("--output", "-o", "path", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
def command(ledger_path: Path, path: str) -> None:
    """Write the situation that the ledger describes as TOML, for a person to complete.

    Each input names the records it rests on, or says that it is assumed.

    \b
    Example:
      detente situation -o london.toml --ledger detente-demo.db
    """
    from detente.weighing import dumps, situation_from

    with open_ledger(ledger_path, readonly=True) as ledger:
        situation = situation_from(ledger)
    with output(path) as stream:
        stream.write(dumps(situation).encode())
