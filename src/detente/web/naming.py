"""What a reviewer means by a name or a time: the article's own people first, then the ledger's, then the registry's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

from detente.actors import Registry, who
from detente.actors.names import fold
from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.questions.places import day_of
from detente.ledger.rows import actors_in
from detente.ledger.values import is_time
from detente.ledger.writes import save_actor
from detente.reading.dates import resolve
from detente.records import ActorRef, AnyRecord, Article


class Namer:
    """Finds the one actor of a name, alias, office or id. Nobody is made up.

    Args:
        ledger: whose actors can be named; one whom the registry alone knows is put into it.
        record: the record that names them.
        registry: folder of one's own registry files, on top of the packaged ones.
    """

    def __init__(self, ledger: Ledger, record: AnyRecord, registry: Path | None = None) -> None:
        self.ledger = ledger
        self.record = record
        self._registry = registry

    @cached_property
    def article(self) -> Article:
        """The article that the record belongs to."""
        return self.ledger.article(self.record.article)

    @property
    def published(self) -> date | None:
        """The day of the article; `None` where it is not known."""
        return day_of(self.article.published)

    @cached_property
    def people(self) -> tuple[ActorRef, ...]:
        """Everybody whom a record of the article names, those most named first."""
        return people(self.ledger, self.record)

    def time(self, words: str, *, ahead: bool = False) -> str:
        """A time as records hold it: "on Friday" is read as the article would mean it; what is no time stays words.

        Args:
            ahead: whether words that do not say it point to the future.
        """
        return (
            words
            if is_time(words)
            else resolve(words, self.published, "future" if ahead else "past").edtf or words
        )

    def named(self, field: str, name: str) -> dict[str, str]:
        """The actor of a name, as plain data.

        Raises:
            RecordError: nobody has the name, or several have it.
        """
        for found in (self._of(self._own, name), self._of(self.people, name), self._known(name)):
            if len(found) == 1:
                return {"id": found[0].id, "name": found[0].name}
            if found:
                raise self._refused(
                    field,
                    name,
                    "which several actors have: " + ", ".join(sorted(f"{a.name} ({a.id})" for a in found)),
                )
        return self._registered(field, name)

    @property
    def _own(self) -> Iterable[ActorRef]:
        return (actor for _, actor in actors_in(self.record))

    @staticmethod
    def _of(actors: Iterable[ActorRef], name: str) -> list[ActorRef]:
        return list({a.id: a for a in actors if fold(name) == fold(a.name) or name == a.id}.values())

    def _known(self, name: str) -> list[ActorRef]:
        return list({a.id: a.ref for a in self.ledger.actors.where(name=name)}.values())

    def _registered(self, field: str, name: str) -> dict[str, str]:
        registry = Registry.load(self._registry)
        day = self.published
        answer = who(name, on=day or date.today(), country=self.article.country, registry=registry)
        if answer.actor is None:
            raise self._refused(
                field, name, f"which no actor in this ledger has; in the registry: {answer.reason}"
            )
        actor = registry.actor(answer.actor.id)
        if day is None and fold(name) not in {fold(n) for n in (actor.name, *actor.aliases)}:
            raise self._refused(field, name, "which can be told on a day alone, and the article has none")
        save_actor(self.ledger.connection, actor)
        return {"id": actor.id, "name": actor.name}

    def _refused(self, field: str, name: str, why: str) -> RecordError:
        return RecordError(
            f"{self.record.id}: {field} got the name {name!r}, {why}",
            "look for the name at /names, and give the id",
        )


def people(ledger: Ledger, record: AnyRecord) -> tuple[ActorRef, ...]:
    """Everybody whom a record of the same article names, those most named first."""
    counts: dict[ActorRef, int] = {}
    for other in ledger.records().where(article=record.article):
        for _, actor in actors_in(other):
            counts[actor] = counts.get(actor, 0) + 1
    return tuple(sorted(counts, key=lambda actor: (-counts[actor], actor.name)))
