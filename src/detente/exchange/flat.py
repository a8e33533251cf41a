"""A record as one row of a table: every value a number or a text, its sentence and its source beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

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

FIRST = (
    "kind", "id", "review", "source", "outlet", "published", "title", "sentence", "words", "start", "end",
    "read_by", "confidence", "reasons",
)  # fmt: skip
_SHARED = frozenset(Record.__struct_fields__)
_AMOUNT = tuple(f"amount_{name}" for name in Amount.__struct_fields__)
_BETWEEN = " … "


def columns(kinds: Iterable[type[AnyRecord]]) -> list[str]:
    """The columns of a table of records of some kinds: what all have, then what each kind has."""
    own = [name for kind in kinds for name in _own(kind)]
    return list(dict.fromkeys((*FIRST, *own)))


def _own(kind: type[AnyRecord]) -> list[str]:
    names = [name for name in kind.__struct_fields__ if name not in _SHARED]
    return [column for name in names for column in (_AMOUNT if name == "amount" else (name,))]


def row(record: AnyRecord, article: Article) -> dict[str, Any]:
    """A record as a row.

    Args:
        record: with its current value.
        article: the article that it is from.

    Returns:
        By column, a text or a number; empty where nothing is known.
    """
    found: dict[str, Any] = {
        "kind": kind_of(record),
        "id": record.id,
        "review": record.review,
        "source": article.origin,
        "outlet": article.publisher,
        "published": article.published,
        "title": article.title,
        "sentence": sentence(record, article.text),
        "words": _BETWEEN.join(e.exact for e in sorted(record.core, key=lambda e: e.start)),
        "start": min(e.start for e in record.core),
        "end": max(e.end for e in record.core),
        "read_by": _cell(record.origin),
        "confidence": record.confidence,
        "reasons": "; ".join(f"{field}: {reason}" for field, reason in record.reasons.items()),
    }
    for name in record.__struct_fields__:
        if name not in _SHARED:
            found |= _cells(name, getattr(record, name))
    return {column: "" if value is None else value for column, value in found.items()}


def sentence(record: AnyRecord, text: str) -> str:
    """The sentences that a record's core words stand in, those apart joined by an ellipsis."""
    pieces: list[list[int]] = []
    for start, end in sentences_around(text, ((e.start, e.end) for e in record.core)):
        if pieces and not text[pieces[-1][1] : start].strip():
            pieces[-1][1] = end
        else:
            pieces.append([start, end])
    return _BETWEEN.join(text[start:end] for start, end in pieces)


def _cells(name: str, value: Any) -> dict[str, Any]:
    if name == "amount":
        return dict.fromkeys(_AMOUNT) | ({f"amount_{k}": v for k, v in value.to_dict().items()} if value else {})
    return {name: _cell(value)}


def _cell(value: Any) -> Any:
    match value:
        case tuple():
            return "; ".join(str(_cell(item)) for item in value)
        case bool():
            return "yes" if value else "no"
        case Condition():
            return value.text
        case StageEntry():
            return f"{value.stage} ({value.date or 'date unknown'}: {value.words})"
        case Step():
            return f"{value.order}. {value.action} ({_cell(value.actors)})"
        case Origin():
            return " ".join(part for part in (value.by, value.name, value.version) if part)
        case msgspec.Struct():
            return value.name  # type: ignore[attr-defined]
        case _:
            return value
