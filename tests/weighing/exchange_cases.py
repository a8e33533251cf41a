"""The published runs of position exchange, read from the shared folder."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.weighing.exchange_of_positions import Table


@dataclass
class Published:
    """The input and the exchanges of a run; each exchange as the set of who moves on what."""

    table: Table
    actors: list[str]
    issues: list[str]
    rows: list[dict[str, str]]
    step: int = 0

    def pair(self, row: dict[str, str]) -> set[tuple[int, int]]:
        return {
            (self.actors.index(row["i"]), self.issues.index(row["i_supply_issue_q"])),
            (self.actors.index(row["j"]), self.issues.index(row["j_supply_issue_p"])),
        }

    def choose(self, equals: Sequence[tuple[int, int, int, int]]) -> int:
        """Of exchanges with the same gain, the one that the published run took."""
        wanted = self.pair(self.rows[self.step])
        self.step += 1
        return next(k for k, (i, q, j, p) in enumerate(equals) if {(i, q), (j, p)} == wanted)


def published(shared: Path, name: str) -> Published:
    def rows(kind: str) -> list[dict[str, str]]:
        path = shared / "reference/models" / f"exchange_{name}_{kind}.csv"
        return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))

    inputs = rows("input")
    actors, issues = (list(dict.fromkeys(r[k] for r in inputs)) for k in ("actor", "issue"))
    arrays = {k: np.full((len(actors), len(issues)), np.nan) for k in ("position", "salience", "power")}
    for r in inputs:
        for k, array in arrays.items():
            array[actors.index(r["actor"]), issues.index(r["issue"])] = float(r[k])
    table = Table(arrays["position"], arrays["salience"], arrays["power"])
    return Published(table, actors, issues, rows("realized_output"))
