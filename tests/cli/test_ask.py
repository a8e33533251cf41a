"""`detente ask`: the questions as a person, a program and a spreadsheet meet them."""

from __future__ import annotations

import csv
import io

import pytest

from detente.cli.ask import QUESTIONS

# By question: words of an answer from the made ledger, and something that nothing on record is about.
ASKED = {
    "promises": ("Ostrava to Marland: loan, 2.26 million crowns, due by 2027-12-31 — announced", "Marland"),
    "totals": ("announced, loan: 2.26 million crowns — 1 pledge", "Marland"),
    "depends": ("hangs on: only if Marland does", "pipeline"),
    "coalition": ("Ostrava: conditional; only if Marland does", "Marland League"),
    "stands": ("Émile Orden: conditional — The fighting is to stop. [ceasefire]", "pipeline"),
    "terms": ("A mission monitors the truce. — monitoring, status unknown", "pipeline"),
}
# What the made ledger, which has one article, has no answer to.
UNANSWERED = {
    "repeats": "no pledge on record is told more than once",
    "overdue": "nothing on record is broken, suspended, overdue or stalled",
    "shifts": "no change of position on record",
    "sources": "no such statement on record",
    "contradictions": "no contradiction found",
    "sides": "no pair and no bridge on record",
}
SCOPE = "from 1 article of 1 outlet, 2025-03-02"


@pytest.mark.parametrize("question", ASKED)
def test_a_question_is_answered_with_the_words_it_rests_on(question: str, run, ledger) -> None:
    ran, answer = run("ask", question), run("ask", question, "--json").json
    words, nobody = ASKED[question]
    assert ran.status == 0
    assert words in ran.out
    assert "— The Ostrava Post, 2025-03-02 [" in ran.out
    assert "machine-read]" in ran.out
    assert ran.out.strip().endswith(SCOPE)
    assert answer["question"] == question
    assert answer["counts"]["rows"] == len(answer["rows"]) >= 1
    assert sorted(answer["unaccepted"]) == sorted(
        {p["record"] for row in answer["rows"] for p in row["places"]}
    )
    about = run("ask", question, nobody).out
    assert about.startswith(QUESTIONS[question].empty)
    assert f"about {nobody}" in about


@pytest.mark.parametrize("question", UNANSWERED)
def test_no_answer_is_said_with_what_was_looked_at(question: str, run, ledger) -> None:
    day = ["--as-of", "2025-04-01"] if question == "overdue" else []
    ran = run("ask", question, *day)
    assert ran.status == 0
    assert ran.out.startswith(UNANSWERED[question])
    assert SCOPE in ran.out
    assert run("ask", question, *day, "--json").json["rows"] == []


def test_what_is_new_since_a_day(run, ledger) -> None:
    ran = run("ask", "changes", "--since", "2025-03-01")
    assert "2025-03-02, new pledge: Ostrava to Marland: loan" in ran.out
    assert "2025-03-02, new term: A mission monitors the truce." in ran.out
    assert "2025-03-02, coalition: Ostrava in League of the Coast — conditional" in ran.out
    assert run("ask", "changes", "--since", "2025-03-03").out.startswith("nothing new on record")


def test_whether_it_would_hold_says_what_is_assumed_and_where_the_numbers_are_from(run, ledger) -> None:
    ran = run("ask", "holds")
    assert ran.status == 0
    assert "inputs assumed: a scenario, not a forecast." in ran.out
    assert "UCDP Conflict Termination Dataset" in ran.out
    assert "detente situation -o my.toml" in ran.out
    found = run("ask", "holds", "--json").json
    assert found["durability"]["cases"] > 0
    assert found["assumptions"]


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q in ASKED])
def test_an_answer_as_csv_has_the_ids_and_the_words(question: str, run, ledger) -> None:
    rows = list(csv.DictReader(io.StringIO(run("ask", question, "--csv").out)))
    assert rows
    known = set(run("ask", question, "--json").json["unaccepted"])
    for row in rows:
        assert set(row["records"].split()) <= known
        assert row["words"]
        assert row["outlets"] == "The Ostrava Post"


def test_a_day_before_the_coverage_has_nothing(run, ledger) -> None:
    ran = run("ask", "promises", "--as-of", "2025-03-01")
    assert ran.out == "no promise on record\n\nfrom 0 articles of 0 outlets; as of 2025-03-01\n"


def test_what_a_person_accepted_is_not_called_machine_read(run, ledger) -> None:
    one = run("show", "pledges", "--ids").out.strip()
    run("review", one, "accept", "--by", "Ana")
    assert f"[{one}]" in run("ask", "promises").out
    assert "1 record, all accepted by a person" in run("ask", "promises").out


WRONG = [
    (["changes"], "detente ask changes --since 2025-03-01"),
    (["changes", "Ostrava", "--since", "2025-03-01"], "expected nothing there"),
    (["promises", "--since", "2025-03-01"], "--as-of"),
    (["promises", "--csv", "--json"], "one at most"),
    (["overdue", "--as-of", "Sunday"], "expected a day such as 2025-03-02"),
    (["sides", "--least", "0"], "0 is not in the range"),
    (["holds", "--csv"], "--json"),
    (["holds", "--as-of", "2025-03-02"], "none"),
]


@pytest.mark.parametrize(("call", "words"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_a_wrong_call_says_what_would_work(call: list[str], words: str, run, ledger) -> None:
    ran = run("ask", *call)
    assert ran.status == 2
    assert words in ran.err


def test_the_code_book_is_printed_edited_and_read_back(run, ledger, tmp_path) -> None:
    book = run("ask", "--show-code-book").out
    (tmp_path / "mine.toml").write_text(
        book.replace('id = "ceasefire"', 'id = "quiet-on-the-coast"'), encoding="utf-8"
    )
    assert (
        "[quiet-on-the-coast]" in run("ask", "stands", "quiet-on-the-coast", "--code-book", "mine.toml").out
    )
    assert run("ask", "stands", "quiet-on-the-coast").out.startswith("no stance on record")


def test_a_code_book_that_is_none_is_refused(run, ledger, tmp_path) -> None:
    (tmp_path / "mine.toml").write_text("[[issue]]\nid = 3\n", encoding="utf-8")
    ran = run("ask", "stands", "--code-book", "mine.toml")
    assert ran.status == 1
    assert "mine.toml, issue 1: id: got 3, expected words" in ran.err
    assert run("ask", "shifts", "--code-book", "nowhere.toml").status == 1
