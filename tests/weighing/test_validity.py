"""What may not be weighed: every fault is found, in its place, and nothing else is."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, settings

from detente.weighing import situation as s
from detente.weighing.validity import problems

from . import made, strategies
from .made import ANALYST, fact, harbour, joining, member, pact, party, standing, term, told

GOOD = harbour()
NONE = s.Basis()
BOTH = s.Basis(sources=("re-1",), assumed_by="J. Analyst")
PACT = pact(member("a"), member("b", joining(target="a")), terms=(term("t", "a truce"),), facts=(fact("f"),))


def with_position(position: s.Input) -> s.Situation:
    return GOOD.replace(standings=(standing("ostrava", "harbour", position),))


def with_member(*conditions: s.Joining) -> s.Situation:
    return PACT.replace(members=(member("a"), member("b", *conditions)))


def worth(actor: str, key: str = "t") -> s.Worth:
    return s.Worth(actor=actor, term=key, levels=(told(1),))


WORTH = PACT.replace(worths=(worth("a"),))
PART = s.PartOfPackage(name="army", term="t")


def keeps(**changed: Any) -> s.Situation:
    """A deal between the two parties of the pact that may be broken."""
    given: dict[str, Any] = dict.fromkeys(s.Enforcement.FIELDS, told(0.5)) | {"revisionist": "a", "defender": "b", "parts": (PART,)}
    return WORTH.replace(enforcement=s.Enforcement(**(given | changed)))


FAULTS: dict[str, tuple[s.Situation, tuple[Any, ...], str]] = {
    "above the scale": (with_position(told(0, 120)), ("standings", 0, "position", "high"), "from 0 to 100"),
    "below the scale": (with_position(told(-1, 20)), ("standings", 0, "position", "low"), "got -1"),
    "upside down": (with_position(told(60, 40)), ("standings", 0, "position", "low"), "low ≤ high"),
    "mode outside": (with_position(told(20, 40, 50)), ("standings", 0, "position", "mode"), "from low 20 to high 40"),
    "not a number": (with_position(told(nan, 40)), ("standings", 0, "position", "low"), "got nan"),
    "no basis": (with_position(s.Input(low=0, high=1)), ("standings", 0, "position"), "got neither"),
    "two bases": (
        with_position(s.Input(low=0, high=1, sources=("a",), assumed_by="b")), ("standings", 0, "position"), "got both",
    ),
    "no salience": (
        GOOD.replace(standings=(standing("ostrava", "harbour", told(5), told(0)),)), ("standings", 0, "salience", "high"),
        "more than 0",
    ),
    "salience above 1": (
        GOOD.replace(standings=(standing("ostrava", "harbour", told(5), told(0, 2)),)),
        ("standings", 0, "salience", "high"), "from 0 to 1",
    ),
    "stranger": (GOOD.replace(standings=(standing("nemo", "harbour", told(5)),)), ("standings", 0, "actor"), "'nemo'"),
    "no such issue": (GOOD.replace(standings=(standing("ostrava", "x", told(5)),)), ("standings", 0, "issue"), "harbour"),
    "said twice": (GOOD.replace(standings=GOOD.standings[:1] * 2), ("standings", 1, "actor"), "a second time"),
    "no power": (GOOD.replace(parties=(party("Ostrava", told(0)), *GOOD.parties[1:])), ("parties", 0, "capability", "high"), "more than 0"),
    "endless power": (GOOD.replace(parties=(party("Ostrava", told(1, inf)), *GOOD.parties[1:])), ("parties", 0, "capability", "high"), "got inf"),
    "party twice": (GOOD.replace(parties=(*GOOD.parties, GOOD.parties[0])), ("parties", 3, "id"), "a second time"),
    "veto of nobody": (GOOD.replace(parties=(GOOD.parties[0].replace(veto=NONE), *GOOD.parties[1:])), ("parties", 0, "veto"), "neither"),
    "reversion off the scale": (GOOD.replace(issues=(GOOD.issues[0].replace(reversion=told(90, 101)),)), ("issues", 0, "reversion", "high"), "101"),
    "nobody": (s.Situation(title="", issues=GOOD.issues), ("issues", 0), "no parties"),
    "one level": (PACT.replace(terms=(term("t", "a truce").replace(levels=("all",)),)), ("terms", 0, "levels"), "two or more"),
    "levels alike": (PACT.replace(terms=(term("t", "a truce").replace(levels=("a", "a")),)), ("terms", 0, "levels"), "different"),
    "no such term": (PACT.replace(terms=(term("t", "a truce", "u"),)), ("terms", 0, "depends_on"), "got 'u', expected the id of a term: t"),
    "chance above 1": (PACT.replace(terms=(term("t", "a truce", high=2.0),)), ("terms", 0, "chance", "high"), "from 0 to 1"),
    "a number from few cases": (PACT.replace(facts=(fact("f", 0.5, 0.5, 19),)), ("facts", 0, "chance"), "20 comparable cases"),
    "fewer cases than none": (PACT.replace(facts=(fact("f", cases=-1),)), ("facts", 0, "cases"), "0 or more"),
    "one name, two things": (PACT.replace(facts=(fact("t"),)), ("facts", 0, "id"), "a term's id too"),
    "a term named as a party": (PACT.replace(terms=(term("a", "a truce"),)), ("terms", 0, "id"), "a party's id too"),
    "step 0": (GOOD.replace(steps=(s.Step(order=0, action="meet", actors=(), basis=ANALYST),)), ("steps", 0, "order"), "1 or more"),
    "step of a stranger": (GOOD.replace(steps=(s.Step(order=1, action="", actors=("x",), basis=ANALYST),)), ("steps", 0, "actors"), "'x'"),
    "coalition of none": (pact(member("a"), needs=0).replace(coalitions=(s.Coalition(id="pact", name="", needs=0, basis=ANALYST),)), ("coalitions", 0, "needs"), "1 or more"),
    "size without basis": (PACT.replace(coalitions=(s.Coalition(id="pact", name="", needs=2),)), ("coalitions", 0, "needs"), "together"),
    "member of nothing": (PACT.replace(coalitions=(), members=(member("a"),)), ("members", 0, "coalition"), "there is none"),
    "member twice": (PACT.replace(members=(member("a"), member("a"))), ("members", 1, "actor"), "a second time"),
    "nothing decides": (with_member(s.Joining(text="if", type="other")), ("members", 1, "conditions"), "got none"),
    "two things decide": (with_member(joining(target="t", count=1)), ("members", 1, "conditions"), "target and count"),
    "waits for itself": (with_member(joining(target="b")), ("members", 1, "conditions"), "got 'b'"),
    "count of none": (with_member(joining(count=0)), ("members", 1, "conditions"), "1 or more"),
    "share of more than all": (with_member(joining(share=1.5)), ("members", 1, "conditions"), "at most 1"),
    "member on no basis": (PACT.replace(members=(member("a").replace(basis=BOTH),)), ("members", 0, "basis"), "both"),
    "worth of a stranger": (WORTH.replace(worths=(worth("nemo"),)), ("worths", 0, "actor"), "'nemo', expected the id of a party"),
    "worth of no term": (WORTH.replace(worths=(worth("a", "x"),)), ("worths", 0, "term"), "'x', expected the id of a term: t"),
    "worth said twice": (WORTH.replace(worths=(worth("a"), worth("a"))), ("worths", 1, "actor"), "a second time"),
    "a level too many": (
        WORTH.replace(worths=(worth("a").replace(levels=(told(1), told(2))),)), ("worths", 0, "levels"), "got 2, expected 1: one for each",
    ),
    "an endless worth": (WORTH.replace(worths=(worth("a").replace(levels=(told(1, inf),)),)), ("worths", 0, "levels", "high"), "got inf"),
    "a worth of nobody": (WORTH.replace(worths=(worth("a").replace(levels=(s.Input(low=0, high=1),)),)), ("worths", 0, "levels"), "neither"),
    "no such thing without a deal": (
        WORTH.replace(parties=(WORTH.parties[0].replace(without_deal=told(nan, 1)), *WORTH.parties[1:])), ("parties", 0, "without_deal", "low"), "nan",
    ),
    "more others than there are": (WORTH.replace(deal=s.Deal(others=9, basis=ANALYST)), ("deal", "others"), "no more than there are"),
    "others below none": (WORTH.replace(deal=s.Deal(others=-1, basis=ANALYST)), ("deal", "others"), "got -1"),
    "others without a basis": (WORTH.replace(deal=s.Deal(others=1)), ("deal", "others"), "together"),
    "others of nobody": (WORTH.replace(deal=s.Deal(others=1, basis=BOTH)), ("deal", "basis"), "got both"),
    "no such conflict": (
        WORTH.replace(durability=s.Comparable(conflict="intersate", basis=ANALYST)), ("durability", "conflict"), "did you mean 'interstate'?",
    ),
    "no such ending": (WORTH.replace(durability=s.Comparable(ending="x", basis=ANALYST)), ("durability", "ending"), "ceasefire"),
    "cases chosen by nobody": (WORTH.replace(durability=s.Comparable(basis=NONE)), ("durability", "basis"), "neither"),
    "no such revisionist": (keeps(revisionist="x"), ("enforcement", "revisionist"), "'x', expected the id of a party: a, b"),
    "against itself": (keeps(defender="a"), ("enforcement", "defender"), "the revisionist too"),
    "no period": (keeps(periods=0), ("enforcement", "periods"), "got 0, expected 1 or more"),
    "a chance above 1": (keeps(win=told(0.5, 1.5)), ("enforcement", "win", "high"), "from 0 to 1"),
    "a cost below 0": (keeps(cost_r=told(-0.5, 0.5)), ("enforcement", "cost_r", "low"), "got -0.5"),
    "no part": (keeps(parts=()), ("enforcement", "parts"), "got 0, expected 1 to 12"),
    "a part twice": (keeps(parts=(PART, PART)), ("enforcement", "parts", 1, "name"), "a second time"),
    "a part of no term": (keeps(parts=(PART.replace(term="x"),)), ("enforcement", "parts", 0, "term"), "'x', expected the id of a term"),
    "a part above 1": (keeps(parts=(PART.replace(backed=told(0, 2)),)), ("enforcement", "parts", 0, "backed", "high"), "got 2"),
    "a question mark": (WORTH.replace(durability=s.Comparable(basis=s.Basis(assumed_by="?"))), ("durability", "basis", "assumed_by"), "the name"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_where_it_is(name: str) -> None:
    situation, place, words = FAULTS[name]
    found = list(problems(situation))
    assert [p for p, what in found if words in what] == [place], found


@pytest.mark.parametrize("situation", [GOOD, PACT, harbour(veto=True), made.EMPTY, with_member(joining(target="f"))])
def test_a_good_one_has_none(situation: s.Situation) -> None:
    assert list(problems(situation)) == []


@settings(max_examples=40)
@given(strategies.situations(deal=True))
def test_made_situations_have_none(situation: s.Situation) -> None:
    assert list(problems(situation)) == []


@pytest.mark.parametrize(("low", "cases", "fine"), [(0.5, 20, True), (0.5, 19, False), (1.0, 0, True), (0.0, 0, True)])
def test_a_probability_is_a_number_only_from_twenty_cases(low: float, cases: int, fine: bool) -> None:
    assert (list(problems(PACT.replace(facts=(fact("f", low, low, cases),)))) == []) is fine
