"""`detente import`: records from JSON Lines, or an archive's shards, into the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import ledger_option
from detente.errors import MissingInput


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@ledger_option
def command(path: Path, ledger_path: Path) -> None:
    """Take the records of a JSON Lines export into the ledger; all of them, or where one line is damaged none.

    A folder that `detente read --out` made is merged article by article; merging again adds nothing.

    \b
    Example:
      detente import records.jsonl --ledger copy.db
    """
    from detente.exchange import import_file
    from detente.ledger import Ledger
    from detente.ledger.clustering import cluster

    if path.is_dir():
        return _merge(path, ledger_path)
    if not path.is_file():  # before a ledger is made for it
        raise MissingInput(f"{path}: got no such file, expected an export", f"detente export --format jsonl -o {path}")
    with Ledger.filling(ledger_path) as ledger:
        import_file(ledger, path)
        cluster(ledger)
        click.echo(f"{path} → {ledger_path}: {ledger.summary()}")


def _merge(folder: Path, ledger_path: Path) -> None:
    from detente.archives.archive import Archive
    from detente.archives.merging import merge
    from detente.ledger import Ledger

    archive = Archive(folder)
    files = archive.record_files()
    with Ledger.filling(ledger_path) as ledger:
        merged = merge(ledger, files)
        click.echo(f"{folder} → {ledger_path}: {merged.articles} new articles, {merged.seen} seen before; {ledger.summary()}")
    left = len(archive.plan.shards) - len(files)
    if left:
        click.echo(f"note: {left} of its shards are not read yet: detente read --out {folder}", err=True)
