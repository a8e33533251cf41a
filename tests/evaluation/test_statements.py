"""Statements against gold: who matches whom, and what of them is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evaluation.documents import Document, Said
from detente.evaluation.matching import by_jaccard, by_words, letters
from detente.evaluation.scoring import Counts
from detente.evaluation.statements import Saying, compare, of_corpus, right_ones
from detente.language.analysis import Span


def saying(content: range, source: range = range(0), **given_: object) -> Saying:
    return Saying(frozenset(content), frozenset(source), frozenset(), **given_)  # type: ignore[arg-type]


def test_letters_leave_out_marks_and_what_lies_behind_the_text() -> None:
    assert letters("“Ja,” 5!", [(0, 99)]) == {1, 2, 6}
    assert letters("", [(0, 3)]) == frozenset()


@pytest.mark.parametrize(
    ("predicted", "matched"),
    [
        ([range(10)], [(0, 0)]),
        ([range(5)], [(0, 0)]),
        ([range(4)], []),
        ([range(6), range(9)], [(1, 0)]),
        ([range(10), range(10)], [(0, 0)]),
        ([range(0)], []),
    ],
)
def test_pairs_are_one_to_one_and_the_most_alike(predicted: list[range], matched: list[tuple[int, int]]) -> None:
    assert by_jaccard([frozenset(p) for p in predicted], [frozenset(range(10))], 0.5) == matched


def test_a_paragraph_does_not_match_a_phrase_in_it() -> None:
    paragraph, phrase, half = frozenset(range(100)), frozenset(range(9)), frozenset(range(5, 25))
    assert by_words([[paragraph]], [[phrase]]) == []
    assert by_words([[paragraph], [half]], [[frozenset(range(5, 20))]]) == [(1, 0)]
    assert by_words([[frozenset()]], [[frozenset()]]) == []


Sets = st.lists(st.frozensets(st.integers(0, 12)), max_size=6)


@given(Sets, Sets, st.sampled_from([0.1, 0.5, 0.999]))
def test_no_record_is_matched_twice(predicted: list[frozenset[int]], gold: list[frozenset[int]], least: float) -> None:
    for pairs in (by_jaccard(predicted, gold, least), by_words([[p] for p in predicted], [[g] for g in gold])):
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(predicted[i] & gold[j] for i, j in by_jaccard(predicted, gold, least))


GOLD = saying(range(10), range(20, 25), kind="direct", speaker="Ana Velkova")


@pytest.mark.parametrize(
    ("found", "overlap", "exact", "e2e"),
    [
        (saying(range(10), range(24, 30)), 1, 1, 1),
        (saying(range(8), range(20, 25)), 1, 0, 1),
        (saying(range(10), range(30, 35)), 1, 1, 0),
        (saying(range(10)), 1, 1, 0),
        (saying(range(3), range(20, 25)), 0, 0, 0),
    ],
)
def test_overlap_exact_and_source(found: Saying, overlap: int, exact: int, e2e: int) -> None:
    counts = compare([found], [GOLD])
    assert [counts[f"{name}_f1"].right for name in ("overlap", "exact", "e2e")] == [overlap, exact, e2e]
    assert counts["e2e_recall_direct"] == Counts(e2e, 1, 1)
    assert right_ones([found], [GOLD]) == ({0} if e2e else set())


@pytest.mark.parametrize(
    ("theirs", "ours", "right"),
    [
        (None, saying(range(10)), True),
        (None, saying(range(10), range(3)), False),
        ("Ana Velkova", saying(range(10), speaker="Ana Velkova"), True),
        ("Ana Velkova", saying(range(10), range(3), speaker="Ana Velkova"), True),
        ("Ana Velkova", saying(range(10)), False),
    ],
)
def test_where_the_words_leave_the_source_out(theirs: str | None, ours: Saying, right: bool) -> None:
    gold = saying(range(10), kind="direct", speaker=theirs)
    assert compare([ours], [gold])["e2e_f1"].right == right


@pytest.mark.parametrize(
    ("name", "measure"), [("Ana Velkova", "speaker"), ("Ivo Stan", "speaker_wrong"), (None, "speaker_unknown")]
)
def test_a_speaker_is_right_wrong_or_unknown(name: str | None, measure: str) -> None:
    counts = compare([saying(range(10), range(20, 25), speaker=name)], [GOLD])
    told = {key: counts[key].right for key in ("speaker", "speaker_wrong", "speaker_unknown")}
    assert told == {key: key == measure for key in told}


def test_optional_gold_counts_neither_way() -> None:
    extra = saying(range(40, 60), kind="direct", optional=True)
    for found in ([GOLD], [GOLD, saying(range(40, 60))]):
        assert compare(found, [GOLD, extra])["overlap_f1"] == Counts(1, 1, 1)
    assert compare([saying(range(70, 80))], [extra])["overlap_f1"] == Counts(0, 1, 0)


def test_factuality_is_asked_of_what_is_no_plain_fact() -> None:
    planned = saying(range(10), kind="indirect", how=("planned", False))
    assert "how" not in compare([GOLD], [GOLD])
    assert compare([planned], [planned])["how"] == Counts(1, 1, 1)
    assert compare([saying(range(10))], [planned])["how"] == Counts(0, 1, 1)


def test_a_statement_without_letters_is_none() -> None:
    assert compare([saying(range(0))], [])["overlap_f1"] == Counts(0, 0, 0)


@pytest.mark.parametrize(
    ("text", "cue", "kind"),
    [
        ("She said “we will sign.”", "said", "direct"),
        ("She said we will “never” sign.", "said", "mixed"),
        ("She said we will sign.", "said", "indirect speech"),
        ("She hopes we will sign.", "hopes", "other attribution"),
        ('She said "we will sign."', "said", "direct"),
        ("She said “we will\nsign.", "said", "mixed"),
    ],
)
def test_kinds_of_a_corpus_by_its_marks(text: str, cue: str, kind: str) -> None:
    at, end = text.index(cue), text.index("we") - ("we" in text and text[text.index("we") - 1] in "“\"")
    said = Said((Span(0, 3),), (Span(at, at + len(cue)),), (Span(end, len(text)),), True)
    assert [one.kind for one in of_corpus(Document("d", text, [], attributions=[said]))] == [kind]
