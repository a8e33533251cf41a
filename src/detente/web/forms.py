"""The filters that a list offers: which fields, with which values, and how many records each has."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
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
from detente.web.wording import time, words


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
_MONTH = "month"
_ISSUES = {"position": ("issue",)}
_LABELS = {
    "text": "Words",
    "since": "From",
    "until": "To",
    "proposed_by": "Proposed by",
    "actor": "Anyone named",
    "month": "Published",
}
_DATES = ("since", "until")


def facets(choice: Choice, path: str, kept: Mapping[str, Any] = MappingProxyType({})) -> tuple[Facet, ...]:
    """What a list can be narrowed by, with counts; fields that all of its records leave alike are passed over.

    Args:
        path: of the page.
        kept: what else its address says.
    """
    kind = choice.kind or ""
    names = (*_ACTORS.get(kind, ("actor",)), *_ISSUES.get(kind, ()), *_CATEGORIES.get(kind, ()), "publisher", "review", "month")
    return tuple(
        Facet(field=field, name=label(field, kind), options=_options(choice, path, kept, field, tallies))
        for field, tallies in choice.tallies(names).items()
        if len(tallies) > 1 or field in choice.asked or (field == _MONTH and set(_DATES) & choice.asked.keys())
    )


def _options(
    choice: Choice, path: str, kept: Mapping[str, Any], field: str, tallies: Sequence[Tally]
) -> tuple[Option, ...]:
    # What was published on no known day cannot be asked for by days.
    told = (t for t in tallies if not (field == _MONTH and t.value == UNKNOWN))
    return tuple(_option(choice, path, kept, field, tally) for tally in told)


def _option(choice: Choice, path: str, kept: Mapping[str, Any], field: str, tally: Tally) -> Option:
    value, name = tally.value, tally.name
    if _is_yes_or_no(choice.kind, field):
        value = name = {"true": "yes", "false": "no"}.get(value, value)
    asks = _days(value) if field == _MONTH else {field: value}
    chosen = all(said(choice.asked.get(n)) == v for n, v in asks.items())
    query = changed({**kept, **spoken(choice)}, **(dict.fromkeys(asks) if chosen else asks))
    is_name = field in ("publisher", "issue") or field in _ACTORS.get(choice.kind or "", ("actor",))
    shown = time(value) if field == _MONTH else name if is_name and value != UNKNOWN else words(name)
    return Option(value=value, name=shown, count=tally.count, chosen=chosen, href=href(path, **query))


def _days(month: str) -> dict[str, str]:
    """The filters that ask for a month of publication."""
    year, number = (int(part) for part in month.split("-"))
    return {"since": f"{month}-01", "until": f"{month}-{monthrange(year, number)[1]:02}"}


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
