"""JSON Lines: one article a line, `text` required; read line by line, so that a file may be larger than memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from itertools import islice
from typing import Any

from detente.articles import check
from detente.articles.encoding import BOMS, refuse_binary
from detente.articles.given import Given, too_large
from detente.articles.naming import beside, in_shell
from detente.errors import EmptyArticle, EncodingError, InputError, InvalidDate, MalformedInput
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
            yield _article(line, f"{origin}, line {number}", f"{origin}:{number}", given, unread)
        except InputError as error:
            error.remedy = error.remedy or f"sed -n {number}p {in_shell(origin)}, which shows the line to mend"
            yield error
    if not seen:
        raise EmptyArticle(f"{origin}: got no line, expected one article a line")
    if unread:
        given.note(f"{origin}: keys that are not read: {_listed(sorted(unread))}")


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


def _article(line: bytes | None, where: str, origin: str, given: Given, unread: set[str]) -> Article:
    if line is None:
        raise too_large(where, given.max_bytes)
    row = _object(line, where)
    text = row.get("text")
    if not isinstance(text, str):
        got = f"{_type(text)} for it" if "text" in row else f"the keys {_listed(row)}"
        remedy = "detente import FILE, if it is an export of détente" if "kind" in row else ""
        raise MalformedInput(f'{where}: got {got}, expected "text": a string, the article\'s text', remedy)
    fields = {name: read(row[name], f'{where}, "{name}"') for name, read in FIELDS.items() if _says(row.get(name))}
    unread.update(row.keys() - FIELDS.keys() - {"text"})
    return given.article(text, fields.pop("url", "") or origin, where, **fields)


def _object(line: bytes, where: str) -> dict[str, Any]:
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
        raise MalformedInput(f'{where}: got {_type(row)}, expected an object with "text"')
    return row


def _type(value: Any) -> str:
    """What JSON calls the type of a value."""
    names = {str: "a string", bool: "true or false", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "a number")


def _listed(keys: Iterable[str]) -> str:
    """Keys as a message names them: the first eight."""
    first = [check.quoted(key) for key in islice(keys, 9)]
    return ", ".join([*first[:8], *(["…"] if len(first) > 8 else [])]) or "none at all"


def _says(value: Any) -> bool:
    """Whether a value says anything: null, "" and [] are how exporters write "not known"."""
    return value not in (None, "", [])


# ---------------------------------------------------------------- fields


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise MalformedInput(f"{where}: got {_type(value)}, expected a string")
    return check.encodable(value, where).strip()


def _day(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InvalidDate(f"{where}: got {_type(value)}, expected a day as a string, such as 2025-03-02")
    return check.day(value, where)


def _country(value: Any, where: str) -> str:
    return check.country(_string(value, where), where)


def _language(value: Any, where: str) -> str:
    return check.language(_string(value, where), where)


def _names(value: Any, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_string(value, where),)
    if not isinstance(value, list):
        raise MalformedInput(f"{where}: got {_type(value)}, expected a list of names")
    return tuple(filter(None, (_string(name, where) for name in value)))


FIELDS: dict[str, Callable[[Any, str], Any]] = {
    "url": _string,
    "title": _string,
    "authors": _names,
    "publisher": _string,
    "published": _day,
    "country": _country,
    "language": _language,
}
