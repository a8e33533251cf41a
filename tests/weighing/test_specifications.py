"""The specification curve: the table it rests on, and the distribution that it is."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from detente.errors import SituationError
from detente.weighing.specifications import Specification, SpecificationCurve, peacekeeping


def one(coefficient: float = -0.5, error: float = 0.2) -> Specification:
    return Specification("all", "none", "peacekeepers", 100, 40, coefficient, error)


curves = st.lists(st.builds(one, st.floats(-3, 3), st.floats(0.01, 2)), min_size=1, max_size=8).map(SpecificationCurve)


def test_the_estimates_are_those_of_the_table(shared: Path) -> None:
    # Cox regressions on the data of Fortna 2008, Does Peacekeeping Work?
    with (shared / "reference/models/fortna_pk_cox_estimates.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["covariate"] in ("pk_dum", "consent", "enforcement")]
    found = peacekeeping().specifications
    assert len(found) == len(rows) == 12
    for specification, row in zip(found, rows, strict=True):
        assert row["model"].startswith(specification.sample)
        assert (specification.cases, specification.events) == (int(row["n"]), int(row["events"]))
        assert (specification.coefficient, specification.standard_error) == (float(row["coef"]), float(row["robust_se"]))
        assert_allclose(specification.hazard_ratio, float(row["hazard_ratio"]), atol=1e-3)


def test_the_curve_runs_from_a_tenth_to_above_one() -> None:
    ordered = peacekeeping().sorted()
    assert [round(s.hazard_ratio, 2) for s in (ordered[0], ordered[-1])] == [0.10, 1.08]
    assert ordered[-1].controls == "none"


@given(curves, st.floats(0.01, 0.99))
def test_the_quantile_is_the_inverse(curve: SpecificationCurve, q: float) -> None:
    assert curve.below(curve.quantile(q)) == pytest.approx(q, abs=1e-6)


@given(st.floats(-2, 2), st.floats(0.05, 1))
def test_one_specification_is_its_own_normal_distribution(coefficient: float, error: float) -> None:
    curve = SpecificationCurve([one(coefficient, error)])
    assert curve.quantile(0.5) == pytest.approx(np.exp(coefficient))
    assert curve.quantile(0.975) == pytest.approx(np.exp(coefficient + 1.959964 * error), rel=1e-5)


@settings(max_examples=25)
@given(curves, st.randoms(use_true_random=False))
def test_order_and_copies_do_not_matter(curve: SpecificationCurve, random: Any) -> None:
    shuffled = list(curve.specifications) * 2
    random.shuffle(shuffled)
    other = SpecificationCurve(shuffled)
    for q in (0.05, 0.5, 0.95):
        assert other.quantile(q) == pytest.approx(curve.quantile(q), rel=1e-9)


def test_disagreement_widens_the_distribution() -> None:
    agreed, apart = SpecificationCurve([one(), one()]), SpecificationCurve([one(-2.0), one(1.0)])
    assert apart.quantile(0.05) < agreed.quantile(0.05) < agreed.quantile(0.95) < apart.quantile(0.95)


def test_draws_follow_the_distribution_and_the_seed() -> None:
    curve = peacekeeping()
    first, again = (curve.draw(20_000, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first, again)
    for q in (0.05, 0.5, 0.95):
        assert (first < curve.quantile(q)).mean() == pytest.approx(q, abs=0.01)


def test_what_is_refused() -> None:
    with pytest.raises(SituationError, match="specifications: got none"):
        SpecificationCurve([])
    with pytest.raises(SituationError, match="standard_error: got 0, expected above 0"):
        SpecificationCurve([one(error=0.0)])
    with pytest.raises(SituationError, match="hazard_ratio: got 0"):
        peacekeeping().below(0.0)
