"""Names as keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors.names import fold, is_acronym, surnames, tidy, written_as_name


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("The Kremlin", "kremlin"), ("the White House", "white house"), ("Élysée", "elysee"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"), ("Jarosław Kaczyński", "jaroslaw kaczynski"),
        ("Gideon Sa\u2019ar", "gideon sa'ar"), ("US", "US"), ("us", "us"), ("WHO", "WHO"), ("who", "who"),
        ("UKRAINE", "ukraine"), ("Jean\u2011Noël  Barrot", "jean-noel barrot"), ("U.S.", "u.s."),
    ],
)  # fmt: skip
def test_fold(words: str, key: str) -> None:
    assert fold(words) == key


@pytest.mark.parametrize(
    ("name", "country", "forms"),
    [
        ("Ana Velkova", "GB", ("velkova",)),
        ("Ursula von der Leyen", "DE", ("von der leyen",)),
        ("Mohammed bin Salman", "SA", ("bin salman",)),
        ("Abdel Fattah al-Sisi", "EG", ("al-sisi", "sisi")),
        ("Xi Jinping", "CN", ("xi",)),
        ("Yoon Suk Yeol", "KR", ("yoon",)),
        ("Charles III", "GB", ("charles",)),
        ("Robert Kennedy Jr", "US", ("kennedy",)),
        ("Lula", "BR", ("lula",)),
        ("Leo XIV", "VA", ("leo",)),
        ("III", "VA", ()),
    ],
)
def test_surnames(name: str, country: str, forms: tuple[str, ...]) -> None:
    assert surnames(name, country) == forms


@pytest.mark.parametrize(("words", "acronym"), [("UN", True), ("NATO", True), ("Nato", False), ("USAID", False), ("G7", False)])
def test_acronyms(words: str, acronym: bool) -> None:
    assert is_acronym(words) is acronym


@pytest.mark.parametrize(("words", "name"), [("reform", False), ("Reform", True), ("al-Qaeda", True), ("10", True)])
def test_written_as_name(words: str, name: bool) -> None:
    assert written_as_name(words) is name


@given(st.text())
def test_tidying_twice_changes_nothing(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéöşčłßØ' -", max_size=30))
def test_case_and_accents_do_not_matter_in_lower_case_names(words: str) -> None:
    assert fold(fold(words)) == fold(words) or words.lower().startswith("the ")
