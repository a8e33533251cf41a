"""Every error that détente raises on purpose, in one tree.

    DetenteError
    ├── InputError            what was given cannot be read
    │   ├── MissingInput          no such file or folder, or no right to read it
    │   ├── EncodingError         the bytes are not text
    │   ├── EmptyArticle          there is no text to read
    │   ├── MalformedInput        broken JSON, CSV, HTML, TOML; names the place
    │   └── InvalidDate           not a date, or a date that cannot be meant
    ├── RecordError           a record breaks its contract (wrong offsets, unknown category)
    ├── LedgerError           the ledger cannot be used
    │   ├── LedgerMissing         there is no ledger at this path
    │   ├── LedgerLocked          another process is writing
    │   ├── LedgerNewer           written by a later version of détente
    │   ├── LedgerCorrupt         SQLite or our own checks find damage
    │   └── NotALedger            a file, but not one of ours
    ├── RegistryError         the actor registry's data are not well formed
    ├── SituationError        a situation cannot be weighed as it stands
    ├── UnknownName           an identifier, kind, format or model that does not exist
    └── MissingExtra          an optional dependency is not installed

A message says what was got and what was expected; `remedy` is the command or the step that would work.
"""

from __future__ import annotations


class DetenteError(Exception):
    """The root of the tree.

    Args:
        message: what happened: what was got, what was expected.
        remedy: a command or a step that would work, or an empty string.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  try: {self.remedy}" if self.remedy else self.message


class InputError(DetenteError):
    """What was given cannot be read."""


class MissingInput(InputError):
    """No such file or folder, or no right to read it."""


class EncodingError(InputError):
    """The bytes are not text in any encoding that is tried."""


class EmptyArticle(InputError):
    """There is no text to read."""


class MalformedInput(InputError):
    """Broken JSON, CSV, HTML or TOML; the message names the file and the line."""


class InvalidDate(InputError):
    """Not a date, or a date that cannot be meant (in the future, before newspapers)."""


class RecordError(DetenteError):
    """A record breaks its contract: offsets that do not give its words, an unknown category."""


class LedgerError(DetenteError):
    """The ledger cannot be used."""


class LedgerMissing(LedgerError):
    """There is no ledger at this path."""


class LedgerLocked(LedgerError):
    """Another process is writing to the ledger and did not finish in time."""


class LedgerNewer(LedgerError):
    """The ledger was written by a later version of détente."""


class LedgerCorrupt(LedgerError):
    """SQLite or détente's own checks find the ledger damaged."""


class NotALedger(LedgerError):
    """The path holds something that is not a détente ledger."""


class RegistryError(DetenteError):
    """The actor registry's data are not well formed; the message names file, line and column."""


class SituationError(DetenteError):
    """A situation cannot be weighed as it stands; the message names the field."""


class UnknownName(DetenteError):
    """An identifier, kind, format or model that does not exist."""


class MissingExtra(DetenteError):
    """An optional dependency is not installed; the remedy is the exact `pip install`."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs {package}, which is not installed", f"pip install 'detente[{extra}]'")
