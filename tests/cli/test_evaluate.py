"""`detente evaluate`: the tables, JSON, floors, and calls that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXT = "President Ana Velkova said that talks go on."
GOLD = {"kind": "indirect", "speaker": "Ana Velkova", "source": [0, 21], "cue": [22, 26], "content": [[27, 43]]}
NAME = "reading.records.talks.statements_e2e_f1"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold" / "talks"
    folder.mkdir(parents=True)
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    (folder / "statements.jsonl").write_text(json.dumps(GOLD), encoding="utf-8")
    return folder


def test_a_table_for_a_person(run, gold: Path) -> None:
    shown = run("evaluate", ".")
    assert shown.status == 0
    assert "records: talks" in shown.out
    assert "statements e2e f1" in shown.out
    assert "not found: trees (ud/*-dev.conllu)" in shown.out
    assert shown.err == ""


def test_the_folder_of_gold_itself(run, gold: Path) -> None:
    assert "records: talks" in run("evaluate", "gold/talks", "--part", "records").out


def test_json(run, gold: Path) -> None:
    shown = run("evaluate", ".", "--part", "records", "--json").json
    figures = {figure["name"]: figure for figure in shown["figures"]}
    assert figures[NAME]["value"] == 100
    assert figures[NAME]["low"] is None
    assert shown["missing"] == {}


@pytest.mark.parametrize(("cue", "status"), [([22, 26], 0), ([0, 4], 1)])
def test_a_floor_that_is_not_met_fails(run, gold: Path, tmp_path: Path, cue: list[int], status: int) -> None:
    (gold / "statements.jsonl").write_text(json.dumps(GOLD | {"cue": cue}), encoding="utf-8")
    floors = "[evaluate.reading.records.talks]\nstatements_cue = 99.0\n[evaluate.model.trees.ewt]\nraw_LAS = 80\n"
    (tmp_path / "floors.toml").write_text(floors, encoding="utf-8")
    shown = run("evaluate", ".", "--floors", "floors.toml")
    assert shown.status == status
    assert "floors looked at: 1; not measured: 1\n" in shown.out
    assert "not measured: model.trees.ewt.raw_LAS" in shown.out
    below = "detente: reading.records.talks.statements_cue: 0.0 is below its floor of 99.0\n"
    assert shown.err == (below if status else "")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ([], 2, "DATA"),
        (["nowhere"], 1, "nowhere: got no folder"),
        (["."], 0, ""),
        ([".", "--part", "tree"], 2, "'tree'"),
        ([".", "--part", "trees"], 1, "got nothing that can be scored"),
        ([".", "--floors", "nowhere.toml"], 1, "nowhere.toml"),
        ([".", "--model", "gold/talks/article.txt"], 1, "no language model"),
        ([".", "--every", "0"], 2, "--every"),
        ([".", "--published", "yesterday"], 2, "2025-03-02"),
        ([".", "--country", "Britain"], 2, "GB"),
        ([".", "--tables", "nowhere"], 1, "nowhere"),
    ],
)
def test_calls(run, gold: Path, arguments: list[str], status: int, says: str) -> None:
    shown = run("evaluate", *arguments)
    assert (shown.status, says in shown.err) == (status, True)
