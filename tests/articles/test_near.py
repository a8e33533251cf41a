"""Near-duplicates: copies, cuts and edits of a text are found, other texts are not, and memory has a bound."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import near

WORDS = [
    a + b
    for a in ("ka", "lo", "mi", "ter", "vas", "nu", "pel", "dor")
    for b in ("ren", "sta", "vil", "ok", "und", "ea", "ims", "ato")
]


def made(seed: int, count: int = 400) -> str:
    """A text of made words, in sentences."""
    drawn = random.Random(seed).choices(WORDS, k=count)
    return " ".join(w + "." * (n % 12 == 11) for n, w in enumerate(drawn))


def changed(text: str, share: float) -> str:
    """The text with a share of its words replaced, each by one that it has nowhere."""
    given, draw = text.split(" "), random.Random(9)
    for at in draw.sample(range(len(given)), round(share * len(given))):
        given[at] = f"new{at}"
    return " ".join(given)


def first(text: str, share: float) -> str:
    """The beginning of a text."""
    given = text.split(" ")
    return " ".join(given[: round(share * len(given))])


TEXT = made(1)
# What outlets do to a story, with the least containment and resemblance that it leaves.
COPIES = [
    ("as it is", TEXT, 1.0, 1.0),
    ("other case and marks", TEXT.upper().replace(".", " –"), 1.0, 1.0),
    ("another headline and an agency's line", f"Nine words stand over this story in the paper\nMARDON (Agency) – {TEXT}", 0.99, 0.9),
    ("a twentieth of the words changed", changed(TEXT, 0.05), 0.75, 0.6),
    ("a tenth of the words changed", changed(TEXT, 0.1), 0.55, 0.4),
    ("cut to a half", first(TEXT, 0.5), 1.0, 0.45),
    ("cut to a quarter", first(TEXT, 0.25), 1.0, 0.2),
    ("with four paragraphs more", f"{TEXT}\n{made(2, 200)}", 0.99, 0.6),
]  # fmt: skip


def signature(text: str) -> near.Signature:
    return near.sketch(near.shingles(near.words(text)))


def similarity(one: near.Signature, other: near.Signature) -> float:
    """The resemblance of two texts as their signatures estimate it; 0 for a text without a word, which has the last number everywhere."""
    return float(np.mean((one == other) & (one != 0xFFFFFFFF)))


def overlap(one: str, other: str) -> near.Overlap:
    return near.overlap(near.shingles(near.words(one)), near.shingles(near.words(other)))


@pytest.mark.parametrize(
    ("copy", "containment", "resemblance"), [pytest.param(*c[1:], id=c[0]) for c in COPIES]
)
def test_a_copy_overlaps(copy, containment, resemblance):
    found = overlap(TEXT, copy)
    assert found.containment >= containment
    assert found.resemblance >= resemblance
    assert abs(similarity(signature(TEXT), signature(copy)) - found.resemblance) < 4 * 0.046


@pytest.mark.parametrize("copy", [pytest.param(c[1], id=c[0]) for c in COPIES if c[3] >= 0.4])
def test_a_copy_shares_a_band_and_other_texts_do_not(copy):
    found = set(near.bands(signature(copy)).tolist())
    assert found & set(near.bands(signature(TEXT)).tolist())
    assert not any(found & set(near.bands(signature(made(number))).tolist()) for number in range(2, 100))


@pytest.mark.parametrize("other", ["", "…", "A line.", made(77)])
def test_other_texts_do_not_overlap(other):
    assert overlap(TEXT, other).containment < 0.05
    assert similarity(signature(TEXT), signature(other)) < 0.05


@pytest.mark.parametrize("text", ["", " \n", "—…!", "\u200f"])
def test_a_text_without_words_resembles_nothing_not_even_itself(text):
    blank = signature(text)
    assert similarity(blank, blank) == 0
    assert len(near.bands(blank)) == 0


@pytest.mark.parametrize(
    "text", ["one", "Two words", "سلام عليكم", "日本語の記事", "\ud800 half", "a" * 100_000, "\0"]
)
def test_any_text_has_a_signature(text):
    of = signature(text)
    assert (of.shape, of.dtype) == ((near.SIZE,), np.uint32)


def test_a_signature_is_the_same_everywhere():
    assert signature("Talks in Mardon went on until the morning.")[:3].tolist() == [
        859285639,
        1021452784,
        110419472,
    ]


def test_a_long_text_is_hashed_in_pieces_with_the_same_result(monkeypatch):
    whole = signature(TEXT)
    monkeypatch.setattr(near, "_CHUNK", 7)
    assert (signature(TEXT) == whole).all()


def test_salt_keeps_the_keys_of_two_sorts_apart():
    of = signature(TEXT)
    assert not set(near.bands(of).tolist()) & set(near.bands(of, salt=1000).tolist())


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.lists(st.sampled_from("abcdef"), max_size=30))
def test_overlap_is_symmetric_and_bounded(one, other):
    a, b = near.shingles(one), near.shingles(other)
    assert near.overlap(a, b) == near.overlap(b, a)
    found = near.overlap(a, b)
    assert 0 <= found.resemblance <= found.containment <= 1
    assert (found.resemblance == 1) == (len(a) > 0 and a.tolist() == b.tolist())
