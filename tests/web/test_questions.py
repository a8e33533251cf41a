"""The questions in the browser: each answer with its counts, what was left out, and a way to the words."""

import re

import pytest

from detente.ledger import Ledger
from detente.ledger.questions.look import Look
from detente.records import Article, Event, Statement
from detente.web.contacts import contacts
from detente.web.happenings import MOST_STATEMENTS, happenings, span
from detente.web.pages.timeline import drawn
from detente.web.questions import QUESTIONS
from tests.ledger.made import make

from . import made
from .client import Client


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_shows_what_it_rests_on(name: str, client: Client) -> None:
    data, page = client.get(f"/ask/{name}.json").json()["answer"], client.get(f"/ask/{name}").text
    assert f"{data['counts']['sentences']} sentence" in page
    assert re.search(r"from \d articles of \d outlets", page)
    for row in data["rows"]:
        for place in row["places"]:
            assert f'/articles/{place["article"]}#r-{place["record"]}"' in page
    for left in data["left_out"]:
        assert left["why"] in page
    rows = client.get(f"/ask/{name}.csv").rows()
    assert len(rows) >= len(data["rows"])


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/ask/promises?who=Ostrava", "3 per cent of its output"),
        ("/ask/stands?who=Tarn", "Soldiers of the League stand in Tarn."),
        ("/ask/changes?from=2025-03-03", "Changes"),
        ("/ask/overdue?as_of=2031-01-01", "Overdue for"),
        ("/matrix?who=Tarn", "Soldiers of the League stand in Tarn."),
        ("/promises?as_of=2025-03-01", "2.26bn crowns"),
    ],
)
def test_an_address_says_what_is_asked_about(address: str, says: str, client: Client) -> None:
    page = client.get(address)
    assert page.status == 200
    assert says in page.text


@pytest.mark.parametrize("address", ["/ask/weather", "/ask/promises?as_of=soon", "/ask/changes?from=soon", "/timeline?lane=fast", "/network?relation=love", "/matrix?as_of=1"])
def test_a_question_that_is_none_is_told(address: str, client: Client) -> None:
    assert client.get(address).status in (400, 404)


def test_the_pledge_ledger_folds_repeats_and_flags_what_is_late(client: Client) -> None:
    lines = client.get("/promises.json?as_of=2031-01-01").json()["lines"]
    loan = next(line for line in lines if line["promise"]["type"] == "loan")
    assert len(loan["promise"]["places"]) == 2
    assert [s["stage"] for s in loan["steps"] if s["reached"]] == ["announced", "committed"]
    spend = next(line for line in lines if line["promise"]["type"] == "spend")
    assert (spend["late"], spend["days"]) == ("overdue", 1097)
    page = client.get("/promises?as_of=2031-01-01").text
    assert "! overdue for 1,097 days" in page
    assert page.count('aria-current="step"') == len([line for line in lines if line["promise"]["stage"]])


def test_the_matrix_has_a_cell_for_each_stance(client: Client) -> None:
    page = client.get("/matrix.json").json()
    stances = {(c["actor"], r["proposition"]): [h["stance"] for h in c["held"]] for r in page["rows"] for c in r["cells"]}
    assert stances["TN", "Soldiers of the League stand in Tarn."] == ["oppose"]
    assert sum(len(r["cells"]) for r in page["rows"]) == len(page["answer"]["rows"])


def test_ties_are_told_of_what_happened_alone(ledger: Ledger) -> None:
    found = contacts(ledger)
    assert {(c.source.name, c.relation, c.target.name): len(c.places) for c in found} == {("Ostrava", "supports", "Marland"): 2}
    assert {i.why for i in found.left_out if i.place.kind == "event"} >= {"it is negated"}


def test_who_is_spoken_to_is_a_tie() -> None:
    ledger = Ledger.memory()
    a = Article.of("Ana Velkova told Émile Orden that ships would come. Tarn met Marland.\n", "https://post.example/1", published="2025-03-01")
    ledger.add(a, [
        make(Statement, a, {"cue": "told", "content": "that ships would come"}, speaker=made.VELKOVA, mode="indirect", addressees=(made.ORDEN,)),
        make(Event, a, {"words": "Tarn met Marland"}, type="CONSULT", actors=(made.TARN, made.MARLAND), date="2025-03-01"),
    ])  # fmt: skip
    found = {(c.source.name, c.relation, c.target.name) for c in contacts(ledger)}
    assert found == {("Ana Velkova", "talks to", "Émile Orden"), ("Tarn", "talks to", "Marland"), ("Marland", "talks to", "Tarn")}


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2025-03-01", ("2025-03-01", "2025-03-01")),
        ("2025-03", ("2025-03-01", "2025-03-31")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-03-01/2025-03-04", ("2025-03-01", "2025-03-04")),
        ("../2027-12-31", ("2027-12-31", "2027-12-31")),
        ("2025-03-01~", ("2025-03-01", "2025-03-01")),
        ("202X", ("2029-12-31", "2029-12-31")),
    ],
)
def test_a_date_has_a_first_and_a_last_day(edtf: str, days: tuple[str, str]) -> None:
    found = span(edtf)
    assert found is not None
    assert tuple(d.isoformat() for d in found) == days


@pytest.mark.parametrize("edtf", ["2027/..", "soon", "", "2025-13-45"])
def test_a_date_without_an_end_has_no_place(edtf: str) -> None:
    assert span(edtf) is None


def test_the_same_thing_in_several_outlets_is_one_mark(ledger: Ledger) -> None:
    found = happenings(Look(ledger))
    loans = [h for h in found if h.lane == "pledge" and "bn crowns" in h.title]
    assert len(loans) == 2, "two sums, each as printed"
    assert [h.unsure for h in found if "Threaten" in h.title] == []
    assert {h.lane for h in found} == {"event", "statement", "position", "pledge", "due"}
    assert drawn((), None) == ""


def test_too_many_statements_are_left_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    assert MOST_STATEMENTS > 1000
    monkeypatch.setattr("detente.web.happenings.MOST_STATEMENTS", 2)
    page = client.get("/timeline")
    assert "too many statements" in page.text
    assert "statement" not in {h["lane"] for h in client.get("/timeline.json").json()["happenings"]}
