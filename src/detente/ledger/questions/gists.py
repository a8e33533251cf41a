"""The gists of terms, positions, events and memberships, from an index: by them a question chooses which records to read whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from detente.ledger.connection import Connection, Row
from detente.ledger.schema import GIST, HAVE_GIST
from detente.records import EventType, Factuality, MembershipStatus, Stance, TermCategory, TermStatus

_STANDING = f"""SELECT {{}} FROM records WHERE kind = ? AND {HAVE_GIST} AND merged_into IS NULL
    AND review <> 'rejected' AND article NOT IN (SELECT value FROM json_each(?)) {{}} {{}}"""
# What has no date is out already. By those that are later, since they are few as a rule.
_IN_TIME = "AND article NOT IN (SELECT id FROM articles WHERE substr(published, 1, 10) > ?)"
_ALIKE = f"{GIST} AS gist, json_group_array(serial), json_group_array(article)", "GROUP BY gist"
# Not by GROUP BY: of each group SQLite would make the gist anew from the record, 340 ms for 39,000 of them and 100 so.
_DIFFERENT = f"DISTINCT {GIST}", ""
# A pledge that is merged into another one is that one told again.
_TOLD = "kind = ?2 AND (merged_into IS NULL OR kind = 'pledge')"
_CHOSEN = f"""SELECT value, article, place, id FROM records WHERE {_TOLD} AND serial IN (SELECT value FROM json_each(?1)
    UNION SELECT serial FROM records WHERE {_TOLD} AND review = 'rejected'
    UNION SELECT serial FROM records WHERE {_TOLD} AND article IN (SELECT value FROM json_each(?3)))"""


class Named(msgspec.Struct, frozen=True):
    """An actor, as a record names it."""

    id: str


class Gist(msgspec.Struct, array_like=True, frozen=True):
    """Some fields of a record, `None` where its kind does not have them; `actor` and `coalition` are ids."""

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
    stance: Stance | None
    status: TermStatus | MembershipStatus | None
    coalition: str | None


class Alike(NamedTuple):
    """Records of one gist.

    Args:
        gist: what they have in common.
        serials: the numbers of their rows.
        articles: the ids of their articles, in the same order.
    """

    gist: Gist
    serials: list[int]
    articles: list[str]


_read_gist = msgspec.json.Decoder(Gist).decode
_read_serials = msgspec.json.Decoder(list[int]).decode
_read_articles = msgspec.json.Decoder(list[str]).decode


def standing(connection: Connection, kind: str, out: Iterable[str], as_of: str | None) -> Iterator[Alike]:
    """The records of a kind that stand, those of one gist together.

    Args:
        connection: the ledger's.
        kind: term, position, event or membership.
        out: ids of the articles of which nothing counts.
        as_of: last day of publication, as YYYY-MM-DD; no limit where `None`.
    """
    for gist, serials, articles in _grouped(connection, kind, out, as_of, *_ALIKE):
        yield Alike(_read_gist(gist), _read_serials(serials), _read_articles(articles))


def different(connection: Connection, kind: str, out: Iterable[str], as_of: str | None) -> Iterator[Gist]:
    """The gists alone, each once; see `standing`."""
    return (_read_gist(gist) for (gist,) in _grouped(connection, kind, out, as_of, *_DIFFERENT))


def _grouped(
    connection: Connection, kind: str, out: Iterable[str], as_of: str | None, columns: str, ending: str
) -> list[Row]:
    asked = (kind, json.dumps(sorted(out)), *((as_of,) if as_of else ()))
    return connection.rows(_STANDING.format(columns, _IN_TIME if as_of else "", ending), asked)


def rows(connection: Connection, kind: str, serials: Iterable[int], out: Iterable[str]) -> list[Row]:
    """The rows of some records of a kind, and of all its records that do not stand: value, article, place and id."""
    return connection.rows(_CHOSEN, (json.dumps(list(serials)), kind, json.dumps(sorted(out))))
