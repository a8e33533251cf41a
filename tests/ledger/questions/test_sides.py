"""Who sides with whom, over how much, and who bridges."""

from __future__ import annotations

import pytest

from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.questions import Bridge, Pairing, sides
from detente.records import ActorRef

from .. import made
from .telling import event, on, position, term

TORMUND = ActorRef(id="state:TM", name="Tormund")


@pytest.fixture
def ledger():
    with Ledger.memory() as opened:
        yield opened


def pairs(ledger, **more):
    return {
        tuple(a.name for a in p.pair): (p.agreement, len(p.shared))
        for p in sides(ledger, **more)
        if isinstance(p, Pairing)
    }


def bridges(ledger, actor=None):
    return {
        b.actor.name: [tuple(a.name for a in p) for p in b.between]
        for b in sides(ledger, actor)
        if isinstance(b, Bridge)
    }


def stance(ledger, actor, issue, value, **fields):
    return position(ledger, f"{actor.name} says {value} to {issue}.", issue, value, actor=actor, **fields)


SCORES = [
    (("support", "support"), ("support", "support"), 1.0),
    (("support", "oppose"), ("support", "oppose"), 1.0),
    (("support", "support"), ("oppose", "oppose"), 0.0),
    (("support", "support"), ("support", "oppose"), 0.5),
    (("support", "conditional"), ("support", "oppose"), 0.75),
    (("conditional", "conditional"), ("conditional", "support"), 0.75),
]


@pytest.mark.parametrize(("one", "other", "score"), SCORES, ids=str)
def test_agreement_over_two_propositions(ledger, one, other, score):
    for actor, stances in ((made.VELKOVA, one), (made.ORDEN, other)):
        for issue, value in zip(("a bigger harbour", "a longer bridge"), stances, strict=True):
            stance(ledger, actor, issue, value)
    assert pairs(ledger) == {("Ana Velkova", "Émile Orden"): (score, 2)}


def test_too_little_in_common_has_no_score_and_is_counted(ledger):
    stance(ledger, made.VELKOVA, "a bigger harbour", "support")
    stance(ledger, made.ORDEN, "a bigger harbour", "support")
    assert pairs(ledger) == {}
    assert "no score for 1 pair with fewer than 2 propositions in common" in sides(ledger).notes
    assert pairs(ledger, least=1) == {("Ana Velkova", "Émile Orden"): (1.0, 1)}
    with pytest.raises(RecordError, match="least: got 0"):
        sides(ledger, least=0)


def test_terms_count_beside_positions_and_a_contradiction_counts_for_nothing(ledger):
    stance(ledger, made.VELKOVA, "a bigger harbour", "support")
    stance(ledger, made.ORDEN, "a bigger harbour", "oppose")
    term(
        ledger,
        "Velkova proposed monitors, Orden refused them.",
        proposed_by=(made.VELKOVA,),
        rejected_by=(made.ORDEN,),
    )
    assert pairs(ledger) == {("Ana Velkova", "Émile Orden"): (0.0, 2)}
    stance(ledger, made.ORDEN, "A mission monitors the truce.", "support", source=on("2025-03-03"))
    assert pairs(ledger, least=1) == {("Ana Velkova", "Émile Orden"): (0.0, 1)}


def test_words_that_are_about_two_issues_are_one_thing_to_agree_on(ledger):
    both = "a coalition of the willing would guarantee the settlement"
    stance(ledger, made.VELKOVA, both, "support")
    stance(ledger, made.ORDEN, both, "support")
    assert pairs(ledger) == {}
    assert pairs(ledger, least=1) == {("Ana Velkova", "Émile Orden"): (1.0, 1)}


@pytest.mark.parametrize(
    "fields", [{"hearsay": True}, {"factuality": "planned"}, {"stance": "ambiguous"}], ids=str
)
def test_what_is_no_firm_stance_does_not_count(ledger, fields):
    stance(ledger, made.VELKOVA, "a bigger harbour", "support")
    given = {"stance": "support"} | fields
    position(ledger, "Orden and the harbour.", "a bigger harbour", given.pop("stance"), **given)
    assert pairs(ledger, least=1) == {}


# ------------------------------------------------------------------ who bridges


def test_a_broker_is_in_contact_with_two_who_are_not(ledger):
    event(ledger, "Velkova met Orden.", [made.VELKOVA], [made.ORDEN])
    talks = event(ledger, "Velkova called Tormund.", [made.VELKOVA], [TORMUND])
    assert bridges(ledger) == {"Ana Velkova": [("Tormund", "Émile Orden")]}
    (bridge,) = sides(ledger)
    assert talks.id in [p.record for p in bridge.places]
    assert bridges(ledger, "Émile Orden") == {}
    event(ledger, "Orden met Tormund.", [made.ORDEN], [TORMUND])
    assert bridges(ledger) == {}


def test_a_meeting_brings_all_its_participants_together(ledger):
    event(ledger, "All three met.", [made.VELKOVA, made.ORDEN], [TORMUND])
    assert bridges(ledger) == {}


NO_CONTACT = [{"type": "ACCUSE"}, {"factuality": "planned"}, {"factuality": "negated"}, {"hearsay": True}]


@pytest.mark.parametrize("fields", NO_CONTACT, ids=str)
def test_what_is_no_contact(ledger, fields):
    event(ledger, "Velkova met Orden.", [made.VELKOVA], [made.ORDEN])
    event(ledger, "Velkova and Tormund.", [made.VELKOVA], [TORMUND], **fields)
    assert bridges(ledger) == {}


def test_support_ties_the_sides_and_not_those_on_one_side(ledger):
    event(ledger, "Velkova and Orden back Tormund.", [made.VELKOVA, made.ORDEN], [TORMUND], type="SUPPORT")
    assert bridges(ledger) == {"Tormund": [("Ana Velkova", "Émile Orden")]}
