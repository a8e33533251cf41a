"""What a report promises whatever the situation: blind to names, order and units; the same everywhere; no more certain than its inputs."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.weighing import Situation, dumps, loads, weigh
from detente.weighing import situation as s
from detente.weighing.results import IssueReport

from . import made, strategies
from .made import harbour, party, standing, told

CHAOTIC = ("challenge model", "spatial model")


def medians(issue: IssueReport) -> dict[str, float]:
    spreads = [d for d in (issue.baseline, *issue.models) if d]
    return {d.model: d.median for d in spreads}


def known(*parties: tuple[str, float, float, float]) -> Situation:
    """One issue on which everything is known exactly: name, capability, salience, position."""
    return s.Situation(
        title="known", issues=(s.Issue(id="i", proposition="a pier"),),
        parties=tuple(party(name, told(c)) for name, c, _, _ in parties),
        standings=tuple(standing(name.lower(), "i", told(x), told(sal)) for name, _, sal, x in parties),
    )  # fmt: skip


CARS = known(*(
    (f"P{k}", c, sal, (x - 4) / 6 * 100)
    for k, (c, x, sal) in enumerate(zip(made.Emissions().capability, made.Emissions().years, made.Emissions().salience, strict=True))
))  # fmt: skip


# ---------------------------------------------------------------- noise and ties


def test_noise_widens_the_report_of_chaotic_models_and_is_told() -> None:
    issue = weigh(CARS, draws=100).issues[0]
    assert issue.baseline is not None
    spread = {d.model: d.high - d.low for d in (issue.baseline, *issue.models)}
    assert spread["weighted mean"] == 0
    assert spread["weighted median"] == 0
    for model in CHAOTIC:
        assert spread[model] > 5
    noisy = {d.model for d in issue.models if d.noise >= 0.5}
    assert noisy == set(CHAOTIC)
    for model in noisy:
        assert any(w.startswith(f"{model}: ") and "noise decides" in w for w in issue.warnings)


def test_the_warnings_stand_before_any_result() -> None:
    report = weigh(CARS, draws=50)
    assert [u for u in report.unknown if "noise decides" in u]
    shown = str(report)
    assert shown.index("noise decides") < shown.index("weighted mean (baseline)")


def test_a_tie_is_told() -> None:
    issue = weigh(known(("A", 1, 1, 0), ("B", 1, 1, 100)), draws=30).issues[0]
    assert any("an exact tie decides in 100% of the draws" in w for w in issue.warnings)


# ---------------------------------------------------------------- clones, order, scale, monotonicity


def test_merging_two_identical_parties_changes_what_claims_to_be_clone_proof_and_nothing_else() -> None:
    one = known(("A", 2, 0.8, 10), ("B", 3, 0.6, 80))
    two = known(("A", 2, 0.8, 10), ("B1", 1, 0.6, 80), ("B2", 2, 0.6, 80))
    before, after = (medians(weigh(case, draws=60).issues[0]) for case in (one, two))
    for model in ("weighted mean", "weighted median"):
        assert before[model] == pytest.approx(after[model], abs=1e-9)
    # The models in rounds do not claim it, and their ties with clones are told.
    warnings = weigh(two, draws=60).issues[0].warnings
    for model in CHAOTIC:
        assert before[model] == pytest.approx(after[model], abs=1.0) or any(w.startswith(model) for w in warnings)


def reordered(situation: Situation) -> Situation:
    return situation.replace(
        parties=situation.parties[::-1], standings=situation.standings[::-1], terms=situation.terms[::-1],
        worths=situation.worths[::-1], facts=situation.facts[::-1],
    )  # fmt: skip


def test_the_order_of_everything_does_not_matter() -> None:
    one, other = (medians(weigh(case, draws=60).issues[0]) for case in (CARS, reordered(CARS)))
    assert one["weighted mean"] == pytest.approx(other["weighted mean"], abs=1e-9)
    assert one["weighted median"] == other["weighted median"]


@settings(max_examples=10)
@given(st.floats(0.01, 100))
def test_the_unit_of_capability_does_not_matter(unit: float) -> None:
    case = harbour()
    scaled = case.replace(
        parties=tuple(
            p.replace(capability=p.capability.replace(low=p.capability.low * unit, high=p.capability.high * unit))
            for p in case.parties
        )
    )
    one, other = (medians(weigh(c, draws=40).issues[0]) for c in (case, scaled))
    for model in ("weighted mean", "weighted median"):
        assert one[model] == pytest.approx(other[model], abs=1e-6)


@settings(max_examples=10)
@given(st.floats(0, 100), st.floats(0, 100))
def test_a_party_that_moves_up_never_lowers_the_baselines(first: float, second: float) -> None:
    low, high = sorted((first, second))
    cases = (known(("A", 2, 0.8, x), ("B", 3, 0.6, 40), ("C", 1, 0.9, 70)) for x in (low, high))
    below, above = (medians(weigh(case, draws=1).issues[0]) for case in cases)
    for model in ("weighted mean", "weighted median"):
        assert above[model] >= below[model] - 1e-9


@settings(max_examples=15)
@given(strategies.situations(wordless=True), st.integers(0, 5))
def test_taking_something_away_adds_no_member_and_no_term(situation: Situation, which: int) -> None:
    names = [*(t.id for t in situation.terms), *(f.id for f in situation.facts), *(p.id for p in situation.parties)]
    before, after = weigh(situation, draws=4), weigh(situation, draws=4, without=[names[which % len(names)]])
    assert {t.id for t in after.terms if t.possible} <= {t.id for t in before.terms if t.possible}
    for was, now in zip(before.coalitions, after.coalitions, strict=True):
        assert now.greatest[1] <= was.greatest[1]


# ---------------------------------------------------------------- every report


def numbers(value: Any) -> list[float]:
    match value:
        case bool():
            return []
        case int() | float():
            return [float(value)]
        case dict():
            return [x for item in value.values() for x in numbers(item)]
        case list() | tuple():
            return [x for item in value for x in numbers(item)]
        case _:
            return []


@settings(max_examples=20)
@given(strategies.situations(deal=True), st.integers(0, 10**6))
def test_any_report_is_the_same_again_and_after_its_file_and_json_can_write_it(situation: Situation, seed: int) -> None:
    one, again = weigh(situation, draws=4, seed=seed), weigh(loads(dumps(situation)), draws=4, seed=seed)
    assert one == again
    assert all(np.isfinite(numbers(one.to_dict())))
    assert json.loads(json.dumps(one.to_dict(), allow_nan=False))["first_line"] == one.first_line
    assert one.assumed == sum(i.assumed for i in situation.inputs())


@settings(max_examples=20)
@given(strategies.situations(wordless=True, deal=True))
def test_no_outcome_of_a_deal_without_every_veto_players_values(situation: Situation) -> None:
    report = weigh(situation, draws=4)
    vetoes = [p for p in situation.parties if p.veto]
    values = {(w.actor, w.term) for w in situation.worths}
    known_all = all(p.without_deal and all((p.id, t.id) in values for t in situation.terms) for p in vetoes)
    if report.deal and report.deal.packages:
        assert (report.deal.withheld is None) == (bool(vetoes) and known_all)
        assert report.deal.withheld is None or report.deal.payment is None
        for package in report.deal.packages:
            assert 0 <= package.low <= package.high <= 1


def test_few_cases_give_no_point() -> None:
    compared = s.Comparable(conflict="interstate", ending="ceasefire", guarantee=True, basis=made.ANALYST)
    lasting = weigh(harbour().replace(durability=compared), draws=5).durability
    assert lasting is not None
    assert (lasting.cases, lasting.recurred) == (15, 4)
    assert all(x.share.point is None for x in lasting.survival)
    assert lasting.assumed_by == ("J. Analyst",)
    many = weigh(harbour().replace(durability=compared.replace(conflict="intrastate")), draws=5).durability
    assert many is not None
    assert many.cases >= 20
    assert all(x.share.point is not None for x in many.survival)
    assert many.effect is not None
    assert len(many.effect.ratios) == many.effect.specifications
