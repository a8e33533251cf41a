"""SQLite as the ledger uses it: one writer at a time, whole transactions, and errors with a remedy."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from detente.errors import LedgerCorrupt, LedgerError, LedgerLocked, RecordError

Row = tuple[Any, ...]


class Connection:
    """A SQLite connection that any thread may use, one after the other.

    Args:
        raw: open, in autocommit mode, made with `check_same_thread=False`.
        name: what errors call the ledger.
    """

    def __init__(self, raw: sqlite3.Connection, name: str) -> None:
        self.raw = raw
        self.name = name
        self._lock = RLock()
        self._depth = 0
        self._apart = False
        self._seen: Hashable = None  # the state of the file when the snapshot in hand began

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self._lock, translated(self.name):
            return self.raw.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or `None`."""
        with self._lock, translated(self.name):
            found: Row | None = self.raw.execute(sql, parameters).fetchone()
            return found

    def column(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The first column of a query."""
        return [row[0] for row in self.rows(sql, parameters)]

    def numbers(self, sql: str, parameters: Sequence[Any] = ()) -> array[int]:
        """The first column of a query for whole numbers, eight bytes each: a million do not become a million objects."""
        with self._lock, translated(self.name):
            return array("q", (number for (number,) in self.raw.execute(sql, parameters)))

    def number(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """The single number of a query such as a count."""
        row = self.row(sql, parameters)
        return int(row[0] or 0) if row else 0

    def run(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Run a statement that writes; call it inside `writing`."""
        with self._lock, translated(self.name):
            return self.raw.execute(sql, parameters)

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement that writes once for each row; call it inside `writing`."""
        with self._lock, translated(self.name):
            self.raw.executemany(sql, rows)

    def writing(self) -> _Transaction:
        """A transaction that writes: all of it is kept or, on any error, none. It may be nested."""
        # IMMEDIATE takes the write lock at once. With a deferred BEGIN a second writer fails half way through,
        # without waiting for the busy timeout (437 of 499 concurrent saves, when it was measured).
        return _Transaction(self, "BEGIN IMMEDIATE")

    def snapshot(self) -> _Transaction:
        """Several reads that see one state of the ledger, whatever others write meanwhile."""
        return _Transaction(self, "BEGIN")

    def state(self) -> Hashable:
        """What every change to the file changes, as it was when what can be read now was written, or before.

        Returns:
            `None` for a ledger in memory, for a connection that stands apart, and inside a transaction that writes, which
            sees its own state.
        """
        if self._apart:
            return None
        return self._seen if self.raw.in_transaction else file_state(self.name)

    def stand_apart(self) -> None:
        """From now on this connection sees something else than the file has (temporary views): it keeps no counts for others."""
        self._apart = True

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.number("PRAGMA query_only"))

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole database as it stands into another one."""
        with self._lock:
            self.raw.backup(target)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self.raw.close()


class _Transaction:
    """Begin on entering, commit on leaving, roll back on an error; inner ones are savepoints of the outer."""

    def __init__(self, connection: Connection, begin: str) -> None:
        self.connection = connection
        self.begin = begin

    def __enter__(self) -> None:
        c = self.connection
        c._lock.acquire()
        try:
            if c._depth == 0:
                c._seen = file_state(c.name) if self.begin == "BEGIN" else None
            c.run(self.begin if c._depth == 0 else f"SAVEPOINT inner_{c._depth}")
            c._depth += 1
        except BaseException:
            c._lock.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        c = self.connection
        c._depth -= 1
        try:
            with translated(c.name):
                if kind:
                    self._undo()
                else:
                    self._keep()
        finally:
            c._lock.release()

    def _keep(self) -> None:
        raw, depth = self.connection.raw, self.connection._depth
        try:
            raw.execute("COMMIT" if depth == 0 else f"RELEASE inner_{depth}")
        except sqlite3.Error:
            self._undo()
            raise

    def _undo(self) -> None:
        raw, depth = self.connection.raw, self.connection._depth
        if not raw.in_transaction:
            return  # SQLite has rolled it back itself, as it does when the disk is full
        if depth == 0:
            raw.execute("ROLLBACK")
        else:
            raw.execute(f"ROLLBACK TO inner_{depth}")
            raw.execute(f"RELEASE inner_{depth}")


def file_state(name: str) -> Hashable:
    """What a commit to a ledger's file or to its write-ahead log changes; `None` where there is no file."""
    try:
        file = Path(name).stat()
    except (OSError, ValueError):
        return None
    try:
        log = Path(f"{name}-wal").stat()
    except OSError:
        return (name, file.st_ino, file.st_mtime_ns, file.st_size)
    return (name, file.st_ino, file.st_mtime_ns, file.st_size, log.st_ino, log.st_mtime_ns, log.st_size)


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn SQLite's errors into the ledger's.

    Args:
        name: what the errors call the ledger.

    Raises:
        LedgerLocked, LedgerCorrupt, LedgerError: with the remedy.
        RecordError: text that has no UTF-8.
    """
    try:
        yield
    except sqlite3.ProgrammingError as error:
        if "closed" in str(error):
            raise LedgerError(
                f"{name}: the ledger has been closed", "open it again with Ledger.open"
            ) from error
        raise
    except UnicodeEncodeError as error:
        raise RecordError(
            f"got {error.object[error.start : error.end]!r}, expected characters that UTF-8 can hold"
        ) from error
    except sqlite3.Error as error:
        raise _ours(name, error) from error


def _ours(name: str, error: sqlite3.Error) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if any(told in str(error) for told in ("decode to UTF-8", "fts5 file format", "malformed JSON")):
        code = (
            sqlite3.SQLITE_CORRUPT
        )  # found by Python or by FTS5 and not by SQLite itself, so without a code
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LedgerLocked(
                f"{name}: another process is writing to this ledger and did not finish in time",
                "wait for it to end and run the command again",
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LedgerCorrupt(f"{name}: the ledger is damaged ({error})", recovery(name))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return LedgerError(
                f"{name}: got a ledger that can only be read, expected one that can be written",
                f"chmod u+w '{name}', or copy it to a folder of your own",
            )
        case sqlite3.SQLITE_CANTOPEN:
            return LedgerError(
                f"{name}: the ledger cannot be opened ({error})", f"check the rights on '{Path(name).parent}'"
            )
        case sqlite3.SQLITE_FULL:
            return LedgerError(f"{name}: the disk is full; nothing of this step was kept", "free some space")
        case sqlite3.SQLITE_IOERR:
            return LedgerError(
                f"{name}: the disk did not take or give what was asked ({error}); nothing of this step was kept",
                f"see that there is space left, and that the disk is sound: df -h '{Path(name).parent}'",
            )
        case _:
            return LedgerError(f"{name}: SQLite says: {error}")


def recovery(name: str) -> str:
    """What to do about a damaged ledger."""
    return f"put a backup in its place; without one, try: sqlite3 '{name}' .recover"
