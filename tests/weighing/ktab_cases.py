"""The published runs of KTAB's program, read from the shared folder."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.weighing.draws import Draws, FloatArray

from . import made

# Example inputs of the program, and where its run on each is kept.
RUNS = {
    "SOE-Pol-Comp": "ktab_smp_SOE-Pol-Comp", "dummyData_3Dim": "ktab_smp_dummyData_3Dim",
    "emissions": "run_emissions", "SOE-Policy": "run_SOE-Policy", "dummyData_6Dim": "run_dummyData_6Dim",
    "SOE-Competitive": "run_SOE-Competitive", "dummyData-a040": "run_dummyData-a040",
}  # fmt: skip
TABLES = ("SOE-Pol-Comp", "dummyData_3Dim")
"""Those of which the program printed the tables of the first turn too."""


@dataclass(frozen=True)
class Run:
    """One run: its inputs, and what the program printed.

    Args:
        position: 0–100, one decimal place; shape (T+1, N, M).
        chance: four decimal places; shape (T+1, N).
        printed: the whole record.
    """

    draws: Draws
    position: FloatArray
    chance: FloatArray
    printed: dict[str, Any]


def case(shared: Path, name: str) -> Draws:
    """The inputs: capability as it is, saliences as parts of 1."""
    text = (shared / "reference/models/ktab" / f"{name}.csv").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
    issues = (len([cell for cell in rows[1] if cell]) - 3) // 2
    cells = np.array([[float(c) for c in row[2 : 3 + 2 * issues]] for row in rows[2:] if row and row[0]])
    return made.draws(cells[:, 0], cells[:, 2::2] / 100, cells[:, 1::2])


def run(shared: Path, name: str) -> Run:
    path = shared / "reference/models/ktab" / f"{RUNS[name]}.json"
    printed = json.loads(path.read_text(encoding="utf-8"))
    position = np.array([list(issues.values()) for issues in printed["position_history"].values()])
    chance = np.array(list(printed["winning_prob_history"].values()))
    return Run(case(shared, name), position.transpose(2, 0, 1), chance.T, printed)
