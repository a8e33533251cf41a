"""WordPiece in pure Python: the pieces of a BERT vocabulary, each with the code points that it came from.

It gives what the `tokenizers` library gives for `bert-base-uncased` ([Devlin2019], section 3; [Wu2016]):
clean, strip accents, lower the case, cut at white space, punctuation and CJK signs, then take the longest piece
of the vocabulary from the left. Every step maps one code point to none or several, so that offsets survive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

UNKNOWN = "[UNK]"
# A word of more code points is one unknown piece, as in the `tokenizers` library.
LONGEST_WORD = 100
# Chunks of running text repeat: a bounded cache makes the second meeting a look-up.
CACHED_CHUNKS = 1 << 16
_CHUNK = re.compile(r"[^ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Controls, formats, surrogates, private use; what no standard assigns yet is kept, as in the `tokenizers` library.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class Piece(NamedTuple):
    """One piece: its number in the vocabulary, and its code points `start` to `end` in the text."""

    id: int
    start: int
    end: int


class WordPiece:
    """Cuts text into the pieces of a vocabulary.

    Args:
        vocabulary: the pieces in the order of their numbers; those that continue a word begin with "##".
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._ids[UNKNOWN]
        self.chunk = lru_cache(maxsize=CACHED_CHUNKS)(self._chunk)

    def id(self, piece: str) -> int:
        """The number of a piece of the vocabulary.

        Raises:
            KeyError: the vocabulary has no such piece.
        """
        return self._ids[piece]

    def pieces(self, text: str) -> Iterator[Piece]:
        """The pieces of a text, in order; takes time linear in its length."""
        for match in _CHUNK.finditer(text):
            base = match.start()
            for piece in self.chunk(match.group()):
                yield Piece(piece.id, base + piece.start, base + piece.end)

    def _chunk(self, chunk: str) -> tuple[Piece, ...]:
        """The pieces of a text without white space."""
        return tuple(piece for word in _words(chunk) for piece in self._cut(word))

    def _cut(self, word: list[tuple[str, int]]) -> Iterator[Piece]:
        """The longest pieces from the left, or one unknown piece."""
        letters = "".join(letter for letter, _ in word)
        whole = Piece(self._unknown, word[0][1], word[-1][1] + 1)
        if len(letters) > LONGEST_WORD:
            yield whole
            return
        found, start = [], 0
        while start < len(letters):
            end = len(letters)
            mark = "##" if start else ""
            while end > start and mark + letters[start:end] not in self._ids:
                end -= 1
            if end == start:
                yield whole
                return
            found.append(Piece(self._ids[mark + letters[start:end]], word[start][1], word[end - 1][1] + 1))
            start = end
        yield from found


def chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches without white space between two code points."""
    for match in _CHUNK.finditer(text, start, end):
        yield match.start(), match.end()


def _words(chunk: str) -> Iterator[list[tuple[str, int]]]:
    """Words of normalised letters, each with the offset of its code point; a mark is a word of its own."""
    word: list[tuple[str, int]] = []
    for offset, sign in enumerate(chunk):
        normal, alone = _normal(sign)
        if alone:
            if word:
                yield word
                word = []
            yield from ([(letter, offset)] for letter in normal)
        else:
            word.extend((letter, offset) for letter in normal)
    if word:
        yield word


@lru_cache(maxsize=1 << 14)
def _normal(sign: str) -> tuple[str, bool]:
    """A code point without accents in lower case ("" where it is dropped), and whether it stands alone."""
    if sign in "\0\ufffd" or unicodedata.category(sign) in _DROPPED:
        return "", False
    bare = "".join(c for c in unicodedata.normalize("NFD", sign) if unicodedata.category(c) != "Mn")
    lower = "".join(c.lower() for c in bare)
    return lower, _stands_alone(sign) or (len(lower) == 1 and _stands_alone(lower))


def _stands_alone(sign: str) -> bool:
    """Whether a sign is cut off on both sides: punctuation, the marks of ASCII, a CJK ideograph."""
    code = ord(sign)
    if code < 128:
        return 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return unicodedata.category(sign)[0] == "P" or any(low <= code <= high for low, high in _CJK)
