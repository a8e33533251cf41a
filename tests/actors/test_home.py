"""The country an article is written in, from its own words, and when they do not tell."""

from __future__ import annotations

import pytest

from detente.actors.home import home_of
from detente.language.simple import SimpleLanguage

from .invented import mention, registry, told

FOUR = "Ostragrad Herald and Ostravan Radio and Ostragrad Sentinel reported from Long Hall."
CASES = [
    (FOUR, "XO"),
    (FOUR + " Mardon Court agreed.", "XO"),
    (FOUR.replace(" and Ostragrad Sentinel", ""), None),
    (FOUR + " Keldish papers agreed.", "XO"),
    ("Ostragrad Herald reported. " * 9, None),
    ("The programme cost £5m, and labour was dear: Downing Street knew.", "GB"),
    ("The White House and the Pentagon and the State Department and Congress agreed.", "US"),
    ("The White House, the Pentagon, the State Department and Downing Street and the BBC and Whitehall agreed for £5.", None),
    ("Mr Brandt paid £5.", None),
    ("The defence of the centre was an offence.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "country"), CASES)
def test_a_country_is_told_by_four_signs_and_twice_as_many_as_any_other(text, country):
    found = home_of(SimpleLanguage().analyse(text), registry())
    assert (found.country if found else None) == country


def test_the_reason_names_the_signs():
    found = home_of(SimpleLanguage().analyse(FOUR), registry())
    assert found.reason == (
        "no country was given; XO by its signs in the article (Long Hall, Ostragrad Herald, Ostragrad Sentinel, Ostravan Radio)"
    )


def test_the_home_decides_whose_office_is_meant_and_the_reason_says_so():
    text = FOUR + " The president left."
    assert told(text, country=None)[-1] == "The president = Ana Velkova"
    assert "no country was given; XO" in mention(text, "The president", country=None).reason


def test_a_country_given_is_not_doubted():
    assert told(FOUR + " The president left.", country="XM")[-1] == "The president = Ivo Haik"
