"""Questions put with `where`: each filter, each mistake, the order, and how a set shows itself."""

from __future__ import annotations

import builtins
import datetime

import pytest

from detente.errors import InvalidDate, MissingExtra, RecordError, UnknownName
from detente.ledger import Ledger
from detente.records import KINDS, Event, Statement

from . import made

LATER = made.article("Émile Orden said Marland was ready.\n", "coast/second.txt", published="2025-03-05", publisher="Marland Times")
UNDATED = made.article("“No,” a guard said.\n", "coast/third.txt", published=None, publisher=None)


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        later = made.make(Statement, LATER, {"cue": "said", "content": "Marland was ready"}, speaker=made.ORDEN, mode="indirect")
        nobody = made.make(Statement, UNDATED, {"cue": "said", "content": "No"}, speaker=None, mode="direct")
        ledger.add(LATER, [later])
        ledger.add(article, made.records(article)[::-1], made.ACTORS)
        ledger.add(UNDATED, [nobody])
        yield ledger


def contents(statements):
    return [s.content.split()[0] for s in statements]


STATEMENTS = [
    ({}, ["No", "Ostrava", "We", "Marland"]),
    ({"speaker": "Ana Velkova"}, ["Ostrava", "We"]),
    ({"speaker": "ANA VELKOVA"}, ["Ostrava", "We"]),
    ({"speaker": "the president of Ostrava"}, ["Ostrava", "We"]),
    ({"speaker": "person:velkova"}, ["Ostrava", "We"]),
    ({"speaker": made.VELKOVA}, ["Ostrava", "We"]),
    ({"speaker": "emile orden"}, ["Marland"]),
    ({"speaker": "unknown"}, ["No"]),
    ({"speaker": "Velk"}, []),
    ({"speaker": ""}, []),
    ({"actor": "Émile Orden"}, ["Marland"]),
    ({"mode": "direct"}, ["No", "We"]),
    ({"mode": "direct", "speaker": "Ana Velkova"}, ["We"]),
    ({"factuality": "planned"}, ["Ostrava"]),
    ({"hearsay": True}, []),
    ({"act": "unknown"}, ["No", "Ostrava", "We", "Marland"]),
    ({"review": "proposed"}, ["No", "Ostrava", "We", "Marland"]),
    ({"review": "accepted"}, []),
    ({"article": LATER}, ["Marland"]),
    ({"article": LATER.id}, ["Marland"]),
    ({"article": "coast/second.txt"}, ["Marland"]),
    ({"publisher": "marland times"}, ["Marland"]),
    ({"since": "2025-03-03"}, ["Marland"]),
    ({"since": datetime.date(2025, 3, 2)}, ["Ostrava", "We", "Marland"]),
    ({"until": "2025-03-02"}, ["Ostrava", "We"]),
    ({"since": "2025-03-03", "until": "2025-03-02"}, []),
    ({"text": "crowns"}, ["Ostrava"]),
    ({"text": "velkova keeps"}, ["We"]),
    ({"text": '"lend Marland"'}, ["Ostrava"]),
    ({"text": "—"}, []),
    ({"speaker": None, "mode": None}, ["No", "Ostrava", "We", "Marland"]),
]


@pytest.mark.parametrize(("asked", "expected"), STATEMENTS, ids=str)
def test_statements_where(ledger, asked, expected):
    found = ledger.statements.where(**asked)
    assert contents(found) == expected
    assert len(found) == len(expected)


OTHERS = [
    ("pledges", {"stage": "announced"}, 1),
    ("pledges", {"stage": "delivered"}, 0),
    ("pledges", {"type": "loan", "beneficiary": "marland"}, 1),
    ("pledges", {"pledger": "OS"}, 1),
    ("pledges", {"made_by": "Ana Velkova"}, 1),
    ("pledges", {"outcome": "unknown"}, 1),
    ("positions", {"stance": "conditional", "actor": "Émile Orden"}, 1),
    ("terms", {"category": "monitoring", "status": "unknown"}, 1),
    ("terms", {"proposed_by": "unknown"}, 1),
    ("events", {"type": "CONSULT", "recipients": "Ana Velkova"}, 1),
    ("memberships", {"coalition": "league of the coast", "status": "conditional"}, 1),
    ("actors", {"type": "person"}, 2),
    ("actors", {"name": "os"}, 1),
    ("actors", {"country": "ml"}, 1),
]


@pytest.mark.parametrize(("kind", "asked", "count"), OTHERS, ids=str)
def test_others_where(ledger, kind, asked, count):
    assert len(getattr(ledger, kind).where(**asked)) == count


def test_records_of_all_kinds_where(ledger):
    assert len(ledger.records().where(actor="Ana Velkova")) == 4
    assert [type(r) for r in ledger.records().where(type="CONSULT")] == [Event]
    assert len(ledger.articles.where(text="monitoring", since="2025-01-01")) == 1
    assert len(ledger.articles.where(publisher="Marland Times")) == 1


@pytest.mark.parametrize(
    ("kind", "asked", "known"),
    [
        ("statements", {"spaker": "x"}, "speaker"),
        ("statements", {"stage": "announced"}, "mode"),
        ("statements", {"mode": "loud"}, "direct, indirect, mixed, unknown"),
        ("pledges", {"stage": "promised"}, "announced"),
        ("pledges", {"issue": "x"}, "beneficiary"),
        ("articles", {"speaker": "x"}, "publisher"),
        ("actors", {"stage": "x"}, "type"),
        ("statements", {"hearsay": "yes"}, "False, True"),
    ],
    ids=str,
)
def test_an_unknown_filter_or_category_names_those_that_there_are(ledger, kind, asked, known):
    source = getattr(ledger, kind)
    with pytest.raises(UnknownName, match=known):
        source.where(**asked)


@pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "2025-3-2", "20250302", "2025-W09-7", "2025", ""])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_day_that_is_none(ledger, name, day):
    with pytest.raises(InvalidDate, match=f"{name}: got {day!r}"):
        ledger.statements.where(**{name: day})


def test_the_order_is_date_then_article_then_place(ledger):
    places = [(ledger.article(r.article).published or "", r.article, min(e.start for e in r.core)) for r in ledger.records()]
    assert places == sorted(places)


@pytest.mark.parametrize("index", [0, 1, 3, -1, -4, slice(1, 3), slice(None, None, -1), slice(9, 12)])
def test_a_set_is_indexed_like_a_list(ledger, index):
    assert ledger.statements[index] == list(ledger.statements)[index]


@pytest.mark.parametrize("index", [4, -5, 99])
def test_an_index_beyond_the_end(ledger, index):
    with pytest.raises(IndexError, match=str(index)):
        ledger.statements[index]


def test_first_and_truth(ledger):
    assert ledger.statements.first() == ledger.statements[0]
    assert ledger.statements.where(speaker="Nobody").first() is None
    assert ledger.statements
    assert not ledger.statements.where(speaker="Nobody")


def test_records_may_be_judged_while_they_are_gone_through():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article))
        for record in ledger.records().where(review="proposed"):
            ledger.judge(record, "accept", by="A. Reader")
        assert len(ledger.records().where(review="accepted")) == len(made.records(article))


def test_more_records_than_are_read_at_a_time():
    article = made.article("".join(f"“Word {n},” she said.\n" for n in range(1203)))
    many = [
        made.make(Statement, article, {"content": f"Word {n},"}, speaker=None, mode="direct") for n in range(1203)
    ]
    with Ledger.memory() as ledger:
        ledger.add(article, many)
        assert list(ledger.statements) == many
        assert "the first 50 of them" in ledger.statements._repr_html_()
        assert ledger.statements._repr_html_().count("<tr>") == 51


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_a_set_shows_itself(ledger, kind):
    found = ledger.records(kind)
    assert f"{len(found)} {kind or 'record'}s" in repr(found)
    assert found._repr_html_().startswith(f"<p>{len(found)} ")


def test_dicts_have_the_kind_first(ledger):
    assert {next(iter(d)) for d in ledger.records().to_dicts()} == {"kind"}


def test_a_table_for_pandas(ledger):
    pandas = pytest.importorskip("pandas")
    table = ledger.statements.to_pandas()
    assert isinstance(table, pandas.DataFrame)
    assert list(table["mode"]) == ["direct", "indirect", "direct", "indirect"]


def test_without_pandas_the_error_names_what_to_install(ledger, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "pandas":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"detente\[pandas\]"):
        ledger.statements.to_pandas()


def test_a_text_that_says_sql_is_only_text(ledger):
    for words in ("'; DROP TABLE records; --", '" OR 1=1', "NEAR(a b)", "words:x", "a AND NOT b", "x\0y", "*"):
        assert len(ledger.statements.where(text=words, speaker=words, publisher=words)) == 0
    with pytest.raises(RecordError):
        len(ledger.statements.where(publisher="\ud800"))
