"""The models say the same, to a billionth, whatever the process: hash seed, threads, and what the processor can do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as numpy_core

from .golden import CASES, KEPT, numbers

TOLERANCE = 1e-9
# What numpy may use beyond the least that it was built for: off, it computes as on an old processor.
BEYOND = " ".join(numpy_core.__cpu_dispatch__)


def alike(found: dict[str, dict[str, float]]) -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert found.keys() == kept.keys() == CASES.keys()
    for case, expected in kept.items():
        assert found[case].keys() == expected.keys(), case
        assert found[case] == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE), case


def test_in_this_process() -> None:
    alike(numbers())


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "1", "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"},
        {"PYTHONHASHSEED": "1", "NPY_DISABLE_CPU_FEATURES": BEYOND, "OPENBLAS_CORETYPE": "Nehalem"},
    ],
    ids=["one thread", "two threads and other hashes", "an old processor"],
)
def test_in_another_process(surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.weighing.golden"], cwd=Path(__file__).parents[2], env=os.environ | surroundings,
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    alike(json.loads(done.stdout))


def test_every_part_of_a_report_is_among_the_golden_numbers() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["whole"]
    parts = {path.split("/")[1] for path in kept}
    assert {"issues", "coalitions", "deal", "durability", "enforcement"} <= parts
    for issue in (0, 1):
        assert f"/issues/{issue}/baseline/median" in kept
        assert {path.split("/")[4] for path in kept if path.startswith(f"/issues/{issue}/models/")} == {
            "0",
            "1",
            "2",
            "3",
        }
