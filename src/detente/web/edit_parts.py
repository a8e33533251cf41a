"""What a field is made of, as cells of a form: an amount, and rows of conditions, stages or steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import msgspec

from detente.errors import RecordError
from detente.reading.amounts import find_amounts
from detente.records import ActorRef, Amount, AnyRecord, Part
from detente.web.naming import Namer

_EMPTY_ROWS = 2
_NUMBERS = ("value", "low", "high")
_PLAIN_NUMBER = str.maketrans("", "", ",  _")


class Cell(Part, frozen=True, kw_only=True):
    """One input.

    Args:
        name: of the input: the field's, the number of the row and the part's own, with points between.
        label: what it is called beside the field's name.
        form: "text", "long", "choice", "actors" or "tick".
        value: what it says; of one to tick "on" or nothing.
        options: of a choice, each value with its words.
    """

    name: str
    label: str
    form: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()


def choice(name: str, label: str, value: str, values: Sequence[str], empty: str | None = None) -> Cell:
    """A cell with values to choose from.

    Args:
        empty: what no choice is called; `None` where there must be one.
    """
    options = [(v, v.replace("_", " ")) for v in values]
    return Cell(
        name=name,
        label=label,
        form="choice",
        value=value,
        options=(*([("", empty)] if empty is not None else []), *options),
    )


def words_cell(name: str, label: str, value: str) -> Cell:
    """A cell for words; in one of a single line a browser would lose their line breaks."""
    return Cell(name=name, label=label, form="long" if "\n" in value else "text", value=value)


# ------------------------------------------------------------ an amount


def amount_cells(name: str, amount: Amount | None) -> tuple[Cell, ...]:
    """The cells of an amount: its words, and what they were read as."""
    types = {f.name: f.type for f in msgspec.structs.fields(Amount)}
    numbers = (
        words_cell(f"{name}.{n}", _NUMBER_LABELS[n], _number(getattr(amount, n, None))) for n in _NUMBERS
    )
    return (
        words_cell(name, "in words, such as £2.26bn", amount.surface if amount else ""),
        *numbers,
        words_cell(f"{name}.unit", "unit (GBP, PCT_GDP, count:ships)", amount.unit if amount else ""),
        choice(
            f"{name}.qualifier",
            "hedged",
            amount.qualifier if amount else "exact",
            get_args(types["qualifier"]),
        ),
        choice(
            f"{name}.basis",
            "basis",
            amount.basis or "" if amount else "",
            _literals(types["basis"]),
            "not said",
        ),
    )


_NUMBER_LABELS = {"value": "as a number", "low": "at least", "high": "at most"}


def amount_of(
    record: AnyRecord, name: str, form: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, Any] | None:
    """The amount that a form says, as plain data.

    Where the words alone are new they are read; where a number or the unit is, it is what the form says.

    Raises:
        RecordError: words in which there is not one sum, or a number that is none.
    """
    words = form[name]
    parts = {key.removeprefix(f"{name}."): value for key, value in form.items() if key != name}
    if all(value == before[f"{name}.{part}"] for part, value in parts.items()):
        return _read(record, name, words) if words else None
    if not words and not any(parts[part] for part in (*_NUMBERS, "unit")):
        return None
    numbers = {part: _as_number(record, name, part, parts[part]) for part in _NUMBERS}
    return {
        "surface": words,
        "unit": parts["unit"],
        "qualifier": parts["qualifier"],
        "basis": parts["basis"] or None,
        **numbers,
    }


def _read(record: AnyRecord, name: str, words: str) -> dict[str, Any]:
    found = find_amounts(words)
    if len(found) != 1:
        raise RecordError(
            f"{record.id}: {name} got {words!r}, expected one sum such as £2.26bn or 2.5 per cent of GDP",
            "give the number and the unit in fields of their own",
        )
    plain: dict[str, Any] = msgspec.to_builtins(found[0].amount)
    return plain


def _as_number(record: AnyRecord, name: str, part: str, words: str) -> float | None:
    try:
        return float(words.translate(_PLAIN_NUMBER)) if words else None
    except ValueError as error:
        raise RecordError(
            f"{record.id}: {name}, {_NUMBER_LABELS[part]}: got {words!r}, expected a number such as 2260000000"
        ) from error


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)


# ------------------------------------------------------------ rows of parts

_OPTIONAL = frozenset({"date", "target"})
_LABELS = {
    "text": "in the article’s words",
    "words": "in the article’s words",
    "target": "points to (a name, or a term’s id)",
    "date": "date (2025-03-02, or words)",
}


def part_cells(name: str, kind: type[Part], parts: Sequence[Part]) -> Iterator[tuple[Cell, ...]]:
    """A row of cells for each part, each with a box that takes it out, and empty rows for more."""
    for number in range(len(parts) + _EMPTY_ROWS):
        part = parts[number] if number < len(parts) else None
        cells = (
            _cell(f"{name}.{number}", field, getattr(part, field.name, None))
            for field in msgspec.structs.fields(kind)
        )
        out = Cell(name=f"{name}.{number}.out", label="take it out", form="tick")
        yield (*cells, out) if part else tuple(cells)


def _cell(row: str, field: msgspec.structs.FieldInfo, value: Any) -> Cell:
    name = f"{row}.{field.name}"
    if get_origin(field.type) is Literal:
        return choice(
            name, field.name, value or "", get_args(field.type), "choose" if value is None else None
        )
    if ActorRef in get_args(field.type):
        return Cell(
            name=name, label=field.name, form="actors", value="; ".join(actor.name for actor in value or ())
        )
    label = _LABELS.get(field.name, field.name)
    if field.name == "target":
        return Cell(name=name, label=label, form="actor", value=value or "")
    return words_cell(name, label, "" if value is None else str(value))


def parts_of(
    record: AnyRecord, name: str, rows: Sequence[Sequence[Cell]], form: Mapping[str, str], namer: Namer
) -> list[dict[str, Any]]:
    """The parts that a form says, as plain data; rows in which nothing is said are no parts.

    Raises:
        RecordError: a part without a category that it needs, a number that is none, a name that no actor has.
    """
    found = []
    for number, cells in enumerate(rows, 1):
        given = {cell: form.get(cell.name, "").strip() for cell in cells}
        if any(value for cell, value in given.items() if cell.form == "tick") or not any(given.values()):
            continue
        where = f"{name}, row {number}"
        part = {
            _field(c): _part(record, where, c, value, namer) for c, value in given.items() if c.form != "tick"
        }
        if part.get("type") == "actor_joins" and any(
            _field(c) == "target" and value not in ("", c.value) for c, value in given.items()
        ):
            part["target"] = namer.named(where, part["target"])["id"]
        found.append(part)
    return found


def _field(cell: Cell) -> str:
    """The part's field that a cell is for."""
    return cell.name.rpartition(".")[2]


def _part(record: AnyRecord, where: str, cell: Cell, value: str, namer: Namer) -> Any:
    if cell.form == "actors":
        return [namer.named(where, one.strip()) for one in value.split(";") if one.strip()]
    if cell.form == "choice" and not value:
        raise RecordError(
            f"{record.id}: {where}: got no {cell.label}, expected one of: {', '.join(v for v, _ in cell.options if v)}"
        )
    if _field(cell) == "order":
        if not value.isascii() or not value.isdecimal():
            raise RecordError(
                f"{record.id}: {where}: got the order {value!r}, expected a whole number from 1"
            )
        return int(value)
    if _field(cell) == "date" and value:
        return namer.time(value)
    return value or (None if _field(cell) in _OPTIONAL else "")


def _literals(annotation: Any) -> tuple[str, ...]:
    return next(get_args(one) for one in get_args(annotation) if get_origin(one) is Literal)
