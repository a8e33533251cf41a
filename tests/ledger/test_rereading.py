"""An article is read again by a newer reader: nothing that a person decided is lost, nothing is there twice."""

from __future__ import annotations

import pytest

from detente.ledger import Added, Ledger
from detente.ledger.rereading import attach, overlap
from detente.records import Authority, Event, Position, Statement

from . import made

BY = "A. Reader"
ARTICLE = made.article()
NARROW = {"cue": "rejected", "content": "a truce without a monitoring mission"}
WIDE = {"cue": "rejected", "content": "a truce without a monitoring mission. He"}
FAR = {"cue": "said", "content": "We keep our word"}


def said(spans, **fields):
    return made.make(Statement, ARTICLE, spans, **({"speaker": made.ORDEN, "mode": "indirect"} | fields))


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        ledger.add(ARTICLE, [said(NARROW)])
        yield ledger


def test_proposals_that_nobody_judged_are_replaced(ledger):
    assert ledger.add(ARTICLE, [said(WIDE)]) == Added(article_new=False, records=1, removed=1)
    assert list(ledger.records()) == [said(WIDE)]
    assert ledger.search("monitoring", "statement")[0].id == said(WIDE).id
    assert ledger.check() == []


def test_a_new_value_on_the_same_words_replaces_the_old_one(ledger):
    assert ledger.add(ARTICLE, [said(NARROW, speaker=None)]) == Added(article_new=False, changed=1)
    assert ledger.get(said(NARROW).id).speaker is None
    assert len(ledger.statements.where(speaker="Orden")) == 0


@pytest.mark.parametrize("action", ["accept", "reject", "dispute"])
def test_a_judged_record_stands_and_takes_the_place_of_its_new_proposal(ledger, action):
    ledger.judge(said(NARROW), action, by=BY)
    before = ledger.get(said(NARROW).id)
    for _ in range(2):
        assert ledger.add(ARTICLE, [said(WIDE)]) == Added(article_new=False, kept=1)
        assert list(ledger.records()) == [before]
        assert ledger.orphans() == []


def test_a_judged_record_with_the_same_words_is_not_touched(ledger):
    ledger.judge(said(NARROW), "edit", by=BY, field="venue", new="the harbour")
    before = ledger.get(said(NARROW).id)
    ledger.add(ARTICLE, [said(NARROW, speaker=None)])
    assert ledger.get(before.id) == before


def test_judgements_for_which_there_is_nothing_any_more_are_listed(ledger):
    judgement = ledger.judge(said(NARROW), "accept", by=BY)
    ledger.add(ARTICLE, [said(FAR)])
    assert ledger.orphans() == [judgement]
    assert len(ledger.records()) == 2
    ledger.add(ARTICLE, [said(NARROW)])
    assert ledger.orphans() == []


def test_what_refers_to_the_new_proposal_refers_to_the_judged_record(ledger):
    ledger.judge(said(NARROW), "accept", by=BY)
    position = made.make(
        Position, ARTICLE, {"words": "rejected a truce"}, actor=made.ORDEN, issue="There is to be a truce.", stance="oppose",
        according_to=Authority(kind="statement", id=said(WIDE).id, name="Émile Orden"), derived_from=(said(WIDE).id,),
    )  # fmt: skip
    ledger.add(ARTICLE, [said(WIDE), position])
    kept = ledger.positions[0]
    assert kept.derived_from == (said(NARROW).id,)
    assert kept.according_to.id == said(NARROW).id
    assert ledger.add(ARTICLE, [said(WIDE), position]) == Added(article_new=False, kept=1)


def test_records_on_the_same_words_are_told_apart_by_what_they_say():
    spans = {"words": "met Velkova on Sunday"}
    consult = made.make(Event, ARTICLE, spans, "CONSULT", type="CONSULT", actors=(made.ORDEN,))
    support = made.make(Event, ARTICLE, spans, "SUPPORT", type="SUPPORT", actors=(made.ORDEN,))
    wider = {"words": "He met Velkova on Sunday"}
    new = [
        made.make(Event, ARTICLE, wider, kind, type=kind, actors=(made.ORDEN,)) for kind in ("SUPPORT", "CONSULT", "AGREE")
    ]
    assert attach([consult, support], new) == {new[0].id: support.id, new[1].id: consult.id}


def test_a_statement_inside_another_one_is_not_taken_for_it():
    inner = said({"cue": "rejected", "content": "a truce"})
    outer = said({"content": made.TEXT.splitlines()[1]})
    assert 0 < overlap(inner, outer) < 0.5
    assert attach([inner], [outer]) == {}


def test_records_of_two_kinds_are_never_one():
    position = made.make(Position, ARTICLE, {"words": "rejected a truce"}, actor=None, issue="A truce.", stance="oppose")
    event = made.make(Event, ARTICLE, {"words": "rejected a truce"}, type="REJECT")
    assert attach([position], [event]) == {}
