"""`detente import` of what a team coded by hand: DNA, a table, a folder of brat's."""

from __future__ import annotations

import pytest

from ..exchange.coding import BRAT_MAP, CSV_MAP, HEADING, ROWS, TEXT, ann


@pytest.fixture
def coded(tmp_path):
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "csv.toml").write_text(CSV_MAP, encoding="utf-8")
    (tmp_path / "brat.toml").write_text(BRAT_MAP, encoding="utf-8")
    (tmp_path / "coding.csv").write_text("\n".join([HEADING, *ROWS]), encoding="utf-8")
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "talks.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "brat" / "talks.ann").write_text(ann(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "args", [("coding.csv", "--mapping", "csv.toml"), ("brat", "--mapping", "brat.toml")]
)
def test_coding_is_taken_in(run, coded, args):
    ran = run("import", *args, "--ledger", "hand.db")
    assert ran.status == 0
    assert "statements: 1" in ran.out
    assert "positions: 1" in ran.out
    again = run("import", *args, "--ledger", "hand.db")
    assert "note: 2 records were in the ledger already" in again.err
    assert run("check", "--ledger", "hand.db").status == 0


def test_a_dna_file_goes_out_and_comes_back(run, coded):
    run("import", "coding.csv", "--mapping", "csv.toml", "--ledger", "hand.db")
    run("export", "-o", "hand.dna", "--ledger", "hand.db")
    ran = run("import", "hand.dna", "--ledger", "again.db")
    assert (ran.status, ran.err) == (0, "")
    assert "positions: 1" in ran.out
    assert "2 records were in the ledger already" in run("import", "hand.dna", "--ledger", "hand.db").err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("coding.csv",), "got a table without --mapping"),
        (("brat",), "got a folder of brat's without --mapping"),
        (("talks.txt", "--mapping", "csv.toml"), "expected it with a .csv file"),
    ],
)
def test_a_call_that_cannot_be_meant_is_wrong(run, coded, args, said):
    ran = run("import", *args, "--ledger", "hand.db")
    assert ran.status == 2
    assert said in ran.err
    assert not (coded / "hand.db").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("nowhere.dna",),
        ("talks.txt",),
        ("coding.csv", "--mapping", "none.toml"),
        ("coding.csv", "--mapping", "brat.toml"),
    ],
)
def test_what_cannot_be_taken_in_leaves_no_ledger(run, coded, args):
    ran = run("import", *args, "--ledger", "hand.db")
    assert (ran.status, ran.out) == (1, "")
    assert "expected" in ran.err
    assert not (coded / "hand.db").exists()


def test_what_a_person_coded_is_not_called_machine_read(run, coded):
    run("import", "coding.csv", "--mapping", "csv.toml", "--ledger", "hand.db")
    assert (
        "1 statement, 1 made by a person, 0 machine-read"
        in run("show", "statements", "--ledger", "hand.db").out
    )
    notes = run("export", "-o", "hand.csv", "--ledger", "hand.db").err
    assert "note: 2 of the records were made by a person, and nobody has reviewed them" in notes
    assert "machine-read" not in notes
