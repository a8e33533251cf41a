"""Excel: opened by openpyxl, it has CSV's table, exact words, and nothing that runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings

from detente.exchange import xlsx
from detente.ledger import Ledger
from detente.records import Article, Statement

from ..ledger import made, strategies
from .written import account_of, filled, workbook, written

unescape = pytest.importorskip("openpyxl.utils.escape", reason="openpyxl is not installed: pip install 'detente[test]'").unescape


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        yield filled(ledger)


def rows(content, sheet="records"):
    return [list(row) for row in workbook(content)[sheet].iter_rows()]


def one(text, words, **fields):
    """A ledger of one statement on some words of a text."""
    ledger, article = Ledger.memory(), Article.of(text, "a.txt", **fields)
    ledger.add(article, [made.make(Statement, article, {"content": words}, speaker=None, mode="direct")])
    return ledger


def test_it_is_the_table_of_csv(ledger):
    table = list(csv.reader(io.StringIO(written(ledger, "csv").decode(), newline="")))
    found = [["" if cell.value is None else str(cell.value) for cell in row] for row in rows(written(ledger, "xlsx"))]
    assert found[0] == table[0]
    assert [dict(zip(found[0], row, strict=True)) | {"amount_value": ""} for row in found[1:]] == [
        dict(zip(table[0], row, strict=True)) | {"amount_value": ""} for row in table[1:]
    ]


def test_numbers_are_numbers_and_the_heading_stays(ledger):
    found = rows(written(ledger, "xlsx"))
    columns = [cell.value for cell in found[0]]
    pledge = next(row for row in found if row[0].value == "pledge")
    by = dict(zip(columns, pledge, strict=True))
    assert (by["amount_value"].value, by["amount_value"].data_type) == (2_260_000, "n")
    assert by["start"].data_type == "n"
    assert workbook(written(ledger, "xlsx"))["records"].freeze_panes == "A2"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(“http://x”)", "＝1", "https://x.y", "0123", "1e5", "TRUE"])
def test_nothing_runs_and_no_words_are_changed(words):
    with one(f"He wrote “{words}” there.", words) as ledger:
        content = written(ledger, "xlsx")
        header, row = rows(content)
    found = dict(zip((cell.value for cell in header), row, strict=True))["words"]
    assert (unescape(found.value), found.data_type) == (words, "s")
    assert found.quotePrefix == words.startswith(("=", "+", "-", "@", "\t", "＝"))
    assert found.hyperlink is None


@settings(max_examples=40, deadline=None)
@given(strategies.readings())
def test_words_come_back_exactly(reading):
    article, records = reading
    with Ledger.memory() as ledger:
        ledger.add(article, records)
        header, *found = rows(written(ledger, "xlsx"))
        place = [cell.value for cell in header].index("words")
        for row, record in zip(found, ledger.records(), strict=True):
            expected = " … ".join(e.exact for e in sorted(record.core, key=lambda e: e.start))
            # A parser of XML makes one line feed of both ways of ending a line; the file has \r as _x000D_.
            assert unescape(str(row[place].value or "")) == expected
            assert row[place].data_type in ("s", "inlineStr", "n")
            assert not any(cell.data_type == "f" for cell in row)


def test_a_text_that_is_longer_than_a_cell_is_cut_and_said():
    text = "a" * 40_000
    with one(text, text) as ledger:
        found = {cell.value: row for cell, row in zip(*rows(written(ledger, "xlsx")), strict=True)}
        account = account_of(ledger, "xlsx")
    assert len(found["words"].value) == 32_767
    assert account.lacks["the end of a text that is longer than a cell holds"].count == 1


def test_a_further_sheet_begins_where_one_is_full(ledger, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 4)
    book = workbook(written(ledger, "xlsx"))
    assert book.sheetnames == ["records", "records 2", "records 3", "about"]
    assert [book[name].max_row for name in book.sheetnames[:3]] == [4, 4, 2]
    assert {book[name]["A1"].value for name in book.sheetnames[:3]} == {"kind"}


def test_the_second_sheet_says_what_the_first_lacks(ledger):
    said = [row[0].value for row in rows(written(ledger, "xlsx"), "about")]
    assert "left out: the articles' texts" in said
    assert any("5 of the records are machine-read, and no person has accepted them" in line for line in said)
