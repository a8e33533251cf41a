"""DEU III: its columns, what is missing, what is damaged; and a backtest on invented proposals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from detente.errors import DetenteError, EncodingError, MalformedInput, MissingInput, SituationError
from detente.weighing.backtest import backtest
from detente.weighing.deu import DeuIssues, load, loads, synthetic
from detente.weighing.median import WeightedMedian
from detente.weighing.weighted_mean import WeightedMean

FIRST = "prnrnmc;isnrnmc;prnr;prname;isnr;type;council;proc;counvte;proccde;issues;intro;finact"
HEADING = f"{FIRST};pcom;pep;paa;scom;sep;saa;rp;out"
WORDS = "P1;P1I1;1;Invented proposal;1;;;;;;;;"


def of(*rows: str, heading: str = HEADING) -> DeuIssues:
    return loads("\n".join([heading, *rows]) + "\n")


def test_a_line_of_numbers() -> None:
    found = of(f"{WORDS};0;50;100;10;20;70;999;40")
    assert found.actors == ("com", "ep", "aa")
    assert (found.proposal, found.issue) == (("1",), ("1",))
    assert_array_equal(found.position, [[0, 50, 100]])
    assert_array_equal(found.salience, [[10, 20, 70]])
    assert np.isnan(found.reference[0])
    assert found.outcome[0] == 40
    # By hand: (0 × 10 + 50 × 20 + 100 × 70) / 100 = 80.
    assert backtest(found, [WeightedMean()]).scores[0].absolute.tolist() == [40.0]


def test_what_is_missing_stays_out_of_the_sum() -> None:
    found = of(f"{WORDS};0;999;100;10;20;30;50;40", f"{WORDS};0;50;100;0;20;;50;40", f"{WORDS};0;50;100;1;2;3;50;999")
    assert_array_equal(found.present, [[True, False, True], [False, True, False], [True, True, True]])
    assert_array_equal(found.scorable, [True, False, False])
    result = backtest(found, [WeightedMean()])
    assert (result.issues, result.left_out) == (1, 2)
    assert_allclose(result.scores[0].absolute, [75.0 - 40.0])


def test_a_comma_a_blank_and_a_mark_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "deu.csv"
    path.write_text(f"\ufeff{HEADING.upper()}\n{WORDS};0; 12,5 ;;1;2;3;50;40\n", encoding="utf-8")
    found = load(path)
    assert found.position[0, 1] == 12.5
    assert np.isnan(found.position[0, 2])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "got 0 lines, expected a heading and issues"),
        (HEADING, "got 1 lines"),
        (f"{HEADING}\n{WORDS};0;1;2;3;4;5;6", "line 2: got 20 cells, expected 21"),
        (f"{HEADING}\n{WORDS};0;x;2;3;4;5;6;7", "line 2, pep: got 'x', expected a number from 0 to 100"),
        (f"{HEADING}\n{WORDS};0;1;2;3;4;5;6;101", "line 2, out: got 101, expected a number from 0 to 100"),
        (f"{HEADING}\n{WORDS};0;-1;2;3;4;5;6;7", "line 2, pep: got -1"),
        (HEADING.replace("scom", "com") + "\n1", "line 1: got no column scom"),
        (HEADING.replace("sep;saa", "saa;sep") + "\n1", "expected the same actors in the same order"),
        ("a,b\n1,2", "got no column prnr, isnr"),
    ],
)
def test_damage_is_named_by_line_and_column(text: str, message: str) -> None:
    with pytest.raises(MalformedInput, match=message):
        loads(text)


def test_no_file_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"doi:10\.34810/data53"):
        load(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"prnr;\xff\xfe\n")
    with pytest.raises(EncodingError, match="byte 5"):
        load(tmp_path / "bad.csv")


def made(proposals: int = 60, seed: int = 1) -> DeuIssues:
    return loads(synthetic(proposals, np.random.default_rng(seed)))


def test_the_synthetic_set_has_the_form_of_the_file() -> None:
    text = synthetic(20, np.random.default_rng(1))
    assert text.startswith(f"{FIRST};pcom;pep;")
    assert text.splitlines()[0].endswith(";rp;out")
    assert text == synthetic(20, np.random.default_rng(1))
    found = loads(text)
    assert len(set(found.proposal)) == 20
    assert len(found) > 30
    assert np.isnan(found.position).any()


def test_a_backtest_finds_the_model_that_made_the_data() -> None:
    result = backtest(made(), [WeightedMean(), WeightedMedian()], spread=10, draws=20)
    mean, median = result.scores
    assert mean.absolute.mean() < 12 < median.absolute.mean()
    assert [c.winner for c in result.comparisons] == ["weighted mean"]
    assert result.comparisons[0].clusters == result.proposals == 60
    assert (mean.crps <= mean.absolute + 10).all()
    assert result.lines()[0] == f"{result.issues} issues of 60 proposals; {result.left_out} left out"
    assert result.lines()[-1].endswith("weighted mean is better")


def test_a_difference_that_shows_but_is_too_small_to_be_relied_on_names_no_winner() -> None:
    comparison = backtest(made(seed=2), [WeightedMean(), WeightedMedian()], spread=10, draws=20).comparisons[0]
    assert 0 < comparison.low < comparison.difference < comparison.detectable
    assert comparison.winner is None


def test_too_few_issues_name_no_winner() -> None:
    result = backtest(made(4, seed=3), [WeightedMean(), WeightedMedian()])
    assert [c.winner for c in result.comparisons] == [None]
    assert result.lines()[-1].endswith("no winner")


def test_without_spread_every_draw_is_the_same() -> None:
    result = backtest(made(10), [WeightedMean()], draws=5)
    assert_allclose(result.scores[0].crps, result.scores[0].absolute, atol=1e-9)


def test_the_seed_decides_and_the_unit_of_capability_does_not() -> None:
    issues = made(10)
    power = {actor: 1.0 + k for k, actor in enumerate(issues.actors)}

    def errors(unit: float, seed: int) -> Any:
        scaled = {actor: c * unit for actor, c in power.items()}
        return backtest(issues, [WeightedMean()], capability=scaled, spread=5, draws=7, seed=seed).scores[0].absolute

    assert_allclose(errors(1.0, 1), errors(50.0, 1), atol=1e-9)
    assert not np.allclose(errors(1.0, 1), errors(1.0, 2))
    assert not np.allclose(errors(1.0, 1), backtest(issues, [WeightedMean()], spread=5, draws=7, seed=1).scores[0].absolute)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"models": []}, "got 0 models"),
        ({"draws": 0}, "0 draws, expected some of each"),
        ({"spread": -1.0}, "spread: got -1"),
        ({"capability": {"com": 1.0}}, "capability: got none of ep, aa"),
        ({"capability": dict.fromkeys(("com", "ep", "aa", "bb", "cc", "dd", "ee"), 0.0)}, "capability: got 0, expected above 0"),
    ],
)
def test_what_is_refused(change: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"models": [WeightedMean()]} | change
    with pytest.raises(SituationError, match=message):
        backtest(made(3), **arguments)


def test_no_issue_with_an_outcome_is_an_error() -> None:
    with pytest.raises(DetenteError, match="0 issues with an outcome"):
        backtest(of(f"{WORDS};0;50;100;1;2;3;50;999"), [WeightedMean()])
