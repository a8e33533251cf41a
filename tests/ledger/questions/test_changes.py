"""What changed since a day."""

from __future__ import annotations

import pytest

from detente.errors import InvalidDate
from detente.ledger import Ledger
from detente.ledger.questions import changes

from .telling import member, on, pledge, position, pounds, term

DAY = "2025-03-05"


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


def told(ledger, since=DAY, **more):
    return [(c.kind, c.before, c.after, c.on) for c in changes(ledger, since=since, **more)]


LATER = on("2025-03-07", "Coast News")


def test_a_new_pledge_and_an_old_one_repeated(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    pledge(ledger, "Ostrava gave £400m for bridges again.", pounds(400), source=LATER)
    pledge(ledger, "Ostrava gave £100m for radar.", pounds(100), source=LATER)
    assert told(ledger) == [("new pledge", None, "told 1 time", "2025-03-07")]
    assert changes(ledger, since=DAY)[0].about == "Ostrava to Marland: grant, £100m — announced"
    assert len(told(ledger, since="2025-03-01")) == 2
    assert told(ledger, since="2025-03-08") == []


def test_a_change_of_stage_and_of_outcome(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    pledge(
        ledger,
        "Ostrava signed its £400m for bridges.",
        pounds(400),
        stage="committed",
        source=on("2025-03-06", "Coast News"),
    )
    pledge(ledger, "Ostrava froze its £400m for bridges.", pounds(400), stage="suspended", source=LATER)
    assert told(ledger) == [
        ("stage", "announced", "committed", "2025-03-06"),
        ("stage", "committed", "suspended", "2025-03-07"),
    ]
    assert told(ledger, since="2025-03-07") == [("stage", "committed", "suspended", "2025-03-07")]
    assert told(ledger, as_of="2025-03-06") == [("stage", "announced", "committed", "2025-03-06")]


def test_shifts_terms_and_members(ledger):
    position(ledger, "Orden opposes a truce.", "a truce", "oppose")
    position(ledger, "Orden backs a truce.", "a truce", "support", source=LATER)
    term(ledger, "Monitors are proposed.", status="proposed")
    term(ledger, "Monitors are agreed.", status="agreed", source=LATER)
    term(
        ledger,
        "Prisoners are to go home.",
        proposition="Prisoners go home.",
        category="prisoners",
        source=LATER,
    )
    member(ledger, "Ostrava is in.", "in")
    member(ledger, "Ostrava is out.", "out", source=LATER)
    assert told(ledger) == [
        ("shift", "oppose", "support", "2025-03-07"),
        ("new term", None, "status unknown", "2025-03-07"),
        ("term status", "proposed", "agreed", "2025-03-07"),
        ("coalition", "in", "out", "2025-03-07"),
    ]
    assert [c.kind for c in changes(ledger, since=DAY, actor="Ostrava")] == ["coalition"]
    assert [c.kind for c in changes(ledger, since=DAY, actor="Émile Orden")] == ["shift"]


def test_sources_of_a_day_that_differ_are_both_told(ledger):
    member(ledger, "Ostrava is in.", "in")
    member(ledger, "Ostrava is out.", "out", source=LATER)
    member(ledger, "Ostrava is invited.", "invited", source=on("2025-03-07", "The Ostrava Post"))
    assert told(ledger) == [("coalition", "in", "invited and out", "2025-03-07")]


def test_an_article_without_a_date_is_on_neither_side(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400), source=on(None))
    assert told(ledger) == []
    assert changes(ledger, since=DAY).notes == ("1 article without a date: what only they tell is left out",)


def test_a_day_that_is_none(ledger):
    with pytest.raises(InvalidDate, match="since"):
        changes(ledger, since="Sunday")
