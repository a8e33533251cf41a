"""Bytes to text: what is kept, what is said, what is refused."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles.encoding import FORMATS, decode, refuse_binary
from detente.errors import EncodingError

WORDS = "“We’ll sign,” said Ana Velkova — “£2.5bn”.\r\n\tÉtat d’Ostrava\n"


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_the_text_is_kept_and_the_mark_dropped(encoding: str, mark: bytes, name: str) -> None:
    assert decode(mark + WORDS.encode(encoding), "a.txt") == (WORDS, name)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_every_utf8_text_comes_back_character_for_character(text: str) -> None:
    data = text.encode("utf-8")
    if data.startswith(b"\xef\xbb\xbf") or any(data.startswith(f.magic) for f in FORMATS):
        return
    assert decode(data, "a.txt").text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused_and_never_replaced(data: bytes) -> None:
    try:
        text, encoding = decode(data, "a.txt")
    except EncodingError:
        return
    assert data.endswith(text.encode(encoding))


def test_a_damaged_utf8_file_is_not_read_as_windows_1252() -> None:
    data = WORDS.encode()
    cut = data.index(b"\xe2\x80\x94")
    with pytest.raises(EncodingError, match=f"damaged at byte {cut}") as caught:
        decode(data[: cut + 1] + data[cut + 3 :], "a b.txt")
    assert caught.value.remedy.startswith("iconv -c -f UTF-8 -t UTF-8 'a b.txt' > ")


def test_an_old_text_with_one_pair_that_looks_like_utf8_is_still_windows_1252() -> None:
    words = "“CAFɔ, said the sign – “the café”, as “he” calls it"
    assert decode(words.replace("ɔ", "É”").encode("cp1252"), "a.txt").encoding == "cp1252"


@pytest.mark.parametrize("data", [b"caf\xe9 \x81", b"\x90\xe9"])
def test_bytes_that_windows_1252_lacks_are_refused(data: bytes) -> None:
    with pytest.raises(EncodingError, match="neither UTF-8 nor cp1252") as caught:
        decode(data, "a.txt")
    assert caught.value.remedy.startswith("iconv -f ENCODING")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("plain".encode("utf-16-le"), "a NUL byte at 1"),
        (b"abc\0", "a NUL byte at 3"),
        (b"\xe9\x01\x02\xff", "binary data"),
    ],
)
def test_binary_data_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(EncodingError, match=says):
        decode(data, "a.txt")


@pytest.mark.parametrize("known", FORMATS, ids=lambda f: f.name)
def test_a_file_of_another_format_is_named_with_what_makes_text_of_it(known) -> None:
    with pytest.raises(EncodingError) as caught:
        refuse_binary(known.magic + b"rest", "press release")
    assert caught.value.message == f"press release: got {known.name}, expected text"
    assert "{" not in caught.value.remedy
    if " > " in caught.value.remedy:
        words = shlex.split(caught.value.remedy.split("&&")[0])
        assert words[-1] != "press release", "the remedy would overwrite the file"


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("windows-1251", "cp1251"),
        ("iso-8859-2", "iso8859-2"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf-8", "cp1252"),
        ("no-such-thing", "cp1252"),
        ("hex", "cp1252"),
        ("", "cp1252"),
        (None, "cp1252"),
    ],
)
def test_a_declared_encoding_is_tried_where_utf8_fails(declared: str | None, expected: str) -> None:
    data = b"caf\xe9 au lait"
    assert decode(data, "a.html", declared) == (data.decode(expected), expected)


def test_a_declared_encoding_gives_way_to_valid_utf8() -> None:
    assert decode("café".encode(), "a.html", "iso-8859-2") == ("café", "utf-8")
