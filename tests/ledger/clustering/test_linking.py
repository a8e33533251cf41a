"""From pairs to groups: no drift, no order, nothing left out; and the contract that every kind of thing keeps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.clustering.linking import connected, grouped
from detente.ledger.clustering.update import KINDS
from detente.records import Cluster

from ...articles.test_near import TEXT, changed
from .. import made
from .said import article, event, ledger_of, pledge, statement


class Near:
    """Numbers that are the same where they are at most two apart; odd and even ones do not fit together."""

    of = "number"

    def serial(self, thing: int) -> int:
        return thing

    def keys(self, thing: int) -> frozenset[int]:
        return frozenset({thing // 2})

    def probes(self, thing: int) -> frozenset[int]:
        return frozenset({thing // 2 - 1, thing // 2, thing // 2 + 1})

    def order(self, thing: int) -> tuple[Any, ...]:
        return (thing,)

    def same(self, one: int, other: int) -> bool:
        return abs(one - other) <= 2

    def fits(self, one: int, other: int) -> bool:
        return (one - other) % 2 == 0


NUMBERS = st.lists(st.integers(0, 40), unique=True, max_size=20)


@given(NUMBERS, st.randoms(use_true_random=False))
def test_groups_are_the_same_in_any_order_and_hold_each_thing_once(numbers, random):
    expected = grouped(numbers, Near())
    random.shuffle(numbers)
    assert grouped(numbers, Near()) == expected
    assert sorted(n for group in expected for n in group) == sorted(numbers)


@given(NUMBERS)
def test_no_chain_leads_away_from_the_leader(numbers):
    for leader, *rest in grouped(numbers, Near()):
        assert all(abs(leader - n) <= 2 and (leader - n) % 2 == 0 for n in rest)


def test_a_thing_joins_the_first_group_that_takes_it():
    assert grouped([1, 2, 3, 4, 5, 6], Near()) == [[1, 3], [2, 4], [5], [6]]


@given(NUMBERS, NUMBERS)
def test_all_that_pairs_lead_to_is_reached(numbers, start):
    how = Near()

    def near(things):
        return [(n, [t for t in things if how.keys(n) & how.probes(t)]) for n in numbers]

    reached, fresh = set(start), set(start)
    while fresh:
        fresh = {n for n in numbers if any(how.same(n, t) for t in fresh)} - reached
        reached |= fresh
    assert set(connected(start, near, how)) == reached


TOLD = {
    "story": [(article(TEXT), []), (article(changed(TEXT, 0.05)), []), (article("Nothing of the sort."), [])],
    "statement": [statement("“We will stay here for good.”"), statement("“We will stay here for good.”", "Velkova"), statement("no")],
    "event": [event("They met", "Ana", "Tomas"), event("Ana met Tomas", "Ana", "Tomas"), event("It rained")],
    "pledge": [pledge("to send a field hospital and forty nurses"), pledge("a field hospital with nurses"),
               pledge("to go", pledger=(made.MARLAND,))],
}  # fmt: skip


@pytest.mark.parametrize("how", KINDS, ids=lambda how: how.of)
class TestSameness:
    """What every kind of thing that is compared keeps to."""

    @pytest.fixture
    def things(self, how):
        told = TOLD[how.of]
        with ledger_of() as ledger:
            for of, record in told:
                ledger.add(of, [record] if record else [])
            return how.load(ledger.connection, [1, 2, 3, 99])

    def test_what_is_there_is_loaded_by_its_number(self, how, things):
        assert sorted(how.serial(t) for t in things) == [1, 2, 3]
        assert len({how.name(t) for t in things}) == 3

    def test_nothing_is_loaded_where_nothing_is_asked(self, how, things):
        with ledger_of() as ledger:
            assert how.load(ledger.connection, []) == how.load(ledger.connection, [1]) == []

    def test_a_thing_is_found_by_its_own_probes(self, how, things):
        assert all(how.keys(t) <= how.probes(t) for t in things)

    def test_the_order_leaves_nothing_open(self, how, things):
        assert len({how.order(t) for t in things}) == 3

    def test_it_does_not_matter_which_of_two_comes_first(self, how, things):
        for one in things:
            for other in things:
                assert how.same(one, other) == how.same(other, one)
                assert how.fits(one, other) == how.fits(other, one)
                assert bool(how.keys(one) & how.probes(other)) == bool(how.keys(other) & how.probes(one))

    def test_the_two_that_are_the_same_make_a_cluster(self, how, things):
        groups = [group for group in grouped(things, how) if len(group) > 1]
        (group,) = groups
        found = how.cluster(group)
        assert isinstance(found, Cluster)
        assert (found.of, found.origin.by) == (how.of, "rule")
        assert sorted(found.members) == sorted(how.name(t) for t in group)
        assert found.reason
        assert found == how.cluster([group[0], *reversed(group[1:])])
