"""Records leave and come back: one file a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO

from detente.errors import UnknownName
from detente.exchange.annotations import Annotations
from detente.exchange.base import Account, Exporter
from detente.exchange.bibtex import Bibtex
from detente.exchange.csv import Csv
from detente.exchange.dna import Dna
from detente.exchange.events_csv import EventsCsv
from detente.exchange.graphml import GraphMl
from detente.exchange.iati import Iati
from detente.exchange.jsonl import JsonLines
from detente.exchange.jsonl_in import import_file, import_jsonl
from detente.exchange.parquet import Parquet
from detente.exchange.ucdp import Ucdp
from detente.exchange.xlsx import Xlsx
from detente.ledger import Ledger
from detente.records import AnyRecord

_ALL: tuple[Exporter, ...] = (
    JsonLines(), Csv(), Xlsx(), Parquet(), EventsCsv(), Dna(), Annotations(), GraphMl(), Iati(), Ucdp(), Bibtex(),
)  # fmt: skip
_EXPORTERS: Mapping[str, Exporter] = MappingProxyType({e.name: e for e in _ALL})


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
        raise UnknownName(
            f"got the format {name!r}, expected one of: {known}", "detente export --format jsonl"
        ) from None


def export(
    ledger: Ledger,
    format: str,  # noqa: A002
    stream: IO[bytes],
    records: Iterable[AnyRecord] | None = None,
) -> Account:
    """Write records of a ledger in a format.

    Args:
        ledger: where they are from.
        format: the format's name, such as "jsonl".
        stream: open for bytes.
        records: those to write, such as `ledger.pledges.where(stage="announced")`; all where `None`.

    Returns:
        What is in the file and what is not, and which of the records no person has accepted.

    Raises:
        UnknownName: no such format.
        MissingExtra: a library that the format needs is not installed.
    """
    return exporter(format).write(ledger, stream, records)


__all__ = ["Account", "Exporter", "export", "exporter", "exporters", "import_file", "import_jsonl"]
