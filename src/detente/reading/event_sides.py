"""Who did it to whom: the two sides of an event's verb or noun."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from detente.actors.cast import Mention
from detente.reading.clauses import Clause
from detente.reading.function_words import AGENTS, AUXILIARIES, PREPOSITIONS
from detente.reading.participants import ADDING_PHRASES, NOBODY, Actors, actors_after, subject
from detente.reading.row import is_mark
from detente.reading.verbs import is_passive, is_verb, mention_start, verb_forms

# Prepositions after which a participle tells of something done ("after meeting …"), and not of a thing meant.
TELLING = frozenset(["after", "before", "while", "when", "since"])
REACH = 14  # words after the verb in which the preposition of a recipient may stand


class Sides(NamedTuple):
    """The two sides of an event, and the words from its verb or noun through them.

    Args:
        actors: who did it.
        recipients: to whom.
        start: first code point.
        end: one past the last.
        both: whether there is no event unless both sides are named.
        mutual: whether it is done by all who are named together ("they met").
        passive: whether the words put the recipient first and may leave out who did it.
    """

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    start: int
    end: int
    both: bool = False
    mutual: bool = False
    passive: bool = False


def verb_sides(clause: Clause, at: int, end: int, takes: str) -> Sides | None:
    """The sides of the verb at `at`, or `None` where the word tells nothing done.

    Args:
        clause: the verb's clause.
        at: the verb's place.
        end: one past the last word of the verb's phrase.
        takes: how its recipient is joined: `obj` directly, else the prepositions; `own` if what is the recipient's
            will do ("condemned Marland's raid"); `!` if it must have one.
    """
    if not tells(clause, at) or helps(clause, at, end):
        return None
    joins = frozenset(takes.split())
    before = subject(clause, at)
    passive = is_passive(clause.words, at, clause.first)
    after = by_agent(clause, end) if passive else recipients(clause, at, end, joins)
    sides = (after.mentions, before.mentions) if passive else (before.mentions, after.mentions)
    start, through = clause.words[at].start, clause.words[max(end, after.last) - 1].end
    return Sides(*sides, start, through, "!" in joins and not passive, "with" in joins, passive)


def tells(clause: Clause, at: int) -> bool:
    """Whether the word is a verb that tells of something done, and no noun, adjective or thing meant."""
    words = clause.words
    before = words[at - 1].text if at else ""
    if "gerund" in verb_forms().get(words[at].text, ()) and before in PREPOSITIONS | TELLING:
        return before in TELLING
    return is_verb(words, at)


def helps(clause: Clause, at: int, end: int) -> bool:
    """Whether the word is only an auxiliary of another verb in the phrase ("has refused the call")."""
    verbs = any(is_verb(clause.words, place) for place in range(at + 1, end))
    return clause.words[at].text in AUXILIARIES and verbs


def by_agent(clause: Clause, at: int) -> Actors:
    """Who did what a passive tells: after "by"."""
    for place in range(at, min(at + REACH, clause.last)):
        if clause.words[place].text == "by":
            return actors_after(clause.words, place + 1, clause.last)
    return NOBODY


def recipients(clause: Clause, at: int, end: int, joins: frozenset[str]) -> Actors:
    """Whom a verb's phrase is done to: within the phrase, right after it, or after one of its prepositions."""
    words = clause.words
    if "obj" in joins:
        inside = actors_after(words, at + 1, end)
        found = inside if inside.mentions else actors_after(words, end, clause.last)
        if is_whole(clause, found) or (found.mentions and "own" in joins):
            return with_more(clause, found)
    for place in range(end, min(end + REACH, clause.last)):
        if place > end and is_verb(words, place):
            break
        if words[place].text in joins:
            found = actors_after(words, place + 1, clause.last)
            if is_whole(clause, found):
                return with_more(clause, found)
    return NOBODY


def with_more(clause: Clause, found: Actors) -> Actors:
    """The mentions and those that the clause adds further on ("met Velkova on Monday, as well as Reyl")."""
    texts = clause.texts
    for place in range(found.last, clause.last):
        for phrase in ADDING_PHRASES:
            more = actors_after(clause.words, place + len(phrase), clause.last)
            if texts[place : place + len(phrase)] == phrase and is_whole(clause, more):
                return Actors(found.mentions + more.mentions, found.first, more.last)
    return found


def is_whole(clause: Clause, found: Actors) -> bool:
    """Whether mentions stand for an actor, and not for the owner of something else ("met Velkova's dentist")."""
    if not found.mentions:
        return False
    following = {word.text for word in clause.words[found.last : min(found.last + 2, clause.last)]}
    return not found.mentions[-1].possessive or bool(following & AGENTS)


def noun_sides(clause: Clause, at: int, end: int, row: Mapping[str, str]) -> Sides | None:
    """The sides of the event that a noun names, or `None` where the words do not name both.

    Args:
        clause: the noun's clause.
        at: the place of the noun.
        end: one past the last word of its phrase.
        row: the row of the table: its `links` are the words that join its sides.
    """
    words, joins = clause.words, row["links"].split()
    if end >= clause.last or words[end].text not in joins:
        return None
    after = actors_after(words, end + 1, clause.last)
    if words[end].text == "between":
        if len(after.mentions) < 2:
            return None
        return Sides(after.mentions[:1], after.mentions[1:], words[at].start, words[after.last - 1].end, True)
    first, owner = owner_before(clause, at)
    if owner is None or not is_whole(clause, after):
        return None
    return Sides((owner,), after.mentions, words[first].start, words[after.last - 1].end, True)


def owner_before(clause: Clause, at: int) -> tuple[int, Mention | None]:
    """Whose the noun at `at` is: the mention before it, with up to two words of description between."""
    for place in range(at - 1, max(clause.first - 1, at - 4), -1):
        word = clause.words[place]
        if word.mention is not None:
            return mention_start(clause.words, place), word.mention
        if (is_mark(word) and word.text != "-") or word.text in PREPOSITIONS or is_verb(clause.words, place):
            break
    return at, None
