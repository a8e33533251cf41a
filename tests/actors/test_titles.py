"""Offices named instead of their holders: whose they are on the article's day, in its country."""

from __future__ import annotations

import pytest

from detente.actors.titles import title_spans
from detente.language.simple import SimpleLanguage

from .invented import mention, registry, told

CASES = [
    ("The president met the prime minister.", ["The president = Ana Velkova", "the prime minister = Tomas Reyl"]),
    ("The PM met the Keldish prime minister.", ["PM = Tomas Reyl", "the Keldish prime minister = Teodor Brandt"]),
    ("The Marlandic president and Marland’s foreign minister left.", ["The Marlandic president = Ivo Haik", "Marland’s foreign minister = Lena Haik"]),
    ("The president of Marland met the prime minister of Keld.", ["The president of Marland = Ivo Haik", "the prime minister of Keld = Teodor Brandt"]),
    ("President Velkova met Prime Minister Brandt.", ["Velkova = Ana Velkova", "Brandt = Teodor Brandt"]),
    ("The Keldish leader left.", ["The Keldish leader = ?"]),
    ("Ostrava and Marland met. Ostrava’s president left.", ["Ostrava = Ostrava", "Marland = Marland", "Ostrava’s president = Ana Velkova"]),
    ("The King left.", ["The King = ?"]),
    ("The outgoing president left.", ["president = Ana Velkova"]),
    ("Keld’s foreign minister left.", ["Keld’s foreign minister = Marek Sonn"]),
    ("Keldhaven’s foreign minister left.", ["Keldhaven’s foreign minister = Marek Sonn"]),
    ("The president’s plan failed.", ["The president = Ana Velkova"]),
    ("The Ostravan foreign minister and the Keldish one left.", ["The Ostravan foreign minister = Pia Lund"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_titles_are_told_by_state_or_by_the_articles_country(text, expected):
    assert told(text) == expected


# Text, date and country of the article, and who is meant.
BY_DATE = [
    ("The president left.", "2027-12-31", "XO", "Stan Oster"),
    ("The president left.", "2028-01-01", "XO", "Ana Velkova"),
    ("The president left.", "2031-05-14", "XM", "Ivo Haik"),
    ("The president left.", "2019-01-01", "XO", None),
    ("The president left.", "2031-05-14", None, None),
    ("The president left.", None, "XO", None),
    ("The Iranian president left.", "2025-03-02", "GB", "Masoud Pezeshkian"),
    ("The president of Iran left.", "2025-03-02", "GB", "Masoud Pezeshkian"),
    ("Iran’s president left.", "2018-03-02", "GB", "Hassan Rouhani"),
    ("The US president left.", "2021-01-19", "GB", "Donald Trump"),
    ("The US president left.", "2021-01-20", "GB", "Joe Biden"),
    ("The Nato secretary general left.", "2024-10-01", "GB", "Mark Rutte"),
    ("The Tory leader left.", "2024-11-02", "GB", "Kemi Badenoch"),
]


@pytest.mark.parametrize(("text", "published", "country", "name"), BY_DATE)
def test_the_day_decides_who_is_meant(text, published, country, name):
    assert told(text, published, country) == [f"{text.removesuffix(' left.')} = {name or '?'}"]


REASONS = [
    ("The president left.", {"published": None}, "the article's date is not known, so neither is who held the office"),
    ("The president left.", {"country": None}, "'president': the article's country is not known"),
    ("The president left.", {}, "President of Ostrava from 2028-01-01 (Gazette of Ostrava; known until 2031-05-01, believed since)"),
]


@pytest.mark.parametrize(("text", "more", "reason"), REASONS)
def test_titles_say_why(text, more, reason):
    assert mention(text, "The president", **more).reason == reason


# The words of a text that are a title of one person.
SPANS = [
    ("the prime minister and the foreign minister", ["the prime minister", "the foreign minister"]),
    ("a prime minister, any president, former presidents", []),
    ("his prime minister", []),
    ("President Velkova", []),
    ("the president of the European Commission", ["the president of the European Commission"]),
    ("the president of the golf club", ["the president"]),
    ("a spokesman for Ana Velkova", []),
    ("Nato secretary general", ["Nato secretary general"]),
    ("the ailing, tired president", []),
    ("the ailing president", ["president"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_titles_are_found_with_what_belongs_to_them(text, expected):
    assert [s.of(text) for s in title_spans(SimpleLanguage().analyse(text), registry())] == expected
