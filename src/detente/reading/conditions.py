"""What something hangs on: the words that say so, and of which type the condition is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.language.analysis import Span
from detente.reading.clauses import Clause
from detente.reading.page import Page
from detente.reading.phrases import lexicon
from detente.reading.row import Word, span_of
from detente.records import Condition, ConditionType

ENDS = frozenset(";.?!,")
# Of several types that the words could be, the one that says most; somebody is named where an actor joins.
ORDER: tuple[ConditionType, ...] = ("mandate", "count", "actor_joins", "term")


class Stated(NamedTuple):
    """A condition that a sentence states.

    Args:
        condition: what it says, and its type.
        span: its code points.
        first: the place of its first word in the sentence.
        strict: whether it must be met ("only if"), and is no plain "if".
    """

    condition: Condition
    span: Span
    first: int
    strict: bool


def condition_after(page: Page, clause: Clause, start: int) -> Stated | None:
    """The first condition that a sentence states, or `None`.

    Args:
        page: the article's page.
        clause: a clause of the sentence.
        start: the place among the sentence's words from which to look.
    """
    hit = lexicon("condition_openings").find(clause.texts, start, len(clause.words))
    if hit is None or hit[2] >= len(clause.words):
        return None
    phrase, first, after = hit
    words = clause.words
    end = next((at for at in range(after, len(words)) if words[at].text in ENDS), len(words))
    span = span_of(words, first, end)
    return Stated(
        condition_of(words[first:end], span.of(page.text)), span, first, phrase.row["strict"] == "yes"
    )


def condition_of(words: Sequence[Word], text: str) -> Condition:
    """The condition that words state: its type, and whom it waits for where an actor is to join.

    Args:
        words: the words of the condition.
        text: the same as the article writes them.
    """
    kind = type_of(words)
    actors = (word.mention.actor for word in words if word.mention and kind == "actor_joins")
    return Condition(text=text, type=kind, target=next((actor.id for actor in actors if actor), None))


def type_of(words: Sequence[Word]) -> ConditionType:
    """What type of condition words are; `other` where no word of the table tells."""
    texts = [word.text for word in words]
    hits = (lexicon("conditions").at(texts, at) for at in range(len(texts)))
    found = {hit[0].row["type"] for hit in hits if hit}
    if not any(word.mention is not None for word in words):
        found.discard("actor_joins")
    return next((kind for kind in ORDER if kind in found), "other")
