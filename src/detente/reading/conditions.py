"""What something hangs on: the words that say so, and of which type the condition is."""

from __future__ import annotations

from typing import NamedTuple

from detente.language.analysis import Span
from detente.reading.clauses import Clause
from detente.reading.page import Page
from detente.reading.phrases import lexicon
from detente.reading.row import span_of
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
    kind = type_of(clause, first, end)
    joins = kind == "actor_joins"
    target = next(
        (w.mention.actor.id for w in words[first:end] if joins and w.mention and w.mention.actor), None
    )
    span = span_of(words, first, end)
    return Stated(
        Condition(text=span.of(page.text), type=kind, target=target),
        span,
        first,
        phrase.row["strict"] == "yes",
    )


def type_of(clause: Clause, start: int, end: int) -> ConditionType:
    """What type of condition words are; `other` where no word of the table tells."""
    texts = clause.texts[:end]
    found = {hit[0].row["type"] for at in range(start, end) if (hit := lexicon("conditions").at(texts, at))}
    if not any(word.mention is not None for word in clause.words[start:end]):
        found.discard("actor_joins")
    return next((kind for kind in ORDER if kind in found), "other")
