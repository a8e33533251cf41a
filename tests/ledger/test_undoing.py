"""A person's last decision is taken back and made again: one, or all that was decided as one, also in another session."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RecordError, UnknownName
from detente.ledger import Ledger

from . import made


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "a.db"
    with Ledger.open(place, create=True) as ledger:
        ledger.add(made.article(), made.records(made.article()), made.ACTORS)
    return place


@pytest.fixture
def ledger(path):
    with Ledger.open(path) as ledger:
        yield ledger
        assert ledger.check() == []


def reviews(ledger):
    return [r.review for r in ledger.records()]


def test_what_was_decided_as_one_is_undone_and_made_again_as_one(path):
    with Ledger.open(path) as ledger:
        decided = ledger.judge_all(ledger.records(), "accept", by="Ana", note="read all of it")
        assert len({j.batch for j in decided}) == 1
        ledger.judge(ledger.records()[0], "reject", by="Ana")
    for undone, expected in ((1, ["accepted"] * 7), (7, ["proposed"] * 7)):
        with Ledger.open(path) as ledger:
            assert len(ledger.undo_last(by="Ana")) == undone
            assert reviews(ledger) == expected
    for again, first in ((7, "accepted"), (1, "rejected")):
        with Ledger.open(path) as ledger:
            made_ = ledger.redo_last(by="Ana")
            assert len(made_) == again
            assert reviews(ledger) == [first] + ["accepted"] * 6
    assert made_[0].by == "Ana"


def test_undo_takes_back_ones_own_decision_and_no_others(ledger):
    one, two = ledger.statements
    ledger.judge(one, "accept", by="Ana")
    ledger.judge(two, "accept", by="Ben")
    assert [j.record for j in ledger.undo_last(by="Ana")] == [one.id]
    with pytest.raises(UnknownName, match="no decision of Ana stands"):
        ledger.undo_last(by="Ana")
    assert ledger.get(two.id).review == "accepted"


def test_where_somebody_has_decided_since_nothing_of_a_batch_is_undone(ledger):
    ledger.judge_all(ledger.records(), "accept", by="Ana")
    ledger.judge(ledger.records()[3], "reject", by="Ben")
    before = ledger.judgements()
    with pytest.raises(RecordError, match="came after"):
        ledger.undo_last(by="Ana")
    assert ledger.judgements() == before
    ledger.undo_last(by="Ben")
    assert len(ledger.undo_last(by="Ana")) == 7


def test_a_new_decision_ends_what_can_be_made_again(ledger):
    one, two = ledger.statements
    ledger.judge(one, "accept", by="Ana")
    ledger.undo_last(by="Ana")
    ledger.judge(two, "accept", by="Ana")
    with pytest.raises(UnknownName, match="nothing to make again"):
        ledger.redo_last(by="Ana")


def test_a_value_is_edited_again(ledger):
    pledge = ledger.pledges[0]
    ledger.judge(pledge, "edit", by="Ana", field="stage", new="committed", note="signed")
    ledger.undo_last(by="Ana")
    (again,) = ledger.redo_last(by="Ana")
    assert (again.action, again.old, again.new, again.note) == ("edit", "announced", "committed", "signed")
    assert ledger.get(pledge.id).stage == "committed"


def test_a_batch_of_which_one_was_undone_alone_is_undone_for_the_rest(ledger):
    decided = ledger.judge_all(ledger.statements, "accept", by="Ana")
    ledger.undo(decided[1].serial, by="Ana")
    assert [j.record for j in ledger.undo_last(by="Ana")] == [decided[0].record]
    assert set(reviews(ledger)) == {"proposed"}


def test_to_be_unsure_leaves_the_record_as_it_is(ledger):
    one = ledger.statements[0]
    made_ = ledger.judge(one, "unsure", by="Ana", note="ask the translator")
    assert (made_.action, made_.old, made_.new) == ("unsure", "proposed", "proposed")
    assert ledger.get(one.id) == one
    ledger.undo_last(by="Ana")
    assert len(ledger.judgements()) == 2


def test_one_that_is_not_there_leaves_all_undecided(ledger):
    with pytest.raises(UnknownName):
        ledger.judge_all([*(r.id for r in ledger.records()), "st-0"], "accept", by="Ana")
    assert ledger.judgements() == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "edit", "all", "undo", "undo", "redo"]), st.integers(0, 1)
    ),
    max_size=15,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_undo_and_redo_do_what_two_stacks_do(steps):
    with Ledger.memory() as ledger:
        ledger.add(made.article(), made.records(made.article()))
        keys = [s.id for s in ledger.statements]

        def state():
            return [(ledger.get(k).review, ledger.get(k).venue) for k in keys]

        done, undone = [], []
        for n, (action, which) in enumerate(steps):
            before = state()
            if action in ("undo", "redo"):
                stack, other = (done, undone) if action == "undo" else (undone, done)
                step = ledger.undo_last if action == "undo" else ledger.redo_last
                if not stack:
                    with pytest.raises(UnknownName):
                        step(by="Ana")
                    continue
                step(by="Ana")
                assert state() == stack.pop()
                other.append(before)
                continue
            if action == "all":
                ledger.judge_all(keys, "accept", by="Ana")
            else:
                fields = {"field": "venue", "new": str(n)} if action == "edit" else {}
                ledger.judge(keys[which], action, by="Ana", **fields)
            done.append(before)
            undone.clear()
        assert ledger.check() == []
