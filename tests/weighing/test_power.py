"""Indices of power: published figures, definitions tried out in full, and what theory promises."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import pairwise, permutations
from math import factorial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError, UnknownName
from detente.weighing.power import Banzhaf, PowerModel, ShapleyShubik
from detente.weighing.voting import Rule, VotingBody

from .test_voting import bodies, partitions

inherited = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.differing_executors])

COUNCIL = VotingBody.weighted(
    {**{f"permanent {i}": 7 for i in range(5)}, **{f"elected {i}": 1 for i in range(10)}}, 39
)
"""The United Nations Security Council: nine of fifteen, among them all five permanent members."""

SIX = VotingBody.weighted({"DE": 4, "FR": 4, "IT": 4, "NL": 2, "BE": 2, "LU": 1}, 12)
"""The Council of the European Economic Community of 1958."""


class PowerContract:
    """Every index: named, published, blind to order and unit, nothing to a member who never decides."""

    model: PowerModel

    def test_name_and_reference(self) -> None:
        assert self.model.name == self.model.name.lower().strip() != ""
        assert any(c.isdigit() for c in self.model.reference)

    @inherited
    @given(st.data())
    def test_a_share_from_0_to_1(self, data: st.DataObject) -> None:
        body = data.draw(bodies())
        unions = [[body.members[i] for i in u] for u in data.draw(partitions(len(body.members)))]
        power = self.model.run(body, unions)
        assert all(0 <= x <= 1 for x in power.exact)
        assert_allclose(power.normalised.sum(), 1.0)
        assert power.value.tolist() == [float(x) for x in power.exact]

    @inherited
    @given(bodies(), st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, body: VotingBody, random: Any) -> None:
        order = random.sample(range(len(body.members)), len(body.members))
        other = VotingBody(
            tuple(body.members[i] for i in order),
            tuple(tuple(Rule(tuple(r.weights[i] for i in order), r.quota) for r in way) for way in body.ways),
        )
        power = dict(zip(body.members, self.model.run(body).exact, strict=True))
        assert dict(zip(other.members, self.model.run(other).exact, strict=True)) == power

    @inherited
    @given(bodies(most=4))
    def test_a_member_without_weight_has_no_power_and_takes_none(self, body: VotingBody) -> None:
        ways = tuple(tuple(Rule((*r.weights, 0), r.quota) for r in way) for way in body.ways)
        power = self.model.run(VotingBody((*body.members, "nobody"), ways))
        assert power.exact[-1] == power.swings[-1] == 0
        assert power.exact[:-1] == self.model.run(body).exact

    @inherited
    @given(st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(any), st.data())
    def test_more_weight_is_never_less_power(self, weights: list[int], data: st.DataObject) -> None:
        quota = data.draw(st.integers(1, sum(weights)))
        power = self.model.run(VotingBody.weighted({f"m{i}": w for i, w in enumerate(weights)}, quota))
        ranked = [x for _, x in sorted(zip(weights, power.exact, strict=True))]
        assert ranked == sorted(ranked)
        assert all(
            x == y
            for x, v in zip(power.exact, weights, strict=True)
            for y, w in zip(power.exact, weights, strict=True)
            if v == w
        )

    @inherited
    @given(bodies())
    def test_unions_of_one_are_none(self, body: VotingBody) -> None:
        plain, alone = self.model.run(body), self.model.run(body, [[m] for m in body.members])
        assert (alone.exact, alone.swings) == (plain.exact, plain.swings)


class TestShapleyShubik(PowerContract):
    model = ShapleyShubik()

    @given(st.data())
    def test_is_the_share_of_orders_in_which_a_member_decides(self, data: st.DataObject) -> None:
        body = data.draw(bodies(most=4))
        unions = data.draw(partitions(len(body.members)))
        union = {i: k for k, u in enumerate(unions) for i in u}
        decided = [0] * len(body.members)
        counted = 0
        for order in permutations(range(len(body.members))):
            blocks = [union[i] for i in order]
            if sum(a != b for a, b in pairwise(blocks)) != len(unions) - 1:
                continue  # a union is split: not an order that Owen counts
            counted += 1
            yes = [False] * len(body.members)
            for i in order:
                yes[i] = True
                if body.passes(yes):
                    decided[i] += 1
                    break
        power = self.model.run(body, [[body.members[i] for i in u] for u in unions])
        assert power.exact == tuple(Fraction(d, counted) for d in decided)

    @given(st.data())
    def test_a_union_has_what_it_would_have_as_one_member(self, data: st.DataObject) -> None:
        body = data.draw(bodies())
        unions = data.draw(partitions(len(body.members)))
        power = self.model.run(body, [[body.members[i] for i in u] for u in unions])
        assert sum(power.exact) == 1
        ways = tuple(
            tuple(Rule(tuple(sum(r.weights[i] for i in u) for u in unions), r.quota) for r in way)
            for way in body.ways
        )
        as_one = self.model.run(VotingBody(tuple(f"u{k}" for k in range(len(unions))), ways))
        assert [sum(power.exact[i] for i in u) for u in unions] == list(as_one.exact)


class TestBanzhaf(PowerContract):
    model = Banzhaf()

    @given(bodies())
    def test_is_the_share_of_sets_of_others_in_which_a_member_decides(self, body: VotingBody) -> None:
        power = self.model.run(body)
        assert power.exact == tuple(Fraction(s, 2 ** (len(body.members) - 1)) for s in power.swings)


# Coleman, Shapley and Shubik print rounded figures; these are the fractions: 9 of 15 with all 5.
def test_the_security_council() -> None:
    index = ShapleyShubik().run(COUNCIL)
    elected = Fraction(factorial(8) * factorial(6) * 84, factorial(15))  # C(9, 3) sets of 8 decide
    assert index.exact[-1] == elected == Fraction(4, 2145)
    assert index.exact[0] == (1 - 10 * elected) / 5
    assert round(float(index.exact[0]), 6) == 0.196270
    banzhaf = Banzhaf().run(COUNCIL)
    assert_allclose(banzhaf.normalised[[0, -1]], [0.166929, 0.016535], atol=5e-7)


def test_luxembourg_never_decided() -> None:
    # Brams and Affuso 1976 found it: a member with a vote and no power.
    power = Banzhaf().run(SIX)
    assert [x / sum(power.exact) for x in power.exact] == [Fraction(n, 21) for n in (5, 5, 5, 3, 3, 0)]


@pytest.mark.parametrize(
    ("quota", "expected"),
    [
        (51, (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))),
        (52, (Fraction(1, 2), Fraction(1, 2), 0)),
        (1, (Fraction(1, 3),) * 3),
    ],
)
def test_forty_nine_votes_are_worth_as_much_as_one_or_as_fifty(
    quota: int, expected: tuple[Fraction, ...]
) -> None:
    # CoopGame 0.2.2's published test values.
    assert ShapleyShubik().run(VotingBody.weighted({"a": 50, "b": 49, "c": 1}, quota)).exact == expected


def test_a_bloc_can_lose_by_uniting() -> None:
    # Of three with one vote each and quota 2 each decides in two orders of six; two that vote alike decide everything.
    body = VotingBody.weighted({"a": 1, "b": 1, "c": 1}, 2)
    assert ShapleyShubik().run(body, [["a", "b"]]).exact == (Fraction(1, 2), Fraction(1, 2), 0)
    assert Banzhaf().run(body, [["a", "b"]]).exact == (Fraction(1, 2), Fraction(1, 2), 0)
    # Unanimity: four with a veto have a quarter each; two of them united a sixth each.
    four = VotingBody.weighted(dict.fromkeys("abcd", 1), 4)
    assert ShapleyShubik().run(four, [["a", "b"]]).exact == tuple(map(Fraction, ("1/6", "1/6", "1/3", "1/3")))


def test_the_council_of_27_under_nice(shared: Path) -> None:
    table = json.loads((shared / "reference/models/eu27_nice_power_indices.json").read_text(encoding="utf-8"))
    rows = table["rows"]
    body = VotingBody.weighted({r["member"]: r["weight"] for r in rows}, table["quota"])
    banzhaf = Banzhaf().run(body)
    assert list(banzhaf.swings) == [r["banzhaf_swings"] for r in rows]
    assert_allclose(banzhaf.normalised, [r["banzhaf_normalized"] for r in rows], rtol=1e-15)
    assert_allclose(ShapleyShubik().run(body).value, [r["shapley_shubik"] for r in rows], rtol=1e-14)


def council_of_28(shared: Path) -> tuple[VotingBody, list[dict[str, Any]]]:
    table = json.loads(
        (shared / "reference/models/eu28_lisbon_power_indices.json").read_text(encoding="utf-8")
    )
    rows = table["rows"]
    people = Rule(tuple(r["pop10k"] for r in rows), table["quota"])
    return VotingBody(tuple(r["member"] for r in rows), ((people, Rule((1,) * 28, 16)),)), rows


def test_the_council_of_28_under_lisbon(shared: Path) -> None:
    body, rows = council_of_28(shared)
    assert_allclose(ShapleyShubik().run(body).value, [r["ssi"] for r in rows], atol=1e-15)
    assert_allclose(Banzhaf().run(body).value, [r["pbi"] for r in rows], atol=1e-15)


def test_a_blocking_minority_needs_four(shared: Path) -> None:
    # Article 16(4) of the Treaty on European Union: without four against, a motion passes whatever the population.
    body, _ = council_of_28(shared)
    ruled = VotingBody(body.members, (*body.ways, (Rule((1,) * 28, 25),)))
    without, having = (ShapleyShubik().run(b).value for b in (body, ruled))
    most = int(np.argmax(without))
    assert having[most] < without[most]
    assert sum(ShapleyShubik().run(ruled).exact) == 1


def test_weights_by_treaty_give_each_council_its_indices(shared: Path) -> None:
    with (shared / "reference/models/eu_council_weights_by_treaty.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for column, quota in (("v9", 41), ("v10", 45), ("v12", 54), ("v15", 62)):
        weights = {r["country"]: int(r[column]) for r in rows if r[column]}
        power = ShapleyShubik().run(VotingBody.weighted(weights, quota))
        assert sum(power.exact) == 1
        assert min(power.exact) > 0, "since 1973 nobody is without power"


def test_a_union_under_a_double_majority() -> None:
    people = Rule((50, 30, 10, 10), 60)
    body = VotingBody(tuple("abcd"), ((people, Rule((1,) * 4, 3)),))
    power = ShapleyShubik().run(body, [["c", "d"]])
    # Three members and 60: in the orders b cd a, cd a b and cd b a it is a who decides, in the other three c or d.
    assert power.unions == (("c", "d"), ("a",), ("b",))
    assert power.exact == tuple(map(Fraction, ("1/2", "0", "1/4", "1/4")))


@pytest.mark.parametrize(
    ("unions", "error"),
    [
        ([["a", "x"]], UnknownName),
        ([["a"], ["a"]], SituationError),
        ([["a", "a"]], SituationError),
        ([[]], SituationError),
    ],
)
def test_unions_that_are_none_are_refused(unions: list[list[str]], error: type[Exception]) -> None:
    with pytest.raises(error, match="unions: got"):
        ShapleyShubik().run(VotingBody.weighted({"a": 1, "b": 1}, 2), unions)
