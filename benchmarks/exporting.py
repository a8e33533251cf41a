"""How fast records leave in each format, and in how much memory: the same at five times the records, if it is constant.

    python benchmarks/exporting.py [--records 50000 250000] [--formats csv xlsx ...] [--ledger FILE]

Makes a ledger of `made.mixed`, twenty records an article, or takes the one given, and exports it once a format, each in a process of its own
that opens the ledger for reading. Prints records a second of the processor, which other work changes less, the most memory that
the process held (ru_maxrss) less what it held before the export began, and the size of the file. Of that memory up to 64 MiB are
SQLite's cache of the ledger's pages. Python's own share is measured by tracemalloc with --trace, at a fraction of the speed.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import made

from detente.exchange import exporter, exporters
from detente.ledger import Ledger


def make_ledger(path: Path, number: int) -> None:
    with Ledger.open(path, create=True) as ledger:
        made.fill(ledger, made.readings(made.mixed, number))


def measure(path: Path, name: str, out: Path, trace: bool) -> None:
    """Export once and print a line; runs in a process of its own."""
    with Ledger.open(path, readonly=True) as ledger, out.open("wb") as stream:
        exporter(name).write(
            ledger, stream, ledger.records().where(article=next(iter(ledger.articles)))
        )  # loads what it needs
        stream.seek(0)
        stream.truncate()
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        if trace:
            tracemalloc.start()
        account = exporter(name).write(ledger, stream)
        seconds = time.process_time() - start
        peak = tracemalloc.get_traced_memory()[1] / 2**20 if trace else 0.0
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    size = out.stat().st_size / 2**20
    traced = f"  traced peak {peak:7.1f} MiB" if trace else ""
    print(
        f"{name:12} {account.written:9,} records {account.written / seconds:9,.0f} a second  +{more:7.1f} MiB{traced}  file {size:8.1f} MiB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, nargs="+", default=[50_000, 250_000])
    parser.add_argument("--formats", nargs="+", default=list(exporters()))
    parser.add_argument("--ledger", type=Path, help="export this one")
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        return make_ledger(Path(given.make[0]), int(given.make[1]))
    if given.one:
        ledger, name, out = given.one
        return measure(Path(ledger), name, Path(out), given.trace)
    with tempfile.TemporaryDirectory() as folder:
        for number in given.records if given.ledger is None else [0]:
            path = given.ledger or Path(folder, f"{number}.db")
            if given.ledger is None:
                # In a process of its own too: on Linux a child begins with the ru_maxrss that its parent has.
                subprocess.run([sys.executable, __file__, "--make", str(path), str(number)], check=True)
            for name in given.formats:
                one = [sys.executable, __file__, "--one", str(path), name, str(Path(folder, f"out.{name}"))]
                subprocess.run([*one, *(["--trace"] if given.trace else [])], check=True)
    return None


if __name__ == "__main__":
    main()
