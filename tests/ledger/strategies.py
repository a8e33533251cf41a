"""Hypothesis strategies: any article, and any record of any kind on its words, made from the types themselves."""

from __future__ import annotations

import datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from detente.ledger.values import TIMES
from detente.records import (
    RECORD_TYPES,
    AnyRecord,
    Article,
    Evidence,
    Origin,
    Stage,
    StageEntry,
    kind_of,
    record_id,
)

# Whatever UTF-8 can hold, NUL, line ends and characters outside the first plane among it.
words = st.text(st.characters(codec="utf-8"), max_size=30)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200).filter(lambda t: t.strip())
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 1, 1)).map(str)
times = days | st.sampled_from(["2025", "202X", "2025-03", "2025-21", "../2027-12-31", "2025-03-01/2025-03-07", "2027/..", "2025-03~"])
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32).map(float)
origins = st.builds(Origin, by=st.sampled_from(["rule", "model"]), name=words, version=words)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    fields = {name: draw(st.none() | words) for name in ("title", "publisher", "country", "retrieved")}
    return Article.of(draw(texts), draw(words), published=draw(st.none() | days), **fields)


def values(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a type that a record's field may have."""
    inside = get_args(annotation)
    match get_origin(annotation):
        case kind if kind is Literal:
            return st.sampled_from(inside)
        case kind if kind in (Union, UnionType):
            return st.one_of(*map(values, inside))
        case kind if kind is tuple:
            return st.lists(values(inside[0]), max_size=2).map(tuple)
        case None if annotation is StageEntry:
            return st.builds(StageEntry, stage=values(Stage), date=st.none() | times, words=words)
        case None if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            return st.builds(annotation, **{f.name: values(f.type) for f in msgspec.structs.fields(annotation)})
        case None:
            return {str: words, bool: st.booleans(), float: numbers, int: st.integers(1, 99), type(None): st.none()}[annotation]
        case _:
            return st.dictionaries(words, words, max_size=2)


_OWN = {"id", "article", "evidence", "origin", "review"}


@st.composite
def records_of(draw: st.DrawFn, article: Article, kind: type[AnyRecord] | None = None) -> AnyRecord:
    chosen = kind or draw(st.sampled_from(RECORD_TYPES))
    kinds = {f.name: f.type for f in msgspec.structs.fields(chosen) if f.name not in _OWN}
    fields = {name: draw(st.none() | times if name in TIMES else values(kind)) for name, kind in kinds.items()}
    core = "content" if "speaker" in fields else "words"
    spans = [draw(spans_in(article.text)) for _ in range(draw(st.integers(1, 3)))]
    found = tuple(Evidence.of(article.text, core, *span) for span in dict.fromkeys(spans))
    draft = chosen(id="", article=article.id, evidence=found, origin=draw(origins), **fields)
    return draft.replace(id=record_id(article.id, kind_of(draft), draft.core))


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def readings(draw: st.DrawFn) -> tuple[Article, list[AnyRecord]]:
    """An article with some records, each with an id of its own."""
    article = draw(articles())
    found = draw(st.lists(records_of(article), max_size=4))
    return article, list({r.id: r for r in found}.values())
