"""Clauses: where they are cut, which words are verbs, who is the subject."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.clauses import all_clauses, clauses_of
from detente.reading.participants import subject
from detente.reading.row import words_of
from detente.reading.verbs import is_passive, is_verb

from .made_pages import page_of

CUTS = [
    ("Ana Velkova met Tomas Reyl in Keld.", 1),
    ("Ana Velkova and Tomas Reyl met.", 1),
    ("Ana Velkova met Mr Reyl and praised Keld.", 2),
    ("Ana Velkova met Mr Reyl, praising Keld.", 2),
    ("Ana Velkova met Mr Reyl after Marland attacked Keld.", 2),
    ("Ana Velkova said Marland attacked Keld.", 2),
    ("Ana Velkova said that Marland attacked Keld.", 2),
    ("Ana Velkova, who met Mr Reyl, praised Keld.", 3),
    ("Ostrava agreed to a truce; Marland did not.", 2),
    ("If Marland attacks, Keld will respond.", 2),
    ("Ana Velkova will work on a plan and then discuss it with Keld.", 2),
    ("Ana Velkova will discuss that with Keld.", 1),
    ("The aid, the loans and the grain arrived.", 1),
    ("", 0),
]
VERBS = [
    ("Ana Velkova visits Keld.", "visits"),
    ("Visits to Keld are rare.", "are"),
    ("The talks with Keld failed.", "failed"),
    ("Ana Velkova talks to Keld.", "talks"),
    ("Keld wants to support Ostrava.", "wants support"),
    ("The support for Ostrava grew.", "grew"),
    ("Marland opened a frozen account.", "opened"),
    ("European leaders demand an answer.", "demand"),
    ("Marland’s demand is clear.", "is"),
    ("Marland didn’t attack.", "did attack"),
    ("Marland won't talk.", "will talk"),
]
SUBJECTS = [
    ("Ana Velkova met Keld.", "met", ["Ana Velkova"]),
    ("Ana Velkova and Tomas Reyl met Keld.", "met", ["Ana Velkova", "Tomas Reyl"]),
    ("Ostrava, Marland and Keld met.", "met", ["Ostrava", "Marland", "Keld"]),
    ("Ostrava, along with Keld, signed a pact.", "signed", ["Ostrava", "Keld"]),
    ("In Sundby, Ana Velkova met Keld.", "met", ["Ana Velkova"]),
    ("In talks with Mr Reyl, Ana Velkova offered a truce.", "offered", ["Ana Velkova"]),
    ("Ana Velkova of Ostrava met Keld.", "met", ["Ana Velkova"]),
    ("Ana Velkova, a former judge, met Keld.", "met", ["Ana Velkova"]),
    ("Ana Velkova, who met Keld, left.", "met", ["Ana Velkova"]),
    ("Ana Velkova is now widely expected to meet Keld.", "meet", ["Ana Velkova"]),
    ("Ana Velkova met Keld and praised Sundby.", "praised", ["Ana Velkova"]),
    ("Ana Velkova left, accusing Keld of piracy.", "accusing", ["Ana Velkova"]),
    ("Marland troops attacked Keld.", "attacked", ["Marland"]),
    ("Marland farmers attacked the plan.", "attacked", []),
    ("Ana Velkova's dentist met Keld.", "met", []),
    ("The mayor of Keld met a delegation.", "met", []),
]


def only(text: str):
    page = page_of(text)
    return page, [c for s in page.analysis.sentences for c in clauses_of(page, s)]


@pytest.mark.parametrize(("text", "count"), CUTS)
def test_a_sentence_is_cut_into_its_clauses(text, count):
    assert len(only(text)[1]) == count


@pytest.mark.parametrize(("text", "verbs"), VERBS)
def test_verbs_are_told_from_nouns(text, verbs):
    page = page_of(text)
    words = words_of(page, page.analysis.sentences[0])
    assert " ".join(words[at].text for at in range(len(words)) if is_verb(words, at)) == verbs


@pytest.mark.parametrize(("text", "verb", "names"), SUBJECTS)
def test_the_subject_of_a_verb(text, verb, names):
    _, clauses = only(text)
    clause = next(c for c in clauses if verb in c.texts[c.first : c.last])
    found = subject(clause, clause.texts.index(verb, clause.first))
    assert [m.actor.name for m in found.mentions] == names


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Keld was attacked by Marland.", "attacked", True),
        ("Keld has been attacked.", "attacked", True),
        ("Keld attacked Marland.", "attacked", False),
        ("Keld has attacked Marland.", "attacked", False),
        ("A truce proposed by Keld failed.", "proposed", True),
        ("Keld is attacking Marland.", "attacking", False),
    ],
)
def test_passives(text, verb, passive):
    page = page_of(text)
    words = words_of(page, page.analysis.sentences[0])
    assert is_passive(words, [w.text for w in words].index(verb), 0) is passive


def test_tags_decide_where_they_are_known():
    page = page_of("Marland talks.")
    words = words_of(page, page.analysis.sentences[0])
    assert is_verb(words, 1)
    assert not is_verb((words[0], words[1]._replace(tag="NOUN")), 1)


def test_contractions_are_two_words_whose_places_are_exact():
    text = "They can’t go and we’ll stay."
    page = page_of(text)
    words = words_of(page, page.analysis.sentences[0])
    assert [w.text for w in words][:4] == ["they", "can", "not", "go"]
    assert [text[w.start : w.end] for w in words][1:3] == ["ca", "n’t"]


PIECES = st.sampled_from(
    ["Ana Velkova", "Marland's", "Keld", "the rebels", "and", ",", "met", "who", "said", "that", "if", "“", "”", "’", "n't", "talks", "to", "with", "then", "is", "expected", "by", ".", "\n"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_clauses_cover_every_word_once_in_order(text):
    page = page_of(text)
    for sentence in page.analysis.sentences:
        clauses = clauses_of(page, sentence)
        covered = [at for clause in clauses for at in range(clause.first, clause.last)]
        assert covered == list(range(len(words_of(page, sentence))))
    for clause in all_clauses(page):
        assert clause.span.of(text).strip()
