"""Near-duplicates and wire copies: which texts share their wording, told from small signatures.

A text is the set of its runs of four words (shingles). Two numbers say how far two texts are one: their resemblance, the
share of runs that both have among those that either has; and their containment, the share of the shorter text's runs that
the other has, which stays high where an outlet cuts a story from the bottom. A signature estimates both without the texts
(Broder 1997): for each of many random orders of all runs it keeps the least run of the text, and two texts agree in one
such place as often as they resemble each other: with `SIZE` orders the standard error of that is at most 0.046. Two texts are
compared only where a band of their signatures is the same, so that one text is found among many thousands without looking at the
rest (Leskovec, Rajaraman and Ullman 2020, chapter 3).

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
