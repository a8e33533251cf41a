"""Where records stand: the sentence around the words, found only where it is needed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.language.words import sentences_around
from detente.ledger.questions.places import _Text

texts = st.text(st.sampled_from("aB .!?“”\n\r—é"), min_size=1, max_size=120)


@given(texts, st.lists(st.tuples(st.integers(0, 119), st.integers(1, 20)), min_size=1, max_size=3))
def test_the_sentences_are_those_that_the_language_part_finds(text, drawn):
    spans = [(start % len(text), min(len(text), start % len(text) + length)) for start, length in drawn]
    expected = " … ".join(text[s.start : s.end] for s in sentences_around(text, spans))
    told = _Text(text)
    assert told.sentences(spans) == expected
    assert told.sentences(spans) == expected
