"""Voting bodies: what is refused, and swings counted against every set tried one by one."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.weighing.voting import Rule, VotingBody, swings


@st.composite
def rules(draw: Any, members: int) -> Rule:
    weights = draw(st.tuples(*[st.integers(0, 6)] * members).filter(any))
    return Rule(weights, draw(st.integers(1, sum(weights))))


@st.composite
def bodies(draw: Any, most: int = 5) -> VotingBody:
    """Bodies of one or two ways of one or two rules."""
    n = draw(st.integers(1, most))
    ways = draw(st.lists(st.lists(rules(n), min_size=1, max_size=2).map(tuple), min_size=1, max_size=2))
    return VotingBody(tuple(f"m{i}" for i in range(n)), tuple(ways))


@st.composite
def partitions(draw: Any, members: int) -> list[list[int]]:
    """Every member in one of some unions."""
    label = [draw(st.integers(0, members - 1)) for _ in range(members)]
    return [[i for i in range(members) if label[i] == k] for k in sorted(set(label))]


def subsets(items: list[Any]) -> list[tuple[Any, ...]]:
    return [s for size in range(len(items) + 1) for s in combinations(items, size)]


@settings(max_examples=80)
@given(st.data())
def test_swings_are_those_found_one_by_one(data: st.DataObject) -> None:
    body = data.draw(bodies())
    unions = data.draw(partitions(len(body.members)))
    counted = swings(body, unions)
    for k, union in enumerate(unions):
        for i in union:
            expected = np.zeros((len(unions), len(union)), np.int64)
            for whole in subsets([u for u in range(len(unions)) if u != k]):
                for own in subsets([j for j in union if j != i]):
                    yes = {j for u in whole for j in unions[u]} | set(own)
                    before, after = ([j in s for j in range(len(body.members))] for s in (yes, yes | {i}))
                    expected[len(whole), len(own)] += body.passes(after) and not body.passes(before)
            assert counted[i].tolist() == expected.tolist()


@pytest.mark.parametrize("members", [62, 63, 70])
def test_counts_are_exact_on_both_sides_of_64_bits(members: int) -> None:
    # With one vote each a member decides where quota − 1 of the others are in favour.
    quota = members // 2
    body = VotingBody.weighted(dict.fromkeys((f"m{i}" for i in range(members)), 1), quota)
    counted = swings(body, [[i] for i in range(members)])
    assert int(sum(counted[0].sum(axis=1).tolist())) == comb(members - 1, quota - 1)
    # With two votes also where quota − 2 are. Unequal weights need an axis of the table, equal ones none.
    uneven = VotingBody.weighted({f"m{i}": 2 if i == 0 else 1 for i in range(members)}, quota)
    own = swings(uneven, [[i] for i in range(members)])[0]
    assert sum(own.sum(axis=1).tolist()) == comb(members - 1, quota - 1) + comb(members - 1, quota - 2)


def test_a_common_unit_of_weight_does_not_matter() -> None:
    small = VotingBody.weighted({"a": 3, "b": 2, "c": 1}, 4)
    large = VotingBody.weighted({"a": 3000, "b": 2000, "c": 1000}, 3001)  # more than 3 of 6 is 4
    singles = [[0], [1], [2]]
    for a, b in zip(swings(small, singles), swings(large, singles), strict=True):
        assert a.tolist() == b.tolist()


@pytest.mark.parametrize(
    ("weights", "quota", "words"),
    [
        ((1, 2), 0, "got 0, expected 1 to 3"),
        ((1, 2), 4, "got 4, expected 1 to 3"),
        ((1, 2, 3), 3, "got 3, expected one for each of 2 members"),
        ((0.5, 0.5), 1, "expected whole numbers"),
        ((-1, 2), 1, "expected whole numbers"),
        ((True, True), 1, "expected whole numbers"),
    ],
)
def test_a_rule_that_is_none_is_refused(weights: Any, quota: int, words: str) -> None:
    with pytest.raises(SituationError, match=words):
        VotingBody(("a", "b"), ((Rule(weights, quota),),))


@pytest.mark.parametrize(
    ("members", "ways"), [((), ((),)), (("a", "a"), ((),)), (("a",), ()), (("a",), ((),))]
)
def test_a_body_that_is_none_is_refused(members: Any, ways: Any) -> None:
    with pytest.raises(SituationError, match=r"members|ways"):
        VotingBody(members, ways)


def test_a_table_that_does_not_fit_says_what_would() -> None:
    body = VotingBody.weighted({"a": 500_000_000, "b": 333_333_333, "c": 1}, 500_000_000)
    with pytest.raises(SituationError, match="divide weights and quota"):
        swings(body, [[0], [1], [2]])
