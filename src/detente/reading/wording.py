"""Words of an article made into a proposition: marks and negation left out, contractions resolved, no other word changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.function_words import ADDING, AUXILIARIES, CONJUNCTIONS, PRONOUNS, of_class
from detente.reading.row import Word, is_mark
from detente.reading.verbs import is_adverb

NEGATIONS = frozenset(("not", "never"))
LEADING = ADDING | CONJUNCTIONS | frozenset(("that", "then", "but", "to", "of", "for", "well", "yes"))
TRAILING = ADDING | frozenset(("but", "only"))
# Before a noun these point as an article does; alone they stand for something else.
DETERMINERS = frozenset(("this", "that", "these", "those", "its", "their", "such"))
DOES = frozenset(("do", "does", "did"))


# Words that name no matter by themselves.
POINTING_WORDS = PRONOUNS | LEADING | of_class("empty")


def affirmed(words: Sequence[Word], first: int, last: int) -> list[Word]:
    """The words without what negates those from `first` to `last`: "should not leave" becomes "should leave"."""
    return [word for at, word in enumerate(words) if not (first <= at < last and negates(words, at))]


def proposition(text: str, words: Sequence[Word]) -> str:
    """The words as a proposition.

    Args:
        text: the article's text.
        words: the words, in order.
    """
    kept = trimmed(words)
    parts = [written(text, word) for word in kept]
    joined = " ".join(part for part in parts if part)
    return re.sub(r" (?=[,.;:!?)]|['’]s\b)|(?<=[(£$€]) ", "", joined)


def negates(words: Sequence[Word], at: int) -> bool:
    """Whether a word only negates: "not", and the "do" before it."""
    following = words[at + 1].text if at + 1 < len(words) else ""
    return words[at].text in NEGATIONS or (words[at].text in DOES and following in NEGATIONS)


def written(text: str, word: Word) -> str:
    """A word as it is written; a contraction in full."""
    surface = text[word.start : word.end]
    return surface if surface.lower().replace("’", "'") == word.text else word.text


def trimmed(words: Sequence[Word]) -> list[Word]:
    """The words without marks at their ends and without what joins them to the words before."""
    kept = list(words)
    while kept and leads(kept):
        kept.pop(0)
    while kept and ((is_mark(kept[-1]) and kept[-1].text not in ("%", ")")) or kept[-1].text in TRAILING):
        kept.pop()
    return kept


def says_something(words: Sequence[Word]) -> bool:
    """Whether words name a matter, and not only point at one ("it", "that", "him")."""
    named = sum(names_matter(word) for word in words)
    mentions = [word.mention.kind for word in words if word.mention is not None]
    pointed = (
        any(word.text in ("the", "a", "an") for word in words)
        or bool(mentions)
        or any(map(determines, words, words[1:]))
    )
    return named + bool(named and pointed) > 1 or any(kind != "pronoun" for kind in mentions)


def determines(word: Word, following: Word) -> bool:
    """Whether a word points at the noun behind it: "that split", but not "bridge this"."""
    return word.text in DETERMINERS and names_matter(following)


def names_matter(word: Word) -> bool:
    """Whether a word can name a matter: no mark, auxiliary or adverb, and none that only points."""
    return not (is_mark(word) or word.text in POINTING_WORDS | AUXILIARIES or is_adverb(word.text))


def leads(words: Sequence[Word]) -> bool:
    """Whether the first word only leads to the rest: a mark, or a "that" which is no subject."""
    first, following = words[0], words[1].text if len(words) > 1 else ""
    if is_mark(first):
        return first.text not in "£$€"
    return first.text in LEADING and not (first.text == "that" and following in AUXILIARIES)
