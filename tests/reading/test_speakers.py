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
from detente.language.analysis import Attribution, Span
from detente.reading import Reading, read_article
from detente.reading.speakers import speaker_of
from detente.records import Article, Statement

from .made_pages import page_of

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


# ---------------------------------------------------------------- by the tree of the source

# A text, and words of what is said with who says it; None where it has to stay unknown.
BY_TREE = {
    "a noun before a name": (
        "Officials at the Harbour Agency, a rival of Arno Dell, said the bridge was closed.",
        {"the bridge was closed": "Officials at the Harbour Agency"},
    ),
    "a name in commas at the end": ("One of the lawyers, Arno Dell, said the bridge was closed.", {"the bridge was closed": "Arno Dell"}),
    "two people": (
        "Senator Arno Dell and Senator Ute Sonn said the bridge was closed. They said that nobody was hurt.",
        {"the bridge was closed": "Arno Dell and Ute Sonn", "nobody was hurt": "Arno Dell and Ute Sonn"},
    ),
    "who after a noun": (
        "The reporters met a farmer from the village of Arno Dell who said that the bridge was closed.",
        {"the bridge was closed": "farmer"},
    ),
    "who after a name": ("The mayor thanked Arno Dell, who said that the bridge was closed.", {"the bridge was closed": "Arno Dell"}),
    "who after a label": ("The mayor thanked Senator Arno Dell, D-Ore., who said that the bridge was closed.", {"the bridge was closed": "Arno Dell"}),
    "a statement": (
        "The Harbour Agency said in a statement on Friday that the bridge was closed. The statement said that nobody was hurt.",
        {"the bridge was closed": "Harbour Agency", "nobody was hurt": "Harbour Agency"},
    ),
    "a firm in commas": ("The ferry company, Norlinie, said that the bridge was closed.", {"the bridge was closed": "Norlinie"}),
    "a name in marks": ('The mayor, Marcia "Cia" Dell, said that the bridge was closed.', {"the bridge was closed": "Cia Dell"}),
    "initials": ("Rep. G.K. Dell, a farmer, said that the bridge was closed.", {"the bridge was closed": "G.K. Dell"}),
    "an owner": ("Arno Dell met Ute Sonn. “The bridge is closed,” Dell said.", {"The bridge is closed": "Arno Dell"}),
    "named in what is said": (
        "Arno Dell opened the bridge. “It was late,” said Ivo Stan, a farmer. “It was nobody’s fault but Dell’s,” he said.",
        {"It was nobody’s fault": "Ivo Stan"},
    ),
    "he in another’s words": (
        "Arno Dell opened the bridge. “It was late,” said Ivo Stan, a farmer. “I thought he was ill,” he said.",
        {"I thought he was ill": "Ivo Stan"},
    ),
}  # fmt: skip


def said_in(text: str) -> dict[str, str | None]:
    reading = read_article(Article.of(text, "made.txt", published="2031-05-14"), language=load(), registry=Registry.load())
    said = (record for record in reading.records if isinstance(record, Statement))
    return {" ".join(e.exact for e in one.words("content")): one.speaker.name if one.speaker else None for one in said}


@pytest.mark.parametrize("case", BY_TREE)
def test_who_speaks(case: str) -> None:
    text, expected = BY_TREE[case]
    found = said_in(text)
    for words, speaker in expected.items():
        assert [name for content, name in found.items() if words in content] == [speaker], found


def test_a_source_between_dashes_is_no_speaker_of_what_stands_outside() -> None:
    page = page_of("Crowds filled the square – where the Marland army played – while chanting, “Out with them.”")
    start = page.text.index("the Marland army")
    cue = page.text.index("chanting")
    attribution = Attribution(content=(Span(cue + 10, len(page.text)),), cue=Span(cue, cue + 8), source=Span(start, start + 16))
    assert speaker_of(page, attribution, [], {}) == (None, "‘the Marland army’ stands in an aside, and not with ‘chanting’")


def test_the_turn_of_a_transcript_comes_before_a_name_above_it() -> None:
    page = page_of("VELKOVA: You are late.\n\nREYL: My party says many things.")
    cue = page.text.index("says")
    attribution = Attribution(content=(Span(cue + 5, len(page.text)),), cue=Span(cue, cue + 4), source=Span(0, 7))
    speaker, reason = speaker_of(page, attribution, [], {})
    assert speaker is not None
    assert (speaker.name, reason) == ("REYL", "named in the article by these words alone")
