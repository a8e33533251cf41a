"""Names that a reviewer can give: the ledger's actors and the registry's, with who they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from detente.actors import Registry
from detente.actors.names import fold
from detente.records import Actor, Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.tables import of_rows

_MOST = 20
_LEAST = 2  # letters from which names are looked for
_COLUMNS = ("id", "name", "type", "who", "known_to")


class Named(Part, frozen=True, kw_only=True):
    """Somebody who can be named.

    Args:
        who: the latest office in words, of a person who has held one.
        known_to: "ledger" or "registry".
    """

    id: str
    name: str
    type: str
    who: str | None
    known_to: str


class Names(Part, frozen=True, kw_only=True):
    """Those whose name has some words.

    Args:
        more: whether there are more than are listed.
    """

    text: str
    more: bool
    names: tuple[Named, ...]


def names(ask: Ask) -> View:
    """The page of names; a form asks it for suggestions while somebody types."""
    ask.only("text")
    text = ask.one("text") or ""
    found = (
        _sorted([*_in_ledger(ask, text), *_in_registry(ask.registry, text)], fold(text))
        if len(text) >= _LEAST
        else []
    )
    shown = Names(text=text, more=len(found) > _MOST, names=tuple(found[:_MOST]))
    return View(
        template="names.html", shown=shown, table=of_rows(_COLUMNS, (n.to_dict() for n in shown.names))
    )


def _in_ledger(ask: Ask, text: str) -> Iterator[Named]:
    has = "SELECT id FROM actors WHERE instr(lower(name), lower(?)) ORDER BY name LIMIT ?"
    ids = ask.ledger.connection.column(has, (text, _MOST + 1))
    for actor in ask.ledger.actors.among(ids) if ids else ():
        yield _named(actor, "ledger")


def _in_registry(registry: Path | None, text: str) -> Iterator[Named]:
    wanted, offices = fold(text), Registry.load(registry)
    yield from (
        _named(offices.actor(key), "registry") for key, folded in _folded(registry) if wanted in folded
    )


def _named(actor: Actor, known_to: str) -> Named:
    office = actor.offices[-1] if actor.offices else None
    who = f"{office.title}, {office.of}" if office else None
    return Named(id=actor.id, name=actor.name, type=actor.type, who=who, known_to=known_to)


@lru_cache(maxsize=2)
def _folded(registry: Path | None) -> tuple[tuple[str, str], ...]:
    """By id, all names of everybody in the registry, folded, those of states and bodies first."""
    known = Registry.load(registry)
    groups = (known.states, known.organisations, known.people)
    return tuple(
        (key, "\n".join(map(fold, (one.name, *one.aliases))))
        for group in groups
        for key, one in group.items()
    )


def _sorted(found: list[Named], wanted: str) -> list[Named]:
    """Each id once; whose name begins with the words comes before whose name has them further on."""
    once: dict[str, Named] = {}
    for one in found:
        once.setdefault(one.id, one)
    return sorted(once.values(), key=lambda one: not fold(one.name).startswith(wanted))
