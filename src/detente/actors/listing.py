"""The registry's entries as a list: found by words of their names, with what each held on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.records import Actor, ActorType, OfficeHeld, Part


class Listed(Part, frozen=True, kw_only=True):
    """One actor of a list.

    Args:
        country: ISO 3166-1 alpha-2; `None` where it has none, or none is known.
        offices: those held on the day asked for; without a day, all of them, oldest first.
    """

    id: str
    name: str
    type: ActorType | None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()

    def is_called(self, words: str) -> bool:
        """Whether each of the words begins one of the words of a name, or they are the id; no words are in any name."""
        asked = _parts(words)
        return words == self.id or any(
            all(any(word.startswith(part) for word in _words(name)) for part in asked)
            for name in (self.name, *self.aliases)
        )


def listed(registry: Registry, on: date | None = None) -> Iterator[Listed]:
    """Every state, body and person of the registry, by name.

    Args:
        registry: the packaged one, or with rows of the user's own.
        on: the day whose offices are told; `None`: all.
    """
    keys = (*registry.states, *registry.organisations, *registry.people)
    for key in sorted(keys, key=lambda key: (fold(registry.named(key).name).casefold(), key)):
        yield entry(registry.actor(key), _held(registry, key, on))


def entry(actor: Actor, offices: tuple[OfficeHeld, ...]) -> Listed:
    """An actor's line in a list, with some of its offices."""
    return Listed(
        id=actor.id, name=actor.name, type=actor.type, country=actor.country, aliases=actor.aliases, offices=offices
    )


def _held(registry: Registry, key: str, on: date | None) -> tuple[OfficeHeld, ...]:
    """The offices of a person; on a day those that nobody had taken over."""
    offices = registry.actor(key).offices
    if on is None:
        return offices
    rows = registry.offices_of(key)
    return tuple(held for held, row in zip(offices, rows, strict=False) if row in registry.holders(role=row.role, of=row.of, on=on))


def _parts(words: str) -> list[str]:
    return fold(words).casefold().replace("-", " ").split()


def _words(name: str) -> list[str]:
    """The words of a name, its "The" with them: "Th" begins "The Daily Post"."""
    return ["the", *_parts(name)] if name.startswith("The ") else _parts(name)
