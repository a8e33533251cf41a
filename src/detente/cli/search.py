"""`detente search`: full text over articles and records."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json, print_table


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@ledger_option
@click.option("--kind", help="Only records of this kind, or article.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="The most to show.")
@json_option
def command(words: tuple[str, ...], ledger_path: Path, kind: str | None, limit: int, as_json: bool) -> None:
    """Search the articles and the records for words.

    \b
    Example:
      detente search backstop --kind term --ledger detente-demo.db
    """
    with open_ledger(ledger_path, readonly=True) as ledger:
        hits = ledger.search(" ".join(words), kind, limit)
    if as_json:
        print_json([hit.to_dict() for hit in hits])
        return
    rows = [{"kind": h.kind, "words": h.snippet, "id": h.id if h.kind != "article" else h.id[:12]} for h in hits]
    print_table(f"{len(rows)} found", rows, {"kind": "kind", "words": "words", "id": "id"}, "nothing found")
