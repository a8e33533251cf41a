"""How fast shards of records come into a ledger, and in how much memory.

    python benchmarks/merging.py [--records 1000000]

Shards of made records (`made.mixed`) are written, and taken in by a process of its own, which prints after each shard records a
second of the processor and the most memory that it has held so far. Putting together what is the same is timed by itself, on the
first 20,000 of them.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made

from detente.archives.files import record_rows, write_records
from detente.archives.merging import take_in
from detente.ledger import Ledger
from detente.ledger.clustering import cluster

SHARD = 50_000  # records
CLUSTERED = 20_000


def write(folder: Path, records: int) -> None:
    """Write shards of records."""
    for number, first in enumerate(range(0, records, SHARD)):
        size = min(SHARD, records - first)
        found = made.readings(made.mixed, size, first // made.IN_ARTICLE)
        write_records(folder / f"{number:05}.parquet", (row for one in found for row in record_rows(one)))


def merged(folder: Path) -> None:
    """Take shards in, and say how fast and in how much memory after each."""
    with Ledger.open(folder / "l.db", create=True) as ledger:
        for file in sorted(folder.glob("*.parquet")):
            began = time.process_time()
            records = take_in(ledger, [file]).records
            spent, held = (
                time.process_time() - began,
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            )
            print(
                f"{file.stem}: {records / spent:8,.0f} records a processor second, {held:.0f} MB at most",
                flush=True,
            )


def clustered() -> None:
    """Put together what is the same in the first records, and say how fast."""
    with Ledger.memory() as ledger:
        made.fill(ledger, made.readings(made.mixed, CLUSTERED))
        began = time.process_time()
        cluster(ledger)
        print(f"clusters: {CLUSTERED / (time.process_time() - began):,.0f} records a processor second")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--merge", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.merge:
        merged(given.merge)
        return
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), given.records)
        # In a process of its own: writing takes memory too.
        subprocess.run([sys.executable, __file__, "--merge", folder], check=True)
    clustered()


if __name__ == "__main__":
    main()
