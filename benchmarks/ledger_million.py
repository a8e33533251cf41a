"""A ledger of a million statements: how fast it fills, and how fast it answers.

    python benchmarks/ledger_million.py [--statements 1000000] [--ledger FILE]

The statements are made by this script, twenty to an article, in invented states. It prints records written a second (on the
clock and of the processor), and the median and the 95th percentile of: a search, a page of fifty records with its count, its
facets and what it rests on (the first time, and again while nothing has changed), and a decision that is saved while another process adds articles.
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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from detente.ledger import Ledger
from detente.records import Actor, ActorRef, AnyRecord, Article, Evidence, Origin, Statement, record_id

IN_ARTICLE = 20
BATCH = 250  # articles in a transaction
ORIGIN = Origin(by="rule", name="made", version="1")
SPEAKERS = [ActorRef(id=f"person:{n}", name=f"Envoy {chr(65 + n % 26)}{n} of Marland") for n in range(500)]
WORDS = [
    a + b
    for a in [
        "gra",
        "tru",
        "bor",
        "pri",
        "loa",
        "env",
        "sum",
        "fer",
        "bri",
        "coa",
        "lea",
        "min",
        "arm",
        "tre",
        "win",
        "por",
        "rai",
        "fue",
    ]
    for b in [
        "in",
        "ce",
        "der",
        "son",
        "der",
        "oy",
        "mit",
        "ry",
        "dge",
        "st",
        "gue",
        "ister",
        "y",
        "aty",
        "ter",
        "t",
        "l",
    ]
]


class Reading(NamedTuple):
    """What reading an article gives."""

    article: Article
    records: list[AnyRecord]
    actors: tuple[Actor, ...] = ()


def reading(n: int) -> Reading:
    """An article of twenty statements, the same for the same number."""
    chosen = random.Random(n)
    said = [
        f"the {' '.join(chosen.choices(WORDS, k=9))} holds {n * IN_ARTICLE + k}" for k in range(IN_ARTICLE)
    ]
    text = "\n".join(f"The envoy said that {words}." for words in said)
    day = f"{2020 + n % 6}-{1 + n % 12:02d}-{1 + n % 28:02d}"
    article = Article.of(text, f"{n}.txt", published=day, publisher=f"Outlet {n % 60}")
    return Reading(article, [_statement(article, words, chosen) for words in said])


def _statement(article: Article, words: str, chosen: random.Random) -> Statement:
    start = article.text.index(words)
    evidence = (
        Evidence.of(article.text, "cue", start - 10, start - 6),
        Evidence.of(article.text, "content", start, start + len(words)),
    )
    return Statement(
        id=record_id(article.id, "statement", evidence), article=article.id, evidence=evidence, origin=ORIGIN,
        speaker=chosen.choice(SPEAKERS), mode=chosen.choice(("direct", "indirect", "indirect", "mixed")),
        act=chosen.choice(("assert", "promise", "demand")), factuality=chosen.choice(("actual", "actual", "planned")),
    )  # fmt: skip


def fill(ledger: Ledger, statements: int, first: int = 0) -> Iterator[float]:
    """Add articles, a batch a transaction; gives the seconds that each batch took, the making of it apart."""
    articles = range(first, first + statements // IN_ARTICLE)
    for start in range(0, len(articles), BATCH):
        made = [reading(n) for n in articles[start : start + BATCH]]
        began = time.perf_counter()
        ledger.add_all(made)
        yield time.perf_counter() - began


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
        ("common", WORDS[:20]),
        ("two common", [f"{a} {b}" for a, b in zip(WORDS[:20], WORDS[20:40], strict=True)]),
    ):
        show(
            f"search, {name} words",
            [timed(lambda w=words: ledger.search(w, limit=20)) for words in asked],
            "limit 50 ms",
        )  # type: ignore[misc]


PAGES: dict[str, dict[str, object]] = {
    "all": {}, "of one speaker": {"speaker": SPEAKERS[7].id}, "of one mode": {"mode": "mixed"}, "of one outlet": {"publisher": "Outlet 7"},
    "of one month": {"since": "2024-05-01", "until": "2024-05-31"}, "with a word": {"text": WORDS[3]},
}  # fmt: skip
FACETS = ("mode", "review", "publisher", "speaker", "month")


def pages(ledger: Ledger) -> None:
    """Fifty records, how many there are, facets, and what they rest on."""
    for name, asked in PAGES.items():
        found = ledger.statements.where(**asked).standing()  # type: ignore[arg-type]
        parts: dict[str, Callable[[], object]] = {
            "list": lambda f=found: f[:50], "count": lambda f=found: len(f), "facets": lambda f=found: f.facets(*FACETS), "coverage": lambda f=found: f.coverage(),  # type: ignore[misc]
        }  # fmt: skip
        first = {part: timed(work) for part, work in parts.items()}
        times = {part: [timed(work) for _ in range(5)] for part, work in parts.items()}
        show(f"page, {name}", [sum(t) for t in zip(*times.values(), strict=True)], "limit 100 ms")
        print(
            f"    the first time {sum(first.values()) * 1000:.0f} ms: "
            + ", ".join(f"{part} {t * 1000:.0f}" for part, t in first.items()),
            flush=True,
        )


def decisions(path: Path, statements: int, number: int = 200) -> None:
    """Decisions saved while another process adds articles, one a transaction."""
    command = [sys.executable, __file__, "--ledger", str(path), "--add-from", str(statements // IN_ARTICLE)]
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
            ledger.add(*reading(n))
            print(n, flush=True)
            time.sleep(0.1)


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
                processor = time.process_time()
                batches = list(fill(ledger, asked.statements))
                rate = asked.statements / sum(batches)
                last = BATCH * IN_ARTICLE / median(batches[-10:])
                print(
                    f"{rate:,.0f} records a second on the clock, {last:,.0f} at the end; {time.process_time() - processor:.0f} s of the processor with the making",
                    flush=True,
                )
        with Ledger.open(path, readonly=True) as ledger:
            print(f"{len(ledger.statements):,} statements, {path.stat().st_size / 2**20:,.0f} MB", flush=True)
            searches(ledger)
            pages(ledger)
        decisions(path, asked.statements)


if __name__ == "__main__":
    main()
