"""The shortest way in from Python: `detente.read`."""

from __future__ import annotations

import os
from pathlib import Path

from detente.actors import Registry
from detente.articles import read_sources
from detente.errors import InputError
from detente.ledger import Ledger
from detente.ledger.intake import read_into


def read(
    *paths: str | os.PathLike[str],
    ledger: Ledger | str | Path | None = None,
    published: str | None = None,
    country: str | None = None,
    publisher: str | None = None,
    registry: str | os.PathLike[str] | None = None,
) -> Ledger:
    """Read articles into a ledger.

    Args:
        paths: files, folders, or "-" for standard input.
        ledger: a ledger, or the path of one that is made where it is missing; by default one in memory.
        published: day of publication of all of them, ISO.
        country: ISO 3166-1 alpha-2 of the outlet, which decides who "the PM" is.
        publisher: name of the outlet.
        registry: folder of your own registry files, on top of the packaged ones.

    Returns:
        The ledger.

    Raises:
        InputError: some articles could not be read. Those that could are in the ledger, if it is a file or was
            given; the message names the first fault and counts the others.
    """
    kept = ledger if isinstance(ledger, Ledger) else Ledger.open(ledger, create=True) if ledger else Ledger.memory()
    offices = Registry.load(Path(registry) if registry is not None else None)
    sources = read_sources(paths, published=published, country=country, publisher=publisher)
    intake = read_into(kept, sources, registry=offices)
    if intake.failed:
        first = intake.failed[0].error or InputError("an article could not be read")
        more = f" (and {len(intake.failed) - 1} more)" if len(intake.failed) > 1 else ""
        raise first if not more else InputError(f"{first.message}{more}", first.remedy)
    return kept
