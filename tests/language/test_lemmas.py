"""Edit scripts: what makes the lemma of a word makes it of its like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.lemmas import lemma, script


@pytest.mark.parametrize(
    ("word", "form", "edit"),
    [
        ("talks", "talk", "l|1|"),
        ("Talks", "talk", "l|1|"),
        ("said", "say", "l|2|y"),
        ("went", "go", "=go"),
        ("London", "London", "k|0|"),
        ("NATO", "NATO", "k|0|"),
        ("The", "the", "l|0|"),
        ("Talks", "Talk", "k|1|"),
        ("'s", "'s", "k|0|"),
    ],
)
def test_script(word: str, form: str, edit: str) -> None:
    assert script(word, form) == edit


@pytest.mark.parametrize(
    ("like", "form", "word", "expected"),
    [("walks", "walk", "Drones", "drone"), ("tried", "try", "allied", "ally"), ("talking", "talk", "Voting", "vot")],
)
def test_a_script_serves_other_words(like: str, form: str, word: str, expected: str) -> None:
    assert lemma(word, script(like, form)) == expected


@given(st.text(max_size=12), st.text(min_size=1, max_size=12))
def test_a_script_makes_its_own_lemma(word: str, form: str) -> None:
    assert lemma(word, script(word, form)) == form


@pytest.mark.parametrize("edit", ["l|9|y", "k|4|ing"])
def test_a_script_that_cuts_too_much_leaves_the_word(edit: str) -> None:
    assert lemma("Was", edit) == "was"
