"""Made statements, events and pledges, each in an article of its own, for the tests of what is the same."""

from __future__ import annotations

from itertools import count
from typing import Any

from detente.ledger import Ledger
from detente.records import ActorRef, AnyRecord, Article, Event, Pledge, Statement

from .. import made

_NUMBERS = count()
DAY = "2025-05-12"


def named(name: str | None) -> ActorRef | None:
    """Somebody of this name, with an id that no other article gives."""
    return ActorRef(id=f"made-{next(_NUMBERS)}", name=name) if name else None


def article(text: str, published: str | None = DAY, publisher: str = "The Ostrava Post") -> Article:
    """An article like no other: the first line is a number."""
    return Article.of(
        f"{next(_NUMBERS)}.\n{text}", f"{next(_NUMBERS)}.txt", published=published, publisher=publisher
    )


def statement(
    content: str, speaker: str | None = "Ana Velkova", published: str | None = DAY, **fields: Any
) -> tuple[Article, Statement]:
    """A statement with its article; quoted as far as there are marks in its content."""
    of = article(f"{content} It was said so.", published)
    mode = "direct" if content.startswith("“") else "mixed" if "“" in content else "indirect"
    given = {"speaker": named(speaker), "mode": mode} | fields
    return of, made.make(Statement, of, {"content": content, "cue": "said"}, **given)


def event(
    words: str, actors: str = "", recipients: str = "", published: str | None = DAY, **fields: Any
) -> tuple[Article, Event]:
    """An event with its article; the parties are names with commas between them."""
    of = article(f"{words}.", published)
    sides = [tuple(a for n in names.split(", ") if (a := named(n))) for names in (actors, recipients)]
    return of, made.make(
        Event,
        of,
        {"words": words},
        **({"type": "CONSULT", "actors": sides[0], "recipients": sides[1]} | fields),
    )


def pledge(words: str, published: str | None = DAY, **fields: Any) -> tuple[Article, Pledge]:
    """A pledge of Ostrava to Marland with its article."""
    of = article(f"{words}.", published)
    return of, made.make(
        Pledge, of, {"words": words}, **({"pledger": (made.OSTRAVA,), "type": "spend"} | fields)
    )


def ledger_of(*told: tuple[Article, AnyRecord]) -> Ledger:
    """A ledger in memory that holds them."""
    ledger = Ledger.memory()
    for of, record in told:
        ledger.add(of, [record])
    return ledger
