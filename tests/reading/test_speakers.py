"""Who says what in ten made articles, against a table that was written before they were first read.

Two people of one surname, a couple, a speaker who is named only later, a speaker inside another's words, "who", pronouns behind
somebody else's quotation, a spokeswoman, descriptions, organisations, a transcript.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.actors.registry import Registry
from detente.evaluation.tables import read_table, speakers
from detente.language import load
from detente.reading import Reading, read_article
from detente.records import Article, Statement

FOLDER = Path(__file__).parent / "data" / "speakers"
TABLE = read_table(FOLDER / "speakers.csv")
ROWS = sum(map(len, TABLE.values()))
# At the first reading: 46 right, 3 wrong names, 3 unknown, 4 by words that name nobody, 3 not found.
LEAST = 54


def read(name: str) -> Reading:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf8")
    return read_article(Article.of(text, f"{name}.txt", published="2025-03-05"), language=load(), registry=Registry.load())


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, int]]:
    found = {}
    for name, rows in TABLE.items():
        reading = read(name)
        nameless = {actor.id for actor in reading.actors if actor.type == "unnamed"}
        said = [record for record in reading.records if isinstance(record, Statement)]
        counts = speakers(rows, said, reading.article.text, nameless)
        found[name] = {measure: count.right for measure, count in counts.items()}
    return found


def test_the_table_is_of_every_article() -> None:
    assert set(TABLE) == {path.stem for path in FOLDER.glob("*.txt")}
    assert len(TABLE) == 10


def test_nobody_is_given_another_name(told: dict[str, dict[str, int]]) -> None:
    assert {name: counts["wrong"] for name, counts in told.items() if counts["wrong"]} == {}


def test_most_are_named(told: dict[str, dict[str, int]]) -> None:
    assert sum(counts["right"] for counts in told.values()) >= LEAST, told
