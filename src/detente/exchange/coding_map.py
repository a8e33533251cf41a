"""A mapping file: which column of a table, or which label and role of an annotation, is what in a record."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from math import isinf
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from detente.errors import MalformedInput, MissingInput, RecordError
from detente.exchange.coding import DEFAULTED, SILENT, actor_of, authority_of, fields_of, person, record_of
from detente.records import KINDS, ActorRef, Amount, AnyRecord, Article, Authority, Evidence

Spans = Mapping[str, Iterable[tuple[int, int]]]
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_BETWEEN = ";"  # the names in one cell
_EMPTY = "the coding leaves it empty"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a value is from.

    Args:
        column: of a table; of an annotation, a role or an attribute.
        value: the same for all records, in place of a column.
        values: what the coding calls a value, and what it is called here; what is not in it is refused.
    """

    column: str = ""
    value: str = ""
    values: dict[str, str] | None = None


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record of each row or annotation.

    Args:
        kind: of record, such as "position".
        words: by evidence field (`words`; of a statement `content`, `source`, `cue`), the column or role.
        fields: by field of the record, the column or role, or a `Source`.
        label: of annotations alone, the label that makes such a record.
    """

    kind: str
    words: dict[str, str]
    fields: dict[str, str | Source] = {}
    label: str = ""


class CodingMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping file.

    Args:
        records: one layout for each record that a row or an annotation makes.
        coder: whose coding it is: a name, or a column of names.
        article: of a table alone, the column that names the article.
        delimiter: of a table alone, what stands between the cells.
    """

    records: tuple[Layout, ...]
    coder: str | Source
    article: str = ""
    delimiter: str = ","

    @classmethod
    def load(cls, path: str | Path) -> CodingMap:
        """A mapping from a TOML file, checked against the kinds of record.

        Raises:
            MissingInput: there is no such file.
            MalformedInput: no TOML, a key or a field that does not exist, a field missing that the kind needs.
        """
        try:
            found = msgspec.convert(tomllib.loads(Path(path).read_text(encoding="utf-8-sig")), cls)
        except OSError as error:
            raise MissingInput(
                f"{path}: cannot be read ({error.strerror}), expected a mapping file"
            ) from error
        except (
            tomllib.TOMLDecodeError,
            msgspec.ValidationError,
            UnicodeDecodeError,
            RecursionError,
        ) as error:
            raise MalformedInput(
                f"{path}: {error}; expected a mapping file", "docs/how-to/compare-codings.md has one"
            ) from error
        for number, layout in enumerate(found.records, start=1):
            _require_fields(layout, f"{path}, records {number}")
        if not found.records:
            raise MalformedInput(f"{path}: got no [[records]], expected one for each record of a row")
        return found

    def columns(self) -> dict[str, str]:
        """The columns that the mapping names, each with what it is for."""
        found = {self.article: "article"} if self.article else {}
        if isinstance(self.coder, Source):
            found[self.coder.column] = "coder"
        for layout in self.records:
            found |= {column: field for field, column in layout.words.items()}
            found |= {_source(source).column: field for field, source in layout.fields.items()}
        found.pop("", None)
        return found

    def coder_of(self, cells: Mapping[str, str]) -> str:
        """Whose coding a row or an annotation is."""
        return self.coder if isinstance(self.coder, str) else _cell(self.coder, cells)


def record_from(
    layout: Layout, article: Article, spans: Spans, cells: Mapping[str, str], coder: str
) -> AnyRecord:
    """The record that a row or an annotation makes.

    Args:
        layout: which column is what.
        spans: by evidence field, the places of its words.
        cells: by column, what was coded.
        coder: who coded it.

    Raises:
        RecordError: a value that the field cannot have, no core words, nobody as coder.
    """
    evidence = [Evidence.of(article.text, field, *span) for field, places in spans.items() for span in places]
    values: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for name, info in fields_of(layout.kind).items():
        value = _value(layout, name, info.type, cells, article)
        if value is not None:
            values[name] = value
        elif info.required or _asked(layout, name):
            if not _may_be_unknown(info.type):
                raise RecordError(f"{name}: got nothing, expected {_expected(info.type)}")
            values[name] = () if _is_tuple(info.type) else None
            reasons[name] = _EMPTY if _asked(layout, name) else SILENT
        elif name in DEFAULTED:
            reasons[name] = SILENT
    return record_of(layout.kind, article, evidence, person(coder), values, reasons)


def _require_fields(layout: Layout, where: str) -> None:
    if layout.kind not in KINDS:
        raise MalformedInput(f"{where}: got the kind {layout.kind!r}, expected one of {', '.join(KINDS)}")
    known = fields_of(layout.kind)
    readable = {name for name, info in known.items() if _reader(info.type) or _inner(info.type) is Amount}
    for name, source in layout.fields.items():
        field, _, part = name.partition(".")
        if (
            field not in readable
            or bool(part) != (_inner(known[field].type) is Amount)
            or (part and part not in Amount.__struct_fields__)
        ):
            amounts = [
                f"{n}.{p}"
                for n in sorted(readable)
                if _inner(known[n].type) is Amount
                for p in Amount.__struct_fields__
            ]
            plain = sorted(n for n in readable if _inner(known[n].type) is not Amount)
            raise MalformedInput(
                f"{where}: got the field {name!r}, expected one of {', '.join([*plain, *amounts])}"
            )
        if bool(_source(source).column) == bool(_source(source).value):
            raise MalformedInput(
                f"{where}: {name}: got {source!r}, expected a column or a value, and one of them"
            )
    for name, info in known.items():
        if info.required and not _may_be_unknown(info.type) and not _asked(layout, name):
            raise MalformedInput(
                f"{where}: got no field {name}, expected it in a {layout.kind}: {_expected(info.type)}"
            )
    core = "content" if layout.kind == "statement" else "words"
    if core not in layout.words:
        raise MalformedInput(
            f"{where}: got no words.{core}, expected the column of the words that a {layout.kind} rests on"
        )


# ---------------------------------------------------------------- values


def _value(layout: Layout, name: str, annotation: Any, cells: Mapping[str, str], article: Article) -> Any:
    """The value of a field, `None` where nothing is coded."""
    if _inner(annotation) is Amount:
        return _amount(layout, name, cells)
    if name not in layout.fields:
        return None
    words = _cell(_source(layout.fields[name]), cells, name)
    if not words:
        return None
    if _inner(annotation) is Authority:
        return authority_of(words, article)
    read = _reader(annotation)
    if read is None:
        raise RecordError(f"{name}: got {words!r}, expected a field that a mapping can fill")
    return read(name, words)


def _amount(layout: Layout, name: str, cells: Mapping[str, str]) -> dict[str, Any] | None:
    asked = {
        part.partition(".")[2]: source
        for part, source in layout.fields.items()
        if part.partition(".")[0] == name
    }
    found: dict[str, Any] = {
        part: _cell(_source(source), cells, f"{name}.{part}") for part, source in asked.items()
    }
    found = {part: _number(f"{name}.{part}", words) if part in ("value", "low", "high") else words
             for part, words in found.items() if words}  # fmt: skip
    return {"value": None} | found if found else None


def _number(name: str, words: str) -> float:
    # `float` would take "nan", "inf" and "1_000" too, and a number too large for it as infinite.
    if not _NUMBER.fullmatch(words) or isinf(number := float(words)):
        raise RecordError(f"{name}: got {words!r}, expected a number without separators, such as 2260000.5")
    return number


def _cell(source: Source, cells: Mapping[str, str], name: str = "coder") -> str:
    words = source.value or cells.get(source.column, "").strip()
    if not words or source.values is None:
        return words
    if words not in source.values:
        raise RecordError(
            f"{name}: got {words!r}, expected one of the mapping's values: {', '.join(source.values)}"
        )
    return source.values[words]


def _source(source: str | Source) -> Source:
    return Source(column=source) if isinstance(source, str) else source


def _asked(layout: Layout, name: str) -> bool:
    return any(field.partition(".")[0] == name for field in layout.fields)


def _reader(annotation: Any) -> Callable[[str, str], Any] | None:
    """What makes a value of a cell; `None` for fields that no cell can fill."""
    inner = _inner(annotation)
    if _is_tuple(annotation):
        return _actors if inner is ActorRef else None
    if inner is ActorRef:
        return lambda _, words: actor_of(words)
    if inner is bool:
        return _yes_or_no
    if get_origin(inner) is Literal:
        return lambda name, words: _category(name, words, get_args(inner))
    return (lambda _, words: words) if inner in (str, Authority) else None


def _actors(_: str, words: str) -> tuple[ActorRef, ...]:
    return tuple(actor for actor in map(actor_of, words.split(_BETWEEN)) if actor)


def _yes_or_no(name: str, words: str) -> bool:
    if words.lower() not in _YES | _NO:
        raise RecordError(f"{name}: got {words!r}, expected yes or no")
    return words.lower() in _YES


def _category(name: str, words: str, known: tuple[str, ...]) -> str:
    if words not in known:
        raise RecordError(
            f"{name}: got {words!r}, expected one of {', '.join(known)}",
            "a mapping's values name them: { column = …, values = { … } }",
        )
    return words


def _inner(annotation: Any) -> Any:
    """The type that is not None, of a tuple that of its members."""
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (option for option in get_args(annotation) if option is not type(None))
    return get_args(annotation)[0] if get_origin(annotation) is tuple else annotation


def _is_tuple(annotation: Any) -> bool:
    return get_origin(annotation) is tuple


def _may_be_unknown(annotation: Any) -> bool:
    return _is_tuple(annotation) or (
        get_origin(annotation) in (Union, UnionType) and type(None) in get_args(annotation)
    )


def _expected(annotation: Any) -> str:
    inner = _inner(annotation)
    return (
        f"one of {', '.join(get_args(inner))}"
        if get_origin(inner) is Literal
        else "a name"
        if inner is ActorRef
        else "words"
    )
