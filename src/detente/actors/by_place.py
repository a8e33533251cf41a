"""Mentions of states, places and bodies: "Kyiv", "No10", "the Americans", "the Ukrainian government"."""

from __future__ import annotations

from collections.abc import Iterable

from detente.actors.answers import Answer, known, unknown
from detente.actors.entries import Metonym
from detente.actors.names import fold, written_as_name
from detente.actors.question import Question
from detente.actors.subjects import subjects_of

# How newspapers make a people out of a demonym: "the British", "the Dutch", "the Chinese", "Ukrainians".
_COLLECTIVE = ("s", "sh", "ch", "ese", "men")


def metonym(q: Question) -> Answer | None:
    """A place or a name that stands for an actor, and names that only their own country uses alone."""
    for row in q.registry.metonyms_by_words.get(fold(q.words), ()):
        if _spelt_so(q.words, row.words) and (answer := _stands_for(q, row)) is not None:
            return answer
    return None


def _stands_for(q: Question, row: Metonym) -> Answer | None:
    registry = q.registry
    if row.kind == "ambiguous":
        return unknown(f"{q.words!r} could stand for several actors: {row.note}")
    if row.kind == "body" and q.country and not q.owned:
        return known(registry, q.country, f"the {q.words} of the article's own country")
    if row.kind == "place" and row.actor:
        if q.country in registry.states_by_capital.get(fold(q.words), ()):
            return unknown(f"{q.words!r} could also be the article's own government", registry, (row.actor,))
        return known(registry, row.actor, row.note or "the place stands for it")
    if row.kind == "domestic" and row.actor and registry.country_of(row.actor) == q.country:
        return known(registry, row.actor, "so called in its own country")
    return None


def _spelt_so(words: str, forms: Iterable[str]) -> bool:
    """Whether a name is written as one; "parliament" may stand in lower case, "Reform" may not."""
    return written_as_name(words) or any(not written_as_name(form) and fold(form) == fold(words) for form in forms)


def body(q: Question) -> Answer | None:
    """ "Nato", "the Kremlin", "No10", "Reuters"."""
    organisations = q.registry.organisations
    ids = tuple(
        key for key in q.registry.organisations_by_name.get(fold(q.words), ())
        if _spelt_so(q.words, (organisations[key].name, *organisations[key].aliases))
    )  # fmt: skip
    if len(ids) > 1:
        ids = tuple(key for key in ids if q.registry.country_of(key) == q.country) or ids
    if len(ids) > 1:
        return unknown(f"{q.words!r} is the name of several bodies", q.registry, ids)
    return known(q.registry, ids[0], "the name of a body") if ids else None


def state(q: Question) -> Answer | None:
    """ "Britain", "Kyiv", "the Americans"."""
    if not written_as_name(q.words):
        return None
    registry, key = q.registry, fold(q.words)
    people = registry.states_by_demonym.get(key, ()) if q.words.endswith(_COLLECTIVE) else ()
    for ids, why in (
        (registry.states_by_name.get(key, ()), "the name of a state"),
        (registry.states_by_capital.get(key, ()), "a capital stands for its government"),
        (people, "a people stands for its state"),
    ):
        if len(ids) == 1:
            return known(registry, ids[0], why)
        if ids:
            return unknown(f"{q.words!r} could be any of several states", registry, ids)
    return None


def body_of_state(q: Question) -> Answer | None:
    """ "The Ukrainian government", "Russia's foreign ministry", "Britain's Labour Party"."""
    tokens = q.words.split()
    for cut in range(1, len(tokens)):
        states = [s for s in subjects_of(q.registry, " ".join(tokens[:cut]), q.country) if s in q.registry.states]
        if len(states) == 1 and (answer := _domestic(q, " ".join(tokens[cut:]), states[0])):
            return answer
    return None


def _domestic(q: Question, words: str, state: str) -> Answer | None:
    for metonym in q.registry.metonyms_by_words.get(fold(words), ()):
        if metonym.kind == "body":
            return known(q.registry, state, f"the {words} stands for the state")
        if metonym.kind == "domestic" and metonym.actor and q.registry.country_of(metonym.actor) == state:
            return known(q.registry, metonym.actor, f"{words} of {q.registry.named(state).name}")
    return None


def domestic_elsewhere(q: Question) -> Answer | None:
    """Why a name that several countries use ("Labour") is not settled in this article."""
    actors = [m.actor for m in q.registry.metonyms_by_words.get(fold(q.words), ()) if m.kind == "domestic" and m.actor]
    if not actors or not _spelt_so(q.words, ()):
        return None
    return unknown(f"{q.words!r} has several bearers, and none in the article's own country", q.registry, actors)
