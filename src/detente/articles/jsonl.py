"""JSON Lines: one article a line, `text` required; read line by line, so that a file may be larger than memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from detente.articles.encoding import BOMS, refuse_binary
from detente.articles.given import Given, too_large
from detente.articles.naming import beside, in_shell
from detente.articles.rows import article_of, listed, type_of
from detente.errors import EmptyArticle, EncodingError, InputError, MalformedInput
from detente.records import Article

_CHUNK = 1 << 16


def read_jsonl(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of the lines, and an error for each line that holds none. Empty lines are passed over.

    An article without `url` has the origin `FILE:LINE`. Keys that are not read are named in a note, once a file.

    Raises:
        InputError: the file as a whole is not JSON Lines, or has no line.
    """
    _refuse_other_encodings(stream, origin)
    unread: set[str] = set()
    seen = False
    for number, line in numbered_lines(stream, given.max_bytes):
        if line is not None and not line.strip():
            continue
        seen = True
        try:
            where = f"{origin}, line {number}"
            yield article_of(_read(line, where, given.max_bytes), where, f"{origin}:{number}", given, unread)
        except InputError as error:
            error.remedy = error.remedy or f"sed -n {number}p {in_shell(origin)}, which shows the line to mend"
            yield error
    if not seen:
        raise EmptyArticle(f"{origin}: got no line, expected one article a line")
    if unread:
        given.note(f"{origin}: keys that are not read: {listed(sorted(unread))}")


def numbered_lines(stream: BufferedReader, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1; None for a line of more than `limit` bytes, which is never held whole."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield number, None


def _refuse_other_encodings(stream: BufferedReader, origin: str) -> None:
    head = stream.peek(16)[:16]
    refuse_binary(head, origin)
    for mark, name in BOMS:
        if head.startswith(mark):
            if name == "utf-8":
                stream.read(len(mark))
                return
            raise EncodingError(
                f"{origin}: got {name.upper()}, expected JSON Lines in UTF-8",
                f"iconv -f UTF-16 -t UTF-8 {in_shell(origin)} > {beside(origin, '.utf8.jsonl')}",
            )


def _read(line: bytes | None, where: str, limit: int) -> dict[str, Any]:
    """The object of a line.

    Raises:
        InputError: too long, not UTF-8, not JSON, or not an object.
    """
    if line is None:
        raise too_large(where, limit)
    try:
        row = json.loads(line.decode("utf-8").rstrip("\r\n"))  # a line end would shift the column of an error
    except UnicodeDecodeError as error:
        raise EncodingError(f"{where}: got bytes that are not UTF-8 (at {error.start}), expected UTF-8") from error
    except json.JSONDecodeError as error:
        raise MalformedInput(
            f"{where}: got broken JSON ({error.msg} at column {error.colno}), expected one object a line"
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise MalformedInput(f"{where}: got JSON that cannot be read ({error}), expected one object a line") from error
    if not isinstance(row, dict):
        raise MalformedInput(f'{where}: got {type_of(row)}, expected an object with "text"')
    return row
