"""Documents as windows of word pieces, each piece with the labels that its corpus gives and `NONE` elsewhere.

A window is a run of consecutive paragraphs: a start piece, paragraphs parted by separators, up to 256 pieces.
Treebank windows end with a sentence; the others end anywhere and begin with a paragraph.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detente.evaluation.documents import IGNORED, Document, Said, Sentence
from detente.evaluation.trees import first_pieces, sentences_in_pieces
from detente.language.analysis import Span
from detente.language.lemmas import script
from detente.language.pieces import Pieces, quotation_states, read_pieces
from detente.language.quotations import quotations
from detente.language.wordpiece import WordPiece
from training.labels import ROLES, Labels

SIZE = 256
NONE = -100
COLUMNS = ("boundary", "tag", "lemma", "head", "relation", "sentence", "name", "role")


@dataclass
class Window:
    """Pieces and labels, as columns of one length.

    Args:
        ids, shapes, quotes: what the encoder reads.
        labels: by name of `COLUMNS`; `head` is a position in the window, 0 for a root.
        other_names: labels that a piece outside names may have for all that the corpus tells.
        cues: (position of a cue, of its source or 0 for none or `NONE`, of its contents, is it speech).
        starts: where the pieces stand in the document; -1 for marks between paragraphs.
    """

    ids: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    labels: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    other_names: list[int] = field(default_factory=list)
    cues: list[tuple[int, int, list[int], bool]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, number: int, shape: int, quote: int, start: int) -> int:
        """Appends a piece without labels; returns its position."""
        self.ids.append(number)
        self.shapes.append(shape)
        self.quotes.append(quote)
        self.starts.append(start)
        for column in self.labels.values():
            column.append(NONE)
        return len(self.ids) - 1


class Windows:
    """Makes windows of documents.

    Args:
        wordpiece: what cuts words into pieces.
        labels: the numbers of the labels.
    """

    def __init__(self, wordpiece: WordPiece, labels: Labels) -> None:
        self.wordpiece = wordpiece
        self._start, self._apart = wordpiece.id("[CLS]"), wordpiece.id("[SEP]")
        self._tag = {name: k for k, name in enumerate(labels.tags)}
        self._relation = {name: k for k, name in enumerate(labels.relations)}
        self._script = {name: k for k, name in enumerate(labels.scripts)}
        self._name = {name: k for k, name in enumerate(labels.names)}

    def of_trees(self, documents: Iterable[Document]) -> Iterator[Window]:
        """Windows of whole sentences; documents follow each other in one window.

        Args:
            documents: of a treebank.
        """
        window = self._new()
        for document in documents:
            for sentence, pieces, fresh in sentences_in_pieces(document, self.wordpiece):
                if len(pieces.ids) > SIZE - 2:
                    continue
                if len(window.ids) + len(pieces.ids) + 1 > SIZE:
                    yield window
                    window = self._new()
                if fresh and len(window.ids) > 1:
                    window.add(self._apart, 0, 0, -1)
                self._add_sentence(window, sentence, pieces)
                if document.names is not None:
                    self._add_names(window, pieces, document.names, document.types)
        if len(window.ids) > 1:
            yield window

    def of_names(self, documents: Iterable[Document]) -> Iterator[Window]:
        """Windows of a corpus of names; short documents follow each other in one window."""
        window = self._new()
        for document in documents:
            states = _states(document)
            for paragraph in document.paragraphs:
                for pieces in _cut(read_pieces(document.text, paragraph, self.wordpiece, states), SIZE - 2):
                    if len(window.ids) + len(pieces.ids) + 1 > SIZE:
                        yield window
                        window = self._new()
                    self._append(window, pieces)
                    self._add_names(window, pieces, document.names or [], document.types)
        if len(window.ids) > 1:
            yield window

    def of_attributions(self, document: Document, skip: int = 0) -> Iterator[Window]:
        """Full windows of one document, each from the first paragraph that the one before did not hold whole.

        Args:
            document: with attributions.
            skip: paragraphs to leave out at the beginning, so that every pass cuts elsewhere.
        """
        states = _states(document)
        paragraphs = [read_pieces(document.text, p, self.wordpiece, states) for p in document.paragraphs]
        rest = [cut for p in paragraphs for cut in _cut(p, SIZE - 1)][skip:]
        while rest:
            window, held = self._new(), 0
            for pieces in rest:
                room = SIZE - len(window.ids) - (held > 0)
                if room <= 0:
                    break
                self._append(window, Pieces(*(column[:room] for column in pieces)))
                if len(pieces.ids) > room:
                    break
                held += 1
            self._add_said(window, document.attributions or ())
            yield window
            rest = rest[held:]

    def _new(self) -> Window:
        window = Window()
        window.add(self._start, 0, 0, -1)
        return window

    def _append(self, window: Window, pieces: Pieces) -> None:
        if len(window.ids) > 1:
            window.add(self._apart, 0, 0, -1)
        _add_pieces(window, pieces)

    def _add_sentence(self, window: Window, sentence: Sentence, pieces: Pieces) -> None:
        base = _add_pieces(window, pieces)
        if not pieces.ids:
            return
        firsts = first_pieces(pieces.starts, [(w.start, w.end) for w in sentence.words])
        labels = window.labels
        number = base  # positions are distinct, so the first one numbers the sentence
        labels["boundary"][base:] = [0] * len(pieces.ids)
        for word, first in zip(sentence.words, firsts, strict=True):
            if first is None:
                continue
            at = base + first
            labels["boundary"][at] = 1
            labels["tag"][at] = self._tag[word.tag]
            labels["lemma"][at] = self._script.get(script(word.form, word.lemma), NONE)
            labels["sentence"][at] = number
            labels["relation"][at] = self._relation.get(word.relation, NONE)
            head = _kept_head(sentence, word.head, firsts)
            labels["head"][at] = base + head if head is not None else 0
        labels["boundary"][base] = 2

    def _add_names(
        self, window: Window, pieces: Pieces, names: list[tuple[Span, str]], types: frozenset[str]
    ) -> None:
        """Labels the last pieces of a window that are those of `pieces`."""
        base = len(window.ids) - len(pieces.ids)
        column = window.labels["name"]
        column[base:] = [0 if types else NONE] * len(pieces.ids)
        for span, kind in names:
            first, last = bisect_left(pieces.starts, span.start), bisect_left(pieces.starts, span.end)
            for k in range(first, last):
                mark = "B-" if k == first else "I-"
                column[base + k] = NONE if kind == IGNORED else self._name[mark + kind]
        # What one window mixes must be known of every corpus in it: the windows of one stream share their types.
        window.other_names = [k for name, k in self._name.items() if k and name[2:] not in types]

    def _add_said(self, window: Window, attributions: Iterable[Said]) -> None:
        """Labels roles and links; spans that begin before the window go on in it without a beginning."""
        known = [(start, k) for k, start in enumerate(window.starts) if start >= 0]
        starts = [start for start, _ in known]
        column = window.labels["role"]
        for _, k in known:
            column[k] = 0

        def place(span: Span, role: str) -> int | None:
            number = 1 + 2 * ROLES.index(role)
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            begun = bool(starts) and span.start < starts[0]
            for k in range(first, last):
                if column[known[k][1]] == 0:
                    column[known[k][1]] = number + (begun or k > first)
            return known[first][1] if first < last and not begun else None

        for said in attributions:
            contents = [p for span in said.contents if (p := place(span, "content")) is not None]
            sources = [place(span, "source") for span in said.sources]
            cues = [place(span, "cue") for span in said.cues]
            if cues and cues[0] is not None:
                source = 0 if not sources else NONE if sources[0] is None else sources[0]
                window.cues.append((cues[0], source, contents, said.speech))


def _states(document: Document) -> bytearray:
    return quotation_states(len(document.text), quotations(document.text, tuple(document.paragraphs)))


def _add_pieces(window: Window, pieces: Pieces) -> int:
    base = len(window.ids)
    for number, shape, quote, start in zip(pieces.ids, pieces.shapes, pieces.quotes, pieces.starts, strict=True):
        window.add(number, shape, quote, start)
    return base


def _cut(pieces: Pieces, size: int) -> Iterator[Pieces]:
    """A long paragraph in parts."""
    for at in range(0, len(pieces.ids), size):
        yield Pieces(*(column[at : at + size] for column in pieces))


def _kept_head(sentence: Sentence, head: int, firsts: list[int | None]) -> int | None:
    """The first piece of a head, or of the nearest word above it that has one."""
    while head >= 0:
        if (first := firsts[head]) is not None:
            return first
        head = sentence.words[head].head
    return None


def shuffled(documents: list[Document], rng: random.Random) -> list[Document]:
    """The documents in another order."""
    return rng.sample(documents, len(documents))
