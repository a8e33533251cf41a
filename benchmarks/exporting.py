"""How fast records leave in each format, and in how much memory: the same at five times the records, if it is constant.

    python benchmarks/exporting.py [--records 50000 250000] [--formats csv xlsx ...]

Makes a ledger of articles about invented states, ten records each, and exports it once a format, each in a process of its own
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

from detente.exchange import exporter, exporters
from detente.ledger import Ledger
from detente.records import (
    Actor,
    ActorRef,
    Amount,
    AnyRecord,
    Article,
    Event,
    Evidence,
    Origin,
    Pledge,
    Position,
    Statement,
    Term,
    kind_of,
    record_id,
)

RULE = Origin(by="rule", name="made", version="1")
ACTORS = tuple(ActorRef(id=f"state:{n}", name=f"State {n}") for n in range(60))
PARAGRAPH = (
    "President Ana Velkova said Ostrava would lend Marland {sum} crowns by 2027, and asked for an answer. Marland’s minister rejected "
    "a truce without a monitoring mission; he met Velkova on Sunday and spoke of number {number}.\n"
)
WORDS = {
    Statement: "Ostrava would lend Marland", Pledge: "would lend Marland", Position: "rejected a truce", Term: "a monitoring mission",
    Event: "met Velkova",
}  # fmt: skip


def article(number: int) -> Article:
    text = "".join(PARAGRAPH.format(sum=1000 + number + n, number=number * 2 + n) for n in range(2))
    return Article.of(
        text,
        f"coast/{number}.txt",
        publisher=f"Post {number % 40}",
        published=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
    )


def records(of: Article, number: int) -> list[AnyRecord]:
    one, two = ACTORS[number % 60], ACTORS[number * 7 % 59]
    fields = {
        Statement: {"speaker": one, "mode": "indirect", "addressees": (two,)},
        Pledge: {"pledger": (one,), "beneficiary": (two,), "type": "loan", "stage": "announced",
                 "amount": Amount(value=1e6 + number, unit="EUR"), "due": "../2027-12-31"},
        Position: {"actor": one, "issue": f"There is to be truce {number % 300}.", "stance": "support"},
        Term: {"category": "monitoring", "proposition": f"Mission {number % 300} monitors.", "proposed_by": (two,)},
        Event: {"type": "CONSULT", "actors": (one,), "recipients": (two,), "date": of.published},
    }  # fmt: skip
    half = len(of.text) // 2
    return [
        made(kind, of, of.text.index(WORDS[kind], after), fields[kind])
        for kind in fields
        for after in (0, half)
    ]


def made(kind: type[AnyRecord], of: Article, start: int, fields: dict[str, object]) -> AnyRecord:
    field = "content" if kind is Statement else "words"
    words = Evidence.of(of.text, field, start, start + len(WORDS[kind]))
    draft = kind(id="", article=of.id, evidence=(words,), origin=RULE, **fields)  # type: ignore[arg-type]
    return draft.replace(id=record_id(of.id, kind_of(draft), draft.core))


def make_ledger(path: Path, number: int) -> None:
    with Ledger.open(path, create=True) as ledger, ledger.connection.writing():
        known = [Actor(id=a.id, name=a.name, type="state", country="OS") for a in ACTORS]
        for n in range(number // 10):
            found = article(n)
            ledger.add(found, records(found, n), known if n == 0 else ())


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
        for number in given.records:
            path = Path(folder, f"{number}.db")
            # In a process of its own too: on Linux a child begins with the ru_maxrss that its parent has.
            subprocess.run([sys.executable, __file__, "--make", str(path), str(number)], check=True)
            for name in given.formats:
                one = [sys.executable, __file__, "--one", str(path), name, str(Path(folder, f"out.{name}"))]
                subprocess.run([*one, *(["--trace"] if given.trace else [])], check=True)
    return None


if __name__ == "__main__":
    main()
