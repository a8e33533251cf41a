"""Links: a content has one cue, a quotation is never split, and windows that overlap agree."""

from __future__ import annotations

import numpy as np
import pytest

from detente.language.analysis import Quotation, Span
from detente.language.encoder import Scores, Window
from detente.language.links import LinkTable, keep_quotations_whole, link_table, linked

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]


def roles(labels: str, sure: float = 0.94) -> np.ndarray:
    names = labels.split()
    out = np.full((len(names), len(LABELS)), (1 - sure) / 6, dtype=np.float32)
    for at, name in enumerate(names):
        out[at, LABELS.index(name)] = sure
    return out


def table(
    first: int,
    width: int,
    cues: dict[int, tuple[dict[int, float], dict[int, float]]],
    speech: float = 0.9,
) -> LinkTable:
    """A link table from {cue: ({source: share}, {content: share})}, over the article's pieces."""
    source, content = np.zeros((len(cues), width)), np.zeros((len(cues), width))
    for row, (to_source, to_content) in enumerate(cues.values()):
        for matrix, shares in ((source, to_source), (content, to_content)):
            for piece, share in shares.items():
                matrix[row, piece - first] = share
    told = np.full(len(cues), speech)
    return LinkTable(first, np.array(list(cues), dtype=np.intp), source, content, told)


SAID = "B-source I-source B-cue B-content I-content O B-content B-cue B-source"


def test_each_content_goes_to_its_cue() -> None:
    links = table(0, 9, {2: ({0: 0.9}, {3: 0.95, 6: 0.1}), 7: ({8: 0.8}, {3: 0.2, 6: 0.7})})
    first, second = linked(roles(SAID), [links], 0.3)
    assert [(c.first, c.last) for c in first.contents] == [(3, 5)]
    assert (first.cue.first, first.source and first.source.first) == (2, 0)
    assert [(c.first, c.last) for c in second.contents] == [(6, 7)]
    assert second.link == pytest.approx(0.7)
    assert second.sourced == pytest.approx(0.8)


def test_one_cue_with_two_contents() -> None:
    links = table(0, 9, {2: ({0: 0.9}, {3: 0.95, 6: 0.9}), 7: ({8: 0.8}, {6: 0.2})})
    (only,) = linked(roles(SAID), [links], 0.3)
    assert [c.first for c in only.contents] == [3, 6]
    assert only.link == pytest.approx(0.925)


def test_a_content_that_nothing_claims_is_dropped() -> None:
    assert linked(roles(SAID), [table(0, 9, {2: ({0: 0.9}, {3: 0.2})})], 0.3) == []
    assert linked(roles(SAID), [], 0.3) == []


def test_a_claim_by_what_is_no_cue_does_not_count() -> None:
    links = table(0, 9, {1: ({0: 0.9}, {3: 0.99}), 2: ({0: 0.9}, {3: 0.5})})
    (only,) = linked(roles(SAID), [links], 0.3)
    assert only.cue.first == 2


@pytest.mark.parametrize(("share", "named"), [(0.6, True), (0.4, False)])
def test_no_source_where_none_is_likelier(share: float, named: bool) -> None:
    (only, *_) = linked(roles(SAID), [table(0, 9, {2: ({0: share}, {3: 0.9})})], 0.3)
    assert (only.source is not None) == named
    assert only.sourced == pytest.approx(max(share, 1 - share))


def test_overlapping_windows_are_averaged() -> None:
    one = table(0, 8, {2: ({0: 1.0}, {3: 0.8, 6: 0.1}), 7: ({}, {6: 0.3})})
    two = table(4, 5, {7: ({8: 1.0}, {6: 0.9})}, speech=0.1)
    first, second = linked(roles(SAID), [one, two], 0.3)
    assert first.contents[0].first == 3
    assert second.link == pytest.approx(0.6)
    assert second.speech == pytest.approx(0.5)


def test_a_quotation_is_content_as_a_whole() -> None:
    scores = roles("B-content I-content O I-content O O O")
    keep_quotations_whole(scores, [Quotation((Span(0, 50),))], [0, 10, 20, 30, 40, 50, 60], least=0.5)
    assert scores[1:5].argmax(axis=1).tolist() == [6, 6, 6, 6]
    assert scores[0].argmax() == 5
    assert scores[5:].argmax(axis=1).tolist() == [0, 0]


def test_a_quotation_that_is_none_is_not_content_anywhere() -> None:
    scores = roles("O O O B-content O O O")
    keep_quotations_whole(scores, [Quotation((Span(0, 50),))], [0, 10, 20, 30, 40, 50, 60], least=0.5)
    assert scores.argmax(axis=1).tolist() == [0] * 7
    assert scores.sum(axis=1) == pytest.approx(1)


def test_a_quotation_in_the_middle_of_a_content_goes_on() -> None:
    scores = roles("B-content I-content I-content I-content O")
    keep_quotations_whole(scores, [Quotation((Span(10, 30),))], [0, 10, 20, 30, 40])
    assert scores.argmax(axis=1).tolist() == [5, 6, 6, 6, 0]


def test_the_parts_of_a_quotation_are_judged_together() -> None:
    scores = roles("B-content I-content O B-content O")
    keep_quotations_whole(scores, [Quotation((Span(0, 20), Span(30, 50)))], [0, 10, 20, 30, 40])
    assert scores.argmax(axis=1).tolist() == [5, 6, 0, 5, 6]


@pytest.mark.parametrize("quotation", [Quotation((Span(0, 20),), depth=1), Quotation((Span(90, 99),))])
def test_nested_and_empty_quotations_change_nothing(quotation: Quotation) -> None:
    scores = roles("B-content O O")
    before = scores.copy()
    keep_quotations_whole(scores, [quotation], [0, 10, 20])
    assert (scores == before).all()


def test_a_table_keeps_the_rows_of_possible_cues() -> None:
    length = 5  # start piece, two pieces, a separator, one piece
    empty = np.zeros((length, 1), dtype=np.float32)
    links = np.zeros((length, length), dtype=np.float32)
    source = links.copy()
    source[2, 0] = 50.0  # the cue at position 2 has no source
    content = links.copy()
    content[2, 4] = 50.0
    scores = Scores(
        empty, empty, np.zeros(length, dtype=np.int32), links, empty, empty, empty, empty, source, content,
        np.zeros(length, dtype=np.float32),
    )  # fmt: skip
    found = link_table(Window(10, 13, np.array([1, 2, 4])), scores, roles("O O B-cue O O", sure=0.999))
    assert found.cues.tolist() == [11]
    assert found.source.sum() == pytest.approx(0)
    assert found.content[0] == pytest.approx([0.5, 0.5, 1.0])
    assert found.speech == pytest.approx([0.5])
