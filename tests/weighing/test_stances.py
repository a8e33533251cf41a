"""Stances grouped into issues and put on the scale."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import Condition, Position, Stance
from detente.weighing.stances import SPANS, stances

from .made import actor, position_record, term_record

OPEN = "the harbour is open"


def pair(*said: tuple[str, Stance], issue: str = OPEN) -> tuple[Position, ...]:
    """One position a pair of party and stance, on one issue."""
    return tuple(position_record(f"po-{k}", who, issue, stance) for k, (who, stance) in enumerate(said))


@pytest.mark.parametrize(
    ("said", "low", "high", "note"),
    [
        (["support"], 50, 100, "support"),
        (["oppose"], 0, 50, "oppose"),
        (["conditional"], 0, 100, "conditional"),
        (["ambiguous"], 0, 100, "ambiguous"),
        (["support", "support"], 50, 100, "support"),
        (["support", "oppose"], 0, 100, "support and oppose"),
        (["support", "conditional"], 0, 100, "support and conditional"),
    ],
)
def test_a_stance_gives_a_wide_interval_and_a_contradiction_a_wider(
    said: list[Stance], low: float, high: float, note: str
) -> None:
    found = stances(pair(*(("Ostrava", stance) for stance in said), ("Marland", "oppose")), ())
    standing = found.standings[0]
    assert (standing.position.low, standing.position.high, standing.position.mode) == (low, high, None)
    assert standing.position.note == note
    assert standing.position.sources == tuple(f"po-{k}" for k in range(len(said)))
    assert standing.salience.assumed_by == "détente"


def test_every_stance_has_its_interval() -> None:
    assert set(SPANS) == set(Stance.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("The harbour is OPEN", True),
        ("that the harbour be open", True),
        ("the harbour is not open", False),
        ("the open harbour", False),
        ("the harbour is open to Marland", False),
    ],
)
def test_wordings_are_one_issue_only_where_they_plainly_say_the_same(other: str, same: bool) -> None:
    positions = (*pair(("Ostrava", "support")), position_record("po-x", "Marland", other, "oppose"))
    found = stances(positions, ())
    assert len(found.issues) == (1 if same else 0)
    assert len(found.left_out) == (0 if same else 2)


def test_one_party_alone_makes_no_issue_unless_a_term_is_about_it() -> None:
    alone = pair(("Ostrava", "support"), issue="a monitored truce")
    assert stances(alone, ()).issues == ()
    assert "no other party, no term about it (po-0)" in stances(alone, ()).left_out[0]
    related = stances(alone, (term_record("te-1", "a truce"),))
    assert [i.proposition for i in related.issues] == ["a monitored truce"]
    assert stances(alone, (term_record("te-1", "a loan"),)).issues == ()


def test_parts_in_a_term_are_stances_on_it() -> None:
    parts: dict[str, Any] = {"proposed_by": ["Ostrava"], "rejected_by": ["Marland"], "unclear_for": ["Lorne"]}
    found = stances((), (term_record("te-1", "a truce", **parts),))
    assert {x.actor: (x.position.low, x.position.high) for x in found.standings} == {
        "ostrava": (50, 100), "marland": (0, 50), "lorne": (0, 100),
    }  # fmt: skip
    assert all(x.position.sources == ("te-1",) for x in found.standings)


def test_who_only_proposes_makes_no_issue() -> None:
    found = stances((), (term_record("te-1", "a truce", proposed_by=["Ostrava"], accepted_by=["Ostrava"]),))
    assert found.issues == ()
    assert "nobody else has a position on it (te-1)" in found.left_out[0]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"review": "rejected"}, "rejected in review"),
        ({"actor": None}, "nobody could be told"),
        ({"factuality": "hypothetical"}, "it is hypothetical"),
        ({"factuality": "negated"}, "it is negated"),
        ({"issue": "if only the"}, "no words that carry meaning"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_named(change: dict[str, Any], why: str) -> None:
    first, second, third = pair(("Ostrava", "support"), ("Marland", "oppose"), ("Lorne", "oppose"))
    found = stances((first.replace(**change), second, third), ())
    assert {x.actor for x in found.standings} == {"marland", "lorne"}
    assert why in found.left_out[0]
    assert "po-0" in found.left_out[0]


def test_a_superseded_position_gives_way() -> None:
    first, second, third = pair(("Ostrava", "support"), ("Ostrava", "oppose"), ("Marland", "oppose"))
    found = stances((first, second.replace(supersedes="po-0"), third), ())
    assert (found.standings[0].position.sources, found.standings[0].position.high) == (("po-1",), 50)
    assert "superseded" in found.left_out[0]


def test_hedges_and_conditions_are_kept() -> None:
    first, second = pair(("Ostrava", "conditional"), ("Marland", "oppose"))
    conditions = (Condition(text="if the fleet leaves", type="other"),)
    found = stances((first.replace(hearsay=True, factuality="planned", conditions=conditions), second), ())
    assert found.standings[0].position.note == "conditional (by hearsay, planned)"
    assert found.standings[0].conditions == ("if the fleet leaves",)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.text(max_size=9), st.sampled_from(sorted(SPANS))), max_size=8
    )
)
def test_any_wording_gives_issues_that_two_parties_share(said: list[tuple[str, str, Stance]]) -> None:
    positions = [position_record(f"po-{k}", who, issue, stance) for k, (who, issue, stance) in enumerate(said)]
    found = stances(positions, ())
    assert len({i.id for i in found.issues}) == len(found.issues)
    for issue in found.issues:
        assert len([x for x in found.standings if x.issue == issue.id]) > 1
    used = {source for x in found.standings for source in x.position.sources}
    named = " ".join(found.left_out)
    assert all(p.id in used or p.id in named for p in positions), "a position vanished without a word"


def test_ids_do_not_hang_on_order() -> None:
    positions = pair(("Ostrava", "support"), ("Marland", "oppose"))
    assert stances(positions, ()).issues[0].id == stances(positions[::-1], ()).issues[0].id
    assert actor("Ostrava").id in {x.actor for x in stances(positions, ()).standings}
