"""Issues reported: the baseline beside every model, what moves it, and where there is no outcome."""

from __future__ import annotations

import numpy as np
import pytest

from detente.weighing import situation as s
from detente.weighing.draws import draw
from detente.weighing.issues import _mean, _means_mixed, _named, issue_reports
from detente.weighing.results import IssueReport
from detente.weighing.sensitivity import sobol

from .made import harbour, party, standing, told


def report(situation: s.Situation, draws: int = 4000) -> IssueReport:
    return issue_reports(situation, draw(situation, draws, np.random.default_rng(5)).draws)[0]


def two(first: s.Input, second: s.Input, *, veto: bool = False) -> s.Situation:
    """Two parties of equal weight on one issue."""
    return s.Situation(
        title="two", parties=(party("A", veto=veto), party("B")), issues=(s.Issue(id="i", proposition="a pier"),),
        standings=(standing("a", "i", first), standing("b", "i", second)),
    )  # fmt: skip


def test_the_distribution_of_the_baseline() -> None:
    # Half of a uniform variable on 20–100 and half of 50: uniform on 35–75.
    r = report(two(told(20, 100), told(50)))
    assert r.baseline is not None
    assert (r.baseline.low, r.baseline.median, r.baseline.high) == pytest.approx((37, 55, 73), abs=1)
    assert r.baseline.model == "weighted mean"


def test_every_model_stands_beside_the_baseline() -> None:
    r = report(two(told(10), told(90)))
    assert [m.model for m in r.models] == ["weighted median", "challenge model", "spatial model"]
    assert r.baseline is not None
    assert (r.baseline.median, r.models[0].median) == (50, 10)
    medians = [r.baseline.median, *(m.median for m in r.models)]
    assert r.disagreement == max(medians) - min(medians) >= 40


def test_ties_are_counted() -> None:
    # Two of equal weight: exactly half lies at the lower of them, in every draw.
    assert report(two(told(0, 40), told(60, 100))).models[0].tied == 1.0
    assert report(harbour()).models[0].tied == 0.0


def test_influences_are_the_widest_swing_first() -> None:
    r = report(two(told(0, 10), told(50, 100)))
    # Equal weights: half of each width.
    assert [(i.actor, i.input) for i in r.influences] == [("b", "position"), ("a", "position")]
    assert [i.swing for i in r.influences] == pytest.approx([25, 5])
    assert [i.derivative for i in r.influences] == pytest.approx([0.5, 0.5])
    swings = [abs(i.swing) for i in report(harbour()).influences]
    assert swings == sorted(swings, reverse=True)


def test_what_would_turn_the_side_of_the_middle() -> None:
    r = report(two(told(55, 80, None, "po-1"), told(40)))
    # The mean is 53.75; with equal weights it is 50 where A is at 60 or B at 32.5.
    assert r.side == "supports it fully"
    flips = {f.input: f for f in r.flips}
    assert flips["position of A"].needed == pytest.approx(60)
    assert (flips["position of A"].known, flips["position of A"].sources) == (True, ("po-1",))
    assert flips["position of B"].needed == pytest.approx(32.5)
    # c × 67.5 + 40 = 50 (c + 1).
    assert flips["capability of A"].needed == pytest.approx(10 / 17.5)
    assert r.flips[0].input == "position of A", "what is open comes first"


def test_in_the_middle_of_the_scale_no_side_is_named() -> None:
    r = report(two(told(60), told(40)))
    assert (r.side, r.flips) == (None, ())


def test_the_spread_comes_from_the_inputs_that_vary() -> None:
    r = report(two(told(0, 10), told(50, 100)))
    shares = {i.name: i.spread for i in r.influences}
    # Variances go with the squared widths: 10² and 50².
    assert shares["B"][1] == pytest.approx(2500 / 2600, abs=0.1)
    assert shares["A"][1] == pytest.approx(100 / 2600, abs=0.02)
    assert all(low <= middle <= high for low, middle, high in shares.values())


def test_what_it_rests_on_and_how_much_is_assumed() -> None:
    r = report(harbour())
    assert r.sources == ("po-1", "re-1", "po-2")
    assert (r.assumed, r.inputs) == (3, 10)
    assert r.reversion == (20, 40)


def test_without_a_veto_players_position_there_is_no_outcome() -> None:
    r = report(harbour(veto=True))
    assert (r.baseline, r.models, r.disagreement, r.influences) == (None, (), None, ())
    assert r.withheld is not None
    assert "without Lorne" in r.withheld
    assert ("Lorne agrees: where it stands is not known", ()) in [(q.text, q.sources) for q in r.requirements]
    assert ("Marland: if the dredging ends", ("po-2",)) in [(q.text, q.sources) for q in r.requirements]


OPEN = s.Input(low=0, high=100, sources=("p-1", "p-2"), note="support and oppose")


@pytest.mark.parametrize(
    ("situation", "why"),
    [
        (two(told(0, 100), told(0, 100)), "of no party is it known where it stands"),
        (two(told(0, 100), told(50)), "of B alone is it known where it stands"),
        (two(told(70), told(50)).replace(parties=(party("A"),)), "A is the only party on record"),
        (two(OPEN, told(50)), "of B alone is it known where it stands"),
    ],
)
def test_with_fewer_than_two_known_an_outcome_would_be_made_of_assumptions(situation: s.Situation, why: str) -> None:
    r = report(situation, draws=20)
    assert r.withheld == f"no outcome is given: {why}"
    assert (r.baseline, r.models, r.influences, r.correlated) == (None, (), (), None)


def test_records_that_contradict_each_other_are_told_with_what_they_say() -> None:
    (required,) = report(two(OPEN, told(50)), draws=20).requirements
    assert required.text == "A says where it stands: on record is “support and oppose”, which leaves the whole scale open"
    assert required.sources == ("p-1", "p-2")


def test_the_quick_way_to_the_means_is_the_plain_one() -> None:
    named = _named(*(lambda x: (x.parties, [x.grid()[p.id, "harbour"] for p in x.parties]))(harbour()))
    one, other = (sobol(_mean, named, np.random.default_rng(4), mixed=quick) for quick in (None, _means_mixed))
    assert [x.name for x in one] == [x.name for x in other]
    assert np.allclose([x.total_interval for x in one], [x.total_interval for x in other], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("position", "outcome", "required"),
    [
        (told(0, 50), True, "A agrees: it is opposed"),
        (told(50, 100), True, None),
        (told(0, 100), False, "A agrees: where it stands is not known"),
        (told(0, 100, 80), True, None),
    ],
)
def test_a_veto_player_that_stands_somewhere(position: s.Input, outcome: bool, required: str | None) -> None:
    r = report(two(position, told(50), veto=True))
    assert (r.baseline is not None) is outcome
    assert [q.text for q in r.requirements] == ([required] if required else [])


def test_more_that_is_unknown_widens_the_outcome() -> None:
    known = harbour()
    lorne = standing("lorne", "harbour", told(45, 55))
    narrow, wide = report(known.replace(standings=(*known.standings, lorne))), report(known)
    assert narrow.baseline is not None
    assert wide.baseline is not None
    assert wide.baseline.high - wide.baseline.low > narrow.baseline.high - narrow.baseline.low
