"""Which words of a row are verbs, in which form, and which words before them belong to them.

Where tags are known they decide; else a word's form and the word before it do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from detente.reading.function_words import (
    ADDING,
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    BE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
)
from detente.reading.phrases import Forms, compile_pattern, forms, nouns, table
from detente.reading.row import Word

# The tables whose patterns mark verbs.
PATTERN_TABLES = (
    "factuality",
    "hearsay",
    "stances",
    "conditions",
    "term_categories",
    "term_frames",
    "memberships",
)


@cache
def known_verbs() -> frozenset[str]:
    """The verbs of the tables: those listed, and those that a pattern marks."""
    listed = {row["base"] for name in ("verbs", "irregular_verbs") for row in table(name)}
    patterns = " ".join(row["pattern"] for name in PATTERN_TABLES for row in table(name))
    marked = {verb for part in patterns.split() if part.startswith("~") for verb in part[1:].split("|")}
    return frozenset(listed | marked)


@cache
def verb_forms() -> dict[str, frozenset[str]]:
    """The forms of the verbs that the reading's tables know, each with which forms it can be."""
    found: dict[str, set[str]] = {}
    for base in sorted(known_verbs()):
        for form, text in zip(Forms._fields, forms(base), strict=True):
            found.setdefault(text, set()).add(form)
    return {text: frozenset(names) for text, names in found.items()}


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether the word is a verb here: by its tag, else by its form and the word before it."""
    word = words[at]
    if word.text in AUXILIARIES:
        return True
    if word.tag:
        return word.tag == "VERB" and word.mention is None
    can_be = verb_forms().get(word.text)
    if not can_be or word.mention is not None:
        return False
    before = back(words, at)
    text = words[before].text if before >= 0 else ""
    if can_be & {"past", "participle"}:
        return text not in ARTICLES | {"'s"} and text not in PREPOSITIONS
    if "gerund" in can_be:
        return text not in ARTICLES | {"'s"} and text not in PREPOSITIONS - {"by", "to"}
    if text in ADDING | {"that"} and word.text in table_nouns():
        return False
    if text == "," and can_be & {"present", "base"} and word.text not in table_nouns():
        return at + 1 < len(words) and words[at + 1].text in ARTICLES  # "…, Ines Darro, now accepts the"
    return takes_finite(words, before, "present" in can_be)


@cache
def table_nouns() -> frozenset[str]:
    """The nouns of the reading's tables: a word that is one too ("sanctions") is no verb after "and" or "that"."""
    return frozenset().union(*(nouns(row["class"]) for row in table("nouns")))


def takes_finite(words: Sequence[Word], before: int, present: bool) -> bool:
    """Whether a base form or a present ("calls") after the word at `before` is a verb and not a noun."""
    if before < 0:
        return False
    word = words[before]
    if word.text in MODALS | PRONOUNS | {"to", "not", "do", "does", "did", "that", "which"} | ADDING:
        return True
    if word.mention is None or word.mention.possessive:
        return False
    return present or word.text.endswith("s") or word.mention.kind == "group" or joined(words, before)


def joined(words: Sequence[Word], at: int) -> bool:
    """Whether the mention that ends at `at` is joined to another before it ("Ostrava and Marland")."""
    start = mention_start(words, at)
    return start > 1 and words[start - 1].text in ADDING and words[start - 2].mention is not None


def mention_start(words: Sequence[Word], at: int) -> int:
    """The place where the mention that holds `at` begins."""
    mention = words[at].mention
    while at > 0 and words[at - 1].mention is mention:
        at -= 1
    return at


def back(words: Sequence[Word], at: int) -> int:
    """The place before `at` with adverbs passed over, or -1."""
    at -= 1
    while at >= 0 and is_adverb(words[at].text):
        at -= 1
    return at


def is_adverb(text: str) -> bool:
    """Whether a word is an adverb that may stand within a verb's group."""
    return (text in ADVERBS and text != "not") or (
        text.endswith("ly") and text not in ("rally", "ally", "only")
    )


def group_start(words: Sequence[Word], verb: int, first: int) -> int:
    """Where the verb's group begins: its auxiliaries, its adverbs, and what leads to it ("is expected to")."""
    start = verb
    while start > first and words[start - 1].mention is None and in_group(words, start - 1):
        start -= 1
    return start


def in_group(words: Sequence[Word], at: int) -> bool:
    """Whether a word before a verb belongs to its group."""
    text, following = words[at].text, words[at + 1].text
    if text in AUXILIARIES or text in ("not", "to", "no", "longer") or is_adverb(text):
        return True
    return text in leads() and (following == "to" or "gerund" in verb_forms().get(following, ()))


@cache
def leads() -> frozenset[str]:
    """The words that lead to a verb and say how far it is a fact ("expected", "refused", "considering")."""
    patterns = [compile_pattern(row["pattern"]) for row in table("factuality") if row["place"] == "group"]
    return frozenset(word for pattern in patterns for element in pattern for word in element.words)


def is_passive(words: Sequence[Word], verb: int, first: int) -> bool:
    """Whether the verb is a passive: a participle after a form of "be", or followed by "by" and who did it."""
    can_be = verb_forms().get(words[verb].text, frozenset())
    if "participle" not in can_be:
        return False
    group = [word.text for word in words[group_start(words, verb, first) : verb]]
    if any(text in BE for text in group):
        return True
    followed = verb + 1 < len(words) and words[verb + 1].text == "by"
    return followed and not any(text in ("has", "have", "had") for text in group)


def describes(word: Word) -> bool:
    """Whether a verb's form can only be a participle that describes what follows ("frozen assets")."""
    return not word.tag and verb_forms().get(word.text) == frozenset(("participle",))
