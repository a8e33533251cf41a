"""How fast archives are read, on how many workers, in how much memory, and what it costs to go on with one.

    python benchmarks/archives.py [--articles 10000] [--runs 3] [--workers 1 2] [--shards 20]

The articles are made from templates, with invented people in invented states, about 600 words each. Figures are of whole
processes, the start of each and the loading of the model included; medians over runs. It prints

- words in a second of processor time, and of the clock; the seconds that a story takes;
- efficiency: the clock's time with one worker, over that with N, over N. On a machine that has other work to do, look at the
  words in a second of processor time instead: where they stay the same with N workers, nothing is lost among them;
- the most memory that any worker had taken when a tenth, half and all of the articles were begun (Linux alone tells);
- going on: the seconds of a run that has nothing to do, what a run broken off at its half and begun again takes more, and whether
  its bytes are the same;
- telling which articles are copies of one story, and the merging of these shards into a ledger.

The live peer publishes 4 seconds a story and event type: their figure, on their machine, and ours beside it is no race.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from detente.archives.archive import Archive
from detente.archives.engines import Processes
from detente.archives.merging import merge
from detente.archives.plan import cut
from detente.archives.shard import Step
from detente.archives.stories import tell_stories
from detente.ledger import Ledger
from detente.records import Article

STATES = ("Ostrava", "Marland", "Kessia", "Tolvia", "Brenn", "Sorland")
PEOPLE = (
    "Ana Velkova",
    "Teodor Brandt",
    "Ivo Stan",
    "Lena Haik",
    "Pia Lund",
    "Arno Dell",
    "Mara Sonn",
    "Ilo Karst",
)
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
        paragraphs = [
            " ".join(_sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(11, 21))
        ]
        day = f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        yield Article.of(
            "\n".join(paragraphs),
            f"made/{number}.txt",
            published=day,
            country="GB",
            publisher=f"Outlet {number % 40}",
        )


def _sentence(rng: random.Random) -> str:
    a, b = rng.sample(PEOPLE, 2)
    s, t = rng.sample(STATES, 2)
    return rng.choice(TEMPLATES).format(
        a=a,
        b=b,
        s=s,
        t=t,
        role=rng.choice(ROLES),
        day=rng.choice(DAYS),
        n=rng.randint(2, 90),
        y=rng.randint(26, 35),
    )


class Run(NamedTuple):
    """What one run took: seconds on the clock, seconds of the processor in all processes, and MB of the largest worker."""

    wall: float
    cpu: float
    memory: dict[str, float]


def run(folder: Path, workers: int, *, stop: bool = False) -> Run:
    """Read what is left of an archive, in a process of its own, so that its workers are counted when they end.

    Args:
        folder: the archive's.
        workers: processes.
        stop: break off at half of the articles.
    """
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    call = [sys.executable, __file__, "--run", str(folder), str(workers), "stop" if stop else "whole"]
    told = subprocess.run(call, check=False, capture_output=True, text=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if told.returncode and not stop:
        raise SystemExit(told.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, json.loads(told.stdout or "{}"))


def read(folder: Path, workers: int, *, stop: bool) -> None:
    """What such a process does; prints the memory of the largest worker at some points."""
    archive, memory = Archive(folder), dict[str, float]()
    total, begun = sum(archive.plan.shards.values()), 0

    def count(_: Step) -> None:
        nonlocal begun
        begun += 1
        for name, share in (("a tenth", 0.1), ("half", 0.5), ("the end", 1)):
            if begun == max(1, int(share * total)):
                memory[name] = max(map(_most, multiprocessing.active_children()), default=0.0)
        if stop and begun == total // 2:
            for child in multiprocessing.active_children():
                child.kill()
            os._exit(1)

    archive.read(Processes(workers), begun=count)
    print(json.dumps(memory))


def _most(process: multiprocessing.process.BaseProcess) -> float:
    """The most memory that a process has taken so far, in MB; 0 where the system does not tell."""
    with suppress(OSError):
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def forget(folder: Path) -> None:
    """Begin the archive anew."""
    for part in ("records", "reports"):
        shutil.rmtree(folder / part, ignore_errors=True)


def digest(folder: Path) -> str:
    """A hash of all shards of records."""
    found = hashlib.sha256()
    for path in sorted((folder / "records").glob("*.parquet")):
        found.update(path.read_bytes())
    return found.hexdigest()


def reading(folder: Path, workers: int, runs: int, words: int, articles: int) -> float:
    """Read the archive some times, and print how that went; gives the median of the clock's seconds."""
    found = []
    for _ in range(runs):
        forget(folder)
        found.append(run(folder, workers))
    wall, cpu = (statistics.median(column) for column in zip(*(r[:2] for r in found), strict=True))
    name = f"{workers} worker{'s' * (workers > 1)}"
    print(
        f"{name}: {wall:,.1f} s on the clock, {words / cpu:,.0f} words in a second of processor time, "
        f"{words / wall:,.0f} on the clock, {wall / articles:.3f} s a story",
        flush=True,
    )
    most = {point: max(r.memory.get(point, 0.0) for r in found) for point in found[0].memory}
    print(
        f"{name}: largest, MB: " + ", ".join(f"{value:.0f} at {point}" for point, value in most.items()),
        flush=True,
    )
    return wall


def going_on(folder: Path, workers: int, whole: float) -> None:
    """Print what a run with nothing to do takes, and one that was broken off at its half."""
    before = digest(folder)
    nothing = run(folder, workers)
    forget(folder)
    parts = (run(folder, workers, stop=True), run(folder, workers))
    more = sum(part.wall for part in parts) - whole
    same = "the same bytes" if digest(folder) == before else "OTHER BYTES"
    print(
        f"nothing left to do: {nothing.wall:.1f} s; broken off at half and begun again with {workers} workers: {more:+.1f} s, {same}",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--shards", type=int, default=20)
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        read(Path(given.run[0]), int(given.run[1]), stop=given.run[2] == "stop")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        words = 0

        def counted() -> Iterator[Article]:
            nonlocal words
            for article in made(given.articles):
                words += len(article.text.split())
                yield article

        plan = cut(folder, ("made",), counted(), {}, size=max(1, given.articles // given.shards))
        print(
            f"{given.articles:,} articles, {words:,} words, {len(plan.shards)} shards; medians over {given.runs} runs",
            flush=True,
        )
        walls = {
            workers: reading(folder, workers, given.runs, words, given.articles) for workers in given.workers
        }
        for workers in given.workers[1:]:
            first = given.workers[0]
            print(
                f"efficiency at {workers} workers: {100 * first * walls[first] / (workers * walls[workers]):.0f} %",
                flush=True,
            )
        going_on(folder, given.workers[-1], walls[given.workers[-1]])
        began = time.perf_counter()
        told = tell_stories(Archive(folder))
        spent = time.perf_counter() - began
        print(
            f"told {told.stories:,} stories of several articles in {spent:.1f} s: {1000 * spent / given.articles:.1f} ms an article"
        )
        with Ledger.open(Path(place) / "l.db", create=True) as ledger:
            began = time.perf_counter()
            merged = merge(ledger, Archive(folder).record_files())
            spent = time.perf_counter() - began
        size = sum(path.stat().st_size for path in (folder / "records").iterdir()) / 1e6
        print(
            f"merged {merged.records:,} records in {spent:.1f} s, what is the same put together; shards {size:.1f} MB"
        )


if __name__ == "__main__":
    main()
