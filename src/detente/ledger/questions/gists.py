"""The gist of each term, position and event, from an index: by it a question chooses which records to read whole."""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec

from detente.ledger.connection import Connection, Row
from detente.ledger.schema import GIST, HAVE_GIST
from detente.records import EventType, Factuality, TermCategory

_STANDING = f"""SELECT {{}} FROM records WHERE kind = ? AND {HAVE_GIST} AND merged_into IS NULL
    AND review <> 'rejected' AND article NOT IN (SELECT value FROM json_each(?)) {{}}"""
_IN_TIME = "AND article IN (SELECT id FROM articles WHERE substr(published, 1, 10) <= ?)"
_CHOSEN = f"""SELECT value, article, place, id FROM records WHERE kind = ?2 AND merged_into IS NULL AND serial IN (SELECT value FROM json_each(?1)
    UNION SELECT serial FROM records WHERE kind = ?2 AND {HAVE_GIST} AND merged_into IS NULL AND review = 'rejected'
    UNION SELECT serial FROM records WHERE kind = ?2 AND {HAVE_GIST} AND merged_into IS NULL
        AND article IN (SELECT value FROM json_each(?3)))"""


class Named(msgspec.Struct, frozen=True):
    """An actor, as a record names it."""

    id: str


class Gist(msgspec.Struct, array_like=True, frozen=True):
    """Some fields of a record, `None` where its kind does not have them; `actor` is an id."""

    factuality: Factuality
    hearsay: bool
    type: EventType | None
    actors: tuple[Named, ...] | None
    recipients: tuple[Named, ...] | None
    actor: str | None
    issue: str | None
    valid_from: str | None
    supersedes: str | None
    proposition: str | None
    category: TermCategory | None
    depends_on: tuple[str, ...] | None


class Gists(dict[str, Gist]):
    """Gists by their lines of JSON: many are the same, and each is decoded once, when it is first asked for."""

    def __init__(self) -> None:
        self._read = msgspec.json.Decoder(Gist).decode

    def __missing__(self, line: str) -> Gist:
        self[line] = gist = self._read(line)
        return gist


def standing(
    connection: Connection, kind: str, out: Iterable[str], as_of: str | None, columns: str
) -> list[Row]:
    """Columns of the records of a kind that stand, with their gists' lines behind them; no objects, of which there would be many.

    Args:
        connection: the ledger's.
        kind: term, position or event.
        out: ids of the articles of which nothing counts.
        as_of: last day of publication, as YYYY-MM-DD; no limit where `None`.
        columns: serial or article, each with a comma behind it; as few as are needed.
    """
    asked = (kind, json.dumps(sorted(out)), *((as_of,) if as_of else ()))
    return connection.rows(_STANDING.format(f"{columns} {GIST}", _IN_TIME if as_of else ""), asked)


def rows(connection: Connection, kind: str, serials: Iterable[int], out: Iterable[str]) -> list[Row]:
    """The rows of some records of a kind, and of all its records that do not stand: value, article, place and id."""
    return connection.rows(_CHOSEN, (json.dumps(list(serials)), kind, json.dumps(sorted(out))))
