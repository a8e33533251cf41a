"""Who is who in an article: full names, surnames, styles, places and bodies, and people the registry does not have."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .invented import cast, mention, told

# A text, and its mentions in order: "words = name", "?" for somebody who could not be told.
CASES = [
    ("Ana Velkova met Teodor Brandt. Velkova left.", ["Ana Velkova = Ana Velkova", "Teodor Brandt = Teodor Brandt", "Velkova = Ana Velkova"]),
    ("Ivo Haik met Lena Haik. Haik left.", ["Ivo Haik = Ivo Haik", "Lena Haik = Lena Haik", "Haik = ?"]),
    ("Mr Ivo Haik met Ms Lena Haik. Mr Haik left. Ms Haik stayed.", ["Ivo Haik = Ivo Haik", "Lena Haik = Lena Haik", "Haik = Ivo Haik", "Haik = Lena Haik"]),
    ("Ivo Haik met Lena Haik. Mr Haik left. Ms Haik stayed.", ["Ivo Haik = Ivo Haik", "Lena Haik = Lena Haik", "Haik = Ivo Haik", "Haik = Lena Haik"]),
    ("I met Ana Velkova.", ["Ana Velkova = Ana Velkova"]),
    ("Arno Dell, 54, left. Mr Dell was tired.", ["Arno Dell = Arno Dell", "Dell = Arno Dell"]),
    ("Mr Dell left. Dell came back.", ["Dell = Dell", "Dell = Dell"]),
    ("Arno Dell and Ute Dell said no. Mr Dell left. Ms Dell stayed. Dell left.", ["Arno Dell = Arno Dell", "Ute Dell = Ute Dell", "Dell = ?", "Dell = ?", "Dell = ?"]),
    ("Arno Dell Square was empty. Keld Palace fell.", []),
    ("The talks in Keldhaven failed. Keldhaven said no. Aid went to Keldhaven.", ["Keldhaven = Keld", "Keldhaven = Keld"]),
    ("Ostravan Radio reported from Long Hall. The Keld Union met.", ["Ostravan Radio = Ostravan Radio", "Long Hall = Long Hall", "Keld Union = Keld Union"]),
    ("Brandt left.", ["Brandt = Teodor Brandt"]),
    ("Haik left.", ["Haik = ?"]),
    ("Dr Haik and Mr Haik left.", ["Haik = ?", "Haik = Ivo Haik"]),
    ("Haik left. Ivo Haik came back.", ["Haik = Ivo Haik", "Ivo Haik = Ivo Haik"]),
    ("Marek Sonn left. Mrs Sonn stayed.", ["Marek Sonn = Marek Sonn", "Sonn = Sonn"]),
    ("Sir Arno left.", ["Arno = Arno"]),
    ("Arno Dell’s brother left.", []),
    ("The talks at Keldhaven airport failed.", []),
    ("The Marlanders left Mardon.", ["Marlanders = Marland", "Mardon = Marland"]),
    ("A Marlandic ship sank off Keld.", ["Keld = Keld"]),
    ("THE VELKOVA PAPERS", []),
    ("Ivo K. Dell said no. Dell left.", ["Ivo K. Dell = Ivo Dell", "Dell = Ivo Dell"]),
    ("Mr Ivo K. Dell Jr. left. Ivo Dell said no.", ["Ivo K. Dell Jr = Ivo Dell", "Ivo Dell = Ivo Dell"]),
    ("Ana T. Velkova said no.", ["Ana T. Velkova = Ana Velkova"]),
    ("Mara Sun Dell said no. Sun Dell said yes.", ["Mara Sun Dell = Mara Sun Dell", "Sun Dell = Mara Sun Dell"]),
    ("Mr. King left. Mr King came back.", ["King = King", "King = King"]),
    ("Haik said no. Ivo Haik said yes. Haik left. Lena Haik said no.", ["Haik = ?", "Ivo Haik = Ivo Haik", "Haik = Ivo Haik", "Lena Haik = Lena Haik"]),
    ("Gov. Arno Dell said no.", ["Arno Dell = Arno Dell"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_names_are_told(text, expected):
    assert told(text) == expected


def test_true_meetings_of_real_people_are_told_by_the_packaged_registry():
    text = "Emmanuel Macron met Giorgia Meloni. Macron left Rome with Mr Trump."
    assert told(text, published="2025-03-02", country="GB") == [
        "Emmanuel Macron = Emmanuel Macron", "Giorgia Meloni = Giorgia Meloni", "Macron = Emmanuel Macron",
        "Rome = Italy", "Trump = Donald Trump",
    ]  # fmt: skip


def test_a_house_is_told_by_its_number():
    assert told("Number 10 agreed.", published="2025-03-02", country="GB") == ["Number 10 = Downing Street"]


REASONS = [
    ("Velkova met Ana Velkova.", "Velkova", "short for Ana Velkova, whom the article names in full"),
    ("Ivo Haik met Lena Haik. Haik left.", "Haik", "'Haik' could be Ivo Haik or Lena Haik"),
    ("Mr Dell left.", "Dell", "called so in the article; not in the registry"),
    ("Arno Dell said no.", "Arno Dell", "named in full in the article; not in the registry"),
    ("Keldhaven agreed.", "Keldhaven", "a capital stands for its government"),
    ("Haik left.", "Haik", "'Haik' could be any of 2 people: Ivo Haik, Lena Haik"),
]


@pytest.mark.parametrize(("text", "words", "reason"), REASONS)
def test_every_answer_has_its_reason(text, words, reason):
    assert mention(text, words).reason == reason


POSSESSIVES = [
    ("Velkova’s plan failed.", "Velkova", True),
    ("Velkova's plan failed.", "Velkova", True),
    ("Velkova left.", "Velkova", False),
    ("The Marlanders’ plan failed.", "Marlanders", True),
    ("Velkova lost her way.", "her", True),
    ("Velkova left. Officials met her there.", "her", True),
    ("Velkova left. They saw her and left.", "her", False),
]


@pytest.mark.parametrize(("text", "words", "possessive"), POSSESSIVES)
def test_a_mention_says_whether_it_owns_what_follows(text, words, possessive):
    assert mention(text, words).possessive is possessive


def test_somebody_not_in_the_registry_is_one_actor_through_the_article():
    found = cast("Arno Dell said no. Mr Dell left. Dell came back.")
    assert len({m.actor.id for m in found.mentions if m.actor}) == 1
    assert [a.type for a in found.actors.values()] == ["person"]


def test_the_cast_knows_every_actor_that_a_mention_names():
    found = cast("Ana Velkova met her Keldish counterpart, Ivo Haik and European leaders in Marland. She left.")
    assert {m.actor.id for m in found.mentions if m.actor} <= found.actors.keys()


def test_the_mention_of_a_phrase_is_the_first_that_owns_nothing():
    text = "Velkova’s guest Teodor Brandt left."
    assert cast(text).at(0, len(text)).actor.name == "Teodor Brandt"
    assert cast(text).at(0, 9).actor.name == "Ana Velkova"
    assert cast(text).at(29, 33) is None


PIECES = [
    "Ana Velkova", "Ivo Haik", "Mr Haik", "Ms Haik", "Haik", "Arno Dell", "Mr Dell", "Mrs Dell", "the president", "PM",
    "Marland’s foreign minister", "her Keldish counterpart", "he", "she", "her", "I", "European leaders", "the leaders",
    "Ostrava", "Keldish", "in Mardon", "said", "“I am late”", "“", "”", "’s", "of", "and", ",", ".", "\n", "Asked if",
    "Long Hall", "spokesman for", "A spokesman", "former", "Mr", "Sir", "of the",
]  # fmt: skip
MADE = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=60)


@given(MADE, st.sampled_from(["2031-05-14", "1990-01-01", None]), st.sampled_from(["XO", "GB", None]))
def test_any_text_has_a_cast_in_order_with_reasons(text, published, country):
    found = cast(text, published, country)
    assert all(m.reason and 0 <= m.span.start < m.span.end <= len(text) for m in found.mentions)
    assert all(a.span.start < b.span.start for a, b in pairwise(found.mentions))
    assert {m.actor.id for m in found.mentions if m.actor} <= found.actors.keys()


@given(MADE)
def test_a_cast_is_the_same_each_time(text):
    assert cast(text) == cast(text)


@given(MADE, st.integers(0, 90), st.integers(0, 90))
def test_the_mentions_within_a_span_are_those_wholly_inside(text, start, end):
    found = cast(text)
    assert found.within(start, end) == tuple(m for m in found.mentions if start <= m.span.start and m.span.end <= end)


def made_name(number: int) -> str:
    letters = [chr(ord("a") + int(digit)) for digit in str(number)]
    return "Q" + "o".join(letters)


@pytest.mark.parametrize(
    "line",
    ["{0} {1} said he would go. Mr {1} left. She saw him. ", "Mr {1} left. ", "Keld ", "the head of the president’s ", "He said she told him that "],
)
def test_a_long_article_is_cast_in_linear_time(line):
    def seconds(copies: int) -> float:
        text = "".join(line.format(made_name(k), made_name(k * 7)) for k in range(copies))
        start = time.process_time()
        cast(text)
        return time.process_time() - start

    seconds(10)
    small, large = seconds(150), seconds(1200)
    assert large < 40 * small + 1  # eight times the text: a quadratic reader takes sixty-four times as long
