"""Coalitions reported: verdicts, intervals in place of probabilities, pivotal conditions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.weighing import coalitions as c
from detente.weighing import situation as s
from detente.weighing.draws import draw
from detente.weighing.network import network_of
from detente.weighing.results import CoalitionReport

from . import strategies
from .made import fact, joining, member, pact, party, term, told


def report(situation: s.Situation, draws: int = 4000) -> CoalitionReport:
    return c.Coalitions(situation, draw(situation, draws, np.random.default_rng(3))).reports()[0]


WAITS = pact(
    member("a"), member("b", joining(target="f")), member("c", joining(target="d")), member("d", joining(target="c")),
    member("e", joining(target="n")), member("g", status="out"), facts=(fact("f"), fact("n", 0, 0)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "verdict", "by_itself", "together"),
    [
        ("a", c.CERTAIN, (1, 1), (1, 1)),
        ("b", c.OPEN, (0, 1), (0, 1)),
        ("c", c.CIRCULAR, (0, 0), (1, 1)),
        ("e", c.NEVER, (0, 0), (0, 0)),
        ("g", c.NEVER, (0, 0), (0, 0)),
    ],
)
def test_verdicts(actor: str, verdict: str, by_itself: tuple[int, int], together: tuple[int, int]) -> None:
    (m,) = [m for m in report(WAITS).members if m.actor == actor]
    assert m.verdict == verdict
    assert (m.by_itself.low, m.by_itself.high) == by_itself
    assert (m.together.low, m.together.high) == together
    assert m.sources == (f"me-{actor}",)


def test_how_many_there_can_be() -> None:
    r = report(WAITS)
    # By itself a, with luck b; together c and d as well.
    assert (r.least, r.greatest) == ((1, 2), (3, 4))
    assert r.reached is None


@pytest.mark.parametrize(("cases", "point"), [(0, False), (19, False), (20, True), (500, True)])
def test_a_point_only_from_twenty_comparable_cases(cases: int, point: bool) -> None:
    situation = pact(member("a", joining(target="f")), member("b"), facts=(fact("f", 0.2, 0.6, cases),), needs=2)
    r = report(situation)
    assert r.reached is not None
    assert r.pivotal is not None
    for share in (r.reached, r.members[0].together, r.members[0].by_itself):
        assert (share.point is not None) is point
        assert share.cases == cases
        assert share.low == pytest.approx(0.2, abs=0.04)
        assert share.high == pytest.approx(0.6, abs=0.04)
        if share.point is not None:
            assert share.point == pytest.approx(0.4, abs=0.04)
    assert (r.pivotal.effect is not None) is point
    assert r.pivotal.error == 0  # all else is certain, so the draws add no noise


def test_the_worst_known_fact_decides_whether_there_is_a_point() -> None:
    facts = (fact("f", 0.2, 0.6, 100), fact("g", 0.2, 0.6, 3), fact("h", 0.2, 0.6, 0))
    both = pact(member("a", joining(target="f"), joining(target="g")), member("b", joining(target="h")), facts=facts)
    assert [m.together.cases for m in report(both).members] == [3, 0]
    assert report(both).members[0].together.point is None


def test_the_pivotal_condition_changes_the_chance_most() -> None:
    # Three are needed; the mandate brings two at once, the loan one.
    situation = pact(
        member("a"), member("b", joining(target="mandate")), member("c", joining(target="mandate")),
        member("d", joining(target="loan")), facts=(fact("loan", cases=30), fact("mandate", cases=30)), needs=3,
    )  # fmt: skip
    r = report(situation)
    assert r.pivotal is not None
    assert (r.pivotal.fact, r.pivotal.loses) == ("mandate", ("B", "C"))
    assert r.pivotal.effect == pytest.approx(1.0)


def test_the_pivotal_condition_of_a_member_is_one_that_it_hangs_on() -> None:
    situation = pact(member("a", joining(target="f")), member("b", joining(target="g")), facts=(fact("f"), fact("g")))
    pivots = [m.pivotal for m in report(situation).members]
    assert [p.fact for p in pivots if p] == ["f", "g"]
    assert pivots[0] is not None
    assert pivots[0].loses == ("A",)


def test_a_term_can_be_pivotal_and_says_what_it_rests_on() -> None:
    situation = pact(member("a", joining(target="t")), terms=(term("t", "a truce"),))
    pivotal = report(situation).pivotal
    assert pivotal is not None
    assert (pivotal.fact, pivotal.text, pivotal.sources) == ("t", "a truce", ("t", "me-a"))


LEAGUE = (term("army", "an army", "watch", "shield"), term("watch", "a watch", "army", "shield"), term("shield", "a shield", "army", "watch"))


@pytest.mark.parametrize("draws", [1, 7, 60, 1000])
@pytest.mark.parametrize("named", ["army", "watch", "shield"])
def test_of_terms_that_need_each_other_the_one_that_members_name_is_pivotal_whatever_the_draws(named: str, draws: int) -> None:
    pivotal = report(pact(member("a", joining(target=named)), member("b", joining(target=named)), terms=LEAGUE), draws).pivotal
    assert pivotal is not None
    assert (pivotal.fact, pivotal.alike, pivotal.named_by, pivotal.loses) == (named, (), ("A", "B"), ("A", "B"))
    assert set(pivotal.with_it) == {t.proposition for t in LEAGUE} - {pivotal.text}
    assert {"me-a", "me-b", named} == set(pivotal.sources)
    assert "named by A, B" in pivotal.words
    assert "stands or falls together with" in pivotal.words


def test_what_most_members_name_is_pivotal_and_what_all_hang_on_before_it() -> None:
    # Two name the watch and one the army, which the others hang on through that one.
    facts = (fact("watch"), fact("army"))
    some = pact(member("a", joining(target="army")), member("b", joining(target="watch")), member("c", joining(target="watch")), facts=facts)
    through = some.replace(members=(*some.members[:1], *(m.replace(conditions=(*m.conditions, joining(target="a"))) for m in some.members[1:])))
    pivots = [report(case).pivotal for case in (some, through)]
    assert [(p.fact, p.named_by) for p in pivots if p] == [("watch", ("B", "C")), ("army", ("A",))]
    assert pivots[1] is not None
    assert pivots[1].loses == ("A", "B", "C")


def test_a_tie_is_told_as_one() -> None:
    two = pact(member("a", joining(target="f"), joining(target="g")), facts=(fact("f"), fact("g")))
    pivotal = report(two).pivotal
    assert pivotal is not None
    assert (pivotal.fact, pivotal.alike, pivotal.loses_alike) == ("f", ("g comes true",), True)
    assert 0 < pivotal.error < 0.01
    assert pivotal.words == (
        "pivotal conditions, which neither the record nor the draws tell apart: “f comes true”; “g comes true”; named by A; "
        "standard error of the draws 0.01; without any one of them out: A"
    )
    each = pact(member("a", joining(target="f")), member("b", joining(target="g")), facts=(fact("f"), fact("g")))
    apart = report(each).pivotal
    assert apart is not None
    assert (apart.alike, apart.loses_alike) == (("g comes true",), False)
    assert "without the first out: A" in apart.words


def test_three_that_no_member_names_more_than_another_stand_or_fall_together() -> None:
    pivotal = report(pact(member("a", *(joining(target=t.id) for t in LEAGUE)), terms=LEAGUE)).pivotal
    assert pivotal is not None
    assert pivotal.words.startswith("pivotal conditions, which stand or fall together: “an army”; “a watch”; “a shield”; named by A")


def test_counted_cases_come_before_the_number_of_members() -> None:
    # One can nearly be taken for granted and two hang on it; the other is doubtful, and all three are needed.
    facts = (fact("sure", 0.9, 1.0, 40), fact("doubtful", 0.0, 0.1, 40))
    members = (member("a", joining(target="sure")), member("b", joining(target="sure")), member("c", joining(target="doubtful")))
    counted = report(pact(*members, facts=facts, needs=3)).pivotal
    guessed = report(pact(*members, facts=tuple(f.replace(cases=0) for f in facts), needs=3)).pivotal
    assert counted is not None
    assert guessed is not None
    assert (counted.fact, guessed.fact) == ("doubtful", "sure")
    assert counted.effect == pytest.approx(0.95, abs=4 * counted.error)


@settings(max_examples=30)
@given(strategies.situations(wordless=True), st.integers(0, 2**32 - 1))
def test_what_is_pivotal_by_the_record_hangs_on_no_seed(situation: s.Situation, seed: int) -> None:
    """Of assumed chances the record speaks first: another seed may break a tie between equals, and nothing else."""
    # Who can be in at all hangs on the draws where a share of what they could bring to bear decides.
    assume(not any(condition.share for m in situation.members for condition in m.conditions))
    one, other = (c.Coalitions(situation, draw(situation, 30, np.random.default_rng(n))).reports() for n in (0, seed))
    for first, second in zip(one, other, strict=True):
        if first.pivotal and first.pivotal.loses and first.pivotal.effect is None:
            assert second.pivotal is not None
            for field in ("named_by", "loses"):
                assert len(getattr(first.pivotal, field)) == len(getattr(second.pivotal, field))


def test_where_nothing_is_open_nothing_is_pivotal() -> None:
    r = report(pact(member("a"), member("b", joining(target="a")), needs=2))
    assert r.pivotal is None
    assert r.reached is not None
    assert (r.reached.low, r.reached.point, r.reached.high, r.reached.cases) == (1, 1, 1, None)


def test_what_a_member_hangs_on_reaches_through_others() -> None:
    situation = pact(
        member("a", joining(target="f")), member("b", joining(target="a")), member("c", joining(count=2)), member("d"),
        facts=(fact("f"), fact("g")),
    )  # fmt: skip
    net = network_of(situation)
    assert c.upstream(net, net.needs_fact).tolist() == [
        [True, False], [True, False], [True, False], [False, False],
    ]  # fmt: skip


def test_how_often_an_assumed_capability_suffices_is_no_probability() -> None:
    parties = (party("A", s.assumed(0, 1, "a guess")), party("B", told(0.2)), party("C", told(1)))
    situation = pact(member("a"), member("b"), member("c", joining(share=0.4)), parties=parties)
    share = report(situation).members[2].together
    assert (share.low, share.point, share.high, share.cases) == (0, None, 1, 0)
    sure = report(situation.replace(parties=(party("A", told(1)), *parties[1:]))).members[2].together
    assert (sure.low, sure.point, sure.high, sure.cases) == (1, 1, 1, None)


@settings(max_examples=40)
@given(strategies.situations(wordless=True))
def test_intervals_hold_the_middle_and_one_after_another_is_never_more(situation: s.Situation) -> None:
    asked = c.Coalitions(situation, draw(situation, 60, np.random.default_rng(0)))
    for low, high in ((asked.low, asked.middle), (asked.middle, asked.high)):
        assert (low.greatest <= high.greatest).all()
    for coalition in asked.reports():
        for m in coalition.members:
            assert 0 <= m.by_itself.low <= m.by_itself.high <= 1
            assert m.by_itself.low <= m.together.low
            assert m.by_itself.high <= m.together.high
