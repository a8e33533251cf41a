"""Term by party: proposes, accepts, rejects, unclear."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger
from detente.ledger.questions import terms

from .. import made
from .telling import on, term


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


def views(row):
    return {p.actor.name: (p.views, p.earlier) for p in row.parties}


def test_the_matrix_of_one_term(ledger):
    term(
        ledger,
        "Velkova proposed monitors, Orden refused them.",
        proposed_by=(made.VELKOVA,),
        rejected_by=(made.ORDEN,),
        status="proposed",
    )
    term(
        ledger,
        "The League has not said whether it wants monitors.",
        unclear_for=(made.LEAGUE,),
        required=True,
    )
    (row,) = terms(ledger)
    assert views(row) == {
        "Ana Velkova": (("proposes",), ()), "Émile Orden": (("rejects",), ()), "League of the Coast": (("unclear",), ()),
    }  # fmt: skip
    assert row.heading == "A mission monitors the truce. — monitoring, status proposed, required"
    assert row.who("rejects") == (made.ORDEN,)
    assert [line["party"] for line in row.cells()] == ["Ana Velkova", "League of the Coast", "Émile Orden"]
    assert len(row.places) == 2


def test_a_later_view_replaces_an_earlier_one(ledger):
    term(ledger, "Orden refused monitors.", rejected_by=(made.ORDEN,), status="rejected")
    term(
        ledger,
        "Orden took the monitors.",
        accepted_by=(made.ORDEN,),
        status="agreed",
        source=on("2025-03-09"),
    )
    (row,) = terms(ledger)
    assert views(row) == {"Émile Orden": (("accepts",), ("rejects",))}
    assert row.status == "agreed"
    assert "accepts: Émile Orden (before: rejects)" in list(row.details())
    assert views(terms(ledger, as_of="2025-03-02")[0]) == {"Émile Orden": (("rejects",), ())}


def test_hearsay_replaces_nothing_and_is_marked(ledger):
    term(ledger, "Orden refused monitors.", rejected_by=(made.ORDEN,))
    term(
        ledger,
        "Orden is said to take the monitors.",
        accepted_by=(made.ORDEN,),
        hearsay=True,
        source=on("2025-03-09"),
    )
    (row,) = terms(ledger)
    assert views(row) == {"Émile Orden": (("rejects",), ())}
    assert "hearsay" in "\n".join(row.details())


def test_views_of_one_day_that_differ_are_both_shown(ledger):
    term(ledger, "Orden refused monitors.", rejected_by=(made.ORDEN,))
    term(ledger, "Orden took the monitors.", accepted_by=(made.ORDEN,), source=on("2025-03-02", "Coast News"))
    assert sorted(terms(ledger)[0].parties[0].views) == ["accepts", "rejects"]


def test_what_a_term_needs_and_which_are_asked_for(ledger):
    mission = term(ledger, "Monitors must come.", proposed_by=(made.VELKOVA,))
    term(
        ledger,
        "Then prisoners go home.",
        category="prisoners",
        proposition="Prisoners go home.",
        depends_on=(mission.id, "te-nothing"),
    )
    home = terms(ledger, "prisoners")
    assert [row.proposition for row in home] == ["Prisoners go home."]
    assert "needs: A mission monitors the truce." in list(home[0].details())
    assert "no party is on record with a view of it" in list(home[0].details())
    assert home.notes == ("1 term without any party's view",)
    assert [row.category for row in terms(ledger, "monitoring")] == ["monitoring"]
    assert [row.category for row in terms(ledger, actor="Ana Velkova")] == ["monitoring"]
    assert terms(ledger, "harbour").rows == ()


def test_what_is_said_to_be_out_of_the_deal_is_left_out(ledger):
    out = term(ledger, "Monitors are no part of it.", factuality="negated")
    answer = terms(ledger)
    assert (answer.rows, [i.place.record for i in answer.left_out]) == ((), [out.id])
