"""`detente situation` and `weigh`: from the ledger to a file that a person completes, and to a scenario."""

from __future__ import annotations

import re
import tomllib

import pytest


def test_a_situation_is_toml_that_weighs_as_the_ledger_does(run, ledger, tmp_path) -> None:
    written = run("situation")
    assert (written.status, written.err) == (0, "")
    plain = tomllib.loads(written.out)
    assert {party["name"] for party in plain["parties"]} == {"Ostrava", "Émile Orden"}
    assert run("situation", "-o", "talks.toml").out == ""
    assert (tmp_path / "talks.toml").read_text(encoding="utf-8") == written.out
    assert run("weigh", "talks.toml", "--json").json == run("weigh", "--json").json


def test_the_first_line_says_how_many_inputs_are_assumed(run, ledger) -> None:
    ran = run("weigh")
    assert ran.status == 0
    report = run("weigh", "--json").json
    assert ran.out.splitlines()[0] == f"{report['assumed']} of {report['counted']} inputs assumed."
    assert 0 < report["assumed"] < report["counted"]
    assert "a scenario, not a forecast" in ran.out


def test_what_a_person_knows_better_is_assumed_no_more(run, ledger, tmp_path) -> None:
    written = run("situation").out
    assert 'capability = { assumed_by = "détente"' in written
    before = run("weigh", "--json").json["assumed"]
    head, found, rest = written.partition("capability = {")
    told = f'{head}capability = {{ sources = ["po-1"], low = 2.0, high = 2.0 }}\n{rest.partition(chr(10))[2]}'
    assert found
    (tmp_path / "talks.toml").write_text(told, encoding="utf-8")
    assert run("weigh", "talks.toml", "--json").json["assumed"] == before - 1


def test_the_same_seed_gives_the_same_report(run, ledger) -> None:
    one, same, other = (run("weigh", "--seed", seed, "--draws", "50").out for seed in ("1", "1", "2"))
    assert one == same != other
    assert "50 draws, seed 1" in one


@pytest.mark.parametrize(
    ("call", "begins"),
    [
        (("-o", "r.html"), "<!doctype html>"),
        (("-o", "r.md"), r"\d+ of \d+ inputs assumed\.\n\n## "),
        (("-o", "r.txt"), r"\d+ of \d+ inputs assumed\.\n\nThe "),
        (("-o", "r.json"), r"\{\n  \"title\""),
        (("-o", "r", "--format", "html"), "<!doctype html>"),
        (("-o", "r.html", "--json"), r"\{\n  \"title\""),
    ],
)
def test_a_report_in_a_file(run, ledger, tmp_path, call, begins) -> None:
    ran = run("weigh", "--draws", "20", *call)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert re.match(begins, (tmp_path / call[1]).read_text(encoding="utf-8"))


def test_the_page_cites_the_ledger_and_says_where_there_is_none(run, ledger, tmp_path) -> None:
    run("situation", "-o", "talks.toml")
    cited = run("weigh", "talks.toml", "--draws", "20", "--format", "html")
    assert "<q>" in cited.out
    assert "No person has accepted" in cited.out
    bare = run("weigh", "talks.toml", "--draws", "20", "--format", "html", "--ledger", "nowhere.db")
    assert bare.status == 0
    assert "<q>" not in bare.out
    assert "no ledger at nowhere.db" in bare.err


def test_a_file_that_cannot_be_written_is_no_report(run, ledger) -> None:
    ran = run("weigh", "--draws", "20", "-o", "no/such/folder.html")
    assert ran.status == 2
    assert "folder that is there" in ran.err


def test_without_says_what_falls(run, ledger) -> None:
    ran = run("weigh", "--without", "mission monitors")
    assert ran.status == 0
    assert "Without mission monitors" in ran.out
    assert "A mission monitors the truce." in ran.out.partition("terms that fall:")[2].partition("\n")[0]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("title = ", ["talks.toml is not TOML"]),
        ('title = "T"\ncolour = "red"\n', ["talks.toml", "colour"]),
        ('title = "T"\n[[parties]]\nid = "a"\nname = "A"\n', ["line", "capability"]),
        ('title = "T"\nleft_out = []\n', ["expected something to weigh"]),
    ],
)
def test_a_file_that_cannot_be_weighed_says_where_and_why(file: str, said: list[str], run, tmp_path) -> None:
    (tmp_path / "talks.toml").write_text(file, encoding="utf-8")
    ran = run("weigh", "talks.toml")
    assert (ran.status, ran.out) == (1, "")
    for words in said:
        assert words in ran.err


def test_markdown_has_headings(run, ledger) -> None:
    ran = run("weigh", "--format", "markdown", "--draws", "20")
    assert (ran.status, ran.err) == (0, "")
    assert "\n## What it does not know\n" in ran.out
    assert run("weigh", "--format", "pdf").status == 2


def test_what_is_not_known_comes_before_any_result(run, ledger) -> None:
    lines = run("weigh", "--draws", "20").out.splitlines()
    headings = [line for line in lines[1:] if line and not line.startswith(" ")]
    assert headings[0].endswith("a scenario, not a forecast")
    assert headings[1] == "What it does not know"


def test_positions_that_move_together(run, ledger) -> None:
    ran = run("weigh", "--correlation", "0.3")
    assert ran.status == 0
    assert "positions on one issue with a correlation of 0.3" in ran.out
    assert run("weigh", "--correlation", "1.5").status == 2


def test_a_seed_below_nothing_is_a_wrong_call(run, ledger) -> None:
    ran = run("weigh", "--seed", "-1")
    assert ran.status == 2
    assert "-1" in ran.err


def test_capability_from_a_table_of_ones_own(run, ledger, tmp_path) -> None:
    (tmp_path / "power.csv").write_text("country,year,value\nFrance,2024,1\n", encoding="utf-8")
    ran = run("situation", "--capability", "power.csv", "--year", "2024")
    assert ran.status == 1
    assert "power.csv: got a number for none of the parties in 2024, expected one of: " in ran.err
    assert "Ostrava" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "arguments", [("--capability", "power.csv"), ("--year", "2024"), ("--measure", "cinc"), ("--year", "soon", "--capability", "x")]
)
def test_half_of_a_table_is_a_wrong_call(arguments: tuple[str, ...], run, ledger) -> None:
    ran = run("situation", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "--year" in ran.err
