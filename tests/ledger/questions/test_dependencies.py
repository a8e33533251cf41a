"""What hangs on what, at first and at second hand."""

from __future__ import annotations

import pytest

from detente.ledger.questions import depends

from .conftest import TIMES


def test_everything_that_hangs_on_something(deal):
    assert sorted((d.kind, d.what, d.on) for d in depends(deal)) == [
        ("membership", "Tormund in League of the Coast", "if Marland does"),
        ("position", "Émile Orden: There is to be a truce.", "only with a monitoring mission"),
        ("term", "A truce holds.", "A mission watches."),
        ("term", "Prisoners go home.", "A truce holds."),
    ]


HANGS_ON = [
    ("Monitoring Mission", ["Émile Orden: There is to be a truce."]),
    ("Marland", ["Tormund in League of the Coast"]),
    ("a mission watches", ["A truce holds.", "Prisoners go home."]),
    ("a harbour", []),
    ("", []),
]


@pytest.mark.parametrize(("on", "expected"), HANGS_ON)
def test_what_hangs_on_one_thing_at_first_or_second_hand(deal, on, expected):
    assert sorted(d.what for d in depends(deal, on)) == expected


def test_what_hangs_on_a_term_by_its_id_and_how_far_off(deal):
    mission = deal.terms.where(category="monitoring").first()
    answer = depends(deal, mission.id)
    assert {d.what: d.degree for d in answer} == {
        "A truce holds.": 1, "Prisoners go home.": 2, "Émile Orden: There is to be a truce.": 1,
    }  # fmt: skip
    assert "hangs on: A truce holds. (term), 2 steps from what was asked for" in answer.text()
    assert answer.notes == ()
    assert {d.degree for d in depends(deal)} == {None}


def test_terms_that_need_each_other_come_to_an_end(deal):
    truce = deal.terms.where(category="ceasefire").first()
    home = deal.terms.where(category="prisoners").first()
    deal.judge(truce, "edit", by="A. Reader", field="depends_on", new=[home.id])
    assert len(depends(deal, truce.id)) == 2


def test_a_rejected_term_holds_nothing_up(deal):
    deal.judge(deal.terms.where(category="monitoring").first(), "reject", by="A. Reader")
    assert len(depends(deal)) == 3


def test_a_pledge_hangs_on_its_conditions(pledges):
    (dependency,) = depends(pledges)
    assert (dependency.kind, dependency.what, dependency.on) == (
        "pledge",
        "announced a 2.2bn crown loan",
        "if its parliament agrees",
    )
    assert pledges.get(dependency.record).article == TIMES.id
