"""`detente seal` and `grade`: a forecast in somebody's name, and what became of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

QUESTION = "Does the Ostrava ceasefire hold through 2030?"
NEEDED = ("--by", "J. Analyst", "--due", "2030-12-31", "--settles", "no battle in the observers' list")
CHANCE = ("seal", QUESTION, "--probability", "0.6", *NEEDED)
NUMBER = ("seal", QUESTION, "--quantile", "0.5=40", "--quantile", "0.1=20", "--quantile", "0.9=70", "--unit", "points", *NEEDED)


@pytest.fixture
def sealed(run: Any) -> Any:
    ran = run(*CHANCE, "-o", "forecast.json")
    assert (ran.status, ran.out) == (0, "")
    return ran


def test_a_forecast_says_who_when_and_its_hash(run: Any, sealed: Any, tmp_path: Any) -> None:
    told = json.loads((tmp_path / "forecast.json").read_text(encoding="utf-8"))
    assert (told["by"], told["on"], told["due"]) == ("J. Analyst", date.today().isoformat(), "2030-12-31")
    assert sealed.err.strip() == f"sealed {told['on']} by J. Analyst: {told['digest']}"
    shown = run("grade", "forecast.json")
    assert shown.out.splitlines() == [
        QUESTION, "probability 0.6",
        f"sealed by J. Analyst on {told['on']}, due 2030-12-31; settled by: no battle in the observers' list",
        f"hash {told['digest']}, unchanged",
    ]  # fmt: skip


@pytest.mark.parametrize(("outcome", "brier", "nats"), [("yes", 0.16, 0.5108), ("No", 0.36, 0.9163)])
def test_a_probability_is_graded(run: Any, sealed: Any, outcome: str, brier: float, nats: float) -> None:
    ran = run("grade", "forecast.json", "--outcome", outcome, "--on", "2031-01-02")
    assert ran.out.splitlines()[-2:] == [f"brier: {brier:g}", f"log: {nats:g}"]
    scores = run("grade", "forecast.json", "--outcome", outcome, "--json").json["scores"]
    assert scores == {"brier": pytest.approx(brier), "log": pytest.approx(nats, abs=1e-4)}


def test_a_number_is_graded(run: Any) -> None:
    assert run(*NUMBER, "-o", "forecast.json").status == 0
    ran = run("grade", "forecast.json", "--outcome", "50")
    assert "10%: 20, 50%: 40, 90%: 70 points" in ran.out
    # Pinball: .1 × 30, .5 × 10, .1 × 20.
    assert ran.out.splitlines()[-2:] == ["quantile: 3.333", "absolute: 10"]


def test_what_was_held_impossible_and_came(run: Any) -> None:
    call = [word if word != "0.6" else "0" for word in CHANCE]
    assert run(*call, "-o", "forecast.json").status == 0
    assert run("grade", "forecast.json", "--outcome", "yes").out.splitlines()[-1] == "log: inf"
    assert run("grade", "forecast.json", "--outcome", "yes", "--json").json["scores"] == {"brier": 1.0, "log": None}


def test_a_changed_forecast_is_refused(run: Any, sealed: Any, tmp_path: Any) -> None:
    path = tmp_path / "forecast.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0.6", "0.9"), encoding="utf-8")
    ran = run("grade", "forecast.json", "--outcome", "yes")
    assert ran.status == 1
    assert "it was changed" in ran.err


def test_a_forecast_names_the_scenario_it_rests_on(run: Any, ledger: Any, tmp_path: Any) -> None:
    report = run("weigh", "--json")
    (tmp_path / "scenario.json").write_text(report.out, encoding="utf-8")
    written = run(*CHANCE, "--scenario", "scenario.json").json
    assert written["rests_on"] == {k: report.json[k] for k in ("title", "methods", "parameters", "seed", "inputs", "version")}


@pytest.mark.parametrize(
    ("call", "status", "words"),
    [
        (("seal", QUESTION, *NEEDED), 2, ["got neither of --probability and --quantile"]),
        ((*NUMBER, "--probability", "0.5"), 2, ["got both of"]),
        (("seal", QUESTION, "--probability", "1.5", *NEEDED), 2, ["--probability"]),
        (("seal", QUESTION, "--quantile", "half=3", *NEEDED), 2, ["--quantile", "half=3", "0.5=40"]),
        (("seal", QUESTION, "--quantile", "0.5=9", "--quantile", "0.9=3", *NEEDED), 1, ["expected both to rise"]),
        (("seal", QUESTION, "--probability", "0.5"), 2, ["--by"]),
        ((*CHANCE, "--due", "2020-01-01"), 2, ["due", "2020-01-01"]),
        ((*CHANCE, "--due", "soon"), 2, ["--due", "'soon'"]),
        ((*CHANCE, "--by", "détente"), 1, ["name of the person"]),
        ((*CHANCE, "--scenario", "nowhere.json"), 1, ["nowhere.json", "try: detente weigh --json"]),
        ((*CHANCE, "--scenario", "forecast.json"), 1, ["forecast.json", "no scenario"]),
        (("grade", "nowhere.json"), 1, ["nowhere.json", "try: detente seal"]),
        (("grade", "bytes.json"), 1, ["bytes.json", "no UTF-8"]),
        (("grade", "forecast.json", "--outcome", "perhaps"), 2, ["--outcome", "'perhaps'", "yes, no or a number"]),
        (("grade", "forecast.json", "--outcome", "3"), 1, ["expected true or false"]),
        (("grade", "forecast.json", "--outcome", "yes", "--on", "2020-01-01"), 2, ["2020-01-01", "not before the sealing"]),
    ],
)
def test_a_wrong_call_says_what_would_work(
    run: Any, sealed: Any, tmp_path: Any, call: tuple[str, ...], status: int, words: list[str]
) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    ran = run(*call)
    assert ran.status == status
    for word in words:
        assert word in ran.err
