"""What `where` understands: filters become SQL, from the fields that the record kinds have.

The filters on fields are derived from the record types: every field that holds a category or a yes or no
can be asked for by its name, every field that names actors by its role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

import msgspec

from detente.errors import InvalidDate, UnknownName
from detente.ledger.fields import categories, roles
from detente.ledger.rows import name_key
from detente.ledger.schema import CATEGORY_COLUMNS
from detente.ledger.words import match_expression
from detente.records import KINDS, Actor, ActorRef, Article

UNKNOWN = "unknown"  # asks for the records whose field is None
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class Condition(msgspec.Struct, frozen=True):
    """One condition of a query.

    Args:
        sql: over the aliases `r` (records), `a` (articles) or `x` (actors).
        parameters: for its question marks.
        of_article: whether it asks something of the article, and not of the record.
        tallied: whether what it asks of the record stands in the table of tallies.
        selective: whether it leaves so few records that they should be looked up first.
        asks: the name of the filter that it is from.
    """

    sql: str
    parameters: tuple[Any, ...] = ()
    of_article: bool = False
    tallied: bool = False
    selective: bool = False
    asks: str = ""


_NAMED = "SELECT actor FROM actor_names WHERE key = ? UNION SELECT ?"
# The one that is kept, where an actor is merged into another; a column of a compound query is called as in its first part.
_ACTOR_IDS = (
    f"SELECT coalesce((SELECT kept FROM actor_merges m WHERE m.actor = n.actor), n.actor) FROM ({_NAMED}) n"
)
_RECORD_ACTOR = f"r.serial IN (SELECT record FROM record_actors WHERE {{role}}actor IN ({_ACTOR_IDS}))"
_COMMON = ("actor", "article", "publisher", "country", "since", "until", "text")


def record_filters(kinds: Iterable[str]) -> list[str]:
    """The names of the filters that records of these kinds have, in order."""
    named = tuple(kinds)
    return sorted({*_COMMON, *categories(named), *roles(named), *(("issue",) if has_issues(named) else ())})


def record_conditions(kinds: tuple[str, ...], asked: Mapping[str, Any]) -> list[Condition]:
    """The SQL for filters on records, over the aliases `r` (records) and `a` (articles).

    Raises:
        UnknownName: no such filter, or no such category.
        InvalidDate: `since` or `until` is not an ISO date.
    """
    return [
        msgspec.structs.replace(_of_record(kinds, name, value), asks=name) for name, value in asked.items()
    ]


def _of_record(kinds: tuple[str, ...], name: str, value: Any) -> Condition:
    if name in categories(kinds):
        return _category(name, value, categories(kinds)[name])
    if name == "actor" or name in roles(kinds):
        return _actor("" if name == "actor" else name, value)
    if name == "text":
        return _matching("r.serial", "record_words", value)
    if name == "issue" and has_issues(kinds):
        asked = "IS NULL" if value == UNKNOWN else "= ?"
        return Condition(
            f"json_extract(r.value, '$.issue') {asked}", () if value == UNKNOWN else (str(value),)
        )
    return article_condition(name, value, record_filters(kinds))


def has_issues(kinds: Iterable[str]) -> bool:
    """Whether records of some of these kinds are about an issue."""
    return any("issue" in KINDS[kind].__struct_fields__ for kind in kinds)


def article_condition(name: str, value: Any, known: Iterable[str]) -> Condition:
    """The SQL for one filter on articles, over the alias `a`."""
    match name:
        case "article":
            return _article(value)
        case "publisher" | "country":
            if value == UNKNOWN:
                return Condition(f"a.{name} IS NULL", of_article=True)
            return Condition(f"a.{name} = ? COLLATE NOCASE", (str(value),), of_article=True)
        case "since":
            return Condition("a.published >= ?", (iso_date(value, "since"),), of_article=True)
        case "until":
            return Condition("a.published <= ?", (iso_date(value, "until"),), of_article=True)
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
            found.append(Condition(f"x.{name} = ? COLLATE NOCASE", (str(value),)))
        elif name in ("name", "actor"):
            found.append(Condition(f"x.id IN ({_ACTOR_IDS})", _actor_keys(value)))
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
        raise InvalidDate(
            f"{name}: got {words!r}, expected a day as YYYY-MM-DD", f"{name}=2025-03-02"
        ) from None


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownName:
    """The error for a name that does not exist: the near ones, and all that are known."""
    names = sorted(str(k) for k in known)
    near = get_close_matches(name, names, n=3)
    return UnknownName(f"got the {what} {name!r}, expected one of: {', '.join(names)}", " or ".join(near))


def _category(name: str, value: Any, known: tuple[Any, ...]) -> Condition:
    field = f"r.{name}" if name in CATEGORY_COLUMNS else f"json_extract(r.value, '$.{name}')"
    tallied = name in CATEGORY_COLUMNS
    if value == UNKNOWN:
        return Condition(f"{field} IS NULL", tallied=tallied)
    value = {"true": True, "false": False}.get(value, value) if known == (True, False) else value
    if value not in known:
        raise unknown(name, str(value), [*map(str, known), UNKNOWN])
    # People judge a small part of what was read: what they judged is found through an index, the rest is gone through.
    judged = name == "review" and value != "proposed"
    # The plus keeps SQLite from the index, which it would otherwise ask once for every article.
    return Condition(
        f"{'' if judged else '+'}{field} = ?",
        (int(value) if isinstance(value, bool) else value,),
        tallied=tallied,
        selective=judged,
    )


def _actor(role: str, value: Any) -> Condition:
    if value == UNKNOWN and role:
        return Condition(
            "NOT EXISTS (SELECT 1 FROM record_actors WHERE record = r.serial AND role = ?)", (role,)
        )
    sql = _RECORD_ACTOR.format(role="role = ? AND " if role else "")
    return Condition(sql, ((role,) if role else ()) + _actor_keys(value), selective=True)


def _actor_keys(value: Any) -> tuple[str, str]:
    """The key of a name and the id: what is given may be either."""
    if isinstance(value, Actor | ActorRef):
        return "", value.id
    return name_key(str(value)), str(value)


def _article(value: Any) -> Condition:
    if isinstance(value, Article):
        return Condition("a.id = ?", (value.id,), of_article=True)
    return Condition("(a.id = ? OR a.origin = ?)", (str(value), str(value)), of_article=True)


def _matching(serial: str, index: str, words: Any) -> Condition:
    expression = match_expression(str(words))
    if expression is None:
        return Condition("0")
    return Condition(
        f"{serial} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", (expression,), selective=True
    )
