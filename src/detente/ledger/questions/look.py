"""One look at a ledger: its articles and the records that stand, each read once for all parts of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from detente.errors import LedgerCorrupt, RecordError
from detente.ledger.connection import Row, recovery
from detente.ledger.filters import iso_date
from detente.ledger.questions.answer import LeftOut, Scope
from detente.ledger.questions.places import Place, Places, outlet
from detente.ledger.rows import kept_actors, name_key, with_actors
from detente.ledger.store import Ledger
from detente.records import Actor, ActorRef, AnyRecord, Article, decode

# A record that a person merged into another one is that one told again: where tellings are counted it is shown, beside it.
_TOLD = "(merged_into IS NULL OR kind IN ('pledge', 'statement'))"
# With all reviews named, SQLite takes the index over review and kind, and passes over the records of other kinds.
_OF_KIND = f"""SELECT value, article, place, id FROM records
    WHERE review IN ('proposed', 'accepted', 'edited', 'disputed', 'rejected') AND kind = ? AND {_TOLD}"""
_BY_ID = f"SELECT value, article, place, id FROM records WHERE id = ? AND {_TOLD}"


class Look:
    """What a question sees of a ledger.

    Records stand unless a person has rejected them, their article was retracted, or a later version of it is in the ledger;
    those that do not stand are in `left_out`, with the reason, once their kind was asked for. `notes` has what else a reader
    must know.

    Args:
        ledger: the records.
        as_of: last day of publication, as YYYY-MM-DD; what an article without a date says is then left out.

    Raises:
        InvalidDate: `as_of` is not a day.
    """

    def __init__(self, ledger: Ledger, as_of: str | None = None) -> None:
        self.ledger = ledger
        self.as_of = None if as_of is None else iso_date(as_of, "as_of")
        self.left_out: list[LeftOut] = []
        self.notes: list[str] = []
        self._records: dict[str, list[AnyRecord]] = {}

    @cached_property
    def articles(self) -> dict[str, Article]:
        """All articles by id, without their texts."""
        return {
            a.id: a for a in map(self._decoded, self.ledger.connection.column("SELECT json FROM articles"))
        }

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """All actors by id."""
        return {actor.id: actor for actor in self.ledger.actors}

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
            self._records[kind] = self._read(self.ledger.connection.rows(_OF_KIND, (kind,)))
        return self._records[kind]

    def these(self, ids: Iterable[str]) -> list[Any]:
        """The records of some ids that stand, in the same order."""
        return self._read([row for key in ids for row in self.ledger.connection.rows(_BY_ID, (key,))])

    def _read(self, found: list[Row]) -> list[Any]:
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
        seen = [a for a in self.articles.values() if self._in_time(a)]
        days = sorted(a.published for a in seen if a.published)
        return Scope(
            articles=len(seen), outlets=len({outlet(a) for a in seen}),
            first=days[0] if days else None, last=days[-1] if days else None, undated=len(seen) - len(days),
        )  # fmt: skip

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """Ids of the articles of which a later version is there."""
        versions = (a for a in self.articles.values() if a.status != "retracted")
        return frozenset(a.version_of for a in versions if a.version_of and self._in_time(a))

    def _in_time(self, article: Article) -> bool:
        return self.as_of is None or (article.published is not None and article.published[:10] <= self.as_of)

    def _stands(self, record: AnyRecord) -> bool:
        article = self.articles[record.article]
        if self.as_of is not None and article.published and not self._in_time(article):
            return False
        why = {
            "a person rejected the record": record.review == "rejected",
            "the outlet retracted the article": article.status == "retracted",
            "a later version of the article is on record": article.id in self._replaced,
            "the article has no date, so that it may be later": not self._in_time(article),
        }
        reason = next((words for words, holds in why.items() if holds), None)
        if reason:
            self.leave_out(record, reason)
        return reason is None

    def _decoded(self, json: str) -> Any:
        try:
            return decode(json)
        except RecordError as error:
            name = self.ledger.name
            raise LedgerCorrupt(f"{name}: the ledger is damaged ({error})", recovery(name)) from error
