"""Who is meant by a mention on a day: names, titles, places and bodies, looked up in the registry.

A wrong name is worse than no name. Where several could be meant, or nobody is known on that day, the answer has no
actor and says why. Pronouns, and "Mr X" after a first mention, belong to the article and are not settled here.
"""

from __future__ import annotations

from datetime import date

from detente.actors import by_name, by_office, by_place
from detente.actors.answers import Answer, unknown
from detente.actors.context import settled
from detente.actors.question import question_of
from detente.actors.registry import Registry

# In this order, the first that has something to say decides.
_LOOKS = (
    by_name.full_name,
    by_place.metonym,
    by_place.body,
    by_place.state,
    by_place.body_of_state,
    by_office.office,
    by_name.courtesy,
    by_name.surname,
)

# Words in the longest mention; a run of capitals that is longer names nobody, and would take long to take apart.
_LONGEST = 20


def who(words: str, *, on: date, country: str | None, registry: Registry, context: str = "") -> Answer:
    """The actor that words name on a day, with the reason.

    Args:
        words: a mention: "the PM", "Ukraine's president", "Mr Trump", "No10", "Kyiv".
        on: the day of the article; on the day of a handover the new holder is meant.
        country: ISO 3166-1 alpha-2 of the article, which decides who "the PM" is; None, or a code that is
            no state's: unknown.
        registry: who held which office when.
        context: words around the mention, which may say whose office a title means: "addressing the Bundestag".

    Returns:
        The actor, or none with the reason and those who could have been meant.
    """
    question = question_of(words, on, country, registry)
    if not question.words:
        return unknown("no words were given")
    if len(question.words.split()) > _LONGEST:
        return unknown(f"{len(question.words.split())} words: no name or title is so long")
    for look in _LOOKS:
        if (answer := look(question)) is not None:
            return settled(question, context, answer) if context else answer
    return by_place.domestic_elsewhere(question) or unknown(f"{question.words!r} is not in the registry")
