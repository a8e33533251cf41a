"""Base rates of peace: how many comparable endings lasted, by the kind of conflict and how the fighting ended.

The Uppsala Conflict Data Program counts an ending only when a year has passed without fighting, so ceasefires
that broke within weeks are not in it, and its rates are too hopeful for the first year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from detente.errors import UnknownName
from detente.weighing.survival import Spells

SOURCE = (
    "UCDP Conflict Termination Dataset v.3-2021, dyads (Kreutz 2010, Journal of Peace Research 47(2)), CC BY 4.0; "
    "an ending is counted after a year without fighting, so the shares are too high for the first year"
)
ANY = "any"


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table that ships with the models; lines that begin with # say where it is from."""
    text = (files("detente.weighing") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(_uncommented(text)))


def _uncommented(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.startswith("#"))


@cache
def _table() -> tuple[dict[str, str], ...]:
    return tuple(read_table("ucdp_spells.csv"))


def conflicts() -> tuple[str, ...]:
    """The kinds of conflict: "interstate", "intrastate", …"""
    return tuple(sorted({row["conflict"] for row in _table()}))


def endings() -> tuple[str, ...]:
    """How fighting ends: "ceasefire", "peace agreement", …"""
    return tuple(sorted({row["ending"] for row in _table()}))


@cache
def comparable(conflict: str = ANY, ending: str = ANY) -> Spells:
    """Years from the end of fighting to its return, of every comparable case since 1946.

    Args:
        conflict: one of `conflicts()`, or "any".
        ending: one of `endings()`, or "any".

    Raises:
        UnknownName: there is no such kind of conflict or ending.
    """
    _known("conflict", conflict, conflicts())
    _known("ending", ending, endings())
    rows = [r for r in _table() if conflict in (ANY, r["conflict"]) and ending in (ANY, r["ending"])]
    return Spells(np.array([float(r["years"]) for r in rows]), np.array([r["recurred"] == "1" for r in rows], np.bool_))


def _known(field: str, name: str, names: tuple[str, ...]) -> None:
    if name not in (ANY, *names):
        raise UnknownName(f"{field}: got {name!r}, expected one of: {', '.join((ANY, *names))}")
