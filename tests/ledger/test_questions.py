"""Answers to an analyst's questions: right, and each part one step from its words."""

from __future__ import annotations

import pytest

from detente.ledger import Ledger
from detente.ledger.questions import coalition, depends, promises, statements_by_speaker
from detente.records import (
    Actor,
    Amount,
    Article,
    Condition,
    Membership,
    Pledge,
    Position,
    Statement,
    Term,
)

from . import made

TERM = made.ActorRef(id="state:TM", name="Tormund")


def crowns(surface, value):
    return Amount(value=value, unit="CRN", surface=surface)


POST = Article.of(
    "Ostrava signed a loan of 2.26bn crowns with Marland. It also promised 1.6bn crowns of export finance. It will not send troops.",
    "post.txt", publisher="The Ostrava Post", published="2025-03-02",
)  # fmt: skip
TIMES = Article.of("Ostrava had announced a 2.2bn crown loan to Marland if its parliament agrees.", "times.txt", publisher="Marland Times", published="2025-03-01")


def pledge(article, words, amount, **fields):
    return made.make(Pledge, article, {"words": words}, amount=amount, **({"pledger": (made.OSTRAVA,), "beneficiary": (made.MARLAND,)} | fields))


@pytest.fixture
def pledges():
    with Ledger.memory() as ledger:
        ledger.add(POST, [
            pledge(POST, "signed a loan of 2.26bn crowns", crowns("2.26bn crowns", 2.26e9), type="loan", stage="committed", made_by=made.VELKOVA),
            pledge(POST, "1.6bn crowns of export finance", crowns("1.6bn crowns", 1.6e9), type="loan", stage="announced", beneficiary=()),
            pledge(POST, "will not send troops", None, type="troops", factuality="negated"),
        ], made.ACTORS)  # fmt: skip
        conditions = (Condition(text="if its parliament agrees", type="other"),)
        ledger.add(TIMES, [
            pledge(TIMES, "announced a 2.2bn crown loan", crowns("2.2bn", 2.2e9), type="loan", stage="announced", conditions=conditions),
        ])  # fmt: skip
        yield ledger


def test_a_loan_in_two_outlets_is_one_promise_with_a_difference_in_the_sum(pledges):
    loan, finance = promises(pledges)
    assert len(loan.places) == 2
    assert loan.outlets == ("Marland Times", "The Ostrava Post")
    assert loan.differences == ("the sum differs between outlets: 2.26bn crowns (The Ostrava Post); 2.2bn (Marland Times)",)
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


@pytest.mark.parametrize(("actor", "count"), [("Ostrava", 2), ("ostrava", 2), ("Ana Velkova", 1), ("Marland", 0), (made.OSTRAVA, 2), ("Nobody", 0)])
def test_the_promises_of_one_actor(pledges, actor, count):
    assert len(promises(pledges, actor)) == count


def test_the_stage_is_that_of_the_latest_article(pledges):
    later = POST.replace(id="", text="x").of("Ostrava suspended the 2.2bn crown loan to Marland.", "c.txt", published="2025-06-01")
    pledges.add(later, [pledge(later, "suspended the 2.2bn crown loan", crowns("2.2bn", 2.2e9), type="loan", stage="suspended")])
    assert promises(pledges)[0].stage == "suspended"


# ------------------------------------------------------------------ what depends on what

DEAL = Article.of(
    "A monitoring mission must watch the truce. Prisoners go home once the truce holds. Tormund will join the League if Marland does. "
    "Orden backs the truce only with a monitoring mission.",
    "deal.txt", published="2025-03-04",
)  # fmt: skip


@pytest.fixture
def deal():
    with Ledger.memory() as ledger:
        mission = made.make(Term, DEAL, {"words": "A monitoring mission must watch the truce"}, category="monitoring", proposition="A mission watches.")
        truce = made.make(Term, DEAL, {"words": "the truce holds"}, category="ceasefire", proposition="A truce holds.", depends_on=(mission.id,))
        home = made.make(Term, DEAL, {"words": "Prisoners go home"}, category="prisoners", proposition="Prisoners go home.", depends_on=(truce.id,))
        joins = made.make(
            Membership, DEAL, {"words": "Tormund will join the League"}, coalition=made.LEAGUE, actor=TERM, status="conditional",
            conditions=(Condition(text="if Marland does", type="actor_joins", target=made.MARLAND.id),),
        )
        backs = made.make(
            Position, DEAL, {"words": "Orden backs the truce"}, actor=made.ORDEN, issue="There is to be a truce.", stance="conditional",
            conditions=(Condition(text="only with a monitoring mission", type="term", target=mission.id),),
        )  # fmt: skip
        ledger.add(DEAL, [mission, truce, home, joins, backs], [*made.ACTORS, Actor(id=TERM.id, name="Tormund", type="state")])
        yield ledger


def test_everything_that_hangs_on_something(deal):
    assert sorted((d.kind, d.what, d.on) for d in depends(deal)) == [
        ("membership", "Tormund in League of the Coast", "if Marland does"),
        ("position", "Émile Orden: There is to be a truce.", "only with a monitoring mission"),
        ("term", "A truce holds.", "A mission watches."),
        ("term", "Prisoners go home.", "A truce holds."),
    ]


def test_a_pledge_hangs_on_its_conditions(pledges):
    (dependency,) = depends(pledges)
    assert (dependency.kind, dependency.what, dependency.on) == ("pledge", "announced a 2.2bn crown loan", "if its parliament agrees")
    assert pledges.get(dependency.record).article == TIMES.id


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


def test_what_hangs_on_a_term_by_its_id(deal):
    mission = deal.terms.where(category="monitoring").first()
    assert len(depends(deal, mission.id)) == 3


def test_terms_that_need_each_other_come_to_an_end(deal):
    truce = deal.terms.where(category="ceasefire").first()
    home = deal.terms.where(category="prisoners").first()
    deal.judge(truce, "edit", by="A. Reader", field="depends_on", new=[home.id])
    assert len(depends(deal, truce.id)) == 2


def test_a_rejected_term_holds_nothing_up(deal):
    deal.judge(deal.terms.where(category="monitoring").first(), "reject", by="A. Reader")
    assert len(depends(deal)) == 3


# ------------------------------------------------------------------ coalition and speakers


def test_a_coalition_with_its_members_and_what_they_ask_for(deal):
    later = Article.of("Tormund is in the League. Marland was asked to join it.", "later.txt", published="2025-03-09")
    deal.add(later, [
        made.make(Membership, later, {"words": "Tormund is in the League"}, coalition=made.LEAGUE, actor=TERM, status="in", role="leader"),
        made.make(Membership, later, {"words": "Marland was asked to join"}, coalition=made.LEAGUE, actor=made.MARLAND, status="invited"),
    ])  # fmt: skip
    (league,) = coalition(deal)
    assert [(m.actor.name, m.status, m.role) for m in league.members] == [("Tormund", "in", "leader"), ("Marland", "invited", None)]
    tormund = league.members[0]
    assert tormund.shifted
    assert [status for status, _ in tormund.history] == ["conditional", "in"]
    assert [deal.get(place.record).actor for _, place in tormund.history] == [TERM, TERM]
    assert league.who("invited") == (made.MARLAND,)
    assert coalition(deal, "league of the coast") == [league]
    assert coalition(deal, "Nobody") == []


def test_a_coalition_before_anything_changed(deal):
    (league,) = coalition(deal)
    assert [(m.status, m.shifted, [c.text for c in m.conditions]) for m in league.members] == [("conditional", False, ["if Marland does"])]
    deal.judge(deal.memberships[0], "reject", by="A. Reader")
    assert coalition(deal) == []


def test_speakers_with_most_statements_first_and_the_unknown_last():
    with Ledger.memory() as ledger:
        article = made.article()
        nobody = made.make(Statement, article, {"cue": "said", "content": "Ostrava"}, speaker=None, mode="mixed", reasons={"speaker": "no name near"})
        orden = made.make(Statement, article, {"cue": "rejected", "content": "a truce"}, speaker=made.ORDEN, mode="indirect", hearsay=True)
        ledger.add(article, [*made.records(article), nobody, orden], made.ACTORS)
        found = statements_by_speaker(ledger)
        assert [s.speaker for s in found] == [made.VELKOVA, made.ORDEN, None]
        assert [len(s.statements) for s in found] == [2, 1, 1]
        assert {mode: len(ids) for mode, ids in found[0].by_mode.items()} == {"direct": 1, "mixed": 0, "indirect": 1}
        assert found[1].hearsay == (orden.id,)
        assert found[2].reasons == {nobody.id: "no name near"}
        assert [len(s.statements) for s in statements_by_speaker(ledger, mode="direct")] == [1]
        ledger.judge(orden, "reject", by="A. Reader")
        assert len(statements_by_speaker(ledger)) == 2


def test_an_empty_ledger_answers_with_nothing():
    with Ledger.memory() as ledger:
        assert [promises(ledger), depends(ledger), coalition(ledger), statements_by_speaker(ledger)] == [[], [], [], []]
