"""CSV: one tidy table that any program reads back, and that runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange import export
from detente.exchange.csv import inert
from detente.exchange.flat import sentence
from detente.ledger import Ledger
from detente.records import Article, Deal, Pledge, StageEntry, Statement, Step

from ..ledger import made, strategies


def table(ledger, records=None):
    stream = io.BytesIO()
    export(ledger, "csv", stream, records)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        yield ledger


def test_a_pledge_as_a_row(ledger):
    (row,) = table(ledger, ledger.pledges)
    start = made.TEXT.index("would lend")
    expected = {
        "kind": "pledge", "review": "proposed", "source": "coast/first.txt", "outlet": "The Ostrava Post", "published": "2025-03-02",
        "sentence": "President Ana Velkova said Ostrava would lend Marland 2.26 million crowns by 2027.",
        "words": "would lend Marland 2.26 million crowns by 2027", "start": str(start), "end": str(start + 46),
        "pledger": "Ostrava", "made_by": "Ana Velkova", "beneficiary": "Marland", "type": "loan", "stage": "announced",
        "amount_value": "2260000.0", "amount_unit": "count:crown", "amount_surface": "2.26 million crowns", "due": "../2027-12-31",
        "outcome": "", "hearsay": "no", "read_by": "rule made 1", "confidence": "",
    }  # fmt: skip
    assert {column: row[column] for column in expected} == expected
    assert "stance" not in row


def test_each_kind_brings_its_columns_and_only_those(ledger):
    row = table(ledger, ledger.positions)[0]
    assert (row["stance"], row["conditions"]) == ("conditional", "without a monitoring mission")
    assert "amount_value" not in row
    assert {"mode", "stance", "amount_value", "category"} <= table(ledger)[0].keys()


@settings(max_examples=40, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=2))
def test_a_row_for_each_record_and_no_cell_that_is_a_formula(readings):
    with Ledger.memory() as ledger:
        for article, records in readings:
            ledger.add(article, records)
        rows = table(ledger)
        assert [row["id"] for row in rows] == [record.id for record in ledger.records()]
        for row, record in zip(rows, ledger.records(), strict=True):
            assert None not in row
            assert not any(cell and cell[0] in "=+-@\t\r" for cell in row.values())
            assert (int(row["start"]), row["review"]) == (min(e.start for e in record.core), "proposed")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", -5.0])
def test_what_begins_like_a_formula_is_made_inert(cell):
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "1-1", "'=1", 5, 2.26, "“=”", " "])
def test_what_does_not_is_left_alone(cell):
    assert inert(cell) == cell


def test_a_deal_and_the_stages_of_a_pledge_as_cells():
    article = made.article()
    deal = made.make(
        Deal, article, {"words": "a truce"}, title="The truce", terms=("te-1", "te-2"),
        steps=(Step(order=1, action="they draft it", actors=(made.OSTRAVA, made.MARLAND)),),
    )
    pledge = made.make(
        Pledge, article, {"words": "would lend Marland"}, pledger=(), type=None, reasons={"pledger": "no name near"},
        stages=(StageEntry(stage="announced", date="2025-03-02", words="said"), StageEntry(stage="committed", date=None, words="signed")),
    )  # fmt: skip
    with Ledger.memory() as ledger:
        ledger.add(article, [deal, pledge])
        first, second = table(ledger)
    assert second["steps"] == "1. they draft it (Ostrava; Marland)"
    assert second["terms"] == "te-1; te-2"
    assert first["stages"] == "announced (2025-03-02: said); committed (date unknown: signed)"
    assert (first["pledger"], first["amount_value"], first["reasons"]) == ("", "", "pledger: no name near")


SENTENCES = [
    ("Orden left. Velkova stayed in town. Nobody spoke.", ["stayed"], "Velkova stayed in town."),
    ("Orden left. Velkova stayed. Nobody spoke.", ["left. Velkova"], "Orden left. Velkova stayed."),
    ("Orden left. Velkova stayed. Nobody spoke.", ["Orden", "spoke"], "Orden left. … Nobody spoke."),
    ("“We keep our word.\n\n“We always did,” she said. Nobody spoke.", ["keep", "always"], "“We keep our word.\n\n“We always did,” she said."),
    ("   \nNo stop here\n", ["stop"], "No stop here"),
]


@pytest.mark.parametrize(("text", "words", "expected"), SENTENCES)
def test_the_sentence_around_the_words(text, words, expected):
    article = Article.of(text, "a.txt")
    found = tuple(made.evidence(text, "content", w) for w in words)
    record = made.make(Statement, article, {}, speaker=None, mode="direct").replace(evidence=found)
    assert sentence(record, text) == expected
