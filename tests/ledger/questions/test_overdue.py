"""What is overdue, stalled, suspended or broken, as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from detente.errors import InvalidDate
from detente.ledger import Ledger, rows
from detente.ledger.questions import overdue
from detente.ledger.questions.edtf import last_day
from detente.records import Condition

from .telling import on, pledge, pounds


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


LAST = [
    ("2027-05-01", "2027-05-01"), ("../2027-12-31", "2027-12-31"), ("2027", "2027-12-31"), ("2027-02", "2027-02-28"),
    ("2028-02", "2028-02-29"), ("2027-21", "2027-05-31"), ("2027-24", None), ("202X", "2029-12-31"), ("2027?", "2027-12-31"),
    ("2025-01-01/2025-06", "2025-06-30"), ("2027/..", None), ("..", None), ("", None), ("soon", None), ("2027-13", None),
    ("2027-02-30", None), ("0000", None), ("2027-05-01T10:00", None),
]  # fmt: skip


@pytest.mark.parametrize(("edtf", "expected"), LAST, ids=[repr(e) for e, _ in LAST])
def test_the_last_day_that_a_date_allows(edtf, expected):
    assert last_day(edtf) == (date.fromisoformat(expected) if expected else None)


STATES = [
    ({"due": "../2025-06-30"}, "2025-06-30", None),
    ({"due": "../2025-06-30"}, "2025-07-01", ("overdue", 1)),
    ({"due": "2025"}, "2025-12-31", None),
    ({"due": "2025"}, "2026-01-02", ("overdue", 2)),
    ({"due": "../2025-06-30", "stage": "delivered"}, "2026-01-01", None),
    ({"due": "../2025-06-30", "outcome": "kept"}, "2026-01-01", None),
    ({"due": "../2025-06-30", "outcome": "part_kept"}, "2025-07-01", ("overdue", 1)),
    ({"due": "../2025-06-30", "stage": "suspended"}, "2026-01-01", ("suspended", None)),
    ({"outcome": "broken"}, "2025-03-03", ("broken", None)),
    ({"outcome": "withdrawn", "stage": "suspended"}, "2025-03-03", ("broken", None)),
    ({"due": "2025/.."}, "2026-01-01", None),
    ({"factuality": "hypothetical", "due": "2025"}, "2027-01-01", None),
    ({"factuality": "negated", "outcome": "broken"}, "2027-01-01", None),
]


@pytest.mark.parametrize(("fields", "as_of", "expected"), STATES, ids=[f"{f} {d}" for f, d, _ in STATES])
def test_the_state_of_a_pledge_on_a_day(ledger, fields, as_of, expected):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400), **fields)
    assert [(row.state, row.days) for row in overdue(ledger, as_of=as_of)] == ([expected] if expected else [])


def test_a_pledge_is_stalled_only_while_the_coverage_goes_on(ledger):
    quiet = pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400))
    assert overdue(ledger, as_of="2029-01-01").rows == ()
    pledge(ledger, "Ostrava gave £100m for radar.", pounds(100), source=on("2025-09-01", "Coast News"))
    (stalled,) = overdue(ledger, as_of="2029-01-01")
    assert (stalled.state, stalled.days, stalled.promise.id) == ("stalled", 183, quiet.id)
    assert overdue(ledger, as_of="2025-08-31").rows == ()


def test_a_later_article_takes_a_pledge_off_the_list(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400), due="../2025-06-30")
    pledge(
        ledger,
        "Ostrava delivered its £400m for bridges.",
        pounds(400),
        stage="delivered",
        source=on("2025-08-01", "Coast News"),
    )
    assert [row.days for row in overdue(ledger, as_of="2025-07-10")] == [10]
    assert overdue(ledger, as_of="2025-08-01").rows == ()


def test_what_a_pledge_hung_on_is_said_and_not_judged(ledger):
    pledge(
        ledger,
        "Ostrava gave £400m if the truce holds.",
        pounds(400),
        due="2025",
        conditions=(Condition(text="the truce holds", type="other"),),
    )
    answer = overdue(ledger, as_of="2026-02-01")
    assert "if the truce holds: whether that came true is not told" in answer.text()
    assert answer.text().endswith("as of 2026-02-01")
    assert answer.table()[0]["state"] == "overdue"


def test_a_day_of_publication_that_is_none_stops_nothing(ledger, monkeypatch):
    monkeypatch.setattr(rows, "is_day", bool)  # as ledgers were written that earlier versions made
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400), due="2025", source=on("2025-03"))
    pledge(ledger, "Ostrava gave £100m for radar.", pounds(100), source=on("last week", "Coast News"))
    assert [row.state for row in overdue(ledger, as_of="9999-01-01")] == ["overdue"]


def test_without_a_day_it_is_today_and_says_so(ledger):
    pledge(ledger, "Ostrava gave £400m for bridges.", pounds(400), due="2025-03")
    answer = overdue(ledger)
    assert answer.as_of == date.today().isoformat()
    assert answer.notes == ("as of today, since no day was given",)
    with pytest.raises(InvalidDate, match="as_of"):
        overdue(ledger, as_of="Sunday")
