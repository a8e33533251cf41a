"""DNA's file: its tables, its four variables, places as Java counts them."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.dna_tables import LONGEST, PASSWORD, password_hash, utf16
from detente.ledger import Ledger
from detente.records import Article, Position, Statement, Term

from ..ledger import made, strategies
from .written import account_of, dna_rows, written

# Table and columns of a file that DNA 3 made, as sqlite3 prints them; the order is DNA's.
TABLES = {
    "SETTINGS": "Property Value",
    "CODERRELATIONS": "ID Coder OtherCoder viewStatements editStatements viewDocuments editDocuments",
    "DOCUMENTS": "ID Title Text Coder Author Source Section Notes Type Date",
    "STATEMENTTYPES": "ID Label Red Green Blue",
    "VARIABLES": "ID Variable DataType StatementTypeId",
    "VARIABLELINKS": "ID SourceVariableId TargetVariableId",
    "REGEXES": "Label Red Green Blue",
    "STATEMENTS": "ID StatementTypeId DocumentId Start Stop Coder",
    "ENTITIES": "ID VariableId Value Red Green Blue ChildOf",
    "ATTRIBUTEVARIABLES": "ID VariableId AttributeVariable",
    "ATTRIBUTEVALUES": "ID EntityId AttributeVariableId AttributeValue",
    "DATASHORTTEXT": "ID StatementId VariableId Entity",
    "DATALONGTEXT": "ID StatementId VariableId Value",
    "DATABOOLEAN": "ID StatementId VariableId Value",
    "DATAINTEGER": "ID StatementId VariableId Value",
    "CODERS": "ID Name Red Green Blue Refresh FontSize Password PopupWidth ColorByCoder PopupDecoration PopupAutoComplete "
    "PermissionAddDocuments PermissionEditDocuments PermissionDeleteDocuments PermissionImportDocuments PermissionAddStatements "
    "PermissionEditStatements PermissionDeleteStatements PermissionEditAttributes PermissionEditRegex "
    "PermissionEditStatementTypes PermissionEditCoders PermissionEditCoderRelations PermissionViewOthersDocuments "
    "PermissionEditOthersDocuments PermissionViewOthersStatements PermissionEditOthersStatements",
}
VALUES = """
    SELECT s.ID, t.Label, v.Variable, coalesce(e.Value, l.Value, b.Value), d.Text, s.Start, s.Stop
    FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId JOIN VARIABLES v ON v.StatementTypeId = t.ID
    JOIN DOCUMENTS d ON d.ID = s.DocumentId
    LEFT JOIN DATASHORTTEXT x ON x.StatementId = s.ID AND x.VariableId = v.ID LEFT JOIN ENTITIES e ON e.ID = x.Entity
    LEFT JOIN DATALONGTEXT l ON l.StatementId = s.ID AND l.VariableId = v.ID
    LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = v.ID
    ORDER BY s.ID, v.ID
"""


def statements(content):
    """The statements of a DNA file: their type, values by variable, and the words that Java would mark."""
    found = {}
    for number, label, variable, value, text, start, stop in dna_rows(content, VALUES):
        words = text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")
        found.setdefault(number, {"type": label, "marked": words})[variable] = value
    return list(found.values())


def file_of(*records, article=None, actors=made.ACTORS, review=()):
    with Ledger.memory() as ledger:
        ledger.add(article or made.article(), records, actors)
        for record, action in review:
            ledger.judge(record, action, by="A. Reader")
        return written(ledger, "dna"), account_of(ledger, "dna")


def position(**fields):
    fields = {"actor": made.ORDEN, "issue": "There is to be a truce.", "stance": "oppose"} | fields
    return made.make(Position, made.article(), {"words": "rejected a truce"}, **fields)


def test_the_tables_are_those_of_dna():
    content, _ = file_of()
    for table, columns in TABLES.items():
        assert [row[1] for row in dna_rows(content, f"PRAGMA table_info({table})")] == columns.split()
    assert {name for (name,) in dna_rows(content, "SELECT name FROM sqlite_master WHERE type = 'table'")} == TABLES.keys()
    assert dna_rows(content, "PRAGMA foreign_key_check") == []
    assert dna_rows(content, "PRAGMA integrity_check") == [("ok",)]


def test_a_position_is_a_statement_of_dna():
    content, account = file_of(position())
    (found,) = statements(content)
    expected = {
        "type": "DNA Statement", "person": "Émile Orden", "organization": "", "concept": "There is to be a truce.", "agreement": 0,
        "review": "proposed", "factuality": "actual", "hearsay": 0, "according to": "unknown", "marked": "rejected a truce",
        "record": position().id,
    }  # fmt: skip
    assert found == expected
    assert account.written == 1


def test_a_term_is_a_statement_of_each_actor():
    term = made.make(
        Term, made.article(), {"words": "a monitoring mission"}, category="monitoring", proposition="A mission monitors.",
        proposed_by=(made.OSTRAVA,), accepted_by=(made.OSTRAVA, made.VELKOVA), rejected_by=(made.MARLAND,),
    )  # fmt: skip
    content, account = file_of(term)
    sides = [(s["person"], s["organization"], s["agreement"]) for s in statements(content)]
    assert sides == [("", "Ostrava", 1), ("Ana Velkova", "", 1), ("", "Marland", 0)]
    assert account.written == 1


def test_what_was_said_is_a_quotation():
    content, _ = file_of(made.records(made.article())[0])
    (found,) = statements(content)
    assert (found["type"], found["person"], found["mode"]) == ("Quotation", "Ana Velkova", "indirect")
    assert found["according to"] == "The Ostrava Post"
    assert found["marked"].startswith("said Ostrava would lend")


LEFT = [
    (position(stance="conditional"), "a stance that is conditional is neither agreement nor disagreement"),
    (position(actor=None), "nobody is known to hold the position"),
    (position(factuality="negated"), "the words deny them"),
    (made.records(made.article())[4], "nobody is known to propose, accept or reject the term"),
]


@pytest.mark.parametrize(("record", "reason"), LEFT)
def test_what_dna_cannot_hold_is_left_out_and_said(record, reason):
    content, account = file_of(record)
    assert statements(content) == []
    assert account.left[reason].ids == [record.id]


def test_what_a_person_rejected_is_left_out():
    content, account = file_of(position(), review=[(position(), "reject")])
    assert statements(content) == []
    assert account.left["a person rejected them"].count == 1


def test_a_document_keeps_its_text_and_says_what_it_is():
    content, _ = file_of(position())
    ((title, text, source, section, notes, day),) = dna_rows(content, "SELECT Title, Text, Source, Section, Notes, Date FROM DOCUMENTS")
    assert (title, text, source, section) == ("first.txt", made.TEXT, "The Ostrava Post", "coast/first.txt")
    assert notes == f"sha256 {made.article().id}"
    assert dna_rows(content, "SELECT date(?, 'unixepoch')", (day,)) == [("2025-03-02",)]


def test_a_day_that_is_unknown_is_said():
    article = made.article(published=None)
    record = made.make(Position, article, {"words": "rejected a truce"}, actor=made.ORDEN, issue="A truce.", stance="support")
    content, account = file_of(record, article=article)
    assert dna_rows(content, "SELECT Date FROM DOCUMENTS") == [(0,)]
    assert list(account.lacks) == ["the day of their article, which DNA shows as 1970-01-01"]


def test_a_long_concept_is_cut_and_said():
    content, account = file_of(position(issue="x" * 500))
    assert statements(content)[0]["concept"] == "x" * LONGEST
    assert sum(found.count for found in account.lacks.values()) == 1


def test_an_actor_is_one_entity_with_its_attributes():
    content, _ = file_of(position(), position(issue="Another.").replace(id="po-2"))
    sql = """SELECT a.AttributeVariable, x.AttributeValue FROM ENTITIES e JOIN ATTRIBUTEVALUES x ON x.EntityId = e.ID
             JOIN ATTRIBUTEVARIABLES a ON a.ID = x.AttributeVariableId WHERE e.Value = 'Émile Orden' ORDER BY a.ID"""
    assert dna_rows(content, sql) == [("Type", "person"), ("Alias", ""), ("Notes", "person:orden")]


def test_a_stream_gets_the_file_whole(tmp_path):
    content, _ = file_of(position())
    (tmp_path / "a.dna").write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "a.dna")) as file:
        assert file.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone() == ("3.0",)
        assert file.execute("SELECT Name, Password FROM CODERS").fetchone() == ("Admin", password_hash(PASSWORD))


def test_the_password_is_checked_as_jasypt_checks_it():
    kept = base64.b64decode(password_hash(PASSWORD))
    salt, digest = kept[:16], kept[16:]
    found = hashlib.sha256(salt + PASSWORD.encode()).digest()
    for _ in range(99_999):
        found = hashlib.sha256(found).digest()
    assert (len(salt), found) == (16, digest)


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.integers(0, 40))
def test_places_are_counted_as_java_counts(text, place):
    place = min(place, len(text))
    assert utf16(text, place) == sum(2 if c > "\uffff" else 1 for c in text[:place])


@settings(max_examples=40, deadline=None)
@given(strategies.articles(), st.data())
def test_any_statement_is_marked_on_its_words(article: Article, data):
    record = data.draw(strategies.records_of(article, data.draw(st.sampled_from([Statement, Position, Term]))))
    content, account = file_of(record, article=article, actors=())
    found = statements(content)
    start, end = min(e.start for e in record.core), max(e.end for e in record.core)
    assert bool(found) == (account.written == 1)
    assert all(s["marked"] == article.text[start:end] and s["record"] == record.id for s in found)
    assert all(None not in s.values() for s in found)
    assert dna_rows(content, "PRAGMA foreign_key_check") == []
