"""The golden numbers: what the models say of invented cases. `python -m tests.weighing.golden` prints them as they are here and now.

A change of them is a change of what the models say. To take them anew: `python -m tests.weighing.golden > tests/weighing/golden.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from detente.weighing import Situation, weigh
from detente.weighing import situation as s
from detente.weighing.results import Report

from . import made
from .made import ANALYST, harbour, joining, member, standing, told
from .test_deal import talks

KEPT = Path(__file__).parent / "golden.json"


def flat(value: Any, path: str = "") -> dict[str, float]:
    """Every number of a report by its path."""
    match value:
        case bool() | str() | None:
            return {}
        case int() | float():
            return {path: float(value)}
        case dict():
            items = value.items()
        case _:
            items = dict(enumerate(value)).items()
    return {key: x for name, item in items for key, x in flat(item, f"{path}/{name}").items()}


def whole() -> Situation:
    """Issues, a coalition, a deal, comparable cases and what war would bring."""
    by = {"assumed_by": "J. Analyst"}
    given = {field: s.Input(low=0.1, high=0.4, **by) for field in s.Enforcement.FIELDS}
    parts = (
        s.PartOfPackage(name="army", strength=s.Input(low=0, high=0.2, **by)),
        s.PartOfPackage(
            name="force", alone=s.Input(low=0.1, high=0.3, **by), backed=s.Input(low=0.5, high=0.9, **by)
        ),
        s.PartOfPackage(name="backstop", backstop=s.Input(low=0.2, high=1, mode=0.9, **by)),
    )
    deal = talks(loan=told(0, 2))
    return harbour().replace(
        parties=(*harbour().parties[2:], *deal.parties), terms=deal.terms, worths=deal.worths, deal=deal.deal,
        issues=(*harbour().issues, s.Issue(id="fleet", proposition="Ostrava sells the fleet")),
        standings=(
            *harbour().standings, standing("ostrava", "fleet", told(60, 100), told(0.2, 0.6)), standing("marland", "fleet", told(0, 30)),
        ),
        facts=(made.fact("mandate", 0.2, 0.6, 30), made.fact("vote", 0.1, 0.9, 25)),
        coalitions=(s.Coalition(id="pact", name="the Pact", needs=2, basis=ANALYST),),
        members=(
            member("ostrava", joining(target="mandate")), member("marland", joining(target="vote")), member("lorne", joining(target="force")),
        ),
        durability=s.Comparable(conflict="intrastate", ending="ceasefire", guarantee=True, basis=ANALYST),
        enforcement=s.Enforcement(revisionist="marland", defender="ostrava", parts=parts, **given),
    )  # fmt: skip


CASES: dict[str, Callable[[], Report]] = {
    "whole": lambda: weigh(whole(), draws=200, seed=7),
    "positions that move together": lambda: weigh(whole(), draws=50, seed=7, correlation=0.4),
    "without the army": lambda: weigh(whole(), draws=50, seed=2**40, without=["army", "mandate"]),
}


def numbers() -> dict[str, dict[str, float]]:
    """Every number of every case."""
    return {name: flat(report().to_dict()) for name, report in CASES.items()}


if __name__ == "__main__":
    json.dump(numbers(), sys.stdout, indent=0)
    sys.stdout.write("\n")
