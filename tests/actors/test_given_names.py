"""What a given name suggests, and that it only narrows whom a pronoun can stand for."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from detente.actors.given_names import likely_gender

from .invented import told

NAMES = [
    ("Claire Dell", "f"), ("claire dell", "f"), ("Mehmet Dell", "m"), ("Leslie Dell", None), ("Keldric Dell", None),
    ("Claire", None), ("", None),
]  # fmt: skip
# Invented people whose given names are, or are not, in the table.
PRONOUNS = [
    ("Mehmet Dell, 50, met Claire Sonn, 40. She said no.", "She = Claire Sonn"),
    ("Claire Sonn, 40, met Mehmet Dell, 50. He said no.", "He = Mehmet Dell"),
    ("Leslie Dell, 50, met Claire Sonn, 40. He said no.", "He = Leslie Dell"),
    ("Claire Dell, 40, met Mehmet Dell, 50. Dell joked that it was late. “It rains,” she said.", "she = Claire Dell"),
    ("Claire Dell, 40, met Mehmet Dell, 50. Dell joked that it was late. “It rains,” he said.", "he = Mehmet Dell"),
    ("Ivo Haik met Lena Haik. Haik joked that Teodor Brandt was late. “It rains,” he said.", "he = Ivo Haik"),
    ("Arno Dell, 50, met Ute Dell, 40. Dell joked that Teodor Brandt was late. “It rains,” he said.", "he = ?"),
]


@pytest.mark.parametrize(("name", "gender"), NAMES)
def test_what_a_name_suggests(name: str, gender: str | None) -> None:
    assert likely_gender(name) == gender


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_a_pronoun_goes_by_it(text: str, expected: str) -> None:
    assert expected in told(text)


def test_the_table_has_each_name_once() -> None:
    rows = list(csv.DictReader(files("detente.actors").joinpath("data/given_names.csv").read_text("utf-8").splitlines()))
    assert len({row["name"].lower() for row in rows}) == len(rows) > 900
    assert {row["gender"] for row in rows} == {"f", "m"}
