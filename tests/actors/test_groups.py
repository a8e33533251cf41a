"""Groups and unnamed people: what an article calls them is all that is known of them."""

from __future__ import annotations

import pytest

from detente.actors.groups import group_mentions
from detente.language.simple import SimpleLanguage
from detente.records import Article

from .invented import cast, told

CASES = [
    ("European leaders met. The leaders left.", ["European leaders = European leaders", "The leaders = European leaders"]),
    ("Senior Ostravan officials met. The officials left.", ["Senior Ostravan officials = Senior Ostravan officials", "The officials = Senior Ostravan officials"]),
    ("Leaders met. The leaders left.", []),
    ("One diplomat left. The diplomat came back.", ["diplomat = diplomat", "The diplomat = diplomat"]),
    ("Meanwhile officials left.", []),
    ("“I am tired,” Velkova’s spokesman said. “My men are tired.”", ["I = Velkova’s spokesman", "Velkova = Ana Velkova", "spokesman = Velkova’s spokesman", "My = Velkova’s spokesman"]),
    ("“I am tired,” said an aide to Ana Velkova.", ["I = aide to Ana Velkova", "an aide = aide to Ana Velkova", "Ana Velkova = Ana Velkova"]),
    ("The Ostravans left. Ostravan ministers stayed. The Keldish said no.", ["Ostravans = Ostrava", "Ostravan ministers = Ostravan ministers", "Keldish = Keld"]),
    ("Velkova’s spokesman left. A spokesman for Velkova came.", ["Velkova = Ana Velkova", "spokesman = Velkova’s spokesman", "A spokesman = spokesman for Velkova", "Velkova = Ana Velkova"]),
    ("Western diplomats met. Other diplomats did not. The diplomats left.", ["Western diplomats = Western diplomats", "Other diplomats = Western diplomats", "The diplomats = Western diplomats"]),
    ("US officials met Keldish officials.", ["US officials = US officials", "Keldish officials = Keldish officials"]),
    ("A spokesman for Keld left. The spokesman for Marland stayed.", ["A spokesman = spokesman for Keld", "Keld = Keld", "The spokesman = spokesman for Marland", "Marland = Marland"]),
    ("A senior official left.", ["A senior official = senior official"]),
    ("Two aides left.", []),
    ("The ships left.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_groups_are_told_by_their_words(text, expected):
    assert told(text) == expected


def test_groups_are_of_the_article_and_unnamed():
    one, other = (cast(f"European leaders met{more}.") for more in ("", " again"))
    assert [a.type for a in one.actors.values()] == ["unnamed"]
    assert one.actors.keys() != other.actors.keys()


def test_the_same_words_are_the_same_group():
    article = Article.of("European leaders met. Later, European leaders left.", "made.txt")
    found = list(group_mentions(SimpleLanguage().analyse(article.text), article))
    assert len(found) == 2
    assert found[0][1] == found[1][1]
