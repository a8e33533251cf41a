"""The filters that a list offers: which fields, with which values, and how many records each has."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

import msgspec

from detente.ledger.fields import categories
from detente.ledger.filters import UNKNOWN
from detente.records import KINDS, Part
from detente.web.asking import changed
from detente.web.choosing import Choice, Tally
from detente.web.templating import href
from detente.web.wording import KINDS as KIND_PAGES
from detente.web.wording import words


class Option(Part, frozen=True, kw_only=True):
    """A value of a filter: how the address writes it, what it is called, how many records it would leave."""

    value: str
    name: str
    count: int
    chosen: bool
    href: str


class Facet(Part, frozen=True, kw_only=True):
    """A field with the values that its records have."""

    field: str
    name: str
    options: tuple[Option, ...]


class Field(Part, frozen=True, kw_only=True):
    """A field of the form: free text, a day, or one of several values.

    Args:
        shown: the value as a person reads it: the name of an actor who was asked for by id.
    """

    name: str
    label: str
    type: str
    value: str
    shown: str
    options: tuple[tuple[str, str], ...] = ()


# Who is asked for by name, and which categories the form and the counts show, in order.
_ACTORS = {
    "statement": ("speaker", "addressees"), "pledge": ("pledger", "beneficiary"), "term": ("proposed_by",),
    "position": ("actor",), "event": ("actors", "recipients"), "membership": ("actor", "coalition"),
}  # fmt: skip
_CATEGORIES = {
    "statement": ("mode", "act", "factuality", "hearsay"),
    "pledge": ("stage", "type", "factuality", "hearsay"),
    "term": ("category", "status", "factuality", "hearsay"),
    "position": ("stance", "factuality", "hearsay"),
    "event": ("type", "factuality", "hearsay"),
    "membership": ("status", "role", "factuality", "hearsay"),
}
_LABELS = {
    "text": "Words",
    "since": "From",
    "until": "To",
    "proposed_by": "Proposed by",
    "actor": "Anyone named",
}
_DATES = ("since", "until")


def facets(choice: Choice, path: str, kept: Mapping[str, Any] = MappingProxyType({})) -> tuple[Facet, ...]:
    """What a list can be narrowed by, with counts; fields that all of its records leave alike are passed over.

    Args:
        path: of the page.
        kept: what else its address says.
    """
    kind = choice.kind or ""
    found = [(role, choice.tally_actors(role)) for role in _ACTORS.get(kind, ("actor",))]
    found += choice.tallies((*_CATEGORIES.get(kind, ()), "publisher", "review")).items()
    return tuple(
        Facet(field=field, name=label(field, kind), options=_options(choice, path, kept, field, tallies))
        for field, tallies in found
        if len(tallies) > 1 or field in choice.asked
    )


def _options(
    choice: Choice, path: str, kept: Mapping[str, Any], field: str, tallies: list[Tally]
) -> tuple[Option, ...]:
    return tuple(
        _option(choice, path, kept, field, tally) for tally in tallies if not _is_nobody(field, tally)
    )


def _is_nobody(field: str, tally: Tally) -> bool:
    return field == "publisher" and tally.value == UNKNOWN  # an outlet that is not known cannot be asked for


def _option(choice: Choice, path: str, kept: Mapping[str, Any], field: str, tally: Tally) -> Option:
    value, name = tally.value, tally.name
    if _is_yes_or_no(choice.kind, field):
        value = {"1": "yes", "0": "no"}.get(value, value)
        name = value
    chosen = said(choice.asked.get(field)) == value
    query = changed({**kept, **spoken(choice)}, **{field: None if chosen else value})
    is_name = field == "publisher" or field in _ACTORS.get(choice.kind or "", ("actor",))
    return Option(
        value=value,
        name=name if is_name else words(name),
        count=tally.count,
        chosen=chosen,
        href=href(path, **query),
    )


def fields(choice: Choice) -> tuple[Field, ...]:
    """The fields of the form, with what the address asks for."""
    kind = choice.kind or ""
    asked = {name: said(value) for name, value in choice.asked.items()}
    roles = dict.fromkeys((*_ACTORS.get(kind, ()), "actor"))
    made = [_field("text", "text", asked)]
    made += [_field(name, "text", asked, kind, shown=_name(choice, asked.get(name, ""))) for name in roles]
    made += [_field("publisher", "text", asked), *(_field(name, "date", asked) for name in _DATES)]
    for name in (*_CATEGORIES.get(kind, ()), "review"):
        options = tuple((value, words(value)) for value in values_of(kind or "statement", name))
        made.append(_field(name, "choice", asked, shown=words(asked.get(name, "")), options=options))
    return tuple(made)


def _field(
    name: str,
    form: str,
    asked: Mapping[str, str],
    kind: str = "",
    *,
    shown: str | None = None,
    options: tuple[tuple[str, str], ...] = (),
) -> Field:
    value = asked.get(name, "")
    return Field(
        name=name, label=label(name, kind), type=form, value=value, shown=shown or value, options=options
    )


def _name(choice: Choice, asked: str) -> str:
    """What an actor who is asked for by id is called; a name stays as it is."""
    found = choice.ledger.connection.column(
        "SELECT name FROM actors WHERE id = ? UNION ALL SELECT name FROM record_actors WHERE actor = ? LIMIT 1",
        (asked, asked),
    )
    return str(found[0]) if found else asked


def spoken(choice: Choice) -> dict[str, Any]:
    """The filters and ids as the address writes them."""
    query: dict[str, Any] = {name: said(value) for name, value in choice.asked.items()}
    return query | ({"id": choice.ids} if choice.ids else {})


def said(value: object) -> str:
    """A value as the address writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def label(field: str, kind: str = "") -> str:
    """What the form calls a field."""
    if (kind, field) == ("position", "actor"):
        return "Who"
    return _LABELS.get(field, field.replace("_", " ").capitalize())


def values_of(kind: str, field: str) -> tuple[str, ...]:
    """The values that a category may have, `unknown` among them where it may be that."""
    annotation = {f.name: f.type for f in msgspec.structs.fields(KINDS[kind])}[field]
    values = tuple(said(value) for value in categories((kind,))[field])
    return (*values, UNKNOWN) if type(None) in get_args(annotation) else values


def _is_yes_or_no(kind: str | None, field: str) -> bool:
    """Whether a field of a kind is a yes or no."""
    return kind in KIND_PAGES and field in _CATEGORIES.get(kind, ()) and "yes" in values_of(kind, field)
