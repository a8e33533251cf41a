"""Descriptions of somebody whom the article explains: resolved where one person fits, left alone where none or several do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .invented import told

# A text of invented people, and a description's line among its mentions ("?" or no line where it is nobody's).
CASES = {
    "title before the name": ("Mayor Arno Dell said no. The mayor left.", "The mayor = Arno Dell"),
    "title in a run": ("Keld mayor Arno Dell said no. The mayor left.", "The mayor = Arno Dell"),
    "short title": ("Sen. Arno Dell said no. The senator left.", "The senator = Arno Dell"),
    "in commas behind": ("Arno Dell, a lawyer for the fund, said no. The lawyer left.", "The lawyer = Arno Dell"),
    "another word for it": ("Arno Dell, an attorney, said no. The lawyer left.", "The lawyer = Arno Dell"),
    "a kind of it": ("Sen. Arno Dell said no. The lawmaker left.", "The lawmaker = Arno Dell"),
    "with words of its own": ("Judge Arno Dell met Sen. Ute Sonn. The tired senator left.", "The tired senator = Ute Sonn"),
    "by the label": ("Sen. Arno Dell (R-Ore.) said no. Sen. Ute Sonn (D-Vt.) said no. The Vermont senator left.", "The Vermont senator = Ute Sonn"),
    "by the place behind": ("Senator Arno Dell of Oregon met Senator Ute Sonn of Vermont. The Oregon senator left.", "The Oregon senator = Arno Dell"),
    "by the age": ("Arno Dell, 54, met Ute Sonn, 61. The 61-year-old left.", "The 61-year-old = Ute Sonn"),
    "by an office left": ("Stan Oster met Arno Dell, a farmer. The former president left.", "The former president = Stan Oster"),
    "behind another noun": ("Sen. Arno Dell said no. The plan for the harbour was old. The senator left.", "The senator = Arno Dell"),
    "in the light": ("Arno Dell said he would sign. The Keld businessman said he was ill.", "The Keld businessman = Arno Dell"),
    "the camp decides": (
        "Republican nominee Arno Dell said no. Democratic nominee Ute Sonn said no. The Democratic nominee left.",
        "The Democratic nominee = Ute Sonn",
    ),
}  # fmt: skip
NOBODY = {
    "two of one kind": "Sen. Arno Dell met Sen. Ute Sonn. The senator left.",
    "nobody of the kind": "Mayor Arno Dell said no. The senator left.",
    "another rank": "Former mayor Arno Dell said no. The mayor left.",
    "another camp": "Republican nominee Arno Dell said no. The Democratic nominee left.",
    "a relation’s office": "Arno Dell, the mayor’s brother, said no. The mayor left.",
    "a woman": "Teodor Brandt said he would sign. The businesswoman said it rained.",
    "another kind of leader": "Arno Dell said he would sign. The band leader said it rained.",
    "of a named body": "Arno Dell said he would sign. The head of Keld Rail said it rained.",
    "two in the light": "Arno Dell and Ute Sonn met. The Keld politician said it rained.",
    "any of them": "Mayor Arno Dell said no. A mayor left.",
    "part of a name": "Mayor Arno Dell said no. The mayor, Ivo Stan, left.",
    "a thing of theirs": "Mayor Arno Dell said no. The mayor’s office left.",
    "a clause": "Mayor Arno Dell said no. The plan that the mayors left was his.",
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_description_is_whom_the_article_explains(text: str, expected: str) -> None:
    assert expected in told(text)


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY.keys())
def test_a_description_that_fits_nobody_or_several_is_left(text: str) -> None:
    found = [line for line in told(text) if line.lower().startswith(("the ", "a ")) and ("= Arno" in line or "= Teodor" in line)]
    assert found == []


@given(st.lists(st.sampled_from(["Mayor Arno Dell", "the mayor", "The senator", "Sen. Ute Sonn", ",", ".", "said no", "who", "“", "”"]), max_size=14))
def test_any_order_of_words_is_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert all(line.split(" = ")[0] in text for line in told(text))
