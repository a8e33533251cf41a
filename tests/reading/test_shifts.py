"""Shifts: a later stance supersedes an earlier one, where words or days tell which is which, and never otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading import positions
from detente.reading.shifts import matter, shifted
from detente.records import Evidence, Origin, Position, Stance

from .made_pages import page_of, ref, with_statement

STANCES: list[Stance] = ["support", "oppose", "conditional", "ambiguous"]


def position(at: int, actor: str, issue: str, stance: Stance, valid_from: str | None = None) -> Position:
    words = Evidence(field="words", start=at, end=at + 1, exact="x")
    return Position(
        id=f"po-{at}", article="a", evidence=(words,), origin=Origin(by="rule", name="test"), actor=ref(actor),
        issue=issue, stance=stance, valid_from=valid_from,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Ostrava once opposed the dam. Ostrava now supports the dam.", [("support", "oppose")]),
        ("Ostrava now supports the dam. Ostrava previously opposed the dam.", [("support", "oppose")]),
        ("Ostrava opposed the dam last year. Ostrava now supports the dam.", [("support", "oppose")]),
        ("Ostrava opposed the dam. Ostrava supports the dam.", []),
        ("Ostrava once opposed the dam. Marland now supports the dam.", []),
        ("Ostrava once opposed the dam. Ostrava now supports the treaty.", []),
        ("Ostrava once supported the dam. Ostrava now supports the dam.", []),
    ],
)
def test_the_words_tell_which_came_first(text: str, pairs: list[tuple[str, str]]) -> None:
    found = positions.read(page_of(text))
    stance = {one.id: one.stance for one in found}
    assert [(one.stance, stance[one.supersedes]) for one in found if one.supersedes] == pairs
    assert all(one.reasons["supersedes"] for one in found if one.supersedes)


def test_a_stance_held_before_has_no_day_of_its_own() -> None:
    first, second = positions.read(page_of("Ostrava once opposed the dam. Ostrava now supports the dam."))
    assert (first.valid_from, second.valid_from) == (None, "2031-05-14")
    assert "not told" in first.reasons["valid_from"]


def test_days_put_stances_in_order_where_the_words_do_not() -> None:
    said = [
        position(9, "Keld", "the dam", "oppose", "2031-05-10"),
        position(1, "Keld", "the dam", "support", "2031-05-12"),
    ]
    first, second = shifted(said, {"po-9": 0, "po-1": 0})
    assert (first.supersedes, second.supersedes) == (None, "po-9")


def test_of_three_stances_each_supersedes_the_one_before_it() -> None:
    said = [
        position(n, "Keld", "a dam", stance, f"2031-05-1{n}")
        for n, stance in enumerate(("oppose", "ambiguous", "support"))
    ]
    found = shifted(said, dict.fromkeys(("po-0", "po-1", "po-2"), 0))
    assert [one.supersedes for one in found] == [None, "po-0", "po-1"]


@pytest.mark.parametrize(
    ("one", "other"), [("the dam", "a dam"), ("the dam last year", "The dam"), ("its dam", "the dam")]
)
def test_one_matter_in_two_wordings(one: str, other: str) -> None:
    assert matter(one) == matter(other)


@pytest.mark.parametrize(
    ("one", "other"), [("the dam", "the dam on the lake"), ("the 2030 treaty", "the treaty")]
)
def test_two_matters_are_not_one(one: str, other: str) -> None:
    assert matter(one) != matter(other)


ROWS = st.tuples(
    st.sampled_from(["Keld", "Marland"]), st.sampled_from(["the dam", "a treaty"]), st.sampled_from(STANCES),
    st.sampled_from([None, "2031-05-10", "2031-05-12"]), st.sampled_from([-1, 0, 1]),
)  # fmt: skip


@given(st.lists(ROWS, max_size=8))
def test_a_shift_is_of_one_actor_on_one_matter_and_never_goes_round(
    rows: list[tuple[str, str, Stance, str | None, int]],
) -> None:
    said = [position(at, *row[:4]) for at, row in enumerate(rows)]
    found = {p.id: p for p in shifted(said, {f"po-{at}": row[4] for at, row in enumerate(rows)})}
    assert list(found) == [p.id for p in said]
    for one in found.values():
        seen = {one.id}
        while one.supersedes:
            earlier = found[one.supersedes]
            assert (earlier.actor, matter(earlier.issue)) == (one.actor, matter(one.issue))
            assert earlier.stance != one.stance
            assert earlier.id not in seen
            seen.add(earlier.id)
            one = earlier


def test_a_shift_within_what_is_said() -> None:
    text = "Ana Velkova said she once opposed the dam. Ana Velkova said she now supports the dam."
    page = page_of(text, she="Ana Velkova")
    page = with_statement(page, "Ana Velkova", "she once opposed the dam", "said")
    page = with_statement(page, "Ana Velkova", "she now supports the dam", "said")
    first, second = positions.read(page)
    assert second.supersedes == first.id
