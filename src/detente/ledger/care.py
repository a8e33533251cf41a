"""A ledger's care: backups, and a summary of what it holds."""

from __future__ import annotations

import sqlite3
from html import escape
from pathlib import Path

from detente.errors import LedgerCorrupt, LedgerError, LedgerLocked
from detente.ledger.connection import Connection, translated
from detente.ledger.redacting import PURGE
from detente.ledger.schema import INDEXES
from detente.ledger.views import counts


def backup(connection: Connection, path: Path) -> None:
    """Copy the ledger to a new file while it may be in use; see `Ledger.backup`."""
    if path.exists():
        raise LedgerError(
            f"{path}: got a path where there is something, expected a new one",
            f"name another file than '{path}'",
        )
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: there is no folder {path.parent}", f"mkdir -p '{path.parent}'")
    unfinished = path.with_name(path.name + ".part")
    try:
        with translated(str(path)):
            _copy(connection, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(connection: Connection, path: Path) -> None:
    path.unlink(missing_ok=True)
    target = sqlite3.connect(path, isolation_level=None)
    try:
        connection.copy_to(target)
        # One file with nothing beside it is what a person expects to move or to archive.
        target.execute("PRAGMA journal_mode = DELETE")
        if target.execute("SELECT 1 FROM due WHERE work = ?", (PURGE,)).fetchone():
            purge(Connection(target, str(path)))
        found = target.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        target.close()
    if found != "ok":
        raise LedgerCorrupt(f"{connection.name}: the ledger is damaged ({found}); no backup was made")


def purge(connection: Connection) -> None:
    """Clear what was redacted out of the file: out of the full-text indexes, the free pages and the write-ahead log.

    Raises:
        LedgerLocked: another program has the ledger open; the words are redacted, but their bytes may still be in the file.
    """
    # A deletion in FTS5 is a mark until segments are merged; VACUUM writes the file anew without its free pages.
    for index in INDEXES:
        with connection.writing():
            connection.run(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    connection.run("VACUUM")
    with connection.writing():
        connection.run("DELETE FROM due WHERE work = ?", (PURGE,))
    busy = connection.row("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy and busy[0]:
        with connection.writing():
            connection.run("INSERT OR IGNORE INTO due(work) VALUES (?)", (PURGE,))
        raise LedgerLocked(
            f"{connection.name}: the words are redacted, but another program has the ledger open, and their bytes may still be "
            "in the file",
            f"close it, and run: detente redact --purge --ledger '{connection.name}'",
        )


def summary(connection: Connection) -> list[tuple[str, str]]:
    """What a ledger holds, as pairs of a heading and a value."""
    first, last, outlets = connection.rows(
        "SELECT min(published), max(published), count(DISTINCT publisher) FROM articles"
    )[0]
    reviews = connection.rows("SELECT review, count(*) FROM records GROUP BY review ORDER BY review")
    lines = [("ledger", connection.name)]
    lines += [(noun, str(n)) for noun, n in counts(connection).items() if n]
    lines += [
        ("published", f"{first} to {last}" if first else "unknown"),
        ("outlets", str(outlets) if outlets else "unknown"),
    ]
    return [*lines, ("review", ", ".join(f"{n} {review}" for review, n in reviews) or "nothing to review")]


def summary_html(connection: Connection) -> str:
    """The summary as a table."""
    rows = "".join(f"<tr><th>{escape(h)}</th><td>{escape(v)}</td></tr>" for h, v in summary(connection))
    return f"<table>{rows}</table>"
