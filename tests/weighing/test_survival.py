"""Survival of peace: published tables, exact intervals, censoring and late entry."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.survival import KaplanMeier, Spells

from .arrays import column

PEACEKEEPING = "reference/models/fortna_ros_minidata.csv"


def spells(*lengths: float, ended: int | None = None) -> Spells:
    """Spells of which the first so many ended, or all."""
    return Spells(np.array(lengths), np.arange(len(lengths)) < (len(lengths) if ended is None else ended))


def made_spells(late: bool = False) -> st.SearchStrategy[Spells]:
    """Up to 25 spells of whole lengths, so that some end at once; some are not seen to end."""

    def spells_of(seed: int, n: int) -> Spells:
        rng = np.random.default_rng(seed)
        length = rng.integers(1, 13, n).astype(float)
        return Spells(length, rng.random(n) < 0.6, length * rng.uniform(0, 0.9, n) if late else None)

    return st.builds(spells_of, st.integers(0, 2**32 - 1), st.integers(1, 25))


@pytest.mark.parametrize("peacekeepers", [None, 1, 0])
def test_the_peacekeeping_example_of_regression_and_other_stories(shared: Path, peacekeepers: int | None) -> None:
    # Gelman, Hill and Vehtari 2020, peace.html of the book's examples, prints these.
    expected = json.loads((shared / "reference/models/fortna_ros_summary_check.json").read_text(encoding="utf-8"))["expected"]
    with (shared / PEACEKEEPING).open(encoding="utf-8") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    if peacekeepers is not None:
        rows = [r for r in rows if r["peacekeepers?"] == str(peacekeepers)]
    # The table rounds the delay to hundredths of a year; the dates are days, and the printed years have 365.24.
    length = (column(rows, "faildate") - column(rows, "cfdate")) / 365.24
    found = Spells(length, column(rows, "censored?") == 0).summary()
    if peacekeepers is None:
        assert found.cases == expected["n"]
        assert_allclose(found.lasting, expected["mean_censored"], atol=5e-8)
        return
    group = "pk" if peacekeepers else "nopk"
    assert (found.ended, found.cases - found.ended) == tuple(expected["crosstab"][group].values())
    assert_allclose(found.lasting, expected[group], atol=5e-8)
    assert_allclose(found.mean, expected[f"mean_delay_{group}"], atol=5e-7)
    assert_allclose(found.median, expected[f"median_delay_{group}"], atol=5e-7)


def test_by_hand() -> None:
    # At risk 5 at 1, 3 at 3 (one was lost sight of at 2), 1 at 5.
    case = Spells(np.array([1.0, 2, 3, 4, 5]), np.array([True, False, True, False, True]))
    shares = [KaplanMeier(case).at(t).share for t in (0.5, 1, 2.9, 3, 4.9, 5)]
    assert_allclose(shares, [1, 0.8, 0.8, 0.8 * 2 / 3, 0.8 * 2 / 3, 0])


@given(made_spells(), st.floats(0, 12))
def test_without_censoring_it_is_the_share_that_lasts_with_its_exact_interval(case: Spells, time: float) -> None:
    full = Spells(case.length, np.ones(len(case), np.bool_))
    if time > full.length.max():
        return
    found = KaplanMeier(full).at(time)
    assert found.share == pytest.approx((full.length > time).mean(), abs=1e-12)
    if 0 < found.share < 1:
        assert found.effective == pytest.approx(len(full))


@pytest.mark.parametrize(
    ("lasting", "cases", "low", "high"),
    [(14, 15, 0.6805, 0.9983), (5, 10, 0.1871, 0.8129), (1, 20, 0.0013, 0.2487)],
)
def test_clopper_and_pearsons_table(lasting: int, cases: int, low: float, high: float) -> None:
    found = KaplanMeier(spells(*[1.0] * (cases - lasting), *[9.0] * lasting)).at(5)
    assert_allclose([found.low, found.high], [low, high], atol=5e-5)


def test_where_nothing_ended_the_interval_is_still_wide() -> None:
    found = KaplanMeier(spells(*[9.0] * 14, ended=0)).at(5)
    assert (found.share, found.high, found.greenwood) == (1.0, 1.0, None)
    assert found.low == pytest.approx(0.025 ** (1 / 14))
    gone = KaplanMeier(spells(*[1.0] * 14)).at(1)
    assert (gone.share, gone.low, gone.greenwood) == (0.0, 0.0, None)
    assert gone.high == pytest.approx(1 - 0.025 ** (1 / 14))


@given(made_spells(late=True), st.floats(0, 12), st.floats(0, 12))
def test_falls_with_time_and_stays_in_its_interval(case: Spells, one: float, other: float) -> None:
    curve = KaplanMeier(case)
    try:
        first, second = curve.at(min(one, other)), curve.at(max(one, other))
    except SituationError:
        return  # watched by nobody
    assert 0 <= second.share <= first.share <= 1
    for found in (first, second):
        assert found.low <= found.share + 1e-9
        assert found.share <= found.high + 1e-9
        if found.greenwood:
            assert found.greenwood[0] <= found.share <= found.greenwood[1]


@given(made_spells(), st.floats(0.1, 10))
def test_the_unit_of_time_does_not_matter(case: Spells, unit: float) -> None:
    middle = float(np.median(case.length))
    scaled = Spells(case.length * unit, case.ended)
    # A step may lie on either side of its own time after rounding: ask between steps.
    assert KaplanMeier(case).at(middle - 0.25).share == pytest.approx(KaplanMeier(scaled).at((middle - 0.25) * unit).share)


@given(made_spells())
def test_of_those_that_lasted_so_far(case: Spells) -> None:
    curve, longest = KaplanMeier(case), float(case.length.max())
    halfway = longest / 2
    if curve.at(halfway).share > 0:
        so_far = curve.at(longest, since=halfway).share
        assert curve.at(longest).share == pytest.approx(curve.at(halfway).share * so_far, abs=1e-12)


def test_late_entry_is_not_counted_before_it() -> None:
    # At 1 only two are watched; the third came at 2.
    late = Spells(np.array([1.0, 4.0, 4.0]), np.ones(3, np.bool_), np.array([0.0, 0.0, 2.0]))
    assert KaplanMeier(late).at(1).share == 0.5
    assert KaplanMeier(Spells(late.length, late.ended)).at(1).share == pytest.approx(2 / 3)


@given(made_spells())
def test_entry_at_the_start_is_no_truncation(case: Spells) -> None:
    time = float(case.length.max()) / 2
    entered = Spells(case.length, case.ended, np.zeros(len(case)))
    assert KaplanMeier(case).at(time) == KaplanMeier(entered).at(time)


def test_a_wider_level_gives_a_wider_interval() -> None:
    curve = KaplanMeier(spells(1, 2, 3, 4, 9, 9, ended=4))
    narrow, wide = curve.at(3, level=0.5), curve.at(3, level=0.95)
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(("lasting", "cases"), [(14, 15), (5, 10), (0, 8), (12, 12)])
def test_draws_are_about_the_share_and_within_its_interval(lasting: int, cases: int) -> None:
    found = KaplanMeier(spells(*[1.0] * (cases - lasting), *[9.0] * lasting)).at(5)
    first, again = (found.draw(5000, np.random.default_rng(1)) for _ in range(2))
    assert np.array_equal(first, again)
    # Jeffreys' beta distribution has the mean (k + ½) / (n + 1), and lies within Clopper and Pearson's interval.
    assert first.mean() == pytest.approx((lasting + 0.5) / (cases + 1), abs=0.01)
    low, high = np.quantile(first, [0.025, 0.975])
    assert found.low - 0.01 <= low < high <= found.high + 0.01


def test_summary_of_nothing() -> None:
    empty = Spells(np.zeros(0), np.zeros(0, np.bool_)).summary()
    assert (empty.cases, empty.ended, empty.lasting, empty.mean, empty.median) == (0, 0, None, None, None)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: spells(0.0, 1.0), "length: got 0, expected above 0"),
        (lambda: Spells(np.ones(2), np.ones(3, np.bool_)), r"shapes \(2,\), \(3,\), \(2,\), expected one length"),
        (lambda: Spells(np.ones(1), np.ones(1, np.bool_), np.ones(1)), "length less entry: got 0"),
        (lambda: KaplanMeier(Spells(np.zeros(0), np.zeros(0, np.bool_))), "spells: got none"),
        (lambda: KaplanMeier(spells(1.0, ended=0)).at(2), "time: got 2, expected at most 1: no spell was watched"),
        (lambda: KaplanMeier(spells(1.0, 3.0, ended=1)).at(3.5), "time: got 3.5, expected at most 3"),
        (lambda: KaplanMeier(spells(1.0)).at(1, since=3), "time: got 1, expected at least 3"),
    ],
)
def test_what_is_refused(make: Any, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        make()
