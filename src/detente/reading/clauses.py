"""Clauses over a row of words: where one begins and ends, and which of its words is the verb.

There is no tree behind this: a clause is cut where a conjunction, a relative word, a participle or a new subject
with its verb begins. Where tags are known they decide what is a verb; else the word's form and neighbours do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from detente.actors.cast import Mention
from detente.language.analysis import Analysis, Sentence, Span
from detente.reading.page import Page
from detente.reading.phrases import Forms, compile_pattern, forms, nouns, table

PATTERN_TABLES = (
    "event_verbs",
    "factuality",
    "hearsay",
    "stances",
    "conditions",
    "term_categories",
    "term_frames",
    "memberships",
)
QUOTES = frozenset("‘’“”\"'„«»")
BREAKS = frozenset(";:()[]–—-…")
STOPS = frozenset(".!?")
CONTRACTIONS = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would", "n't": "not"}
STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "any",
        "no",
        "some",
        "every",
    ]
)
PRONOUNS = frozenset(["i", "we", "you", "he", "she", "they", "it", "who"])
POINTING = frozenset(["there", "that", "this", "what", "here"])
PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "with",
        "without",
        "against",
        "between",
        "among",
        "under",
        "over",
        "into",
        "through",
        "towards",
        "toward",
        "about",
        "across",
        "around",
        "near",
        "inside",
        "outside",
        "within",
        "during",
        "despite",
        "amid",
        "like",
        "via",
        "behind",
        "beyond",
        "than",
        "alongside",
    ]
)
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "president",
        "vice",
        "prime",
        "minister",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "general",
        "secretary",
        "ambassador",
        "senator",
        "foreign",
        "premier",
    ]
)
MODALS = frozenset(["will", "would", "shall", "should", "can", "could", "may", "might", "must", "cannot"])
AUXILIARIES = MODALS | frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "having",
    ]
)
BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
ADVERBS = frozenset(
    [
        "also",
        "now",
        "then",
        "not",
        "never",
        "even",
        "still",
        "just",
        "already",
        "again",
        "twice",
        "ever",
        "yet",
        "soon",
        "later",
        "first",
        "once",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "all",
        "both",
        "each",
        "further",
        "too",
        "instead",
        "together",
        "meanwhile",
        "however",
        "only",
    ]
)
CONJUNCTIONS = frozenset(
    [
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "if",
        "unless",
        "until",
        "when",
        "whenever",
        "before",
        "after",
        "since",
        "which",
        "who",
        "whose",
        "whom",
        "where",
        "whether",
        "so",
        "but",
        "lest",
        "once",
        "provided",
    ]
)
PERIODS = frozenset(
    ["day", "night", "morning", "evening", "afternoon", "week", "month", "year", "time", "point"]
)
ADDING = frozenset(("and", "or", "&"))
# What acts for the state whose name stands before it: "the Ostravan army attacked".
AGENTS = frozenset(
    [
        "government",
        "army",
        "forces",
        "troops",
        "military",
        "navy",
        "officials",
        "officers",
        "authorities",
        "jets",
        "warplanes",
        "drones",
        "missiles",
        "artillery",
        "police",
        "soldiers",
        "leaders",
        "diplomats",
        "negotiators",
        "ministers",
        "parliament",
        "delegation",
        "team",
        "side",
    ]
)


class Word(NamedTuple):
    """A word or mark of a sentence, quotation marks left out: in lower case, contractions resolved."""

    text: str
    start: int
    end: int
    tag: str
    mention: Mention | None


class Clause(NamedTuple):
    """A clause: the words of its sentence, and the half-open range of them that is its own."""

    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the whole sentence, in lower case."""
        return tuple(word.text for word in self.words)

    @property
    def span(self) -> Span:
        """From the clause's first word to its last, without the marks around it."""
        return span_of(self.words, self.first, self.last)


def span_of(words: Sequence[Word], first: int, last: int) -> Span:
    """The code points of a range of words, marks at its ends left out."""
    while first < last - 1 and is_mark(words[first]):
        first += 1
    while first < last - 1 and is_mark(words[last - 1]):
        last -= 1
    return Span(words[first].start, words[last - 1].end)


def is_mark(word: Word) -> bool:
    """Whether it is a mark and not a word."""
    return not any(letter.isalnum() for letter in word.text)


# ---------------------------------------------------------------- words


def words_of(page: Page, sentence: Sentence) -> tuple[Word, ...]:
    """The words of a sentence as the readers see them, each with the longest mention that holds it."""
    mentions = sorted(
        page.cast.within(sentence.span.start, sentence.span.end), key=lambda m: m.span.end - m.span.start
    )
    owner: dict[int, Mention] = {}
    found = list(plain_words(page.analysis, sentence))
    for mention in mentions:
        owner.update({word.start: mention for word in found if mention.span.holds((word.start, word.end))})
    return tuple(word._replace(mention=owner.get(word.start) or speaker(page, word)) for word in found)


def speaker(page: Page, word: Word) -> Mention | None:
    """The mention that "I", "me" or "my" is: of whoever speaks the words."""
    said = page.statement_around((word.start, word.end)) if word.text in ("i", "me", "my") else None
    if said is None or said.mode == "indirect":
        return None
    return Mention(
        span=Span(word.start, word.end), actor=said.speaker, kind="pronoun", reason="the speaker of the words",
        possessive=word.text == "my",
    )  # fmt: skip


def plain_words(analysis: Analysis, sentence: Sentence) -> Iterator[Word]:
    """The words of a sentence; "didn't" is two, whichever way the tokens were cut."""
    before = ""
    for token in analysis.tokens[sentence.first : sentence.last]:
        text = token.text.lower().replace("’", "'")
        if text in QUOTES or not text:
            continue
        if text == "'s" and before in PRONOUNS | POINTING:
            text = "is"
        before = text
        stem, mark, rest = text.partition("'")
        ending = "n't" if text.endswith("n't") else mark + rest
        if ending in CONTRACTIONS and len(ending) < len(text):
            cut = token.end - len(ending)
            stem = text[: -len(ending)]
            yield Word(STEMS.get(stem, stem), token.start, cut, token.tag, None)
            yield Word(CONTRACTIONS[ending], cut, token.end, "", None)
        else:
            yield Word(CONTRACTIONS.get(text, STEMS.get(text, text)), token.start, token.end, token.tag, None)


# ---------------------------------------------------------------- verbs


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


# ---------------------------------------------------------------- clauses


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
    return tuple(Clause(words, first, last) for first, last in zip(cuts, ends, strict=True))


def all_clauses(page: Page) -> Iterator[Clause]:
    """The clauses of the whole article, in order."""
    for sentence in page.analysis.sentences:
        yield from clauses_of(page, sentence)


def begins_clause(words: Sequence[Word], at: int, has_verb: bool) -> bool:
    """Whether a clause begins at `at`; `has_verb` says whether the one before has its verb."""
    text, previous = words[at].text, words[at - 1].text
    if previous in BREAKS or (previous in STOPS and words[at].start > words[at - 1].end):
        return True
    if words[at].mention is not None and words[at - 1].mention is words[at].mention:
        return False
    if text in CONJUNCTIONS or (text == "that" and not takes_that(words, at)):
        return previous not in ADDING | ARTICLES and not (text == "so" and previous != ",")
    if text == "as" and previous == "," and at + 1 < len(words):
        return words[at + 1].mention is not None or words[at + 1].text in PRONOUNS
    if not has_verb:
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


def describes(word: Word) -> bool:
    """Whether a verb's form can only be a participle that describes what follows ("frozen assets")."""
    return not word.tag and verb_forms().get(word.text) == frozenset(("participle",))


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
    return at < len(words) and not (mention and mention.possessive) and is_verb(words, at)
