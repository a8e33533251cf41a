"""The deal board: terms by parties from the records, and what falls when a switch is thrown."""

from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError, UnknownName
from detente.ledger import Ledger
from detente.records import Actor, ActorRef, Article, Condition, Membership, Term
from detente.web.board import Board, board
from tests.ledger.made import make

from . import made
from .client import Client

TEXT = """Ostrava proposed a force on the border. Marland accepted the force; Tarn rejected it.
The force needs a backstop by Norland. Ostrava will join the League if Norland gives a backstop. Marland joins if Ostrava does.
"""
NORLAND = ActorRef(id="NL", name="Norland")


@pytest.fixture
def coast() -> Ledger:
    ledger = Ledger.memory()
    a = Article.of(TEXT, "https://post.example/1", publisher="The Ostrava Post", published="2025-03-01")
    backstop = make(Term, a, {"words": "a backstop by Norland"}, category="security_guarantee", proposition="Norland gives a backstop.")
    force = make(
        Term, a, {"words": "a force on the border"}, category="enforcement", proposition="A force guards the border.",
        proposed_by=(made.OSTRAVA,), accepted_by=(made.MARLAND,), rejected_by=(made.TARN,), depends_on=(backstop.id,),
    )  # fmt: skip
    ostrava = make(Membership, a, {"words": "Ostrava will join the League if Norland gives a backstop"}, coalition=made.LEAGUE, actor=made.OSTRAVA, status="conditional", conditions=(Condition(text="if Norland gives a backstop", type="term", target=backstop.id),))
    marland = make(Membership, a, {"words": "Marland joins if Ostrava does"}, coalition=made.LEAGUE, actor=made.MARLAND, status="conditional", conditions=(Condition(text="if Ostrava does", type="actor_joins", target="OS"),))
    ledger.add(a, [backstop, force, ostrava, marland], [Actor(id=x.id, name=x.name, type="state") for x in (made.OSTRAVA, made.MARLAND, made.TARN, NORLAND)])
    return ledger


def board_of(ledger: Ledger, *without: str, **more: Any) -> Board:
    return board(ledger, without, conflict="any", ending="any", **more)


def test_who_stands_where_is_what_the_record_says(coast: Ledger) -> None:
    force = next(t for t in board_of(coast).terms if t.category == "enforcement")
    assert {s.party: s.sides for s in force.stands} == {"OS": ("proposes",), "ML": ("accepts",), "TN": ("rejects",)}
    assert {p.words for s in force.stands for p in s.places} == {"a force on the border"}


def test_with_all_switches_on_nothing_falls(coast: Ledger) -> None:
    b = board_of(coast)
    assert b.fallen is None
    assert not any(t.falls or t.off for t in b.terms)
    assert not any(m.falls for m in b.members)
    assert (b.guaranteed, len(b.guarantees)) == (True, 2)


def test_without_the_backstop_the_force_and_the_league_fall(coast: Ledger) -> None:
    b = board_of(coast, "Norland backstop")
    fate = {t.proposition: (t.off, t.falls) for t in b.terms}
    assert fate == {"Norland gives a backstop.": (True, False), "A force guards the border.": (False, True)}
    assert {m.name: m.falls for m in b.members} == {"Ostrava": True, "Marland": True}, "Marland waits for Ostrava, which waits for the backstop"
    assert b.coalitions[0].greatest == (0, 0)
    assert (b.guaranteed, b.guarantees) == (False, ())
    assert b.durability.effect is None


def test_a_guarantee_needs_somebody_to_give_it(coast: Ledger) -> None:
    b = board_of(coast, "OS", "ML")
    assert b.guarantees
    assert not b.guaranteed


def test_switches_come_back(coast: Ledger) -> None:
    ids = [t.id for t in board_of(coast).terms]
    assert board_of(coast, *ids).terms != board_of(coast).terms
    assert board_of(coast) == board_of(coast)


@pytest.mark.parametrize(("without", "more", "error"), [(("the moon",), {}, UnknownName), ((), {"conflict": "a brawl"}, UnknownName), ((), {"ending": "a dance"}, UnknownName)])
def test_what_is_not_there_is_said(without: tuple[str, ...], more: dict[str, str], error: type[Exception], coast: Ledger) -> None:
    with pytest.raises((error, SituationError)):
        board(coast, without, **{"conflict": "any", "ending": "any"} | more)


def test_filters_may_leave_out_what_is_switched_off(coast: Ledger) -> None:
    b = board_of(coast, "the moon", "OS", narrowed=True)
    assert b.unfit == ("the moon",)
    assert [p.off for p in b.parties if p.id == "OS"] == [True]


def test_an_empty_ledger_has_an_empty_board(tmp_path: Path) -> None:
    assert board_of(Ledger.memory()).terms == ()


def test_the_address_holds_the_switches(client: Client) -> None:
    data = client.get("/deal.json?without=TN&without=League+guarantees").json()
    assert data["without"] == ["TN", "League guarantees"]
    off = [t["proposition"] for t in data["board"]["terms"] if t["off"]]
    assert off == ["The League guarantees the truce."]
    page = client.get("/deal?without=TN&without=League+guarantees").text
    assert page.count(" checked>") == 2
    rows = client.get("/deal.csv?without=TN&without=League+guarantees").rows()
    assert [r["state"] for r in rows if r["what"] == "The League guarantees the truce." and r["about"] == "term"] == ["switched off"]


def test_every_cell_and_box_leads_to_its_words(client: Client) -> None:
    page = client.get("/deal").text
    for term in client.get("/deal.json").json()["board"]["terms"]:
        for place in (p for s in term["stands"] for p in s["places"]):
            assert f'/articles/{place["article"]}#r-{place["record"]}"' in page
