"""A path becomes an open ledger file, or a clear error that says what the path holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from detente.errors import LedgerError, LedgerMissing, LedgerNewer, NotALedger
from detente.ledger.connection import Connection, translated
from detente.ledger.schema import APPLICATION_ID, VERSION, migrate

_MAGIC = b"SQLite format 3\x00"
_CACHE = 65_536  # KiB; SQLite's own 2 MB spill to disk all the time during a long import
_LEAST_SQLITE = (3, 37, 0)  # STRICT tables


def open_file(path: Path, *, create: bool, readonly: bool, timeout: float) -> Connection:
    """Open a ledger's file.

    Args:
        path: where it lies.
        create: make a new ledger where there is none, or an empty file.
        readonly: never write to it.
        timeout: seconds to wait for another writer.

    Raises:
        LedgerMissing, NotALedger, LedgerNewer, LedgerCorrupt, LedgerLocked, LedgerError: see `detente.errors`.
    """
    _require_sqlite()
    _inspect(path, create=create and not readonly)
    mode = "ro" if readonly else "rwc" if create else "rw"
    connection = _connect(path, mode, timeout)
    try:
        _prepare(connection, path, create=create, readonly=readonly)
    except BaseException:
        connection.close()
        raise
    return connection


def open_memory() -> Connection:
    """A new ledger that is gone when it is closed."""
    _require_sqlite()
    connection = Connection(_raw(":memory:", 0.0), "the ledger in memory")
    with connection.writing():
        migrate(connection)
    return connection


def discard(path: Path) -> None:
    """Remove the file of a ledger that was closed, unless another process has it open."""
    if not path.with_name(path.name + "-wal").exists():
        path.unlink(missing_ok=True)


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < _LEAST_SQLITE:
        wanted = ".".join(map(str, _LEAST_SQLITE))
        raise LedgerError(
            f"got SQLite {sqlite3.sqlite_version} in this Python, expected {wanted} or later",
            "install a Python of the last few years, such as one from python.org",
        )


def _inspect(path: Path, *, create: bool) -> None:
    """Refuse a path that holds no ledger before SQLite could touch it."""
    if not path.exists():
        _inspect_place(path, create=create)
        return
    if not path.is_file():
        raise NotALedger(
            f"{path}: got a folder or a device, expected a ledger file",
            f"detente read … --ledger '{path}/detente.db'",
        )
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise LedgerError(
            f"{path}: the ledger cannot be read ({error.strerror})", f"chmod u+r '{path}'"
        ) from error
    if not head and not create:
        raise NotALedger(
            f"{path}: got an empty file, expected a ledger", f"detente read ARTICLE.txt --ledger '{path}'"
        )
    if head and head != _MAGIC:
        raise NotALedger(
            f"{path}: got a file that is no SQLite database, expected a ledger",
            "detente read ARTICLE.txt --ledger NEW.db, which makes a ledger from articles",
        )


def _inspect_place(path: Path, *, create: bool) -> None:
    if not create:
        raise LedgerMissing(f"{path}: there is no ledger here", f"detente read ARTICLE.txt --ledger '{path}'")
    if not path.parent.is_dir():
        raise LedgerMissing(
            f"{path}: there is no folder {path.parent} to make a ledger in", f"mkdir -p '{path.parent}'"
        )


def _raw(target: str, timeout: float) -> sqlite3.Connection:
    raw = sqlite3.connect(target, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA cell_size_check = ON")  # notice a damaged page when it is read
    return raw


def _connect(path: Path, mode: str, timeout: float) -> Connection:
    with translated(str(path)):
        return Connection(_raw(f"{path.absolute().as_uri()}?mode={mode}", timeout), str(path))


def _prepare(connection: Connection, path: Path, *, create: bool, readonly: bool) -> None:
    if readonly:
        _take_still(connection, path)
        connection.row("PRAGMA query_only = ON")
    connection.row(f"PRAGMA cache_size = -{_CACHE}")
    if create and not readonly and _is_blank(connection):
        connection.row("PRAGMA journal_mode = WAL")
        with connection.writing():
            # Another process may have been faster: look again, now that nobody else can write.
            if _is_blank(connection):
                migrate(connection)
    _identify(connection, path, readonly=readonly)


def _take_still(connection: Connection, path: Path) -> None:
    """Read a ledger where nothing can be written (a read-only disk), which WAL's shared memory would need."""
    try:
        connection.raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        wal = path.with_name(path.name + "-wal")
        if error.sqlite_errorcode & 0xFF not in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        ) or _has_content(wal):
            return  # what follows meets the same error and names it
        connection.raw.close()
        connection.raw = _raw(f"{path.absolute().as_uri()}?mode=ro&immutable=1", 0.0)
    except sqlite3.DatabaseError:
        return


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _is_blank(connection: Connection) -> bool:
    return connection.number("SELECT count(*) FROM sqlite_master") == 0


def _identify(connection: Connection, path: Path, *, readonly: bool) -> None:
    application = connection.number("PRAGMA application_id")
    version = connection.number("PRAGMA user_version")
    if application != APPLICATION_ID:
        what = "an empty database" if _is_blank(connection) else "the SQLite database of another program"
        raise NotALedger(f"{path}: got {what}, expected a ledger", "detente read ARTICLE.txt --ledger NEW.db")
    if version > VERSION:
        raise LedgerNewer(
            f"{path}: got a ledger of schema {version}, expected {VERSION} or earlier",
            "pip install --upgrade detente",
        )
    if version < VERSION:
        _upgrade(connection, path, version, readonly=readonly)


def _upgrade(connection: Connection, path: Path, version: int, *, readonly: bool) -> None:
    if readonly:
        raise LedgerError(
            f"{path}: got a ledger of schema {version}, expected {VERSION}; it is opened for reading only",
            f"detente check --ledger '{path}', which brings it up to date",
        )
    with connection.writing():
        migrate(connection)
