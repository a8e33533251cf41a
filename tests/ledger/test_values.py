"""What an edit may put into a field beyond its type: times, ids of records that are there, sums, parts with their words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.values import is_time
from detente.reading.dates import resolve
from detente.records import Amount, Condition, Pledge, Term

from .made import OSTRAVA, article, make


@pytest.mark.parametrize(
    "words",
    ["2025", "2025-03", "2025-03-02", "2024-02-29", "2025-03?", "2025~", "202X", "2025-21", "../2027-12-31", "2025-03-02/..", "2025/2026", "2025-03/2025", "2025/2025-03", "/2027", "2025-03-01/2025-03-07"],
)  # fmt: skip
def test_a_time_is_one(words: str) -> None:
    assert is_time(words)


@pytest.mark.parametrize(
    "words",
    ["", "soon", "by 2027", "2025-13", "2025-00", "2025-02-29", "2025-3-2", "25", "2025-21-01", "202X-01", "..", "../..", "/", "2025/soon", "2026/2025", "2025-03-02/2025-03-01", "2025-03-02/../2026", "２０２５", "0000-01-01", "2025-03-02T10:00"],
)  # fmt: skip
def test_what_is_no_time_is_none(words: str) -> None:
    assert not is_time(words)


@given(st.dates(date(1000, 1, 1)))
def test_every_day_is_a_time(day: date) -> None:
    assert is_time(day.isoformat())
    assert is_time(f"../{day.isoformat()}")


@given(st.text(max_size=30))
def test_any_words_are_one_or_none(words: str) -> None:
    assert is_time(words) in (True, False)


@pytest.mark.parametrize(
    "words",
    ["by 2027", "on Friday", "in spring 2026", "the 1990s", "since 2014", "between March and May", "next year", "by the end of next year", "on 2 March", "last month", "in 2025", "until June 2026"],
)  # fmt: skip
def test_what_the_reading_makes_of_words_is_a_time(words: str) -> None:
    found = resolve(words, date(2025, 3, 2)).edtf
    assert found is None or is_time(found), found


@pytest.fixture
def ledger() -> Ledger:
    """A pledge, and two terms of which one depends on the other."""
    a = article()
    pledge = make(
        Pledge,
        a,
        {"words": "lend Marland 2.26 million crowns"},
        pledger=(OSTRAVA,),
        type="loan",
        amount=Amount(value=2.26e6, unit="SEK"),
    )
    army = make(Term, a, {"words": "a truce"}, category="ceasefire", proposition="There is a truce.")
    watch = make(
        Term,
        a,
        {"words": "a monitoring mission"},
        category="monitoring",
        proposition="It is watched.",
        depends_on=(army.id,),
    )
    kept = Ledger.memory()
    kept.add(a, [pledge, army, watch])
    return kept


@pytest.mark.parametrize(
    ("kind", "field", "new", "says"),
    [
        ("pledge", "due", "soon", "expected a time"),
        ("pledge", "stages", [{"stage": "delivered", "date": "one day", "words": "came"}], "expected a time"),
        ("pledge", "conditions", [Condition(text=" ", type="other")], "expected the words"),
        ("pledge", "amount", {"value": 1.0, "unit": "pounds"}, "expected the unit"),
        ("pledge", "amount", {"value": 1.0, "low": 2.0, "unit": "GBP"}, "in this order"),
        ("pledge", "part_of", "pl-0", "expected the id of a pledge"),
        ("term", "depends_on", ["te-0"], "expected the id of a term"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    kind: str, field: str, new: object, says: str, ledger: Ledger
) -> None:
    record = ledger.records(kind)[0]
    with pytest.raises(RecordError, match=says):
        ledger.judge(record, "edit", by="Ida Lund", field=field, new=new)
    assert ledger.judgements() == []
    assert ledger.get(record.id) == record


def test_a_term_can_depend_on_another_one_and_not_on_itself(ledger: Ledger) -> None:
    army, watch = ledger.terms[0], ledger.terms[1]
    with pytest.raises(RecordError, match="another term than itself"):
        ledger.judge(army, "edit", by="Ida Lund", field="depends_on", new=[army.id])
    with pytest.raises(RecordError, match="which is a pledge"):
        ledger.judge(army, "edit", by="Ida Lund", field="depends_on", new=[ledger.pledges[0].id])
    ledger.judge(army, "edit", by="Ida Lund", field="depends_on", new=[watch.id])
    assert ledger.get(army.id).depends_on == (watch.id,)


def test_an_edit_made_before_is_undone_and_redone_as_it_was(ledger: Ledger) -> None:
    pledge = ledger.pledges[0]
    ledger.judge(pledge, "edit", by="Ida Lund", field="due", new="../2027-12-31")
    ledger.undo_last(by="Ida Lund")
    assert ledger.get(pledge.id).due is None
    ledger.redo_last(by="Ida Lund")
    assert ledger.get(pledge.id).due == "../2027-12-31"
