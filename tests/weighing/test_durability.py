"""Durability: intervals, no number from few cases, and a direction only where the specifications agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import SituationError, UnknownName
from detente.weighing.base_rates import ANY, comparable, conflicts, endings
from detente.weighing.durability import Durability, Known, durability, effect_of
from detente.weighing.situation import ENOUGH_CASES
from detente.weighing.specifications import Specification, SpecificationCurve

KINDS = [(c, e) for c in (ANY, *conflicts()) for e in (ANY, *endings())]
CELLS = [kinds for kinds in KINDS if len(comparable(*kinds))]
EMPTY = [kinds for kinds in KINDS if kinds not in CELLS]


def numbers(answer: Durability) -> list[Known]:
    guaranteed = [s.guaranteed for s in answer.survival if s.guaranteed]
    return [*(s.share for s in answer.survival), *guaranteed, answer.first_year]


@pytest.mark.parametrize(("conflict", "ending"), CELLS)
def test_few_cases_give_no_number(conflict: str, ending: str) -> None:
    answer = durability(conflict, ending, guarantee=True)
    for known in numbers(answer):
        assert 0 <= known.low <= known.high <= 1
        if answer.cases < ENOUGH_CASES:
            assert known.point is None
        elif known.point is not None:
            assert known.low - 1e-9 <= known.point <= known.high + 1e-9
    said = any(f"fewer than {ENOUGH_CASES}" in line for line in answer.lines())
    assert said == (answer.cases < ENOUGH_CASES)


def test_a_ceasefire_between_states() -> None:
    # 14 of 15 lasted five years: the exact interval of a table of Clopper and Pearson's is .680 to .998.
    answer = durability("interstate", "ceasefire", guarantee=True)
    assert (answer.cases, answer.recurred) == (15, 4)
    five = answer.survival[-1].share
    assert (round(five.low, 2), round(five.high, 3), five.point) == (0.68, 0.998, None)
    assert answer.effect is None
    assert "civil wars, not of interstate conflicts" in answer.withheld[1]
    assert "lasts beyond 5 years: 68% to 100%" in answer.lines()


def test_a_ceasefire_within_a_state() -> None:
    answer = durability("intrastate", "ceasefire", guarantee=True)
    five = answer.survival[-1]
    assert five.share.point == pytest.approx(0.61, abs=0.001)
    assert five.guaranteed is not None
    # The estimates disagree so far that with peacekeepers the interval is wider at both ends.
    assert five.guaranteed.low < five.share.low
    assert five.guaranteed.high > five.share.high
    assert answer.lines()[1].startswith("lasts beyond 6 months: ")
    assert [s.years for s in answer.survival] == [0.5, 1.0, 5.0]


def test_the_direction_of_peacekeeping_hangs_on_the_specification() -> None:
    effect = durability("intrastate", "ceasefire", guarantee=True).effect
    assert effect is not None
    assert effect.specifications == 12
    assert effect.low < 0.2 < effect.median < 1 < effect.high
    assert 0.8 < effect.below_one < 0.95
    assert "hangs on the specification" in effect.direction


@pytest.mark.parametrize(
    ("coefficients", "words"),
    [([-2.0, -1.0], "a lower risk"), ([2.0, 1.0], "a higher risk"), ([-2.0, 2.0], "hangs on the specification; 50%")],
)
def test_a_direction_is_what_all_specifications_say(coefficients: list[float], words: str) -> None:
    curve = SpecificationCurve([Specification("all", "none", "force", 50, 20, c, 0.2) for c in coefficients])
    assert words in effect_of(curve).direction


def test_no_guarantee_asked_for_none_given() -> None:
    answer = durability("intrastate", "ceasefire")
    assert answer.effect is None
    assert [s.guaranteed for s in answer.survival] == [None] * 3
    assert answer.withheld == ()


@given(st.sampled_from(CELLS))
def test_longer_is_never_likelier(kinds: tuple[str, str]) -> None:
    answer = durability(*kinds)
    highs, points = [s.share.high for s in answer.survival], [s.share.point for s in answer.survival]
    assert highs == sorted(highs, reverse=True)
    if None not in points:
        assert points == sorted(points, reverse=True)  # type: ignore[type-var]


def test_the_first_year_of_endings_that_were_counted_after_a_year() -> None:
    first = durability("intrastate", "ceasefire").first_year
    assert first.point is not None
    # One of the 28 that ended within five years did within the first: the source counts only endings of a year.
    assert first.point == pytest.approx((1 - 0.986) / (1 - 0.61), abs=0.003)
    assert first.high < 0.2
    assert any("too high for the first year" in line for line in durability("intrastate", "ceasefire").lines())


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownName, match="ending: got 'truce'"):
        durability("interstate", "truce")


def test_kinds_that_never_went_together_have_no_rate() -> None:
    assert EMPTY
    for kinds in EMPTY:
        with pytest.raises(SituationError, match=r"cases: got no (.|\n)*try: ask for conflict"):
            durability(*kinds)


def test_the_first_year_by_data_that_hold_early_ends() -> None:
    # The Weibull baselines put half of the five years' risk into the first: (1 − S(1)) / (1 − S(5)).
    span = durability("intrastate", "ceasefire").first_year_fortna
    assert span is not None
    assert 0.45 < span[0] < span[1] < 0.65
    assert durability("interstate", "ceasefire").first_year_fortna is None
