"""The fields of a record as a form that a person can edit, and what the form says back."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.fields import categories
from detente.ledger.filters import UNKNOWN
from detente.ledger.values import REFERENCES, TIMES
from detente.records import ActorRef, Amount, AnyRecord, Authority, Part, kind_of
from detente.web.details import OF_CLAIMS
from detente.web.edit_links import authority_cells, authority_of, link_cells, linked
from detente.web.edit_parts import Cell, amount_cells, amount_of, part_cells, parts_of
from detente.web.forms import said
from detente.web.naming import Namer

_BETWEEN = ";"
# Long in words: they get a field of several lines.
_LONG = frozenset({"proposition", "issue", "title", "financing", "delivery_test"})


class Control(Part, frozen=True, kw_only=True):
    """A field of the form.

    Args:
        form: "choice", "text", "long", "time", "actor", "actors", or one of those made of cells: "amount", "parts",
            "links", "authority".
        value: as the form says it; empty where the record does not know, and in one made of cells.
        options: of a choice.
        rows: the cells, a row for each part.
    """

    name: str
    form: str
    value: str = ""
    options: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def says(self) -> dict[str, str]:
        """What the form says before anybody writes in it, by the names of its inputs; boxes without a tick say nothing."""
        if not self.rows:
            return {self.name: self.value}
        return {c.name: c.value for row in self.rows for c in row if c.form != "tick" or c.value}


def controls(ledger: Ledger, record: AnyRecord) -> tuple[Control, ...]:
    """The fields that the form can edit.

    Args:
        ledger: where the records are that others can point to.
        record: as it is now.
    """
    # What is the kind's own comes first, then what all claims have.
    fields = sorted(msgspec.structs.fields(type(record)), key=lambda field: field.name in OF_CLAIMS)
    return tuple(c for f in fields if (c := _control(ledger, record, f.name, f.type)))


def changes(ledger: Ledger, record: AnyRecord, given: Mapping[str, str], namer: Namer) -> dict[str, Any]:
    """What a form changes: by field, its new value as plain data.

    Args:
        ledger: where the records are that others can point to.
        record: as it is now.
        given: by input, what the form says; what is left out is as it was.
        namer: knows the actors whom a person names.

    Raises:
        RecordError: a name that no actor has or several have, an amount or a time that cannot be read, a part without
            what it needs.
    """
    form = {name: words.replace("\r\n", "\n").strip() for name, words in given.items()}
    found: dict[str, Any] = {}
    for control in controls(ledger, record):
        own = {n: w for n, w in form.items() if n == control.name or n.startswith(f"{control.name}.")}
        if own and _differs(control, own):
            found[control.name] = _value(ledger, record, control, control.says | own, own, namer)
    return found


def _differs(control: Control, own: Mapping[str, str]) -> bool:
    """Whether the form says something else than before; of boxes to tick, the absent ones are those without a tick."""
    before = {name: words.strip() for name, words in control.says.items()}
    if any(words != before.get(name, "") for name, words in own.items()):
        return True
    return control.form == "links" and control.name in own and any(n not in own for n in before)


def _control(ledger: Ledger, record: AnyRecord, name: str, annotation: Any) -> Control | None:
    origin, value = get_origin(annotation), getattr(record, name)
    kinds = get_args(annotation) or (annotation,)
    options = categories((kind_of(record),)).get(name)
    if options and name != "review":
        unknown = (UNKNOWN,) if type(None) in kinds else ()
        shown = UNKNOWN if value is None else said(value)
        return Control(name=name, form="choice", value=shown, options=(*map(said, options), *unknown))
    if name in REFERENCES:
        return Control(name=name, form="links", rows=(link_cells(ledger, record, name, value),))
    if ActorRef in kinds and origin is not tuple:
        return Control(name=name, form="actor", value=value.name if value else "")
    if ActorRef in kinds:
        return Control(name=name, form="actors", value=f"{_BETWEEN} ".join(actor.name for actor in value))
    if Amount in kinds:
        return Control(name=name, form="amount", rows=(amount_cells(name, value),))
    if Authority in kinds:
        return Control(name=name, form="authority", rows=(authority_cells(ledger, record, name, value),))
    if origin is tuple and name != "evidence" and issubclass(kinds[0], Part):
        return Control(name=name, form="parts", rows=tuple(part_cells(name, kinds[0], value)))
    if str in kinds and origin in (None, Union, UnionType) and name not in _NAMES:
        long = name in _LONG or "\n" in (value or "")
        return Control(
            name=name, form="time" if name in TIMES else "long" if long else "text", value=value or ""
        )
    return None


# Ids, which no person types.
_NAMES = frozenset({"id", "article"})


def _value(
    ledger: Ledger, record: AnyRecord, control: Control, form: Mapping[str, str], own: Mapping[str, str], namer: Namer
) -> Any:  # fmt: skip
    name, words = control.name, own.get(control.name, "")
    match control.form:
        case "choice":
            values = {said(v): v for v in categories((kind_of(record),))[name]} | {UNKNOWN: None}
            if words not in values:
                raise RecordError(f"{record.id}: {name} got {words!r}, expected one of: {', '.join(values)}")
            return values[words]
        case "actor":
            return namer.named(name, words) if words else None
        case "actors":
            return [namer.named(name, one) for one in _apart(words)]
        case "amount":
            return amount_of(record, name, form, control.says)
        case "time":
            return namer.time(words, ahead=name == "due") if words else None
        case "links":
            return linked(ledger, record, name, own)
        case "authority":
            return authority_of(ledger, record, name, form, namer)
        case "parts":
            return parts_of(record, name, control.rows, form, namer)
        case _:
            return words or None


def _apart(words: str) -> list[str]:
    return [name for part in words.split(_BETWEEN) if (name := part.strip())]
