"""How fine a date is, and when it ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.exchange.dates import granularity, last_day
from detente.reading import periods

CASES = [
    ("2025-03-02", "day", date(2025, 3, 2)),
    ("2025-03", "month", date(2025, 3, 31)),
    ("2024-02", "month", date(2024, 2, 29)),
    ("2025-21", "season", None),
    ("2025", "year", date(2025, 12, 31)),
    ("202X", "decade", None),
    ("../2027-12-31", "interval", date(2027, 12, 31)),
    ("2025-03/2025-04", "interval", date(2025, 4, 30)),
    ("2027/..", "interval", None),
    ("2025-03-02~", "day", date(2025, 3, 2)),
    ("2025-02-30", "day", None),
    ("soon", None, None),
    ("", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("edtf", "fine", "last"), CASES)
def test_a_date(edtf, fine, last):
    assert (granularity(edtf), last_day(edtf)) == (fine, last)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_what_the_reading_writes_is_told_as_it_says(day):
    for period in (periods.day(day), periods.month(day.year, day.month), periods.year(day.year), periods.week(day)):
        assert (granularity(period.edtf), last_day(period.edtf)) == (period.granularity, period.last)
    for period in (periods.season(day.year, "summer"), periods.decade(day.year // 10 * 10)):
        assert granularity(period.edtf) == period.granularity


@given(st.text(max_size=12))
def test_no_text_breaks_it(text):
    granularity(text)
    last_day(text)
