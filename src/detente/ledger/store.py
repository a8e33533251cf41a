"""The ledger: articles, their records, and what people decided about them, in one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, Self, cast

from detente.errors import RecordError, UnknownName
from detente.ledger import care, rows, views, writes
from detente.ledger import judgements as judging
from detente.ledger import search as searching
from detente.ledger.adding import Added, add
from detente.ledger.check import faults
from detente.ledger.connection import Connection
from detente.ledger.opening import open_file, open_memory
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
    encode,
)

DEFAULT_TIMEOUT = 5.0


class Ledger:
    """Records of a negotiation, each one step from the words that it rests on.

    A ledger is a SQLite file, made by `Ledger.open(path, create=True)`. It may be used from several threads; between
    processes there is one writer at a time and any number of readers.
    """

    def __init__(self, connection: Connection, path: Path | None) -> None:
        self.connection = connection
        self.path = path

    # ------------------------------------------------------------ open and close

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = False, readonly: bool = False, timeout: float = DEFAULT_TIMEOUT
    ) -> Ledger:
        """Open a ledger's file.

        Args:
            path: the file.
            create: make a new ledger where there is none.
            readonly: never write to it.
            timeout: seconds to wait while another process writes.

        Raises:
            LedgerMissing: there is no file.
            NotALedger: the path holds something else.
            LedgerNewer: a later version of détente wrote it.
            LedgerCorrupt: it is damaged.
            LedgerLocked: another process did not finish writing in time.
        """
        place = Path(path)
        return cls(open_file(place, create=create, readonly=readonly, timeout=timeout), place)

    @classmethod
    def memory(cls) -> Ledger:
        """A new, empty ledger without a file."""
        return cls(open_memory(), None)

    def close(self) -> None:
        """Close the file. A closed ledger cannot be used."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ write

    def add(self, article: Article, records: Sequence[AnyRecord], actors: Sequence[Actor] = ()) -> Added:
        """Keep an article with what was read from it: all of it or, where anything is wrong, nothing.

        An article that is there already is not added again; its proposals are replaced by the new ones where nobody
        has judged them. The same text from another outlet becomes one of the article's `copies`.

        Args:
            article: the article.
            records: what was read from it.
            actors: the actors that it names.

        Raises:
            RecordError: a record breaks its contract.
            LedgerLocked: another process did not finish writing in time.
        """
        return add(self.connection, article, records, actors)

    def judge(
        self,
        record: AnyRecord | str,
        action: str,
        *,
        by: str,
        field: str | None = None,
        new: Any = None,
        note: str | None = None,
    ) -> Judgement:
        """Decide about a record. The machine's proposal stays in the ledger beside the decision.

        Args:
            record: the record or its id.
            action: accept, reject, dispute or edit.
            by: who decides.
            field: for an edit, the field.
            new: for an edit, its new value: an object of `detente.records`, or plain data.
            note: why.

        Returns:
            The judgement as it was saved, with the value before in `old`.

        Raises:
            UnknownName: no such record, action or field.
            RecordError: the field cannot have the value.
        """
        with self.connection.writing():
            value = self.get(_id(record))
            return self._decide(
                value, judging.judgement_on(value, action, by=by, field=field, new=new, note=note)
            )

    def undo(self, serial: int, *, by: str) -> Judgement:
        """Undo a judgement by another one that puts back what was there before.

        Args:
            serial: the judgement's; it must be the last about its record that stands.
            by: who undoes it.

        Raises:
            UnknownName: no such judgement.
            RecordError: it was undone before, or a later judgement rests on it.
        """
        with self.connection.writing():
            found = self.connection.row("SELECT record FROM judgements WHERE serial = ?", (serial,))
            if found is None:
                raise UnknownName(f"there is no judgement {serial} in {self.name}")
            value = self.get(found[0])
            return self._decide(value, judging.undoing(value, self.judgements(value.id), serial, by=by))

    def propose(self, record: AnyRecord, *, by: str, note: str | None = None) -> Judgement:
        """Put a record that a person made into the ledger; no later reading replaces it.

        Args:
            record: made by a person, as its `origin` says, on words of an article that the ledger has.
            by: who proposes it.

        Raises:
            UnknownName: the ledger does not have its article.
            RecordError: the record breaks its contract, or the ledger has one with its id.
        """
        with self.connection.writing():
            value = rows.clean_record(record, self.article(record.article))
            if self._has(value.id):
                raise RecordError(f"{value.id}: the ledger has a record on these words", f"edit {value.id} instead")
            judgement = judging.proposing(value, by=by, note=note)
            writes.insert_record(self.connection, value)
            return writes.log(self.connection, judgement)

    def save_weighing(self, weighing: Weighing) -> None:
        """Keep a model's result; one with the same id is replaced."""
        self._save("INSERT OR REPLACE INTO weighings(id, at, json) VALUES (?, ?, ?)", weighing.id, weighing.at, weighing)

    def save_issue(self, issue: Issue) -> None:
        """Keep an issue; one with the same id is replaced."""
        self._save("INSERT OR REPLACE INTO issues(id, json) VALUES (?, ?)", issue.id, issue)

    def save_clusters(self, clusters: Iterable[Cluster]) -> None:
        """Keep clusters; those with the same ids are replaced."""
        with self.connection.writing():
            for c in clusters:
                self.connection.run("DELETE FROM clusters WHERE id = ?", (c.id,))
                self._save("INSERT INTO clusters(id, of, json) VALUES (?, ?, ?)", c.id, c.of, c)
                self.connection.run_many(
                    "INSERT INTO cluster_members(record, cluster) VALUES (?, ?)", [(m, c.id) for m in c.members]
                )

    # ------------------------------------------------------------ read

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

    def get(self, key: str) -> AnyRecord:
        """One record, as its judgements leave it.

        Raises:
            UnknownName: there is none with this id; names near ones.
        """
        found = views.load(self.connection, "r.id = ?", (key,))
        if not found:
            raise UnknownName(f"there is no record {key!r} in {self.name}", self._near("records", key))
        return found[0][1]

    def records(self, kind: str | None = None) -> RecordSet[AnyRecord]:
        """All records, or all of one kind.

        Raises:
            UnknownName: no such kind.
        """
        return RecordSet(self.connection, *views.records(self.connection, kind))

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
        return RecordSet(self.connection, views.actors(self.connection))

    def judgements(self, record: str | None = None) -> list[Judgement]:
        """All judgements, or those about one record, oldest first."""
        where, parameters = ("WHERE record = ?", (record,)) if record else ("", ())
        return views.judgements(self.connection, where, parameters)

    def orphans(self) -> list[Judgement]:
        """Judgements about records that the last reading of their article no longer proposes; the records stand."""
        return views.judgements(
            self.connection, "WHERE record IN (SELECT id FROM records WHERE standing = 0)", ()
        )

    def search(self, words: str, kind: str | None = None, limit: int = 50) -> list[Hit]:
        """Find words in records and articles, the best first; rejected records are left out.

        Records come before articles, and an article of which a record is shown is not shown again.

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

    # ------------------------------------------------------------ care

    def check(self) -> list[str]:
        """Look for damage: in the file, in the words under every record, in the chain of judgements.

        Returns:
            A sentence for each fault; empty where the ledger is sound. The full-text indexes of a ledger that is open for
            reading only are passed over.
        """
        return faults(self.connection)

    def backup(self, path: str | Path) -> None:
        """Copy the ledger to a new file, also while it is in use.

        Raises:
            LedgerError: there is something at the path, or its folder is missing.
            LedgerCorrupt: the copy turned out damaged, and was not kept.
        """
        care.backup(self.connection, Path(path))

    def summary(self) -> str:
        """What the ledger holds, in a few lines."""
        return "\n".join(f"{heading}: {value}" for heading, value in care.summary(self.connection))

    def __repr__(self) -> str:
        return f"<Ledger {self.name}>"

    def _repr_html_(self) -> str:
        return care.summary_html(self.connection)

    @property
    def name(self) -> str:
        """What errors and summaries call the ledger."""
        return self.connection.name

    # ------------------------------------------------------------ inside

    def _has(self, record: str) -> bool:
        return self.connection.row("SELECT 1 FROM records WHERE id = ?", (record,)) is not None

    def _decide(self, value: AnyRecord, judgement: Judgement) -> Judgement:
        """Save a judgement and the value that it gives."""
        saved = writes.log(self.connection, judgement)
        after = judging.with_field(value, judgement.field, judgement.new) if judgement.field else value
        after = after.replace(review=judging.review_of(self.judgements(value.id)))
        rows.clean_record(after, self.article(value.article))
        self.connection.run(
            "UPDATE records SET proposal = coalesce(proposal, value) WHERE id = ?", (value.id,)
        )
        writes.update_record(self.connection, after)
        return saved

    def _save(self, sql: str, *values: Any) -> None:
        *plain, thing = values
        with self.connection.writing():
            self.connection.run(sql, (*plain, encode(rows.clean(thing)).decode()))

    def _things(self, sql: str, *parameters: Any) -> list[Any]:
        return [decode(json) for json in self.connection.column(sql, parameters)]

    def _near(self, table: Literal["articles", "records"], key: str) -> str:
        near = views.near_ids(self.connection, table, key)
        return f"did you mean {' or '.join(near)}?" if near else ""


def _id(record: AnyRecord | str) -> str:
    return record if isinstance(record, str) else record.id

