"""Text as the encoder reads it: word pieces, with what an uncased vocabulary loses put beside them.

Each piece carries its letter case and the gap before it (one number, `shape`), and where it stands towards
quotation marks (`quote`). The marks of a quotation are read as plain double marks, whichever were set, so that
British and American newspapers look alike. Contractions are cut before "n't", as treebanks cut them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import NamedTuple

from detente.language.analysis import Quotation, Span
from detente.language.wordpiece import Piece, WordPiece, chunks

CASES = 5  # lower, Title, UPPER, mIxed, no letters
GAPS = 3  # glued to the piece before, after white space, first of its paragraph
SHAPES = CASES * GAPS
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
QUOTES = 4
# Where treebanks cut a word that has no mark or white space inside.
_CUT = re.compile(
    r"(?<=[a-z])(?=n['’]t(?![a-z]))"
    r"|(?<=(?<![a-z])can)(?=not(?![a-z]))"
    r"|(?<=(?<![a-z])(?:gon|wan))(?=na(?![a-z]))"
    r"|(?<=(?<![a-z])got)(?=ta(?![a-z]))"
    r"|(?<=(?<![a-z])(?:do|ca|wo|is))(?=nt(?![a-z]))"
    r"|(?<=(?<![a-z])(?:did|was|has))(?=nt(?![a-z]))"
    r"|(?<=(?<![a-z])(?:does|have|were))(?=nt(?![a-z]))"
    r"|(?<=(?<![a-z])(?:would|could))(?=nt(?![a-z]))"
    r"|(?<=(?<![a-z])should)(?=nt(?![a-z]))",
    re.IGNORECASE,
)


class Pieces(NamedTuple):
    """The pieces of a stretch of text, as columns of one length."""

    ids: list[int]
    shapes: list[int]
    quotes: list[int]
    starts: list[int]
    ends: list[int]


def read_pieces(
    text: str, span: Span, wordpiece: WordPiece, states: bytes | bytearray, cuts: Collection[int] = ()
) -> Pieces:
    """The pieces of a paragraph.

    Args:
        text: the whole text.
        span: the paragraph.
        wordpiece: what cuts words.
        states: what `quotation_states` tells of the text.
        cuts: code points before which a piece must begin (known words).
    """
    out = Pieces([], [], [], [], [])
    plain = wordpiece.id('"')
    gap = 2
    for start, end in chunks(text, span.start, span.end):
        for piece in _chunk_pieces(text, start, end, wordpiece, cuts):
            state = states[piece.start]
            out.ids.append(plain if state >= OPENING else piece.id)
            out.shapes.append(_case(text[piece.start : piece.end]) * GAPS + gap)
            out.quotes.append(state)
            out.starts.append(piece.start)
            out.ends.append(piece.end)
            gap = 0
        gap = 1
    return out


def quotation_states(length: int, quotations: Iterable[Quotation]) -> bytearray:
    """Where each of `length` code points stands towards the outer quotations: `OUTSIDE` to `CLOSING`."""
    states = bytearray(length)
    for quotation in quotations:
        if quotation.depth == 0:
            for part in quotation.spans:
                states[part.start : part.end] = bytes([INSIDE]) * (part.end - part.start)
                states[part.start] = OPENING
            if quotation.closed:
                states[quotation.spans[-1].end - 1] = CLOSING
    return states


def _chunk_pieces(
    text: str, start: int, end: int, wordpiece: WordPiece, cuts: Collection[int]
) -> Iterable[Piece]:
    """The pieces of a stretch without white space, cut at contractions and where asked."""
    chunk = text[start:end]
    at = {match.start() for match in _CUT.finditer(chunk)} if "t" in chunk or "T" in chunk or "a" in chunk else set()
    if cuts:
        at.update(k - start for k in range(start + 1, end) if k in cuts)
    edges = [0, *sorted(at), len(chunk)]
    for first, last in pairwise(edges):
        for piece in wordpiece.chunk(chunk[first:last]):
            yield Piece(piece.id, start + first + piece.start, start + first + piece.end)


def _case(word: str) -> int:
    """0 lower, 1 Title, 2 UPPER, 3 mixed, 4 no letters."""
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    if word.istitle():
        return 1
    return 3 if word.lower() != word.upper() else 4
