"""Models of rounds and exchanges: the time of each, beside what is published of it and of other programs.

    python benchmarks/round_models.py [--runs 5]

Prints the median time on the clock, and of the processor, which other work on the machine changes less. The
published cases lie in the folder that DETENTE_SHARED names; without it only the emissions case is run.
Times of other programs, and limits, are those written down when the project began; they were not measured here.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import detente
from detente.weighing import situation_from, weigh
from detente.weighing.challenge import ChallengeModel, under_every_reading
from detente.weighing.challenge_rules import Reading
from detente.weighing.draws import Draws, FloatArray
from detente.weighing.exchange_of_positions import exchange
from detente.weighing.ktab import Settings, SpatialModel
from detente.weighing.report_html import html
from tests.weighing import ktab_cases, made
from tests.weighing.exchange_cases import published
from tests.weighing.test_seed import completed

Row = tuple[str, Callable[[], object], str, str]
"""What is run, how, the limit, and other programs' times."""

KTAB = {
    "dummyData_3Dim": ("0.03", "0.07"), "emissions": ("0.05", "0.20"), "SOE-Pol-Comp": ("0.12", "0.62"),
    "SOE-Policy": ("0.47", "2.5–3.3"), "dummyData_6Dim": ("0.9", "3.8"), "SOE-Competitive": ("1.4", "11–14"),
    "dummyData-a040": ("1.8", "13–15"),
}  # fmt: skip


def emissions(draws: int) -> Draws:
    """The emissions case with noise of 5 % on every input."""
    case, rng = made.Emissions().draws(), np.random.default_rng(0)

    def noisy(array: FloatArray) -> FloatArray:
        return array * (1 + 0.05 * rng.standard_normal((draws, *array.shape[1:])))

    return made.draws(noisy(case.capability), np.minimum(noisy(case.salience), 1), noisy(case.position))


def london(shared: Path) -> Iterator[Row]:
    """The situation of the first article, completed by the assumptions that its test states."""
    (article,) = (shared / "seeds").glob("*.txt")
    situation = completed(situation_from(detente.read(article, published="2025-03-02", country="GB")))
    report = weigh(situation, draws=1000)
    yield "London, weighed from end to end with 1,000 draws", lambda: weigh(situation, draws=1000), "2", ""
    yield "London, its report as one HTML file", lambda: html(report), "", ""


def rows(shared: Path | None) -> Iterator[Row]:
    many, one = emissions(1000), made.Emissions().draws()
    peers = "1.3 (schelling), 3,100 (jmckib)"
    yield "challenge model as printed, 1000 draws × 5 rounds", lambda: ChallengeModel().run(many), "0.15", peers
    program = ChallengeModel(Reading.PROGRAM.value)
    yield "challenge model as programmed, 1000 draws × 5 rounds", lambda: program.run(many), "0.15", peers
    yield "challenge model, all 96 readings × 5 rounds", lambda: under_every_reading(one), "", ""
    yield "spatial model, 10 parties × 1000 draws", lambda: SpatialModel().run(many), "", ""
    if not shared:
        return
    spatial = SpatialModel(Settings(as_named=True), jointly=True)
    for name, (limit, peer) in KTAB.items():
        case = ktab_cases.case(shared, name)
        label = f"spatial model, {case.capability.shape[1]} parties ({name})"
        yield label, lambda case=case: spatial.run(case), limit, f"{peer} (smpc, C++)"  # type: ignore[misc]
    yield from london(shared)
    for name, limit, peer in (("data_short", "", ""), ("CoP21", "0.2", "2.1 (decide-exchange-model)")):
        table = published(shared, name).table
        yield f"position exchange, {name}", lambda table=table: exchange(table), limit, peer  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is run (5)")
    runs, folder = parser.parse_args().runs, os.environ.get("DETENTE_SHARED")
    print(f"{'medians of ' + str(runs) + ' runs, in seconds':54}     clock  processor   limit   others")
    for label, run, limit, peer in rows(Path(folder) if folder else None):
        clock, processor = [], []
        for _ in range(runs):
            start = time.perf_counter(), time.process_time()
            run()
            clock.append(time.perf_counter() - start[0])
            processor.append(time.process_time() - start[1])
        print(f"{label:54}  {median(clock):8.4f}   {median(processor):8.4f}  {limit:>6}   {peer}")
    if not folder:
        print("DETENTE_SHARED is not set: it names the folder with the published cases of the other rows")


if __name__ == "__main__":
    main()
