"""Done, planned, hypothetical or negated, and hearsay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.factuality import factuality

from .made_pages import page_of, with_statement

CASES = [  # text, the words asked about, factuality, hearsay
    ("Marland attacked Keld.", "attacked Keld", "actual", False),
    ("Marland will attack Keld.", "attack Keld", "planned", False),
    ("Marland is expected to attack Keld.", "attack Keld", "planned", False),
    ("Marland is now widely expected to attack Keld.", "attack Keld", "planned", False),
    ("Marland looks set to attack Keld.", "attack Keld", "planned", False),
    ("Marland is due to attack Keld.", "attack Keld", "planned", False),
    ("Marland plans to attack Keld.", "attack Keld", "planned", False),
    ("Marland was to attack Keld.", "attack Keld", "planned", False),
    ("Marland is going to attack Keld.", "attack Keld", "planned", False),
    ("Marland could attack Keld.", "attack Keld", "hypothetical", False),
    ("Marland would attack Keld.", "attack Keld", "hypothetical", False),
    ("Marland might also attack Keld.", "attack Keld", "hypothetical", False),
    ("If Marland attacks Keld, Sundby will respond.", "attacks Keld", "hypothetical", False),
    ("If Marland attacks Keld, Sundby will respond.", "respond", "hypothetical", False),
    ("Marland is considering attacking Keld.", "attacking Keld", "hypothetical", False),
    ("Marland did not attack Keld.", "attack Keld", "negated", False),
    ("Marland didn’t attack Keld.", "attack Keld", "negated", False),
    ("Marland has never attacked Keld.", "attacked Keld", "negated", False),
    ("Marland denied attacking Keld.", "attacking Keld", "negated", False),
    ("Marland will not attack Keld.", "attack Keld", "negated", False),
    ("Marland refused to leave Keld.", "leave Keld", "negated", False),
    ("Marland failed to take Keld.", "take Keld", "negated", False),
    ("Marland is said to have attacked Keld.", "attacked Keld", "actual", True),
    ("Marland is believed to be arming Keld.", "arming Keld", "actual", True),
    ("Marland reportedly attacked Keld.", "attacked Keld", "actual", True),
    ("Reports in the press suggested Marland had attacked Keld.", "attacked Keld", "actual", True),
    ("It is understood that Marland will attack Keld.", "attack Keld", "planned", True),
    ("Marland continued to attack Keld.", "attack Keld", "actual", False),
    ("Marland will attack Keld only if Sundby joins.", "attack Keld", "hypothetical", False),
    ("Marland will attack Keld and Sundby knows it.", "attack Keld", "planned", False),
    ("Were Marland to attack Keld, Sundby would help.", "attack Keld", "hypothetical", False),
    ("Marland was due to attack Keld but gave up.", "attack Keld", "negated", False),
    ("Marland is due to attack Keld, but Sundby is calm.", "attack Keld", "planned", False),
    ("No soldier attacked Keld.", "attacked Keld", "negated", False),
    ("No fewer than nine men attacked Keld.", "attacked Keld", "actual", False),
    ("Neither Marland nor Sundby attacked Keld.", "attacked Keld", "negated", False),
    ("With no warning, Marland attacked Keld.", "attacked Keld", "actual", False),
    ("Marland nearly attacked Keld.", "attacked Keld", "negated", False),
    ("Marland has not ruled out attacking Keld.", "attacking Keld", "hypothetical", False),
    ("Marland ruled out attacking Keld.", "attacking Keld", "negated", False),
    ("Marland is discussing leaving Keld.", "leaving Keld", "hypothetical", False),
    ("Ana Velkova asked Marland to leave Keld.", "leave Keld", "hypothetical", False),
    ("Ana Velkova told Marland not to leave Keld.", "leave Keld", "hypothetical", False),
    ("Ana Velkova demanded that Marland leave Keld.", "leave Keld", "hypothetical", False),
    ("Under the plan, Marland would leave Keld.", "leave Keld", "planned", False),
    ("Marland has yet to leave Keld.", "leave Keld", "negated", False),
    ("Rumours spread that Marland had attacked Keld.", "attacked Keld", "actual", True),
]


def span_of(page, words):
    at = page.text.index(words)
    return at, at + len(words)


@pytest.mark.parametrize(("text", "words", "expected", "hearsay"), CASES)
def test_how_far_words_tell_a_fact(text, words, expected, hearsay):
    page = page_of(text)
    found = factuality(page, span_of(page, words))
    assert (found.factuality, found.hearsay) == (expected, hearsay)
    assert found.reason or (expected, hearsay) == ("actual", False)


@pytest.mark.parametrize(
    ("text", "words", "dependent"),
    [
        ("Ana Velkova urged Marland to leave Keld.", "leave", True),
        ("Marland must leave Keld.", "leave", True),
        ("Marland wants to leave Keld.", "leave", True),
        ("Marland is expected to leave Keld.", "leave", False),
        ("Marland is to leave Keld.", "leave", False),
        ("Marland left Keld.", "left", False),
    ],
)
def test_an_infinitive_left_to_others_is_dependent(text, words, dependent):
    page = page_of(text)
    assert factuality(page, span_of(page, words)).dependent is dependent


def test_a_reported_future_is_planned():
    page = page_of("Ana Velkova said she would visit Keld.", she="Ana Velkova")
    assert factuality(page, span_of(page, "visit")).factuality == "hypothetical"
    told = with_statement(page, "Ana Velkova", "she would visit Keld", "said")
    assert factuality(told, span_of(told, "visit")).factuality == "planned"


def test_words_outside_every_sentence_are_a_plain_fact():
    page = page_of("Marland left.\n\nKeld stayed.")
    assert factuality(page, (13, 14)).factuality == "actual"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(0, 90), st.integers(0, 20))
def test_any_span_of_any_text_has_a_factuality(text, start, length):
    found = factuality(page_of(text), (start, start + length))
    assert found.factuality in ("actual", "planned", "hypothetical", "negated")
