"""An article's text as blocks: paragraphs of sentences, and what stands between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from detente.language.analysis import Span
from detente.language.words import paragraphs, sentences


class Leaf(NamedTuple):
    """A stretch of text: a sentence, or what stands between two."""

    start: int
    end: int
    sentence: bool


class Block(NamedTuple):
    """A paragraph, or what stands between two; its leaves follow one another without a gap."""

    paragraph: bool
    leaves: tuple[Leaf, ...]


class Layout:
    """The blocks of one text, found when they are needed.

    Args:
        text: the article's.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """The paragraphs in order."""
        return tuple((p.start, p.end) for p in paragraphs(self.text))

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """All between two code points that do not cut a paragraph."""
        here = start
        for first, last in self.near(start, end):
            if here < first:
                yield Block(False, (Leaf(here, first, False),))
            yield Block(True, tuple(self._leaves(first, last)))
            here = last
        if here < end:
            yield Block(False, (Leaf(here, end, False),))

    def near(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The paragraphs that reach into a stretch of text."""
        place = max(0, bisect_right(self.paragraphs, (start, len(self.text))) - 1)
        for paragraph in self.paragraphs[place:]:
            if paragraph[0] >= end:
                return
            if paragraph[1] > start:
                yield paragraph

    def sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentences that reach into a stretch of text."""
        for first, last in self.near(start, end):
            for leaf in self._leaves(first, last):
                if leaf.sentence and leaf.start < end and start < leaf.end:
                    yield leaf.start, leaf.end

    def _leaves(self, first: int, last: int) -> Iterator[Leaf]:
        here = first
        for sentence in self._sentences(first, last):
            if here < sentence[0]:
                yield Leaf(here, sentence[0], False)
            yield Leaf(*sentence, True)
            here = sentence[1]
        if here < last:
            yield Leaf(here, last, False)

    def _sentences(self, first: int, last: int) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in sentences(self.text, Span(first, last))]
