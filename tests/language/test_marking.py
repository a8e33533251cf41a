"""Sentences cut at the words that something rests on: nothing of the text is lost or altered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.marking import marked_sentences
from detente.language.words import sentences_around

TEXT = "Ostrava will pay. Marland will not.\n\nLorne waits for both."


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([(0, 7)], [("Ostrava", True), (" will pay.", False)]),
        ([(8, 17), (0, 7)], [("Ostrava", True), (" ", False), ("will pay.", True)]),
        ([(0, 7), (0, 12), (3, 5)], [("Ostrava", True), (" will pay.", False)]),
        ([(18, 25), (37, 42)], [("Marland", True), (" will not.", False), (" … ", False), ("Lorne", True), (" waits for both.", False)]),
        ([], []),
    ],
)  # fmt: skip
def test_pieces(spans: list[tuple[int, int]], pieces: list[tuple[str, bool]]) -> None:
    assert list(marked_sentences(TEXT, spans)) == pieces


@given(st.text(alphabet="Ab. \n”'?", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4))
def test_the_pieces_are_the_sentences(text: str, found: list[tuple[int, int]]) -> None:
    spans = [(a, min(len(text), a + n)) for a, n in found if a < len(text)]
    expected = " … ".join(text[start:end] for start, end in sentences_around(text, spans))
    assert "".join(piece for piece, _ in marked_sentences(text, spans)) == expected
