"""What the readers give: texts with whatever a corpus says of them. What it does not say stays `None`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from detente.language.analysis import Span

NAME_TYPES = ("person", "organisation", "place", "event", "other")
# No label: the loss leaves the position out.
IGNORED = "?"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a treebank: `head` is its index in the sentence, -1 for a root."""

    start: int
    end: int
    form: str
    tag: str
    lemma: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a treebank."""

    id: str
    words: tuple[Word, ...]


class Mention(NamedTuple):
    """Words of a sentence that stand for something: its type, first and last word (both inside), and its chain's name."""

    type: str
    first: int
    last: int
    chain: str


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution as a corpus marks it; each role has one or several spans, a source or cue may have none."""

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    speech: bool


@dataclass(slots=True)
class Document:
    """A text and its annotation.

    Args:
        id: its name in the corpus.
        text: the raw text.
        paragraphs: spans; no sentence runs over their edges.
        sentences: with trees, or `None`.
        names: (span, type of `NAME_TYPES` or `IGNORED`), or `None`.
        types: the name types that the corpus annotates; of the others it says nothing.
        attributions: or `None`.
        published: ISO date of the text, or `None` unknown.
    """

    id: str
    text: str
    paragraphs: list[Span]
    sentences: list[Sentence] | None = None
    names: list[tuple[Span, str]] | None = None
    types: frozenset[str] = field(default=frozenset())
    attributions: list[Said] | None = None
    published: str | None = None
