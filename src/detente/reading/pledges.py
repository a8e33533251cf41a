"""Pledges: commitments to do, give, spend or cut, expected, offered, announced or signed.

One pledge that an article states in several places is one record, with those places as its words. How a pledge is
paid for is its financing and no pledge of its own; a threat is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.language.analysis import Sentence, Span
from detente.reading import pledge_details as details
from detente.reading.page import Page
from detente.reading.phrases import forms
from detente.reading.pledge_cues import Cue, VerbCues
from detente.reading.pledge_gapped import with_gapped
from detente.reading.pledge_nouns import noun_cues
from detente.reading.pledge_parties import parties, speaker_at
from detente.reading.pledge_places import Place, same
from detente.reading.pledge_record import record
from detente.reading.row import words_of
from detente.records import Pledge

CUTTING = frozenset(
    form
    for verb in ("cut", "slash", "reduce", "freeze", "halve", "end", "stop", "limit")
    for form in forms(verb)
)


def read(page: Page) -> list[Pledge]:
    """The pledges of an article, in the order of the text.

    Args:
        page: the article, with its statements read.
    """
    groups: list[list[Place]] = []
    for place in places(page):
        known = next((group for group in groups if any(same(page, place, other) for other in group)), None)
        if known is None:
            groups.append([place])
        else:
            known.append(place)
    return [record(page, group) for group in groups]


def places(page: Page) -> Iterator[Place]:
    """Every place that states a pledge."""
    for sentence in page.analysis.sentences:
        for cue in cues(page, sentence):
            found = place_of(page, cue, sentence)
            if stands(page, found):
                yield found


def cues(page: Page, sentence: Sentence) -> list[Cue]:
    """The commitments that a sentence states, in order; a question states none."""
    words = words_of(page, sentence)
    if not words or sentence.span.of(page.text).rstrip("’”'\" ").endswith("?"):
        return []
    sentence_words = VerbCues(page, words)
    found = [one for cue in sentence_words for one in with_gapped(sentence_words, cue)]
    return sorted([*found, *noun_cues(sentence_words, found)], key=lambda cue: cue.start)


def place_of(page: Page, cue: Cue, sentence: Sentence) -> Place:
    """What one place says."""
    sides = parties(page, cue)
    span = cue.span
    if sides.start is not None and cue.row["shape"] == "fin":
        span = Span(cue.words[sides.start].start, span.end)
    amount = details.amount(page, cue)
    kind, _ = details.pledge_type(cue, amount.amount if amount else None, sides.beneficiary)
    return Place(cue, sides, kind, amount, details.due(page, cue), span, sentence)


def stands(page: Page, place: Place) -> bool:
    """Whether a place says enough to be a pledge: after a weak cue somebody must be known to make it."""
    row = place.cue.row
    around = page.statement_around(place.span)
    if around is not None and around.act == "threaten":
        return False
    if place.cue.texts[place.cue.at] == "would" and row["shape"] == "fin" and not meant(page, place):
        return False
    if takes_away(place):
        return False
    if place.sides.pledger or (row["strong"] == "yes" and row["shape"] != "obj"):
        return True
    return row["shape"] == "obj" and (place.amount is not None or bool(place.sides.beneficiary))


def takes_away(place: Place) -> bool:
    """Whether help to somebody is to be cut: what that breaks off is an event, and nothing that is given."""
    return (
        place.cue.act["type"] == "policy"
        and bool(place.sides.beneficiary)
        and any(row["type"] in ("loan", "grant", "in_kind") for _, row in details.things_of(place.cue))
        and place.cue.texts[place.cue.verb] in CUTTING
    )


def meant(page: Page, place: Place) -> bool:
    """Whether "would" commits: it stands under a condition, or the one who says it is the one who would do it."""
    if details.conditions(page, place.cue, place.sentence):
        return True
    speaker = speaker_at(page, place.cue)
    return speaker is not None and (place.sides.made_by == speaker or speaker in place.sides.pledger)
