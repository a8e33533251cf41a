"""Which state or body words such as "Ukraine's", "the French" or "Nato" point to before or after a title."""

from __future__ import annotations

from detente.actors.names import fold, written_as_name
from detente.actors.registry import Registry


def subjects_of(registry: Registry, words: str, country: str | None) -> tuple[str, ...]:
    """Ids of the states and bodies that a noun or adjective may point to.

    A seat of government also points to its state ("the White House chief of staff").

    Args:
        words: "Ukraine", "Ukraine's", "Ukrainian", "Nato", "Tory", "Kyiv".
        country: the article's, for names that several countries use.
    """
    bare = _without_possessive(words)
    if not written_as_name(bare):
        return ()
    key = fold(bare)
    states = registry.states_by_name.get(key, ()) + registry.states_by_demonym.get(key, ())
    if states:
        return tuple(dict.fromkeys(states))
    bodies = _bodies(registry, key, country)
    if bodies:
        return bodies
    return registry.states_by_capital.get(key, ())


def _without_possessive(words: str) -> str:
    if words.endswith("'s"):
        return words[:-2]
    return words[:-1] if words.endswith("s'") else words


def _bodies(registry: Registry, key: str, country: str | None) -> tuple[str, ...]:
    metonyms = [m for m in registry.metonyms_by_words.get(key, ()) if m.actor]
    at_home = [m for m in metonyms if m.kind != "place" and m.actor and registry.country_of(m.actor) == country]
    found = at_home or [m for m in metonyms if m.kind in ("adjective", "place")]
    if any(m.kind == "adjective" for m in found):
        return tuple(m.actor for m in found if m.actor)  # "Scottish" is of that body and not of the state
    bodies = [m.actor for m in found if m.actor] or registry.organisations_by_name.get(key, ())
    return tuple(dict.fromkeys(with_state for key in bodies for with_state in _with_state(registry, key)))


def _with_state(registry: Registry, key: str) -> tuple[str, ...]:
    body = registry.organisations.get(key)
    return (key, body.country) if body and body.type == "government" and body.country else (key,)
