"""The filters of an address hold for every question, and nothing is written."""

from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.ledger.questions import promises, stands
from detente.ledger.questions.look import Look
from detente.web.choosing import Choice
from detente.web.narrowing import narrow
from detente.weighing import situation_from

from .client import Client


@pytest.mark.parametrize(
    ("asked", "ids", "kind"),
    [
        ({}, (), None),
        ({"publisher": "Marland Herald"}, (), None),
        ({"actor": "OS"}, (), None),
        ({"until": "2025-03-01"}, (), None),
        ({"review": "accepted"}, (), None),
        ({"stage": "announced"}, (), "pledge"),
        ({"text": "truce"}, (), None),
        ({"actor": "Nobody"}, (), None),
    ],
)
def test_a_narrowed_ledger_has_what_the_choice_has(asked: dict[str, str], ids: tuple[str, ...], kind: str | None, ledger: Ledger) -> None:
    choice = Choice(ledger, kind, asked, ids)
    chosen = [r.id for r in choice.records]
    narrow(ledger, choice)
    left = [r.id for r in ledger.records()]
    if asked:
        assert left == chosen
        look = Look(ledger)
        assert sorted(r.id for k in {r.id[:2] for r in ledger.records()} for kind_ in ("statement", "pledge", "term", "position", "event", "membership", "deal") if kind_.startswith(k) for r in look.records(kind_)) == sorted(chosen)
    else:
        assert set(chosen) < set(left), "without filters nothing is taken away, not even what was rejected"


def test_what_is_asked_of_articles_narrows_the_coverage(ledger: Ledger) -> None:
    narrow(ledger, Choice(ledger, None, {"publisher": "Marland Herald"}))
    assert Look(ledger).scope.articles == len(ledger.articles) == 1


def test_what_is_asked_of_records_does_not(ledger: Ledger) -> None:
    narrow(ledger, Choice(ledger, None, {"actor": "OS"}))
    assert Look(ledger).scope.articles == 4


def test_questions_and_models_see_no_more(ledger: Ledger) -> None:
    assert len(promises(ledger)) == 3
    narrow(ledger, Choice(ledger, None, {"publisher": "Coast Wire"}))
    assert not len(promises(ledger))
    assert {place.outlet for row in stands(ledger) for place in row.places} == {"Coast Wire"}
    assert not situation_from(ledger).terms


def test_counts_of_a_narrowed_page_are_kept_for_no_other(path: Path, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.ledger.counting._SLOW", -1.0)
    with Ledger.open(path, readonly=True) as ledger, ledger.connection.snapshot():
        narrow(ledger, Choice(ledger, None, {"publisher": "Marland Herald"}))
        few = ledger.statements.coverage().records
    with Ledger.open(path, readonly=True) as whole, whole.connection.snapshot():
        assert whole.statements.coverage().records > few
        narrow(whole, Choice(whole, None, {"publisher": "Marland Herald"}))
        assert whole.statements.coverage().records == few


def test_the_file_is_as_it_was(path: Path, client: Client) -> None:
    before = path.read_bytes()
    for address in ("/promises?actor=OS", "/deal?publisher=Marland+Herald", "/ask/stands?since=2025-03-02"):
        assert client.get(address).status == 200
    assert path.read_bytes() == before


@pytest.mark.parametrize("page", ["/promises", "/matrix", "/deal", "/timeline", "/network", "/ask/changes", "/ask/contradictions"])
def test_every_page_has_the_same_filters(page: str, client: Client) -> None:
    whole = client.get(f"{page}.json").json()
    narrowed = client.get(f"{page}.json?publisher=Coast+Wire").json()
    assert narrowed["asked"] == {"publisher": "Coast Wire"}
    assert whole["asked"] == {}
    assert "Coast Wire" in client.get(f"{page}?publisher=Coast+Wire").text
    for wrong in ("since=yesterday", "mood=good", "review=liked"):
        assert client.get(f"{page}?{wrong}").status == 400
