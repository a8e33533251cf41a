"""Clauses over a row of words: where one begins and ends.

There is no tree behind this: a clause is cut where a conjunction, a relative word, a participle or a new subject
with its verb begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.language.analysis import Sentence, Span
from detente.reading.function_words import (
    ADDING,
    ADVERBS,
    AGENTS,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    PERIODS,
    POINTING,
    PREPOSITIONS,
    PRONOUNS,
    TITLES,
)
from detente.reading.page import Page, once_a_sentence
from detente.reading.row import Word, is_mark, span_of, words_of
from detente.reading.verbs import (
    describes,
    group_start,
    is_adverb,
    is_passive,
    is_verb,
    known_verbs,
    verb_forms,
)

# What a reader of clauses needs besides them, offered here as well.
__all__ = [
    "ADDING", "ARTICLES", "AUXILIARIES", "BREAKS", "PREPOSITIONS", "STOPS", "Clause", "Word", "all_clauses", "clauses_of",
    "group_start", "has_subject_and_verb", "is_adverb", "is_passive", "is_verb", "known_verbs", "noun_phrase", "span_of", "verb_forms",
    "words_of",
]  # fmt: skip

BREAKS = frozenset(";:()[]–—-…")
STOPS = frozenset(".!?")


class Clause(NamedTuple):
    """A clause: the words of its sentence, the same in lower case, and the half-open range of them that is its own."""

    words: tuple[Word, ...]
    texts: tuple[str, ...]
    first: int
    last: int

    @property
    def span(self) -> Span:
        """From the clause's first word to its last, without the marks around it."""
        return span_of(self.words, self.first, self.last)


@once_a_sentence
def clauses_of(page: Page, sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order; together they hold all its words."""
    words = words_of(page, sentence)
    if not words:
        return ()
    cuts = [0]
    has_verb = False
    for at in range(len(words)):
        if at > cuts[-1] and begins_clause(words, at, has_verb):
            cuts.append(at)
            has_verb = False
        has_verb = has_verb or is_verb(words, at)
    ends = [*cuts[1:], len(words)]
    texts = tuple(word.text for word in words)
    return tuple(Clause(words, texts, first, last) for first, last in zip(cuts, ends, strict=True))


def all_clauses(page: Page) -> Iterator[Clause]:
    """The clauses of the whole article, in order."""
    for sentence in page.analysis.sentences:
        yield from clauses_of(page, sentence)


def noun_phrase(clause: Clause, at: int) -> Sequence[Word]:
    """The noun phrase before `at`: from the last verb or comma on, the auxiliaries right before `at` left out."""
    while at > clause.first and (
        clause.words[at - 1].text in AUXILIARIES or is_adverb(clause.words[at - 1].text)
    ):
        at -= 1
    words = clause.words
    verbs = [k for k in range(clause.first, at) if is_verb(words, k) and not describes(words[k])]
    commas = [k for k in range(clause.first, at) if words[k].text == ","]
    return words[max([clause.first - 1, *verbs, *commas]) + 1 : at]


def begins_clause(words: Sequence[Word], at: int, has_verb: bool) -> bool:
    """Whether a clause begins at `at`; `has_verb` says whether the one before has its verb."""
    text, previous = words[at].text, words[at - 1].text
    if previous in BREAKS or (previous in STOPS and words[at].start > words[at - 1].end):
        return True
    if words[at].mention is not None and words[at - 1].mention is words[at].mention:
        return False
    if text == "once" and previous == "at":
        return False
    if text in CONJUNCTIONS or (text == "that" and not takes_that(words, at)):
        return previous not in ADDING | ARTICLES and not (text == "so" and previous != ",")
    if text == "as" and previous == "," and at + 1 < len(words):
        return words[at + 1].mention is not None or words[at + 1].text in PRONOUNS
    if not has_verb:
        return False
    if text == "then" and previous in AUXILIARIES:  # "must then approve it"
        return False
    if text in ADDING or text == "then":
        return previous != "," and previous not in ADDING and follows_verb(words, at + 1)
    if text == ",":
        return follows_verb(words, at + 1)
    if text in PREPOSITIONS or text in ADVERBS:
        return False
    opened = words[before_name(words, at) - 1].text
    return opened not in ADDING | {",", "then"} | PREPOSITIONS and has_subject_and_verb(words, at)


def before_name(words: Sequence[Word], at: int) -> int:
    """Where the article and the titles before a name begin, at 1 at the least."""
    while at > 1 and (words[at - 1].text in ARTICLES or words[at - 1].text in TITLES):
        at -= 1
    return at


def takes_that(words: Sequence[Word], at: int) -> bool:
    """Whether "that" stands for a thing ("discuss that with", "that plan") and opens no clause."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or is_mark(following) or following.text in PREPOSITIONS | ADDING | PERIODS:
        return True
    end = next((k for k in range(at + 1, len(words)) if is_mark(words[k])), len(words))
    return words[at - 1].text in PREPOSITIONS or not any(is_verb(words, k) for k in range(at + 1, end))


def follows_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a verb, or a subject with its verb, follows: what a comma or an "and" then opens is a clause."""
    while at < len(words) and (words[at].text in ADDING | {"then", "but", "by"} or is_adverb(words[at].text)):
        at += 1
    if at >= len(words):
        return False
    return has_subject_and_verb(words, at) or (is_verb(words, at) and not describes(words[at]))


def has_subject_and_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a subject begins at `at` and its verb stands right after it."""
    while at + 1 < len(words) and words[at].mention is None and words[at].text in {"the", "a", "an"} | TITLES:
        at += 1
    mention = words[at].mention
    if mention is None and words[at].text not in PRONOUNS | POINTING:
        return False
    while at < len(words) and (words[at].mention is mention or (at and words[at].text in AGENTS)):
        at += 1
        if mention is None:
            break
    while at < len(words) and is_adverb(words[at].text):
        at += 1
    if at >= len(words) or words[at].text.endswith("ing"):
        return False  # "US backing": a noun, no verb of its own
    return not (mention and mention.possessive) and is_verb(words, at)
