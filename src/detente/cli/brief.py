"""`detente brief`: what is on record since a day, as a text that leaves the house."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from detente.cli.common import day, ledger_option, open_ledger, output

if TYPE_CHECKING:
    from detente.web.briefing import Briefing

_ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".docx": "docx"}


@click.command("brief")
@ledger_option
@click.option("--since", required=True, metavar="DATE", callback=day, help="First day of publication.")
@click.option("--format", "form", type=click.Choice(["html", "markdown", "docx"]), show_default="by the ending of --output, else markdown", help="What is written; docx needs detente[word].")
@click.option("--output", "-o", "path", default="-", show_default="standard output", metavar="FILE", help="Where to write.")
@click.option("--title", help="Its heading.")
@click.option("--include-unreviewed", is_flag=True, help="Also what no person has accepted, stamped as such.")
@click.option("--full-text", is_flag=True, help="Whole articles too: only where you have the right to pass them on.")
def command(
    ledger_path: Path, since: str, form: str | None, path: str, title: str | None, include_unreviewed: bool, full_text: bool
) -> None:
    """Write a briefing of what is on record since a day, with quotations and links.

    It holds records that a person has accepted, corrected or disputed, each with its whole sentence; no path of this machine.

    \b
    Example:
      detente brief --since 2025-03-01 --include-unreviewed -o brief.html --ledger detente-demo.db
    """
    from detente.ledger import Ledger
    from detente.web.briefing import briefing
    from detente.web.leaving import leaving

    chosen = form or _ENDINGS.get(Path(path).suffix.lower(), "markdown")
    if chosen == "docx" and path == "-" and sys.stdout.isatty():
        raise click.UsageError("a Word file is no text for a terminal: name a file, such as -o brief.docx")
    with open_ledger(ledger_path, readonly=True) as ledger, leaving(ledger, include_unreviewed=include_unreviewed) as copy:
        with Ledger.open(copy, readonly=True) as outgoing:
            made = briefing(outgoing, since, title=title, full_text=full_text)
        held = len(ledger.records().where(since=since, review="proposed"))
    with output(path) as stream:
        _write(made, chosen, stream)
    if held and not include_unreviewed:
        click.echo(f"note: {held} records since {since} were left out, since no person has accepted them (--include-unreviewed)", err=True)


def _write(made: Briefing, form: str, stream: IO[bytes]) -> None:
    if form == "docx":
        from detente.web.briefing_word import word

        word(made, stream)
    elif form == "html":
        from detente.web.briefing_html import html

        stream.write(html(made).encode())
    else:
        from detente.web.briefing_markdown import markdown

        stream.write(markdown(made).encode())
