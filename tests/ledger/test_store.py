"""What goes into a ledger comes out of it, once, and whole or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from detente.errors import LedgerError, RecordError, UnknownName
from detente.ledger import Added, Ledger
from detente.reading.reader import Reading
from detente.records import (
    KINDS,
    Actor,
    Article,
    Cluster,
    Copy,
    Issue,
    Origin,
    Pledge,
    StageEntry,
    Statement,
    Weighing,
    decode,
    encode,
)  # fmt: skip

from . import made, strategies


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        yield ledger


@settings(max_examples=40, deadline=None)
@given(strategies.readings())
def test_everything_comes_back_as_it_was(reading):
    article, records = reading
    with Ledger.memory() as ledger:
        assert ledger.add(article, records) == Added(article_new=True, records=len(records))
        assert ledger.article(article.id) == article
        assert {encode(r) for r in ledger.records()} == {encode(r) for r in records}
        assert ledger.check() == []


@settings(max_examples=20, deadline=None)
@given(strategies.readings())
def test_the_same_reading_again_adds_nothing(reading):
    with Ledger.memory() as ledger:
        ledger.add(*reading)
        before = ledger.connection.raw.total_changes
        assert ledger.add(*reading) == Added(article_new=False)
        assert ledger.connection.raw.total_changes == before


def test_a_record_is_found_by_its_id(ledger):
    for record in made.records(made.article()):
        assert ledger.get(record.id) == record


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_property(ledger, kind):
    assert list(getattr(ledger, f"{kind}s")) == list(ledger.records(kind))
    assert len(ledger.records(kind)) == ledger.counts()[f"{kind}s"]


def test_a_missing_record_names_those_that_begin_alike(ledger):
    record = next(iter(ledger.statements))
    with pytest.raises(UnknownName, match=record.id) as caught:
        ledger.get(record.id[:8])
    assert caught.value.remedy


@pytest.mark.parametrize("missing", ["", "st", "zz-0123456789", "'; DROP TABLE records; --", "x" * 5000])
def test_a_missing_record_or_article_is_named(ledger, missing):
    for look in (ledger.get, ledger.article):
        with pytest.raises(UnknownName, match="there is no"):
            look(missing)


def test_what_utf8_cannot_hold_is_refused(ledger):
    record = ledger.statements[0]
    for call in (
        lambda: ledger.get("\ud800"),
        lambda: len(ledger.statements.where(speaker="\ud800")),
        lambda: ledger.judge(record, "accept", by="\ud800"),
        lambda: ledger.judge(record, "edit", by="A. Reader", field="venue", new="\ud800"),
    ):
        with pytest.raises(RecordError, match=r"UTF-8|utf-8"):
            call()
    assert ledger.judgements() == []


def test_no_such_kind(ledger):
    with pytest.raises(UnknownName, match=r"'pledges'.*pledge"):
        ledger.records("pledges")


# ------------------------------------------------------------------ what is refused


def _broken():
    article = made.article()
    statement = made.records(article)[0]
    first = statement.evidence[0]
    yield "other words", statement.replace(evidence=(first.replace(exact="Somebody else"), *statement.evidence[1:])), "says"
    yield "outside", statement.replace(evidence=(*statement.evidence, first.replace(start=9999, end=10_020))), "says"
    yield "no core words", statement.replace(evidence=(first,)), "without core words"
    yield "no such category", statement.replace(mode="shouted"), "shouted"
    yield "wrong type", statement.replace(speaker="Ana Velkova"), "ActorRef|object"
    yield "other article", statement.replace(article="0" * 64), "expected one of"
    yield "judged already", statement.replace(review="accepted"), "expected a proposal"
    pledge = next(r for r in made.records(article) if isinstance(r, Pledge))
    stage = StageEntry(stage="announced", date="2025-13", words="would lend")
    yield "no time", pledge.replace(due="by 2027"), "due got 'by 2027', expected a time"
    yield "no time of a stage", pledge.replace(stages=(stage,)), "stages got '2025-13', expected a time"
    yield "a lone surrogate", statement.replace(venue="\ud800"), "characters that UTF-8 can hold"


@pytest.mark.parametrize(("record", "message"), [pytest.param(r, m, id=name) for name, r, m in _broken()])
def test_a_record_that_breaks_its_contract_is_refused_with_its_whole_article(record, message):
    article = made.article()
    good = made.records(article)[2]
    with Ledger.memory() as ledger:
        with pytest.raises(RecordError, match=message):
            ledger.add(article, [good, record])
        assert not any(ledger.counts().values())


@settings(max_examples=20, deadline=None)
@given(strategies.readings())
def test_what_comes_from_json_is_kept_as_what_was_made(reading):
    article, records = reading
    read = Reading(article, tuple(decode(encode(r)) for r in records), made.ACTORS)
    tables = "SELECT * FROM records", "SELECT * FROM record_actors", "SELECT * FROM tallies", "SELECT * FROM actors"
    with Ledger.memory() as made_here, Ledger.memory() as decoded:
        assert made_here.add_all([read]) == decoded.add_all([read], decoded=True)
        for table in tables:
            assert made_here.connection.rows(table) == decoded.connection.rows(table)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"evidence": ()}, "without core words"),
        ({"article": "0" * 64}, "expected one of"),
        ({"review": "accepted"}, "expected a proposal"),
    ],
)
def test_what_comes_from_json_is_held_against_its_article(change, message):
    article = made.article()
    record = decode(encode(made.records(article)[0].replace(**change)))
    with Ledger.memory() as ledger:
        with pytest.raises(RecordError, match=message):
            ledger.add_all([Reading(article, (record,), ())], decoded=True)
        assert not any(ledger.counts().values())


def test_an_article_whose_id_is_not_that_of_its_text_is_refused():
    with Ledger.memory() as ledger, pytest.raises(RecordError, match="sha256"):
        ledger.add(made.article().replace(text="Other words."), [])


@pytest.mark.parametrize("published", ["2025-02-30", "20250302", "2025-03-02T10:00", "2025-03", "soon", ""])
def test_an_article_of_no_day_is_refused_and_so_is_a_copy(published):
    copy = Copy(origin="coast/copy.txt", published=published)
    with Ledger.memory() as ledger:
        for article in (made.article(published=published), made.article(copies=(copy,))):
            with pytest.raises(RecordError, match="expected a day such as"):
                ledger.add(article, [])


def test_things_that_are_no_records_are_refused():
    article = made.article()
    with Ledger.memory() as ledger:
        for thing in (article, made.ACTORS[0], Issue(id="i", proposition="A truce holds.")):
            with pytest.raises(RecordError, match="expected a statement"):
                ledger.add(article, [thing])
        with pytest.raises(RecordError, match="expected an actor"):
            ledger.add(article, [], [article])


def test_two_different_records_with_one_id_are_refused():
    article = made.article()
    record = made.records(article)[0]
    with Ledger.memory() as ledger, pytest.raises(RecordError, match="two different records"):
        ledger.add(article, [record, record.replace(venue="the harbour")])


def test_a_closed_ledger_says_so(ledger):
    ledger.close()
    with pytest.raises(LedgerError, match="closed"):
        ledger.counts()


# ------------------------------------------------------------------ one text met twice

MET_TWICE = [
    ("same again", {}, {}, 0, {"publisher": "The Ostrava Post"}),
    ("more is known", {"publisher": None, "published": None}, {"published": "2025-03-03"}, 0, {"published": "2025-03-03"}),
    ("put right", {}, {"published": "2025-03-01"}, 0, {"published": "2025-03-01"}),
    ("nothing is forgotten", {}, {"publisher": None, "published": None}, 0, {"published": "2025-03-02"}),
    ("the file moved", {}, {"origin": "elsewhere/first.txt"}, 0, {"origin": "coast/first.txt"}),
    ("another file", {}, {"origin": "coast/second.txt"}, 1, {"origin": "coast/first.txt"}),
    ("another outlet", {}, {"origin": "x/first.txt", "publisher": "Marland Times"}, 1, {"publisher": "The Ostrava Post"}),
]


@pytest.mark.parametrize(("first", "then", "copies", "expected"), [pytest.param(*c[1:], id=c[0]) for c in MET_TWICE])
def test_one_text_met_twice_is_one_article(first, then, copies, expected):
    with Ledger.memory() as ledger:
        ledger.add(made.article(**first), [])
        for _ in range(2):
            assert not ledger.add(made.article(**(first | then)), []).article_new
        (kept,) = ledger.articles
        assert len(kept.copies) == copies
        assert {name: getattr(kept, name) for name in expected} == expected
        assert ledger.check() == []


def test_a_copy_elsewhere_does_not_change_the_records(ledger):
    copy = made.article(origin="https://marland.example/a", publisher="Marland Times", published="2025-03-04")
    assert ledger.add(copy, []).removed == 0
    assert len(ledger.records()) == len(made.records(made.article()))
    assert [c.publisher for c in ledger.article(copy.id).copies] == ["Marland Times"]


# ------------------------------------------------------------------ actors and the rest


def test_an_actor_met_again_keeps_its_aliases(ledger):
    other = made.article("Velkova spoke.", "b.txt")
    ledger.add(other, [], [Actor(id=made.VELKOVA.id, name="Ana Velkova", type="person", aliases=("Velkova",), country="OS")])
    (actor,) = ledger.actors.where(name="velkova")
    assert actor.aliases == ("the president of Ostrava", "Velkova")
    assert actor.country == "OS"


def test_weighings_issues_and_clusters_are_kept(ledger):
    weighing = Weighing(id="w", method="made", parameters={"a": [1, 2.5]}, seed=1, inputs="x", version="1", result={"y": None}, at="2025-03-02")
    issue = Issue(id="truce", proposition="There is to be a truce.")
    members = tuple(r.id for r in ledger.statements)
    cluster = Cluster(id="c", of="statement", members=members, reason="said twice", origin=Origin(by="person", name="A. Reader"))
    for _ in range(2):
        ledger.save_weighing(weighing)
        ledger.save_issue(issue)
        ledger.save_clusters([cluster])
    assert (ledger.weighings(), ledger.issues(), ledger.clusters()) == ([weighing], [issue], [cluster])
    assert ledger.clusters("statement") == [cluster]
    assert ledger.clusters("pledge") == []


def test_a_ledger_shows_what_it_holds(ledger):
    assert "statements: 2" in ledger.summary()
    assert "2025-03-02 to 2025-03-02" in ledger.summary()
    assert "7 proposed" in ledger._repr_html_()
    assert "nothing to review" in Ledger.memory().summary()


def test_a_name_in_html_is_escaped():
    article = Article.of("<b>Orden</b> said no.", "a.txt")
    record = made.make(Statement, article, {"cue": "said", "content": "<b>Orden</b>"}, speaker=None, mode="indirect")
    with Ledger.memory() as ledger:
        ledger.add(article, [record])
        assert "<b>" not in ledger.statements._repr_html_()
        assert "&lt;b&gt;" in ledger.statements._repr_html_()
