"""Who stands where in a clause: the mentions in subject place, and those that follow a verb or a preposition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.actors.cast import Mention
from detente.reading.clauses import BREAKS, STOPS, Clause
from detente.reading.function_words import (
    ADDING,
    AGENTS,
    ARTICLES,
    BEFORE_DAYS,
    CONJUNCTIONS,
    DAYS,
    MONTHS,
    PERIODS,
    PREPOSITIONS,
    TITLES,
)
from detente.reading.row import Word, is_mark
from detente.reading.verbs import group_start, is_adverb, is_verb, mention_start

ADDING_PHRASES = (("along", "with"), ("as", "well", "as"), ("together", "with"), ("alongside",))
RELATIVE = frozenset(("who", "which", "whose"))
RELATIVE_REACH = 32  # words that a relative clause between commas may have
BEFORE_JOINED = TITLES | {"the", "a", "an", "both", "then", "possibly"}


class Actors(NamedTuple):
    """Mentions that stand together in one place of a clause, and the range of words they take."""

    mentions: tuple[Mention, ...]
    first: int
    last: int


NOBODY = Actors((), 0, 0)


def subject(clause: Clause, verb: int) -> Actors:
    """Who stands in subject place before the verb; an infinitive, a participle and "and signed" look further back."""
    words = clause.words
    start = group_start(words, verb, clause.first)
    found = actors_before(words, start, clause.first, absolute=words[start].text.endswith("ing"))
    if found.mentions or start > clause.first + 3:
        return found
    return inherited(clause, start)


def actors_before(words: Sequence[Word], at: int, first: int = 0, *, absolute: bool = False) -> Actors:
    """The mentions that end right before `at`, with what may stand between them and their verb passed over.

    Args:
        words: the sentence's words.
        at: where the verb's group begins.
        first: where its clause begins: what "and" joins to the subject stands behind it.
        absolute: whether the verb is a participle, before which a preposition may stand ("with Marland accusing …").
    """
    at, also, apposed = at - 1, NOBODY, NOBODY
    acting = False
    if absolute and at >= 0 and is_named(words[at]):
        return gather_back(words, at, first)
    while at >= 0:
        word = words[at]
        if is_named(word):
            governor = governed(words, mention_start(words, at))
            if governor < 0:
                found = gather_back(words, at, first)
                return found._replace(mentions=found.mentions + also.mentions)
            at = governor - 1
        elif word.mention is None and (
            word.text in AGENTS | {"who", "which", "that"} or is_adverb(word.text)
        ):
            acting = acting or word.text in AGENTS
            at -= 1
        elif acting and word.text == "'s" and at and words[at - 1].mention is not None:
            at -= 1
        elif acting and word.mention is not None and word.mention.kind == "place":
            return gather_back(words, at, first)  # "Ostrava's delegation accepted": Ostrava did
        elif (before := time_start(words, at)) < at:
            at = before
        elif word.text == "," and (opened := parenthesis(words, at)) >= 0:
            apposed = apposed if apposed.mentions else named_in_commas(words, opened, at)
            also, at = added(words, opened + 1, at), opened - 1
        elif word.text == "," and at and is_named(words[at - 1]):
            at -= 1
        else:
            return apposed
    return apposed


def named_in_commas(words: Sequence[Word], opened: int, closed: int) -> Actors:
    """Who is named between two commas and by nothing else there: "its chief executive, Ines Darro, has offered"."""
    last = closed - 1
    if not is_named(words[last]):
        return NOBODY
    first = before_joined(words, mention_start(words, last))
    return gather_back(words, last, opened) if first == opened + 1 else NOBODY


def before_joined(words: Sequence[Word], at: int) -> int:
    """Where the titles and articles before a place begin."""
    while at > 0 and words[at - 1].mention is None and words[at - 1].text in BEFORE_JOINED:
        at -= 1
    return at


def time_start(words: Sequence[Word], at: int) -> int:
    """The place before a day, a date or a period that ends at `at` ("on Monday", "this week"), or `at` itself."""
    start = at
    if words[start].text.isdigit() and start and words[start - 1].text in MONTHS:
        start -= 1
    if words[start].text not in DAYS | MONTHS | PERIODS or words[start].mention is not None:
        return at
    start -= 1
    while start >= 0 and (words[start].text in BEFORE_DAYS or words[start].text.isdigit()):
        start -= 1
    return start


def is_named(word: Word) -> bool:
    """Whether a word belongs to a mention that stands for its actor, and not for what is the actor's."""
    return word.mention is not None and not word.mention.possessive


def added(words: Sequence[Word], first: int, last: int) -> Actors:
    """The mentions that words between commas add to a subject (", along with Keld,")."""
    texts = tuple(word.text for word in words[first:last])
    for phrase in ADDING_PHRASES:
        if texts[: len(phrase)] == phrase:
            return actors_after(words, first + len(phrase), last)
    return NOBODY


def governed(words: Sequence[Word], start: int) -> int:
    """The place of the preposition that governs the mention beginning at `start`, or -1."""
    before = start - 1
    while before >= 0 and (words[before].text in ARTICLES | TITLES or is_adverb(words[before].text)):
        before -= 1
    if before >= 1 and (words[before - 1].text, words[before].text) in (
        ("along", "with"),
        ("together", "with"),
    ):
        return -1
    return before if before >= 0 and words[before].text in PREPOSITIONS - {"alongside", "than"} else -1


def parenthesis(words: Sequence[Word], at: int) -> int:
    """The place of the comma that opens what the comma at `at` closes, or -1.

    What stands between them is at most twelve words without a verb, or a relative clause ("Keld, which borders both, said").
    """
    for opened in range(at - 2, max(-1, at - 14), -1):
        if words[opened].text == ",":
            return opened if words[opened + 1].text not in RELATIVE else relative_start(words, at)
        if is_verb(words, opened) or words[opened].text in BREAKS:
            break
    return relative_start(words, at)


def relative_start(words: Sequence[Word], at: int) -> int:
    """The place of the comma before the "which" or "who" whose clause the comma at `at` closes, or -1."""
    for opened in range(at - 3, max(-1, at - RELATIVE_REACH), -1):
        if words[opened].text in BREAKS | STOPS:
            return -1
        if words[opened].text == "," and words[opened + 1].text in RELATIVE:
            return opened
    return -1


def gather_back(words: Sequence[Word], at: int, first: int) -> Actors:
    """The mention that ends at `at`, and those joined to it before, in the same clause ("Ostrava, Marland and Keld")."""
    first = first if at >= first else 0
    last, start = at + 1, mention_start(words, at)
    mentions = [words[at].mention]
    joined_by_word = False
    while (before := connector(words, start, joined_by_word)) >= first:
        start = mention_start(words, before)
        joined_by_word = True
        mentions.append(words[before].mention)
    return Actors(tuple(m for m in reversed(mentions) if m is not None), start, last)


def connector(words: Sequence[Word], start: int, commas: bool) -> int:
    """The last place of the mention that is joined to the one beginning at `start`, or -1."""
    at = before_joined(words, start) - 1
    for phrase in (("and",), ("or",), ("&",), *ADDING_PHRASES, *(((",",),) if commas else ())):
        first = at - len(phrase) + 1
        if first > 0 and tuple(word.text for word in words[first : at + 1]) == phrase:
            before = first - 1
            if words[before].text == "," and before > 0:
                before -= 1
            return before if is_named(words[before]) else -1
    return -1


def inherited(clause: Clause, start: int) -> Actors:
    """The subject of the clause before, for a verb that has none of its own."""
    words = clause.words
    at = start - 1
    if at >= 0 and words[at].text not in ADDING | {",", "then", "by"} | CONJUNCTIONS:
        return NOBODY
    for verb in range(clause.first - 1, -1, -1):
        if is_verb(words, verb) and (found := actors_before(words, group_start(words, verb, 0))).mentions:
            return found
    return NOBODY


def actors_after(words: Sequence[Word], at: int, last: int) -> Actors:
    """The mentions that begin at `at`, with an article, "her" or up to three words of description before them."""
    for start in range(at, min(at + 4, last)):
        mention = words[start].mention
        if mention is not None and not (mention.possessive and mention.kind == "pronoun"):
            return gather_on(words, start, last)
        if is_mark(words[start]) or words[start].text in PREPOSITIONS | ADDING or is_verb(words, start):
            break
    return NOBODY


def gather_on(words: Sequence[Word], start: int, last: int) -> Actors:
    """The mention that begins at `start`, and those joined to it after ("Ostrava, Marland and Keld")."""
    end = mention_end(words, start, last)
    mentions, places = [words[start].mention], [end]
    commas: list[int] = []
    while (following := joined_after(words, end, last)) is not None:
        begin, by_comma = following
        end = mention_end(words, begin, last)
        commas.append(len(mentions)) if by_comma else commas.clear()
        mentions.append(words[begin].mention)
        places.append(end)
    kept = min(commas, default=len(mentions))  # a list that no "and" ends is an apposition
    return Actors(tuple(m for m in mentions[:kept] if m is not None), start, places[kept - 1])


def mention_end(words: Sequence[Word], at: int, last: int) -> int:
    """One past the last word of the mention that holds `at`."""
    mention = words[at].mention
    while at < last and words[at].mention is mention:
        at += 1
    return at


def joined_after(words: Sequence[Word], at: int, last: int) -> tuple[int, bool] | None:
    """Where the mention begins that is joined to the one before `at`, and whether by a comma alone."""
    texts = tuple(word.text for word in words[at:last])
    for phrase in ((",", "and"), ("and",), ("or",), ("&",), *ADDING_PHRASES,
                   *((",", *phrase) for phrase in ADDING_PHRASES), (",",)):  # fmt: skip
        if texts[: len(phrase)] == phrase:
            begin = at + len(phrase)
            while begin < last and words[begin].mention is None and words[begin].text in BEFORE_JOINED:
                begin += 1
            if begin < last and words[begin].mention is not None:
                return begin, phrase == (",",)
    return None
