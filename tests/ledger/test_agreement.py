"""Reviewers' agreement: Krippendorff's alpha on his published example, and the records on which they differ."""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import RecordError, UnknownName
from detente.ledger import Ledger
from detente.ledger.agreement import nominal_alpha

from . import made

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": binary data of two observers in section A, nominal data of
# two in section B, of four with missing values in section C. The fifteen units of three observers are the computational example
# that encyclopaedias give, with 0.691 for nominal data.
BINARY = ["0100000010", "1110010000"]
TWO_OBSERVERS = ["aabbdcccedda", "babbbccceddd"]
THREE_OBSERVERS = [".....34121133.3", "1.213343.......", "..21344.21133.4"]
FOUR_OBSERVERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
PUBLISHED = [
    ("binary", BINARY, 0.095),
    ("two", TWO_OBSERVERS, 0.692),
    ("three", THREE_OBSERVERS, 0.691),
    ("four", FOUR_OBSERVERS, 0.743),
]


def units(rows):
    return [[v for v in column if v != "."] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "alpha"), [pytest.param(*case[1:], id=case[0]) for case in PUBLISHED])
def test_the_published_examples(rows, alpha):
    assert nominal_alpha(units(rows)) == pytest.approx(alpha, abs=0.0005)


NO_VALUE = [[], [["a"]], [["a", "a"], ["a", "a"]], [["a"], ["b"]]]


@pytest.mark.parametrize("given_units", NO_VALUE)
def test_there_is_no_alpha_without_pairs_or_variation(given_units):
    assert nominal_alpha(given_units) is None


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=8))
def test_alpha_is_one_less_observed_over_expected_disagreement(given_units):
    """The definition, summed over pairs one by one, beside the formula that sums over values."""
    pairable = [u for u in given_units if len(u) > 1]
    n = sum(map(len, pairable))
    observed = sum(sum(a != b for a, b in permutations(u, 2)) / (len(u) - 1) for u in pairable)
    counts = Counter(v for u in pairable for v in u)
    expected = sum(counts[a] * counts[b] for a, b in permutations(counts, 2))
    found = nominal_alpha(given_units)
    if not expected:
        assert found is None
    else:
        assert found is not None
        assert math.isclose(found, 1 - (n - 1) * observed / expected, abs_tol=1e-9)
        assert found <= 1


# ------------------------------------------------------------------ in a ledger


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        ledger.add(made.article(), made.records(made.article()), made.ACTORS)
        yield ledger


def test_the_last_decision_of_each_reviewer_counts(ledger):
    one, two = ledger.statements
    pledge = ledger.pledges[0]
    for record in (one, two, pledge):
        ledger.judge(record, "reject", by="Ana")
        ledger.undo_last(by="Ana")
        ledger.judge(record, "accept", by="Ana")
    ledger.judge(one, "accept", by="Ben")
    ledger.judge(two, "unsure", by="Ben")
    ledger.judge(pledge, "edit", by="Ben", field="stage", new="committed")
    ledger.judge(ledger.events[0], "accept", by="Ben")
    found = ledger.agreement()
    assert (found.records, found.decisions, found.agreed) == (2, 4, 1)
    assert found.reviewers == {"Ana": 2, "Ben": 2}
    (differ,) = found.disagreements
    assert (differ.record, differ.kind) == (pledge.id, "pledge")
    assert differ.decisions == {"Ana": "accepted", "Ben": 'edited: stage = "committed"'}
    assert found.alpha == pytest.approx(nominal_alpha([["x", "x"], ["x", "y"]]))
    assert found.by_kind["statement"] is None


def test_one_reviewer_agrees_with_nobody(ledger):
    ledger.judge(ledger.statements[0], "accept", by="Ana")
    found = ledger.agreement()
    assert (found.alpha, found.reason) == (None, "no record was decided by two reviewers")
    ledger.judge(ledger.statements[0], "accept", by="Ben")
    assert "nothing to tell agreement from chance by" in str(ledger.agreement().reason)


# ------------------------------------------------------------------ disputed and corrected, with the reply beside


def test_a_reply_stands_beside_the_record_until_it_is_undone(ledger):
    pledge = ledger.pledges[0]
    ledger.remark(
        pledge,
        "disputed",
        by="Ana",
        reply="There is no such loan.",
        of="Ministry of Marland",
        source="marland.example/1",
    )
    ledger.remark(pledge, "corrected", by="Ben", note="the outlet withdrew the sum")
    disputed, corrected = ledger.remarks(pledge)
    assert (disputed.mark, disputed.reply, disputed.of) == (
        "disputed",
        "There is no such loan.",
        "Ministry of Marland",
    )
    assert (corrected.mark, corrected.reply, corrected.note) == (
        "corrected",
        None,
        "the outlet withdrew the sum",
    )
    assert ledger.get(pledge.id).review == "disputed"
    assert ledger.check() == []
    ledger.undo_last(by="Ben")
    ledger.undo_last(by="Ana")
    assert ledger.remarks(pledge) == []
    ledger.redo_last(by="Ana")
    assert ledger.remarks(pledge)[0].reply == "There is no such loan."


def test_a_plain_dispute_is_a_remark_too(ledger):
    ledger.judge(ledger.pledges[0], "dispute", by="Ana", note="denied on Monday")
    (found,) = ledger.remarks(ledger.pledges[0])
    assert (found.mark, found.reply, found.note) == ("disputed", None, "denied on Monday")


def test_a_remark_that_says_half_is_refused(ledger):
    with pytest.raises(RecordError, match="expected the reply itself"):
        ledger.remark(ledger.pledges[0], "disputed", by="Ana", of="Ministry of Marland")
    with pytest.raises(UnknownName, match="'wrong'"):
        ledger.remark(ledger.pledges[0], "wrong", by="Ana")
    assert ledger.judgements() == []
