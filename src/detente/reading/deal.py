"""Deals: the one that an article describes, with its terms and the steps that lead to it.

The title is the article's own words for it, the most telling of `data/deal_titles.csv`. The steps come from a
sentence about it that puts things in order ("…, and then …", "… before …"): each names what happens and who has to
take part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.language.analysis import Span
from detente.reading.clauses import Clause, clauses_of
from detente.reading.factuality import of_verb
from detente.reading.function_words import AUXILIARIES, MODALS
from detente.reading.page import Page
from detente.reading.phrases import lexicon, nouns, table
from detente.reading.row import span_of
from detente.reading.verbs import is_verb
from detente.reading.wording import proposition
from detente.records import ActorRef, Deal, Step, Term, record_id

ABOUT = frozenset(("plan", "plans", "proposal", "draft", "roadmap", "framework"))


# One of these in a step shows that its order is still to be kept.
TO_COME = MODALS | {"to", "is", "are"}


class Title(NamedTuple):
    """The words for the deal in one place, and how telling they are (0 the most)."""

    rank: int
    span: Span
    words: str


class Stage(NamedTuple):
    """A step in one clause: what happens, who takes part, and the words."""

    action: str
    actors: tuple[ActorRef, ...]
    span: Span


def read(page: Page, terms: Sequence[Term]) -> list[Deal]:
    """The deal that an article describes: one, or none where it has no terms or no words for a deal.

    Args:
        page: the article's page, its statements read.
        terms: the terms that the article names.
    """
    title = min(titles(page), default=None) if terms else None
    if title is None:
        return []
    stages = sequence(page)
    words = page.evidence("words", title.span)
    return [
        Deal(
            id=record_id(page.article.id, "deal", [words]),
            article=page.article.id,
            evidence=(words, *page.evidence_of("steps", [stage.span for stage in stages])),
            origin=page.origin,
            reasons={} if stages else {"steps": "the words put nothing in order"},
            according_to=page.authority(title.span),
            title=title.words,
            terms=tuple(term.id for term in terms),
            steps=tuple(
                Step(order=order, action=stage.action, actors=stage.actors)
                for order, stage in enumerate(stages, start=1)
            ),
        )
    ]


def titles(page: Page) -> list[Title]:
    """Every place where the article has words for a deal."""
    ranks = {row["pattern"]: rank for rank, row in enumerate(table("deal_titles"))}
    found: list[Title] = []
    for sentence in page.analysis.sentences:
        clauses = clauses_of(page, sentence)
        for at in range(len(clauses[0].words) if clauses else 0):
            if (hit := lexicon("deal_titles").at(clauses[0].texts, at)) is not None:
                words = clauses[0].words[at : title_end(clauses[0], hit[1])]
                span = span_of(words, 0, len(words))
                found.append(Title(ranks[hit[0].row["pattern"]], span, proposition(page.text, words)))
    return found


def title_end(clause: Clause, end: int) -> int:
    """One past the last word of a title: the name that its preposition governs goes with it ("deal with Marland")."""
    words = clause.words
    if words[end - 1].text not in ("with", "between", "over", "on"):
        return end
    last = end
    while last < len(words) and (words[last].mention is not None or words[last].text in ("the", "and")):
        last += 1
    return last if last > end and words[last - 1].mention is not None else end - 1


# ---------------------------------------------------------------- steps


def sequence(page: Page) -> list[Stage]:
    """The steps of the sentence about the deal that has the most, and of those the one that names the most actors."""
    found: list[list[Stage]] = []
    for sentence in page.analysis.sentences:
        clauses = [c for c in clauses_of(page, sentence) if has_verb(c)]
        stages = in_order(page, clauses) if clauses and about_a_deal(clauses[0]) else []
        if len(stages) > 1 and all(stage.actors for stage in stages):
            found.append(stages)
    return max(
        found, key=lambda stages: (len(stages), len(set().union(*(s.actors for s in stages)))), default=[]
    )


def has_verb(clause: Clause) -> bool:
    """Whether a clause has a verb of its own."""
    return any(is_verb(clause.words, at) for at in range(clause.first, clause.last))


def about_a_deal(clause: Clause) -> bool:
    """Whether the clause's sentence speaks of a deal or a plan."""
    return any(word.text in ABOUT or word.text in nouns("deal") for word in clause.words)


def in_order(page: Page, clauses: Sequence[Clause]) -> list[Stage]:
    """The clauses that a word puts in order, with the one that they follow or go before."""
    ordered: list[Clause] = []
    for number, clause in enumerate(clauses):
        order = order_of(clause)
        if order == "next" and number:
            ordered += [clause] if ordered else [clauses[number - 1], clause]
        elif order == "earlier" and len(clauses) > 1 and not ordered:
            other = clauses[number - 1] if number else clauses[1]
            ordered += [clause, other]
    if not any(TO_COME & set(clause.texts[clause.first : clause.last]) for clause in ordered):
        return []  # what was done one after the other is a story, and no plan
    return [stage(page, clause) for clause in ordered]


def order_of(clause: Clause) -> str:
    """How the words that open a clause order it: `next`, `earlier`, or nothing."""
    opening = [
        k for k in range(clause.first, min(clause.first + 4, clause.last)) if not is_verb(clause.words, k)
    ]
    hits = (lexicon("step_orders").at(clause.texts, at) for at in opening)
    return next((hit[0].row["order"] for hit in hits if hit is not None), "")


def stage(page: Page, clause: Clause) -> Stage:
    """The step that a clause tells."""
    span = clause.span
    return Stage(proposition(page.text, clause.words[clause.first : clause.last]), takers(page, clause), span)


def takers(page: Page, clause: Clause) -> tuple[ActorRef, ...]:
    """Who takes part: all whom the clause names, and not what is theirs; what is negated nobody takes part in."""
    verbs = [at for at in range(clause.first, clause.last) if is_verb(clause.words, at)]
    verb = next((at for at in verbs if clause.words[at].text not in AUXILIARIES), verbs[0])
    if of_verb(page, clause, verb).factuality == "negated":
        return ()
    named = [
        w.mention for w in clause.words[clause.first : clause.last] if w.mention and not w.mention.possessive
    ]
    by_name = [m for m in named if m.kind != "pronoun"]
    return tuple(dict.fromkeys(m.actor for m in by_name or named if m.actor is not None))
