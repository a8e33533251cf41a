"""A ledger of a million statements: how fast it fills, and how fast it answers.

    python benchmarks/ledger_million.py [--statements 1000000] [--ledger FILE]

The statements are made, twenty to an article, in invented states (`made.statements`). It prints records written a second (on the
clock and of the processor, with what making them took of it left out), and the median and the 95th percentile of: a search, a page
of fifty records with its count, its facets and what it rests on (with nothing kept from the time before, as after every change to
the ledger; and again while nothing has changed), and a decision that is saved while another process adds articles.
The limits are those written down when the project began: 20,000 records a second, 50 ms, 100 ms in the median, 25 ms at the
95th percentile.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import made

from detente.ledger import Ledger, counting


def show(what: str, seconds: Sequence[float], limit: str) -> None:
    """A line of the report."""
    ordered = sorted(seconds)
    tail = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(
        f"{what:52} median {median(ordered) * 1000:8.1f} ms   p95 {tail * 1000:8.1f} ms   {limit}", flush=True
    )


def timed(work: Callable[[], object]) -> float:
    """The seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def searches(ledger: Ledger) -> None:
    """Rare and common words, and two together."""
    chosen = random.Random(1)
    rare = [str(chosen.randrange(1000, 20_000)) for _ in range(20)]
    for name, asked in (
        ("rare", rare),
        ("common", made.WORDS[:20]),
        ("all records’", ["holds", "Marland", "envoy holds"]),
        ("two common", [f"{a} {b}" for a, b in zip(made.WORDS[:20], made.WORDS[20:40], strict=True)]),
    ):
        show(
            f"search, {name} words",
            [timed(lambda w=words: ledger.search(w, limit=20)) for words in asked],
            "limit 50 ms",
        )  # type: ignore[misc]


PAGES: dict[str, dict[str, object]] = {
    "all": {}, "of one speaker": {"speaker": made.SPEAKERS[7].id}, "of one mode": {"mode": "mixed"}, "of one outlet": {"publisher": "Outlet 7"},
    "of one month": {"since": "2024-05-01", "until": "2024-05-31"}, "with a word": {"text": made.WORDS[3]},
}  # fmt: skip
FACETS = ("mode", "review", "publisher", "speaker", "month")


def pages(ledger: Ledger) -> None:
    """Fifty records, how many there are, facets, and what they rest on."""
    for name, asked in PAGES.items():
        found = ledger.statements.where(**asked).standing()  # type: ignore[arg-type]
        parts: dict[str, Callable[[], object]] = {
            "list": lambda f=found: f[:50], "count": lambda f=found: len(f), "facets": lambda f=found: f.facets(*FACETS), "coverage": lambda f=found: f.coverage(),  # type: ignore[misc]
        }  # fmt: skip
        first = {part: [_anew(work) for _ in range(3)] for part, work in parts.items()}
        times = {part: [timed(work) for _ in range(5)] for part, work in parts.items()}
        show(f"page, {name}", [sum(t) for t in zip(*times.values(), strict=True)], "limit 100 ms")
        show("    after a change", [sum(t) for t in zip(*first.values(), strict=True)], "limit 100 ms")
        print(
            "      " + ", ".join(f"{part} {1000 * median(took):.0f}" for part, took in first.items()),
            flush=True,
        )


def _anew(work: Callable[[], object]) -> float:
    """The seconds that a piece of work takes with nothing kept from before."""
    counting.forget()
    return timed(work)


def decisions(path: Path, statements: int, number: int = 200) -> None:
    """Decisions saved while another process adds articles, one a transaction."""
    command = [
        sys.executable,
        __file__,
        "--ledger",
        str(path),
        "--add-from",
        str(statements // made.IN_ARTICLE),
    ]
    adding = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert adding.stdout is not None
        adding.stdout.readline()
        with Ledger.open(path, timeout=20) as ledger:
            ids = [r.id for r in ledger.statements[:number]]
            took = []
            for key in ids:
                took.append(timed(lambda k=key: ledger.judge(k, "accept", by="A. Reader")))  # type: ignore[misc]
                time.sleep(0.02)
        show("a decision, while articles are added", took, "limit p95 25 ms")
    finally:
        adding.kill()
        adding.wait()


def add_on(path: Path, first: int) -> None:
    """Add articles for ever, ten a second: about twice what reading them takes."""
    with Ledger.open(path, timeout=20) as ledger:
        for n in range(first, first + 1_000_000):
            read = made.statements(n)
            ledger.add(read.article, read.records)
            print(n, flush=True)
            time.sleep(0.1)


def _filled(ledger: Ledger, statements: int) -> str:
    """Fill a ledger, a batch a transaction, and say how fast; making the statements is not counted."""
    wall = processor = 0.0
    for batch in made.batches(made.readings(made.statements, statements)):
        began = time.perf_counter(), time.process_time()
        ledger.add_all(batch)
        wall, processor = wall + time.perf_counter() - began[0], processor + time.process_time() - began[1]
    return f"{statements / wall:,.0f} records a second on the clock, {statements / processor:,.0f} a second of the processor"


def main() -> None:
    """Fill a ledger, where it is not there yet, and time it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=Path, help="kept, and used again; else one in a temporary folder")
    parser.add_argument("--add-from", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.add_from is not None:
        add_on(asked.ledger, asked.add_from)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or Path(folder) / "million.db"
        if not path.exists():
            with Ledger.open(path, create=True) as ledger:
                print(_filled(ledger, asked.statements), flush=True)
        with Ledger.open(path, readonly=True) as ledger:
            print(f"{len(ledger.statements):,} statements, {path.stat().st_size / 2**20:,.0f} MB", flush=True)
            searches(ledger)
            pages(ledger)
        decisions(path, asked.statements)


if __name__ == "__main__":
    main()
