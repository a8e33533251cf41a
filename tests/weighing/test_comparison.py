"""Comparisons of models: pairs, clusters, and no winner below what can be detected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.comparison import Comparison, compare


def scores(gap: float, n: int = 200, per_cluster: int = 1, noise: float = 10.0, seed: int = 0) -> Any:
    """Scores of two models whose difference is `gap` on average; the noise is shared within clusters."""
    rng = np.random.default_rng(seed)
    common = rng.uniform(0, 60, n)
    clusters = np.arange(n) // per_cluster
    difference = gap + noise * rng.normal(size=n)[clusters]
    return ("rich", common + difference), ("simple", common), clusters


def test_a_plain_difference_by_the_formula_of_the_mean() -> None:
    found = compare(*scores(5.0), resamples=4000)
    first, second, _ = scores(5.0)
    gap = first[1] - second[1]
    assert found.difference == pytest.approx(gap.mean())
    assert found.standard_error == pytest.approx(gap.std() / np.sqrt(len(gap)), rel=0.05)
    assert found.detectable == pytest.approx((1.959964 + 0.841621) * found.standard_error)
    assert_allclose((found.low, found.high), found.difference + np.array([-1.96, 1.96]) * found.standard_error, atol=0.15)
    assert found.winner == "simple"


def test_the_published_comparison_has_the_published_detectable_difference() -> None:
    # DEU III, challenge model less mean: 3.84 [1.66, 6.01], detectable at a power of 80 %: 3.04 (MODELS.md, finding 1).
    error = (6.01 - 1.66) / (2 * 1.959964)
    rng = np.random.default_rng(5)
    gap = rng.normal(size=351)
    gap = 3.84 + (gap - gap.mean()) / gap.std() * error * np.sqrt(351)
    found = compare(("challenge", gap + 30), ("weighted mean", np.full(351, 30.0)), resamples=4000)
    assert found.detectable == pytest.approx(3.04, abs=0.2)
    assert found.winner == "weighted mean"


@pytest.mark.parametrize(("gap", "winner"), [(0.0, None), (1.0, None), (-1.0, None), (6.0, "simple"), (-6.0, "rich")])
def test_no_winner_below_what_can_be_detected(gap: float, winner: str | None) -> None:
    found = compare(*scores(gap))
    assert found.winner == winner
    assert ("no winner" in found.describe("rich", "simple")) == (winner is None)


def test_clusters_count_and_not_issues() -> None:
    first, second, clusters = scores(3.0, n=200, per_cluster=10, seed=2)
    alone, together = compare(first, second), compare(first, second, clusters)
    assert (alone.clusters, together.clusters) == (200, 20)
    assert together.standard_error > 2 * alone.standard_error


def test_nothing_to_choose() -> None:
    same = np.arange(30.0)
    found = compare(("one", same), ("other", same))
    assert (found.difference, found.low, found.high, found.winner) == (0, 0, 0, None)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(-3, 3), st.floats(0.1, 10))
def test_swapping_turns_the_sign_and_a_unit_scales_it(seed: int, gap: float, unit: float) -> None:
    first, second, clusters = scores(gap, n=40, per_cluster=2, seed=seed)
    one, other = compare(first, second, clusters, seed=7), compare(second, first, clusters, seed=7)
    assert_allclose((one.difference, one.detectable), (-other.difference, other.detectable), atol=1e-9)
    assert_allclose((one.low, one.high), (-other.high, -other.low), atol=1e-9)
    assert one.winner == other.winner
    scaled = compare((first[0], first[1] * unit), (second[0], second[1] * unit), clusters, seed=7)
    assert_allclose((scaled.low, scaled.detectable), (one.low * unit, one.detectable * unit), atol=1e-7)


def test_the_seed_decides() -> None:
    def taken(seed: Any) -> Comparison:
        return compare(*scores(1.0), seed=seed)

    assert taken(1) == taken(1)
    assert taken(1).low != taken(2).low
    assert taken(1).seed == 1
    assert taken(np.random.default_rng(1)).low == taken(1).low
    assert taken(np.random.default_rng(1)).seed is None


@pytest.mark.parametrize(
    ("first", "second", "clusters", "resamples", "message"),
    [
        (np.zeros(3), np.zeros(4), None, 200, "expected one a case"),
        (np.zeros(3), np.zeros(3), np.zeros(2), 200, "expected one a case"),
        (np.zeros(3), np.zeros(3), np.zeros(3), 200, "got 1 clusters"),
        (np.zeros(0), np.zeros(0), None, 200, "got 0 clusters"),
        (np.zeros(3), np.zeros(3), None, 10, "10 resamples, expected at least 2 and 100"),
        (np.array([np.nan, 1, 2]), np.zeros(3), None, 200, "no number"),
    ],
)
def test_what_is_refused(first: Any, second: Any, clusters: Any, resamples: int, message: str) -> None:
    with pytest.raises(SituationError, match=message):
        compare(("a", first), ("b", second), clusters, resamples=resamples)
