"""Whether words that a phrase of the table shows can be a term, and whether an article is about a deal at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from detente.reading.clauses import Clause, noun_phrase
from detente.reading.function_words import AUXILIARIES, BE, DAYS, MONTHS, POINTING, PREPOSITIONS, PRONOUNS
from detente.reading.page import Page
from detente.reading.participants import subject
from detente.reading.phrases import nouns
from detente.reading.row import Word
from detente.reading.term_clauses import CLAUSAL, EMPTY
from detente.reading.term_items import Item
from detente.reading.verbs import is_adverb, verb_forms
from detente.reading.wording import names_matter, says_something

GIVING = frozenset(("~offer",))
# Words for a deal or talks in an article that is about them: this many, and one in so many words.
MENTIONS, APART = 3, 200
NEGOTIATED = frozenset(("agreed", "negotiate", "negotiated", "negotiating"))
INTRODUCING = frozenset(("a", "an"))
# The forms whose terms are noun phrases.
PHRASES = frozenset(("item", "demand", "cleft"))
LASTING = frozenset(("as|so long as",))
LISTED = frozenset(("list", "open"))
TOGETHER = frozenset(("sides", "parties", "delegations", "governments", "negotiators", "both", "we"))
# What is agreed to and is no part of a deal: to meet again, to go on.
PROCEDURE = frozenset(
    [
        "meet",
        "talk",
        "speak",
        "hold",
        "continue",
        "keep",
        "work",
        "resume",
        "discuss",
        "return",
        "disagree",
        "cooperate",
        "try",
        "sign",
        "begin",
        "start",
    ]
)
HEDGES = (("at", "least"), ("at", "most"), ("up", "to"), ("more", "than"), ("less", "than"))
NOBODY = frozenset(
    ("people", "everyone", "everybody", "anyone", "one", "each", "my", "neither", "our", "nobody")
)
FIRST = frozenset(("we", "i"))
# What somebody speaks on condition of.
UNNAMED = frozenset(("named", "identified", "quoted", "anonymous", "anonymity"))


def speaks_of_a_deal(page: Page) -> bool:
    """Whether the article speaks of a deal or of talks at all."""
    spoken_of = nouns("deal") | nouns("talks")
    return any(token.text.lower() in spoken_of for token in page.analysis.tokens) or is_about_a_deal(page)


def is_about_a_deal(page: Page) -> bool:
    """Whether the article is about a deal or talks, and does not only mention one."""
    spoken_of = nouns("deal") | nouns("talks") | nouns("negotiating") | NEGOTIATED
    spoken = sum(token.text.lower() in spoken_of for token in page.analysis.tokens)
    return spoken >= max(MENTIONS, len(page.analysis.tokens) // APART)


def is_term(page: Page, item: Item, row: Mapping[str, str]) -> bool:
    """Whether an item can be a term: of a known category, or called one; a thing, where it is accepted or asked for.

    Where the article is about a negotiation, what is demanded, proposed or in dispute is one without a category too.
    """
    form = row["form"]
    first = item.words[0].text if item.words else ""
    if form in LISTED:
        return True
    if form == "item" and (first in PREPOSITIONS or (row["pattern"] in GIVING and is_sum(item.words))):
        return False  # "rejected by Keld"; what somebody offers to pay is a pledge
    if form == "approval" and not nouns("approval") & {word.text for word in item.words[:3]}:
        return False  # "subject to ratification", but not "subject to the weather"
    if item.category is None and not (row["uncategorised"] and is_about_a_deal(page) and names(item)):
        return False
    if item.category is None and form in PHRASES and row["by"] and not presented(item, row):
        return False
    if form == "condition" and item.category is None and row["pattern"] in LASTING and not is_undergone(item):
        return False
    if form in CLAUSAL:
        of_the_deal = {word.text for word in item.words[:2]} & (
            nouns("deal") | nouns("talks") | {"terms", "text"}
        )
        if item.category is None and of_the_deal:
            return False  # "demanded that the terms be published"
        return (
            not (item.category is None and nobody(item))
            and first not in PRONOUNS
            and says_something(item.words)
        )
    return form in ("duty", "colon") or not any(word.text in AUXILIARIES for word in item.words)


def nobody(item: Item) -> bool:
    """Whether an item begins with nobody in particular or somebody's own: "wants people to know", "my son to live"."""
    return item.words[0].text in NOBODY


def is_undergone(item: Item) -> bool:
    """Whether something is to be done to what an item names: "as long as the toll is halved", but not "it is real"."""
    done = (other.text for word, other in pairwise(item.words) if word.text in BE)
    return any(text.endswith("ed") or "participle" in verb_forms().get(text, ()) for text in done)


def presented(item: Item, row: Mapping[str, str]) -> bool:
    """Whether a matter without a category is new to the reader: "an even split", not "something else", "the same".

    Where the row takes `any`, what is known already may be one too, but no bare noun ("asked for calm").
    """
    first = item.words[0]
    if first.text in INTRODUCING or is_sum(item.words):
        return True
    return row["uncategorised"] == "any" and len(item.words) > 1 and first.text not in PROCEDURE


def names(item: Item) -> bool:
    """Whether an item is a noun phrase or clause that says what is meant, and no pronoun, preposition or bare plan."""
    first = item.words[0].text if item.words else ""
    matters = [word for word in item.words if names_matter(word) and word.text not in EMPTY]
    leading = PRONOUNS | PREPOSITIONS | DAYS | MONTHS | {"to", "that", "not"}
    alone = first in POINTING and len(item.words) == 1
    return bool(matters) and not ((first in leading and not is_sum(item.words)) or alone or is_adverb(first))


def is_sum(words: Sequence[Word]) -> bool:
    """Whether words begin with an amount."""
    texts = [word.text for word in words[:4]]
    if tuple(texts[:2]) in HEDGES:
        texts = texts[2:]
    return bool(texts) and (texts[0][:1].isdigit() or texts[0] in "£$€¥")


def is_of_a_party(page: Page, words: Sequence[Word]) -> bool:
    """Whether words name a party that nobody knows: one who speaks for herself, a name, "the rebels"."""
    known = FIRST | nouns("party")
    named = words if len(words) == 1 else words[1:]  # a sentence's first word says nothing by its capital
    return any(word.text in known for word in words) or any(page.text[word.start].isupper() for word in named)


def agreed_together(clause: Clause, at: int) -> bool:
    """Whether a verb's subject is two parties or more: what they agree to is a term of their deal."""
    named = {m.actor for m in subject(clause, at).mentions if m.actor is not None}
    return len(named) > 1 or any(word.text in TOGETHER for word in noun_phrase(clause, at))
