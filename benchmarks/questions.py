"""How long the questions take on a large made ledger.

    python benchmarks/questions.py [--records 40000] [--ledger FILE] [--cluster]

The ledger is of `made.mixed`: twenty records an article, on invented actors. With --ledger the file is kept, and used again. Each
question is asked of one actor, issue or day, as a person asks it, and of the whole ledger; printed are seconds of the processor, with
nothing kept from the time before: the median of `--times`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sized
from functools import partial
from pathlib import Path
from statistics import median

import made

from detente.ledger import Ledger, counting, questions
from detente.ledger.clustering import cluster


def of_one(ledger: Ledger) -> Iterator[tuple[str, Callable[[], Sized]]]:
    """Each question, about something."""
    q = questions
    yield "promises", lambda: q.promises(ledger, "State 7")
    yield "repeats", lambda: q.repeats(ledger, "State 7")
    yield "totals", lambda: q.totals(ledger, "State 7")
    yield "overdue", lambda: q.overdue(ledger, "State 7", as_of="2026-01-01")
    yield "depends", lambda: q.depends(ledger, "sector 77")
    yield "coalition", lambda: q.coalition(ledger, "League 3 of the Coast")
    yield "stands", lambda: q.stands(ledger, "sanctions", actor="State 7")
    yield "shifts", lambda: q.shifts(ledger, "State 7")
    yield "terms", lambda: q.terms(ledger, "sector 77")
    yield "sources", lambda: q.sources(ledger, f"{made.WORDS[3]} {made.WORDS[77]}")
    yield "contradictions", lambda: q.contradictions(ledger, "State 7")
    yield "sides", lambda: q.sides(ledger, "State 7")
    yield "changes", lambda: q.changes(ledger, since="2025-11-01", actor="State 7")


def of_all(ledger: Ledger) -> Iterator[tuple[str, Callable[[], Sized]]]:
    """Each question, about everything."""
    q = questions
    for name in (
        "promises",
        "repeats",
        "totals",
        "depends",
        "coalition",
        "stands",
        "shifts",
        "terms",
        "sources",
        "contradictions",
        "sides",
    ):
        yield name, partial(getattr(q, name), ledger)
    yield "overdue", lambda: q.overdue(ledger, as_of="2026-01-01")
    yield "changes", lambda: q.changes(ledger, since="2025-11-01")
    yield "changes, all", lambda: q.changes(ledger, since="2024-01-01")


def seconds(ask: Callable[[], Sized]) -> tuple[float, int]:
    """The processor's seconds that a question takes, and how many rows its answer has."""
    counting.forget()
    began = time.process_time()
    found = ask()
    return time.process_time() - began, len(found)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=40_000)
    parser.add_argument("--ledger", type=Path, help="kept, and used again; else one in a temporary folder")
    parser.add_argument(
        "--cluster", action="store_true", help="put together what is the same first: 0.4 ms a record"
    )
    parser.add_argument("--one", action="store_true", help="ask of one actor, issue or day alone")
    parser.add_argument("--times", type=int, default=1, help="ask so many times  [default: 1]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder, "made.db")
        if not path.exists():
            with Ledger.open(path, create=True) as ledger:
                made.fill(ledger, made.readings(made.mixed, given.records))
        with Ledger.open(path) as ledger:
            if given.cluster:
                cluster(ledger)
            print(
                f"{len(ledger.records()):,} records; {'' if given.cluster else 'not '}clustered", flush=True
            )
            for name, asked in (("of one", of_one), ("of all", of_all))[: 1 if given.one else 2]:
                for question, ask in asked(ledger):
                    took = [seconds(ask) for _ in range(given.times)]
                    spent = median(one for one, _ in took)
                    print(f"{name}  {question:16} {spent:7.2f} s   {took[0][1]:7,} rows", flush=True)


if __name__ == "__main__":
    main()
