"""Near-duplicates and wire copies: which texts share their wording, told from small signatures.

A text is the set of its runs of four words (shingles). Two numbers say how far two texts are one: their resemblance, the
share of runs that both have among those that either has; and their containment, the share of the shorter text's runs that
the other has, which stays high where an outlet cuts a story from the bottom. A signature estimates both without the texts
(Broder 1997): for each of many random orders of all runs it keeps the least run of the text, and two texts agree in one
such place as often as they resemble each other. Two texts are compared only where a band of their signatures is the same,
so that one text is found among many thousands without looking at the rest (Leskovec, Rajaraman and Ullman 2020, chapter 3).

Everything here is deterministic: the same text gives the same signature on any machine.

Source: Broder 1997, On the resemblance and containment of documents; Leskovec, Rajaraman and Ullman 2020, Mining of
Massive Datasets.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]
"""The least run of a text in each of `SIZE` orders; shape (SIZE,)."""
Hashes = NDArray[np.uint64]
"""Hashes of 64 bits, each once and in order."""

SHINGLE = 4  # words
ROWS, BANDS, LEAD_BANDS = 3, 40, 16
SIZE = ROWS * BANDS
# An outlet that cuts a story keeps its beginning, which is therefore looked up by itself.
LEAD = 120  # words

WORD = re.compile(r"[^\W_]+")
_CHUNK = 4096  # runs hashed at a time: a book takes no more memory than an article
_NONE = np.uint32(0xFFFFFFFF)


class Overlap(NamedTuple):
    """How far two texts share their runs of words, each from 0 to 1."""

    resemblance: float
    containment: float


# ---------------------------------------------------------------- one text


def words(text: str) -> list[str]:
    """The words of a text as they are compared: letters and digits alone, without case; "can’t" is two."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(given: list[str], length: int = SHINGLE) -> Hashes:
    """The hashes of all runs of `length` words, each once and in order; one run of a text that is shorter.

    Args:
        given: words of a text, as `words` gives them.
        length: words in a run.

    Returns:
        Shape (n,), n up to the number of words; empty where there is no word.
    """
    return np.unique(runs(given, length))


def runs(given: list[str], length: int = SHINGLE) -> Hashes:
    """The hash of each run of `length` words, in the order of the text; see `shingles`."""
    if not given:
        return np.empty(0, np.uint64)
    codes = np.array([crc32(w.encode("utf-8", "surrogatepass")) for w in given], np.uint64)
    length = min(length, len(given))
    count = len(given) - length + 1
    total = np.zeros(count, np.uint64)
    for place in range(length):
        total += codes[place : place + count] * _ODD[place]
    return mixed(total)


def mixed(values: Hashes) -> Hashes:
    """Each number sent to another one that looks random: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


# Multipliers of the orders and of the words' places in a run: odd, so that no two numbers are sent to one.
_RANDOM = mixed(np.arange(1, 2 * SIZE + 65, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
_FACTORS, _TERMS, _ODD = (
    _RANDOM[:SIZE] | np.uint64(1),
    _RANDOM[SIZE : 2 * SIZE],
    _RANDOM[2 * SIZE :] | np.uint64(1),
)


def signature(text: str) -> Signature:
    """The signature of a text: as long for a book as for a line.

    Args:
        text: any text.

    Returns:
        Shape (SIZE,), 480 bytes. A text without a word has one that resembles no other.
    """
    return sketch(shingles(words(text)))


def sketch(hashes: Hashes, size: int = SIZE) -> Signature:
    """The signature of a set of hashes: its least member in each of `size` orders.

    Args:
        hashes: the set, such as a text's `shingles`.
        size: how many orders, 1 to SIZE.
    """
    least = np.full(size, _NONE, np.uint32)
    for start in range(0, len(hashes), _CHUNK):
        part = hashes[start : start + _CHUNK, None]
        ordered = (part * _FACTORS[:size] + _TERMS[:size]) >> np.uint64(32)
        np.minimum(least, ordered.min(axis=0).astype(np.uint32), out=least)
    return least


def bands(of: Signature, salt: int = 0, rows: int = ROWS) -> Hashes:
    """A key for each band of a signature: texts that share one may be near, and others are not looked at.

    Args:
        of: a signature, of a multiple of `rows` places.
        salt: a number that keeps the keys of one sort of thing apart from those of another.
        rows: places in a band, up to 64: the more, the more alike two texts must be to share one.

    Returns:
        Shape (places / rows,); empty for a text without a word.
    """
    if (of == _NONE).all():
        return np.empty(0, np.uint64)
    cut = of.reshape(-1, rows).astype(np.uint64)
    places = np.arange(len(cut), dtype=np.uint64) + np.uint64(salt)
    return mixed((cut * _ODD[:rows]).sum(axis=1, dtype=np.uint64) + mixed(places))


# ---------------------------------------------------------------- two texts


def overlap(one: Hashes, other: Hashes) -> Overlap:
    """How far two texts share their runs, exactly.

    Args:
        one: the `shingles` of a text.
        other: those of another.
    """
    least = min(len(one), len(other))
    if not least:
        return Overlap(0.0, 0.0)
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return Overlap(shared / (len(one) + len(other) - shared), shared / least)


def similarity(one: Signature, other: Signature) -> float:
    """The resemblance of two texts as their signatures estimate it, 0 to 1; the standard error is at most 0.046."""
    return float(np.mean((one == other) & (one != _NONE)))


class Near(NamedTuple):
    """A text that an index has seen, and the resemblance to it as signatures estimate it, 0 to 1."""

    key: str
    similarity: float


class Index:
    """The texts of a stream that may be near to the next one, in bounded memory and constant time a text.

    It remembers the last `window` texts. Copies of a story appear within days, so that in a stream in the order of dates the
    older ones are not missed. For each band it keeps, under a slot of a fixed table, the last text that fell there, and for
    each text the one before it in its slot: chains as in Deutsch 1996 (RFC 1951), section 4, with texts in the place of strings.

    Args:
        window: how many texts are remembered, at least 1. A hundred thousand take 90 MB.
        least: the least resemblance that is told, 0 to 1.
        reach: how many texts a chain is followed back, at least 1.
    """

    def __init__(self, window: int = 100_000, least: float = 0.3, reach: int = 8) -> None:
        if window < 1 or reach < 1 or not 0 <= least <= 1:
            raise ValueError(
                f"got window={window}, least={least}, reach={reach}; expected 1 or more, 0 to 1, 1 or more"
            )
        self._window, self._least, self._reach = window, least, reach
        self._slots = 1 << window.bit_length()
        self._latest = np.full((BANDS, self._slots), -1, np.int32)
        self._before = np.full((window, BANDS), -1, np.int32)
        self._signatures = np.full((window, SIZE), _NONE, np.uint32)
        self._keys = [""] * window
        self._count = 0

    def __len__(self) -> int:
        return min(self._count, self._window)

    def add(self, key: str, of: Signature) -> list[Near]:
        """Remember a text, and tell which of those remembered it resembles, the nearest first.

        Args:
            key: what the text is called.
            of: its `signature`.
        """
        found = self._near(of)
        self._remember(key, of)
        return found

    def _near(self, of: Signature) -> list[Near]:
        numbers = self._candidates(of)
        places = numbers % self._window
        shares = (self._signatures[places] == of).mean(axis=1)
        near = [
            (float(share), int(number))
            for share, number in zip(shares, numbers, strict=True)
            if share >= self._least
        ]
        near.sort(key=lambda pair: (-pair[0], pair[1]))
        return [Near(self._keys[number % self._window], share) for share, number in near]

    def _candidates(self, of: Signature) -> NDArray[np.int32]:
        """The numbers of the remembered texts that stand in one slot with this one, each once."""
        keys = bands(of)
        if not len(keys):
            return np.empty(0, np.int32)
        at = self._latest[np.arange(BANDS), self._slot(keys)]
        found = [at]
        for _ in range(self._reach - 1):
            at = np.where(self._held(at), self._before[at % self._window, np.arange(BANDS)], -1)
            found.append(at)
        numbers = np.unique(np.concatenate(found))
        return numbers[self._held(numbers)]

    def _remember(self, key: str, of: Signature) -> None:
        place = self._count % self._window
        self._keys[place], self._signatures[place] = key, of
        if len(keys := bands(of)):
            row, slots = np.arange(BANDS), self._slot(keys)
            self._before[place] = self._latest[row, slots]
            self._latest[row, slots] = self._count
        self._count += 1

    def _slot(self, keys: Hashes) -> NDArray[np.int64]:
        return (keys % np.uint64(self._slots)).astype(np.int64)

    def _held(self, numbers: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which numbers are those of texts that are still remembered."""
        return (numbers >= 0) & (numbers >= self._count - self._window)
