"""Decisions are appended, never lost, and can be undone; the machine's proposal stays."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RecordError, UnknownName
from detente.ledger import Ledger
from detente.ledger.judgements import broken_links, current, plain, proposal_of
from detente.records import ActorRef, Amount, Judgement, Origin, Statement

from . import made

BY = "A. Reader"


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        yield ledger


@pytest.fixture
def statement(ledger):
    return ledger.statements[0]


@pytest.mark.parametrize(("action", "review"), [("accept", "accepted"), ("reject", "rejected"), ("dispute", "disputed")])
def test_a_whole_record_is_judged(ledger, statement, action, review):
    judgement = ledger.judge(statement, action, by=BY, note="heard it")
    assert (judgement.old, judgement.new, judgement.serial, judgement.note) == ("proposed", review, 1, "heard it")
    assert ledger.get(statement.id) == statement.replace(review=review)
    assert list(ledger.statements.where(review=review)) == [statement.replace(review=review)]
    assert ledger.judgements(statement.id) == [judgement]


EDITS = [
    ("mode", "mixed", "mixed"),
    ("speaker", made.ORDEN, {"id": made.ORDEN.id, "name": made.ORDEN.name}),
    ("speaker", None, None),
    ("addressees", [{"id": "state:ML", "name": "Marland"}], [{"id": "state:ML", "name": "Marland"}]),
    ("hearsay", True, True),
    ("said_on", "2025-03-01", "2025-03-01"),
    ("reasons", {"speaker": "checked on tape"}, {"speaker": "checked on tape"}),
]


@pytest.mark.parametrize(("field", "new", "stored"), EDITS)
def test_an_edit_keeps_what_the_machine_said(ledger, statement, field, new, stored):
    judgement = ledger.judge(statement.id, "edit", by=BY, field=field, new=new)
    assert (judgement.old, judgement.new) == (plain(statement, field), stored)
    edited = ledger.get(statement.id)
    assert plain(edited, field) == stored
    assert edited.review == "edited"
    assert proposal_of(edited, [judgement]) == statement
    assert ledger.check() == []


def test_an_amount_is_edited(ledger):
    pledge = ledger.pledges[0]
    ledger.judge(pledge, "edit", by=BY, field="amount", new=Amount(value=5, unit="EUR"))
    assert ledger.get(pledge.id).amount == Amount(value=5.0, unit="EUR")


def test_filters_and_search_see_the_edited_value(ledger, statement):
    ledger.judge(statement, "edit", by=BY, field="speaker", new=made.ORDEN)
    assert len(ledger.statements.where(speaker="Émile Orden")) == 1
    assert len(ledger.statements.where(speaker="Ana Velkova")) == 1
    assert [h.id for h in ledger.search("orden crowns", "statement")] == [statement.id]


WRONG = [
    ("no such action", {"action": "approve"}, UnknownName, "accept, dispute, edit, reject"),
    ("no such field", {"action": "edit", "field": "speakr", "new": None}, UnknownName, "speaker"),
    ("a fixed field", {"action": "edit", "field": "id", "new": "x"}, UnknownName, "'id'"),
    ("no such category", {"action": "edit", "field": "mode", "new": "loud"}, RecordError, "loud"),
    ("an actor by name only", {"action": "edit", "field": "speaker", "new": "Ana Velkova"}, RecordError, "speaker cannot be"),
    ("an edit without a field", {"action": "edit"}, RecordError, "without a field"),
    ("a value without an edit", {"action": "accept", "new": 1}, RecordError, "with 'edit'"),
    ("nobody", {"action": "accept", "by": "  "}, RecordError, "without a name"),
    ("words that are not there", {"action": "edit", "field": "evidence", "new": []}, RecordError, "without core words"),
]


@pytest.mark.parametrize(("call", "error", "message"), [pytest.param(*c[1:], id=c[0]) for c in WRONG])
def test_a_judgement_that_cannot_be_is_refused_and_changes_nothing(ledger, statement, call, error, message):
    with pytest.raises(error, match=message):
        ledger.judge(statement, **({"by": BY} | call))
    assert ledger.get(statement.id) == statement
    assert ledger.judgements() == []


def test_a_record_that_is_not_there_cannot_be_judged(ledger):
    with pytest.raises(UnknownName):
        ledger.judge("st-0000000000000000", "accept", by=BY)


# ------------------------------------------------------------------ undo


def test_undo_is_another_judgement(ledger, statement):
    edit = ledger.judge(statement, "edit", by=BY, field="mode", new="mixed")
    accept = ledger.judge(statement, "accept", by=BY)
    undone = ledger.undo(accept.serial, by="B. Writer")
    assert (undone.action, undone.old, undone.new, undone.by) == ("propose", "accepted", "edited", "B. Writer")
    assert ledger.get(statement.id) == statement.replace(mode="mixed", review="edited")
    ledger.undo(edit.serial, by=BY)
    assert ledger.get(statement.id) == statement
    assert len(ledger.judgements(statement.id)) == 4
    assert ledger.check() == []


def test_only_the_last_that_stands_is_undone(ledger, statement):
    first = ledger.judge(statement, "edit", by=BY, field="mode", new="mixed")
    second = ledger.judge(statement, "accept", by=BY)
    with pytest.raises(RecordError, match="came after") as caught:
        ledger.undo(first.serial, by=BY)
    assert caught.value.remedy == f"undo {second.serial} first"
    undo = ledger.undo(second.serial, by=BY)
    for gone in (second.serial, undo.serial):
        with pytest.raises(RecordError, match="does not stand"):
            ledger.undo(gone, by=BY)


def test_there_is_no_such_judgement(ledger):
    with pytest.raises(UnknownName, match="no judgement 7"):
        ledger.undo(7, by=BY)


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["accept", "reject", "dispute", "undo"]).map(lambda a: (a, None, None)),
        st.tuples(st.just("edit"), st.just("mode"), st.sampled_from(["direct", "mixed", "indirect"])),
        st.tuples(st.just("edit"), st.just("addressees"), st.sampled_from([(), (made.ORDEN,), (made.ORDEN, made.VELKOVA)])),
        st.tuples(st.just("edit"), st.just("venue"), st.none() | st.text(st.characters(codec="utf-8"), max_size=5)),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_is_decided_the_chain_holds_and_the_proposal_is_there(steps):
    article = made.article()
    proposal = made.records(article)[0]
    with Ledger.memory() as ledger:
        ledger.add(article, [proposal])
        stack = []
        for action, field, new in steps:
            if action == "undo":
                if stack:
                    ledger.undo(stack.pop(), by=BY)
            else:
                stack.append(ledger.judge(proposal.id, action, by=BY, field=field, new=new).serial)
        history = ledger.judgements(proposal.id)
        value = ledger.get(proposal.id)
        assert proposal_of(value, history) == proposal
        assert current(proposal, history) == value
        assert broken_links(value, history) == []
        assert ledger.check() == []


def test_other_actions_say_nothing_about_the_record_itself():
    proposal = made.records(made.article())[0]
    history = [
        Judgement(record=proposal.id, action=action, by=BY, at="2025-03-02", old=old, new=None)
        for action, old in (("accept", "proposed"), ("merge", "accepted"), ("split", "accepted"))
    ]
    assert current(proposal, history).review == "accepted"


# ------------------------------------------------------------------ append-only


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE judgements SET by = 'X'",
        "DELETE FROM judgements",
        "INSERT OR REPLACE INTO judgements SELECT * FROM judgements",
        "REPLACE INTO judgements(serial, record, action, by, at, old, new) SELECT serial, record, 'reject', by, at, old, new FROM judgements",
    ],
)
def test_the_file_refuses_to_change_a_judgement(ledger, statement, sql):
    kept = ledger.judge(statement, "accept", by=BY)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        ledger.connection.raw.execute(sql)
    assert ledger.judgements() == [kept]


def test_the_file_refuses_to_remove_a_judged_record(ledger, statement):
    ledger.judge(statement, "accept", by=BY)
    with pytest.raises(sqlite3.IntegrityError, match="never removed"):
        ledger.connection.raw.execute("DELETE FROM records WHERE id = ?", (statement.id,))


# ------------------------------------------------------------------ a person's own record


def _own(article):
    return made.make(
        Statement, article, {"source": "Émile Orden", "cue": "rejected", "content": "a truce"},
        speaker=made.ORDEN, mode="indirect", origin=Origin(by="person", name=BY),
    )  # fmt: skip


def test_a_person_adds_a_record_that_no_reading_removes(ledger):
    article = made.article()
    record = _own(article)
    assert ledger.propose(record, by=BY, note="missed").action == "propose"
    ledger.add(article, [])
    assert list(ledger.records()) == [record]
    assert ledger.orphans() == []
    ledger.judge(record, "accept", by="B. Writer")
    assert ledger.check() == []


def test_a_persons_record_must_be_new_and_say_who_made_it(ledger, statement):
    article = made.article()
    with pytest.raises(RecordError, match="made by a rule"):
        ledger.propose(_own(article).replace(origin=made.RULE), by=BY)
    with pytest.raises(RecordError, match="has a record on these words"):
        ledger.propose(statement, by=BY)
    with pytest.raises(UnknownName, match="no article"):
        ledger.propose(_own(made.article("Another a truce. Émile Orden rejected it.")), by=BY)


def test_an_actor_that_the_ledger_does_not_know_may_be_named(ledger, statement):
    ledger.judge(statement, "edit", by=BY, field="speaker", new=ActorRef(id="person:new", name="Ines Malk"))
    assert ledger.statements.where(speaker="ines malk").first().id == statement.id
