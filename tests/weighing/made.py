"""Situations, draws and records about invented states, for the tests of the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.records import (
    Actor,
    ActorRef,
    Article,
    Condition,
    Deal,
    Evidence,
    Membership,
    Origin,
    Position,
    Stance,
    Step,
    Term,
)
from detente.weighing import situation as s
from detente.weighing.draws import Draws, FloatArray
from detente.weighing.network import network_of

ANALYST = s.Basis(assumed_by="J. Analyst")
EMPTY = s.Situation(title="nothing")


def told(low: float, high: float | None = None, mode: float | None = None, *sources: str) -> s.Input:
    """An input with a record behind it; one number where `high` is left out."""
    return s.Input(low=low, high=low if high is None else high, mode=mode, sources=sources or ("re-1",))


def party(name: str, capability: s.Input | None = None, *, veto: bool = False) -> s.Party:
    return s.Party(
        id=name.lower(), name=name, capability=capability or told(1.0), veto=ANALYST if veto else None
    )


def standing(actor: str, issue: str, position: s.Input, salience: s.Input | None = None, *conditions: str) -> s.Standing:
    return s.Standing(
        actor=actor, issue=issue, position=position, salience=salience or told(1.0), conditions=conditions
    )


def fact(key: str, low: float = 0.0, high: float = 1.0, cases: int = 0) -> s.Fact:
    return s.Fact(
        id=key, text=f"{key} comes true", chance=s.assumed(low, high, "made"), basis=ANALYST, cases=cases
    )


def term(key: str, proposition: str, *depends_on: str, low: float = 0.0, high: float = 1.0) -> s.Term:
    return s.Term(
        id=key, proposition=proposition, depends_on=depends_on, chance=s.assumed(low, high, "made"),
        basis=s.Basis(sources=(key,)),
    )  # fmt: skip


def joining(**decided_by: Any) -> s.Joining:
    return s.Joining(text=f"if {decided_by}", type="other", **decided_by)


def member(actor: str, *conditions: s.Joining, status: Any = None, coalition: str = "pact") -> s.Member:
    return s.Member(
        coalition=coalition, actor=actor, status=status or ("conditional" if conditions else "in"),
        basis=s.Basis(sources=(f"me-{actor}",)), conditions=conditions,
    )  # fmt: skip


def pact(*members: s.Member, needs: int | None = None, **more: Any) -> s.Situation:
    """A situation with one coalition of these members."""
    parties = tuple(party(name.title()) for name in dict.fromkeys(m.actor for m in members))
    coalition = s.Coalition(id="pact", name="the Pact", needs=needs, basis=ANALYST if needs else None)
    return s.Situation(**{"title": "a pact", "parties": parties, "coalitions": (coalition,), "members": members} | more)


def harbour(*, veto: bool = False) -> s.Situation:
    """Three parties and one issue: two known, one of whom nothing is known."""
    return s.Situation(
        title="The harbour",
        parties=(party("Ostrava", told(2.0)), party("Marland"), party("Lorne", s.assumed(0.0, 1.0, "a guess"), veto=veto)),
        issues=(s.Issue(id="harbour", proposition="Marland keeps the harbour", reversion=told(20.0, 40.0)),),
        standings=(
            standing("ostrava", "harbour", told(0.0, 50.0, None, "po-1")),
            standing("marland", "harbour", told(50.0, 100.0, None, "po-2"), None, "if the dredging ends"),
        ),
    )  # fmt: skip


def draws(capability: Any, salience: Any, position: Any) -> Draws:
    """Draws of the issues alone; one draw where the arrays have no leading axis for it."""
    c, sal, x = (np.asarray(a, dtype=np.float64) for a in (capability, salience, position))
    if c.ndim == 1:
        c, sal, x = c[None], sal[None], x[None]
    return Draws(c, sal, x, np.zeros((len(c), 0), np.bool_), network_of(EMPTY))


# ---------------------------------------------------------------- the emissions case


@dataclass(frozen=True)
class Emissions:
    """Emission standards for medium-sized cars, ten states, in years of delay.

    Bueno de Mesquita 1994, p. 78, as Table 1 of Scholz, Calbert and Smith, ICAART 2011.
    """

    capability: tuple[float, ...] = (0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08)
    years: tuple[float, ...] = (4, 7, 4, 4, 10, 10, 10, 7, 4, 7)
    salience: tuple[float, ...] = (0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7)

    def draws(self) -> Draws:
        one: FloatArray = np.ones((1, 10, 1))
        return draws([self.capability], one * np.reshape(self.salience, (1, 10, 1)), one * np.reshape(self.years, (1, 10, 1)))


# ---------------------------------------------------------------- records

BASE: dict[str, Any] = {
    "article": "a1",
    "evidence": (Evidence(field="words", start=0, end=4, exact="made"),),
    "origin": Origin(by="rule", name="made", version="1"),
}


def actor(name: str) -> ActorRef:
    return ActorRef(id=name.lower(), name=name)


def position_record(key: str, who: str | None, issue: str, stance: Stance, **more: Any) -> Position:
    return Position(id=key, actor=actor(who) if who else None, issue=issue, stance=stance, **(BASE | more))


def term_record(key: str, proposition: str, **more: Any) -> Term:
    for role in ("proposed_by", "accepted_by", "rejected_by", "unclear_for"):
        more[role] = tuple(actor(name) for name in more.get(role, ()))
    return Term(id=key, category=None, proposition=proposition, **(BASE | more))


def membership(key: str, who: str, status: Any, *conditions: Condition, **more: Any) -> Membership:
    return Membership(
        id=key, coalition=ActorRef(id="pact", name="the Pact"), actor=actor(who), status=status,
        conditions=conditions, **(BASE | more),
    )  # fmt: skip


def deal(key: str, *steps: tuple[int, str, tuple[str, ...]], **more: Any) -> Deal:
    made = tuple(Step(order=k, action=what, actors=tuple(actor(n) for n in names)) for k, what, names in steps)
    return Deal(id=key, title="the plan", steps=made, **(BASE | more))


@dataclass(frozen=True)
class Records:
    """Plain tuples in place of a ledger."""

    positions: tuple[Position, ...] = ()
    terms: tuple[Term, ...] = ()
    memberships: tuple[Membership, ...] = ()
    deals: tuple[Deal, ...] = ()
    actors: tuple[Actor, ...] = ()
    articles: tuple[Article, ...] = ()
