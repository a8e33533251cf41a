"""`detente import`: records of an export, a team's own coding, or an archive's shards, into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import ledger_option
from detente.errors import MissingInput

if TYPE_CHECKING:
    from detente.exchange.coding import Coded
    from detente.exchange.coding_map import CodingMap
    from detente.ledger import Ledger


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@ledger_option
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Of a CSV table or a folder of brat's: TOML that says which column or label is what.",
)
def command(path: Path, ledger_path: Path, mapping: Path | None) -> None:
    """Take records into the ledger; all of them, or where anything is damaged none.

    PATH is a JSON Lines export; a DNA file (.dna); a team's own coding, as a CSV table or as a folder of brat's X.txt and X.ann,
    with a mapping file; or a folder that `detente read --out` made, which is merged article by article. Importing again adds
    nothing.

    \b
    Example:
      detente import records.jsonl --ledger copy.db
    """
    from detente.ledger import Ledger
    from detente.ledger.clustering import cluster

    if not path.exists():  # before a ledger is made for it
        raise MissingInput(
            f"{path}: got no such file, expected an export", f"detente export --format jsonl -o {path}"
        )
    if path.is_dir() and mapping is None and not any(path.rglob("*.ann")):
        return _merge(path, ledger_path)
    layout = _mapping(path, mapping)
    with Ledger.filling(ledger_path) as ledger:
        notes = _take(ledger, path, layout)
        cluster(ledger)
        click.echo(f"{path} → {ledger_path}: {ledger.summary()}")
    for note in notes:
        click.echo(f"note: {note}", err=True)


def _mapping(path: Path, mapping: Path | None) -> CodingMap | None:
    """The mapping of what needs one."""
    from detente.exchange.coding_map import CodingMap

    needed = path.is_dir() or path.suffix.lower() == ".csv"
    if needed and mapping is None:
        what = "a folder of brat's" if path.is_dir() else "a table"
        raise click.UsageError(
            f"{path}: got {what} without --mapping, expected a TOML file that says what is what: detente import {path} --mapping coding.toml"
        )
    if mapping is not None and not needed:
        raise click.UsageError(f"--mapping: got {path}, expected it with a .csv file or a folder of brat's")
    return CodingMap.load(mapping) if mapping else None


def _take(ledger: Ledger, path: Path, mapping: CodingMap | None) -> list[str]:
    """Take a file or folder in, and give what a person must know of it."""
    from detente.exchange import import_file
    from detente.exchange.brat import import_brat
    from detente.exchange.coding_csv import import_coding
    from detente.exchange.dna_in import import_dna

    coded: Coded
    if mapping is not None:
        coded = (import_brat if path.is_dir() else import_coding)(ledger, path, mapping)
    elif path.suffix.lower() == ".dna":
        coded = import_dna(ledger, path)
    else:
        import_file(ledger, path)
        return []
    return coded.notes()


def _merge(folder: Path, ledger_path: Path) -> None:
    from detente.archives.archive import Archive
    from detente.archives.merging import merge
    from detente.ledger import Ledger

    archive = Archive(folder)
    files = archive.record_files()
    with Ledger.filling(ledger_path) as ledger:
        merged = merge(ledger, files)
        click.echo(
            f"{folder} → {ledger_path}: {merged.articles} new articles, {merged.seen} seen before; {ledger.summary()}"
        )
    left = len(archive.plan.shards) - len(files)
    if left:
        click.echo(f"note: {left} of its shards are not read yet: detente read --out {folder}", err=True)
