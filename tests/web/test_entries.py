"""A record's sentence, with its own words in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger import Ledger
from detente.web.entries import Reader, pieces
from detente.web.layout import Layout

from . import made


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("pledge", "3 per cent", "Ms Velkova also said her country would spend 3 per cent of its output on defence by 2027."),
        ("statement", "We keep our word", "“We keep our word,” she said."),
        ("statement", "a pause", "“A truce nobody watches is a pause,” Mr Orden told the Herald."),
    ],
)
def test_the_sentence_of_a_record(kind: str, words: str, sentence: str, ledger: Ledger) -> None:
    assert Reader(ledger).entry(made.one(ledger, kind, words)).sentence == sentence


def test_the_pieces_of_an_entry_are_its_sentence(ledger: Ledger) -> None:
    for entry in Reader(ledger).entries(ledger.records()):
        cut = list(pieces(entry))
        assert "".join(text for text, _ in cut) == entry.sentence
        said = entry.record.words("content") or entry.record.core
        assert {text for text, core in cut if core} == {e.exact for e in said}


def test_a_term_names_what_it_needs(ledger: Ledger) -> None:
    entry = Reader(ledger).entry(made.one(ledger, "term", "a guarantee"))
    assert [need.proposition for need in entry.needs] == ["Marland is armed.", "A mission monitors the truce."]


def test_a_term_that_is_gone_keeps_its_id(ledger: Ledger) -> None:
    term = made.one(ledger, "term", "a guarantee").replace(depends_on=("te-gone",))
    needs = Reader(ledger).entry(term).needs  # type: ignore[arg-type]
    assert [(need.id, need.proposition) for need in needs] == [("te-gone", None)]


@given(st.text(st.sampled_from("aB. ?\n\r”“"), max_size=80))
def test_blocks_cover_the_text_without_a_gap(text: str) -> None:
    leaves = [leaf for block in Layout(text).blocks(0, len(text)) for leaf in block.leaves]
    assert "".join(text[leaf.start : leaf.end] for leaf in leaves) == text
    assert all(leaf.start < leaf.end for leaf in leaves)


@given(st.text(st.sampled_from("aB. ?\n”“"), min_size=1, max_size=80), st.integers(0, 79))
def test_the_sentences_near_a_word_hold_it(text: str, place: int) -> None:
    place %= len(text)
    if text[place].isspace():
        return
    assert any(start <= place < end for start, end in Layout(text).sentences(place, place + 1))
