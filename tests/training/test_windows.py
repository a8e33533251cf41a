"""Windows: labels sit on the pieces of the words that they belong to, whatever the cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.evaluation.attributions import read_brat
from detente.evaluation.documents import IGNORED, Document, Said
from detente.evaluation.treebanks import add_uner, read_treebank
from detente.language.analysis import Span
from detente.language.wordpiece import WordPiece
from tests.evaluation import made
from training.labels import Labels
from training.windows import NONE, SIZE, Window, Windows


@pytest.fixture
def documents(tmp_path: Path) -> list[Document]:
    made.write(tmp_path)
    found = read_treebank(tmp_path / "made.conllu")
    add_uner(found, tmp_path / "made.iob2")
    return found


@pytest.fixture
def windows(documents: list[Document]) -> Windows:
    return Windows(WordPiece(made.vocabulary()), Labels.count([*documents, *documents, *documents]))


@pytest.fixture
def labels(documents: list[Document]) -> Labels:
    return Labels.count([*documents, *documents, *documents])


def surface(document: Document, window: Window, at: int) -> str:
    text = document.text[window.starts[at] :]
    return text.split()[0].rstrip(".,”")


def test_one_window_holds_both_documents(documents: list[Document], windows: Windows) -> None:
    (window,) = windows.of_trees(documents)
    assert window.ids.count(made.vocabulary().index("[SEP]")) == 2  # three paragraphs
    assert len({len(c) for c in (window.ids, window.shapes, window.quotes, window.starts, *window.labels.values())}) == 1


def test_every_word_has_one_first_piece(documents: list[Document], windows: Windows, labels: Labels) -> None:
    (window,) = windows.of_trees(documents)
    tags = [labels.tags[tag] for tag in window.labels["tag"] if tag != NONE]
    assert tags == [word.tag for d in documents for s in d.sentences or () for word in s.words]
    assert window.labels["boundary"].count(2) == 5
    assert [b > 0 for b in window.labels["boundary"] if b != NONE].count(True) == len(tags)


def test_heads_are_positions_of_the_same_sentence(documents: list[Document], windows: Windows) -> None:
    (window,) = windows.of_trees(documents[:1])
    sentence = window.labels["sentence"]
    for at, head in enumerate(window.labels["head"]):
        if head > 0:
            assert sentence[head] == sentence[at]
    arrived = next(k for k, start in enumerate(window.starts) if start == documents[0].text.index("arrived"))
    assert window.labels["head"][arrived] == 0


def test_a_sentence_too_long_for_a_window_is_passed_over(windows: Windows) -> None:
    words = " ".join(["talks"] * (SIZE + 5))
    from detente.evaluation.documents import Sentence, Word

    long = tuple(Word(6 * k, 6 * k + 5, "talks", "NOUN", "talk", k - 1, "nsubj") for k in range(SIZE + 5))
    document = Document("d", words, [Span(0, len(words))], sentences=[Sentence("s", long)])
    assert list(windows.of_trees([document])) == []


def test_names_cover_their_pieces(documents: list[Document], windows: Windows, labels: Labels) -> None:
    (window,) = windows.of_trees(documents[:1])
    named = [(k, labels.names[n]) for k, n in enumerate(window.labels["name"]) if n > 0]
    assert [surface(documents[0], window, k) for k, name in named if name.startswith("B-")] == [
        "Velkova",
        "Ostrava",
        "Republic",
    ]
    assert {name[2:] for _, name in named} == {"person", "place", "organisation"}
    assert {labels.names[n][2:] for n in window.other_names} == {"event", "other"}


def test_names_left_out_have_no_label(windows: Windows) -> None:
    text = "talks in the truce"
    document = Document(
        "d", text, [Span(0, len(text))], names=[(Span(9, 18), IGNORED)], types=frozenset({"person"})
    )
    (window,) = windows.of_names([document])
    assert window.labels["name"] == [NONE, 0, 0, NONE, NONE]


def test_attributions_are_linked(tmp_path: Path, windows: Windows, labels: Labels) -> None:
    made.write(tmp_path)
    (document,) = read_brat(tmp_path)
    (window,) = windows.of_attributions(document)
    roles = [labels.roles[r] for r in window.labels["role"] if r > 0]
    assert [r for r in roles if r.startswith("B-")] == [
        "B-source", "B-cue", "B-content", "B-content", "B-source", "B-cue",
    ]  # fmt: skip
    for cue, source, contents, speech in window.cues:
        assert labels.roles[window.labels["role"][cue]] == "B-cue"
        assert labels.roles[window.labels["role"][source]] == "B-source"
        assert [labels.roles[window.labels["role"][c]] for c in contents] == ["B-content"]
        assert speech
    assert [surface(document, window, cue) for cue, *_ in window.cues] == ["said", "told"]


def test_a_cue_without_source_points_nowhere(windows: Windows) -> None:
    text = "the truce said peace"
    said = Said((), (Span(10, 14),), (Span(15, 20),), True)
    (window,) = windows.of_attributions(Document("d", text, [Span(0, 20)], attributions=[said]))
    assert window.cues == [(3, 0, [4], True)]


def long_article(paragraphs: int, words: int) -> Document:
    lines = [" ".join(["talks"] * words)] * paragraphs
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return Document("d", "\n".join(lines), spans, attributions=[])


@pytest.mark.parametrize(("paragraphs", "words"), [(1, 5), (3, 100), (7, 60), (2, 700), (40, 3)])
def test_windows_are_full_and_lose_nothing(windows: Windows, paragraphs: int, words: int) -> None:
    document = long_article(paragraphs, words)
    found = list(windows.of_attributions(document))
    assert all(len(window.ids) <= SIZE for window in found)
    seen = {start for window in found for start in window.starts if start >= 0}
    pieces = windows.wordpiece.pieces(document.text)
    assert seen == {piece.start for piece in pieces}


def test_a_span_that_began_before_the_window_goes_on(windows: Windows, labels: Labels) -> None:
    document = long_article(2, 400)
    said = Said((), (Span(0, 5),), (Span(6, len(document.text)),), True)
    found = list(windows.of_attributions(replace(document, attributions=[said])))
    begins = labels.roles.index("B-content")
    assert found[0].labels["role"].count(begins) == 1
    assert all(begins not in window.labels["role"] for window in found[1:])


def test_skipped_paragraphs_shift_the_cut(windows: Windows) -> None:
    document = long_article(6, 100)
    (first, *_), (shifted, *_) = windows.of_attributions(document), windows.of_attributions(document, skip=1)
    assert shifted.starts[1] == document.paragraphs[1].start
    assert first.starts[1] == 0
