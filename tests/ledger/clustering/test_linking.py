"""From pairs to groups: no drift, no order, nothing left out; and the contract that every kind of thing keeps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.clustering.linking import Groups
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


def grouped(things, how):
    """What the groups are, told plainly: each thing compared with all leaders before it."""
    groups = []
    for thing in sorted(things, key=how.order):
        takes = (
            group
            for group in groups
            if how.keys(group[0]) & how.probes(thing)
            and how.same(group[0], thing)
            and all(how.fits(member, thing) for member in group)
        )
        joined = next(takes, None)
        groups.append([thing]) if joined is None else joined.append(thing)
    return groups


class Ledgered:
    """Numbers that come and go, with the groups as a ledger keeps them between the changes."""

    def __init__(self, how):
        self.how, self.things, self.kept = how, set(), {}

    def change(self, come, go):
        """Let numbers come and others go; their groups fall apart, as clusters do."""
        loose = {*come, *(m for n in go for m in self.kept.get(n, ()))} - set(go)
        self.things = (self.things | set(come)) - set(go)
        known = set(loose)
        groups = Groups(self.how, lambda keys: find(keys))

        def find(keys):
            under = {key: [n for n in sorted(self.things) if key in self.how.keys(n)] for key in keys}
            for number in sorted({n for found in under.values() for n in found}):
                if number not in known:
                    known.update(self.kept[number])
                    groups.know(self.kept[number])
            return under

        groups.loose(loose)
        groups.settle()
        for number in {*loose, *go}:
            self.kept.pop(number, None)
        for group in groups.changed.values():
            self.kept.update(dict.fromkeys(group, group))

    @property
    def groups(self):
        return sorted({tuple(group) for group in self.kept.values()})


NUMBERS = st.lists(st.integers(0, 40), unique=True, max_size=20)
CHANGES = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6)


def at_once(numbers):
    ledgered = Ledgered(Near())
    ledgered.change(numbers, [])
    return [list(group) for group in ledgered.groups]


@given(CHANGES)
def test_what_comes_and_goes_leaves_the_groups_that_are_made_at_once(changes):
    ledgered = Ledgered(Near())
    for come, go in changes:
        ledgered.change(set(come) - ledgered.things, ledgered.things & set(go))
        assert ledgered.groups == [tuple(g) for g in grouped(ledgered.things, Near())]


@given(NUMBERS)
def test_groups_hold_each_thing_once_and_no_chain_leads_away_from_the_leader(numbers):
    found = at_once(numbers)
    assert sorted(n for group in found for n in group) == sorted(numbers)
    for leader, *rest in found:
        assert all(abs(leader - n) <= 2 and (leader - n) % 2 == 0 for n in rest)


def test_a_thing_joins_the_first_group_that_takes_it():
    assert at_once([1, 2, 3, 4, 5, 6]) == [[1, 3], [2, 4], [5], [6]]


def test_who_comes_before_a_leader_takes_its_place_and_only_its_own_group_changes():
    asked = []

    class Watched(Near):
        def same(self, one, other):
            asked.append({one, other})
            return super().same(one, other)

    ledgered = Ledgered(Watched())
    ledgered.change([2, 4, 20, 22], [])
    asked.clear()
    ledgered.change([0], [])
    assert ledgered.groups == [(0, 2), (4,), (20, 22)]
    assert all(max(pair) < 10 for pair in asked)


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

    def test_the_order_leaves_nothing_open(self, how, things):
        assert len({how.order(t) for t in things}) == 3

    def test_it_does_not_matter_which_of_two_comes_first(self, how, things):
        for one in things:
            for other in things:
                assert how.same(one, other) == how.same(other, one)
                assert how.fits(one, other) == how.fits(other, one)
                if how.same(one, other):
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
