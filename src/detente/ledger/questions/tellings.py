"""One statement in several articles: what people and the rules put together, and what plainly has the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from detente.ledger.questions.look import Look
from detente.records import Statement

_WORD = re.compile(r"\w+(?:['’]\w+)*")
# Shorter ones are said by anybody: "yes", "no comment".
_LEAST_WORDS = 4


def tellings(look: Look, statements: Iterable[Statement]) -> list[list[Statement]]:
    """The statements, those of one telling together, in the order of their first ones.

    Two are one statement where a cluster of the ledger says so, else where the same speaker says the same words, four at
    least; unknown speakers are kept apart.

    Args:
        look: what the question sees.
        statements: by date.
    """
    statements = list(statements)
    clusters = look.clusters("statement", (s.id for s in statements))
    clustered = {member: c.id for c in clusters for member in c.members}
    groups: dict[object, list[Statement]] = {}
    for s in statements:
        words = tuple(_WORD.findall(s.content.casefold()))
        alike = (s.speaker.id, words) if s.speaker and len(words) >= _LEAST_WORDS else s.id
        groups.setdefault(clustered.get(s.id, alike), []).append(s)
    return list(groups.values())


def stories(look: Look, articles: Iterable[str]) -> Mapping[str, str]:
    """By id of an article, the cluster of near-duplicates that it belongs to; articles alone are not in it."""
    return {member: c.id for c in look.clusters("story", articles) for member in c.members}
