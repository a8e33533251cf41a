"""A record as one row of a table: its sentence, its source and its citation beside every value."""

from __future__ import annotations

from collections.abc import Iterable
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from detente.exchange.dates import granularity
from detente.language.words import sentences_around
from detente.records import (
    Amount,
    AnyRecord,
    Article,
    Condition,
    Origin,
    Record,
    StageEntry,
    Step,
    kind_of,
)

FIRST: dict[str, type] = {
    "kind": str, "id": str, "review": str, "source": str, "outlet": str, "published": str, "title": str, "citation": str,
    "sentence": str, "words": str, "start": int, "end": int, "read_by": str, "confidence": float, "reasons": str,
}  # fmt: skip
DATES = frozenset({"said_on", "date", "due", "valid_from"})
_SHARED = frozenset(Record.__struct_fields__)
_BETWEEN = " … "


def columns(kinds: Iterable[type[AnyRecord]]) -> dict[str, type]:
    """The columns of a table of records of some kinds: what all have, then what each kind has.

    Returns:
        By column, what it holds: `str`, `int`, `float`, `bool`, or `tuple` for several texts.
    """
    found = dict(FIRST)
    for kind in kinds:
        for field in msgspec.structs.fields(kind):
            if field.name not in _SHARED:
                found |= {
                    name: of for name, of in _columns_of(field.name, field.type).items() if name not in found
                }
    return found


def _columns_of(name: str, annotation: Any) -> dict[str, type]:
    if name == "amount":
        return {f"amount_{field.name}": _holds(field.type) for field in msgspec.structs.fields(Amount)}
    return {name: _holds(annotation)} | ({f"{name}_granularity": str} if name in DATES else {})


def _holds(annotation: Any) -> type:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (inside for inside in get_args(annotation) if inside is not type(None))
    if get_origin(annotation) is tuple:
        return tuple
    return annotation if annotation in (bool, int, float) else str


def values(record: AnyRecord, article: Article) -> dict[str, Any]:
    """A record as a row of values.

    Args:
        record: with its current value.
        article: the article that it is from.

    Returns:
        By column a text, a number, a truth value or several texts; `None` where nothing is known.
    """
    core = sorted(record.core, key=lambda e: e.start)
    start, end = core[0].start, max(e.end for e in core)
    found: dict[str, Any] = {
        "kind": kind_of(record),
        "id": record.id,
        "review": record.review,
        "source": article.origin,
        "outlet": article.publisher,
        "published": article.published,
        "title": article.title,
        "citation": citation(article, start, end),
        "sentence": sentence(record, article.text),
        "words": _BETWEEN.join(e.exact for e in core),
        "start": start,
        "end": end,
        "read_by": _plain(record.origin),
        "confidence": record.confidence,
        "reasons": "; ".join(f"{field}: {reason}" for field, reason in record.reasons.items()) or None,
    }
    for name in record.__struct_fields__:
        if name not in _SHARED:
            found |= _values_of(name, getattr(record, name))
    return found


def row(record: AnyRecord, article: Article) -> dict[str, Any]:
    """A record as a row of cells: texts and numbers alone, empty where nothing is known."""
    return {column: cell(value) for column, value in values(record, article).items()}


def cell(value: Any) -> Any:
    """A value of a row as a cell: a text or a number, empty for what is unknown."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(value)
        case _:
            return value


def citation(article: Article, start: int, end: int) -> str:
    """Where words stand, as a footnote has it: authors, title, outlet, day, address, and the code points."""
    title = f"“{article.title}”" if article.title else None
    day = article.published or "date unknown"
    named = (*article.authors, title, article.publisher, day, article.origin, f"characters {start}–{end}")
    return ", ".join(part for part in named if part)


def sentence(record: AnyRecord, text: str) -> str:
    """The sentences that a record's core words stand in, those apart joined by an ellipsis."""
    pieces: list[list[int]] = []
    for start, end in sentences_around(text, ((e.start, e.end) for e in record.core)):
        if pieces and not text[pieces[-1][1] : start].strip():
            pieces[-1][1] = end
        else:
            pieces.append([start, end])
    return _BETWEEN.join(text[start:end] for start, end in pieces)


def _values_of(name: str, value: Any) -> dict[str, Any]:
    if name == "amount":
        parts = value.to_dict() if value else dict.fromkeys(Amount.__struct_fields__)
        return {f"amount_{part}": inside for part, inside in parts.items()}
    dated = {f"{name}_granularity": granularity(value)} if name in DATES else {}
    return {name: _plain(value)} | dated


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return tuple(str(_plain(item)) for item in value)
        case Condition():
            return value.text
        case StageEntry():
            return f"{value.stage} ({value.date or 'date unknown'}: {value.words})"
        case Step():
            return f"{value.order}. {value.action} ({'; '.join(map(str, value.actors))})"
        case Origin():
            return " ".join(part for part in (value.by, value.name, value.version) if part)
        case msgspec.Struct():
            return value.name  # type: ignore[attr-defined]
        case _:
            return value
