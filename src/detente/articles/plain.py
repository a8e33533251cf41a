"""Plain text: one article a file, kept character for character. Its title is a first line that stands apart as a headline does,
and its day and outlet are what a line of their own says (`masthead`).

`--publisher` and the like say the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from detente.articles.encoding import decode
from detente.articles.given import Given
from detente.articles.masthead import masthead
from detente.errors import InputError
from detente.records import Article

_LONGEST = 160  # characters up to which a line is taken for a headline
_ENDS = tuple(".;,:…\"”’'")  # what the last line of a paragraph ends with, and a headline seldom does


def read_plain(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The one article of a text file. Offsets into it count code points of the file as decoded, without a BOM.

    Raises:
        InputError: too large, not text, or empty.
    """
    text, encoding = decode(given.whole(stream, origin), origin)
    if encoding != "utf-8":
        given.note(f"{origin}: not UTF-8; read as {encoding}")
    yield given.article(text, origin, origin, title=headline(text), **masthead(text)._asdict())


def headline(text: str) -> str:
    """The first line, where it is short, ends as no sentence does and an empty line and more follow; else nothing."""
    first, _, rest = text.strip().partition("\n")
    second, _, more = rest.partition("\n")
    apart = not second.strip() and more.strip()
    line = first.lstrip("# ").strip()
    return line if apart and len(line) <= _LONGEST and not line.endswith(_ENDS) else ""
