"""Phrases looked for in a row of words: what a lexicon's table says, compiled so that a match costs a look-up.

A pattern is written as words with single blanks. `a|b` is either word, `the?` may be left out, `*` stands for
up to four words without a mark (`**` for eight), `<name>` for a noun of the class `name` in `data/nouns.csv`, with up to five
words before it. A first word marked `~` is a verb, and stands for all its forms: "~hold talks" finds "held talks".
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

GAP = 4
BEFORE_NOUN = 5
MARKS = frozenset(",;:.!?()[]–—-…")
VOWELS = "aeiou"


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one of the reading's tables, by column."""
    text = (files("detente.reading") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def nouns(name: str) -> frozenset[str]:
    """The nouns of one class, in the singular and the plural."""
    found = {row["noun"] for row in table("nouns") if row["class"] == name}
    return frozenset(found | {plural(noun) for noun in found})


def plural(noun: str) -> str:
    """The regular plural of a noun; a noun that ends in s is its own."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun if noun.endswith("s") else noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in VOWELS else noun + "s"


# ---------------------------------------------------------------- the forms of verbs


class Forms(NamedTuple):
    """The forms of a verb."""

    base: str
    present: str
    past: str
    participle: str
    gerund: str


@cache
def irregular() -> Mapping[str, Mapping[str, str]]:
    """The verbs whose forms no rule gives."""
    return {row["base"]: row for row in table("irregular_verbs")}


@cache
def forms(verb: str) -> Forms:
    """The forms of an English verb, by the rules of spelling and the table of irregular verbs."""
    known = irregular().get(verb, {})
    doubled = verb + verb[-1] if known.get("doubles") or short(verb) else verb
    if verb.endswith("e"):
        past, gerund = verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    elif verb.endswith("y") and verb[-2:-1] not in VOWELS:
        past, gerund = verb[:-1] + "ied", verb + "ing"
    else:
        past, gerund = doubled + "ed", doubled + "ing"
    past = known.get("past") or past
    present = known.get("present") or (verb + "es" if verb.endswith("s") else plural(verb))
    return Forms(verb, present, past, known.get("participle") or past, gerund)


def short(verb: str) -> bool:
    """Whether a verb of one syllable doubles its last letter: consonant, one vowel, consonant ("ban", "stop")."""
    vowels = sum(letter in VOWELS for letter in verb)
    return vowels == 1 and len(verb) > 2 and verb[-2] in VOWELS and verb[-1] not in VOWELS + "wxy"


# ---------------------------------------------------------------- patterns


class Element(NamedTuple):
    """One place of a pattern: the words that fit, whether it may be left out, how many others may come before."""

    words: frozenset[str]
    optional: bool = False
    gap: int = 0


class Phrase(NamedTuple):
    """A pattern of a table: its elements and the row that it comes from."""

    elements: tuple[Element, ...]
    row: Mapping[str, str]

    def match(self, words: Sequence[str], at: int) -> int | None:
        """Where a match that begins at `at` ends (one past the last word), or `None`."""
        return match(self.elements, words, at)


def match(elements: tuple[Element, ...], words: Sequence[str], at: int) -> int | None:
    """Where the elements, one after the other from `at`, end in `words`, or `None` if they are not there."""
    if not elements:
        return at
    element, rest = elements[0], elements[1:]
    for skipped in range(element.gap + 1):
        place = at + skipped
        if place >= len(words):
            break
        if words[place] in element.words and (end := match(rest, words, place + 1)) is not None:
            return end
        if words[place] in MARKS:
            break
    return match(rest, words, at) if element.optional else None


def compile_pattern(pattern: str) -> tuple[Element, ...]:
    """The elements of a pattern."""
    elements, gap = [], 0
    for part in pattern.split():
        if part in ("*", "**"):
            gap = GAP * len(part)
            continue
        elements.append(compile_part(part, gap))
        gap = 0
    return tuple(elements)


def compile_part(part: str, gap: int) -> Element:
    """One element: a verb in all its forms, a class of nouns, or words."""
    if part.startswith("~"):
        return Element(frozenset(f for verb in part[1:].split("|") for f in forms(verb)), False, gap)
    if part.startswith("<"):
        found = frozenset(noun for name in part[1:-1].split("|") for noun in nouns(name))
        return Element(found, False, max(gap, BEFORE_NOUN))
    return Element(frozenset(part.removesuffix("?").split("|")), part.endswith("?"), gap)


class Lexicon:
    """The phrases of a table, found in a row of words.

    Args:
        rows: each with a `pattern` column.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.first: dict[str, list[Phrase]] = {}
        for row in rows:
            phrase = Phrase(compile_pattern(row["pattern"]), row)
            for word in sorted(phrase.elements[0].words):
                self.first.setdefault(word, []).append(phrase)

    def at(self, words: Sequence[str], place: int) -> tuple[Phrase, int] | None:
        """The longest phrase that begins at a place, with its end; of two as long, the one named first."""
        best: tuple[Phrase, int] | None = None
        for phrase in self.first.get(words[place], ()):
            end = phrase.match(words, place)
            if end is not None and (best is None or end > best[1]):
                best = phrase, end
        return best

    def find(self, words: Sequence[str], start: int, end: int) -> tuple[Phrase, int, int] | None:
        """The first phrase that lies between two places, with its own."""
        for place in range(start, min(end, len(words))):
            if (found := self.at(words[:end], place)) is not None:
                return found[0], place, found[1]
        return None


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon that a table holds."""
    return Lexicon(table(name))
