"""What every format that records leave in must offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Protocol

from detente.ledger import Ledger
from detente.records import AnyRecord


class Exporter(Protocol):
    """One format, one file."""

    @property
    def name(self) -> str:
        """What `--format` calls it."""

    @property
    def extension(self) -> str:
        """What its files end in, with the dot."""

    @property
    def omits(self) -> tuple[str, ...]:
        """What of a ledger it cannot carry, in words for a person; empty where it carries all."""

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> None:
        """Write records with their current values.

        Args:
            ledger: where they are from.
            stream: open for bytes.
            records: those to write, all of the ledger where `None`.
        """
