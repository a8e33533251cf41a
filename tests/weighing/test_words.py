"""When two wordings plainly say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors.wording import FUNCTION_WORDS, content_words
from detente.weighing.words import few, names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The harbour is to be open", "harbour open"),
        ("MARLAND’S harbour", "marland harbour"),
        ("Marland's harbour", "marland harbour"),
        ("the U.S. backstop", "state_us backstop"),
        ("a US backstop", "state_us backstop"),
        ("American guarantees", "state_us guarantees"),
        ("the United States and us", "state_us us"),
        ("Ostrava does not lead", "ostrava not lead"),
        ("no ceasefire without monitors", "no ceasefire without monitors"),
        ("Straße, 2.5 per cent", "strasse 2 5 per cent"),
        ("only if the", ""),
        ("", ""),
    ],
)
def test_content_words(text: str, words: str) -> None:
    assert " ".join(content_words(text)) == words


def test_who_acts_on_whom_is_kept() -> None:
    assert content_words("Ostrava trusts Marland") != content_words("Marland trusts Ostrava")


@given(st.text())
def test_any_text_has_words_that_carry_meaning_or_none(text: str) -> None:
    words = content_words(text)
    assert not FUNCTION_WORDS & set(words)
    assert names(text, text) == bool(words)


@pytest.mark.parametrize(
    ("query", "text", "fits"),
    [
        ("tessalian backstop", "only with a Tessalian backstop", True),
        ("Tessalian backstop", "a backstop", False),
        ("us backstop", "a US backstop", True),
        ("a US backstop", "if the United States provides a backstop", True),
        ("trust us", "trust France", False),
        ("the", "the harbour", False),
        ("backstop, Tessalian", "a Tessalian backstop", True),
    ],
)
def test_names(query: str, text: str, fits: bool) -> None:
    assert names(query, text) is fits


def test_many_names_in_one_line_are_the_first_and_a_count() -> None:
    assert few(["A"]) == "A"
    assert few([str(n) for n in range(6)]) == "0, 1, 2, 3, 4, 5"
    assert few([str(n) for n in range(8)], "; ") == "0; 1; 2; 3; 4; 5; and 2 more"
