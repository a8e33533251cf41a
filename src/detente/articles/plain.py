"""Plain text: one article a file, kept character for character. It has no title: `--publisher` and the like say the rest."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from detente.articles.encoding import decode
from detente.articles.given import Given
from detente.errors import InputError
from detente.records import Article


def read_plain(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The one article of a text file. Offsets into it count code points of the file as decoded, without a BOM.

    Raises:
        InputError: too large, not text, or empty.
    """
    text, encoding = decode(given.whole(stream, origin), origin)
    if encoding != "utf-8":
        given.note(f"{origin}: not UTF-8; read as {encoding}")
    yield given.article(text, origin, origin)
