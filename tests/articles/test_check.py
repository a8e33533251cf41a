"""Dates, countries, languages and text: what is accepted, and what an error says."""

import csv
from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import check
from detente.errors import EmptyArticle, EncodingError, InvalidDate, MalformedInput


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-03-02", "2025-03-02"),
        (" 2025-03-02\n", "2025-03-02"),
        ("2025-03-02T10:00:00Z", "2025-03-02"),
        ("2025-03-02 23:59", "2025-03-02"),
        ("2025-03-02T23:30:00.123+01:00", "2025-03-02"),
        ("2025-03-02T00:30:00-0500", "2025-03-02"),  # the day as written, not in another zone
        ("2024-02-29", "2024-02-29"),
        ("1600-01-01", "1600-01-01"),
    ],
)
def test_a_day_is_read(value: str, expected: str) -> None:
    assert check.day(value, "here") == expected


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("", "YYYY-MM-DD"),
        ("2 March 2025", "YYYY-MM-DD"),
        ("02/03/2025", "YYYY-MM-DD"),
        ("2025-03", "YYYY-MM-DD"),
        ("20250302", "YYYY-MM-DD"),
        ("2025-W09-7", "YYYY-MM-DD"),
        ("2025-03-02 or so", "YYYY-MM-DD"),
        ("2025-02-30", "no calendar has"),
        ("2025-13-01", "no calendar has"),
        ("2023-02-29", "no calendar has"),
        ("0000-01-01", "no calendar has"),
        ("1599-12-31", "from 1600-01-01 on"),
        ("9999-12-31", "in the future"),
    ],
)
def test_what_is_no_day_is_refused(value: str, says: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        check.day(value, "a.jsonl, line 3")
    assert caught.value.message.startswith("a.jsonl, line 3: got the date " + repr(value))
    assert says in caught.value.message


def test_today_is_accepted_wherever_the_reader_is_and_the_day_after_tomorrow_is_not() -> None:
    today = datetime.now(UTC).date()
    assert check.day(date.today().isoformat(), "here") == date.today().isoformat()
    assert check.latest_day() - today in (timedelta(0), timedelta(days=1))
    with pytest.raises(InvalidDate, match="in the future"):
        check.day((today + timedelta(days=2)).isoformat(), "here")


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2024, 12, 31)), st.times())
def test_every_day_comes_back_as_itself_with_or_without_a_time(day: date, time: object) -> None:
    assert check.day(f"{day.isoformat()}", "here") == day.isoformat()
    assert check.day(f"{day.isoformat()}T{time}", "here") == day.isoformat()


@pytest.mark.parametrize(
    ("value", "expected"), [("GB", "GB"), ("gb", "GB"), (" us ", "US"), ("uk", "GB"), ("UK", "GB"), ("XK", "XK")]
)
def test_a_country_is_read(value: str, expected: str) -> None:
    assert check.country(value, "here") == expected


@pytest.mark.parametrize("value", ["", "United Kingdom", "GBR", "ZZ", "G", "EN", "4", "ÅX"])
def test_what_is_no_country_is_refused_with_the_form_expected(value: str) -> None:
    with pytest.raises(MalformedInput, match="ISO 3166-1, such as GB") as caught:
        check.country(value, "here")
    assert repr(value) in caught.value.message


def test_every_state_of_the_registry_is_a_country() -> None:
    with (resources.files("detente") / "actors" / "data" / "states.csv").open(encoding="utf-8") as table:
        ids = {row["id"] for row in csv.DictReader(table)}
    assert len(ids) > 190
    assert ids <= check.COUNTRIES


@pytest.mark.parametrize(("value", "expected"), [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("sr-Latn-RS", "sr")])
def test_a_language_is_read_without_its_region(value: str, expected: str) -> None:
    assert check.language(value, "here") == expected


@pytest.mark.parametrize("value", ["", "english", "e", "en GB", "12"])
def test_what_is_no_language_is_refused(value: str) -> None:
    with pytest.raises(MalformedInput, match="such as en or en-GB"):
        check.language(value, "here")


@pytest.mark.parametrize("text", ["", " \r\n\t", "…", "—\n—", "\u200b\ufeff", "\u00a0"])
def test_a_text_without_letter_or_digit_is_empty(text: str) -> None:
    with pytest.raises(EmptyArticle, match=f"in {len(text)} characters"):
        check.readable(text, "here")


@pytest.mark.parametrize(
    ("text", "says"),
    [("a\0b", "NUL character at 1"), ("ab\ud800", r"\\ud800\) at character 2"), ("\udc00", r"\\udc00")],
)
def test_characters_that_cannot_be_stored_are_refused(text: str, says: str) -> None:
    with pytest.raises(EncodingError, match=says):
        check.readable(text, "here")


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_a_readable_text_is_never_changed(text: str) -> None:
    try:
        assert check.readable(text, "here") == text
    except EmptyArticle:
        assert not any(character.isalnum() for character in text)
