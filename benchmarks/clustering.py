"""How long it takes to put together what is the same in made articles: `python benchmarks/clustering.py [ARTICLES]`.

One article in five is a copy of one of the last days, cut or with words changed. Each has two statements, an event and a
pledge. Told are the seconds to add them and to cluster them, the bytes of the index, how many clusters of each kind there are
and how many made copies are found; then how long one article more takes.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.records import (
    ActorRef,
    AnyRecord,
    Article,
    Event,
    Evidence,
    Origin,
    Pledge,
    Statement,
    kind_of,
    record_id,
)

ORIGIN = Origin(by="rule", name="benchmark")
VOCABULARY = 20_000
WEIGHTS = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
WORDS = 150
NAMES = [
    f"{first} {last}"
    for first in ("Ana", "Tomas", "Ines", "Joren", "Pia")
    for last in ("Velk", "Reyl", "Darro", "Falk", "Lund")
]


def drawn(random_: random.Random, count: int) -> str:
    """Words with the frequencies of a language (Zipf): the most frequent one is a tenth of all."""
    return " ".join(f"w{n}" for n in random_.choices(range(VOCABULARY), cum_weights=WEIGHTS, k=count))


def made(random_: random.Random, day: date) -> tuple[Article, list[AnyRecord]]:
    """An article with its records."""
    quote, told = f"“{drawn(random_, random_.randint(6, 25))}.”", drawn(random_, 14)
    text = f"{drawn(random_, WORDS // 2)}.\n{quote} she said.\nHe said {told}.\n{drawn(random_, WORDS // 2)}."
    return article(text, day, random_), [quote, told]  # type: ignore[return-value]


def article(text: str, day: date, random_: random.Random) -> Article:
    return Article.of(
        text,
        f"{random_.random()}.txt",
        published=day.isoformat(),
        publisher=f"Outlet {random_.randint(1, 40)}",
    )


def records(of: Article, parts: list[str], random_: random.Random) -> list[AnyRecord]:
    """Two statements, an event and a pledge on the words that are still in the text."""
    who = [ActorRef(id=name, name=name) for name in random_.sample(NAMES, 3)]
    found: list[AnyRecord] = []
    for words, kind, fields in (
        (parts[0], Statement, {"speaker": who[0], "mode": "direct"}),
        (parts[1], Statement, {"speaker": who[1], "mode": "indirect"}),
        (parts[1], Event, {"type": "CONSULT", "actors": (who[0],), "recipients": (who[1],)}),
        (parts[1], Pledge, {"pledger": (who[2],), "type": "spend"}),
    ):
        start = of.text.find(words)
        if start < 0:
            continue
        core = Evidence.of(of.text, "content" if kind is Statement else "words", start, start + len(words))
        draft = kind(id="", article=of.id, evidence=(core,), origin=ORIGIN, **fields)  # type: ignore[arg-type]
        found.append(draft.replace(id=record_id(of.id, kind_of(draft), draft.core)))
    return found


def stream(count: int, seed: int = 1997) -> list[tuple[Article, list[AnyRecord], bool]]:
    """Made articles of a year, in a random order; whether each is a copy."""
    random_ = random.Random(seed)
    told: list[tuple[Article, list[AnyRecord], bool]] = []
    fresh: list[tuple[str, list[str], date, int]] = []
    for number in range(count):
        day = date(2024, 1, 1) + timedelta(days=365 * number // count)
        speakers = random_.randint(0, 1 << 30)
        if fresh and random_.random() < 0.2:
            text, parts, _, speakers = random_.choice(fresh[-50:])
            words = text.split(" ")
            text, copied = (
                " ".join(words[: round(len(words) * random_.choice([0.6, 0.8, 1.0]))]) + f" n{number}",
                True,
            )
        else:
            of, parts = made(random_, day)  # type: ignore[assignment]
            text, copied = of.text, False
            fresh.append((text, parts, day, speakers))
        of = article(text, day, random_)
        told.append((of, records(of, parts, random.Random(speakers)), copied))
    random_.shuffle(told)
    return told


def main(count: int) -> None:
    """Take the figures and print them."""
    told = stream(count)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.db", create=True) as ledger:
        begun = time.process_time()
        with ledger.connection.writing():
            for of, found, _ in told:
                ledger.add(of, found)
        added = time.process_time()
        cluster(ledger)
        done = time.process_time()
        keys = ledger.connection.number("SELECT count(*) FROM cluster_keys")
        size = ledger.connection.number(
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = 'cluster_keys'"
        )
        whole = ledger.connection.number("PRAGMA page_count") * ledger.connection.number("PRAGMA page_size")
        in_story = {m for c in ledger.clusters("story") for m in c.members}
        copies = [of.id for of, _, copied in told if copied]
        print(f"{count:,} articles: {added - begun:.1f} s to add, {done - added:.1f} s to cluster")
        print(f"index: {keys:,} keys, {size / 1e6:.1f} MB of {whole / 1e6:.1f} MB")
        print(f"clusters: {dict(Counter(c.of for c in ledger.clusters()))}")
        print(f"copies found: {sum(c in in_story for c in copies)} of {len(copies)}")
        one = []
        for of, found, _ in stream(20, seed=7):
            ledger.add(of, found)
            begun = time.process_time()
            cluster(ledger)
            one.append(time.process_time() - begun)
        print(f"one article more: {1000 * sorted(one)[10]:.0f} ms (median of 20)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
