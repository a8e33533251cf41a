"""Surnames that very many people share: alone they name nobody who does not stand out by an office.

`data/common_surnames.csv` lists the most common ones of some countries. "Mr Smith" in an article may be anybody, though the
registry has only one Smith in office; "Mr Johnson" is another matter while a Johnson is prime minister.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from detente.actors.entries import Person
from detente.actors.names import fold, surnames


@cache
def _common() -> frozenset[str]:
    table = files("detente.actors").joinpath("data/common_surnames.csv").read_text(encoding="utf-8")
    return frozenset(
        fold(name) for row in csv.DictReader(table.splitlines()) for name in row["surnames"].split("|")
    )


def shared_by_many(person: Person) -> bool:
    """Whether a person's surname is among the most common ones."""
    return not _common().isdisjoint(surnames(person.name, person.country))
