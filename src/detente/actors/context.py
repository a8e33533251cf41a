"""Words around a title that say whose office is meant: "the chancellor", "addressing the Bundestag", in a British article.

A title alone means the office of the article's own country. Where the words around it point abroad, they may turn that:
two signs of one other state and none of its own do, or one where its own country has no such office. A capital alone is
only where somebody is, since ministers travel. What cannot be told stays unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from detente.actors import by_office
from detente.actors.answers import Answer, unknown
from detente.actors.entries import ANYWHERE
from detente.actors.names import fold
from detente.actors.question import Question
from detente.actors.registry import Registry
from detente.actors.titled import read_titled

_LONGEST = 4  # words in a state's or body's name
_ENOUGH = 2  # signs that outweigh the article's own country


def settled(q: Question, context: str, answer: Answer) -> Answer:
    """The answer that words around a mention leave, turn or put in doubt.

    Args:
        q: the question; only a title without a name, state or body in it can be turned.
        context: the words around the mention: "in Berlin, addressing the Bundestag".
        answer: who is meant without them.
    """
    titled = read_titled(q.registry, q.words, q.country)
    if (
        titled is None
        or titled.name
        or titled.subjects
        or all(row.country == ANYWHERE for row in titled.rows)
    ):
        return answer
    signs = _signs(q.registry, context)
    abroad = [(state, found) for state in signs if state != q.country and (found := _holder_in(q, state))]
    if not abroad:
        return answer
    state, found = abroad[0]
    home = signs.keys() & {q.country}
    if len(abroad) == 1 and not home and _tell(q.registry, signs[state], alone=answer.actor is None):
        reason = f"{found.reason}; {', '.join(sorted(signs[state]))} in the words around it"
        return found.replace(reason=reason)
    meant = [a.actor.id for a in (answer, *(other for _, other in abroad)) if a.actor]
    return unknown(
        f"{q.words!r}: the words around it leave open whose office is meant", q.registry, dict.fromkeys(meant)
    )


def _holder_in(q: Question, state: str) -> Answer | None:
    """Whoever the same title means in another state's papers, if anybody."""
    answer = by_office.office(replace(q, country=state))
    return answer if answer and answer.actor else None


def _tell(registry: Registry, signs: set[str], *, alone: bool) -> bool:
    """Whether the signs of one state are enough: one will do where nobody else could be meant, if it is no capital."""
    firm = any(fold(sign) not in registry.states_by_capital for sign in signs)
    return firm and (alone or len(signs) >= _ENOUGH)


def _signs(registry: Registry, context: str) -> Mapping[str, set[str]]:
    """The states' names, peoples, capitals and public bodies among the words, by state."""
    signs: defaultdict[str, set[str]] = defaultdict(set)
    words = re.findall(r"[\w’'.-]*\w", context)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            sign = re.sub(r"['’]s$", "", " ".join(words[start:end]))
            if sign[:1].isupper():
                for state in _states(registry, fold(sign)):
                    signs[state].add(sign)
    return signs


def _states(registry: Registry, key: str) -> tuple[str, ...]:
    states = (
        *registry.states_by_name.get(key, ()),
        *registry.states_by_demonym.get(key, ()),
        *registry.states_by_capital.get(key, ()),
    )
    bodies = (registry.organisations[o] for o in registry.organisations_by_name.get(key, ()))
    return (*states, *(b.country for b in bodies if b.type == "government" and b.country))
