"""Plain text is kept character for character."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import read_sources
from detente.errors import EmptyArticle, InputError
from detente.records import Article

LETTERS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff"), min_size=1)


def read_one(path: Path, **options) -> Article | InputError:
    (result,) = read_sources(path, **options)
    return result


@given(LETTERS)
def test_the_text_is_that_of_the_file_with_its_line_ends(tmp_path_factory, text: str) -> None:
    path = tmp_path_factory.mktemp("plain") / "a.txt"
    path.write_bytes(b"Ana. " + text.encode())
    article = read_one(path)
    with path.open(encoding="utf8", newline="") as file:
        assert article.text == file.read()
    assert article.id == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "\n\na \n", "\ta\x0cb\u2028c\x85d", "a\u0301 á", "🕊 a"])
def test_nothing_is_trimmed_or_normalised(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read_one(tmp_path / "a.txt").text == text


def test_the_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffMarland".encode())
    assert read_one(tmp_path / "a.txt").text == "Marland"


def test_a_text_file_says_nothing_of_itself_but_its_headline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The talks resumed.\n\nThey end on Friday.")
    article = read_one(tmp_path / "a.txt")
    assert (article.title, article.authors, article.published, article.publisher, article.country) == (None, (), None, None, None)
    assert article.name == "a.txt"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks resume in Lindau\n\nThe talks resumed.", "Talks resume in Lindau"),
        ("\n  # Who has promised what?\r\n\r\nOstrava has.", "Who has promised what?"),
        ("Talks resume in Lindau\nThe talks resumed.", None),  # no empty line: the first of a paragraph's lines
        ("The talks resumed.\n\nThey end on Friday.", None),
        ("PRESIDENT VELKOVA:\n\nGood morning.", None),
        ("Talks resume in Lindau\n\n  \n", None),
        ("Talks " * 40 + "\n\nThe talks resumed.", None),
    ],
)
def test_a_first_line_that_stands_apart_is_the_title(tmp_path: Path, text: str, title: str | None) -> None:
    (tmp_path / "a.txt").write_text(text, newline="")
    article = read_one(tmp_path / "a.txt")
    assert (article.title, article.text) == (title, text)


def test_what_is_given_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The talks resumed.")
    article = read_one(tmp_path / "a.txt", published="2025-03-02T08:00Z", country="uk", publisher="The Marland Courier")
    assert (article.published, article.country, article.publisher) == ("2025-03-02", "GB", "The Marland Courier")


def test_another_encoding_than_utf8_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Yes”".encode("cp1252"))
    notes: list[str] = []
    assert read_one(tmp_path / "a.txt", notes=notes.append).text == "“Yes”"
    assert notes == [f"{tmp_path / 'a.txt'}: not UTF-8; read as cp1252"]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert isinstance(read_one(tmp_path / "a.txt"), EmptyArticle)


@pytest.mark.parametrize(("size", "fits"), [(99, True), (100, True), (101, False)])
def test_the_limit_is_the_most_that_an_article_may_take(tmp_path: Path, size: int, fits: bool) -> None:
    (tmp_path / "a.txt").write_text("a" * size)
    result = read_one(tmp_path / "a.txt", max_bytes=100)
    assert isinstance(result, Article) == fits
    if not fits:
        assert "more than 100 bytes" in result.message
        assert ".jsonl" in result.remedy
