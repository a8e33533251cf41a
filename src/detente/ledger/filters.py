"""What `where` understands: filters become SQL, from the fields that the record kinds have.

The filters on fields are derived from the record types: every field that holds a category or a yes or no
can be asked for by its name, every field that names actors by its role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from detente.errors import InvalidDate, UnknownName
from detente.ledger.rows import name_key
from detente.ledger.words import match_expression
from detente.records import KINDS, Actor, ActorRef, Article, Step

UNKNOWN = "unknown"  # asks for the records whose field is None
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

Condition = tuple[str, tuple[Any, ...]]

_RECORD_ACTOR = "r.serial IN (SELECT record FROM record_actors WHERE {role}actor IN (SELECT actor FROM actor_names WHERE key = ? UNION SELECT ?))"
_COMMON = ("actor", "article", "publisher", "country", "since", "until", "text")


@lru_cache(maxsize=64)
def _fields(kinds: tuple[str, ...]) -> tuple[dict[str, tuple[Any, ...]], frozenset[str]]:
    """The categories by field, and the fields that name actors, of some record kinds."""
    categories: dict[str, tuple[Any, ...]] = {}
    roles: set[str] = set()
    for kind in kinds:
        for field in msgspec.structs.fields(KINDS[kind]):
            if values := _categories(field.type):
                categories[field.name] = tuple(dict.fromkeys((*categories.get(field.name, ()), *values)))
            elif _names_actors(field.type):
                roles.add(field.name)
    return categories, frozenset(roles)


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _categories(annotation: Any) -> tuple[Any, ...]:
    for option in _options(annotation):
        if get_origin(option) is Literal:
            return get_args(option)
        if option is bool:
            return (True, False)
    return ()


def _names_actors(annotation: Any) -> bool:
    inner = [get_args(o)[0] if get_origin(o) is tuple else o for o in _options(annotation)]
    return ActorRef in inner or Step in inner


def record_filters(kinds: Iterable[str]) -> list[str]:
    """The names of the filters that records of these kinds have, in order."""
    categories, roles = _fields(tuple(kinds))
    return sorted({*_COMMON, *categories, *roles})


def record_conditions(kinds: tuple[str, ...], asked: Mapping[str, Any]) -> list[Condition]:
    """The SQL for filters on records, over the aliases `r` (records) and `a` (articles).

    Raises:
        UnknownName: no such filter, or no such category.
        InvalidDate: `since` or `until` is not an ISO date.
    """
    categories, roles = _fields(kinds)
    found = []
    for name, value in asked.items():
        if name in categories:
            found.append(_category(name, value, categories[name]))
        elif name == "actor" or name in roles:
            found.append(_actor("" if name == "actor" else name, value))
        elif name == "text":
            found.append(_matching("r.serial", "record_words", value))
        else:
            found.append(article_condition(name, value, record_filters(kinds)))
    return found


def article_condition(name: str, value: Any, known: Iterable[str]) -> Condition:
    """The SQL for one filter on articles, over the alias `a`."""
    match name:
        case "article":
            return _article(value)
        case "publisher" | "country":
            return f"a.{name} = ? COLLATE NOCASE", (str(value),)
        case "since":
            return "a.published >= ?", (iso_date(value, "since"),)
        case "until":
            return "a.published <= ?", (iso_date(value, "until"),)
        case _:
            raise unknown("filter", name, known)


def article_conditions(asked: Mapping[str, Any]) -> list[Condition]:
    """The SQL for filters on articles."""
    return [
        _matching("a.serial", "article_words", value)
        if name == "text"
        else article_condition(name, value, ("article", "country", "publisher", "since", "text", "until"))
        for name, value in asked.items()
    ]


def actor_conditions(asked: Mapping[str, Any]) -> list[Condition]:
    """The SQL for filters on actors, over the alias `x`."""
    found: list[Condition] = []
    for name, value in asked.items():
        if name in ("type", "country"):
            found.append((f"x.{name} = ? COLLATE NOCASE", (str(value),)))
        elif name in ("name", "actor"):
            found.append(("x.id IN (SELECT actor FROM actor_names WHERE key = ? UNION SELECT ?)", _actor_keys(value)))
        else:
            raise unknown("filter", name, ("actor", "country", "name", "type"))
    return found


def iso_date(value: Any, name: str) -> str:
    """A day as ISO 8601 writes it.

    Raises:
        InvalidDate: it is not one.
    """
    words = value.isoformat() if isinstance(value, date) else str(value)
    try:
        if not _ISO.fullmatch(words):
            raise ValueError
        return date.fromisoformat(words).isoformat()
    except ValueError:
        raise InvalidDate(f"{name}: got {words!r}, expected a day as YYYY-MM-DD", f"{name}=2025-03-02") from None


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownName:
    """The error for a name that does not exist: the near ones, and all that are known."""
    names = sorted(str(k) for k in known)
    near = get_close_matches(name, names, n=3)
    return UnknownName(f"got the {what} {name!r}, expected one of: {', '.join(names)}", " or ".join(near))


def _category(name: str, value: Any, known: tuple[Any, ...]) -> Condition:
    # `review` has a column of its own, since a page of work to do asks for it all the time.
    field = "r.review" if name == "review" else f"json_extract(r.value, '$.{name}')"
    if value == UNKNOWN:
        return f"{field} IS NULL", ()
    if value not in known:
        raise unknown(name, str(value), [*map(str, known), UNKNOWN])
    return f"{field} = ?", (int(value) if isinstance(value, bool) else value,)


def _actor(role: str, value: Any) -> Condition:
    if value == UNKNOWN and role:
        return "NOT EXISTS (SELECT 1 FROM record_actors WHERE record = r.serial AND role = ?)", (role,)
    sql = _RECORD_ACTOR.format(role="role = ? AND " if role else "")
    return sql, ((role,) if role else ()) + _actor_keys(value)


def _actor_keys(value: Any) -> tuple[str, str]:
    """The key of a name and the id: what is given may be either."""
    if isinstance(value, Actor | ActorRef):
        return "", value.id
    return name_key(str(value)), str(value)


def _article(value: Any) -> Condition:
    if isinstance(value, Article):
        return "a.id = ?", (value.id,)
    return "(a.id = ? OR a.origin = ?)", (str(value), str(value))


def _matching(serial: str, index: str, words: Any) -> Condition:
    expression = match_expression(str(words))
    if expression is None:
        return "0", ()
    return f"{serial} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", (expression,)
