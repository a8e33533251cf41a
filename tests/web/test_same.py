"""One name in several articles: what stands beside it says whether it is offered as one, and a person puts it together."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.articles import read_sources
from detente.ledger import Ledger, intake
from detente.ledger.questions import promises
from detente.web import create_app
from detente.web.namesakes import likely, namesakes

from .client import Client

COURIER = """Carrow offers troops

The Prime Minister of Sudmark, Edmund Carrow, pledged 2,000 troops to Ostrava. Carrow said the offer stands.

Lena Hartog, the foreign minister of Westria, promised €1.2 billion in aid to Ostrava.
"""
HERALD = """Ostrava waits

Edmund Carrow, the prime minister, pledged 2,000 troops to Ostrava.

Foreign Minister Lena Hartog promised €1 billion in aid to Ostrava.
"""
POST = """Rain in Hillfort

Judge Edmund Carrow said that the harbour stays closed. Defence Minister Edmund Carrow said nothing.
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles of two outlets that name the same two persons, and one that names another one of the same name."""
    folder = tmp_path_factory.mktemp("same")
    with Ledger.open(folder / "talks.db", create=True) as ledger:
        for name, text, outlet in (("c", COURIER, "The Courier"), ("h", HERALD, "The Herald"), ("p", POST, "The Post")):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            intake.read_into(ledger, read_sources(folder / f"{name}.txt", published="2026-05-04", publisher=outlet))
    return folder / "talks.db"


@pytest.fixture
def talks(read: Path, tmp_path: Path) -> Path:
    with Ledger.open(read, readonly=True) as ledger:
        ledger.backup(tmp_path / "own.db")
    return tmp_path / "own.db"


@pytest.fixture
def desk_of(talks: Path) -> Client:
    return Client(create_app(talks, by="Ida Lund"))


def test_full_names_are_offered_and_surnames_and_titles_are_not(talks: Path) -> None:
    with Ledger.open(talks, readonly=True) as ledger:
        named = {group[0].name: len(group) for group in namesakes(ledger)}
        assert (named["Edmund Carrow"], named["Lena Hartog"]) == (3, 2)
        assert not {"Carrow", "Judge", "Defence Minister"} & named.keys()
        carrow = next(g for g in namesakes(ledger) if g[0].name == "Edmund Carrow")
        assert {c.name for c in likely(ledger, carrow[0].id, "Carrow")} == {"Edmund Carrow"}


def test_the_first_page_leads_to_the_names_and_to_the_questions_to_begin_with(desk_of: Client) -> None:
    page = desk_of.get("/").text
    assert "One name has several entries here" in page
    for address in ("/same", "/promises", "/ask/contradictions", "/matrix", "/deal"):
        assert f'href="{address}">' in page.partition("<main")[2]


def test_the_page_ticks_those_whose_role_agrees(desk_of: Client) -> None:
    assert "have more than one entry" in desk_of.get("/actors").text
    shown = {n["name"]: n for n in desk_of.get("/same.json").json()["names"]}
    assert sorted(k["role"] for k in shown["Edmund Carrow"]["known"] if k["agrees"]) == ["prime minister", "prime minister of Sudmark"]
    assert [k["entry"]["source"]["publisher"] for k in shown["Edmund Carrow"]["known"] if not k["agrees"]] == ["The Post"]
    assert shown["Edmund Carrow"]["role"] == "prime minister of Sudmark"
    assert "another title" in desk_of.get("/same").text


def test_what_is_ticked_becomes_one_at_once_and_undo_takes_all_of_it_back(desk_of: Client, talks: Path) -> None:
    def sums() -> list[tuple[str, ...]]:
        with Ledger.open(talks, readonly=True) as ledger:
            return sorted(tuple(sorted(f.amount.surface for f in p.figures)) for p in promises(ledger))

    before = sums()
    names = desk_of.get("/same.json").json()["names"]
    ticked = [k["id"] for n in names for k in n["known"] if k["agrees"]]
    answer = desk_of.post("/same", {"same": ticked, "by": "Ida Lund"})
    assert (answer.status, answer.headers["location"]) == (303, "/same")
    assert ("€1 billion", "€1.2 billion") in sums(), "two outlets that differ about one promise are set against each other"
    with Ledger.open(talks, readonly=True) as ledger:
        assert {len(g) for g in namesakes(ledger)} == {2}, "the judge is still another one"
        assert ledger.check() == []
    undone = desk_of.post("/review", {"do": "undo", "by": "Ida Lund"})
    assert undone.headers["location"].startswith("/actors/")
    assert desk_of.get(undone.headers["location"]).status == 200
    assert sums() == before
    assert "/actors/made-" in desk_of.get("/review").text, "what was decided about an actor leads to it"


@pytest.mark.parametrize(
    ("said", "told"),
    [({}, "expected who decides"), ({"by": "Ida Lund"}, "got no two of one name"), ({"by": "Ida Lund", "same": "GB"}, "got GB")],
)  # fmt: skip
def test_what_is_no_decision_is_refused(said: dict[str, str], told: str, desk_of: Client) -> None:
    answer = desk_of.post("/same", said)
    assert (answer.status, told in answer.text) == (400, True)


def test_one_can_be_put_together_with_whose_name_ends_so(desk_of: Client, talks: Path) -> None:
    with Ledger.open(talks) as ledger:
        one, other = (c.id for c in next(g for g in namesakes(ledger) if g[0].name == "Lena Hartog"))
    assert other in desk_of.get(f"/actors/{one}").text
    answer = desk_of.post(f"/actors/{one}", {"into": other, "by": "Ida Lund"})
    assert answer.headers["location"] == f"/actors/{other}"
    assert "1 other entry was put together with this one" in desk_of.get(f"/actors/{other}").text
    with Ledger.open(talks) as ledger:
        ledger.split(one, by="Ida Lund")
        assert all(g[0].name != "Lena Hartog" for g in namesakes(ledger)), "whom a person took apart is not offered again"
