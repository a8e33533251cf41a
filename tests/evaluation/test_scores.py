"""The scorers: counted by hand on small cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evaluation.conll18 import Parsed, compare, gold_words
from detente.evaluation.documents import Sentence, Word
from detente.evaluation.scoring import Counts, f1

WORDS = (
    Word(0, 4, "They", "PRON", "they", 2, "nsubj"),
    Word(5, 7, "do", "AUX", "do", 2, "aux:pass"),
    Word(11, 16, "trust", "VERB", "trust", -1, "root"),
)


def gold() -> tuple[list[Parsed], list[tuple[int, int]]]:
    return gold_words([Sentence("s", WORDS)])


def test_gold_roots_are_their_own_head() -> None:
    words, spans = gold()
    assert [word.head for word in words] == [2, 2, 2]
    assert spans == [(0, 16)]


def test_all_right() -> None:
    words, spans = gold()
    assert all(count == (n, n, n) for name, count in compare(words, words, spans, spans).items() for n in (1 if name == "sentences" else 3,))


@pytest.mark.parametrize(
    ("change", "metric", "right"),
    [
        ({"head": 1}, "UAS", 2),
        ({"head": 1}, "LAS", 2),
        ({"relation": "obj"}, "LAS", 2),
        ({"relation": "obj"}, "UAS", 3),
        ({"relation": "nsubj:pass"}, "LAS", 3),
        ({"tag": "NOUN"}, "UPOS", 2),
        ({"lemma": "she"}, "lemmas", 2),
        ({"end": 3}, "words", 2),
        ({"end": 3}, "LAS", 2),
    ],
)
def test_one_word_changed(change: dict[str, object], metric: str, right: int) -> None:
    words, spans = gold()
    system = [words[0]._replace(**change), *words[1:]]
    assert compare(words, system, spans, spans)[metric] == Counts(right, 3, 3)


def test_a_head_that_the_system_cut_otherwise_is_wrong() -> None:
    words, spans = gold()
    system = [words[0], words[1], words[2]._replace(end=15)]
    found = compare(words, system, spans, spans)
    assert found["words"].right == 2
    assert found["UAS"].right == 0


def test_split_words_cost_precision() -> None:
    words, spans = gold()
    system = [*words, Parsed(16, 17, "PUNCT", ".", 2, "punct")]
    assert compare(words, system, spans, [(0, 17)]) | {} == {
        **{name: Counts(3, 4, 3) for name in ("words", "UPOS", "lemmas", "UAS", "LAS")},
        "sentences": Counts(0, 1, 1),
    }


def test_f1_and_its_interval() -> None:
    score = f1([Counts(8, 10, 10), Counts(1, 10, 10), Counts(9, 10, 10)])
    assert score.value == pytest.approx(60)
    assert score.low <= score.value <= score.high
    assert score.low == pytest.approx(10)
    assert f1([Counts(5, 10, 10)] * 4).low == f1([Counts(5, 10, 10)] * 4).high == pytest.approx(50)


def test_one_document_has_no_interval() -> None:
    assert f1([Counts(8, 10, 10)]) == (80, None, None)
    assert str(f1([Counts(8, 10, 10)])) == "80.0"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=20))
def test_an_interval_is_within_what_the_documents_can_give(rows: list[tuple[int, int, int]]) -> None:
    counts = [Counts(min(row), row[1], row[2]) for row in rows]
    score = f1(counts)
    assert 0 <= (score.low or 0) <= (score.high or 0) <= 100
    assert score == f1(counts)


def test_nothing_at_all_scores_nothing() -> None:
    assert f1([Counts(0, 0, 0)]).value == 0.0
