"""Commitments that are named before the verb that makes them: "a £2bn loan, signed on Friday by the minister",
"the 40 tanks that Ostrava promised Marland"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from detente.reading.function_words import ARTICLES, AUXILIARIES
from detente.reading.phrases import forms, table
from detente.reading.pledge_cues import Cue
from detente.reading.pledge_sentence import ANY_VERB, MARKS, PledgeSentence, Row, given, things_in
from detente.reading.verbs import is_adverb, is_verb, verb_forms

_REACH = 24  # words between the thing and the verb
_NEAR = 8  # words between the thing and its sum
_RELATIVE = frozenset(["which", "that"])


@cache
def _participles() -> Mapping[str, Row]:
    """Participles of the verbs that make a commitment of a thing, with their rows."""
    rows = [row for row in table("pledge_cues") if row["shape"] == "obj" and row["pattern"].startswith("~")]
    made = [row for row in rows if row["stage"] in ("announced", "committed", "allocated", "delivered")]
    return {
        forms(verb).past: {**row, "shape": "noun"}
        for row in made
        for verb in row["pattern"][1:].split("|")
        if " " not in verb
    }


def noun_cues(sentence: PledgeSentence, taken: Sequence[Cue]) -> Iterator[Cue]:
    """The commitments of a sentence whose thing and sum stand before their verb.

    Args:
        sentence: its words.
        taken: the commitments found already; a verb or sum of theirs makes no second one.
    """
    for place in _named(sentence):
        if any(cue.start <= place < cue.stop for cue in taken):
            continue
        start = _summed(sentence, place)
        verb = _verb_after(sentence, place) if start is not None else None
        if start is not None and verb is not None and not any(cue.start <= verb < cue.stop for cue in taken):
            related = bool(_RELATIVE & set(sentence.texts[place + 1 : verb]))
            row = _participles()[sentence.texts[verb]]
            yield Cue(
                sentence.words, row, verb, verb + 1, verb, ANY_VERB, start, _stop(sentence, verb),
                sentence.negated(verb, verb), passive=not related,
            )  # fmt: skip
            return


def _named(sentence: PledgeSentence) -> list[int]:
    """The places of what is named before its verb: the things, and the sums that stand for themselves ("the £50m")."""
    if not set(sentence.texts) & _participles().keys():
        return []
    named = [place for place, thing in things_in(sentence.texts, 0, len(sentence.words)) if given(thing)]
    first = next(
        (
            place
            for place, word in enumerate(sentence.words)
            if sentence.sums and word.start >= sentence.sums[0].start
        ),
        None,
    )
    alone = first is not None and sentence.texts[max(0, first - 1)] in ARTICLES
    return sorted({*named, first}) if alone and first is not None else named


def _summed(sentence: PledgeSentence, place: int) -> int | None:
    """Where the noun phrase of a thing begins that has a sum: "a £2bn loan", "a loan of £2bn"; `None` without a sum."""
    word = sentence.words[place]
    for start, end in [
        *sentence.sums,
        *(span for span in sentence.counts if span.start <= word.start < span.end),
    ]:
        at = next((p for p, w in enumerate(sentence.words) if w.start >= start), place)
        near = at <= place <= at + _NEAR if at == place or start < word.start else place < at <= place + 3
        if near and not MARKS & set(sentence.texts[min(at, place) : max(at, place)]):
            first = min(at, place)
            while first > 0 and (
                sentence.texts[first - 1] in ARTICLES or sentence.words[first - 1].start >= start
            ):
                first -= 1
            return first if end else None
    return None


def _stop(sentence: PledgeSentence, verb: int) -> int:
    """One past the last word: before the comma or the verb that takes the sentence up again."""
    stop = sentence.stop(verb + 1, verb)
    ends = (p for p in range(verb + 1, stop) if sentence.texts[p] == "," or _goes_on(sentence, p))
    return next(ends, stop)


def _goes_on(sentence: PledgeSentence, at: int) -> bool:
    """Whether the sentence's own verb stands at a place: "… promised by Ostrava arrived"."""
    past = "past" in verb_forms().get(sentence.texts[at], ()) and is_verb(sentence.words, at)
    return past or sentence.texts[at] in AUXILIARIES


def _verb_after(sentence: PledgeSentence, place: int) -> int | None:
    """The verb behind the thing that makes the commitment: a participle, or the verb of a relative clause."""
    for at in range(place + 1, min(len(sentence.words), place + _REACH)):
        text = sentence.texts[at]
        if text in MARKS:
            return None
        if text in _participles() and _governed(sentence, place, at):
            return at
    return None


def _governed(sentence: PledgeSentence, place: int, at: int) -> bool:
    """Whether the thing is the object of the verb: no other verb stands between but in what a comma or "which" opens."""
    before = at - 1
    while before > place and is_adverb(sentence.texts[before]):
        before -= 1
    if sentence.texts[before] == "," or before == place:
        return True
    opened = [p for p in range(place + 1, at) if sentence.texts[p] in _RELATIVE]
    if not opened:
        return not any(is_verb(sentence.words, p) for p in range(place + 1, at)) and sentence.texts[
            at - 1
        ] not in ("was", "is")
    return not any(is_verb(sentence.words, p) for p in range(opened[-1] + 1, at))
