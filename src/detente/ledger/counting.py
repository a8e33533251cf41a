"""Counts over all of a ledger are kept until something in it changes, for all connections of the process.

Facets of a million records take seconds, and page after page asks for the same ones. What is kept is told apart by the state of
the ledger's file and of its write-ahead log, one of which every transaction that writes changes.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock
from typing import Any

from detente.ledger.connection import Connection, Row

_SLOW = 0.02  # seconds; what is faster is asked anew
_MOST = 256  # results, each of some rows

_kept: OrderedDict[Hashable, list[Row]] = OrderedDict()
_lock = Lock()


def counted(connection: Connection, sql: str, parameters: Sequence[Any]) -> list[Row]:
    """The rows of a query that counts: as they were found before, where nothing has changed since.

    Args:
        connection: the ledger's.
        sql: a query whose rows are few.
        parameters: for its question marks.
    """
    # The state is that from before the query: a result may be newer than it says, and never older.
    state = connection.state()
    if state is None:
        return connection.rows(sql, parameters)
    key = (state, sql, tuple(parameters))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    began = time.perf_counter()
    rows = connection.rows(sql, parameters)
    if time.perf_counter() - began > _SLOW:
        _keep(key, rows)
    return rows


def forget() -> None:
    """Keep nothing of what was counted before."""
    with _lock:
        _kept.clear()


def _keep(key: Hashable, rows: list[Row]) -> None:
    with _lock:
        _kept[key] = rows
        if len(_kept) > _MOST:
            _kept.popitem(last=False)
