"""One look-up: the words as asked, the day, the article's country, and the registry they are looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from detente.actors.entries import ROLES, Office
from detente.actors.names import tidy
from detente.actors.registry import Registry

# How long before and after an office a surname alone still means its holder.
LIVING_MEMORY = timedelta(days=5 * 365)

_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Args:
        words: without "the", a possessive and punctuation around them.
        definite: whether "the" stood before them.
        owned: whether "his", "her", "their" … stood before them.
        country: the article's; None unknown.
    """

    words: str
    definite: bool
    owned: bool
    on: date
    country: str | None
    registry: Registry


def question_of(words: str, on: date, country: str | None, registry: Registry) -> Question:
    """The question that a mention asks."""
    text = tidy(words).strip("\"'“”«»,;:!?()")
    text = text[:-2] if text.endswith("'s") else text
    first, _, rest = text.partition(" ")
    definite = first.lower() == "the"
    owned = first.lower() in _POSSESSIVES
    words = rest if rest and (definite or owned) else text
    home = country if country in registry.states else None
    return Question(words, definite, owned, on, home, registry)


def best_office(q: Question, key: str) -> Office | None:
    """The most prominent of the offices that a person holds that day, of their own country first."""
    held = [o for o in q.registry.offices_of(key) if o in q.registry.holders(role=o.role, of=o.of, on=q.on)]
    country = q.registry.people[key].country
    return min(held, key=lambda o: (ROLES.index(o.role), o.of != country), default=None)


def remembered(q: Question, key: str) -> bool:
    """Whether a person held an office within living memory of the day."""
    return any(o.near(q.on, LIVING_MEMORY) for o in q.registry.offices_of(key))
