"""Events: types, sides, factuality, and one record an event."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language import load
from detente.reading import events
from detente.reading.event_sides import UNKNOWN
from detente.reading.event_words import patterns
from detente.reading.page import Page
from detente.records import EventType, check

from . import made_pages
from .made_pages import NAMES, with_statement

V, R, D = "Ana Velkova", "Tomas Reyl", "Ines Darro"
CASES = [  # text, type, actors, recipients, factuality, words
    (f"{V} met {R} in Keld on Monday.", "CONSULT", [V], [R], "actual", f"met {R}"),
    (f"{V} and {R} held talks in Sundby.", "CONSULT", [V], [R], "actual", "held talks"),
    (f"{V} phoned Mr Reyl on Sunday, as well as {D}.", "CONSULT", [V], [R, D], "actual", None),
    (f"{V} was welcomed by {R}.", "CONSULT", [R], [V], "actual", f"welcomed by {R}"),
    (f"{V} is expected to meet {R} tomorrow.", "CONSULT", [V], [R], "planned", f"meet {R}"),
    (f"{V} will visit Marland next week.", "CONSULT", [V], ["Marland"], "planned", "visit Marland"),
    ("Marland attacked Ostrava.", "ASSAULT", ["Marland"], ["Ostrava"], "actual", "attacked Ostrava"),
    (
        "Ostrava was attacked by Marland.",
        "ASSAULT",
        ["Marland"],
        ["Ostrava"],
        "actual",
        "attacked by Marland",
    ),
    ("Marland did not attack Ostrava.", "ASSAULT", ["Marland"], ["Ostrava"], "negated", "attack Ostrava"),
    (f"{R} denied attacking Ostrava.", "ASSAULT", [R], ["Ostrava"], "negated", "attacking Ostrava"),
    (
        "Marland's invasion of Ostrava began in 2029.",
        "ASSAULT",
        ["Marland"],
        ["Ostrava"],
        "actual",
        "Marland's invasion of Ostrava",
    ),
    (
        "Marland is said to be asking for a loan from Ostrava.",
        "REQUEST",
        ["Marland"],
        ["Ostrava"],
        "actual",
        None,
    ),
    (f"{V} urged {R} to meet European leaders.", "REQUEST", [V], [R], "actual", f"urged {R}"),
    (f"{V} told European leaders they must act.", "REQUEST", [V], ["European leaders"], "actual", None),
    (f"{R} accused {V} of lying.", "ACCUSE", [R], [V], "actual", f"accused {V}"),
    (f"{V} condemned the raid.", "ACCUSE", [V], [], "actual", "condemned"),
    (
        f"The row between {V} and {R} shook the talks.",
        "ACCUSE",
        [V],
        [R],
        "actual",
        f"row between {V} and {R}",
    ),
    (f"{V} rejected the plan.", "REJECT", [V], [], "actual", "rejected"),
    ("Ms Velkova has signed a grain treaty with Marland.", "SUPPORT", [V], ["Marland"], "actual", None),
    (
        "In talks with Keld, Sundby offered Marland a truce.",
        "AGREE",
        ["Sundby"],
        ["Marland"],
        "actual",
        "offered Marland",
    ),
    (
        "European leaders expressed sympathy for Ostrava.",
        "SUPPORT",
        ["European leaders"],
        ["Ostrava"],
        "actual",
        None,
    ),
    (f"{V} praised Keld.", "SUPPORT", [V], ["Keld"], "actual", "praised Keld"),
    ("Keld sent tanks to Ostrava.", "AID", ["Keld"], ["Ostrava"], "actual", "sent tanks to Ostrava"),
    ("Marland threatened Ostrava.", "THREATEN", ["Marland"], ["Ostrava"], "actual", "threatened Ostrava"),
    ("Marland may cut aid to Ostrava.", "SANCTION", ["Marland"], ["Ostrava"], "hypothetical", None),
    (
        "Marland imposed sanctions on Ostrava.",
        "SANCTION",
        ["Marland"],
        ["Ostrava"],
        "actual",
        "imposed sanctions on Ostrava",
    ),
    (f"{V} was expelled from the hall.", "SANCTION", [], [V], "actual", "expelled"),
    (
        "Keld deployed troops to Sundby.",
        "MOBILIZE",
        ["Keld"],
        ["Sundby"],
        "actual",
        "deployed troops to Sundby",
    ),
    (
        "Marland could withdraw its troops from Sundby.",
        "RETREAT",
        ["Marland"],
        ["Sundby"],
        "hypothetical",
        None,
    ),
    (f"Reports suggested Marland had arrested {D}.", "COERCE", ["Marland"], [D], "actual", f"arrested {D}"),
    ("Keld lifted sanctions on Marland.", "RETREAT", ["Keld"], ["Marland"], "actual", None),
    (f"{V} on Monday praised Keld.", "SUPPORT", [V], ["Keld"], "actual", "praised Keld"),
    (
        f"{V} on 12 June has rejected the call of Keld.",
        "REJECT",
        [V],
        ["Keld"],
        "actual",
        "rejected the call of Keld",
    ),
    (f"{V} condemned Marland's raid.", "ACCUSE", [V], ["Marland"], "actual", "condemned Marland"),
    ("Keld has begun withdrawing its troops from Sundby.", "RETREAT", ["Keld"], ["Sundby"], "actual", None),
    (f"The rebels accused {V} of lying.", "ACCUSE", [], [V], "actual", f"accused {V}"),
    (f"{V}, {R} and {D} met in Sundby.", "CONSULT", [V], [R, D], "actual", None),
    ("European leaders held talks in Sundby.", "CONSULT", ["European leaders"], [], "actual", None),
    (f"{V} said Marland attacked Keld.", "ASSAULT", ["Marland"], ["Keld"], "actual", None),
    (f"{V} attacked {R} over the treaty.", "ACCUSE", [V], [R], "actual", None),
    ("Keld gave no aid to Sundby.", "AID", ["Keld"], ["Sundby"], "negated", None),
    ("Keld will provide tanks to Sundby.", "AID", ["Keld"], ["Sundby"], "planned", None),
    ("Keld has not provided tanks to Sundby.", "AID", ["Keld"], ["Sundby"], "negated", None),
    ("Keld promised to attack Marland.", "THREATEN", ["Keld"], ["Marland"], "actual", None),
    ("Keld promised to help Marland.", "AGREE", ["Keld"], ["Marland"], "actual", None),
    ("Sanctions were imposed on Marland by Keld.", "SANCTION", ["Keld"], ["Marland"], "actual", None),
    ("Keld launched a series of attacks on Marland.", "ASSAULT", ["Keld"], ["Marland"], "actual", None),
    ("Keld ordered the release of Ines Darro.", "RETREAT", ["Keld"], [D], "actual", None),
    ("Keld said that Marland must leave Sundby.", "REQUEST", ["Keld"], ["Marland"], "actual", None),
    ("Marland farmers attacked the mayor.", "ASSAULT", [], [], "actual", "attacked the mayor"),
]
NOTHING = [
    "Visits to Marland are rare.",
    "The support for Ostrava is strong.",
    "Keld wants to meet Ostrava.",
    "Keld must attack Marland.",
    f"The dentist of {V} met a friend.",
    "The rebels met the envoy.",
    "Talks are due to start soon.",
    "A proposed deal with Marland is dear to many.",
    f"{V} met a friend.",
    "The police arrested the farmers.",
    f"{R} declined to comment.",
    f"{V} hit the road.",
    "Keld released a letter.",
]
HEARSAY = [CASES[11][0], CASES[29][0]]


def page_of(text: str, published: str | None = "2031-05-14", **pronouns: str) -> Page:
    """A made page with the trees of the trained model."""
    page = made_pages.page_of(text, published, **pronouns)
    analysis = msgspec.structs.replace(page.analysis, parser=load().analyse(text).parser)
    return msgspec.structs.replace(page, analysis=analysis)


def names(refs):
    return [ref.name for ref in refs]


@pytest.mark.parametrize(("text", "type_", "actors", "recipients", "factuality", "words"), CASES)
def test_a_sentence_tells_its_event(text, type_, actors, recipients, factuality, words):
    (event,) = events.read(page_of(text))
    assert (event.type, names(event.actors), names(event.recipients)) == (type_, actors, recipients)
    assert event.factuality == factuality
    assert event.hearsay is (text in HEARSAY)
    assert words is None or event.core[0].exact == words
    check(event, text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_tells_no_event_gives_none(text):
    assert events.read(page_of(text)) == []


def test_every_type_of_the_code_book_has_a_verb():
    told = {
        kind
        for several in patterns("event_verbs").values()
        for p in several
        for kind in p.row["type"].split("/")
        if kind
    }
    assert told == set(get_args(EventType))


def test_the_same_event_told_twice_is_one_record_with_two_places():
    text = f"{V} met {R} yesterday. Keld was silent. Tomas Reyl and Ana Velkova met yesterday."
    (event,) = events.read(page_of(text))
    assert [e.exact for e in event.core] == [f"met {R}", "met"]


def test_other_days_and_other_sides_are_other_events():
    text = f"{V} met {R} yesterday. {V} met {R} today. {V} met {D} today."
    assert len(events.read(page_of(text))) == 3


def test_two_clauses_tell_two_events_in_the_order_of_the_text():
    text = f"Marland imposed sanctions on Ostrava after {V} rejected the plan."
    assert [e.type for e in events.read(page_of(text))] == ["SANCTION", "REJECT"]


def test_what_a_speaker_tells_is_the_speakers_word():
    page = page_of("Marland attacked Ostrava, Ana Velkova said. Keld praised Sundby.")
    page = with_statement(page, V, "Marland attacked Ostrava", "said")
    first, second = events.read(page)
    assert (first.according_to.kind, first.according_to.name) == ("statement", V)
    assert (second.according_to.kind, second.according_to.name) == ("outlet", "The Made Times")


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        (f"{V} met {R} on Monday.", "2031-05-14", "2031-05-12"),
        (f"{V} met {R} yesterday.", "2031-05-14", "2031-05-13"),
        (f"{V} met {R} on 3 March 2031.", None, "2031-03-03"),
        (f"{V} met {R} yesterday.", None, None),
        (f"{V} met {R}.", "2031-05-14", None),
        (f"{V} urged {R} to reply by Friday.", "2031-05-14", None),
        (f"{V} urged {R} on Friday to reply.", "2031-05-14", "2031-05-09"),
    ],
)
def test_the_date_is_the_articles_own(text, published, date):
    (event,) = events.read(page_of(text, published))
    assert event.date == date
    assert event.reasons["date"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{V} will meet {R} on Saturday.", "2031-05-17"),
        (f"{V} is to visit Marland again on Friday 23 May.", "2031-05-23"),
        (f"{V} visited Marland on Saturday.", "2031-05-10"),
    ],
)
def test_what_is_planned_for_a_day_is_for_the_day_to_come(text, date):
    (event,) = events.read(page_of(text, "2031-05-14"))
    assert event.date == date


@pytest.mark.parametrize(
    ("text", "content", "date"),
    [
        (f"{R} said on Friday that {V} will visit Keld.", f"that {V} will visit Keld", None),
        (
            f"{R} said on Friday that {V} will visit Keld in June.",
            f"that {V} will visit Keld in June",
            "2031-06",
        ),
    ],
)
def test_the_day_of_the_saying_is_not_the_day_of_what_is_told(text, content, date):
    (event,) = events.read(with_statement(page_of(text, "2031-05-14"), R, content, "said"))
    assert event.date == date


def test_what_is_unknown_has_its_reason():
    (event,) = events.read(page_of("The rebels accused Ana Velkova of lying."))
    assert event.actors == ()
    assert event.reasons["actors"] == "nobody is named"
    (event,) = events.read(page_of(f"{V} condemned the raid."))
    assert event.reasons["recipients"]


def test_what_somebody_is_accused_of_is_no_deed_of_theirs():
    (event,) = events.read(page_of(f"{V} accused Marland of attacking Keld."))
    assert (event.type, names(event.actors), names(event.recipients)) == ("ACCUSE", [V], ["Marland"])


def test_a_denied_deed_is_negated():
    (event,) = events.read(page_of("Marland denied that it attacked Keld."))
    assert (event.type, event.factuality, names(event.recipients)) == ("ASSAULT", "negated", ["Keld"])


def test_what_is_meant_to_be_done_is_part_of_what_is_said():
    (event,) = events.read(page_of("Keld threatened to impose sanctions on Marland."))
    assert (event.type, names(event.recipients)) == ("THREATEN", ["Marland"])


def test_the_words_show_who_is_unknown():
    (event,) = events.read(page_of("Marland farmers attacked the mayor."))
    said = {(e.field, e.exact) for e in event.evidence}
    assert {("actors", "Marland farmers"), ("recipients", "mayor")} <= said
    assert event.reasons["actors"] == event.reasons["recipients"] == UNKNOWN


def test_without_a_tree_nothing_is_read():
    assert events.read(made_pages.page_of("Marland attacked Ostrava.")) == []


PIECES = st.sampled_from(
    [*NAMES, "the rebels", "and", ",", "met", "talks with", "was attacked by", "is expected to visit", "who", "said",
     "signed a deal with", "row between", "“", "”", "’s", "not", "to", "yesterday", "if", ".", "\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=60)))
def test_any_text_gives_records_that_stand(text):
    page = page_of(text)
    found = events.read(page)
    for event in found:
        check(event, text)
    assert [e.id for e in found] == [e.id for e in events.read(page)]
    assert len({e.id for e in found}) == len(found)
    assert [e.core[0].start for e in found] == sorted(e.core[0].start for e in found)
