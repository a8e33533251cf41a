"""How fast voting power, cooperative games, bargaining over packages and small games are, beside published figures.

    python benchmarks/power_and_bargaining.py [--runs 7]

Prints the median of some runs: time on the clock, then of the processor, which other work on the machine changes less. The European tables are read from the folder that DETENTE_SHARED names, and left out
where it is not set. nashpy and negmas are timed if they are installed; they are no dependencies.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from detente.weighing.alternating_offers import AlternatingOffers
from detente.weighing.bargaining import Bargain, Egalitarian, KalaiSmorodinsky, Nash
from detente.weighing.cooperative import Game, ShapleyValue
from detente.weighing.games import AllEquilibria, BimatrixGame
from detente.weighing.nucleolus import Nucleolus
from detente.weighing.packages import Packages
from detente.weighing.pareto import pareto
from detente.weighing.power import Banzhaf, ShapleyShubik
from detente.weighing.voting import Rule, VotingBody
from detente.weighing.zone import Consent, side_payment, zone


def timed(what: str, call: Callable[[], Any], runs: int, beside: str = "") -> float:
    """Print the median time of a call, on the clock and of the processor, and return the latter in seconds."""
    clock, processor = [], []
    for _ in range(runs):
        start = time.perf_counter(), time.process_time()
        call()
        clock.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    print(f"{what:58} {median(clock):8.4f} s {median(processor):8.4f} s   {beside}")
    return median(processor)


def power(shared: Path, runs: int) -> None:
    tables = shared / "reference/models"
    nice = json.loads((tables / "eu27_nice_power_indices.json").read_text(encoding="utf-8"))
    council = VotingBody.weighted({r["member"]: r["weight"] for r in nice["rows"]}, nice["quota"])
    lisbon = json.loads((tables / "eu28_lisbon_power_indices.json").read_text(encoding="utf-8"))
    members = tuple(r["member"] for r in lisbon["rows"])
    people = Rule(tuple(r["pop10k"] for r in lisbon["rows"]), lisbon["quota"])
    states, many = Rule((1,) * 28, 16), Rule((1,) * 28, 25)
    double = VotingBody(members, ((people, states),))
    for model in (ShapleyShubik(), Banzhaf()):
        timed(f"EU27, Nice, {model.name}", lambda model=model: model.run(council), runs, "target 0.020")
        timed(f"EU28, double majority, {model.name}", lambda model=model: model.run(double), runs, "target 1, aim 0.1; peer 9–11")
    blocking = VotingBody(members, ((people, states), (many,)))
    timed("EU28, double majority or 25 states, shapley–shubik", lambda: ShapleyShubik().run(blocking), runs)
    timed("EU28, double majority, union of ten, owen", lambda: ShapleyShubik().run(double, [members[:10]]), 1)


def cooperative(runs: int) -> None:
    rng = np.random.default_rng(1)
    size = (np.arange(2**10)[:, None] >> np.arange(10) & 1).sum(axis=1)
    worth = (size**2 * rng.random(2**10))[None]
    game = Game(tuple(f"p{i}" for i in range(10)), worth)
    timed("ten players, shapley value", lambda: ShapleyValue().run(game), runs)
    timed("ten players, nucleolus", lambda: Nucleolus().run(game), runs)


def bargaining(runs: int) -> None:
    rng = np.random.default_rng(2)
    components = {f"c{k}": [str(i) for i in range(10)] for k in range(5)}
    worth = {name: rng.random((10, 10)) for name in components}
    packages = Packages.of(components)
    utility = packages.additive(worth)
    talks = Bargain.equal(tuple(f"p{i}" for i in range(10)), utility, np.full((1, 10), 1.8))
    everybody = Consent.unanimous(10)
    majority = Consent(np.arange(10) < 2, np.ones(10), 7.0)
    print("100,000 packages of five components, ten parties (target: all together at most 1 s)")
    together = sum(
        timed(f"  {what}", call, runs)
        for what, call in {
            "enumerate, and add the worths up": lambda: Packages.of(components).additive(worth),
            "gains and shares": lambda: replace(talks).shares,
            Nash.name: lambda: Nash().run(talks),
            KalaiSmorodinsky.name: lambda: KalaiSmorodinsky().run(talks),
            Egalitarian.name: lambda: Egalitarian().run(talks),
            "zone and binding party": lambda: zone(talks, everybody),
            "cheapest side payment": lambda: side_payment(talks, everybody),
        }.items()
    )
    print(f"{'  together':69} {together:8.4f} s")
    timed("  alternating offers, discount 0.95", lambda: AlternatingOffers((0.95,) * 10).run(talks), runs)
    timed("  cheapest side payment, seven of ten with two vetoes", lambda: side_payment(talks, majority), runs)
    for parties in (2, 3, 5):
        timed(f"  pareto set, {parties} parties", lambda parties=parties: pareto(utility[:, :parties]), 1)
    timed("  pareto set, 10 parties, 10,000 of the packages", lambda: pareto(utility[:, :, :10_000]), 1, "grows with the square")


def beside_negmas(runs: int) -> None:
    """Two parties and 4,096 packages: the Pareto set, and the Nash and egalitarian points, which must be the same."""
    from negmas import make_issue
    from negmas.preferences import LinearAdditiveUtilityFunction, ops

    rng = np.random.default_rng(4)
    components = {f"c{k}": [f"{k}.{i}" for i in range(8)] for k in range(4)}
    worth = {name: rng.random((2, 8)) for name in components}
    utility = Packages.of(components).additive(worth)
    # negmas measures from the reserved value, or from the least utility if that is higher.
    talks = Bargain.equal(("a", "b"), utility, utility.min(axis=2))
    issues = [make_issue(levels, name) for name, levels in components.items()]
    theirs = [
        LinearAdditiveUtilityFunction(
            values=[dict(zip(levels, worth[name][p].tolist(), strict=True)) for name, levels in components.items()],
            issues=issues, reserved_value=0.0,
        )
        for p in (0, 1)
    ]  # fmt: skip

    def all_theirs() -> Any:
        front = ops.pareto_frontier(theirs, issues=issues)[0]
        return [points(theirs, front, issues=issues)[0][0] for points in (ops.nash_points, ops.kalai_points)], front

    def all_ours() -> Any:
        utility = Packages.of(components).additive(worth)
        fresh = Bargain.equal(("a", "b"), utility, talks.disagreement)
        return [model.run(fresh).utility[0] for model in (Nash(), Egalitarian())], pareto(utility)

    timed("4,096 packages, two parties: pareto set, nash, egalitarian", all_ours, runs)
    timed("  negmas", all_theirs, runs)
    same = np.allclose(all_theirs()[0], all_ours()[0]) and len(all_theirs()[1]) == all_ours()[1].sum()
    print(f"  the same points and as many in the set: {'yes' if same else 'NO'}")


def games(runs: int) -> None:
    rng = np.random.default_rng(3)
    row, column = rng.integers(-20, 20, (2, 6, 6)).tolist()
    timed("6 × 6 game, all equilibria", lambda: AllEquilibria().run(BimatrixGame.of(row, column)), runs, "Gambit 0.60 on another 6 × 6")
    edge = ([[0, -1], [-1, 3], [-2, 0]], [[0, 0], [2, 0], [-2, -1]])
    found = AllEquilibria().run(BimatrixGame.of(*edge))
    print(f"  an even game whose equilibria are not finitely many: {len(found.extreme)} extreme, {len(found.sets)} sets")
    if importlib.util.find_spec("nashpy"):
        beside_nashpy(row, column, edge, runs)


def beside_nashpy(row: Any, column: Any, edge: Any, runs: int) -> None:
    import nashpy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        game = nashpy.Game(np.array(row), np.array(column))
        timed("  nashpy, support enumeration", lambda: list(game.support_enumeration()), runs)
        timed("  nashpy, vertex enumeration", lambda: list(game.vertex_enumeration()), runs)
        counts = len(list(nashpy.Game(*map(np.array, edge)).support_enumeration()))
        print(f"  nashpy, support enumeration of the degenerate game: {counts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    if shared := os.environ.get("DETENTE_SHARED"):
        power(Path(shared), runs)
    else:
        print("DETENTE_SHARED is not set: the European tables are left out")
    cooperative(runs)
    bargaining(runs)
    if importlib.util.find_spec("negmas"):
        beside_negmas(runs)
    games(runs)


if __name__ == "__main__":
    main()
