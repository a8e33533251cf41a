"""Names of sources in articles and commands."""

import shlex

import pytest

from detente.articles.naming import beside, in_shell, origin_of


@pytest.mark.parametrize(
    ("path", "origin"),
    [("-", "stdin"), ("news/a.txt", "news/a.txt"), ("Übergabe.txt", "Übergabe.txt"), ("a\udce9.txt", "a\\xe9.txt")],
)
def test_an_origin_is_the_path_as_given_and_always_text(path: str, origin: str) -> None:
    assert origin_of(path) == origin
    origin.encode("utf-8")


@pytest.mark.parametrize(("origin", "word"), [("stdin", "-"), ("a.txt", "a.txt"), ("a b'c.txt", """'a b'"'"'c.txt'""")])
def test_a_name_is_quoted_for_the_shell(origin: str, word: str) -> None:
    assert in_shell(origin) == word


@pytest.mark.parametrize(
    ("origin", "suffix", "name"),
    [
        ("news/a.pdf", ".txt", "news/a.txt"),
        ("news/a b.pdf", ".txt", "news/a b.txt"),
        ("a.txt", ".txt", "a-text.txt"),
        ("a", "", "a-text"),
        ("a.gz", "", "a"),
    ],
)
def test_a_name_beside_is_never_the_files_own(origin: str, suffix: str, name: str) -> None:
    assert shlex.split(beside(origin, suffix)) == [name]
