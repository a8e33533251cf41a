"""Records leave and come back: one file a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO

from detente.errors import UnknownName
from detente.exchange.base import Exporter
from detente.exchange.csv import Csv
from detente.exchange.jsonl import JsonLines
from detente.exchange.jsonl_in import import_file, import_jsonl
from detente.ledger import Ledger
from detente.records import AnyRecord

_EXPORTERS: Mapping[str, Exporter] = MappingProxyType({e.name: e for e in (JsonLines(), Csv())})


def exporters() -> Mapping[str, Exporter]:
    """The formats by name."""
    return _EXPORTERS


def exporter(name: str) -> Exporter:
    """One format.

    Raises:
        UnknownName: there is none of that name.
    """
    try:
        return _EXPORTERS[name]
    except KeyError:
        known = ", ".join(sorted(_EXPORTERS))
        raise UnknownName(f"got the format {name!r}, expected one of: {known}", "detente export --format jsonl") from None


def export(ledger: Ledger, format: str, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> None:  # noqa: A002
    """Write records of a ledger in a format.

    Args:
        ledger: where they are from.
        format: the format's name, such as "jsonl".
        stream: open for bytes.
        records: those to write, such as `ledger.pledges.where(stage="announced")`; all where `None`.

    Raises:
        UnknownName: no such format.
    """
    exporter(format).write(ledger, stream, records)


__all__ = ["Exporter", "export", "exporter", "exporters", "import_file", "import_jsonl"]
