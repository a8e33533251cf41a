"""Review one record at a time or all that are shown; undo and redo; merge, split, redact, agreement: as a person calls them."""

from __future__ import annotations

import json

import pytest

from detente.ledger import Ledger

from ..ledger import made

ANA = ("--by", "Ana")


def ids(run, kind: str) -> list[str]:
    return run("show", kind, "--ids").out.split()


def states(run, kind: str) -> list[str]:
    return [r["review"] for r in run("show", kind, "--json").json]


# ------------------------------------------------------------------ one at a time


def review(run, *lines: str, args: tuple[str, ...] = ()) -> str:
    ran = run("review", *ANA, *args, given="".join(f"{line}\n" for line in lines))
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_each_record_is_shown_with_its_words_in_their_paragraph_and_its_keys(run, ledger) -> None:
    out = review(run, "q", args=("--kind", "pledge"))
    assert "1 of 1 · pledge · The Ostrava Post, 2025-03-02" in out
    flat = " ".join(out.split())
    assert (
        "President Ana Velkova said Ostrava [would lend Marland 2.26 million crowns by 2027]. “We keep our word,” she said."
        in flat
    )
    assert "according to: unknown" in flat
    assert "[a] accept [r] reject [e] edit [d] dispute [u] unsure [m] merge [s] skip" in flat


def test_keys_decide_and_go_on_to_the_next(run, ledger) -> None:
    out = review(run, "a", "r", "u", "x", "s", "q")
    assert states(run, "statements") == ["accepted", "rejected"]
    assert states(run, "pledges") == ["proposed"]
    assert "unsure" in run("review", ids(run, "pledges")[0], "history").out
    assert "a  accept   it is so" in out, "an unknown key shows what keys there are"
    assert "1 accept, 1 reject, 1 unsure; 3 of 7 left" in out


def test_undo_and_redo_go_back_to_the_record_also_after_a_restart(run, ledger) -> None:
    review(run, "a", "q", args=("--kind", "statement"))
    assert states(run, "statements") == ["accepted", "proposed"]
    out = review(run, "z", "y", "q", args=("--kind", "statement", "--review", "proposed"))
    assert "undone:" in out
    assert "made again:" in out
    assert states(run, "statements") == ["accepted", "proposed"]
    assert run("undo", *ANA).status == 0
    assert states(run, "statements") == ["proposed", "proposed"]
    assert run("redo", *ANA).status == 0
    assert states(run, "statements") == ["accepted", "proposed"]
    assert run("redo", *ANA).status == 2


def test_an_edit_that_cannot_be_is_asked_again(run, ledger) -> None:
    out = review(run, "e", "stage", "e", "stage=signed", "e", "stage=committed", args=("--kind", "pledge"))
    assert "expected FIELD=VALUE" in out
    assert "'signed'" in out
    assert run("show", "pledges", "--json").json[0]["stage"] == "committed"


def test_a_reply_is_kept_beside_what_is_disputed(run, ledger) -> None:
    review(run, "d", "There is no loan.", "Ministry of Marland", args=("--kind", "pledge"))
    with Ledger.open(ledger) as kept:
        (remark,) = kept.remarks(kept.pledges[0])
    assert (remark.reply, remark.of, remark.by) == ("There is no loan.", "Ministry of Marland", "Ana")
    pledge = ids(run, "pledges")[0]
    ran = run(
        "review",
        pledge,
        "correct",
        "--reply",
        "A loan of 2 million.",
        "--of",
        "The Ostrava Post",
        "--source",
        "p. 2",
        *ANA,
    )
    assert ran.status == 0
    assert "There is no loan." in run("review", pledge, "history").out


def test_a_record_is_merged_into_one_of_those_that_are_near(run, ledger) -> None:
    one, two = ids(run, "statements")
    out = review(run, "m", "1", args=("--kind", "statement"))
    assert f"1  {two}" in " ".join(out.split(" "))
    assert ids(run, "statements") == [two]
    run("undo", *ANA)
    assert ids(run, "statements") == [one, two]


def test_hostile_text_does_not_reach_the_terminal(run, tmp_path) -> None:
    with Ledger.open(tmp_path / "detente.db", create=True) as ledger:
        article = made.article("She said \x1b[2Jwe [b]keep[/b] \u202eit\u202c. So.")
        ledger.add(
            article,
            [
                made.make(
                    made.Statement, article, {"content": "\x1b[2Jwe [b]keep[/b]"}, speaker=None, mode="direct"
                )
            ],
        )
    out = review(run, "q")
    assert "\x1b" not in out
    assert "[␛[2Jwe [b]keep[/b]]" in out


def test_the_end_of_what_is_given_is_the_end(run, ledger) -> None:
    assert "nothing decided; 7 of 7 left" in review(run)
    assert review(run, args=("--kind", "deal")) == "no records to review\n"


# ------------------------------------------------------------------ all that are shown


def test_one_decision_goes_to_all_that_the_filters_leave_and_is_undone_as_one(run, ledger) -> None:
    ran = run("review", "--all", "accept", "--kind", "statement", *ANA, given="y\n")
    assert "accept 2 statements?" in ran.err
    assert "accept: 2 statements; detente undo takes it back as one" in ran.out
    assert states(run, "statements") == ["accepted", "accepted"]
    assert len(run("undo", *ANA).out.splitlines()) == 2
    assert states(run, "statements") == ["proposed", "proposed"]
    run("redo", *ANA)
    assert states(run, "statements") == ["accepted", "accepted"]


def test_who_says_no_changes_nothing(run, ledger) -> None:
    assert run("review", "--all", "reject", given="n\n").status == 130
    assert set(states(run, "statements")) == {"proposed"}


def test_many_decisions_are_told_in_two_lines(run, ledger) -> None:
    out = run("review", "--all", "accept", "--yes", *ANA).out.splitlines()
    assert out[1:] == ["… and 6 more, decided as one", "accept: 7 records; detente undo takes it back as one"]


# ------------------------------------------------------------------ merge, split


def test_merge_and_split(run, ledger) -> None:
    one, two = ids(run, "statements")
    ran = run("merge", two, one, "--reason", "one speech", *ANA)
    assert f"Ana: merge {two} merged_into: None → '{one}' (one speech)" in ran.out
    assert ids(run, "statements") == [one]
    assert run("split", two, *ANA).status == 0
    assert ids(run, "statements") == [one, two]
    assert run("merge", made.ORDEN.id, made.VELKOVA.id).status == 0
    assert "Émile Orden" not in run("show", "actors").out


def test_an_actor_is_split_by_records(run, ledger) -> None:
    _, two = ids(run, "statements")
    ran = run("split", made.VELKOVA.id, two, "--to", "Émile Orden", *ANA)
    assert ran.status == 0
    assert run("show", "statements", "--speaker", "Émile Orden", "--ids").out.split() == [two]
    assert run("split", made.VELKOVA.id, two).status == 2
    assert "no actor 'Nobody'" in run("split", made.VELKOVA.id, two, "--to", "Nobody").err


# ------------------------------------------------------------------ redact


def test_redact_asks_tells_and_lists(run, ledger, tmp_path) -> None:
    run("backup", "old.db")
    pledge = ids(run, "pledges")[0]
    assert run("redact", pledge, "--reason", "asked for", given="n\n").status == 130
    ran = run("redact", pledge, "--reason", "asked for", "--yes", *ANA)
    assert ran.status == 0
    assert pledge in ran.out
    assert b"2.26 million" not in ledger.read_bytes()
    assert f"Ana: redact {pledge}" in run("redact", "--list").out
    assert "was redacted by Ana" in run("review", pledge, "accept").err
    (tmp_path / "gone.json").write_text(run("redact", "--list", "--json").out)
    assert b"2.26 million" in (tmp_path / "old.db").read_bytes()
    ran = run("redact", "--from", "gone.json", "--ledger", "old.db")
    assert (ran.status, ran.out) == (0, "2 redactions taken over from gone.json\n")
    assert b"2.26 million" not in (tmp_path / "old.db").read_bytes()
    assert run("check", "--ledger", "old.db").status == 0
    assert run("redact", "--purge").status == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "expected a list"), ("{}", "expected a list"), ("[1]", "expected a list"), ("[" * 5000, "expected a list"),
     (json.dumps([{"kind": "judgement", "record": "x", "action": "redact", "by": "A", "at": "", "new": {"article": "a", "places": [[3, 1]]}}]), "no redaction")],
    ids=["empty", "an object", "a number", "deep", "a place that ends before it begins"],
)  # fmt: skip
def test_a_list_of_redactions_that_is_none_is_refused(run, ledger, tmp_path, content, said) -> None:
    (tmp_path / "bad.json").write_text(content)
    before = ledger.read_bytes()
    ran = run("redact", "--from", "bad.json")
    assert ran.status == 1
    assert said in ran.err
    assert ledger.read_bytes() == before


# ------------------------------------------------------------------ agreement


def test_agreement_is_told_with_what_they_differ_on(run, ledger) -> None:
    assert "alpha: unknown, since no record was decided by two reviewers" in run("agreement").out
    statements, pledge = ids(run, "statements"), ids(run, "pledges")[0]
    for key, action in [(statements[0], "accept"), (statements[1], "accept"), (pledge, "reject")]:
        run("review", key, "accept", *ANA)
        run("review", key, action, "--by", "Ben")
    out = run("agreement").out
    assert "Krippendorff’s alpha: 0.000" in out
    assert "2 of 3 records" in out
    assert "Ana: accepted; Ben: rejected" in out
    found = run("agreement", "--json").json
    assert found["disagreements"][0]["record"] == pledge


WRONG = [
    (["review", "x"], "expected what to do with x"),
    (["review", "--reply", "no"], "without a record"),
    (["review", "x", "accept", "--reply", "no"], "with dispute or correct"),
    (["review", "--kind", "colour"], "'colour'"),
    (["review", "x", "accept"], "detente search"),
    (["merge", "x", "y"], "no record or actor 'x'"),
    (["split", "x"], "no record or actor 'x'"),
    (["split", "x", "y"], "--to ACTOR"),
    (["undo", "--by", "Zoe"], "no decision of Zoe stands"),
    (["redact"], "expected one of"),
    (["redact", "x", "--list"], "expected one of"),
    (["redact", "x"], "expected why"),
    (["redact", "x", "--reason", "y", "--yes"], "no record or article 'x'"),
]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_a_call_that_cannot_be_says_what_was_expected(run, ledger, args, said) -> None:
    ran = run(*args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
