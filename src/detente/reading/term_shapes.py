"""Where the words of a term stand beside the phrase that shows it, for phrases that do not stand right before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.reading.clauses import Clause, noun_phrase
from detente.reading.function_words import ARTICLES, AUXILIARIES, BE, PRONOUNS
from detente.reading.page import Page
from detente.reading.participants import actors_before
from detente.reading.phrases import nouns
from detente.reading.row import Word, is_mark
from detente.reading.term_checks import FIRST, INTRODUCING, UNNAMED, is_sum
from detente.reading.term_clauses import is_to_be, whole_clause, wished
from detente.reading.term_items import Item, item_of, items_after
from detente.reading.verbs import group_start, is_verb, verb_forms
from detente.reading.wording import proposition, trimmed
from detente.records import ActorRef

CLEFT_REACH = 12  # words between "what we could accept" and its "is", an aside with them
ASKING = frozenset(("who", "what", "how", "when", "where", "which"))
LIKENESS = frozenset(("same", "so", "likewise"))
DEFINITE = ARTICLES | {"its", "his", "her", "their"}


def listed_behind(clauses: Sequence[Clause], at: int) -> list[Item]:
    """The items behind the colon of "still open, they say: the dues, the tolls"; none where there is no colon."""
    texts = clauses[0].texts
    colon = next((k for k in range(at, len(texts)) if texts[k] == ":"), None)
    if colon is None or colon + 1 >= len(texts):
        return []
    return [asking(clauses[0].words, item) for item in items_after(clauses, colon + 1, listed=True)]


def asking(words: Sequence[Word], item: Item) -> Item:
    """An item with the word before it that asks: "who pays for the pilots"."""
    before = next((word for word in reversed(words) if word.end < item.words[0].start), None)
    return (
        item._replace(words=(before, *item.words)) if before is not None and before.text in ASKING else item
    )


def behind_is(clauses: Sequence[Clause], at: int) -> list[Item]:
    """What "what we could accept, they said, is" leads to."""
    words = clauses[0].words
    for k in range(at - 1, min(at + CLEFT_REACH, len(words) - 1)):
        if words[k].text in BE and (k <= at + 1 or is_mark(words[k - 1])):
            return items_after(clauses, k + 1, listed=False)[:1]
    return []


def wanted(clauses: Sequence[Clause], clause: Clause, at: int, end: int) -> list[Item]:
    """What is wanted: something done, else a thing that is new or counted, and no deal or talks as such.

    What somebody wants who speaks for herself ("we want a better life") is a term only where it is counted.
    """
    if words := wished(clauses, end):
        return [item_of(words)]
    items = items_after(clauses, end, listed=False)[:1]
    herself = any(word.text in FIRST for word in noun_phrase(clause, at))
    talked = nouns("deal") | nouns("talks") | nouns("meeting")
    return [
        item
        for item in items
        if not item.bare
        and (is_sum(item.words) or (item.words[0].text in INTRODUCING and not herself))
        and not talked & {word.text for word in item.words[:3]}
    ]


def worded(page: Page, item: Item) -> str:
    """The proposition of an item; what stays open keeps the word that asks."""
    asked = f"{item.words[0].text} " if item.words[0].text in ASKING else ""
    return asked + proposition(page.text, item.words)


def made_condition(clause: Clause, at: int, end: int) -> list[Item]:
    """What is "made" a condition: the words between the verb and the last article before "condition"."""
    words = clause.words[at + 1 : end - 1]
    while words and words[-1].text in DEFINITE:
        words = words[:-1]
    return [item_of(words)] if words else []


def conditioned(clauses: Sequence[Clause], at: int) -> list[Item]:
    """What must be done for something else to be: "on condition that the toll is halved"; no wish to stay unnamed."""
    words = trimmed(whole_clause(clauses, at))
    texts = {word.text for word in words}
    alike = [word.text for word in words if word.text != "one"][-1:]
    does = any(word.text in verb_forms() or word.text in AUXILIARIES for word in words[1:])
    return (
        [item_of(words)]
        if does and not is_deed(clauses[0], at) and not texts & UNNAMED and LIKENESS.isdisjoint(alike)
        else []
    )


def is_deed(clause: Clause, at: int) -> bool:
    """Whether "provided" tells what somebody gave: "Keld, which provided guns"."""
    before = clause.words[at - 2 : at - 1]
    given = clause.texts[at - 1] in ("provided", "providing")
    return given and any(
        w.mention is not None or w.text in AUXILIARIES | PRONOUNS | {"which", "that"} for w in before
    )


def told_behind_colon(words: Sequence[Word], at: int, row: Mapping[str, str]) -> list[Item]:
    """What was agreed in so many words: "agreed on the tolls: Keld will halve them"; none where nothing is to be done."""
    colon = next((k for k in range(at, len(words)) if is_mark(words[k])), len(words))
    agreed = row["form"] in ("item", "colon") and row["by"] == "accepted_by"
    rest = words[colon + 1 :]
    return (
        [item_of(rest)]
        if agreed and words[colon : colon + 1] and words[colon].text == ":" and is_to_be(rest)
        else []
    )


def who_conditions(page: Page, clause: Clause, at: int) -> tuple[ActorRef, ...]:
    """Whose condition it is: of whoever speaks the words, else of the subject of the sentence's first verb that has one."""
    said = page.statement_around((clause.words[at].start, clause.words[at].end))
    if said is not None:
        return (said.speaker,) if said.speaker is not None else ()
    for verb in range(at):
        if is_verb(clause.words, verb):
            found = actors_before(clause.words, group_start(clause.words, verb, 0)).mentions
            if refs := tuple(dict.fromkeys(m.actor for m in found if m.actor is not None)):
                return refs
    return ()


def untold(page: Page, item: Item) -> Item:
    """The item without who says it behind a comma: "a force that would defend the deal, Mr Reyl said"."""
    for k, word in enumerate(item.words[1:], 1):
        if item.words[k - 1].text == "," and begins_source(page, word.start):
            return item_of(item.words[: k - 1])
    return item


def begins_source(page: Page, start: int) -> bool:
    """Whether the words that name a speaker, or tell that somebody spoke, begin at a code point."""
    return any(
        e.start == start for s in page.statements for field in ("source", "cue") for e in s.words(field)
    )
