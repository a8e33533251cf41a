"""How fast archives are read, on how many workers, in how much memory; and how fast shards come into a ledger.

    python benchmarks/archives.py [--articles 1000] [--runs 3] [--records 1000000]

The articles are made from templates, with invented people in invented states, about 600 words each. Figures are of whole
processes, the start of each and the loading of the model included; medians over runs. The live peer's published speed
is 4 seconds a story and event type: their figure, on their machine, and this one's beside it is no race.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from detente.archives.archive import Archive
from detente.archives.engines import Processes
from detente.archives.merging import merge
from detente.archives.plan import cut
from detente.ledger import Ledger
from detente.records import Article

STATES = ("Ostrava", "Marland", "Kessia", "Tolvia", "Brenn", "Sorland")
PEOPLE = ("Ana Velkova", "Teodor Brandt", "Ivo Stan", "Lena Haik", "Pia Lund", "Arno Dell", "Mara Sonn", "Ilo Karst")
ROLES = ("President", "Prime Minister", "Foreign Minister", "General", "Ambassador")
TEMPLATES = (
    "{role} {a} of {s} said on {day} that “the talks in {t} cannot go on without a ceasefire”.",
    "“We will not sign before the prisoners are home,” {a} told reporters in {t}. “That is our last word.”",
    "{s} pledged to give {t} £{n}m in military aid by 20{y}, if parliament agrees, according to {a}.",
    "{a} accused {t} of shelling the border on {day}, which {b} denied.",
    "A coalition of the willing led by {s} would guarantee any truce, {b} said, but only with a backstop from {t}.",
    "The envoys met for {n} minutes in {t} on {day} and agreed to meet again next week.",
    "Asked whether {s} had promised troops, {b} said that nothing had been decided.",
    "{b} is expected to tell the assembly in {t} that up to {n},000 soldiers could be sent over the next three years.",
    "Prices in {t} rose by {n} per cent over the year, and bread was short in the towns along the river.",
    "The road from the airport was lined with flags, and a cold wind came down from the hills above the old town.",
    "{role} {b} had described the plan as “a farce”, and an adviser to {a} said the word was well chosen.",
    "Officials in {s} suggested that the minister had not been told of the visit before {day}.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def made(count: int, seed: int = 1) -> Iterator[Article]:
    """Articles of realistic length, each of another text."""
    rng = random.Random(seed)
    for number in range(count):
        paragraphs = [" ".join(_sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(14, 26))]
        day = f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        yield Article.of("\n".join(paragraphs), f"made/{number}.txt", published=day, country="GB", publisher=f"Outlet {number % 40}")


def _sentence(rng: random.Random) -> str:
    a, b = rng.sample(PEOPLE, 2)
    s, t = rng.sample(STATES, 2)
    return rng.choice(TEMPLATES).format(
        a=a, b=b, s=s, t=t, role=rng.choice(ROLES), day=rng.choice(DAYS), n=rng.randint(2, 90), y=rng.randint(26, 35)
    )


def reading(folder: Path, workers: int) -> tuple[float, float, float]:
    """Wall seconds, processor seconds of all workers, and the largest worker in MB, for one run of a cut archive."""
    for part in ("records", "reports"):
        shutil.rmtree(folder / part, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    # In a process of its own, so that the workers are its children and are counted when they end.
    subprocess.run([sys.executable, __file__, "--run", str(folder), str(workers)], check=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--shards", type=int, default=20)
    parser.add_argument("--run", nargs=2)
    given = parser.parse_args()
    if given.run:
        Archive(Path(given.run[0])).read(Processes(int(given.run[1])))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        articles = list(made(given.articles))
        words = sum(len(a.text.split()) for a in articles)
        plan = cut(folder, ("made",), articles, {}, size=max(1, given.articles // given.shards))
        print(f"{given.articles:,} articles, {words:,} words, {len(plan.shards)} shards; medians over {given.runs} runs")
        walls = {}
        for workers in (1, 2):
            runs = [reading(folder, workers) for _ in range(given.runs)]
            wall, cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
            walls[workers] = wall
            print(
                f"{workers} worker{'s' * (workers > 1)}: {wall:8.1f} s wall, {words / cpu:8,.0f} words a processor second, "
                f"{words / wall:8,.0f} words a second, {wall / given.articles:.3f} s a story, largest process {memory:.0f} MB"
            )
        print(f"efficiency at 2 workers: {100 * walls[1] / (2 * walls[2]):.0f} %")
        with Ledger.open(Path(place) / "l.db", create=True) as ledger:
            began = time.perf_counter()
            merged = merge(ledger, Archive(folder).record_files())
            spent = time.perf_counter() - began
        size = sum(path.stat().st_size for path in (folder / "records").iterdir()) / 1e6
        print(f"merged {merged.records:,} records in {spent:.1f} s: {merged.records / spent:,.0f} a second; shards {size:.1f} MB")


if __name__ == "__main__":
    main()
