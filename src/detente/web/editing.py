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
from detente.reading.amounts import find_amounts
from detente.records import ActorRef, Amount, AnyRecord, Part, kind_of
from detente.web.forms import said

_BETWEEN = ";"
# Long in words: they get a field of several lines.
_LONG = frozenset({"proposition", "issue", "title", "financing", "delivery_test"})


class Control(Part, frozen=True, kw_only=True):
    """A field of the form.

    Args:
        form: "choice", "text", "long", "actor", "actors" or "amount".
        value: as the form says it; empty where the record does not know.
        options: of a choice.
    """

    name: str
    form: str
    value: str
    options: tuple[str, ...] = ()


def controls(record: AnyRecord) -> tuple[Control, ...]:
    """The fields that the form can edit; what is made of parts (steps, stages) is left to `detente review ID edit`."""
    fields = msgspec.structs.fields(type(record))
    return tuple(c for f in fields if (c := _control(record, f.name, f.type)))


def changes(ledger: Ledger, record: AnyRecord, given: Mapping[str, str]) -> dict[str, Any]:
    """What a form changes: by field, its new value as plain data.

    Args:
        ledger: where the actors are that a person names.
        record: as it is now.
        given: by field, what the form says.

    Raises:
        RecordError: a name that no actor has or several have, an amount that cannot be read.
    """
    known = {c.name: c for c in controls(record)}
    changed = {
        n: words.strip() for n, words in given.items() if n in known and words.strip() != known[n].value
    }
    return {name: _value(ledger, record, known[name], words) for name, words in changed.items()}


def _control(record: AnyRecord, name: str, annotation: Any) -> Control | None:
    origin = get_origin(annotation)
    value, kinds = getattr(record, name), get_args(annotation) or (annotation,)
    options = categories((kind_of(record),)).get(name)
    if options and name != "review":
        unknown = (UNKNOWN,) if type(None) in kinds else ()
        shown = UNKNOWN if value is None else said(value)
        return Control(name=name, form="choice", value=shown, options=(*map(said, options), *unknown))
    if ActorRef in kinds and origin is not tuple:
        return Control(name=name, form="actor", value=value.name if value else "")
    if ActorRef in kinds:
        return Control(name=name, form="actors", value=f"{_BETWEEN} ".join(actor.name for actor in value))
    if Amount in kinds:
        return Control(name=name, form="amount", value=value.surface if value else "")
    if str in kinds and origin in (None, Union, UnionType) and name not in _NAMES:
        return Control(name=name, form="long" if name in _LONG else "text", value=value or "")
    return None


# Ids, which no person types.
_NAMES = frozenset({"id", "article", "part_of", "supersedes"})


def _value(ledger: Ledger, record: AnyRecord, control: Control, words: str) -> Any:
    match control.form:
        case "choice":
            values = {said(v): v for v in categories((kind_of(record),))[control.name]} | {UNKNOWN: None}
            if words not in values:
                raise RecordError(
                    f"{record.id}: {control.name} got {words!r}, expected one of: {', '.join(values)}"
                )
            return values[words]
        case "actor":
            return _actor(ledger, record, control.name, words) if words else None
        case "actors":
            names = filter(None, (name.strip() for name in words.split(_BETWEEN)))
            return [_actor(ledger, record, control.name, name) for name in names]
        case "amount":
            return _amount(record, words) if words else None
        case _:
            return words or None


def _actor(ledger: Ledger, record: AnyRecord, field: str, name: str) -> dict[str, str]:
    """The one actor of a name, alias or id. Nobody is made up: who is not in the ledger is told so."""
    found = {a.id: a for a in ledger.actors.where(name=name)}
    if len(found) != 1:
        got = (
            "which several actors have: " + ", ".join(sorted(found))
            if found
            else "which no actor in this ledger has"
        )
        raise RecordError(
            f"{record.id}: {field} got the name {name!r}, {got}",
            "look for the actor under Actors, and give its id",
        )
    actor = next(iter(found.values()))
    return {"id": actor.id, "name": actor.name}


def _amount(record: AnyRecord, words: str) -> Any:
    found = find_amounts(words)
    if len(found) != 1:
        raise RecordError(
            f"{record.id}: amount got {words!r}, expected one sum such as £2.26bn or 2.5 per cent of GDP"
        )
    return msgspec.to_builtins(found[0].amount)
