"""What the language part tells of a text: the one interface between reading and whatever analyses the words.

All offsets are code points of the text as given. A `Language` is pure: the same text gives the same analysis,
alone or among thousands. What an implementation does not know it leaves empty (`tag=""`, `head=-1`, no names),
and the reading says `unknown`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

import msgspec

NameType = Literal["person", "organisation", "place", "facility", "event", "other"]


class Span(NamedTuple):
    """Code points `start` to `end` (one past the last)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def holds(self, other: tuple[int, int]) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other[0] and other[1] <= self.end

    def meets(self, other: tuple[int, int]) -> bool:
        """Whether the two share a character."""
        return self.start < other[1] and other[0] < self.end


class Token(msgspec.Struct, frozen=True):
    """A word or mark.

    Args:
        start: first code point.
        end: one past the last.
        text: the words as written.
        tag: UPOS tag, or "" unknown.
        lemma: dictionary form, or "" unknown.
        head: index in `Analysis.tokens` of the governing token; the token's own index for a root; -1 unknown.
        relation: UD relation to the head, or "".
    """

    start: int
    end: int
    text: str
    tag: str = ""
    lemma: str = ""
    head: int = -1
    relation: str = ""


# The words of the sentences between two code points, with tags and trees; heads count from the first word returned.
Parser = Callable[[int, int], tuple[Token, ...]]


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: its span, its paragraph (index), its tokens as a half-open range of `Analysis.tokens`."""

    span: Span
    paragraph: int
    first: int
    last: int


class Name(msgspec.Struct, frozen=True):
    """A name as written, with titles left out ("Keir Starmer" of "Sir Keir Starmer")."""

    span: Span
    type: NameType


class Quotation(msgspec.Struct, frozen=True):
    """Words between quotation marks.

    Args:
        spans: one part for each paragraph it runs over, marks included.
        closed: whether the last part has its closing mark.
        depth: 0 for an outer quotation, 1 for one inside it.
    """

    spans: tuple[Span, ...]
    closed: bool = True
    depth: int = 0


class Attribution(msgspec.Struct, frozen=True):
    """An act of saying as the words give it.

    Args:
        content: what was said; several parts where a quotation is split or runs on.
        cue: the word that says so ("said"), or `None`.
        source: the noun phrase that names the speaker, or `None` where the words leave it out.
        speech: whether it is speech, or another attribution (belief, intention, decree).
        confidence: calibrated probability, or `None`.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speech: bool = True
    confidence: float | None = None


class Heard(NamedTuple):
    """What a trained model hears in a text: who said what, who is named, and what parses a sentence, if anything does."""

    attributions: tuple[Attribution, ...]
    names: tuple[Name, ...]
    parser: Parser | None


class Analysis(msgspec.Struct, frozen=True):
    """All that the language part tells of one text.

    `paragraphs` are spans without their line ends. `parser` works out the tree of a sentence when it is asked for,
    since most sentences need none; its words may be cut otherwise than `tokens`. `None` where the tokens have their
    trees already, or nothing parses.
    """

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    names: tuple[Name, ...]
    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    parser: Parser | None = None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a code point, or `None` between sentences."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        found = self.sentences[low] if low < len(self.sentences) else None
        return found if found and found.span.start <= offset else None

    def tokens_in(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that lie wholly between two code points."""
        first = bisect_left(self.tokens, start, key=lambda t: t.start)
        last = first
        while last < len(self.tokens) and self.tokens[last].end <= end:
            last += 1
        return self.tokens[first:last]


class Language(Protocol):
    """Anything that analyses text. `name` and `version` go into the origin of every record."""

    @property
    def name(self) -> str:
        """What it is called: goes into the origin of every record."""
        ...

    @property
    def version(self) -> str:
        """Its version: goes into the origin of every record."""
        ...

    def analyse(self, text: str) -> Analysis:
        """Analyse one article's text. Never raises on any string; takes time linear in its length."""
        ...
