"""Memberships made into coalitions, conditions and facts."""

from __future__ import annotations

from typing import Any

import pytest

from detente.records import Condition, Membership
from detente.weighing.joiners import Joiners

from .made import membership, term

TERMS = (term("te-1", "a Tessalian backstop"), term("te-2", "a truce"))
IDS = {"te-1": "te-1", "te-2": "te-2", "te-9": "te-2"}


def joiners(*memberships: Membership) -> Joiners:
    return Joiners(memberships, TERMS, IDS)


def condition(text: str, type: Any, target: str | None = None) -> Condition:  # noqa: A002
    return Condition(text=text, type=type, target=target)


DECIDED = {
    "a count": (condition("at least four others", "count", "4"), {"count": 4}),
    "a term by its id": (condition("if it holds", "term", "te-9"), {"target": "te-2"}),
    "a term by its words": (condition("only with a Tessalian backstop", "term"), {"target": "te-1"}),
    "a fellow member": (condition("if Marland does", "actor_joins", "marland"), {"target": "marland"}),
}


@pytest.mark.parametrize("name", DECIDED)
def test_a_condition_finds_what_decides_it(name: str) -> None:
    said, decided = DECIDED[name]
    found = joiners(membership("me-1", "Ostrava", "conditional", said), membership("me-2", "Marland", "in"))
    got = found.members[0].conditions[0]
    assert {k: v for k, v in got.to_dict().items() if k in ("target", "count", "share") and v is not None} == decided
    assert got.text == said.text
    assert found.facts == ()


OUTSIDE = {
    "a mandate": condition("with a League mandate", "mandate"),
    "an outsider": condition("if Tessaly joins", "actor_joins", "tessaly"),
    "itself": condition("if it joins", "actor_joins", "ostrava"),
    "a count without a number": condition("if enough join", "count"),
    "a term that is none": condition("with a referendum", "term"),
    "two terms at once": condition("with a Tessalian backstop and a truce", "term"),
    "other": condition("if the price is right", "other"),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_nothing_here_decides_is_an_open_fact(name: str) -> None:
    found = joiners(membership("me-1", "Ostrava", "conditional", OUTSIDE[name]))
    (fact,) = found.facts
    assert found.members[0].conditions[0].target == fact.id
    assert fact.text == OUTSIDE[name].text
    assert (fact.chance.low, fact.chance.high, fact.chance.assumed_by) == (0, 1, "détente")
    assert fact.basis.sources == ("me-1",)


@pytest.mark.parametrize(
    ("first", "second", "facts"),
    [
        (condition("with a League mandate", "mandate"), condition("With the League mandate", "mandate"), 1),
        (condition("with a League mandate", "mandate"), condition("with a Coast mandate", "mandate"), 2),
        (condition("if it joins", "actor_joins", "tessaly"), condition("if Tessaly does", "actor_joins", "tessaly"), 1),
        (condition("if it joins", "actor_joins", "tessaly"), condition("if it joins", "actor_joins", "brask"), 2),
    ],
)
def test_members_that_wait_for_the_same_wait_for_one_fact(first: Condition, second: Condition, facts: int) -> None:
    found = joiners(
        membership("me-1", "Ostrava", "conditional", first), membership("me-2", "Lorne", "conditional", second)
    )
    assert len(found.facts) == facts
    if facts == 1:
        assert found.facts[0].basis.sources == ("me-1", "me-2")


@pytest.mark.parametrize(
    ("status", "change", "becomes", "open_facts"),
    [
        ("in", {}, "in", 0),
        ("out", {}, "out", 0),
        ("invited", {}, "invited", 1),
        ("conditional", {}, "conditional", 1),
        ("in", {"factuality": "planned"}, "conditional", 1),
        ("in", {"factuality": "hypothetical"}, "conditional", 1),
        ("in", {"hearsay": True}, "conditional", 1),
        ("in", {"factuality": "negated"}, "out", 0),
        ("out", {"hearsay": True}, "out", 0),
    ],
)
def test_only_what_is_said_to_be_so_is_so(status: str, change: dict[str, Any], becomes: str, open_facts: int) -> None:
    found = joiners(membership("me-1", "Ostrava", status, **change))
    assert found.members[0].status == becomes
    assert len(found.facts) == open_facts


def test_the_last_record_decides_the_status_and_every_condition_stands() -> None:
    mandate = condition("with a League mandate", "mandate")
    found = joiners(
        membership("me-1", "Ostrava", "invited"), membership("me-2", "Ostrava", "conditional", mandate),
        membership("me-3", "Ostrava", "in"),
    )  # fmt: skip
    (member,) = found.members
    assert (member.status, [c.text for c in member.conditions]) == ("in", ["with a League mandate"])
    assert member.basis.sources == ("me-1", "me-2", "me-3")
    assert member.basis.note == "invited then conditional then in, actual"


def test_a_rejected_record_is_left_out_and_named() -> None:
    found = joiners(membership("me-1", "Ostrava", "in", review="rejected"))
    assert (found.members, found.coalitions) == ((), ())
    assert "me-1" in found.left_out[0]
