"""Proper scores: closed forms, and that saying what one believes scores best."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.scores import absolute_error, brier, coverage, crps, log_score

from .arrays import shares

NUMBERS = st.floats(-100, 100)


def lists(least: int = 1) -> st.SearchStrategy[Any]:
    return st.lists(NUMBERS, min_size=least, max_size=12).map(lambda v: np.array(v)[:, None])


@given(lists(), NUMBERS)
def test_crps_by_its_definition_with_all_pairs(draws: Any, outcome: float) -> None:
    apart = np.abs(draws - draws.T).mean()
    assert_allclose(crps(draws, np.array([outcome])), np.abs(draws - outcome).mean() - apart / 2, atol=1e-9)


@given(lists(2), NUMBERS)
def test_crps_by_the_integral(draws: Any, outcome: float) -> None:
    edges = np.unique(np.append(draws, outcome))
    middle = (edges[1:] + edges[:-1]) / 2
    below = (draws <= middle).mean(axis=0)
    integral = ((below - (middle >= outcome)) ** 2 * np.diff(edges)).sum()
    assert_allclose(crps(draws, np.array([outcome]))[0], integral, atol=1e-9)


def test_crps_of_a_normal_forecast() -> None:
    # Gneiting and Raftery 2007: σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π), at z = 0: (√2 − 1) / √π = .23369.
    draws = np.random.default_rng(1).normal(size=(200_000, 1))
    assert crps(draws, np.zeros(1))[0] == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=2e-3)


@given(NUMBERS, NUMBERS)
def test_one_draw_scores_its_absolute_error(value: float, outcome: float) -> None:
    one = crps(np.array([[value]]), np.array([outcome]))
    assert_allclose(one, absolute_error(np.array([value]), np.array([outcome])))


@given(lists(), NUMBERS, st.floats(0.1, 10), st.floats(-50, 50))
def test_crps_is_in_the_unit_of_the_scale(draws: Any, outcome: float, unit: float, origin: float) -> None:
    scaled = crps(draws * unit + origin, np.array([outcome * unit + origin]))
    assert_allclose(scaled, crps(draws, np.array([outcome])) * unit, atol=1e-7)


@given(shares(20), shares(20).map(lambda a: a < 0.5), st.integers(1, 12))
def test_the_parts_of_the_brier_score(probability: Any, came: Any, bins: int) -> None:
    found = brier(probability, came, bins=bins)
    assert found.score == pytest.approx(((probability - came) ** 2).mean())
    assert min(found.reliability, found.resolution, found.uncertainty) >= 0
    assert sum(b.cases for b in found.bins) == 20
    # Within the bins: the spread of what was said, less twice how it went with what came.
    which = np.minimum((probability * bins).astype(int), bins - 1)
    inside = 0.0
    for k in np.unique(which):
        p, y = probability[which == k], came[which == k].astype(float)
        inside += ((p - p.mean()) ** 2 - 2 * (p - p.mean()) * (y - y.mean())).sum() / 20
    assert found.within == pytest.approx(inside, abs=1e-9)


def test_a_brier_score_by_hand() -> None:
    found = brier(np.array([0.8] * 5 + [0.1] * 5), np.array([True] * 4 + [False] * 5 + [True]))
    assert found.score == pytest.approx((4 * 0.04 + 0.64 + 4 * 0.01 + 0.81) / 10)
    assert [(b.said, b.came, b.cases) for b in found.bins] == [
        (pytest.approx(0.1), pytest.approx(0.2), 5), (pytest.approx(0.8), pytest.approx(0.8), 5),
    ]  # fmt: skip
    assert found.reliability == pytest.approx(0.005)
    assert found.resolution == pytest.approx(0.09)
    assert found.uncertainty == pytest.approx(0.25)
    assert found.within == pytest.approx(0.0)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_saying_what_one_believes_scores_best(believed: float, said: float) -> None:
    def expected(score: Any) -> float:
        yes, no = (float(np.mean(score(np.array([said]), np.array([c])))) for c in (True, False))
        honest_yes, honest_no = (float(np.mean(score(np.array([believed]), np.array([c])))) for c in (True, False))
        return believed * (yes - honest_yes) + (1 - believed) * (no - honest_no)

    assert expected(log_score) >= -1e-12
    assert expected(lambda p, c: brier(p, c).score) >= -1e-12


@given(lists(2), st.randoms(use_true_random=False))
def test_crps_is_best_for_the_distribution_that_outcomes_follow(draws: Any, random: Any) -> None:
    shifted = draws + random.uniform(-40, 40)
    honest, other = (np.mean([crps(d, y)[0] for y in draws]) for d in (draws, shifted))
    assert honest <= other + 1e-9


def test_log_scores() -> None:
    found = log_score(np.array([1.0, 0.5, 0.0, 0.0]), np.array([True, False, False, True]))
    assert_allclose(found, [0, np.log(2), 0, np.inf])


def test_coverage_counts_what_lies_within() -> None:
    draws = np.linspace(0, 100, 101)[:, None].repeat(4, axis=1)
    assert coverage(draws, np.array([50.0, 26.0, 10.0, 99.0])) == (0.5, 0.75)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: crps(np.zeros((0, 1)), np.zeros(1)), "expected draws by outcomes"),
        (lambda: crps(np.zeros((3, 2)), np.zeros(1)), "expected draws by outcomes"),
        (lambda: crps(np.zeros((3, 1)), np.array([np.nan])), "no number"),
        (lambda: absolute_error(np.zeros(1), np.array([np.inf])), "no number"),
        (lambda: brier(np.array([1.1]), np.array([True])), "probability: got 1.1"),
        (lambda: brier(np.array([0.1]), np.array([True]), bins=0), "bins: got 0"),
        (lambda: brier(np.zeros(0), np.zeros(0, np.bool_)), "expected one outcome each"),
        (lambda: log_score(np.zeros(2), np.zeros(3, np.bool_)), "expected one outcome each"),
    ],
)
def test_what_is_refused(make: Any, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        make()
