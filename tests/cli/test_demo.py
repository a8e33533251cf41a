"""`detente demo`: the first look, on the package's own coverage."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from detente.cli.demo import _program
from detente.errors import EmptyArticle, SituationError
from detente.ledger.intake import Intake, Outcome

HEADINGS = (
    "Who said what", "What was promised (repeats folded)", "What is on the table", "Who wants what", "Who did what",
    "What comes in which order", "Who is in the coalition, and on what condition", "One weighing: a scenario, not a forecast",
)  # fmt: skip


@pytest.fixture
def shown(run):
    return run("demo")


def test_it_shows_every_kind_of_record_under_its_heading(shown) -> None:
    assert (shown.status, shown.err) == (0, "")
    places = [shown.out.index(f"\n{heading}\n") for heading in HEADINGS]
    assert places == sorted(places)
    assert re.search(r"^\d+ of \d+ inputs assumed\.$", shown.out, re.M)
    assert "no person has checked it" in shown.out


def test_what_it_counts_is_what_the_ledger_has(run, shown) -> None:
    counts = dict(re.findall(r"(\d+) (\w+)", shown.out.partition("found: ")[2].partition("\n")[0]))
    for number, kinds in counts.items():
        assert len(run("show", kinds, "--ids", "--ledger", "detente-demo.db").out.split()) == int(number)
    assert counts


def test_what_it_says_to_do_next_can_be_done(run, shown) -> None:
    said = re.findall(r"^  detente (\S.*?)(?:   .*)?$", shown.out, re.M)
    assert [line.split()[0] for line in said] == ["weigh", "show", "serve"]
    for line in said:
        if not line.startswith("serve"):
            assert run(*line.split()).status == 0


@pytest.mark.parametrize(
    ("found", "argv", "said"),
    [
        ("/usr/bin/detente", ".venv/bin/detente", "detente"),
        (None, ".venv/bin/detente", ".venv/bin/detente"),
        (None, "a b/detente.exe", "'a b/detente.exe'"),
        (None, "/usr/lib/pytest/__main__.py", "detente"),  # called from Python
    ],
)
def test_the_next_commands_are_such_as_this_shell_knows(monkeypatch, found: str | None, argv: str, said: str) -> None:
    monkeypatch.setattr("shutil.which", lambda name: found)
    monkeypatch.setattr("sys.argv", [argv])
    assert _program() == said


def test_every_statement_is_in_the_coverage(run, shown) -> None:
    texts = [json.loads(line)["text"] for line in files("detente.demo").joinpath("coverage.jsonl").read_text(encoding="utf-8").splitlines()]
    for statement in run("show", "statements", "--json", "--ledger", "detente-demo.db").json:
        for words in statement["evidence"]:
            assert any(text[words["start"] : words["end"]] == words["exact"] for text in texts)


def test_the_second_look_is_the_first(run, shown) -> None:
    assert run("demo").out == shown.out


def test_it_goes_where_it_is_told_and_nowhere_else(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DETENTE_LEDGER", str(tmp_path / "mine.db"))
    assert run("demo", "--ledger", "first.db").status == 0
    assert {p.name.partition("-")[0] for p in tmp_path.iterdir()} == {"first.db"}


def test_coverage_that_cannot_be_read_is_a_failure_and_not_an_empty_look(run, monkeypatch) -> None:
    failed = Intake((Outcome("coverage.jsonl", "failed", error=EmptyArticle("there is no text")),), {})
    monkeypatch.setattr("detente.ledger.intake.read_into", lambda *_: failed)
    ran = run("demo")
    assert (ran.status, ran.out, ran.err) == (1, "", "detente: there is no text\n")


@pytest.mark.parametrize("part", ["_coverage", "_weighing"])
def test_a_look_that_fails_leaves_no_ledger(run, tmp_path, monkeypatch, part) -> None:
    def fails(ledger: object) -> None:
        raise SituationError("told to fail")

    monkeypatch.setattr(f"detente.cli.demo.{part}", fails)
    ran = run("demo")
    assert (ran.status, ran.err) == (1, "detente: told to fail\n")
    assert list(tmp_path.iterdir()) == []


def test_a_look_that_fails_leaves_a_ledger_that_was_there(run, shown, tmp_path, monkeypatch) -> None:
    def fails(ledger: object) -> None:
        raise SituationError("told to fail")

    monkeypatch.setattr("detente.cli.demo._weighing", fails)
    before = run("show", "statements", "--ids", "--ledger", "detente-demo.db").out
    assert run("demo").status == 1
    assert run("show", "statements", "--ids", "--ledger", "detente-demo.db").out == before
