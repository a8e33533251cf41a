"""A weighing from end to end: the report is a record, the same for the same seed, and honest in its first line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from detente.errors import SituationError, UnknownName
from detente.records import Weighing, decode, encode
from detente.weighing import Situation, weigh

from . import made, strategies
from .made import fact, harbour, joining, member, pact, term, told


def test_the_first_line_counts_what_is_assumed() -> None:
    report = weigh(harbour())
    assert report.first_line == "3 of 10 inputs assumed"
    assert (report.assumed, report.counted) == (3, 10)
    assert sum(int(a.split(" × ")[0]) for a in report.assumptions) == 3


def test_the_same_seed_gives_the_same_report_and_another_another() -> None:
    assert weigh(harbour(), seed=4) == weigh(harbour(), seed=4)
    assert weigh(harbour(), seed=4).issues != weigh(harbour(), seed=5).issues


def test_the_hash_is_of_the_inputs_alone() -> None:
    report = weigh(harbour())
    assert len(report.inputs) == 64
    assert weigh(harbour(), seed=9, draws=10).inputs == report.inputs
    assert weigh(harbour(veto=True)).inputs != report.inputs


def test_a_report_is_a_record_that_reads_back() -> None:
    report = weigh(harbour(), draws=50, seed=2)
    weighing = report.to_weighing(at="2025-03-02T12:00:00+00:00")
    back = decode(encode(weighing))
    assert isinstance(back, Weighing)
    assert encode(back) == encode(weighing)
    assert (back.seed, back.inputs, back.version) == (2, report.inputs, report.version)
    assert back.parameters == {"draws": 50, "correlation": 0.0, "without": []}
    assert back.method == "weighted mean, weighted median, challenge model, spatial model"
    assert back.result["first_line"] == report.first_line
    assert report.to_weighing().id == weighing.id, "the time is no part of what was weighed"
    assert weigh(harbour(), draws=51, seed=2).to_weighing().id != weighing.id


def test_what_if_changes_only_what_hangs_on_it() -> None:
    situation = harbour().replace(
        terms=(term("t", "a Tessalian backstop"),),
        coalitions=pact().coalitions,
        members=(member("ostrava"), member("marland", joining(target="t"))),
    )  # fmt: skip
    plain, report = weigh(situation), weigh(situation, without=("tessalian backstop",))
    assert report.issues == plain.issues
    assert plain.falls is None
    assert report.falls is not None
    assert report.falls.members == ("Marland in the Pact",)
    assert [m.verdict for m in report.coalitions[0].members] == ["in, on no open condition", "cannot be in"]
    assert report.inputs == plain.inputs
    assert report.parameters["without"] == ["tessalian backstop"]
    assert any("what-if" in a for a in report.assumptions)


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (made.EMPTY, "without issues, members of a coalition or terms"),
        (harbour().replace(issues=()), "standings\\[0\\].issue: got 'harbour'"),
        (pact(member("a"), facts=(fact("f", 0.3, 0.3),)), "facts\\[0\\].chance: got the probability 0.3"),
    ],
)
def test_what_cannot_be_weighed_is_refused(situation: Situation, words: str) -> None:
    with pytest.raises(SituationError, match=words):
        weigh(situation)


@pytest.mark.parametrize("correlation", [-0.1, 1.1, float("nan")])
def test_a_correlation_that_is_none_is_refused(correlation: float) -> None:
    with pytest.raises(SituationError, match=r"correlation: got .*, expected a number from 0 to 1"):
        weigh(harbour(), draws=5, correlation=correlation)


def test_positions_that_move_together_widen_the_baseline_and_the_report_says_by_how_much() -> None:
    eight = tuple(made.party(f"P{n}") for n in range(8))
    many = harbour().replace(parties=eight, standings=tuple(made.standing(p.id, "harbour", told(0, 80)) for p in eight))
    apart, together = (weigh(many, draws=400, correlation=c) for c in (0.0, 0.5))
    one, other = (r.issues[0] for r in (apart, together))
    assert one.baseline is not None
    assert other.baseline is not None
    assert one.correlated is not None
    assert other.correlated is not None
    # Each says of the other what the other says of itself.
    assert (one.correlated.correlation, one.correlated.low, one.correlated.high) == (0.5, other.baseline.low, other.baseline.high)
    assert (other.correlated.correlation, other.correlated.low, other.correlated.high) == (0.0, one.baseline.low, one.baseline.high)
    # Of eight alike: variance / 8 each by itself, and (1 + 7 × .5) / 8 together.
    assert other.baseline.high - other.baseline.low > 1.7 * (one.baseline.high - one.baseline.low)
    assert "if the parties' positions moved together (correlation 0.5)" in str(apart)
    assert "if the parties' positions were drawn each by itself" in str(together)
    assert "as if every input were drawn by itself" in str(together)
    assert together.to_weighing("2025-03-02").id != apart.to_weighing("2025-03-02").id


def test_wrong_calls() -> None:
    with pytest.raises(SituationError, match="draws: got 0, expected 1 or more"):
        weigh(harbour(), draws=0)
    with pytest.raises(SituationError, match="seed: got -1, expected 0 or more"):
        weigh(harbour(), seed=-1)
    with pytest.raises(UnknownName, match="got 'a canal'"):
        weigh(harbour(), without=["a canal"])


def test_merging_two_identical_parties_into_one_changes_no_outcome() -> None:
    def split(*parts: float) -> Situation:
        clones = tuple(made.party(f"C{k}", told(part)) for k, part in enumerate(parts))
        standings = tuple(made.standing(c.id, "harbour", told(80)) for c in clones)
        first = made.standing("ostrava", "harbour", told(10))
        return harbour().replace(parties=(made.party("Ostrava", told(2)), *clones), standings=(first, *standings))

    one, two = (weigh(split(*parts)).issues[0] for parts in ((3.0,), (1.0, 2.0)))
    assert one.baseline is not None
    assert two.baseline is not None
    assert one.baseline.median == pytest.approx(two.baseline.median)
    assert one.models[0].median == two.models[0].median == 80


@settings(max_examples=40)
@given(strategies.situations(wordless=True))
def test_any_situation_is_weighed_within_its_bounds(situation: Situation) -> None:
    report = weigh(situation, draws=8)
    for issue in report.issues:
        for spread in (issue.baseline, *issue.models):
            if spread:
                assert 0 <= spread.low <= spread.median <= spread.high <= 100
        assert (issue.baseline is None) == (issue.withheld is not None)
    points = [m.together.point for c in report.coalitions for m in c.members if (m.together.cases or 0) < 20]
    assert all(p is None or p in (0.0, 1.0) for p in points)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "issue “issue 0”: no outcome"), (2, "issues “issue 0”, “issue 1”: no outcome"), (4, "4 of 5 issues: no outcome")],
)
def test_issues_without_an_outcome_are_named_where_they_are_few(count: int, words: str) -> None:
    case = harbour(veto=True)
    issues = tuple(case.issues[0].replace(id=f"i{k}", proposition=f"issue {k}") for k in range(5))
    known = tuple(made.standing("lorne", f"i{k}", told(40)) for k in range(count, 5))
    report = weigh(case.replace(issues=issues, standings=known), draws=2)
    assert [u for u in report.unknown if "without Lorne" in u] == [u for u in report.unknown if u.startswith(words)]
    assert report.unknown[0].startswith(words)
