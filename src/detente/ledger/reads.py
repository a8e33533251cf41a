"""What is read of a ledger: its articles, records, actors, judgements, clusters and models' results."""

from __future__ import annotations

from typing import Any, Literal, cast

from detente.errors import UnknownName
from detente.ledger import grouping, redacting, views, writes
from detente.ledger import search as searching
from detente.ledger.connection import Connection
from detente.ledger.recordset import RecordSet
from detente.ledger.search import Hit
from detente.records import (
    Actor,
    AnyRecord,
    Article,
    Cluster,
    Deal,
    Event,
    Issue,
    Judgement,
    Membership,
    Pledge,
    Position,
    Statement,
    Term,
    Weighing,
    decode,
)


class Reads:
    """The reading side of a ledger; `Ledger` adds what is written to it."""

    connection: Connection

    @property
    def name(self) -> str:
        """What errors and summaries call the ledger."""
        return self.connection.name

    def article(self, key: str) -> Article:
        """One article.

        Raises:
            UnknownName: the ledger does not have it.
        """
        if (found := writes.find_article(self.connection, key)) is None:
            raise UnknownName(f"there is no article {key!r} in {self.name}", self._near("articles", key))
        return found

    @property
    def articles(self) -> RecordSet[Article]:
        """All articles, by date."""
        return RecordSet(self.connection, views.articles(self.connection))

    def get(self, key: str, *, stored: bool = False) -> AnyRecord:
        """One record, as its judgements leave it.

        Args:
            key: its id.
            stored: with its actors as they were read, and not those that they are merged into.

        Raises:
            UnknownName: there is none with this id; names near ones.
        """
        found = views.load(self.connection, "r.id = ?", (key,), stored=stored)
        if not found:
            if tombstone := redacting.tombstone_of(self.connection, key):
                raise UnknownName(
                    f"{key} was redacted by {tombstone.by} on {tombstone.at[:10]}: {tombstone.note}"
                )
            raise UnknownName(f"there is no record {key!r} in {self.name}", self._near("records", key))
        return found[0][1]

    def records(
        self, kind: str | None = None, *, merged: bool = False, stored: bool = False
    ) -> RecordSet[AnyRecord]:
        """All records, or all of one kind.

        Args:
            kind: such as "statement"; all where `None`.
            merged: also those that were merged into others.
            stored: with their actors as they were read, and not those that they are merged into.

        Raises:
            UnknownName: no such kind.
        """
        return RecordSet(self.connection, *views.records(self.connection, kind, merged=merged, stored=stored))

    def kept(self, key: str) -> str:
        """The id of the record or actor that one is merged into; its own where it stands."""
        found = grouping.kept_record(self.connection, key)
        return found if found != key else grouping.kept_actor(self.connection, key)

    def merged(self, key: str) -> list[str]:
        """The ids of the records or actors that are merged into one."""
        return grouping.merged_records(self.connection, key) or grouping.merged_actors(self.connection, key)

    @property
    def statements(self) -> RecordSet[Statement]:
        """Who said what."""
        return cast("RecordSet[Statement]", self.records("statement"))

    @property
    def pledges(self) -> RecordSet[Pledge]:
        """Who promised what."""
        return cast("RecordSet[Pledge]", self.records("pledge"))

    @property
    def terms(self) -> RecordSet[Term]:
        """What a deal is to contain."""
        return cast("RecordSet[Term]", self.records("term"))

    @property
    def positions(self) -> RecordSet[Position]:
        """Where actors stand."""
        return cast("RecordSet[Position]", self.records("position"))

    @property
    def events(self) -> RecordSet[Event]:
        """Who did what to whom."""
        return cast("RecordSet[Event]", self.records("event"))

    @property
    def memberships(self) -> RecordSet[Membership]:
        """Who is in which coalition."""
        return cast("RecordSet[Membership]", self.records("membership"))

    @property
    def deals(self) -> RecordSet[Deal]:
        """Deals, with their terms and steps."""
        return cast("RecordSet[Deal]", self.records("deal"))

    @property
    def actors(self) -> RecordSet[Actor]:
        """Persons and bodies, by name."""
        return RecordSet(self.connection, *views.actors(self.connection))

    def all_actors(self) -> list[Actor]:
        """The actors by id, those that are merged into others too."""
        return cast("list[Actor]", self._things("SELECT json FROM actors ORDER BY id"))

    def judgements(self, record: str | None = None) -> list[Judgement]:
        """All judgements, or those about one record, oldest first."""
        where, parameters = ("WHERE record = ?", (record,)) if record else ("", ())
        return views.judgements(self.connection, where, parameters)

    def redactions(self) -> list[Judgement]:
        """The tombstones, oldest first: who redacted what, when and why; none has the words."""
        return redacting.tombstones(self.connection)

    def orphans(self) -> list[Judgement]:
        """Judgements about records that the last reading of their article no longer proposes; the records stand."""
        return views.judgements(
            self.connection, "WHERE record IN (SELECT id FROM records WHERE standing = 0)", ()
        )

    def search(self, words: str, kind: str | None = None, limit: int = 50) -> list[Hit]:
        """Find words in records and articles, the best first; rejected records are left out.

        Records come before articles, and an article of which a record is shown is not shown again. Where more than 10,000
        records have the words, the best of the 10,000 that were added last are shown, and where more than half of those added
        last have them, the last; and so with articles.

        Args:
            words: all of which must be there; "in quotation marks" stand together, `secur*` finds what begins so.
            kind: a record kind or "article"; all where `None`.
            limit: how many at most.

        Raises:
            UnknownName: no such kind.
        """
        return searching.search(self.connection, words, kind, limit)

    def weighings(self) -> list[Weighing]:
        """The models' results, oldest first."""
        return cast("list[Weighing]", self._things("SELECT json FROM weighings ORDER BY at, id"))

    def issues(self) -> list[Issue]:
        """The issues, by id."""
        return cast("list[Issue]", self._things("SELECT json FROM issues ORDER BY id"))

    def clusters(self, of: str | None = None) -> list[Cluster]:
        """The clusters, or those of one kind of record, by id."""
        sql = "SELECT json FROM clusters WHERE of = coalesce(?, of) ORDER BY id"
        return cast("list[Cluster]", self._things(sql, of))

    def counts(self) -> dict[str, int]:
        """How many articles, records of each kind, actors, judgements … the ledger holds."""
        return views.counts(self.connection)

    def _things(self, sql: str, *parameters: Any) -> list[Any]:
        return [decode(json) for json in self.connection.column(sql, parameters)]

    def _near(self, table: Literal["articles", "records"], key: str) -> str:
        near = views.near_ids(self.connection, table, key)
        return f"did you mean {' or '.join(near)}?" if near else ""
