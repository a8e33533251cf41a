"""How long the questions take on a large made ledger: `python benchmarks/questions.py [ARTICLES]`.

Each article has two pledges, four positions, eight statements, one term, three events and a membership, on invented actors.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from detente.ledger import Ledger, questions
from detente.ledger.clustering import cluster
from detente.records import (
    Actor,
    ActorRef,
    Amount,
    AnyRecord,
    Article,
    Event,
    Evidence,
    Membership,
    Origin,
    Pledge,
    Position,
    Statement,
    Term,
    kind_of,
    record_id,
)

RULE = Origin(by="rule", name="made", version="1")
ACTORS = [ActorRef(id=f"state:{n}", name=f"State {n}") for n in range(200)]
LEAGUE = ActorRef(id="bloc:league", name="League of the Coast")
THINGS = [
    "missiles",
    "bridges",
    "hospitals",
    "radar",
    "grain",
    "trucks",
    "drones",
    "schools",
    "pipes",
    "turbines",
]
ISSUES = [
    "lift the sanctions",
    "keep the sanctions",
    "a ceasefire",
    "send troops",
    "raise defence spending",
    "hold elections",
]
STAGES = ("floated", "announced", "committed", "delivered", None)


def record(
    article: Article, kind: type[AnyRecord], field: str, words: str, *distinguish: str, **fields: object
) -> AnyRecord:
    start = article.text.index(words)
    found = (Evidence.of(article.text, field, start, start + len(words)),)
    draft = kind(id="", article=article.id, evidence=found, origin=RULE, **fields)  # type: ignore[arg-type]
    return draft.replace(id=record_id(article.id, kind_of(draft), draft.core, *distinguish))


def made(number: int, rng: random.Random) -> tuple[Article, list[AnyRecord]]:
    lines: list[str] = []
    plans: list[tuple[type[AnyRecord], str, str, tuple[str, ...], dict[str, object]]] = []
    for _ in range(2):
        sum_, thing = rng.randrange(1, 500), f"{rng.choice(THINGS)} and {rng.choice(THINGS)}"
        words = f"would give {sum_} million pounds for {thing} in region {rng.randrange(1000)}"
        amount = Amount(value=sum_ * 1e6, unit="GBP", surface=f"{sum_} million pounds")
        plans.append((Pledge, "words", words, (), {
            "pledger": (rng.choice(ACTORS),), "beneficiary": (rng.choice(ACTORS),), "type": rng.choice(("grant", "loan", "spend")),
            "stage": rng.choice(STAGES), "amount": amount, "due": f"../{rng.randrange(2024, 2030)}-12-31",
        }))  # fmt: skip
    for n in range(4):
        words = f"wants, as of line {n}, to {rng.choice(ISSUES)}"
        plans.append((Position, "words", words, (), {
            "actor": rng.choice(ACTORS), "issue": words.partition("to ")[2], "stance": rng.choice(("support", "oppose", "conditional")),
        }))  # fmt: skip
    for n in range(8):
        words = f"“We said {rng.randrange(3000)} things and thing {n} again”"
        plans.append((Statement, "content", words, (), {"speaker": rng.choice(ACTORS), "mode": "direct"}))
    words = f"A mission monitors sector {rng.randrange(3000)}"
    plans.append(
        (
            Term,
            "words",
            words,
            (),
            {"category": "monitoring", "proposition": words, "proposed_by": (rng.choice(ACTORS),)},
        )
    )
    for n in range(3):
        one, other = rng.sample(ACTORS, 2)
        plans.append(
            (
                Event,
                "words",
                f"met number {n}",
                (),
                {"type": "CONSULT", "actors": (one,), "recipients": (other,), "date": "2025-03-02"},
            )
        )
    plans.append(
        (
            Membership,
            "words",
            "is in the League",
            (),
            {"coalition": LEAGUE, "actor": rng.choice(ACTORS), "status": rng.choice(("in", "out"))},
        )
    )
    for _, _, words, _, _ in plans:
        lines.append(
            f"Somebody of article {number} {words}. That was said at some length, and nobody asked for more of it."
        )
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(500))
    text = "\n".join(lines)
    article = Article.of(text, f"{number}.txt", publisher=f"Outlet {number % 40}", published=day.isoformat())
    return article, [
        record(article, kind, field, words, *more, **fields) for kind, field, words, more, fields in plans
    ]


def asked(ledger: Ledger) -> Iterator[tuple[str, Callable[[], object]]]:
    q = questions
    yield "promises of one actor", lambda: q.promises(ledger, "State 7")
    yield "promises", lambda: q.promises(ledger)
    yield "totals of one actor", lambda: q.totals(ledger, "State 7")
    yield "totals", lambda: q.totals(ledger)
    yield "overdue", lambda: q.overdue(ledger, as_of="2026-01-01")
    yield "depends", lambda: q.depends(ledger)
    yield "coalition", lambda: q.coalition(ledger)
    yield "stands on an issue", lambda: q.stands(ledger, "sanctions")
    yield "stands", lambda: q.stands(ledger)
    yield "shifts", lambda: q.shifts(ledger)
    yield "terms", lambda: q.terms(ledger)
    yield "sources of words", lambda: q.sources(ledger, "2718")
    yield "sources", lambda: q.sources(ledger)
    yield "contradictions", lambda: q.contradictions(ledger)
    yield "sides", lambda: q.sides(ledger)
    yield "changes", lambda: q.changes(ledger, since="2025-05-01")


def main(articles: int) -> None:
    rng = random.Random(0)
    with Ledger.memory() as ledger:
        started = time.process_time()
        for number in range(articles):
            article, records = made(number, rng)
            ledger.add(
                article,
                records,
                [Actor(id=a.id, name=a.name, type="state") for a in ACTORS] if number == 0 else [],
            )
        cluster(ledger)
        print(f"{articles} articles, {sum(len(ledger.records(k)) for k in ('pledge', 'position', 'statement'))} pledges, "
              f"positions and statements; made in {time.process_time() - started:.1f} s of CPU time")  # fmt: skip
        for name, ask in asked(ledger):
            started = time.process_time()
            found = ask()
            print(f"{name:24} {time.process_time() - started:7.2f} s   {len(found):7} rows")  # type: ignore[arg-type]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
