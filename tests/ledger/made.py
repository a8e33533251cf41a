"""Articles and records about invented states, for the tests of the ledger and of what leaves it."""

from __future__ import annotations

from typing import Any

from detente.records import (
    Actor,
    ActorRef,
    Amount,
    AnyRecord,
    Article,
    Condition,
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

OSTRAVA = ActorRef(id="state:OS", name="Ostrava")
MARLAND = ActorRef(id="state:ML", name="Marland")
VELKOVA = ActorRef(id="person:velkova", name="Ana Velkova")
ORDEN = ActorRef(id="person:orden", name="Émile Orden")
LEAGUE = ActorRef(id="bloc:league", name="League of the Coast")

ACTORS = (
    Actor(id=OSTRAVA.id, name="Ostrava", type="state", aliases=("the Republic of Ostrava", "OS"), country="OS"),
    Actor(id=MARLAND.id, name="Marland", type="state", country="ML"),
    Actor(id=VELKOVA.id, name="Ana Velkova", type="person", aliases=("the president of Ostrava",)),
    Actor(id=ORDEN.id, name="Émile Orden", type="person"),
    Actor(id=LEAGUE.id, name="League of the Coast", type="coalition"),
)

TEXT = (
    "President Ana Velkova said Ostrava would lend Marland 2.26 million crowns by 2027. “We keep our word,” she said.\n"
    "Marland’s minister Émile Orden rejected a truce without a monitoring mission. He met Velkova on Sunday.\n"
    "Ostrava will join the League of the Coast only if Marland does.\n"
)


def article(text: str = TEXT, origin: str = "coast/first.txt", **fields: Any) -> Article:
    """The made article, or another."""
    return Article.of(text, origin, **({"published": "2025-03-02", "publisher": "The Ostrava Post"} | fields))


def evidence(text: str, field: str, words: str) -> Evidence:
    """Evidence for a field: the first place where the text has the words."""
    start = text.index(words)
    return Evidence.of(text, field, start, start + len(words))


def make(kind: type[AnyRecord], of: Article, spans: dict[str, str], *distinguish: str, **fields: Any) -> Any:
    """A record of some kind on words of an article, with the id that they give.

    Args:
        spans: by evidence field, its words.
    """
    found = tuple(evidence(of.text, field, words) for field, words in spans.items())
    draft = kind(id="", article=of.id, evidence=found, origin=fields.pop("origin", RULE), **fields)
    return draft.replace(id=record_id(of.id, kind_of(draft), draft.core, *distinguish))


def records(of: Article) -> list[AnyRecord]:
    """One or two records of each kind from the made article."""
    return [
        make(
            Statement, of,
            {"source": "President Ana Velkova", "cue": "said", "content": "Ostrava would lend Marland 2.26 million crowns by 2027"},
            speaker=VELKOVA, mode="indirect", factuality="planned",
        ),
        make(Statement, of, {"source": "she", "cue": "said", "content": "We keep our word"}, speaker=VELKOVA, mode="direct"),
        make(
            Pledge, of, {"words": "would lend Marland 2.26 million crowns by 2027"}, pledger=(OSTRAVA,), made_by=VELKOVA,
            beneficiary=(MARLAND,), type="loan", stage="announced", due="../2027-12-31",
            amount=Amount(value=2_260_000.0, unit="count:crown", surface="2.26 million crowns"),
        ),
        make(
            Position, of, {"words": "rejected a truce without a monitoring mission"}, actor=ORDEN,
            issue="There is to be a truce.", stance="conditional",
            conditions=(Condition(text="without a monitoring mission", type="term"),),
        ),
        make(Term, of, {"words": "a monitoring mission"}, category="monitoring", proposition="A mission monitors the truce."),
        make(Event, of, {"words": "met Velkova"}, "CONSULT", type="CONSULT", actors=(ORDEN,), recipients=(VELKOVA,), date="2025-03-02"),
        make(
            Membership, of, {"words": "Ostrava will join the League of the Coast"}, OSTRAVA.id, coalition=LEAGUE, actor=OSTRAVA,
            status="conditional", conditions=(Condition(text="only if Marland does", type="actor_joins", target=MARLAND.id),),
        ),
    ]  # fmt: skip
