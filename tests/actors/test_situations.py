"""Situations in articles about invented people: namesakes, people the registry does not have, offices of others, counterparts."""

from __future__ import annotations

import pytest

from .invented import cast, told

# A text, and its mentions in order: "words = name", "?" for somebody who could not be told.
NAMESAKES = [
    ("Mr Arno Dell met Mrs Ute Dell. Mr Dell left. Mrs Dell stayed.", ["Arno Dell = Arno Dell", "Ute Dell = Ute Dell", "Dell = Arno Dell", "Dell = Ute Dell"]),
    ("Mr Arno Dell met Mr Otto Dell. Mr Dell left.", ["Arno Dell = Arno Dell", "Otto Dell = Otto Dell", "Dell = ?"]),
    ("Arno Dell, 54, met Otto Dell, 31. Otto Dell left.", ["Arno Dell = Arno Dell", "Otto Dell = Otto Dell", "Otto Dell = Otto Dell"]),
    ("Arno Dell, 54, met Otto Dell, 31. Otto left.", ["Arno Dell = Arno Dell", "Otto Dell = Otto Dell", "Otto = Otto Dell"]),
    ("Ivo Haik met Ivo Stan, 31. Ivo left.", ["Ivo Haik = Ivo Haik", "Ivo Stan = Ivo Stan", "Ivo = ?"]),
    ("Ana Velkova met Arno Velkova, 31. Velkova left.", ["Ana Velkova = Ana Velkova", "Arno Velkova = Arno Velkova", "Velkova = ?"]),
    ("Ana Velkova met Mr Arno Velkova. Ms Velkova left. Mr Velkova stayed.", ["Ana Velkova = Ana Velkova", "Arno Velkova = Arno Velkova", "Velkova = Ana Velkova", "Velkova = Arno Velkova"]),
    ("Lena Haik spoke. Haik left. Ivo Haik spoke.", ["Lena Haik = Lena Haik", "Haik = Lena Haik", "Ivo Haik = Ivo Haik"]),
    ("Stan Oster met Arno Stan, 31. Stan left.", ["Stan Oster = Stan Oster", "Arno Stan = Arno Stan", "Stan = ?"]),
    ("Mr Haik met Ms Haik.", ["Haik = Ivo Haik", "Haik = Lena Haik"]),
    ("Haik and Haik met.", ["Haik = ?", "Haik = ?"]),
    # Who was called by the surname before the other came goes on being called so.
    ("Arno Dell, 54, spoke. Dell left. Otto Dell, 31, stayed. Dell slept.", ["Arno Dell = Arno Dell", "Dell = Arno Dell", "Otto Dell = Otto Dell", "Dell = Arno Dell"]),
    # A relation is called by the full name or the first.
    ("Arno Dell, 54, met his wife, Ute Dell, 31. Dell left.", ["Arno Dell = Arno Dell", "his = Arno Dell", "Ute Dell = Ute Dell", "Dell = Arno Dell"]),
    ("President Velkova met Arno Velkova, 31. President Velkova left.", ["Velkova = Ana Velkova", "Arno Velkova = Arno Velkova", "Velkova = Ana Velkova"]),
]
MADE = [
    ("Harbour minister Arno Dell said no. Dell left.", ["Arno Dell = Arno Dell", "Dell = Arno Dell"]),
    ("Arno Dell, the harbour minister, said no. Mr Dell left.", ["Arno Dell = Arno Dell", "the harbour minister = Arno Dell", "Dell = Arno Dell"]),
    ("Arno van der Dell said no. Van der Dell left. Mr van der Dell came back.", ["Arno van der Dell = Arno van der Dell", "Van der Dell = Arno van der Dell", "van der Dell = Arno van der Dell"]),
    ("Jean-Arno Dell-Stein said no. Mr Dell-Stein left.", ["Jean-Arno Dell-Stein = Jean-Arno Dell-Stein", "Dell-Stein = Jean-Arno Dell-Stein"]),
    ("Séan O’Dell said no. O’Dell left.", ["Séan O’Dell = Séan O’Dell", "O’Dell = Séan O’Dell"]),
    ("Arno Dell said no. Arno Dell’s plan failed.", ["Arno Dell = Arno Dell", "Arno Dell = Arno Dell"]),
    ("Dr Arno Dell said no. Dr Dell left.", ["Arno Dell = Arno Dell", "Dell = Arno Dell"]),
    ("General Arno Dell said no. Gen Dell left.", ["Arno Dell = Arno Dell", "Dell = Arno Dell"]),
    ("Sir Arno Dell said no. Sir Arno left.", ["Arno Dell = Arno Dell", "Arno = Arno Dell"]),
    ("Professor Ute Dell of Mardon University said no.", ["Ute Dell = Ute Dell"]),
    ("“No,” said Arno Dell. Dell left.", ["Arno Dell = Arno Dell", "Dell = Arno Dell"]),
    ("Arno Dell, 61, said no. He left.", ["Arno Dell = Arno Dell", "He = Arno Dell"]),
    ("Ute Dell, a farmer, said no. Her brother left.", ["Ute Dell = Ute Dell", "Her = Ute Dell"]),
    ("ARNO DELL said no.", []),
    ('Arno K. “Arne” Dell said no. Arne Dell left.', ["Arno K. “Arne” Dell = Arne Dell", "Arne Dell = Arne Dell"]),
    ("Del. Arno Dell said it rained. Dell left.", ["Arno Dell = Arno Dell", "Dell = Arno Dell"]),
]
OTHERS = [
    ("The president of Marland said no.", ["The president of Marland = Ivo Haik"]),
    # Whom the article says to hold an office holds it there, whatever the registry has; others of it are in a list.
    ("Marland’s president, Arno Dell, said no. The president of Marland left.", ["Marland’s president = Arno Dell", "Arno Dell = Arno Dell", "The president of Marland = Arno Dell"]),
    ("Arno Dell, the president of Marland, said no.", ["Arno Dell = Arno Dell", "the president of Marland = Arno Dell"]),
    ("The president of Marland, Arno Dell, and Ute Dell met.", ["The president of Marland = Ivo Haik"]),
    ("The president of Marland, Pia Lund, said no.", ["The president of Marland = Ivo Haik", "Pia Lund = Pia Lund"]),
    ("The president of the Harbour Union said no.", []),
    ("The mayor of Mardon said no.", []),
    ("The people of Mardon said no to Mardon.", ["Mardon = Marland"]),
    ("The foreign minister of Keld and the foreign minister of Marland met.", ["The foreign minister of Keld = Marek Sonn", "the foreign minister of Marland = Lena Haik"]),
    ("The deputy foreign minister said no.", []),
    ("The shadow foreign minister said no.", []),
    ("The deputy Keldish foreign minister said no.", []),
    ("The ousted president said no.", []),
    ("The ousted Marlandic president said no.", []),
    ("The harbour minister said no.", []),
    ("The minister said no.", ["The minister = ?"]),
    ("The university president said no.", []),
    ("The acting president said no.", ["The acting president = ?"]),
    ("The president-elect said no.", ["The president-elect = ?"]),
    ("The former president said no.", []),
    ("A president said no.", []),
    ("The next president will decide.", []),
    ("The Marlandic and Keldish presidents met.", []),
    ("The beleaguered president said no.", ["president = Ana Velkova"]),
    ("Stan Oster, who was president until 2028, met the president.", ["Stan Oster = Stan Oster", "the president = Ana Velkova"]),
]
COUNTERPARTS = [
    ("Pia Lund met her Marlandic counterpart.", "Marlandic counterpart", "Lena Haik"),
    ("Tomas Reyl met his Keldish counterpart.", "Keldish counterpart", "Teodor Brandt"),
    ("Lena Haik called her Keldish counterpart.", "Keldish counterpart", "Marek Sonn"),
    ("Arno Dell, 61, met his Keldish counterpart.", "Keldish counterpart", None),
    ("Ana Velkova met her counterpart.", "counterpart", None),
]


@pytest.mark.parametrize(("text", "expected"), [*NAMESAKES, *MADE, *OTHERS])
def test_a_situation(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "words", "name"), COUNTERPARTS)
def test_a_counterpart_holds_the_same_office_elsewhere(text: str, words: str, name: str | None) -> None:
    named = [m.actor.name for m in cast(text).mentions if m.span.of(text) == words and m.actor]
    assert named == ([name] if name else [])


def test_a_spokesman_is_somebodys_whose_office_is_in_lower_case() -> None:
    assert "spokesman = The president’s spokesman" in told("The president’s spokesman said no.")
    assert "spokesman = A harbour’s spokesman" in told("A harbour’s spokesman said no.")


def test_one_name_is_one_person_however_often_it_comes_back() -> None:
    found = cast("Arno van der Dell said no. Mr van der Dell left. Arno van der Dell came back.")
    assert len({m.actor.id for m in found.mentions if m.actor}) == 1
