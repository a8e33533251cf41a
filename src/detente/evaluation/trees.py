"""Trees against treebanks by the CoNLL 2018 scoring: on raw text, and where words and sentences are given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from detente.evaluation.conll18 import Parsed, compare, gold_words
from detente.evaluation.documents import Document, Sentence
from detente.evaluation.scoring import Counts
from detente.language import lemmas
from detente.language.analysis import Analysis
from detente.language.encoder import SIZE, Encoder
from detente.language.pieces import Pieces, quotation_states, read_pieces
from detente.language.quotations import quotations
from detente.language.wordpiece import WordPiece


class Cut(NamedTuple):
    """A sentence in pieces, and whether it begins a paragraph."""

    sentence: Sentence
    pieces: Pieces
    fresh: bool


def sentences_in_pieces(document: Document, wordpiece: WordPiece, gold_words: bool = False) -> Iterator[Cut]:
    """Each sentence of a treebank's document in the encoder's pieces.

    Args:
        document: with sentences.
        wordpiece: what cuts words.
        gold_words: cut pieces at the treebank's words.
    """
    states = quotation_states(len(document.text), quotations(document.text, tuple(document.paragraphs)))
    cuts: Collection[int] = {w.start for s in document.sentences or () for w in s.words if gold_words}
    sentences = iter(document.sentences or ())
    sentence = next(sentences, None)
    for paragraph in document.paragraphs:
        pieces = read_pieces(document.text, paragraph, wordpiece, states, cuts)
        at, fresh = 0, True
        while sentence is not None and sentence.words[0].start < paragraph.end:
            end = bisect_left(pieces.starts, sentence.words[-1].end)
            yield Cut(sentence, Pieces(*(column[at:end] for column in pieces)), fresh)
            at, fresh, sentence = end, False, next(sentences, None)


def first_pieces(starts: Sequence[int], words: Sequence[tuple[int, int]]) -> list[int | None]:
    """The first piece that begins in each word; none for a word that is inside another's piece.

    Args:
        starts: where each piece begins, rising.
        words: code points of each word.
    """
    out: list[int | None] = []
    taken = -1
    for start, end in words:
        first = bisect_left(starts, start)
        if first < len(starts) and starts[first] < end and first > taken:
            out.append(first)
            taken = first
        else:
            out.append(None)
    return out


def raw(document: Document, analysis: Analysis) -> dict[str, Counts]:
    """The counts of an analysis of a document's raw text."""
    gold, spans = gold_words(document.sentences or ())
    system = [Parsed(t.start, t.end, t.tag, t.lemma, t.head, t.relation) for t in analysis.tokens]
    return compare(gold, system, spans, [sentence.span for sentence in analysis.sentences])


class GivenWords:
    """Parses sentences whose words are given, for a comparison with parsers that are measured so.

    Args:
        encoder: the trained network.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._wordpiece = WordPiece(encoder.vocabulary)

    def score(self, document: Document) -> dict[str, Counts]:
        """The counts of one document; words and sentences are right by themselves and left out."""
        gold, spans = gold_words(document.sentences or ())
        system = [word._replace(tag="", lemma="", head=-1, relation="") for word in gold]
        at = {word.start: number for number, word in enumerate(gold)}
        for window in self._windows(document):
            self._parse(window, document.text, gold, at, system)
        counts = compare(gold, system, spans, spans)
        return {metric: count for metric, count in counts.items() if metric not in ("words", "sentences")}

    def _windows(self, document: Document) -> Iterator[list[Cut]]:
        """Runs of sentences that fit into a window, with a start piece and separators between paragraphs."""
        window: list[Cut] = []
        size = 1
        for cut in sentences_in_pieces(document, self._wordpiece, gold_words=True):
            length = len(cut.pieces.ids)
            if length > SIZE - 2:
                continue  # longer than any window: its words count as wrong
            if size + length + 1 > SIZE:
                yield window
                window, size = [], 1
            size += length + (cut.fresh and bool(window))
            window.append(cut)
        if window:
            yield window

    def _parse(
        self, window: list[Cut], text: str, gold: list[Parsed], at: dict[int, int], system: list[Parsed]
    ) -> None:
        """Fills in the words of a window's sentences."""
        columns: list[list[int]] = [[self._wordpiece.id("[CLS]")], [0], [0]]
        bases = []
        for number, cut in enumerate(window):
            if cut.fresh and number:
                for column, mark in zip(columns, (self._wordpiece.id("[SEP]"), 0, 0), strict=True):
                    column.append(mark)
            bases.append(len(columns[0]))
            for column, pieces in zip(columns, cut.pieces[:3], strict=True):
                column += pieces
        encoder, labels = self._encoder, self._encoder.labels
        scores = encoder.run(*(np.array(column, dtype=np.int64) for column in columns))
        for base, cut in zip(bases, window, strict=True):
            firsts = first_pieces(cut.pieces.starts, [(w.start, w.end) for w in cut.sentence.words])
            known = [(base + first, at[cut.pieces.starts[first]]) for first in firsts if first is not None]
            if not known:
                continue
            where = np.array([position for position, _ in known], dtype=np.intp)
            words = [number for _, number in known]
            heads, relations = encoder.tree(scores, where)
            tags, edits = scores.tag[where].argmax(axis=1).tolist(), scores.lemma[where].tolist()
            for k, word in enumerate(words):
                start, end = gold[word].start, gold[word].end
                system[word] = Parsed(
                    start, end, labels["tags"][tags[k]], lemmas.lemma(text[start:end], labels["scripts"][edits[k]]),
                    words[heads[k]] if heads[k] >= 0 else word, relations[k],
                )  # fmt: skip
