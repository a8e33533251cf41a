"""Pieces as the encoder reads them: case, gaps, quotation marks, contractions, offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.analysis import Quotation, Span
from detente.language.pieces import (
    CLOSING,
    GAPS,
    INSIDE,
    OPENING,
    OUTSIDE,
    Pieces,
    quotation_states,
    read_pieces,
)
from detente.language.quotations import quotations
from detente.language.wordpiece import WordPiece
from detente.language.words import paragraphs

MARKS = [*"!\"'(),-.:?‘’“”–"]
LETTERS = list("abcdefghijklmnopqrstuvwxyz")
VOCABULARY = ["[UNK]", *MARKS, *LETTERS, *("##" + c for c in LETTERS), "talks", "peace", "they", "said"]
WORDPIECE = WordPiece(VOCABULARY)


def read(text: str, cuts: frozenset[int] = frozenset()) -> Pieces:
    parts = paragraphs(text)
    states = quotation_states(len(text), quotations(text, parts))
    return read_pieces(text, parts[0], WORDPIECE, states, cuts)


def surfaces(text: str, pieces: Pieces) -> list[str]:
    return [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they don't", ["they", "d", "o", "n", "'", "t"]),
        ("they don’t", ["they", "d", "o", "n", "’", "t"]),
        ("ISN'T", ["I", "S", "N", "'", "T"]),
        ("cannot", ["c", "a", "n", "n", "o", "t"]),
        ("ant", ["a", "n", "t"]),
    ],
)
def test_surfaces(text: str, expected: list[str]) -> None:
    assert surfaces(text, read(text)) == expected


@pytest.mark.parametrize(
    ("text", "at"), [("don't", 2), ("don’t", 2), ("CANNOT", 3), ("gonna", 3), ("dont", 2), ("didnt", 3), ("shouldnt", 6)]
)
def test_contractions_begin_a_new_word(text: str, at: int) -> None:
    pieces = read(text)
    first = pieces.starts.index(at)
    assert not VOCABULARY[pieces.ids[first]].startswith("##")


@pytest.mark.parametrize("text", ["intent", "cannotes", "want", "kant"])
def test_what_looks_like_a_contraction_is_none(text: str) -> None:
    assert all(VOCABULARY[id].startswith("##") for id in read(text).ids[1:])


@pytest.mark.parametrize(
    ("text", "case"), [("talks", 0), ("Talks", 1), ("I", 1), ("TALKS", 2), ("–", 4)]
)
def test_case(text: str, case: int) -> None:
    assert read(text).shapes[0] // GAPS == case


def test_gaps() -> None:
    assert [shape % GAPS for shape in read("Peace talks.").shapes] == [2, 1, 0]


def test_british_and_american_marks_read_alike() -> None:
    british, american, straight = (read(f"{a}Peace talks,{b} they said.") for a, b in ("‘’", "“”", '""'))
    assert british.ids == american.ids == straight.ids
    assert british.quotes == american.quotes == [OPENING, INSIDE, INSIDE, INSIDE, CLOSING, OUTSIDE, OUTSIDE, OUTSIDE]


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert set(read("they’re").quotes) == {OUTSIDE}


def test_known_words_cut_pieces() -> None:
    assert surfaces("talkspeace", read("talkspeace")) == ["talks", *"peace"]
    pieces = read("talkspeace", frozenset({5}))
    assert surfaces("talkspeace", pieces) == ["talks", "peace"]
    assert pieces.shapes[1] % GAPS == 0


@pytest.mark.parametrize(
    ("quotation", "states"),
    [
        (Quotation((Span(1, 4),)), [0, 2, 1, 3, 0, 0]),
        (Quotation((Span(1, 4),), closed=False), [0, 2, 1, 1, 0, 0]),
        (Quotation((Span(0, 2), Span(3, 6))), [2, 1, 0, 2, 1, 3]),
        (Quotation((Span(1, 4),), depth=1), [0] * 6),
    ],
)
def test_states(quotation: Quotation, states: list[int]) -> None:
    assert list(quotation_states(6, [quotation])) == states


@given(st.text(alphabet=st.sampled_from("ab “”‘’'\"\u0301\u200b\u00adn't😀.\u202e") | st.characters(), max_size=40))
def test_columns_agree_on_any_text(text: str) -> None:
    for paragraph in paragraphs(text):
        states = quotation_states(len(text), quotations(text, paragraphs(text)))
        pieces = read_pieces(text, paragraph, WORDPIECE, states)
        assert len({len(column) for column in pieces}) == 1
        assert pieces.starts == sorted(pieces.starts)
        for start, end in zip(pieces.starts, pieces.ends, strict=True):
            assert paragraph.start <= start < end <= paragraph.end
