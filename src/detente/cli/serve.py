"""`detente serve`: the ledger in a browser."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import click

from detente.cli.common import ledger_option, registry_option


@click.command("serve")
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.option("--token", help="What a browser must show once; needed with a --host that others can reach.")
@click.option("--by", show_default="your user name; with --token nobody", help="Who decides in the review.")
@click.option("--read-only", "readonly", is_flag=True, help="Show the ledger and take no decisions.")
@click.option("--new", is_flag=True, help="Make the ledger where there is none; articles are then added in the browser.")
@registry_option
@click.option("--open", "open_browser", is_flag=True, help="Open the browser too.")
def command(
    ledger_path: Path, host: str, port: int, token: str | None, by: str | None, readonly: bool, new: bool,
    registry: Path | None, open_browser: bool,
) -> None:  # fmt: skip
    """Open the ledger in a browser, on this machine only: to read, to ask, to review, to add articles. Stop it with Ctrl-C.

    \b
    Example:
      detente serve --ledger detente-demo.db
    """
    from detente.actors import Registry
    from detente.ledger import Ledger
    from detente.web import serve

    Registry.load(registry)  # a fault in it is told now, and not when an article is read
    if new and not ledger_path.exists():
        Ledger.open(ledger_path, create=True).close()
    elif not readonly and os.access(ledger_path, os.W_OK):
        Ledger.open(ledger_path).close()  # brings one of an earlier version up to date, which the pages, as readers, do not
    # Whoever comes with a token is not the person who started the server, and says who they are.
    name = by if by is not None else "" if token else getpass.getuser()
    serve(ledger_path, host=host, port=port, open_browser=open_browser, token=token, by=name, readonly=readonly, registry=registry)
