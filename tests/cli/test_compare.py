"""`detente compare`: figures, differences, and a command that shows each."""

from __future__ import annotations

import shlex

import pytest


@pytest.fixture
def hand(run, ledger, tmp_path):
    """A copy of the ledger in which a person rejected one record, edited another and accepted the rest."""
    run("backup", "hand.db")
    statement, pledge = (run("show", kind, "--ids").out.split()[0] for kind in ("statements", "pledges"))
    run("review", statement, "reject", "--by", "Ana", "--ledger", "hand.db")
    run("review", pledge, "edit", "stage=delivered", "--by", "Ana", "--ledger", "hand.db")
    run("review", "--all", "accept", "--yes", "--by", "Ana", "--ledger", "hand.db")
    return {"statement": statement, "pledge": pledge}


def test_a_person_sees_figures_and_differences(run, hand):
    ran = run("compare", "hand.db")
    assert (ran.status, ran.err) == (0, "")
    assert "articles in both, and compared: 1;" in ran.out
    assert "statement, in the other alone" in ran.out
    assert "stage is delivered in the gold, announced in the other" in ran.out
    assert "0.500" in ran.out
    assert "no person" not in ran.out


def test_every_difference_has_a_command_that_shows_its_sentence(run, hand):
    found = run("compare", "hand.db", "--json").json
    assert [(d["what"], d["kind"], d["field"]) for d in found["differences"]] == [
        ("extra", "statement", None),
        ("value", "pledge", "stage"),
    ]
    commands = [command for d in found["differences"] for command in d["show"]]
    assert len(commands) == 3
    for command in commands:
        ran = run(*shlex.split(command)[1:])
        assert ran.status == 0
        assert "[" in ran.out
        assert "1 " not in ran.out.split("\n")[0]


def test_of_two_equals_neither_is_the_gold(run, hand):
    ran = run("compare", "hand.db", "detente.db")
    assert (ran.status, ran.err) == (0, "")
    assert "records of the first, by whom: " in ran.out
    assert ", accepted in review" in ran.out
    assert "stage is delivered in the first, announced in the second" in ran.out
    assert "statement, in the second alone" in ran.out
    for word in ("gold", "precision", "recall", "accuracy"):
        assert word not in ran.out
    found = run("compare", "hand.db", "detente.db", "--json").json
    assert found["equals"] is True
    for difference in found["differences"]:
        for command in difference["show"]:
            assert run(*shlex.split(command)[1:]).status == 0
    assert run("compare", "hand.db", "detente.db", "--ledger", "detente.db").status == 2


def test_gold_that_nobody_checked_is_said(run, ledger):
    assert "7 records of the gold were made by no person" in run("compare", "detente.db").out


def test_a_gold_that_is_not_there_is_named(run, ledger):
    ran = run("compare", "nowhere.db")
    assert (ran.status, ran.out) == (1, "")
    assert "nowhere.db" in ran.err


def test_differences_are_cut_and_said(run, hand):
    assert "… and 2 more differences" in run("compare", "hand.db", "--limit", "0").out


def test_records_are_shown_by_id(run, ledger):
    keys = run("show", "statements", "--ids").out.split()
    assert run("show", "statements", "--id", keys[1], "--ids").out.split() == [keys[1]]
    assert run("show", "statements", "--id", keys[0], "--id", keys[1], "--ids").out.split() == keys
    assert run("show", "statements", "--id", "st-none", "--ids").out == ""
