"""What was promised: right, repeats folded, and each part one step from its words."""

from __future__ import annotations

import pytest

from detente.ledger.clustering import cluster
from detente.ledger.questions import promises
from detente.records import Article

from .. import made
from .conftest import POST, crowns, pledge


def test_a_loan_in_two_outlets_is_one_promise_with_a_difference_in_the_sum(pledges):
    loan, finance = promises(pledges)
    assert len(loan.places) == 2
    assert loan.outlets == ("Marland Times", "The Ostrava Post")
    assert loan.differences == (
        "the sum differs between outlets: 2.26bn crowns (The Ostrava Post); 2.2bn (Marland Times)",
    )
    assert loan.amount == crowns("2.26bn crowns", 2.26e9)
    assert [[p.record for p in f.places] for f in loan.figures] == [[p.record] for p in loan.places[::-1]]
    assert loan.stage == "committed"
    assert [c.text for c in loan.conditions] == ["if its parliament agrees"]
    assert loan.made_by == (made.VELKOVA,)
    assert "sums that agree" in loan.reason
    assert (len(finance.places), finance.differences, finance.reason) == (1, (), None)


def test_every_place_has_the_exact_words(pledges):
    for promise in promises(pledges):
        for place in promise.places:
            assert place.words in pledges.article(place.article).text
            assert pledges.get(place.record).core[0].exact == place.words


def test_a_denial_and_a_rejected_record_are_no_promises(pledges):
    finance = promises(pledges)[1]
    pledges.judge(finance.id, "reject", by="A. Reader")
    assert len(promises(pledges)) == 1


def test_what_no_person_has_accepted_is_told(pledges):
    loan = promises(pledges)[0]
    assert loan.unaccepted == tuple(p.record for p in loan.places)
    pledges.judge(loan.places[0].record, "accept", by="A. Reader")
    assert promises(pledges)[0].unaccepted == (loan.places[1].record,)


@pytest.mark.parametrize(
    ("actor", "count"),
    [("Ostrava", 2), ("ostrava", 2), ("Ana Velkova", 1), ("Marland", 0), (made.OSTRAVA, 2), ("Nobody", 0)],
)
def test_the_promises_of_one_actor(pledges, actor, count):
    assert len(promises(pledges, actor)) == count


def test_the_stage_is_that_of_the_latest_article(pledges):
    later = POST.replace(id="", text="x").of(
        "Ostrava suspended the 2.2bn crown loan to Marland.", "c.txt", published="2025-06-01"
    )
    pledges.add(
        later,
        [
            pledge(
                later,
                "suspended the 2.2bn crown loan",
                crowns("2.2bn", 2.2e9),
                type="loan",
                stage="suspended",
            )
        ],
    )
    assert promises(pledges)[0].stage == "suspended"


def test_the_ledgers_clusters_and_the_rule_give_the_same_promises(pledges):
    before = promises(pledges).to_dict()["rows"]
    cluster(pledges)
    assert sorted(p.id for p in promises(pledges)) == sorted(row["id"] for row in before)
    assert [[p["record"] for p in row["places"]] for row in promises(pledges).to_dict()["rows"]] == [
        [p["record"] for p in row["places"]] for row in before
    ]


@pytest.mark.parametrize("clustered", [False, True])
def test_what_a_person_merges_or_splits_stays_so(pledges, clustered):
    loan, finance = promises(pledges)
    if clustered:
        cluster(pledges)
    pledges.merge(finance.places[0].record, loan.places[0].record, by="A. Reader")
    assert sorted(len(p.places) for p in promises(pledges)) in ([3], [1, 2])
    assert any(
        finance.places[0].record in [x.record for x in p.places] and len(p.places) > 1
        for p in promises(pledges)
    )
    pledges.split(finance.places[0].record, by="A. Reader")
    assert [finance.places[0].record] in [[x.record for x in p.places] for p in promises(pledges)]


def test_the_outcome_is_that_of_the_latest_article(pledges):
    for day, outcome in (("2025-06-01", "part_kept"), ("2025-07-01", "kept")):
        later = Article.of(f"The 2.2bn crown loan of Ostrava to Marland, {day}.", f"{day}.txt", published=day)
        pledges.add(
            later,
            [pledge(later, "The 2.2bn crown loan", crowns("2.2bn", 2.2e9), type="loan", outcome=outcome)],
        )
    assert promises(pledges)[0].outcome == "kept"
    assert promises(pledges, as_of="2025-06-15")[0].outcome == "part_kept"
