"""Positions: whose stance, on which issue, in the affirmative."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.reading import positions
from detente.records import check

from .made_pages import page_of, with_statement

V, R, D = "Ana Velkova", "Tomas Reyl", "Ines Darro"
TOLD = [  # what the outlet tells: text, actor, issue, stance
    ("Ostrava opposes the dam.", "Ostrava", "the dam", "oppose"),
    ("Ostrava does not support the dam on the river.", "Ostrava", "the dam on the river", "oppose"),
    ("Marland backs a new treaty.", "Marland", "a new treaty", "support"),
    (f"{V} condemned the raid on the harbour.", V, "the raid on the harbour", "oppose"),
    (f"{V} has ruled out a second vote.", V, "a second vote", "oppose"),
    (f"{V} welcomed the harbour plan.", V, "the harbour plan", "support"),
    (f"{V} dismissed the idea that Keld was weak.", V, "Keld was weak", "oppose"),
    (f"{V} urged Marland to open the border.", V, "Marland to open the border", "support"),
    (f"{V} called for a free harbour.", V, "a free harbour", "support"),
    (f"{V} declined to say whether Ostrava had signed.", V, "Ostrava had signed", "ambiguous"),
    (f"{V} refused to comment on the harbour plan.", V, "the harbour plan", "ambiguous"),
    (f"{V} did not respond to calls on the harbour plan.", V, "the harbour plan", "ambiguous"),
    ("Marland will support the treaty only if Keld signs.", "Marland", "the treaty", "conditional"),
    (f"{V} described the treaty with Keld as vital.", V, "the treaty with Keld as vital", "support"),
    (f"{V} would oppose the dam.", V, "the dam", "oppose"),
    ("Quarrymen aside, Keld argues for a median line.", "Keld", "a median line", "support"),
    ("Keld is asking for guards who may shoot back.", "Keld", "guards who may shoot back", "support"),
    (f"The president, {V}, accepts the lower toll.", V, "the lower toll", "support"),
    ("Marland voted for the toll plan.", "Marland", "the toll plan", "support"),
    ("Marland accepted a lower toll.", "Marland", "a lower toll", "support"),
    ("Marland has rejected that split.", "Marland", "split", "oppose"),
    ("Marland turned down the joint patrols.", "Marland", "the joint patrols", "oppose"),
    ("Keld is against the new border posts.", "Keld", "the new border posts", "oppose"),
    ("Keld argued against a longer truce.", "Keld", "a longer truce", "oppose"),
    ("Ostrava is asking for a wider mandate.", "Ostrava", "a wider mandate", "support"),
    ("Ostrava wants £40 million for the families.", "Ostrava", "£40 million for the families", "support"),
    ("Keld could live with a joint customs post.", "Keld", "a joint customs post", "support"),
    ("Keld could accept the toll only if Marland halves it.", "Keld", "the toll", "conditional"),
    ("Keld would not rule out a buffer zone provided that it is patrolled.", "Keld", "a buffer zone", "conditional"),
    ("Keld accepted the toll on condition that Marland halves it.", "Keld", "the toll", "conditional"),
    ("Marland is willing to accept a joint court.", "Marland", "a joint court", "support"),
    ("Marland dropped its demand for a second vote.", "Marland", "a second vote", "ambiguous"),
    ("Marland no longer insists on a second vote.", "Marland", "a second vote", "ambiguous"),
    ("The toll was rejected by Keld.", "Keld", "The toll", "oppose"),
    ("Marland, which borders Keld on two sides, rejected the toll road.", "Marland", "the toll road", "oppose"),
]
SAID = [  # what a speaker says: the words said, how, issue, stance
    ("Marland must open the border", "indirect", "Marland must open the border", "support"),
    ("Marland should not open the border", "indirect", "Marland should open the border", "oppose"),
    ("Marland shouldn’t open the border", "direct", "Marland should open the border", "oppose"),
    ("I don’t think Marland should open the border", "direct", "Marland should open the border", "oppose"),
    ("we have to see that Keld does not leave", "direct", "we have to see that Keld does not leave", "support"),
    ("I would never trust Marland", "direct", "trust Marland", "oppose"),
    ("I trust Marland", "direct", "trust Marland", "support"),
    ("we support the harbour plan", "direct", "the harbour plan", "support"),
    ("it is important that Keld stays", "indirect", "Keld stays", "support"),
    ("a strong harbour is vital", "indirect", "a strong harbour", "support"),
    ("the raid was unacceptable", "indirect", "the raid", "oppose"),
    ("it was a matter for Keld", "indirect", "it was a matter for Keld", "ambiguous"),
    ("the border will not open until Marland pays", "indirect", "the border will open", "conditional"),
    ("Keld will sign the treaty only when Marland pays", "indirect", "Keld will sign the treaty", "conditional"),
    ("I am against a truce, we want a treaty with Keld", "direct", "a treaty with Keld", "support"),
]
NOTHING = [
    f"{V} welcomed {R} to Ostrava.",
    f"{V} wants to leave.",
    "Should Keld support the dam?",
    "The support for the dam grew.",
    "Marland could support the dam.",
    "Marland could accept the dam.",
    "Marland was criticised for the dam by the river.",
    "What Marland is asking for is a chance to speak in Keld.",
    "Marland has yet to commit a penny of the toll.",
    "Marland voted for Ana Velkova.",
    "Marland insists on it; the dam stands.",
    "Marland asked for time, which is short.",
    f"{V} asked Keld to support the dam.",
    f"Asked if he would support the dam, {R} smiled.",
    f"{V} wondered whether Marland supports the dam.",
    "The rebels oppose the dam.",
    "Farmers oppose the dam.",
    "Marland must open the border.",
    "Marland backed off the plan for a dam.",
    f"{V} stood with her arms on the table.",
    "The need to build the dam is clear to Marland.",
    f"{V} had to leave Ostrava.",
]


@pytest.mark.parametrize(("text", "actor", "issue", "stance"), TOLD)
def test_a_stance_that_the_outlet_tells(text, actor, issue, stance):
    (position,) = positions.read(page_of(text))
    assert (position.actor.name, position.issue, position.stance) == (actor, issue, stance)
    assert position.according_to.kind == "outlet"
    check(position, text)


@pytest.mark.parametrize(("words", "mode", "issue", "stance"), SAID)
def test_a_stance_in_what_a_speaker_says(words, mode, issue, stance):
    text = f"“{words[0].upper()}{words[1:]},” {V} said." if mode == "direct" else f"{V} said {words}."
    said = f"{words[0].upper()}{words[1:]}" if mode == "direct" else words
    page = with_statement(page_of(text), V, said, "said", mode=mode)
    (position,) = positions.read(page)
    assert (position.actor.name, position.issue.lower(), position.stance) == (V, issue.lower(), stance)
    assert position.derived_from == (page.statements[0].id,)
    assert position.according_to.kind == "statement"
    check(position, text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_shows_no_stance_gives_none(text):
    assert positions.read(page_of(text)) == []


def test_the_stance_of_somebody_else_is_not_the_speakers():
    page = page_of("Ana Velkova said Marland opposed the dam.")
    page = with_statement(page, V, "Marland opposed the dam", "said")
    assert positions.read(page) == []


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("The envoy told Mr Reyl that the border must open", False),
        ("We told Mr Reyl that the border must open", True),
        ("It is plain that the border must open", True),
    ],
)
def test_what_a_speaker_tells_of_anothers_words_is_not_the_speakers_stance(said, held):
    page = with_statement(page_of(f"“{said},” {V} said."), V, said, "said", mode="direct")
    assert [p.actor.name for p in positions.read(page)] == [V] * held


def test_nobody_holds_what_an_unknown_speaker_says():
    page = page_of("A spokesman said Marland must open the border.")
    page = with_statement(page, None, "Marland must open the border", "said")
    assert positions.read(page) == []


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("only if Keld signs", "actor_joins"),
        ("unless at least four other states pay", "count"),
        ("only with a mandate from the council", "mandate"),
        ("as long as the truce holds", "term"),
        ("unless it rains", "other"),
    ],
)
def test_what_a_stance_hangs_on(condition, kind):
    (position,) = positions.read(page_of(f"Marland will back the treaty {condition}."))
    assert position.stance == "conditional"
    assert [(c.text, c.type) for c in position.conditions] == [(condition, kind)]
    assert [e.exact for e in position.words("conditions")] == [condition]


def test_a_condition_names_who_must_join():
    (position,) = positions.read(page_of("Marland will back the treaty only if Keld signs."))
    assert position.conditions[0].target == "keld"


def test_two_who_share_a_stance_have_a_record_each():
    found = positions.read(page_of("Ostrava and Keld oppose the dam."))
    assert [p.actor.name for p in found] == ["Ostrava", "Keld"]
    assert len({p.id for p in found}) == 2


def test_what_acts_for_a_place_is_that_place():
    page = page_of("Keld's delegation accepted the lower toll.")
    mentions = tuple(msgspec.structs.replace(m, kind="place") for m in page.cast.mentions)
    page = msgspec.structs.replace(page, cast=msgspec.structs.replace(page.cast, mentions=mentions))
    (found,) = positions.read(page)
    assert (found.actor.name, found.issue, found.stance) == ("Keld", "the lower toll", "support")


def test_the_same_stance_told_twice_is_one_record():
    (position,) = positions.read(page_of("Ostrava opposes the dam. Keld is silent. Ostrava opposed the dam."))
    assert len(position.core) == 2


def test_the_day_is_the_articles_or_unknown():
    (position,) = positions.read(page_of("Ostrava opposes the dam."))
    assert position.valid_from == "2031-05-14"
    (position,) = positions.read(page_of("Ostrava opposes the dam.", None))
    assert position.valid_from is None
    assert position.reasons["valid_from"] == "no day is known"


def test_hearsay_stays_hearsay():
    (position,) = positions.read(page_of("Ostrava is said to oppose the dam."))
    assert position.hearsay


PIECES = st.sampled_from(
    ["Ana Velkova", "Keld", "the rebels", "I", "we", "must", "not", "support", "opposes", "the dam", "that", "until",
     "only if", "said", "“", "”", "n’t", "don’t think", "trust", "is vital", ",", "and", ".", "?", "\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=60)), st.booleans())
@example("that n’t is vital said", True)
def test_any_text_gives_records_that_stand(text, said):
    page = page_of(text)
    if said and "said" in text and text.split("said")[0].strip():
        page = with_statement(page, V, text.split("said")[0].strip(), "said", mode="direct")
    found = positions.read(page)
    for position in found:
        check(position, text)
        assert position.issue
    assert len({p.id for p in found}) == len(found)
    assert found == positions.read(page)
