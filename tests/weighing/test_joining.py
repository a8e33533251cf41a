"""Conditional joining against every set of nodes tried one by one, and cases worked by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from detente.weighing.coalitions import upstream
from detente.weighing.draws import draw
from detente.weighing.joining import ConditionalJoining, greatest_after, met
from detente.weighing.situation import Situation

from . import made, strategies
from .made import fact, joining, member, pact, party, term, told

YES, NO = {"low": 1.0, "high": 1.0}, {"low": 0.0, "high": 0.0}


def settled(situation: Situation) -> tuple[list[str], list[str]]:
    """The members of the least and of the greatest fixed point, in one draw."""
    joined = ConditionalJoining().run(draw(situation, 1, np.random.default_rng(1)).draws)
    actors = [m.actor for m in situation.members]
    least, greatest = (
        [actor for actor, holds in zip(actors, row[0], strict=False) if holds]
        for row in (joined.least, joined.greatest)
    )
    return least, greatest


def test_nobody_waits() -> None:
    assert settled(pact(member("a"), member("b"))) == (["a", "b"], ["a", "b"])


def test_who_is_out_stays_out_whatever_holds() -> None:
    situation = pact(member("a", joining(target="f"), status="out"), member("b"), facts=(fact("f", **YES),))
    assert settled(situation) == (["b"], ["b"])


def test_two_that_wait_for_each_other_need_to_move_at_once() -> None:
    situation = pact(member("a", joining(target="b")), member("b", joining(target="a")))
    assert settled(situation) == ([], ["a", "b"])


def test_a_chain_comes_about_by_itself() -> None:
    waits = [member(x, joining(target=y)) for x, y in ("ab", "bc", "cd")]
    assert settled(pact(*waits, member("d")))[0] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("holds", "expected"), [(YES, ["a"]), (NO, [])])
def test_a_fact_decides(holds: dict[str, float], expected: list[str]) -> None:
    situation = pact(member("a", joining(target="f")), facts=(fact("f", **holds),))
    assert settled(situation) == (expected, expected)


@pytest.mark.parametrize(("count", "joins"), [(1, True), (2, True), (3, False)])
def test_a_count_is_of_others(count: int, joins: bool) -> None:
    situation = pact(member("a"), member("b"), member("c", joining(count=count)))
    assert ("c" in settled(situation)[1]) is joins


@pytest.mark.parametrize(("share", "joins"), [(0.6, True), (0.600001, False), (0.1, True), (1.0, False)])
def test_a_share_is_of_the_capability_of_all_listed(share: float, joins: bool) -> None:
    # The others that join, a and b, have 6 of 10; c has 3; d, who is out, has 1.
    parties = [party(n, told(c)) for n, c in (("A", 4.0), ("B", 2.0), ("C", 3.0), ("D", 1.0))]
    members = (member("a"), member("b"), member("c", joining(share=share)), member("d", status="out"))
    assert ("c" in settled(pact(*members, parties=tuple(parties)))[1]) is joins


def test_a_term_needs_all_that_it_depends_on() -> None:
    terms = (term("t1", "one", "t2", **YES), term("t2", "two", "t3", **YES), term("t3", "three", **NO))
    assert settled(pact(member("a", joining(target="t1")), terms=terms)) == ([], [])


def test_terms_that_depend_on_each_other_are_agreed_at_once() -> None:
    terms = (term("t1", "one", "t2", **YES), term("t2", "two", "t1", **YES))
    assert settled(pact(member("a", joining(target="t1")), terms=terms)) == (["a"], ["a"])


def test_members_of_another_coalition_do_not_count() -> None:
    situation = pact(member("a"), member("b", coalition="other"), member("c", joining(count=2)))
    situation = situation.replace(coalitions=(*situation.coalitions, situation.coalitions[0].replace(id="other")))
    assert settled(situation)[1] == ["a", "b"]


@settings(max_examples=60)
@given(strategies.situations(wordless=True))
def test_the_fixed_points_are_the_least_and_the_greatest_of_all(situation: Situation) -> None:
    draws = draw(situation, 1, np.random.default_rng(0)).draws
    sets = np.array(list(product([False, True], repeat=draws.network.size)), np.bool_).reshape(-1, draws.network.size)
    fixed = [row for row in sets if np.array_equal(met(draws, row[None], np.arange(len(row)))[0], row)]
    joined = ConditionalJoining().run(draws)
    assert_array_equal(joined.least[0], np.all(fixed, axis=0))
    assert_array_equal(joined.greatest[0], np.any(fixed, axis=0))


@settings(max_examples=60)
@given(strategies.situations(wordless=True), st.integers(0, 9), st.booleans())
def test_after_one_fact_changes_only_what_hangs_on_it_is_settled_anew(situation: Situation, which: int, holds: bool) -> None:
    draws = draw(situation, 20, np.random.default_rng(0)).draws
    if not draws.facts.shape[1]:
        return
    fact, net = which % draws.facts.shape[1], draws.network
    after = draws.with_fact(fact, holds)
    before = ConditionalJoining().run(draws).greatest
    kept = before.copy()
    found = greatest_after(after, before, upstream(net, net.needs_fact)[:, fact])
    assert_array_equal(found, ConditionalJoining().run(after).greatest)
    assert_array_equal(before, kept)


def test_a_situation_without_nodes_has_an_empty_answer() -> None:
    joined = ConditionalJoining().run(draw(made.harbour(), 4, np.random.default_rng(0)).draws)
    assert joined.least.shape == joined.greatest.shape == (4, 0)
