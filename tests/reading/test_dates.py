"""Dates: a table of forms, the invariants of EDTF, and what is left unknown with a reason."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading import periods
from detente.reading.date_rules import RULES, rules_for
from detente.reading.dates import UNDATED, UNKNOWN, Direction, find_dates, resolve

TABLE = Path(__file__).parent / "cases" / "dates.csv"
POINT = r"(\d{4}(-\d\d(-\d\d)?)?|\d{3}X)"
EDTF = re.compile(rf"({POINT}|\.\.)/({POINT}|\.\.)|{POINT}")
SUNDAY = date(2025, 3, 2)
Row = dict[str, str]


def table() -> list[tuple[str, list[Row]]]:
    """Each sentence, read on one day in one direction, with the times that it holds."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = groupby(rows, lambda row: (row["text"], row["published"], row["direction"]))
    return [(" | ".join(key), list(group)) for key, group in keys]


CASES = table()


def day_or_none(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def direction(cell: str) -> Direction:
    return "future" if cell == "future" else "past"


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 100
    assert sum(row["edtf"] == "" and row["surface"] != "" for _, rows in CASES for row in rows) >= 15


@pytest.mark.parametrize(("name", "rows"), CASES, ids=[name for name, _ in CASES])
def test_table(name: str, rows: list[Row]) -> None:
    published = day_or_none(rows[0]["published"])
    found = find_dates(rows[0]["text"], published, direction=direction(rows[0]["direction"]))
    expected = [row for row in rows if row["surface"]]
    assert [(f.surface, f.edtf or "", f.granularity or "") for f in found] == [
        (row["surface"], row["edtf"], row["granularity"]) for row in expected
    ]
    for got, row in zip(found, expected, strict=True):
        assert got.reason, "every time says how it was found, or why it was not"
        assert got.edtf or got.reason == row["reason"]


@pytest.mark.parametrize(("name", "rows"), CASES, ids=[name for name, _ in CASES])
def test_without_the_articles_date_nothing_relative_is_guessed(name: str, rows: list[Row]) -> None:
    text = rows[0]["text"]
    known = {f.span: f.edtf for f in find_dates(text, SUNDAY)}
    other = {f.span: f.edtf for f in find_dates(text, SUNDAY + timedelta(days=3650))}
    for found in find_dates(text, None):
        if found.span not in known:  # a range whose first end has no year is not joined without one
            assert any(span.holds(found.span) for span in known)
        elif found.edtf:
            assert known[found.span] == other[found.span] == found.edtf
        elif known.get(found.span):
            assert found.reason == UNDATED


@given(st.sampled_from([name for name, _ in CASES]), st.dates(), st.sampled_from(["past", "future"]))
def test_every_form_on_every_day_gives_valid_edtf(sentence: str, published: date, way: Direction) -> None:
    for found in find_dates(sentence, published, direction=way):
        assert found.surface == sentence[found.span.start : found.span.end]
        assert (found.edtf is None) == (found.granularity is None)
        assert found.edtf is None or EDTF.fullmatch(found.edtf), found.edtf
        assert found.direction in (None, "past", "future")


@given(
    st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_a_weekday_lies_within_a_week_on_the_side_asked_for(weekday: str, published: date) -> None:
    (past,) = find_dates(f"It was on {weekday}.", published)
    (future,) = find_dates(f"It is on {weekday}.", published, direction="future")
    before, after = date.fromisoformat(past.edtf or ""), date.fromisoformat(future.edtf or "")
    assert before.strftime("%A") == after.strftime("%A") == weekday
    assert timedelta(0) <= published - before < timedelta(days=7)
    assert timedelta(0) <= after - published < timedelta(days=7)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_printed_day_reads_back_whatever_the_articles_date(day: date, published: date) -> None:
    for form in (f"{day:%d %B %Y}", f"{day:%B %d, %Y}", day.isoformat()):
        assert resolve(form, published).edtf == day.isoformat()
    assert resolve(f"by {day:%d %B %Y}", published).edtf == f"../{day.isoformat()}"


@given(st.text(alphabet="0123456789 -–/.,MarchyJunebt'’lasxkinoFridg\n", max_size=60), st.dates())
def test_any_text_is_read_without_error(text: str, published: date) -> None:
    last = 0
    for found in find_dates(text, published):
        assert found.span.start >= last
        assert found.edtf is None or EDTF.fullmatch(found.edtf)
        last = found.span.end


def test_only_the_part_asked_for_is_read() -> None:
    text = "By 2027 or by 2030 it will end."
    (found,) = find_dates(text, SUNDAY, text.index("2030"))
    assert found.edtf == "2030", "the words before the part do not count"


def test_resolve_refuses_words_that_are_more_than_a_time() -> None:
    assert resolve("by 2027", None).edtf == "../2027-12-31"
    assert resolve("the talks by 2027", None).reason == UNKNOWN
    assert resolve("whenever", SUNDAY).edtf is None


def test_the_direction_is_told_where_one_was_chosen() -> None:
    assert resolve("on Friday", SUNDAY, "future").direction == "future"
    assert resolve("on 2 March 2025", SUNDAY, "future").direction is None


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-60, 60), st.sampled_from(["month", "year"]))
def test_a_day_shifted_by_months_stays_in_the_month_that_is_meant(when: date, count: int, unit: str) -> None:
    moved = periods.shifted(when, count, unit)
    months = count * (12 if unit == "year" else 1)
    assert (moved.year * 12 + moved.month) - (when.year * 12 + when.month) == months
    assert moved.day <= when.day


@given(st.integers(1900, 2100))
def test_the_thirds_of_a_year_fill_it(number: int) -> None:
    parts = [periods.third(periods.year(number), which) for which in range(3)]
    assert parts[0].first == date(number, 1, 1)
    assert parts[2].last == date(number, 12, 31)
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(parts))


@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_passing_rules_over_by_their_keys_loses_no_match(name: str) -> None:
    for text in (name, name.upper(), name.lower(), name.replace(" ", "\u00a0")):
        matching = [rule for rule in RULES if rule.pattern.search(text)]
        assert not [rule.pattern.pattern for rule in matching if rule not in rules_for(text)]


@given(st.lists(st.sampled_from(sorted({word for name, _ in CASES for word in name.split()})), max_size=12))
def test_no_row_of_words_is_passed_over_by_a_rule_that_matches_it(words: list[str]) -> None:
    text = " ".join(words)
    assert all(rule in rules_for(text) for rule in RULES if rule.pattern.search(text))
