"""The trained language part: one small encoder tells words, sentences, tags, lemmas, trees, names and attributions.

How it was made, from what, and how well it does is in `weights/card.md`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from detente.language import lemmas
from detente.language.analysis import (
    Analysis,
    Attribution,
    Heard,
    Name,
    NameType,
    Quotation,
    Sentence,
    Span,
    Token,
)
from detente.language.confidence import confidence
from detente.language.encoder import Article, Encoder, Scores, Window, windows
from detente.language.links import Linked, LinkTable, keep_quotations_whole, link_table, linked
from detente.language.pieces import quotation_states, read_pieces
from detente.language.quotations import quotations
from detente.language.spans import best_spans
from detente.language.trees import ROOT
from detente.language.wordpiece import WordPiece
from detente.language.words import paragraphs

WEIGHTS = Path(__file__).parent / "weights" / "model.onnx"
# A content that no cue claims as its own with this probability is dropped; measured on PolNeAR dev.
LEAST_LINK = 0.3
# "Outside" is weighed down, so that fewer statements are missed: on PolNeAR dev recall rises by 3 points, precision
# falls by as much, F1 stays; each attribution says how sure it is.
OUTSIDE = 0.6
Floats = NDArray[np.float32]


class _Text(NamedTuple):
    """A text in pieces: where each stands, and the edges of paragraphs (positions among the pieces)."""

    text: str
    article: Article
    starts: list[int]
    ends: list[int]
    edges: list[int]


class _Told(NamedTuple):
    """A sentence and what the network says of its words: the window's scores and the position of each word in it."""

    sentence: Sentence
    scores: Scores
    where: NDArray[np.intp]


class EncoderLanguage:
    """Analyses text with the trained network.

    Args:
        weights: the ONNX file.

    Raises:
        DetenteError: onnxruntime is not installed.
    """

    name = "minilm"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._encoder = Encoder(weights)
        self._wordpiece = WordPiece(self._encoder.vocabulary)
        self.version = self._encoder.notes["version"]

    def analyse(self, text: str) -> Analysis:
        """Analyse one article's text. Never raises on any string; takes time linear in its length."""
        return self.analyse_with_links(text)[0]

    def analyse_with_links(self, text: str) -> tuple[Analysis, list[Linked]]:
        """The same, with what the network makes of each attribution, in the order of the analysis."""
        parts = paragraphs(text)
        quoted = quotations(text, parts)
        heard = self._heard(text, parts, quoted)
        found = heard.linked(quoted)
        analysis = Analysis(
            text=text, paragraphs=parts, sentences=heard.sentences(), tokens=heard.parsed(0, len(text)),
            names=heard.names(), quotations=quoted,
            attributions=tuple(heard.attribution(one) for one in found),
        )  # fmt: skip
        return analysis, found

    def hear(self, text: str) -> Heard:
        """Only who said what and who is named, and a parser that works out a sentence's tree when it is asked for."""
        parts = paragraphs(text)
        quoted = quotations(text, parts)
        heard = self._heard(text, parts, quoted)
        return Heard(
            tuple(heard.attribution(one) for one in heard.linked(quoted)), heard.names(), heard.parsed
        )

    def _heard(self, text: str, parts: Sequence[Span], quoted: Sequence[Quotation]) -> _Hearing:
        read = self._pieces(text, parts, quoted)
        heard = _Hearing(self._encoder, read)
        planned = list(windows(np.diff(read.edges).tolist()))
        for window, following in zip_longest(planned, planned[1:]):
            heard.hear(window, following)
        return heard

    def _pieces(self, text: str, parts: Sequence[Span], quoted: Sequence[Quotation]) -> _Text:
        states = quotation_states(len(text), quoted)
        pieces = [read_pieces(text, part, self._wordpiece, states) for part in parts]
        columns = [[value for p in pieces for value in p[k]] for k in range(5)]
        edges = np.concatenate(([0], np.cumsum([len(p.ids) for p in pieces]))).astype(int).tolist()
        article = Article(*(np.array(column, dtype=np.int64) for column in columns[:3]))
        return _Text(text, article, columns[3], columns[4], edges)


class _Hearing:
    """Gathers what the windows of one article say."""

    def __init__(self, encoder: Encoder, read: _Text) -> None:
        self._encoder, self._read = encoder, read
        self._labels = encoder.labels
        total = len(read.starts)
        self._names = np.zeros((total, len(self._labels["names"])), dtype=np.float32)
        self._roles = np.zeros((total, len(self._labels["roles"])), dtype=np.float32)
        self._heard = np.zeros(total, dtype=np.float32)
        self._tables: list[LinkTable] = []
        self._words: list[Span] = []
        self._told: list[_Told] = []
        self._trees: dict[tuple[int, int], list[Token]] = {}  # by sentence and the place its words count from
        self._done = 0  # pieces that already belong to a sentence

    def hear(self, window: Window, following: Window | None) -> None:
        """Runs a window, takes its sentences and adds its names and roles."""
        scores = self._encoder.scores(window, self._read.article)
        roles = _softmax(scores.role)
        here = slice(window.first, window.last)
        self._names[here] += _softmax(scores.name)[window.places]
        self._roles[here] += roles[window.places]
        self._heard[here] += 1
        self._tables.append(link_table(window, scores, roles))
        for first, last in self._sentences_of(window, scores, following):
            self._take_sentence(window, scores, first, last)
            self._done = last

    def _sentences_of(
        self, window: Window, scores: Scores, following: Window | None
    ) -> list[tuple[int, int]]:
        """The sentences that this window is to tell: those that the next one does not see better."""
        breaks = window.first + np.flatnonzero(scores.boundary[window.places].argmax(axis=1) == 2)
        low, high = bisect_left(self._read.edges, window.first), bisect_right(self._read.edges, window.last)
        starts = sorted({self._done, *breaks.tolist(), *self._read.edges[low:high]})
        starts = [start for start in starts if self._done <= start < window.last]
        ended = window.last in self._read.edges
        limit = window.last if following is None else (following.first + window.last + 1) // 2
        reached = window.first if following is None else following.first
        out = []
        for first, last in pairwise([*starts, window.last]):
            complete = last < window.last or ended
            if first >= limit or (not complete and following is not None and first >= reached):
                break
            out.append((first, last))
        return out

    def _take_sentence(self, window: Window, scores: Scores, first: int, last: int) -> None:
        """Adds a sentence's words; its tags and tree are worked out when they are asked for."""
        read = self._read
        at = window.places[first - window.first : last - window.first]
        begins = (scores.boundary[at].argmax(axis=1) > 0) | (read.article.shapes[first:last] % 3 > 0)
        begins[0] = True
        words = np.flatnonzero(begins)
        starts = words.tolist()
        base = len(self._words)
        for word, following in zip_longest(starts, starts[1:], fillvalue=last - first):
            self._words.append(Span(read.starts[first + word], read.ends[first + following - 1]))
        span = Span(read.starts[first], read.ends[last - 1])
        paragraph = bisect_right(read.edges, first) - 1
        sentence = Sentence(span=span, paragraph=paragraph, first=base, last=len(self._words))
        self._told.append(_Told(sentence, scores, at[words]))

    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences."""
        return tuple(told.sentence for told in self._told)

    def parsed(self, start: int, end: int) -> tuple[Token, ...]:
        """The words of the sentences between two code points; heads count from the first of these words."""
        low = bisect_right(self._told, start, key=lambda told: told.sentence.span.end)
        tokens: list[Token] = []
        for number, told in enumerate(self._told[low:], low):
            if told.sentence.span.start >= end:
                break
            where = number, len(tokens)
            if where not in self._trees:  # a reader's sentences may be parts of one of these
                self._trees[where] = self._tokens(told, len(tokens))
            tokens += self._trees[where]
        return tuple(tokens)

    def _tokens(self, told: _Told, base: int) -> list[Token]:
        """A sentence's words with tags, lemmas and tree; heads count from `base` on."""
        scores, where = told.scores, told.where
        heads, relations = self._encoder.tree(scores, where)
        tags, edits = scores.tag[where].argmax(axis=1).tolist(), scores.lemma[where].tolist()
        tokens = []
        for k, (start, end) in enumerate(self._words[told.sentence.first : told.sentence.last]):
            text = self._read.text[start:end]
            tokens.append(
                Token(
                    start=start,
                    end=end,
                    text=text,
                    tag=self._labels["tags"][tags[k]],
                    lemma=lemmas.lemma(text, self._labels["scripts"][edits[k]]),
                    head=base + (k if heads[k] == ROOT else heads[k]),
                    relation=relations[k],
                )
            )
        return tokens

    def names(self) -> tuple[Name, ...]:
        """The names, at the edges of words; two of one type side by side are one ("Ana" "Velkova")."""
        out: list[Name] = []
        types = [label[2:] for label in self._labels["names"][1::2]]
        for found in best_spans(self._mean(self._names)):
            span = self._snapped(found.first, found.last)
            kind = cast(NameType, types[found.type])
            if out and kind == out[-1].type and not self._read.text[out[-1].span.end : span.start].strip(" "):
                out[-1] = Name(span=Span(out[-1].span.start, span.end), type=kind)
            elif not out or span.start >= out[-1].span.end:
                out.append(Name(span=span, type=kind))
        return tuple(out)

    def linked(self, quoted: Sequence[Quotation]) -> list[Linked]:
        """The attributions over pieces, in the order of their contents."""
        roles = self._mean(self._roles)
        roles[:, 0] *= OUTSIDE
        roles /= np.maximum(roles.sum(axis=1, keepdims=True), 1e-9)
        keep_quotations_whole(roles, quoted, self._read.starts)
        return linked(roles, self._tables, LEAST_LINK)

    def _mean(self, sums: Floats) -> Floats:
        """Of the windows that hold a piece."""
        return np.asarray(sums / np.maximum(self._heard, 1)[:, None], dtype=np.float32)

    def attribution(self, found: Linked) -> Attribution:
        """An attribution over code points, with its confidence."""
        calibration = self._encoder.calibration
        return Attribution(
            content=tuple(self._snapped(part.first, part.last) for part in found.contents),
            cue=self._snapped(found.cue.first, found.cue.last),
            source=self._snapped(found.source.first, found.source.last) if found.source else None,
            speech=found.speech >= 0.5,
            confidence=confidence(found, calibration) if calibration else None,
        )

    def _snapped(self, first: int, last: int) -> Span:
        """Pieces as a span from the beginning of the first one's word to the end of the last one's."""
        start, end = self._read.starts[first], self._read.ends[last - 1]
        low = self._words[max(bisect_right(self._words, start, key=lambda w: w.start) - 1, 0)]
        high = self._words[max(bisect_right(self._words, end - 1, key=lambda w: w.start) - 1, 0)]
        return Span(min(low.start, start), max(high.end, end))


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)
