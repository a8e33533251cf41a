"""An article as a row of named values: what JSON Lines, CSV and Parquet have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from detente.articles import check
from detente.articles.given import Given
from detente.errors import InvalidDate, MalformedInput
from detente.records import Article


def article_of(row: Mapping[str, Any], where: str, origin: str, given: Given, unread: set[str]) -> Article:
    """The article that a row of values makes.

    Args:
        row: by name: `text`, and `url`, `title`, `authors`, `publisher`, `published`, `country`, `language` where known.
        where: what to call the row in errors.
        origin: of the article where the row names no `url`.
        given: what the call says.
        unread: takes the names that are not read.

    Raises:
        InputError: no text, or a value of the wrong type.
    """
    text = row.get("text")
    if not isinstance(text, str):
        got = f"{type_of(text)} for it" if "text" in row else f"the keys {listed(row)}"
        remedy = "detente import FILE, if it is an export of détente" if "kind" in row else ""
        raise MalformedInput(f'{where}: got {got}, expected "text": a string, the article\'s text', remedy)
    fields = {name: read(row[name], f'{where}, "{name}"') for name, read in FIELDS.items() if _says(row.get(name))}
    unread.update(row.keys() - FIELDS.keys() - {"text"})
    return given.article(text, fields.pop("url", "") or origin, where, **fields)


def type_of(value: Any) -> str:
    """What JSON calls the type of a value."""
    names = {str: "a string", bool: "true or false", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "a number")


def listed(keys: Iterable[str]) -> str:
    """Keys as a message names them: the first eight."""
    first = [check.quoted(key) for key in islice(keys, 9)]
    return ", ".join([*first[:8], *(["…"] if len(first) > 8 else [])]) or "none at all"


def _says(value: Any) -> bool:
    """Whether a value says anything: null, "" and [] are how exporters write "not known"."""
    return value not in (None, "", [])


# ---------------------------------------------------------------- fields


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise MalformedInput(f"{where}: got {type_of(value)}, expected a string")
    return check.encodable(value, where).strip()


def _day(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InvalidDate(f"{where}: got {type_of(value)}, expected a day as a string, such as 2025-03-02")
    return check.day(value, where)


def _country(value: Any, where: str) -> str:
    return check.country(_string(value, where), where)


def _language(value: Any, where: str) -> str:
    return check.language(_string(value, where), where)


def _names(value: Any, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_string(value, where),)
    if not isinstance(value, list):
        raise MalformedInput(f"{where}: got {type_of(value)}, expected a list of names")
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
