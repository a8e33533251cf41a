"""One look at a ledger: its articles and the records that stand, each read once for all parts of an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from detente.errors import LedgerCorrupt, RecordError
from detente.ledger.connection import Row, recovery
from detente.ledger.counting import counted
from detente.ledger.filters import iso_date
from detente.ledger.questions import gists
from detente.ledger.questions.answer import LeftOut, Scope
from detente.ledger.questions.gists import Alike, Gist
from detente.ledger.questions.places import Place, Places, outlet
from detente.ledger.rows import actors_in, kept_actors, name_key, with_actors
from detente.ledger.store import Ledger
from detente.records import Actor, ActorRef, AnyRecord, Article, Cluster, decode

# A record that a person merged into another one is that one told again: where tellings are counted it is shown, beside it.
_TOLD = "(merged_into IS NULL OR kind IN ('pledge', 'statement'))"
# With all reviews named, SQLite takes the index over review and kind, and passes over the records of other kinds.
_OF_KIND = f"""SELECT value, article, place, id FROM records
    WHERE review IN ('proposed', 'accepted', 'edited', 'disputed', 'rejected') AND kind = ? AND {_TOLD}"""
_NAMING = f"""SELECT value, article, place, id FROM records WHERE +kind = ? AND {_TOLD} AND serial IN (
    SELECT record FROM record_actors WHERE actor IN (SELECT value FROM json_each(?)) AND role IN (SELECT value FROM json_each(?)))"""
# The condition is that of the index `records_hanging`, which SQLite takes for these words alone.
_HANGING = f"""SELECT value, article, place, id FROM records WHERE kind = ? AND {_TOLD}
    AND (instr(value, '"conditions":[{{') OR instr(value, '"depends_on":["'))"""
_BY_ID = (
    f"SELECT value, article, place, id FROM records WHERE id IN (SELECT value FROM json_each(?)) AND {_TOLD}"
)
_ARTICLES = "SELECT json FROM articles WHERE id IN (SELECT value FROM json_each(?))"
_IN_TIME = "(? IS NULL OR substr(published, 1, 10) <= ?)"
_SCOPE = f"""SELECT count(*), count(DISTINCT coalesce(nullif(publisher, ''), origin)), min(nullif(published, '')),
    max(nullif(published, '')), count(*) - count(nullif(published, '')) FROM articles WHERE {_IN_TIME} AND (? IS NULL OR published >= ?)"""
_REPLACED = f"""SELECT json_extract(json, '$.version_of') FROM articles WHERE json_extract(json, '$.version_of') IS NOT NULL
    AND json_extract(json, '$.status') <> 'retracted' AND {_IN_TIME}"""
_OUT = """SELECT id FROM articles WHERE json_extract(json, '$.status') = 'retracted'"""
_UNDATED = "SELECT id FROM articles WHERE published IS NULL OR published = ''"
_NAMED = """SELECT record FROM record_actors WHERE actor IN (SELECT value FROM json_each(?))
    AND role IN (SELECT value FROM json_each(?))"""
_SINCE = f"""SELECT {{}} FROM articles a CROSS JOIN records r ON r.article = a.id
    WHERE a.published >= ? AND r.kind = ? AND {_TOLD} AND (? IS NULL OR substr(a.published, 1, 10) <= ?)"""
_CLUSTERS = """SELECT DISTINCT c.id, c.json FROM cluster_members m JOIN clusters c ON c.id = m.cluster
    WHERE c.of = ? AND m.record IN (SELECT value FROM json_each(?)) ORDER BY c.id"""


class _Articles(dict[str, Article]):
    """Articles by id, without their texts, each read when it is first asked for."""

    def __init__(self, read: Callable[[Iterable[str]], Iterable[Article]]) -> None:
        self._read = read

    def know(self, ids: Iterable[str]) -> None:
        """Read those of some articles that were not read yet, at once."""
        self.update((a.id, a) for a in self._read(dict.fromkeys(key for key in ids if key not in self)))

    def __missing__(self, key: str) -> Article:
        self.know((key,))
        if key not in self:
            raise KeyError(key)
        return self[key]


class Look:
    """What a question sees of a ledger.

    Records stand unless a person has rejected them, their article was retracted, or a later version of it is in the ledger;
    those that do not stand are in `left_out`, with the reason, once their kind was asked for. `notes` has what else a reader
    must know.

    Args:
        ledger: the records.
        as_of: last day of publication, as YYYY-MM-DD; what an article without a date says is then left out.
        since: first day of publication; what is earlier, or without a date, is not looked at. No such limit where `None`.

    Raises:
        InvalidDate: `as_of` is not a day.
    """

    def __init__(self, ledger: Ledger, as_of: str | None = None, *, since: str | None = None) -> None:
        self.ledger = ledger
        self.since = since
        self.as_of = None if as_of is None else iso_date(as_of, "as_of")
        self.left_out: list[LeftOut] = []
        self.notes: list[str] = []
        self._records: dict[str, list[AnyRecord]] = {}

    @cached_property
    def articles(self) -> _Articles:
        """The articles by id, without their texts; it has those that were asked for."""
        return _Articles(self._these_articles)

    def _these_articles(self, ids: Iterable[str]) -> list[Article]:
        found = self.ledger.connection.column(_ARTICLES, (json.dumps(list(ids)),))
        return [self._decoded(line) for line in found]

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """All actors by id."""
        return {actor.id: actor for actor in self.ledger.actors}

    def unnamed(self, actors: Iterable[str]) -> set[str]:
        """Those of some actors who have no name, by their ids."""
        asked = "SELECT id FROM actors WHERE type = 'unnamed' AND id IN (SELECT value FROM json_each(?))"
        return set(self.ledger.connection.column(asked, (json.dumps(list(actors)),)))

    @cached_property
    def _merged(self) -> dict[str, ActorRef]:
        return kept_actors(self.ledger.connection)

    @cached_property
    def _places(self) -> Places:
        return Places(self.ledger.connection, self.articles)

    def place(self, record: AnyRecord) -> Place:
        """Where a record stands."""
        return self._places.of(record)

    def day(self, record: AnyRecord) -> str:
        """The day on which a record's article was published; empty where that is not known, before all days."""
        return self.articles[record.article].published or ""

    def outlet(self, record: AnyRecord) -> str:
        """Who published a record's article."""
        return outlet(self.articles[record.article])

    def records(self, kind: str) -> list[Any]:
        """The records of a kind that stand, in the order of article date, article and place in the text."""
        if kind not in self._records:
            self._records[kind] = self._read(self._of_kind(kind))
        return self._records[kind]

    def _of_kind(self, kind: str) -> list[Row]:
        if self.since is None:
            return self.ledger.connection.rows(_OF_KIND, (kind,))
        asked = (self.since, kind, self.as_of, self.as_of)
        return self.ledger.connection.rows(_SINCE.format("r.value, r.article, r.place, r.id"), asked)

    def naming(self, kind: str, actors: Iterable[str] | None, *roles: str) -> list[Any]:
        """The records of a kind that stand and name one of some actors in one of some roles, in the same order.

        Args:
            kind: of record.
            actors: their ids; everybody, and nobody, where `None`.
            roles: fields of the kind.
        """
        if actors is None or kind in self._records:
            return [r for r in self.records(kind) if actors is None or _names(r, frozenset(actors), roles)]
        asked = (kind, json.dumps(sorted(actors)), json.dumps(roles))
        return self._read(self.ledger.connection.rows(_NAMING, asked))

    def hanging(self, kind: str) -> list[Any]:
        """The records of a kind that stand and have conditions, or terms that they need; in the same order."""
        return self._read(self.ledger.connection.rows(_HANGING, (kind,)))

    def gists(self, kind: str) -> Iterator[Alike]:
        """Little of each of the terms, positions, events or memberships that stand, those of one gist together; in no order."""
        return gists.standing(self.ledger.connection, kind, self._articles_out, self.as_of)

    def different(self, kind: str) -> Iterator[Gist]:
        """The same without their rows."""
        return gists.different(self.ledger.connection, kind, self._articles_out, self.as_of)

    def chosen(self, kind: str, serials: Iterable[int]) -> list[Any]:
        """The records of some rows of `gists`, in the same order; all of the kind that do not stand are left out here.

        Args:
            kind: term, position, event, membership or pledge.
            serials: the numbers of the rows.
        """
        return self._read(gists.rows(self.ledger.connection, kind, serials, self._articles_out))

    def ids_since(self, kind: str, since: str) -> list[str]:
        """The ids of the records of a kind whose articles were published on a day or later."""
        asked = (since, kind, self.as_of, self.as_of)
        return self.ledger.connection.column(_SINCE.format("r.id"), asked)

    def rows_of(self, ids: Iterable[str]) -> frozenset[int]:
        """The numbers of the rows of records of some ids."""
        asked = "SELECT serial FROM records WHERE id IN (SELECT value FROM json_each(?))"
        return frozenset(self.ledger.connection.column(asked, (json.dumps(list(ids)),)))

    def rows_naming(self, actors: Iterable[str], *roles: str) -> frozenset[int]:
        """The numbers of the rows of records that name one of some actors in one of some roles."""
        asked = (json.dumps(sorted(actors)), json.dumps(roles))
        return frozenset(self.ledger.connection.column(_NAMED, asked))

    def kept(self, actor: str) -> str:
        """The id of the actor that one of an id was merged into; the same id where it was not."""
        return self._merged[actor].id if actor in self._merged else actor

    @cached_property
    def days(self) -> dict[str, str]:
        """By id of an article, the day on which it was published; empty where that is not known."""
        asked = "SELECT id, coalesce(substr(published, 1, 10), '') FROM articles"
        return dict(self.ledger.connection.rows(asked))

    def days_of(self, alike: Alike) -> list[str]:
        """The days since when records of one gist hold: the one that they give, else those of their articles."""
        since = alike.gist.valid_from
        return (
            [since[:10]] * len(alike.serials) if since else list(map(self.days.__getitem__, alike.articles))
        )

    def these(self, ids: Iterable[str]) -> list[Any]:
        """The records of some ids that stand, in the same order."""
        return self._read(self.ledger.connection.rows(_BY_ID, (json.dumps(list(ids)),)))

    def clusters(self, of: str, members: Iterable[str]) -> list[Cluster]:
        """The clusters of a kind that have one of some things in them, by id."""
        found = self.ledger.connection.rows(_CLUSTERS, (of, json.dumps(list(members))))
        return [self._decoded(line) for _, line in found]

    def _read(self, found: list[Row]) -> list[Any]:
        self.articles.know(row[1] for row in found)
        ordered = sorted(found, key=lambda row: (self.articles[row[1]].published or "", *row[1:]))
        read = (with_actors(self._decoded(row[0]), self._merged) for row in ordered)
        return [record for record in read if self._stands(record)]

    def leave_out(self, record: AnyRecord, why: str) -> None:
        """Note that a record does not count in this answer, and why."""
        self.left_out.append(LeftOut(place=self.place(record), why=why))

    def ids_of(self, actor: object, *, expected: bool = True) -> frozenset[str]:
        """The ids of the actors that a name, an alias, an id or an actor means; empty where nobody is called so.

        Args:
            actor: who is meant.
            expected: whether it is to be noted where nobody is called so.
        """
        if isinstance(actor, Actor | ActorRef):
            return frozenset((actor.id,))
        found = self.ledger.connection.column(
            "SELECT actor FROM actor_names WHERE key = ?", (name_key(str(actor)),)
        )
        known = self.ledger.connection.column(
            "SELECT actor FROM record_actors WHERE actor = ? LIMIT 1", (str(actor),)
        )
        ids = frozenset(self._merged[key].id if key in self._merged else key for key in (*found, *known))
        if expected and not ids and (note := self._unknown(str(actor))) not in self.notes:
            self.notes.append(note)
        return ids

    def _unknown(self, name: str) -> str:
        names = {alias: a.name for a in self.actors.values() for alias in (a.name, *a.aliases)}
        near = dict.fromkeys(names[n] for n in get_close_matches(name, names, n=3))
        return f"nobody on record is called {name!r}" + (
            f"; did you mean {' or '.join(near)}?" if near else ""
        )

    @property
    def clustered(self) -> bool:
        """Whether the ledger's clusters are up to date with all its articles."""
        # Asked of the table: the package that clusters loads numpy, for which a question has no use.
        return self.ledger.connection.row("SELECT 1 FROM unclustered LIMIT 1") is None

    @property
    def scope(self) -> Scope:
        """The articles that the answer could have drawn on."""
        found = counted(self.ledger.connection, _SCOPE, (self.as_of, self.as_of, self.since, self.since))[0]
        return Scope(**dict(zip(("articles", "outlets", "first", "last", "undated"), found, strict=True)))

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """Ids of the articles of which a later version is there."""
        return frozenset(self.ledger.connection.column(_REPLACED, (self.as_of, self.as_of)))

    @cached_property
    def _articles_out(self) -> frozenset[str]:
        """Ids of the articles of which nothing counts, but for those that are later than `as_of`."""
        column = self.ledger.connection.column
        return self._replaced | {*column(_OUT), *(column(_UNDATED) if self.as_of else ())}

    def _in_time(self, article: Article) -> bool:
        return self.as_of is None or (article.published is not None and article.published[:10] <= self.as_of)

    def _stands(self, record: AnyRecord) -> bool:
        article = self.articles[record.article]
        if self.since and (article.published or "") < self.since:
            return False
        if article.published and not self._in_time(article):
            return False
        reason = "a person rejected the record" if record.review == "rejected" else self._out(article)
        if reason:
            self.leave_out(record, reason)
        return reason is None

    def _out(self, article: Article) -> str | None:
        """Why what an article says does not count, where it does not."""
        if article.status == "retracted":
            return "the outlet retracted the article"
        if article.id in self._replaced:
            return "a later version of the article is on record"
        return None if self._in_time(article) else "the article has no date, so that it may be later"

    def _decoded(self, line: str) -> Any:
        try:
            return decode(line)
        except RecordError as error:
            name = self.ledger.name
            raise LedgerCorrupt(f"{name}: the ledger is damaged ({error})", recovery(name)) from error


def _names(record: AnyRecord, actors: frozenset[str], roles: tuple[str, ...]) -> bool:
    return any(role in roles and actor.id in actors for role, actor in actors_in(record))
