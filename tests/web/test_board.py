"""The deal board: terms by parties from the records, and what falls when a switch is thrown."""

from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError, UnknownName
from detente.ledger import Ledger
from detente.records import Actor, ActorRef, Article, Condition, Membership, Pledge, Term
from detente.web import create_app
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


# ------------------------------------------------------------ pledges on a condition

PROMISED = """Sudmark pledged 2,000 troops if Norland provides a backstop. Denmere pledged 600 troops if Norland provides a backstop.
Westria pledged 400 engineers if Marland withdraws. A coalition of eleven states met in Lindau.
"""


@pytest.fixture
def promised(tmp_path: Path) -> Path:
    """A ledger without a member of a coalition: three pledges on two conditions, and a backstop on the table."""
    a = Article.of(PROMISED, "https://post.example/2", publisher="The Ostrava Post", published="2025-03-01")
    who = [ActorRef(id=name.lower(), name=name) for name in ("Sudmark", "Denmere", "Westria")]
    words = ("pledged 2,000 troops", "pledged 600 troops", "pledged 400 engineers")
    on = ("Norland provides a backstop", "Norland provides a backstop", "Marland withdraws")
    pledges = [
        make(Pledge, a, {"words": w}, pledger=(x,), type="troops", conditions=(Condition(text=c, type="other"),))
        for x, w, c in zip(who, words, on, strict=True)
    ]
    backstop = make(Term, a, {"words": "a backstop"}, category="security_guarantee", proposition="a backstop", proposed_by=(NORLAND,))
    with Ledger.open(tmp_path / "promised.db", create=True) as ledger:
        ledger.add(a, [*pledges, backstop], [Actor(id=x.id, name=x.name, type="state") for x in (*who, NORLAND)])
    return tmp_path / "promised.db"


@pytest.mark.parametrize(
    ("address", "off", "falls", "told"),
    [
        ("/deal", [], [], []),
        ("/deal?without=a+backstop", [], ["Norland provides a backstop"], ["pledged 2,000 troops", "pledged 600 troops"]),
        ("/deal?without=Norland", [], ["Norland provides a backstop"], ["pledged 2,000 troops"]),
        ("/deal?without=Marland+withdraws", ["Marland withdraws"], [], ["pledged 400 engineers"]),
    ],
)
def test_a_pledge_falls_with_the_condition_that_names_what_is_switched_off(
    address: str, off: list[str], falls: list[str], told: list[str], promised: Path
) -> None:
    site = Client(create_app(promised))
    path, _, query = address.partition("?")
    shown = site.get(f"{path}.json?{query}").json()["hinges"]
    assert [h["text"] for h in shown] == ["Norland provides a backstop", "Marland withdraws"]
    assert [p["who"] for p in shown[0]["pledges"]] == [["Sudmark"], ["Denmere"]], "two pledges on one condition"
    assert ([h["text"] for h in shown if h["off"]], [h["text"] for h in shown if h["falls"]]) == (off, falls)
    fallen = site.get(address).text.partition("Pledges that fall")[2].partition("</dl>")[0]
    assert all(words in fallen for words in told)
    assert [r["state"] for r in site.get(f"{path}.csv?{query}").rows() if r["what"] in (*off, *falls)] == (
        ["switched off"] * len(off) + ["falls"] * 2 * len(falls)
    )


def test_a_board_without_members_says_why_and_what_to_do(promised: Path, client: Client) -> None:
    text = Client(create_app(promised)).get("/deal").text
    assert "No member of a coalition is known" in text
    assert '<a href="/search?q=coalition">1 article</a> speaks of one' in text
    assert "No member of a coalition is known" not in client.get("/deal").text


def test_a_switch_that_is_no_condition_and_nothing_on_the_board_is_refused(promised: Path) -> None:
    assert Client(create_app(promised)).get("/deal?without=the+moon").status == 400
