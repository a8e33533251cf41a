"""Commitments whose verb a list leaves out: "Ostrava will send 300 engineers, Keld 200 and Marland its hospital ship"."""

from __future__ import annotations

from collections.abc import Iterator

from detente.reading.function_words import ADDING
from detente.reading.pledge_cues import Cue
from detente.reading.pledge_sentence import MARKS, PledgeSentence
from detente.reading.row import is_mark
from detente.reading.verbs import is_verb

SHAPES = frozenset(("fin", "inf", "obj"))
OPENING = frozenset(("its", "their", "his", "her", "a", "an", "some", "another", "about", "up", "at"))
SEPARATING = ADDING | {",", ";"}


def with_gapped(sentence: PledgeSentence, cue: Cue) -> list[Cue]:
    """A commitment, ended where another actor takes up its verb, and what each of those commits.

    Args:
        sentence: the words of the sentence.
        cue: a commitment of it that has its verb.
    """
    more = list(gapped(sentence, cue)) if cue.row["shape"] in SHAPES and not cue.passive else []
    if not more:
        return [cue]
    end = more[0].start
    while end > cue.verb + 1 and (is_mark(cue.words[end - 1]) or cue.texts[end - 1] in SEPARATING):
        end -= 1
    return [cue._replace(stop=min(cue.stop, end)), *more]


def gapped(sentence: PledgeSentence, cue: Cue) -> Iterator[Cue]:
    """What follows with a subject and an object, and no verb between them."""
    at = cue.verb + 1
    while at < len(cue.words):
        if is_verb(cue.words, at) or (cue.texts[at] in MARKS - {";"} and not sentence.inside(cue.words[at])):
            return
        taken = taken_up(sentence, at)
        if taken is None:
            at += 1
            continue
        name, what = taken
        at = part_end(sentence, what)
        if any(is_verb(cue.words, place) for place in range(what, at)):
            return
        yield cue._replace(row={**cue.row, "shape": "gap"}, verb=what - 1, start=name, stop=at)


def taken_up(sentence: PledgeSentence, at: int) -> tuple[int, int] | None:
    """Where the actor begins who follows a separator at a place, and where what it gives does; `None` where none does."""
    words, texts = sentence.words, sentence.texts
    if texts[at] not in SEPARATING or sentence.inside(words[at]):
        return None
    name = at + 1
    while name < len(words) and (
        texts[name] in ADDING or (texts[name] == "the" and words[name].mention is None)
    ):
        name += 1
    mention = words[name].mention if name < len(words) else None
    if mention is None or mention.actor is None or mention.possessive or mention.kind == "pronoun":
        return None
    what = next(
        (place for place in range(name, len(words)) if words[place].mention is not mention), len(words)
    )
    return (name, what) if what < len(words) and gives(sentence, what) else None


def gives(sentence: PledgeSentence, at: int) -> bool:
    """Whether an amount, or a thing that is the actor's own, begins at a place."""
    word = sentence.words[at]
    amount = any(one.span.start <= word.start < one.span.end for one in sentence.found)
    return amount or word.text in OPENING or word.text[:1].isdigit()


def part_end(sentence: PledgeSentence, start: int) -> int:
    """One past the last word of the part of the list that begins at a place."""
    for at in range(start, len(sentence.words)):
        if sentence.texts[at] in SEPARATING | MARKS and not sentence.inside(sentence.words[at]):
            return at
    return len(sentence.words)
