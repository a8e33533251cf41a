"""Full-text search finds what is there, whatever a person types."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RecordError, UnknownName
from detente.ledger import Ledger
from detente.ledger.search import CLOSE, OPEN
from detente.ledger.words import match_expression

from . import made


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        ledger.add(made.article("The harbour was quiet in Ostrava.", "b.txt", title="A quiet day"), [])
        yield ledger


FOUND = [
    ("crowns", None, ["statement", "pledge"]),
    ("CROWNS lend", None, ["statement", "pledge"]),
    ("lending", "pledge", ["pledge"]),
    ('"lend Marland"', "pledge", ["pledge"]),
    ('"Marland lend"', "pledge", []),
    ("monit*", "term", ["term"]),
    ("emile", "position", ["position"]),
    ("harbour", None, ["article"]),
    ("quiet day", None, ["article"]),
    ("truce", "article", ["article"]),
    ("Ostrava lighthouse", None, []),
    ("", None, []),
    ("— … “”", None, []),
]


@pytest.mark.parametrize(("words", "kind", "kinds"), FOUND)
def test_what_is_found(ledger, words, kind, kinds):
    hits = ledger.search(words, kind)
    assert sorted(h.kind for h in hits) == sorted(kinds)
    for hit in hits:
        assert ledger.article(hit.article)
        assert ledger.get(hit.id) if hit.kind != "article" else hit.id == hit.article


def test_a_snippet_marks_the_words(ledger):
    (hit,) = ledger.search("harbour")
    assert hit.snippet == f"The {OPEN}harbour{CLOSE} was quiet in Ostrava."


def test_an_article_is_not_shown_beside_its_records(ledger):
    assert {h.kind for h in ledger.search("Ostrava")} >= {"statement", "article"}
    assert [h.id for h in ledger.search("Ostrava") if h.kind == "article"] == [
        made.article("The harbour was quiet in Ostrava.").id
    ]


def test_a_limit(ledger):
    assert len(ledger.search("Marland", limit=1)) == 1
    for limit in (0, -1):
        with pytest.raises(RecordError, match="limit"):
            ledger.search("Marland", limit=limit)


def test_no_such_kind(ledger):
    with pytest.raises(UnknownName, match="article"):
        ledger.search("Marland", "pledges")


def test_a_rejected_record_is_not_found():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article))
        ledger.judge(ledger.terms[0], "reject", by="A. Reader")
        assert ledger.search("monitoring", "term") == []


OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "NEAR(a b, 2)",
    "words:",
    "^a",
    "a +",
    '"',
    '""',
    '"""',
    "(",
    ")",
    "a*b",
    "*",
    "**",
    "-a",
    "{a b}:",
    "\0",
    "a\0b",
    "\ud800",
    "'",
    ";",
    "a" * 20_000,
    "🕊️",
    "\u0301",
]


@pytest.mark.parametrize("words", OPERATORS)
def test_operators_are_words(ledger, words):
    assert isinstance(ledger.search(words), list)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40) | st.lists(st.sampled_from([*OPERATORS[:-3], "truce"]), max_size=5).map(" ".join))
def test_no_text_is_a_mistake(words):
    assert isinstance(_LEDGER.search(words), list)
    assert len(_LEDGER.records().where(text=words)) >= 0


_LEDGER = Ledger.memory()
_LEDGER.add(made.article(), made.records(made.article()))


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("a truce", '"a" "truce"'),
        ('the "security guarantee" holds', '"the" "security guarantee" "holds"'),
        ("secur*", '"secur"*'),
        ("s*", '"s"'),
        ('"secur*"', '"secur"'),
        ("“quoted”", '"“quoted”"'),
        ("-", None),
    ],
)
def test_the_expression(words, expression):
    assert match_expression(words) == expression


def test_the_shown_are_found_behind_many_that_are_not_shown():
    with Ledger.memory() as ledger:
        for n in range(30):
            article = made.article(f"{made.TEXT} No. {n}.", f"{n}.txt")
            ledger.add(article, made.records(article))
        for record in list(ledger.records())[:-8]:
            ledger.judge(record, "reject", by="A. Reader")
        left = {r.id for r in ledger.records().where(text="truce") if r.review != "rejected"}
        assert left
        assert {h.id for h in ledger.search("truce", limit=2) if h.kind != "article"} <= left
        assert {h.id for h in ledger.search("truce", limit=100) if h.kind != "article"} == left
        terms = [h.id for h in ledger.search("monitoring mission", "term", limit=50)]
        assert terms == [r.id for r in ledger.terms if r.review != "rejected"]


@pytest.mark.parametrize("at_once", [1, 2, 3, 10_000])
def test_the_best_are_found_among_older_records_too_where_the_last_are_not_enough(monkeypatch, at_once):
    monkeypatch.setattr("detente.ledger.search._RANKED_AT_ONCE", at_once)
    with Ledger.memory() as ledger:
        for n in range(4):
            article = made.article(made.TEXT + "Velkova said so again. " * n, f"{n}.txt")
            ledger.add(article, made.records(article), made.ACTORS)
        hits = ledger.search("Marland", "pledge")
        assert {h.id for h in hits} == {r.id for r in ledger.pledges.where(text="Marland")}
        assert len(hits) == 4
        assert len(ledger.search("Marland", limit=3)) == 3


def test_the_last_added_come_first_where_there_are_many(monkeypatch):
    monkeypatch.setattr("detente.ledger.search._RANKED_AT_ONCE", 2)
    with Ledger.memory() as ledger:
        articles = [made.article("So quiet. " * n + "The harbour was quiet.", f"{n}.txt") for n in range(5)]
        for article in articles:
            ledger.add(article, [])
        assert {h.id for h in ledger.search("quiet")} == {a.id for a in articles[-2:]}


@pytest.mark.parametrize(("having", "first"), [((0, 4, 9), 4), (range(10), 9)], ids=["few", "most"])
def test_a_word_that_most_have_ranks_nothing_and_the_last_added_come_first(monkeypatch, having, first):
    monkeypatch.setattr("detente.ledger.search._RANKED_AT_ONCE", 2)
    with Ledger.memory() as ledger:
        for n in range(10):
            # The fewer words around it, the better a word fits.
            words = ("quiet" if n in having else "loud") + " and so on" * n
            ledger.add(made.article(f"The harbour was {words}.", f"{n}.txt"), [])
        found = [
            ledger.articles.where(article=h.article).first().origin for h in ledger.search("quiet", "article")
        ]
        assert found[0] == f"{first}.txt"
        assert len(found) == 2
