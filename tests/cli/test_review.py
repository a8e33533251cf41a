"""`detente review`: what people decide, kept beside what the machine read."""

from __future__ import annotations

import getpass

import pytest


@pytest.fixture
def pledge(run, ledger) -> str:
    return run("show", "pledges", "--ids").out.strip()


def value(run, id_: str) -> dict:
    return next(p for p in run("show", "pledges", "--json").json if p["id"] == id_)


@pytest.mark.parametrize(("action", "review"), [("accept", "accepted"), ("reject", "rejected"), ("dispute", "disputed")])
def test_a_decision_is_kept_with_who_and_why(action: str, review: str, run, pledge) -> None:
    ran = run("review", pledge, action, "--by", "Ana", "--note", "seen the paper")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith(f" Ana: {action} {pledge} (seen the paper)\n")
    assert value(run, pledge)["review"] == review
    assert run("review", pledge, "history").out == ran.out


@pytest.mark.parametrize(
    ("change", "field", "new"),
    [
        ("stage=committed", "stage", "committed"),
        ("due=2027-06-30", "due", "2027-06-30"),
        ("testable=true", "testable", True),
        ("due=null", "due", None),
        ("financing=a levy = a tax", "financing", "a levy = a tax"),
        ('beneficiary=[{"id": "state:OS", "name": "Ostrava"}]', "beneficiary", [{"id": "state:OS", "name": "Ostrava"}]),
    ],
)
def test_an_edit_changes_one_field_and_undo_puts_it_back(change: str, field: str, new: object, run, pledge) -> None:
    before = value(run, pledge)
    assert run("review", pledge, "edit", change, "--by", "Ana").status == 0
    after = value(run, pledge)
    assert (after[field], after["review"]) == (new, "edited")
    assert {k: v for k, v in after.items() if k not in (field, "review")} == {k: v for k, v in before.items() if k not in (field, "review")}
    assert run("review", pledge, "undo", "--by", "Ben").status == 0
    assert value(run, pledge) == before


def test_undo_goes_back_one_decision_at_a_time(run, pledge) -> None:
    for args in (["accept"], ["edit", "stage=committed"], ["edit", "stage=delivered"]):
        run("review", pledge, *args, "--by", "Ana")
    stages = []
    for _ in range(3):
        run("review", pledge, "undo", "--by", "Ana")
        stages.append((value(run, pledge)["stage"], value(run, pledge)["review"]))
    assert stages == [("committed", "edited"), ("announced", "accepted"), ("announced", "proposed")]
    ran = run("review", pledge, "undo", "--by", "Ana")
    assert ran.status == 2
    assert f"try: detente review {pledge} history" in ran.err
    history = run("review", pledge, "history").out.splitlines()
    assert len(history) == 6, "an undo is a decision too, and nothing is overwritten"
    assert [line.split(": ")[1].split()[0] for line in history] == ["accept", "edit", "edit", "undo", "undo", "undo"]


def test_history_of_a_record_that_nobody_judged(run, pledge) -> None:
    ran = run("review", pledge, "history")
    assert (ran.status, ran.out) == (0, f"nobody has decided anything about {pledge}\n")


def test_who_decides_is_the_user_where_nobody_is_named(run, pledge) -> None:
    assert f" {getpass.getuser()}: accept " in run("review", pledge, "accept").out


WRONG = [
    (["edit"], 2, ["FIELD=VALUE", "edit stage=committed"]),
    (["edit", "stage"], 2, ["FIELD=VALUE"]),
    (["edit", "stgae=committed"], 2, ["'stgae'", "try: stage"]),
    (["edit", "stage=signed"], 1, ["stage", "'signed'"]),
    (["edit", "id=pl-1"], 2, ["'id'"]),
    (["accept", "stage=committed"], 2, ["stage=committed", "edit"]),
    (["accept", "--by", " "], 1, []),
    (["undo"], 2, ["history"]),
    (["undo", "--note", "a slip"], 2, ["--note"]),
]


@pytest.mark.parametrize(("args", "status", "said"), WRONG, ids=[" ".join(args) for args, *_ in WRONG])
def test_a_decision_that_cannot_be_is_refused_and_changes_nothing(args, status, said, run, pledge) -> None:
    before = value(run, pledge)
    ran = run("review", pledge, *args)
    assert (ran.status, ran.out) == (status, "")
    for words in said:
        assert words in ran.err
    assert value(run, pledge) == before
    assert "nobody" in run("review", pledge, "history").out
