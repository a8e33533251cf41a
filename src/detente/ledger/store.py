"""The ledger: articles, their records, and what people decided about them, in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from detente.errors import RecordError
from detente.ledger import care, deciding, redacting, rows, writes
from detente.ledger import judgements as judging
from detente.ledger import remarks as remarking
from detente.ledger.adding import Added, Reading, add, add_all
from detente.ledger.agreement import Agreement, agreement
from detente.ledger.check import faults
from detente.ledger.connection import Connection
from detente.ledger.opening import discard, open_file, open_memory
from detente.ledger.reads import Reads
from detente.ledger.redacting import Redacted
from detente.ledger.remarks import Remark
from detente.records import (
    Actor,
    ActorRef,
    AnyRecord,
    Article,
    Cluster,
    Issue,
    Judgement,
    Weighing,
    encode,
)

DEFAULT_TIMEOUT = 5.0


class Ledger(Reads):
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
        cls,
        path: str | Path,
        *,
        create: bool = False,
        readonly: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
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
    @contextmanager
    def filling(cls, path: str | Path, *, timeout: float = DEFAULT_TIMEOUT) -> Iterator[Ledger]:
        """Open a ledger's file to put things in, made where there is none; a new one that stays empty is removed again.

        Args:
            path: the file.
            timeout: seconds to wait while another process writes.

        Raises:
            NotALedger, LedgerNewer, LedgerCorrupt, LedgerLocked: as `open`.
        """
        place = Path(path)
        new = not place.exists()
        ledger = cls.open(place, create=True, timeout=timeout)
        try:
            yield ledger
        finally:
            empty = new and not any(ledger.counts().values())
            ledger.close()
            if empty:
                discard(place)

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

    def add_all(self, readings: Iterable[Reading], *, decoded: bool = False) -> list[Added]:
        """Keep many articles with what was read from them, faster than one by one: all of them or, on any error, none.

        Args:
            readings: each with `article`, `records` and `actors`; some hundred at a time are a good number.
            decoded: whether the records and actors have just come from JSON by `detente.records.decode`, which has
                checked every type and category: that is then not done again.

        Returns:
            What each changed.

        Raises:
            RecordError: a record breaks its contract.
            LedgerLocked: another process did not finish writing in time.
        """
        return add_all(self.connection, readings, decoded=decoded)

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
            action: accept, reject, dispute, unsure or edit.
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
            value = self.get(_id(record), stored=True)
            return deciding.judge(
                self.connection,
                value,
                judging.judgement_on(value, action, by=by, field=field, new=new, note=note),
            )

    def judge_all(
        self, records: Iterable[AnyRecord | str], action: str, *, by: str, note: str | None = None
    ) -> list[Judgement]:
        """Decide the same about several records; `undo_last` undoes it as one.

        Args:
            records: the records or their ids.
            action: accept, reject, dispute or unsure.
            by: who decides.
            note: why.

        Raises:
            UnknownName: no such record or action; nothing is then decided.
        """
        batch = judging.new_batch()
        with self.connection.writing():
            values = [self.get(_id(record), stored=True) for record in records]
            return [
                deciding.judge(self.connection, value, judging.judgement_on(
                    value, action, by=by, field=None, new=None, note=note, batch=batch))
                for value in values
            ]  # fmt: skip

    def remark(
        self,
        record: AnyRecord | str,
        mark: str,
        *,
        by: str,
        note: str | None = None,
        reply: str | None = None,
        of: str | None = None,
        source: str | None = None,
    ) -> Judgement:
        """Mark a record as disputed or corrected, and keep the reply beside it; its review is then "disputed".

        Args:
            record: the record or its id.
            mark: disputed, or corrected where the outlet has corrected it.
            by: who puts the mark.
            note: why.
            reply: the words of who denies or corrects it.
            of: whose words those are.
            source: where they can be read.

        Raises:
            UnknownName: no such record or mark.
            RecordError: somebody is named, or a source, and no reply.
        """
        kept = remarking.remark(mark, reply=reply, of=of, source=source)
        with self.connection.writing():
            value = self.get(_id(record), stored=True)
            made = judging.judgement(value.id, "dispute", by, old=value.review, new=kept, note=note)
            return deciding.judge(self.connection, value, made)

    def remarks(self, record: AnyRecord | str) -> list[Remark]:
        """What stands beside a record that is disputed or corrected, oldest first."""
        return remarking.remarks(self.judgements(_id(record)))

    def agreement(self) -> Agreement:
        """How far reviewers agree about the records that at least two of them decided, and where they differ."""
        return agreement(self.connection)

    def merge(
        self, one: AnyRecord | Actor | str, into: AnyRecord | Actor | str, *, by: str, note: str | None = None
    ) -> Judgement:
        """Say that a record is the same as another one of its kind, or an actor the same as another one.

        Lists, counts, filters and search then have the one that is kept. The other stays in the ledger, with its words.

        Args:
            one: what is merged: it, or its id.
            into: what is kept.
            by: who decides.
            note: why.

        Raises:
            UnknownName: there is no such record or actor.
            RecordError: the two are of different kinds, or one already.
        """
        with self.connection.writing():
            return deciding.merge(self.connection, _id(one), _id(into), by=by, note=note)

    def split(self, one: AnyRecord | Actor | str, *, by: str, note: str | None = None) -> Judgement:
        """Take a record out of what it was put together with, by a person or by a rule; or an actor out of a merge.

        Raises:
            UnknownName: there is no such record or actor.
            RecordError: it stands alone already, or it is the one that others are merged into.
        """
        with self.connection.writing():
            return deciding.split(self.connection, _id(one), by=by, note=note)

    def reassign(
        self, records: Iterable[AnyRecord | str], actor: Actor | ActorRef | str, to: Actor | ActorRef, *,
        by: str, note: str | None = None,
    ) -> list[Judgement]:  # fmt: skip
        """Split an actor: say that some of the records that name it are about another one.

        Args:
            records: the records or their ids.
            actor: whom they name, as they were read.
            to: who it is.
            by: who decides.
            note: why.

        Raises:
            UnknownName: there is no such record.
            RecordError: a record does not name the actor; nothing is then changed.
        """
        other = to.ref if isinstance(to, Actor) else to
        with self.connection.writing():
            return deciding.reassign(
                self.connection, [_id(r) for r in records], _id(actor), other, by=by, note=note
            )

    def redact(self, one: AnyRecord | Article | str, *, by: str, reason: str) -> Redacted:
        """Take the words of a record, or the whole text of an article, out of the ledger for good.

        In the article's text every character becomes a block, so that the offsets of all else stay true. Records that rest on
        the words go, and so do their entries in the indexes and their bytes in the file. What stays is a tombstone: a
        judgement that says who redacted it, when and why. Reading the article again does not bring the words back.

        Args:
            one: the record or article, or its id.
            by: who decides.
            reason: why: it stands in the words' place.

        Returns:
            What went, and which other articles have the same words.

        Raises:
            UnknownName: there is no such record or article.
            RecordError: no reason is given, or it is redacted already.
            LedgerLocked: it is redacted, but another program has the file open, and bytes may be left: see `purge`.
        """
        with self.connection.writing():
            done = redacting.redact(self.connection, _id(one), by=by, reason=reason)
        self.purge()
        return done

    def redact_again(self, tombstones: Iterable[Judgement]) -> int:
        """Take over the redactions of another copy of the ledger, such as of the one that this is an older backup of.

        Returns:
            How many were new here.

        Raises:
            RecordError: something is no redaction.
            LedgerLocked: as `redact`.
        """
        with self.connection.writing():
            new = redacting.redact_again(self.connection, tombstones)
        if new:
            self.purge()
        return new

    def purge(self) -> None:
        """Clear what was redacted out of the file's free pages, indexes and log.

        Raises:
            LedgerLocked: another program has the ledger open.
        """
        care.purge(self.connection)

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
            return deciding.undo(self.connection, serial, by=by)

    def undo_last(self, *, by: str) -> list[Judgement]:
        """Undo what a person decided last and still stands; what was decided about several records at once, as one.

        Raises:
            UnknownName: nothing that the person decided stands.
            RecordError: somebody has decided about the same record since.
        """
        with self.connection.writing():
            return deciding.undo_last(self.connection, by=by)

    def redo_last(self, *, by: str) -> list[Judgement]:
        """Make again what a person last undid, as long as they have decided nothing new since.

        Raises:
            UnknownName: there is nothing to make again.
        """
        with self.connection.writing():
            return deciding.redo_last(self.connection, by=by)

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
                raise RecordError(
                    f"{value.id}: the ledger has a record on these words", f"edit {value.id} instead"
                )
            judgement = judging.proposing(value, by=by, note=note)
            new = writes.Unindexed(self.connection)
            new.insert([value])
            new.index()
            return writes.log(self.connection, judgement)

    def save_weighing(self, weighing: Weighing) -> None:
        """Keep a model's result; one with the same id is replaced."""
        self._save(
            "INSERT OR REPLACE INTO weighings(id, at, json) VALUES (?, ?, ?)",
            weighing.id,
            weighing.at,
            weighing,
        )

    def save_issue(self, issue: Issue) -> None:
        """Keep an issue; one with the same id is replaced."""
        self._save("INSERT OR REPLACE INTO issues(id, json) VALUES (?, ?)", issue.id, issue)

    def save_clusters(self, clusters: Iterable[Cluster]) -> None:
        """Keep clusters; those with the same ids are replaced."""
        with self.connection.writing():
            for cluster in clusters:
                writes.save_cluster(self.connection, cluster)

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

    # ------------------------------------------------------------ inside

    def _has(self, record: str) -> bool:
        return self.connection.row("SELECT 1 FROM records WHERE id = ?", (record,)) is not None

    def _save(self, sql: str, *values: Any) -> None:
        *plain, thing = values
        with self.connection.writing():
            self.connection.run(sql, (*plain, encode(rows.clean(thing)).decode()))


def _id(thing: AnyRecord | Article | Actor | ActorRef | str) -> str:
    return thing if isinstance(thing, str) else thing.id
