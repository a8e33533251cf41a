"""What a record points to, as cells of a form: other records, and whose word it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.values import REFERENCES
from detente.records import AnyRecord, Authority, Statement
from detente.web.edit_parts import Cell
from detente.web.naming import Namer
from detente.web.wording import label

_OUTLET = "outlet"
_SHOWN = 90
_MORE = "others, by their ids"
_NOBODY = "unknown speaker"  # as the reading calls whoever says an unattributed statement


def link_cells(
    ledger: Ledger, record: AnyRecord, name: str, value: tuple[str, ...] | str | None
) -> tuple[Cell, ...]:
    """A box for each record of the article that a field can point to, and a place for ids of other articles' records.

    A field that holds one id takes one tick.
    """
    named = value if isinstance(value, tuple) else (value,) if value else ()
    near = [
        r
        for r in ledger.records(REFERENCES[name]).where(article=record.article)
        if _offered(r, record, named)
    ]
    ticks = (
        Cell(name=f"{name}.{r.id}", label=_says(r), form="tick", value="on" if r.id in named else "")
        for r in near
    )
    others = "; ".join(key for key in named if key not in {r.id for r in near})
    # The first input is always sent: without it a form with no tick would say nothing at all.
    return Cell(name=name, label=_MORE, form="text", value=others), *ticks


def _offered(other: AnyRecord, record: AnyRecord, named: tuple[str, ...]) -> bool:
    return other.id in named or (other.id != record.id and other.review != "rejected")


def linked(ledger: Ledger, record: AnyRecord, name: str, own: Mapping[str, str]) -> list[str] | str | None:
    """The ids that a form says: those in the order that they had, then what is new.

    Raises:
        RecordError: several where the field holds one.
    """
    ticked = [key.removeprefix(f"{name}.") for key, value in own.items() if key != name and value]
    typed = [key.strip() for key in own.get(name, "").split(";") if key.strip()]
    now = getattr(record, name)
    before = now if isinstance(now, tuple) else (now,)
    chosen = sorted(
        dict.fromkeys((*ticked, *typed)), key=lambda key: before.index(key) if key in before else len(before)
    )
    if isinstance(now, tuple):
        return chosen
    if len(chosen) > 1:
        raise RecordError(f"{record.id}: {name} got {len(chosen)} records, expected one at most")
    return chosen[0] if chosen else None


def authority_cells(
    ledger: Ledger, record: AnyRecord, name: str, value: Authority | None
) -> tuple[Cell, ...]:
    """Whose word a record is: the outlet's, a statement's of the article, or somebody's."""
    said = {
        f"statement:{s.id}": _says(s)
        for s in ledger.statements.where(article=record.article)
        if s.review != "rejected"
    }
    options = {"": "unknown", _OUTLET: "the outlet itself"} | said
    now = "" if value is None else _OUTLET if value.kind == "outlet" else f"{value.kind}:{value.id}"
    if value is not None:
        options.setdefault(now, value.name)
    return (
        Cell(name=name, label="whose word it is", form="choice", value=now, options=tuple(options.items())),
        Cell(name=f"{name}.who", label="or somebody, by name", form="actor"),
    )


def authority_of(
    ledger: Ledger, record: AnyRecord, name: str, form: Mapping[str, str], namer: Namer
) -> dict[str, str] | None:
    """Whose word a form says that a record is, as plain data.

    Raises:
        RecordError: a name that no actor has, or a statement that is not there.
    """
    if words := form[f"{name}.who"]:
        return {"kind": "actor", **namer.named(name, words)}
    kind, _, key = form[name].partition(":")
    if kind == _OUTLET:
        article = ledger.article(record.article)
        return {"kind": "outlet", "id": article.id, "name": article.publisher or article.name}
    if kind == "statement":
        found = ledger.get(key)
        if isinstance(found, Statement) and found.article == record.article:
            return {"kind": "statement", "id": key, "name": found.speaker.name if found.speaker else _NOBODY}
    if not kind:
        return None
    raise RecordError(
        f"{record.id}: {name} got {form[name]!r}, expected the outlet, a statement of the article or a name"
    )


def _says(record: Any) -> str:
    """A record in a line: whom or what it is about and, of what says no more itself, its words."""
    words = " ".join(" … ".join(e.exact for e in record.words("content") or record.core).split())
    text = (
        f"{label(record).partition(': ')[2]}: “{words}”"
        if not hasattr(record, "proposition")
        else record.proposition
    )
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
