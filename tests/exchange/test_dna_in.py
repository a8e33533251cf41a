"""DNA's files come back: what was written, what a team coded, and nothing of what is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import MalformedInput, MissingInput
from detente.exchange.dna_in import import_dna
from detente.exchange.dna_tables import code_point, make_tables, utf16
from detente.ledger import Ledger
from detente.records import Position, Statement

from ..ledger import made, strategies
from .test_dna import position, statements
from .written import dna_rows, written

TEXT = "President Ana Velkova 🕊 rejected the truce. The Coast Union backed it."


@pytest.fixture
def coded(tmp_path):
    """A file as a team leaves it: two coders, a person with an organisation, a note that is no statement."""
    path = tmp_path / "team.dna"
    with closing(sqlite3.connect(path)) as file:
        make_tables(file)
        add(file, "CODERS", ID=2, Name="Ben", Password="")
        add(
            file,
            "DOCUMENTS",
            ID=1,
            Title="Truce",
            Text=TEXT,
            Coder=1,
            Source="The Ostrava Post",
            Date=1740873600,
        )
        kind = add(file, "STATEMENTTYPES", Label="DNA Statement")
        note = add(file, "STATEMENTTYPES", Label="Annotation")
        types = {
            "person": "short text",
            "organization": "short text",
            "concept": "short text",
            "agreement": "boolean",
        }
        variables = {
            v: add(file, "VARIABLES", Variable=v, DataType=of, StatementTypeId=kind)
            for v, of in types.items()
        }
        code(
            file,
            variables,
            kind,
            2,
            "rejected the truce",
            "Ana Velkova",
            "Ostrava",
            "There is to be a truce.",
            0,
        )
        code(file, variables, kind, 1, "backed it", "", "Coast Union", "There is to be a truce.", 1)
        mark(file, note, 2, "The Coast Union")
        file.commit()
    return path


def add(file, table, **row):
    marks = ", ".join("?" * len(row))
    return file.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
    ).lastrowid


def mark(file, kind, coder, words):
    start = TEXT.index(words)
    places = {"Start": utf16(TEXT, start), "Stop": utf16(TEXT, start + len(words))}
    return add(file, "STATEMENTS", StatementTypeId=kind, DocumentId=1, Coder=coder, **places)


def code(file, variables, kind, coder, words, person, organisation, concept, agreement):
    statement = mark(file, kind, coder, words)
    for variable, value in {"person": person, "organization": organisation, "concept": concept}.items():
        file.execute(
            "INSERT OR IGNORE INTO ENTITIES (VariableId, Value) VALUES (?, ?)", (variables[variable], value)
        )
        key = {"VariableId": variables[variable]}
        (entity,) = file.execute(
            "SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (*key.values(), value)
        ).fetchone()
        add(file, "DATASHORTTEXT", StatementId=statement, Entity=entity, **key)
    add(file, "DATABOOLEAN", StatementId=statement, VariableId=variables["agreement"], Value=agreement)


def taken(path, ledger=None):
    ledger = ledger or Ledger.memory()
    return ledger, import_dna(ledger, path)


def test_a_team_s_coding_is_theirs(coded):
    ledger, done = taken(coded)
    first, second = ledger.positions
    assert [str(p.actor) for p in (first, second)] == ["Ana Velkova", "Coast Union"]
    assert [p.stance for p in (first, second)] == ["oppose", "support"]
    assert [p.words()[0].exact for p in (first, second)] == ["rejected the truce", "backed it"]
    assert [(p.origin.by, p.origin.name) for p in (first, second)] == [("person", "Ben"), ("person", "Admin")]
    assert "Ostrava" in first.reasons["actor"]
    assert first.according_to is None
    assert first.reasons["according_to"]
    assert done.left == {"a statement of the type 'Annotation', without a concept and an agreement": 1}
    (article,) = ledger.articles
    assert (article.title, article.publisher, article.published) == (
        "Truce",
        "The Ostrava Post",
        "2025-03-02",
    )
    assert [(j.action, j.by) for j in ledger.judgements()] == [("propose", "Ben"), ("propose", "Admin")]
    assert ledger.check() == []


def test_a_file_taken_in_again_adds_nothing(coded):
    ledger, _ = taken(coded)
    before = [ledger.counts(), ledger.judgements()]
    _, done = taken(coded, ledger)
    assert [ledger.counts(), ledger.judgements()] == before
    assert done.known == 2


def test_what_was_coded_stays_when_the_article_is_read_again(coded):
    ledger, _ = taken(coded)
    (article,) = ledger.articles
    ledger.add(article, [])
    assert len(ledger.positions) == 2


def test_an_article_that_the_ledger_has_stays_as_it_is(coded):
    ledger = Ledger.memory()
    ledger.add(made.article(TEXT, origin="coast/truce.txt"), [])
    taken(coded, ledger)
    (article,) = ledger.articles
    assert (article.origin, article.copies) == ("coast/truce.txt", ())
    assert len(ledger.positions) == 2


def test_words_that_were_redacted_do_not_come_back(coded):
    ledger, _ = taken(coded)
    ledger.redact(ledger.positions[0], by="A. Reader", reason="a court’s order")
    before = ledger.counts()
    taken(coded, ledger)
    assert ledger.counts() == before
    assert "rejected the truce" not in ledger.articles[0].text
    assert ledger.check() == []


def test_what_went_out_and_is_there_is_not_doubled(tmp_path):
    with Ledger.memory() as ledger:
        ledger.add(made.article(), [position()], made.ACTORS)
        (tmp_path / "out.dna").write_bytes(written(ledger, "dna"))
        _, done = taken(tmp_path / "out.dna", ledger)
        assert (len(ledger.positions), done.known) == (1, 1)


def test_what_a_machine_read_comes_back_as_a_machine_s(tmp_path):
    with Ledger.memory() as ledger:
        ledger.add(made.article(), [position(), position(issue="Another.").replace(id="po-2")], made.ACTORS)
        ledger.judge("po-2", "accept", by="A. Reader")
        (tmp_path / "out.dna").write_bytes(written(ledger, "dna"))
    again, _ = taken(tmp_path / "out.dna")
    assert sorted(p.origin.by for p in again.positions) == ["person", "rule"]


SAME = (
    "type",
    "person",
    "organization",
    "concept",
    "agreement",
    "factuality",
    "hearsay",
    "addressee",
    "mode",
    "act",
    "marked",
)


def shape(content):
    return sorted(repr([s.get(name) for name in SAME]) for s in statements(content))


def test_what_goes_out_comes_back(tmp_path):
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, [*made.records(article), position()], made.ACTORS)
        content = written(ledger, "dna")
    (tmp_path / "out.dna").write_bytes(content)
    again, _ = taken(tmp_path / "out.dna")
    twice = written(again, "dna")
    columns = "SELECT Title, Text, Source, Section, Date FROM DOCUMENTS"
    assert dna_rows(twice, columns) == dna_rows(content, columns)
    assert shape(twice) == shape(content)
    assert again.check() == []


@settings(max_examples=15)
@given(
    strategies.articles().filter(lambda a: any(c.isalnum() for c in a.text) and "\0" not in a.text), st.data()
)
def test_any_ledger_s_words_come_back(tmp_path_factory, article, data):
    article = article.replace(published="2025-03-02")
    said, held = (data.draw(strategies.records_of(article, kind)) for kind in (Statement, Position))
    drawn = [
        said,
        held.replace(issue=f"Issue {held.issue}"),
    ]  # DNA can hold a concept without a word, and it means nothing
    path = tmp_path_factory.mktemp("dna") / "out.dna"
    with Ledger.memory() as ledger:
        ledger.add(article, drawn)
        content = written(ledger, "dna")
    path.write_bytes(content)
    again, _ = taken(path)
    with again:
        marked = sorted(
            r.words("content" if isinstance(r, Statement) else "words")[0].exact for r in again.records()
        )
        assert marked == sorted(s["marked"] for s in statements(content))
        assert again.check() == []


DAMAGE = [
    ("UPDATE STATEMENTS SET Stop = 9999 WHERE ID = 2", "statement 2", "9999"),
    ("UPDATE STATEMENTS SET Start = 23 WHERE ID = 1", "statement 1", "inside a character"),
    ("UPDATE STATEMENTS SET Start = 'x', Stop = 'y' WHERE ID = 1", "statement 1", "'x'"),
    ("UPDATE STATEMENTS SET DocumentId = 7 WHERE ID = 1", "statement 1", "no document"),
    ("UPDATE DATABOOLEAN SET Value = 5 WHERE StatementId = 2", "statement 2", "expected 0 or 1"),
    ("UPDATE ENTITIES SET Value = '' WHERE Value LIKE 'There%'", "statement 1", "without a concept"),
    ("UPDATE CODERS SET Name = ' ' WHERE ID = 2", "statement 1", "coder"),
    ("UPDATE DOCUMENTS SET Text = ''", "document 1", "no letter"),
    ("UPDATE DOCUMENTS SET Text = X'FF'", "document 1", "bytes"),
    ("UPDATE DOCUMENTS SET Date = 99999999999999", "document 1", "day"),
    ("UPDATE DOCUMENTS SET Date = 9999999999", "document 1", "future"),
    ("UPDATE SETTINGS SET Value = '2.0'", "team.dna", "DNA 2.0"),
    ("DROP TABLE ENTITIES", "team.dna", "ENTITIES"),
    (
        "DROP TABLE ENTITIES; CREATE VIEW ENTITIES AS SELECT 1 AS ID, 2 AS VariableId, 'x' AS Value",
        "team.dna",
        "ENTITIES",
    ),
]


@pytest.mark.parametrize(("sql", "place", "said"), DAMAGE)
def test_a_damaged_file_is_refused_as_a_whole(coded, sql, place, said):
    with closing(sqlite3.connect(coded)) as file:
        file.executescript(sql)
    with Ledger.memory() as ledger:
        with pytest.raises(MalformedInput) as error:
            import_dna(ledger, coded)
        assert place in error.value.message
        assert said in error.value.message
        assert not any(ledger.counts().values())


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be read as one" * 40])
def test_what_is_no_database_is_refused(tmp_path, content):
    (tmp_path / "a.dna").write_bytes(content)
    with Ledger.memory() as ledger, pytest.raises(MalformedInput, match=r"a\.dna"):
        import_dna(ledger, tmp_path / "a.dna")


def test_a_truncated_file_is_refused(coded):
    coded.write_bytes(coded.read_bytes()[:-8192])
    with Ledger.memory() as ledger:
        with pytest.raises(MalformedInput, match="damaged"):
            import_dna(ledger, coded)
        assert not any(ledger.counts().values())


def test_no_file_is_said(tmp_path):
    with Ledger.memory() as ledger, pytest.raises(MissingInput):
        import_dna(ledger, tmp_path / "none.dna")


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.integers(0, 40))
def test_places_come_back_from_java_s(text, place):
    place = min(place, len(text))
    assert code_point(text, utf16(text, place)) == place
