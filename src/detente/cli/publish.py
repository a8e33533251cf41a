"""`detente publish`: the pages as files that open from a disk."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option, open_ledger


@click.command("publish")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@ledger_option
@click.option("--include-unreviewed", is_flag=True, help="Also what no person has accepted, stamped as such.")
@click.option("--full-text", is_flag=True, help="Whole articles too: only where you have the right to pass them on.")
def command(folder: Path, ledger_path: Path, include_unreviewed: bool, full_text: bool) -> None:
    """Write the pages into the new folder DIR, as files that open from a disk without a server.

    They hold records that a person has accepted, corrected or disputed; of the articles the sentences that these rest on; no
    name of a reviewer, and no path of this machine.

    \b
    Example:
      detente publish site --include-unreviewed --ledger detente-demo.db
    """
    from detente.web.leaving import leaving
    from detente.web.publishing import publish

    with open_ledger(ledger_path, readonly=True) as ledger:
        with leaving(ledger, include_unreviewed=include_unreviewed) as copy:
            made = publish(copy, folder, full_text=full_text)
        held = len(ledger.records().where(review="proposed"))
    click.echo(f"{made.pages} pages → {made.first}")
    if held and not include_unreviewed:
        click.echo(f"note: {held} records were left out, since no person has accepted them (--include-unreviewed)", err=True)
