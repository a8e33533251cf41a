"""Articles and records about invented states that the benchmarks of the ledger share: the same for the same number.

`statements` gives an article of twenty statements. `mixed` gives one of twenty records of six kinds, on few enough actors,
issues and things that some of them are the same in several articles. `longer` and `mixed` articles have about 500 words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from detente.ledger import Ledger
from detente.reading.reader import Reading
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

IN_ARTICLE = 20
BATCH = 250  # articles in a transaction
RULE = Origin(by="rule", name="made", version="1")
SPEAKERS = tuple(
    ActorRef(id=f"person:{n}", name=f"Envoy {chr(65 + n % 26)}{n} of Marland") for n in range(500)
)
STATES = tuple(ActorRef(id=f"state:{n}", name=f"State {n}") for n in range(200))
LEAGUES = tuple(ActorRef(id=f"bloc:league-{n}", name=f"League {n} of the Coast") for n in range(20))
ACTORS = tuple(Actor(id=a.id, name=a.name, type="state") for a in STATES)
WORDS = tuple(
    map(
        "".join,
        product(
            [
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
            ],
            [
                "in",
                "ce",
                "der",
                "son",
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
            ],
        ),
    )
)
THINGS = (
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
)
ISSUES = (
    "lift the sanctions", "keep the sanctions", "hold a ceasefire", "send troops", "raise defence spending",
    "hold elections", "return the prisoners", "open the port",
)  # fmt: skip
STAGES = ("floated", "announced", "committed", "delivered", None)

_Made = tuple[
    type[AnyRecord], str, str, dict[str, Any]
]  # the kind, the field of its evidence, its words, other fields


def statements(number: int) -> Reading:
    """An article of twenty statements."""
    rng = random.Random(number)
    made: list[_Made] = [
        (Statement, "content", f"the {' '.join(rng.choices(WORDS, k=9))} holds {number * IN_ARTICLE + n}", {
            "speaker": rng.choice(SPEAKERS), "mode": rng.choice(("direct", "indirect", "indirect", "mixed")),
            "act": rng.choice(("assert", "promise", "demand")), "factuality": rng.choice(("actual", "actual", "planned")),
        })
        for n in range(IN_ARTICLE)
    ]  # fmt: skip
    text = "\n".join(f"The envoy said that {words}." for _, _, words, _ in made)
    return _reading(number, text, f"{2020 + number % 6}-{1 + number % 12:02d}-{1 + number % 28:02d}", made)


def mixed(number: int) -> Reading:
    """An article of two pledges, four positions, nine statements, a term, three events and a membership."""
    rng = random.Random(number)
    made = [
        *(_pledge(rng) for _ in range(2)), *(_position(rng, n) for n in range(4)), *(_statement(rng, n) for n in range(9)),
        _term(rng), *(_event(rng, n) for n in range(3)), _membership(rng),
    ]  # fmt: skip
    text = "\n".join(
        f"Somebody of article {number} {words}. Of {' '.join(rng.choices(WORDS, k=14))} nobody asked for more."
        for _, _, words, _ in made
    )
    return _reading(number, text, (date(2024, 1, 1) + timedelta(days=number % 700)).isoformat(), made)


def _pledge(rng: random.Random) -> _Made:
    sum_, thing = rng.randrange(1, 500), f"{rng.choice(THINGS)} and {rng.choice(THINGS)}"
    return (Pledge, "words", f"would give {sum_} million pounds for {thing} in region {rng.randrange(1000)}", {
        "pledger": (rng.choice(STATES),), "beneficiary": (rng.choice(STATES),), "type": rng.choice(("grant", "loan", "spend")),
        "stage": rng.choice(STAGES), "amount": Amount(value=sum_ * 1e6, unit="GBP", surface=f"{sum_} million pounds"),
        "due": f"../{rng.randrange(2024, 2030)}-12-31",
    })  # fmt: skip


def _position(rng: random.Random, n: int) -> _Made:
    issue = rng.choice(ISSUES)
    stance = rng.choice(("support", "oppose", "conditional"))
    return (
        Position,
        "words",
        f"wants, as of line {n}, to {issue}",
        {"actor": rng.choice(STATES), "issue": issue, "stance": stance},
    )


def _statement(rng: random.Random, n: int) -> _Made:
    # One in twenty is drawn from a stock, and said in other articles too.
    said = random.Random(rng.randrange(20_000)) if rng.random() < 0.05 else rng
    words = f"“{' '.join(said.choices(WORDS, k=9))} {n}”"
    return Statement, "content", words, {"speaker": said.choice(STATES), "mode": "direct"}


def _term(rng: random.Random) -> _Made:
    words = f"A mission monitors sector {rng.randrange(3000)}"
    return (
        Term,
        "words",
        words,
        {"category": "monitoring", "proposition": words, "proposed_by": (rng.choice(STATES),)},
    )


def _event(rng: random.Random, n: int) -> _Made:
    one, other = rng.sample(STATES, 2)
    day = (date(2024, 1, 1) + timedelta(days=rng.randrange(700))).isoformat()
    return (
        Event,
        "words",
        f"met number {n}",
        {"type": "CONSULT", "actors": (one,), "recipients": (other,), "date": day},
    )


def _membership(rng: random.Random) -> _Made:
    league, status = rng.choice(LEAGUES), rng.choice(("in", "out"))
    return (
        Membership,
        "words",
        f"is with {league.name}",
        {"coalition": league, "actor": rng.choice(STATES), "status": status},
    )


def _reading(number: int, text: str, day: str, made: Iterable[_Made]) -> Reading:
    article = Article.of(text, f"{number}.txt", published=day, publisher=f"Outlet {number % 60}")
    return Reading(article, tuple(_record(article, *one) for one in made), ACTORS if number == 0 else ())


def _record(
    article: Article, kind: type[AnyRecord], field: str, words: str, fields: dict[str, Any]
) -> AnyRecord:
    start = article.text.index(words)
    found = (Evidence.of(article.text, field, start, start + len(words)),)
    draft = kind(id="", article=article.id, evidence=found, origin=RULE, **fields)
    return draft.replace(id=record_id(article.id, kind_of(draft), draft.core))


def readings(make: Callable[[int], Reading], records: int, first: int = 0) -> Iterator[Reading]:
    """Articles made one after the other, with so many records together."""
    return map(make, range(first, first + records // IN_ARTICLE))


def batches(found: Iterable[Reading], size: int = BATCH) -> Iterator[list[Reading]]:
    """Articles in lists of one size."""
    articles = iter(found)
    while batch := list(islice(articles, size)):
        yield batch


def fill(ledger: Ledger, found: Iterable[Reading]) -> None:
    """Put articles into a ledger, a batch a transaction."""
    for batch in batches(found):
        ledger.add_all(batch)
