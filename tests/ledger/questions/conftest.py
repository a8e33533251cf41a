"""Ledgers about invented states on which questions are asked."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger
from detente.records import Actor, Amount, Article, Condition, Membership, Pledge, Position, Term

from .. import made

TERM = made.ActorRef(id="state:TM", name="Tormund")


def crowns(surface, value):
    return Amount(value=value, unit="CRN", surface=surface)


POST = Article.of(
    "Ostrava signed a loan of 2.26bn crowns with Marland. It also promised 1.6bn crowns of export finance. It will not send troops.",
    "post.txt", publisher="The Ostrava Post", published="2025-03-02",
)  # fmt: skip
TIMES = Article.of(
    "Ostrava had announced a 2.2bn crown loan to Marland if its parliament agrees.",
    "times.txt",
    publisher="Marland Times",
    published="2025-03-01",
)


def pledge(article, words, amount, **fields):
    return made.make(
        Pledge,
        article,
        {"words": words},
        amount=amount,
        **({"pledger": (made.OSTRAVA,), "beneficiary": (made.MARLAND,)} | fields),
    )


@pytest.fixture
def pledges():
    with Ledger.memory() as ledger:
        ledger.add(POST, [
            pledge(POST, "signed a loan of 2.26bn crowns", crowns("2.26bn crowns", 2.26e9), type="loan", stage="committed", made_by=made.VELKOVA),
            pledge(POST, "1.6bn crowns of export finance", crowns("1.6bn crowns", 1.6e9), type="loan", stage="announced", beneficiary=()),
            pledge(POST, "will not send troops", None, type="troops", factuality="negated"),
        ], made.ACTORS)  # fmt: skip
        conditions = (Condition(text="if its parliament agrees", type="other"),)
        ledger.add(TIMES, [
            pledge(TIMES, "announced a 2.2bn crown loan", crowns("2.2bn", 2.2e9), type="loan", stage="announced", conditions=conditions),
        ])  # fmt: skip
        yield ledger


DEAL = Article.of(
    "A monitoring mission must watch the truce. Prisoners go home once the truce holds. Tormund will join the League if Marland does. "
    "Orden backs the truce only with a monitoring mission.",
    "deal.txt", published="2025-03-04",
)  # fmt: skip


@pytest.fixture
def deal():
    with Ledger.memory() as ledger:
        mission = made.make(
            Term,
            DEAL,
            {"words": "A monitoring mission must watch the truce"},
            category="monitoring",
            proposition="A mission watches.",
        )
        truce = made.make(
            Term,
            DEAL,
            {"words": "the truce holds"},
            category="ceasefire",
            proposition="A truce holds.",
            depends_on=(mission.id,),
        )
        home = made.make(
            Term,
            DEAL,
            {"words": "Prisoners go home"},
            category="prisoners",
            proposition="Prisoners go home.",
            depends_on=(truce.id,),
        )
        joins = made.make(
            Membership,
            DEAL,
            {"words": "Tormund will join the League"},
            coalition=made.LEAGUE,
            actor=TERM,
            status="conditional",
            conditions=(Condition(text="if Marland does", type="actor_joins", target=made.MARLAND.id),),
        )
        backs = made.make(
            Position, DEAL, {"words": "Orden backs the truce"}, actor=made.ORDEN, issue="There is to be a truce.", stance="conditional",
            conditions=(Condition(text="only with a monitoring mission", type="term", target=mission.id),),
        )  # fmt: skip
        ledger.add(
            DEAL,
            [mission, truce, home, joins, backs],
            [*made.ACTORS, Actor(id=TERM.id, name="Tormund", type="state")],
        )
        yield ledger
