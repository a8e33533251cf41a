"""Pledges, positions, events and statements about invented states, each in an article of its own, told in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.ledger import Ledger
from detente.records import (
    ActorRef,
    Amount,
    AnyRecord,
    Article,
    Event,
    Membership,
    Pledge,
    Position,
    Statement,
    Term,
)

from .. import made

SOURCE = {"publisher": "The Ostrava Post", "published": "2025-03-02"}


def article(words: str, origin: str = "", **fields: Any) -> Article:
    """An article whose text is the words; its origin is made from them where none is given."""
    return Article.of(words, origin or f"{abs(hash(words))}.txt", **(SOURCE | fields))


def pounds(millions: float, **fields: Any) -> Amount:
    surface = fields.pop("surface", f"£{millions:g}m")
    return Amount(value=millions * 1e6, unit="GBP", surface=surface, **fields)


def add(
    ledger: Ledger, kind: type[AnyRecord], words: str, *, source: dict[str, Any] | None = None, **fields: Any
) -> Any:
    """A record on all the words of a new article.

    Args:
        source: fields of the article.
    """
    told = article(words, **(source or {}))
    return add_to(ledger, told, kind, words, **fields)


def add_to(
    ledger: Ledger, told: Article, kind: type[AnyRecord], words: str, *distinguish: str, **fields: Any
) -> Any:
    """A record on words of an article, beside those that the ledger has of it."""
    field = "content" if kind is Statement else "words"
    record = made.make(kind, told, {field: words}, *distinguish, **fields)
    here = [r for r in ledger.records() if r.article == told.id]
    ledger.add(told, [*here, record], made.ACTORS)
    return ledger.get(record.id)


def pledge(
    ledger: Ledger, words: str, amount: Amount | None, *, source: dict[str, Any] | None = None, **fields: Any
) -> Any:
    given = {
        "pledger": (made.OSTRAVA,),
        "beneficiary": (made.MARLAND,),
        "type": "grant",
        "stage": "announced",
    } | fields
    return add(ledger, Pledge, words, source=source, amount=amount, **given)


def position(
    ledger: Ledger, words: str, issue: str, stance: str, actor: ActorRef | None = made.ORDEN, **fields: Any
) -> Any:
    return add(ledger, Position, words, actor=actor, issue=issue, stance=stance, **fields)


def term(ledger: Ledger, words: str, **fields: Any) -> Any:
    return add(
        ledger,
        Term,
        words,
        **({"category": "monitoring", "proposition": "A mission monitors the truce."} | fields),
    )


def event(
    ledger: Ledger, words: str, actors: Iterable[ActorRef], recipients: Iterable[ActorRef], **fields: Any
) -> Any:
    given = {"type": "CONSULT", "date": "2025-03-02"} | fields
    return add(ledger, Event, words, actors=tuple(actors), recipients=tuple(recipients), **given)


def member(ledger: Ledger, words: str, status: str, actor: ActorRef = made.OSTRAVA, **fields: Any) -> Any:
    return add(ledger, Membership, words, actor=actor, status=status, **({"coalition": made.LEAGUE} | fields))


def statement(ledger: Ledger, words: str, speaker: ActorRef | None = made.VELKOVA, **fields: Any) -> Any:
    return add(ledger, Statement, words, speaker=speaker, **({"mode": "direct"} | fields))


def on(day: str, publisher: str = "The Ostrava Post", **fields: Any) -> dict[str, Any]:
    """The fields of an article of a day."""
    return {"published": day, "publisher": publisher, **fields}
