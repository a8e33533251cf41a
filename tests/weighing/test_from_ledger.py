"""From records to a situation: nothing invented, nothing lost without a word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.store import Ledger
from detente.records import Article, Condition, Evidence
from detente.weighing import dumps, loads, situation_from, weigh
from detente.weighing.from_ledger import Held

from .made import Records, deal, membership, position_record, term_record

HARBOUR = Records(
    positions=(
        position_record("po-1", "Ostrava", "Marland keeps the harbour", "oppose"),
        position_record("po-2", "Marland", "Marland keeps the harbour", "support"),
        position_record("po-3", "Norwick", "the harbour is open", "support"),
    ),
    terms=(
        term_record("te-1", "a Tessalian backstop", depends_on=("te-2",), required=True, proposed_by=["Marland"]),
        term_record("te-2", "a strong Marland", depends_on=("te-1",), status="agreed"),
        term_record("te-3", "the Tessalian backstop", status="under_negotiation"),
    ),
    memberships=(
        membership("me-1", "Marland", "in"),
        membership("me-2", "Norwick", "conditional", Condition(text="with a Tessalian backstop", type="term")),
    ),
    deals=(
        deal("de-1", (1, "an older plan", ("Brask",))),
        deal("de-2", (1, "draft a plan", ("Marland", "Norwick")), (2, "present it", ("Ostrava",))),
        deal("de-3"),
    ),
)


def test_the_parties_are_all_that_have_a_part_each_once_in_order() -> None:
    assert [p.name for p in situation_from(HARBOUR).parties] == ["Ostrava", "Marland", "Norwick"]


def test_who_must_take_part_in_a_step_is_a_veto_player() -> None:
    parties = situation_from(HARBOUR).parties
    assert [p.veto.sources if p.veto else None for p in parties] == [("de-2",)] * 3
    without = situation_from(Records(positions=HARBOUR.positions))
    assert [p.veto for p in without.parties] == [None] * 3


def test_capability_and_salience_are_assumed_and_say_so() -> None:
    situation = situation_from(HARBOUR)
    for value in (*(p.capability for p in situation.parties), *(x.salience for x in situation.standings)):
        assert (value.low, value.high, value.assumed_by, value.sources) == (0, 1, "détente", ())
        assert "not in the text" in value.note


def test_terms_of_one_wording_are_one_term() -> None:
    terms = situation_from(HARBOUR).terms
    assert [t.id for t in terms] == ["te-1", "te-2"]
    assert terms[0].basis.sources == ("te-1", "te-3")
    assert (terms[0].status, terms[0].required, terms[0].depends_on) == ("under_negotiation", True, ("te-2",))


@pytest.mark.parametrize(
    ("change", "low", "high", "assumed"),
    [
        ({"status": "agreed"}, 1, 1, False),
        ({"status": "rejected"}, 0, 0, False),
        ({"status": "withdrawn"}, 0, 0, False),
        ({"status": "proposed"}, 0, 1, True),
        ({}, 0, 1, True),
        ({"status": "agreed", "hearsay": True}, 0, 1, True),
        ({"status": "agreed", "factuality": "planned"}, 0, 1, True),
    ],
)
def test_only_what_is_agreed_is_certain(change: dict[str, Any], low: float, high: float, assumed: bool) -> None:
    (term,) = situation_from(Records(terms=(term_record("te-1", "a truce", **change),))).terms
    assert (term.chance.low, term.chance.high, term.chance.assumed) == (low, high, assumed)


def test_the_sequence_is_that_of_the_last_deal_that_has_one() -> None:
    situation = situation_from(HARBOUR)
    assert [(s.order, s.action, s.actors) for s in situation.steps] == [
        (1, "draft a plan", ("marland", "norwick")), (2, "present it", ("ostrava",)),
    ]  # fmt: skip
    assert any("de-1" in what for what in situation.left_out)


@pytest.mark.parametrize(
    ("records", "named"),
    [
        (HARBOUR, "po-3"),
        (Records(terms=(term_record("te-1", "a truce", review="rejected"),)), "te-1"),
        (Records(terms=(term_record("te-1", "a truce", factuality="negated"),)), "te-1"),
        (Records(terms=(term_record("te-1", "a truce", depends_on=("te-x",)),)), "te-x"),
    ],
)
def test_what_is_left_out_is_named(records: Held, named: str) -> None:
    assert any(named in what for what in situation_from(records).left_out)


def test_no_records_give_an_empty_situation() -> None:
    situation = situation_from(Records(), title="nothing yet")
    assert (situation.title, situation.parties, list(situation.inputs())) == ("nothing yet", (), [])


names = st.sampled_from(["Ostrava", "Marland", "Norwick", "Lorne"])
wordings = st.sampled_from(["a truce", "the truce", "a Norwick guarantee", "", "not a truce"])
conditions = st.builds(
    Condition, text=wordings, type=st.sampled_from(["term", "actor_joins", "count", "mandate", "other"]),
    target=st.sampled_from([None, "te-0", "te-7", "marland", "2", "0", "a League mandate"]),
)  # fmt: skip


@st.composite
def records(draw: Any) -> Records:
    """Records that agree, contradict, point nowhere and point in circles."""
    every = st.lists(names, max_size=2, unique=True)
    stance = st.sampled_from(["support", "oppose", "conditional", "ambiguous"])
    return Records(
        positions=tuple(
            position_record(f"po-{k}", draw(names), draw(wordings), draw(stance)) for k in range(draw(st.integers(0, 4)))
        ),
        terms=tuple(
            term_record(
                f"te-{k}", draw(wordings), proposed_by=draw(every), rejected_by=draw(every),
                depends_on=tuple(draw(st.lists(st.sampled_from(["te-0", "te-1", "te-7"]), max_size=2))),
                status=draw(st.sampled_from([None, "agreed", "rejected", "floated"])),
            )
            for k in range(draw(st.integers(0, 3)))
        ),
        memberships=tuple(
            membership(
                f"me-{k}", draw(names), draw(st.sampled_from(["in", "invited", "conditional", "out"])),
                *draw(st.lists(conditions, max_size=2)),
            )
            for k in range(draw(st.integers(0, 4)))
        ),
        deals=tuple(deal(f"de-{k}", (1, "meet", tuple(draw(every)))) for k in range(draw(st.integers(0, 2)))),
    )  # fmt: skip


@given(records())
def test_any_records_give_a_situation_that_can_be_written_read_and_weighed(held: Records) -> None:
    situation = situation_from(held)
    assert loads(dumps(situation)) == situation
    known = {r.id for part in (held.positions, held.terms, held.memberships, held.deals) for r in part}
    assert {source for i in situation.inputs() for source in i.sources} <= known
    if situation.issues or situation.members or situation.terms:
        assert weigh(situation, draws=5).counted == len(list(situation.inputs()))


def test_a_ledger_gives_the_same_as_its_records() -> None:
    text = "Ostrava opposes the pier. Marland wants the pier. Norwick is in the Pact."
    article = Article.of(text, "made.txt", published="2025-03-02")

    def grounded(record: Any, words: str) -> Any:
        start = text.index(words)
        return record.replace(article=article.id, evidence=(Evidence.of(text, "words", start, start + len(words)),))

    positions = (
        grounded(position_record("po-1", "Ostrava", "the pier", "oppose"), "Ostrava opposes the pier"),
        grounded(position_record("po-2", "Marland", "the pier", "support"), "Marland wants the pier"),
    )
    memberships = (grounded(membership("me-1", "Norwick", "in"), "Norwick is in the Pact"),)
    with Ledger.memory() as ledger:
        ledger.add(article, [*positions, *memberships])
        assert situation_from(ledger) == situation_from(Records(positions=positions, memberships=memberships))
        report = weigh(situation_from(ledger))
        ledger.save_weighing(report.to_weighing())
        assert [w.inputs for w in ledger.weighings()] == [report.inputs]
