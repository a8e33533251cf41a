"""How near and how fast war bargaining, guarantees, durability and deterrence are, beside the reference figures.

    python benchmarks/war_and_durability.py [--runs 7]

Prints the median time of some runs, and the largest difference from the reference tables, which are read from the folder
that DETENTE_SHARED names, and left out where it is not set.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from detente.weighing.backtest import backtest
from detente.weighing.base_rates import ANY, comparable
from detente.weighing.comparison import compare
from detente.weighing.deu import loads, synthetic
from detente.weighing.durability import durability
from detente.weighing.guarantees import (
    Component,
    Guarantee,
    GuaranteedRange,
    GuaranteedWar,
    LayeredGuarantees,
    Layers,
)
from detente.weighing.importance import ComponentImportance
from detente.weighing.median import WeightedMedian
from detente.weighing.scores import crps
from detente.weighing.strategic import AS_IS, GIVES_IN, WAR, Covariates, fit_strategic
from detente.weighing.survival import KaplanMeier
from detente.weighing.war import HiddenCost, PowerShift, PreventiveWar, RiskReturn, War
from detente.weighing.weibull import fit_weibull
from detente.weighing.weighted_mean import WeightedMean

DRAWS = 1000
# Mean absolute error on the 351 scored issues of DEU III, and the least difference that they can detect.
PUBLISHED = {"weighted mean": 22.99, "ridge on all inputs": 23.84, "best challenge model": 26.83, "median": 28.37}
DETECTABLE = 3.04


def timed(what: str, call: Callable[[], Any], runs: int, beside: str = "") -> None:
    """Print the median time of a call."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    print(f"{what:58} {median(taken):8.4f} s   {beside}")


def differs(what: str, found: Any, expected: Any, printed: str) -> None:
    """Print how far found values lie from those of a table, and how exactly the table prints them."""
    print(f"{what:58} {np.abs(np.asarray(found) - np.asarray(expected)).max():8.1e}     {printed}")


def column(rows: list[dict[str, Any]], name: str) -> Any:
    return np.array([row[name] for row in rows], dtype=np.float64)


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def closed_forms(tables: Path) -> None:
    rows = json.loads((tables / "war_bargaining_closed_forms.json").read_text(encoding="utf-8"))["rows"]
    hidden, shift, ranges = ([r for r in rows if key in r] for key in ("x_star", "delta", "x_low"))
    demand = RiskReturn().run(HiddenCost(*(column(hidden, k) for k in ("p", "cA", "C"))))
    differs("war: demand under hidden cost", demand.share, column(hidden, "x_star"), "exact")
    margin = PreventiveWar().run(PowerShift(*(column(shift, k) for k in ("p1", "p2", "cB", "delta")))).margin
    differs("war: margin of the commitment problem", margin, column(shift, "lhs") - column(shift, "rhs"), "exact")
    war = War(*(column(ranges, k) for k in ("p", "cR", "cU")))
    found = GuaranteedRange().run(GuaranteedWar(war, Guarantee(*(column(ranges, k) for k in ("gamma", "Delta", "k")))))
    differs("war: guaranteed range, low end", found.low, column(ranges, "x_low"), "exact")


def base_rates(tables: Path) -> None:
    named = {"victory gov/side A": "victory of side A", "victory rebel/side B": "victory of side B"}
    rows = read(tables / "ucdp_termination_km_by_outcome.csv")
    curves = [
        KaplanMeier(comparable(ANY if r["type"] == "all" else r["type"], named.get(r["outcome"], r["outcome"]))) for r in rows
    ]
    differs("base rates: S(5 years), 27 rows", [c.at(5).share for c in curves], column(rows, "S5"), "3 places")


def deterrence(tables: Path, runs: int) -> None:
    expected = json.loads((tables / "signorino_war1800_egame12.json").read_text(encoding="utf-8"))
    rows = read(tables / "signorino_war1800_data.csv")
    one = np.ones(len(rows))

    def regime(side: int, kind: str) -> Any:
        return np.array([float(r[f"regime{side}"] == kind) for r in rows])

    covariates = Covariates(
        np.column_stack([one, column(rows, "s_wt_re1"), column(rows, "revis1")]),
        np.zeros((len(rows), 0)),
        np.column_stack([one, regime(1, "dem"), regime(1, "mixed")]),
        np.column_stack([one, column(rows, "balanc"), regime(2, "dem"), regime(2, "mixed")]),
    )
    ends = np.select([column(rows, "war") == 1, column(rows, "capit") == 1], [WAR, GIVES_IN], AS_IS)
    fit = fit_strategic(ends, covariates)
    differs("deterrence: log-likelihood, 313 disputes", fit.loglik, expected["loglik"], "−315.98788")
    differs("deterrence: ten coefficients", fit.estimate, list(expected["coef"].values()), "another optimiser's")
    timed("deterrence: fit of ten coefficients", lambda: fit_strategic(ends, covariates), runs)


def layers(components: int, rng: np.random.Generator) -> Layers:
    shape = (DRAWS, 20)
    war = War(rng.uniform(0.4, 0.8, shape), rng.uniform(0, 0.2, (DRAWS, 1)), rng.uniform(0, 0.2, (DRAWS, 1)))
    parts = [
        Component(f"part {i}", *(rng.uniform(0, 0.1, DRAWS) for _ in range(3)), rng.uniform(0.1, 0.5, DRAWS), rng.uniform(0, 0.5, DRAWS))
        for i in range(components)
    ]
    return Layers(war, np.full((DRAWS, 1), 0.3), np.full((DRAWS, 1), 0.3), np.full((DRAWS, 1), 0.1), parts)


def speeds(runs: int) -> None:
    rng = np.random.default_rng(1)
    for n in (3, 8):
        case = layers(n, rng)
        holds = LayeredGuarantees().run(case)
        timed(f"guarantees: {2**n} packages, 20 periods, {DRAWS} draws", lambda case=case: LayeredGuarantees().run(case), runs)
        timed(f"importance: {n} components, {DRAWS} draws", lambda holds=holds: ComponentImportance().run(holds), runs)
    spells = comparable("intrastate", "ceasefire")
    timed("durability: base rate, curve and intervals", lambda: durability("intrastate", "ceasefire", guarantee=True), runs)
    timed("durability: Weibull fit of 647 spells", lambda: fit_weibull(comparable("intrastate")), runs)
    timed("durability: Kaplan–Meier at three times", lambda: [KaplanMeier(spells).at(t) for t in (0.5, 1, 5)], runs)
    draws, outcome = rng.normal(size=(DRAWS, 351)), rng.normal(size=351)
    timed(f"scores: CRPS of 351 issues, {DRAWS} draws", lambda: crps(draws, outcome), runs)
    errors, clusters = rng.normal(size=(2, 351)), np.arange(351) // 3
    timed("comparison: 2000 resamples of 117 clusters", lambda: compare(("a", errors[0]), ("b", errors[1]), clusters), runs)


def deu(runs: int) -> None:
    print("\nDEU III, published mean absolute errors of 100 points (bring your own file: the data are not here)")
    for name, error in PUBLISHED.items():
        print(f"  {name:56} {error:8.2f}")
    print(f"  {'least difference that shows':56} {DETECTABLE:8.2f}")
    issues = loads(synthetic(141, np.random.default_rng(1)))
    models = [WeightedMean(), WeightedMedian()]
    print("an invented set in its form:", *backtest(issues, models).lines(), sep="\n  ")
    timed("backtest: two models, one draw", lambda: backtest(issues, models), runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    if shared := os.environ.get("DETENTE_SHARED"):
        tables = Path(shared) / "reference/models"
        print(f"{'largest difference from the reference':58} {'':8}     reference")
        closed_forms(tables)
        base_rates(tables)
        deterrence(tables, runs)
    else:
        print("DETENTE_SHARED is not set: the reference tables are left out")
    speeds(runs)
    deu(runs)


if __name__ == "__main__":
    main()
