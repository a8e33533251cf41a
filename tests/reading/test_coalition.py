"""Coalitions: who is in, in which role, on what condition."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import coalition
from detente.reading.phrases import table
from detente.records import MembershipRole, MembershipStatus, check

from .made_pages import page_of, with_statement

WILLING = "coalition of the willing"
CASES = [  # text, coalition, actor, status, role, factuality
    ("Ostrava joined the coalition of the willing.", WILLING, "Ostrava", "in", "member", "actual"),
    ("Ostrava will join a ‘coalition of the willing’.", WILLING, "Ostrava", "in", "member", "planned"),
    ("Ostrava joined the “alliance of the able”.", "alliance of the able", "Ostrava", "in", "member", "actual"),
    ("Marland quit the coalition of the determined.", "coalition of the determined", "Marland", "out", None, "actual"),
    ("Keld leads the coalition of the willing.", WILLING, "Keld", "in", "leader", "actual"),
    ("Keld is part of the coalition of the willing.", WILLING, "Keld", "in", "member", "actual"),
    ("Keld is due to take a large part in the coalition of the willing.", WILLING, "Keld", "in", "member", "planned"),
    ("Keld was invited to join the coalition of the willing.", WILLING, "Keld", "invited", None, "actual"),
    ("Marland refused to join the coalition of the willing.", WILLING, "Marland", "out", None, "actual"),
    ("Marland will not join the coalition of the willing.", WILLING, "Marland", "out", None, "actual"),
    ("Marland left the contact group.", "contact group", "Marland", "out", None, "actual"),
    ("Sundby is a member of the contact group.", "contact group", "Sundby", "in", "member", "actual"),
    ("Sundby could join the alliance of coastal states.", "alliance of coastal states", "Sundby", "in", "member", "hypothetical"),
    ("Ostrava belongs to the Keld Union.", "the Keld Union", "Ostrava", "in", "member", "actual"),
    ("Ostrava withdrew from the Keld Union.", "the Keld Union", "Ostrava", "out", None, "actual"),
    ("Ostrava is a guarantor of the coalition of the willing.", WILLING, "Ostrava", "in", "guarantor", "actual"),
    ("Ostrava will contribute to the coalition of the willing.", WILLING, "Ostrava", "in", "member", "planned"),
    ("Ostrava chairs the donor group.", "donor group", "Ostrava", "in", "leader", "actual"),
    ("Marland stayed out of the maritime coalition.", "maritime coalition", "Marland", "out", None, "actual"),
    ("Marland quit the group of eight states.", "group of eight states", "Marland", "out", None, "actual"),
]
CONDITIONS = [  # words behind "will join the coalition …", type, target
    ("if Marland joins", "actor_joins", "marland"),
    ("only if Marland backs it", "actor_joins", "marland"),
    ("provided at least four other states pay", "count", None),
    ("with a UN mandate", "mandate", None),
    ("only with a mandate from the council", "mandate", None),
    ("once a truce holds", "term", None),
    ("unless the harbour freezes", "other", None),
]
NOTHING = [
    "Ostrava joined the orchestra.",
    "The coalition of the willing met in Keld.",
    "Farmers joined the coalition of the willing.",
    "Keld wants to join the coalition of the willing.",
    "Ostrava leads the talks, and a contact group is planned.",
    "Ostrava joined Marland.",
    "The rebels joined the contact group.",
]


@pytest.mark.parametrize(("text", "name", "actor", "status", "role", "factuality"), CASES)
def test_a_sentence_tells_a_membership(text, name, actor, status, role, factuality):
    (found,) = coalition.read(page_of(text))
    assert (found.coalition.name, found.actor.name) == (name, actor)
    assert (found.status, found.role, found.factuality) == (status, role, factuality)
    assert found.role is not None or found.reasons["role"]
    check(found, text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_tells_no_membership_gives_none(text):
    assert coalition.read(page_of(text)) == []


@pytest.mark.parametrize(("words", "kind", "target"), CONDITIONS)
def test_a_membership_on_a_condition(words, kind, target):
    (found,) = coalition.read(page_of(f"Keld will join the coalition of the willing {words}."))
    assert found.status == "conditional"
    assert [(c.text, c.type, c.target) for c in found.conditions] == [(words, kind, target)]
    assert [e.exact for e in found.words("conditions")] == [words]


def test_every_member_named_has_a_record():
    found = coalition.read(page_of("Ostrava, Keld and Sundby joined the coalition of the willing."))
    assert [m.actor.name for m in found] == ["Keld", "Ostrava", "Sundby"]
    assert len({m.id for m in found}) == 3


def test_a_coalition_of_the_article_has_an_id_made_from_its_name():
    (found,) = coalition.read(page_of("Keld leads the “Coalition of the Willing”."))
    assert (found.coalition.id, found.coalition.name) == ("coalition-of-the-willing", WILLING)


def test_the_coalition_is_the_one_named_in_full():
    text = "The coalition of the willing met. Ostrava has joined the coalition. Marland left the coalition on Monday."
    found = coalition.read(page_of(text))
    assert [(m.coalition.name, m.actor.name, m.status) for m in found] == [(WILLING, "Ostrava", "in"), (WILLING, "Marland", "out")]


def test_a_coalition_never_named_in_full_is_one_of_its_article():
    (one,), (other,) = (coalition.read(page_of(f"{name} leads the coalition.")) for name in ("Ostrava", "Keld"))
    assert one.coalition.name == other.coalition.name == "the coalition"
    assert one.coalition.id != other.coalition.id


@pytest.mark.parametrize("words", ["the coalition government", "the coalition talks", "the coalition's office"])
def test_what_is_only_a_coalitions_is_none(words):
    assert coalition.read(page_of(f"Ostrava left {words}.")) == []


def test_told_twice_is_one_record_with_two_places():
    text = "Keld leads the contact group. It rained. Keld led the contact group."
    (found,) = coalition.read(page_of(text))
    assert len(found.core) == 2


def test_what_a_speaker_tells_is_the_speakers_word():
    page = page_of("Keld leads the contact group, Ana Velkova said.")
    (found,) = coalition.read(with_statement(page, "Ana Velkova", "Keld leads the contact group", "said"))
    assert found.according_to.name == "Ana Velkova"


def test_the_table_names_only_what_exists():
    assert {row["status"] for row in table("memberships")} <= set(get_args(MembershipStatus))
    assert {row["role"] for row in table("memberships")} - {""} <= set(get_args(MembershipRole))


PIECES = st.sampled_from(
    ["Keld", "Ana Velkova", "the rebels", "the Keld Union", "joined", "leads", "member of", "left", "will", "not", "if", "a",
     "contact group", "coalition of the willing", "alliance of", "states", ",", "and", ".", "“", "”", "\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=60)))
def test_any_text_gives_records_that_stand(text):
    found = coalition.read(page_of(text))
    for membership in found:
        check(membership, text)
        assert membership.actor != membership.coalition
    assert len({m.id for m in found}) == len(found)
    assert found == coalition.read(page_of(text))
