"""An article and what was read from it come in: all of it or nothing, and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from detente.errors import RecordError
from detente.ledger import redacting, rows, views, writes
from detente.ledger.connection import Connection
from detente.ledger.rereading import Rereading, compare
from detente.records import Actor, AnyRecord, Article


class Added(msgspec.Struct, frozen=True):
    """What `Ledger.add` changed.

    Args:
        article_new: whether the ledger did not have the article.
        records: how many records are new.
        changed: how many, that nobody had judged, have new values.
        removed: how many, that nobody had judged, are no longer proposed.
        kept: how many stand because somebody judged them.
    """

    article_new: bool
    records: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0


class Reading(Protocol):
    """What reading one article gives."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def records(self) -> Sequence[AnyRecord]:
        """What was read from it."""

    @property
    def actors(self) -> Sequence[Actor]:
        """Whom it names."""


class Kept(msgspec.Struct, frozen=True):
    """An article with its records and actors, checked, and ready to be written."""

    article: Article
    records: tuple[AnyRecord, ...]
    actors: tuple[Actor, ...]

    @classmethod
    def of(
        cls, article: Article, records: Sequence[AnyRecord], actors: Sequence[Actor], *, decoded: bool = False
    ) -> Kept:
        """What was read, checked.

        Args:
            decoded: whether all of it has just come from JSON, which checked every type and category.

        Raises:
            RecordError: something breaks its contract.
        """
        article = rows.clean_article(article)
        known = (writes.as_actor(actor if decoded else rows.clean(actor)) for actor in actors)
        return cls(article, tuple(_checked(records, article, decoded=decoded)), tuple(known))


def add(
    connection: Connection, article: Article, records: Sequence[AnyRecord], actors: Sequence[Actor]
) -> Added:
    """Keep an article with its records and actors; see `Ledger.add`."""
    return _add(connection, [Kept.of(article, records, actors)])[0]


def add_all(connection: Connection, readings: Iterable[Reading], *, decoded: bool = False) -> list[Added]:
    """Keep many articles in one transaction; see `Ledger.add_all`."""
    return _add(connection, [Kept.of(r.article, r.records, r.actors, decoded=decoded) for r in readings])


def _add(connection: Connection, many: Sequence[Kept]) -> list[Added]:
    with connection.writing():
        new = writes.Unindexed(connection)
        added = [_keep(connection, kept, new) for kept in many]
        new.index()
    return added


def _keep(connection: Connection, kept: Kept, new: writes.Unindexed) -> Added:
    article, proposed = kept.article, kept.records
    if places := redacting.places_in(connection, article.id):
        article = redacting.masked_article(article, places)
        proposed = tuple(redacting.left_of(proposed, places, article.text))
    stored = writes.find_article(connection, article.id)
    if stored is None:
        writes.insert_article(connection, article)
    else:
        new.index()
        if writes.update_article(connection, stored, article):
            return Added(article_new=False)
    for actor in kept.actors:
        writes.save_actor(connection, actor)
    if stored is not None:
        return _add_again(connection, article.id, proposed, new)
    new.insert(proposed)
    return Added(article_new=True, records=len(proposed))


def _add_again(
    connection: Connection, article: str, proposed: Sequence[AnyRecord], new: writes.Unindexed
) -> Added:
    kept = [record for _, record in views.load(connection, "r.article = ?", (article,), stored=True)]
    # What another record was merged into stands by that judgement.
    judged = set(
        connection.column(
            "SELECT r.id FROM records r WHERE r.article = ? AND (EXISTS (SELECT 1 FROM judgements j WHERE j.record = r.id) "
            "OR EXISTS (SELECT 1 FROM records m WHERE m.merged_into = r.id))",
            (article,),
        )
    )
    change = compare(kept, judged, proposed)
    _apply(connection, change, new)
    by_hand = {r.id for r in kept if r.origin.by == "person"}
    connection.run_many(
        "UPDATE records SET standing = ? WHERE id = ?",
        [(key in by_hand or key not in change.orphaned, key) for key in sorted(judged)],
    )
    return Added(
        article_new=False, records=len(change.added), changed=len(change.changed),
        removed=len(change.removed), kept=len(judged),
    )  # fmt: skip


def _apply(connection: Connection, change: Rereading, new: writes.Unindexed) -> None:
    connection.run_many("DELETE FROM records WHERE id = ?", [(key,) for key in change.removed])
    for record in change.changed:
        writes.update_record(connection, record)
    new.insert(change.added)


def _checked(records: Sequence[AnyRecord], article: Article, *, decoded: bool) -> list[AnyRecord]:
    found: dict[str, AnyRecord] = {}
    for record in records:
        checked = rows.clean_record(record, article, decoded=decoded)
        if checked.review != "proposed":
            raise RecordError(
                f"{checked.id}: got a record with the review {checked.review!r}, expected a proposal",
                "ledger.judge says what people decided",
            )
        before = found.setdefault(checked.id, checked)
        if before is not checked and before != checked:
            raise RecordError(f"{checked.id}: got two different records with one id, expected an id each")
    return list(found.values())
