"""What another ledger exported comes in: all of it or nothing, and no decision of either side is lost.

What the ledger has stays: a record that both have keeps its value here, unless only the other side has judged it. Where both
sides judged one record, one of the two series of judgements must continue the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from detente.errors import MalformedInput, RecordError
from detente.ledger import deciding, grouping, redacting, rows, writes
from detente.ledger.connection import Connection
from detente.ledger.judgements import PLACE, broken_links, broken_places, proposal_of
from detente.ledger.store import Ledger
from detente.records import (
    Actor,
    AnyRecord,
    Anything,
    Article,
    Cluster,
    Issue,
    Judgement,
    Weighing,
    encode,
    text_id,
)

Placed = tuple[str, Anything]
History = list[tuple[str, Judgement]]


class Merged(msgspec.Struct, frozen=True):
    """What an import added: how many articles, records and judgements are new."""

    articles: int
    records: int
    judgements: int


def merge(ledger: Ledger, things: Iterable[Placed]) -> Merged:
    """Take in what another ledger exported.

    Args:
        ledger: where it goes.
        things: pairs of a place ("file.jsonl, line 7") and what stands there; an article before its records.

    Raises:
        MalformedInput: names the place, what was got and what was expected; the ledger is then as it was.
    """
    with ledger.connection.writing():
        before = _sizes(ledger.connection)
        incoming = _Incoming(ledger)
        for place, thing in things:
            with _at(place):
                incoming.take(place, thing)
        incoming.finish()
        after = _sizes(ledger.connection)
    if ledger.connection.row("SELECT 1 FROM due WHERE work = ?", (redacting.PURGE,)):
        ledger.purge()
    return Merged(*(now - then for now, then in zip(after, before, strict=True)))


def _sizes(connection: Connection) -> list[int]:
    return [
        connection.number(f"SELECT count(*) FROM {table}") for table in ("articles", "records", "judgements")
    ]


class _Incoming:
    """One import on its way: what can only be settled when all judgements are there."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.new = writes.Unindexed(ledger.connection)
        self.article: Article | None = None
        self.histories: dict[str, History] = defaultdict(list)
        self.reviewed: dict[str, str] = {}  # by id, the place of a record that says that it was judged
        self.other: dict[str, AnyRecord] = {}  # by id, a value that is not the one that the ledger has
        self.places: redacting.Places = []  # of the article at hand, what was redacted here
        self.blackened: dict[
            str, str
        ] = {}  # by id, the place of an article in which something was redacted there

    @property
    def connection(self) -> Connection:
        return self.ledger.connection

    def take(self, place: str, thing: Anything) -> None:
        """Write one thing, or keep it until the end."""
        match thing:
            case Article():
                self._article(place, thing)
            case Actor():
                writes.save_actor(self.connection, thing)
            case Issue():
                self.ledger.save_issue(thing)
            case Cluster():
                self.ledger.save_clusters([thing])
            case Weighing():
                self.ledger.save_weighing(thing)
            case Judgement():
                self.histories[thing.record].append((place, thing))
            case _:
                self._record(place, thing)

    def finish(self) -> None:
        """Settle the judgements, in the order in which they were made, and then let merges take effect."""
        self.new.index()
        for key, place in self.reviewed.items():
            if key not in self.histories:
                raise MalformedInput(
                    f"{place}: {key} says that somebody judged it, expected the judgement in the same file",
                    "export the whole ledger, or these records, once more",
                )
        new = [entry for key, history in self.histories.items() for entry in self._settled(key, history)]
        last = self.connection.number("SELECT coalesce(max(serial), 0) FROM judgements")
        for place, judgement in sorted(new, key=lambda entry: entry[1].serial):
            with _at(place):
                # A serial that is free is kept, so that what is exported from here is what came in.
                kept = judgement if judgement.serial > last else judgement.replace(serial=0)
                last = writes.log(self.connection, kept).serial
        for place, judgement in new:
            with _at(place):
                if judgement.field == PLACE:
                    self._place(judgement.record)
                elif judgement.action == "redact":
                    article, places = redacting.described(judgement)
                    redacting.carry_out(
                        self.connection,
                        judgement.record,
                        article,
                        places,
                        by=judgement.by,
                        why=judgement.note or "",
                    )
        for key, place in self.blackened.items():
            with _at(place):
                self._require_redaction(key)

    def _place(self, key: str) -> None:
        known = self.connection.row("SELECT 1 FROM records WHERE id = ?", (key,))
        (grouping.settle_actor if known is None else grouping.settle_record)(self.connection, key)

    def _require_redaction(self, key: str) -> None:
        """Refuse an article whose text is not the one of its id, unless redactions say what is missing."""
        article = self.ledger.article(key)
        if not (places := redacting.places_in(self.connection, key)) or article.text != redacting.masked(
            article.text, places
        ):
            raise RecordError(
                f"article {key}: the id is not the sha256 of its text, and no redaction says why"
            )

    def _article(self, place: str, given: Article) -> None:
        if given.id != text_id(given.text) and redacting.FILLER in given.text:
            self.blackened[given.id] = place
            article = rows.clean_dated(given)
        else:
            article = rows.clean_article(given)
        self.places = redacting.places_in(self.connection, article.id)
        article = redacting.masked_article(article, self.places)
        stored = writes.find_article(self.connection, article.id)
        if stored is None:
            writes.insert_article(self.connection, article)
        else:
            self.new.index()
            writes.update_article(self.connection, stored, article)

    def _record(self, place: str, record: AnyRecord) -> None:
        article = self._article_of(record)
        here = redacting.left_of([record], self.places, article.text)
        if not here:
            return
        value = rows.clean_record(here[0], article)
        if value.review != "proposed":
            self.reviewed[value.id] = place
        found = self.connection.row("SELECT value FROM records WHERE id = ?", (value.id,))
        if found is None:
            # At once, and not with others: what gives the things (`exchange.coding`) looks whether its record has come in.
            writes.insert_records(self.connection, [value])
        elif found[0] != encode(value).decode():
            self.other[value.id] = value

    def _article_of(self, record: AnyRecord) -> Article:
        # An export has the records of an article together: the article is looked up once.
        if self.article is None or self.article.id != record.article:
            self.article = writes.find_article(self.connection, record.article)
        if self.article is None:
            raise RecordError(
                f"{record.id}: got a record of article {record.article}, expected the article before it"
            )
        return self.article

    def _settled(self, key: str, theirs: History) -> History:
        """Take one record's judgements in, and give back those that are still to be written."""
        place = theirs[-1][0]
        with _at(place):
            if redacting.tombstone_of(self.connection, key):
                return []
            if tombstones := [entry for entry in theirs if entry[1].action == "redact"]:
                return tombstones if self.ledger.judgements(key) else theirs
            found = deciding.stored_record(self.connection, key)
            if found is None and any(j.field != PLACE for _, j in theirs):
                raise RecordError(f"got a judgement of {key}, expected that record before it")
            ours = self.ledger.judgements(key)
            shared = min(len(ours), len(theirs))
            if [_bare(j) for j in ours[:shared]] != [_bare(j) for _, j in theirs[:shared]]:
                raise RecordError(
                    f"{key}: got judgements that differ from those of {self.ledger.name} on the same record",
                    "import into a new ledger, and settle the difference there",
                )
            if len(theirs) > len(ours):
                self._continue(key, found, [j for _, j in theirs])
            return theirs[shared:]

    def _continue(self, key: str, found: AnyRecord | None, history: list[Judgement]) -> None:
        """Check the judgements that go on where ours end, and take the value that they give."""
        if found is not None:
            self._replace(self.other.get(key, found), history)
        elif faults := broken_places(key, history):
            raise RecordError(faults[0])

    def _replace(self, value: AnyRecord, history: list[Judgement]) -> None:
        if faults := broken_links(value, history):
            raise RecordError(faults[0])
        writes.update_record(self.connection, value)
        if any(j.field != PLACE for j in history):
            self.connection.run(
                "UPDATE records SET proposal = ? WHERE id = ?",
                (encode(proposal_of(value, history)).decode(), value.id),
            )


def _bare(judgement: Judgement) -> Judgement:
    """A judgement apart from its place in one ledger's sequence."""
    return judgement.replace(serial=0)


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Let an error about something that came in say where it stands."""
    try:
        yield
    except RecordError as error:
        raise MalformedInput(f"{place}: {error.message}", error.remedy) from error
