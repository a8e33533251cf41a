"""How the table of commitments (`cases/commitments.toml`) is matched with what is read: case by case, field by field."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from detente.reading import coalition, deal, pledges, positions, terms
from detente.reading.page import Page
from detente.records import Actor, AnyRecord, Deal, OfficeHeld, Position

from .made_pages import page_of, with_statement

Case = dict[str, Any]
CASES: list[Case] = tomllib.loads(
    (Path(__file__).parent / "cases" / "commitments.toml").read_text(encoding="utf-8")
)["case"]
KINDS = ("pledge", "term", "deal", "membership", "position")
OFFICES = {"Ana Velkova": ("President", "Ostrava"), "Tomas Reyl": ("Finance Minister", "Marland")}


class Scored(NamedTuple):
    """One case: how many fields it asks for, and which came out otherwise."""

    case: Case
    asked: int
    wrong: tuple[str, ...]


def made(case: Case) -> Page:
    """The page of a case: its people in office, its statements told."""
    page = page_of(case["text"])
    actors = {key: in_office(actor) for key, actor in page.cast.actors.items()}
    page = msgspec.structs.replace(page, cast=msgspec.structs.replace(page.cast, actors=actors))
    for said in case.get("said", ()):
        page = with_statement(page, **said)
    return page


def in_office(actor: Actor) -> Actor:
    title, of = OFFICES.get(actor.name, ("", ""))
    held = (
        (OfficeHeld(title=title, of=of, since="2030-01-01", until="2032-01-01", source="made"),)
        if title
        else ()
    )
    return actor.replace(offices=held)


def read(page: Page, kind: str) -> list[Any]:
    """The records of one kind on a page."""
    match kind:
        case "pledge":
            return list(pledges.read(page))
        case "term":
            return list(terms.read(page))
        case "deal":
            return list(deal.read(page, terms.read(page)))
        case "membership":
            return list(coalition.read(page))
        case _:
            return list(positions.read(page))


def score(case: Case) -> Scored:
    """A case, scored: each field it gives, and that there are as many records as it gives."""
    page, asked, wrong = made(case), 0, []
    for kind in KINDS:
        if kind not in case:
            continue
        found = read(page, kind)
        expected = case[kind]
        asked += 1 + sum(len(row) for row in expected)
        if len(found) != len(expected):
            wrong.append(f"{len(found)} {kind} records, not {len(expected)}")
        for at, row in enumerate(expected):
            got = {field: seen(found[at], field, found) for field in row} if at < len(found) else {}
            wrong += [
                f"{kind}.{field} is {got.get(field)!r}, not {value!r}"
                for field, value in row.items()
                if got.get(field) != value
            ]
    return Scored(case, asked, tuple(wrong))


def seen(record: AnyRecord, field: str, others: list[Any]) -> Any:
    """A field of a record as the cases write it."""
    value = getattr(record, field, None)
    match field:
        case "amount":
            return [value.value, value.unit] if value else []
        case "basis":
            return record.amount.basis if getattr(record, "amount", None) else None  # type: ignore[union-attr]
        case "conditions":
            return [[condition.text, condition.type] for condition in value or ()]
        case "steps" if isinstance(record, Deal):
            return [[ref.name for ref in step.actors] for step in record.steps]
        case "depends":
            return len(record.depends_on)  # type: ignore[union-attr]
        case "places":
            return len(record.words())
        case "supersedes" if isinstance(record, Position):
            return next((other.stance for other in others if other.id == record.supersedes), "")
    if isinstance(value, tuple):
        return [ref.name for ref in value]
    return value if isinstance(value, (str, bool)) else getattr(value, "name", "")
