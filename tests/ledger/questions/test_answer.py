"""What all answers share: rows with their places, counts, what was left out, text, table and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from detente.errors import InvalidDate, LedgerCorrupt
from detente.ledger import Ledger, questions
from detente.ledger.questions import Answer
from detente.records import Authority, Pledge

from .. import made
from .telling import add_to, article, event, member, on, pledge, position, pounds, statement, term

ASK: dict[str, Callable[[Ledger], Answer]] = {
    "promises": questions.promises, "repeats": questions.repeats, "totals": questions.totals, "depends": questions.depends,
    "coalition": questions.coalition, "stands": questions.stands, "shifts": questions.shifts, "terms": questions.terms,
    "sources": questions.sources, "contradictions": questions.contradictions, "sides": questions.sides,
    "overdue": lambda ledger: questions.overdue(ledger, as_of="2027-01-01"),
    "changes": lambda ledger: questions.changes(ledger, since="2025-03-02"),
}  # fmt: skip
# What people paste: right-to-left words, marks of HTML and of spreadsheets, letters beyond the first plane.
ODD = [
    "وعدت أوسترافا بجسر",
    "<script>alert('x')</script> & 'more'",
    "=HYPERLINK(0)",
    "𝕆strava gave a bridge 🌉",
    "x" * 3000,
]


def filled(words: str = "about a bridge") -> Ledger:
    ledger = Ledger.memory()
    pledge(ledger, f"Ostrava gave £400m {words}.", pounds(400), due="2025")
    pledge(ledger, f"Ostrava again gave £400m {words}.", pounds(400), source=on("2025-03-04", "Coast News"))
    for day, stance in (("2025-03-02", "oppose"), ("2025-03-09", "support")):
        position(ledger, f"Orden on {day} {words}.", words, stance, source=on(day))
        position(ledger, f"Velkova on {day} {words}.", words, "support", made.VELKOVA, source=on(day))
    term(
        ledger,
        f"A mission, {words}.",
        proposition=words,
        proposed_by=(made.VELKOVA,),
        rejected_by=(made.ORDEN,),
    )
    event(ledger, f"They met {words}.", [made.VELKOVA], [made.ORDEN])
    event(ledger, f"They called {words}.", [made.VELKOVA], [made.OSTRAVA])
    member(ledger, f"In it {words}.", "in")
    for outlet in ("The Ostrava Post", "Coast News"):
        statement(ledger, f"“We said all that {words}” {outlet[0]}", source=on("2025-03-02", outlet))
    return ledger


@pytest.fixture(scope="module", params=["about a bridge", *ODD], ids=lambda words: words[:12])
def ledger(request):
    with filled(request.param) as opened:
        yield opened


@pytest.mark.parametrize("question", ASK)
def test_every_answer_keeps_the_contract(question, ledger):
    answer = ASK[question](ledger)
    assert answer.question == question
    assert answer.counts.rows == len(answer) == len(list(answer))
    places = {p.record: p for row in answer for p in row.places}
    assert answer.counts.records == len(places)
    assert answer.unaccepted == tuple(key for key, p in places.items() if not p.accepted)
    for place in places.values():
        text = ledger.article(place.article).text
        assert all(part in text for part in (*place.words.split(" … "), *place.sentence.split(" … ")))
        assert ledger.get(place.record).core[0].exact in place.words
    for row in answer:
        assert row.places, "a part of an answer without evidence"
        assert row.heading
        assert row.unaccepted == tuple(dict.fromkeys(p.record for p in row.places if not p.accepted))
    assert json.loads(json.dumps(answer.to_dict()))["question"] == question
    assert answer.scope.line in answer.text()
    for line in answer.table():
        assert set(line["records"].split()) <= set(places)
        assert line.keys() == answer.table()[0].keys() or question == "sides"
    assert "<script>" not in answer._repr_html_()


@pytest.mark.parametrize("question", ASK)
def test_an_empty_ledger_is_answered_with_nothing(question):
    with Ledger.memory() as empty:
        answer = ASK[question](empty)
        assert (answer.rows, answer.left_out, answer.unaccepted) == ((), (), ())
        assert answer.text().splitlines()[-1].startswith("from 0 articles of 0 outlets")


@pytest.mark.parametrize("question", [q for q in ASK if q != "overdue"])
def test_a_rejected_record_is_in_no_answer(question):
    with filled() as ledger:
        for record in list(ledger.records()):
            ledger.judge(record, "reject", by="A. Reader")
        answer = ASK[question](ledger)
        assert answer.rows == ()
        assert {item.why for item in answer.left_out} <= {"a person rejected the record"}


def test_the_summary_counts_each_sentence_once():
    with Ledger.memory() as ledger:
        told = article("Ostrava gave £400m for bridges and £100m for radar. It gave more.")
        add_to(
            ledger,
            told,
            Pledge,
            "£400m for bridges",
            pledger=(made.OSTRAVA,),
            type="grant",
            amount=pounds(400),
        )
        add_to(
            ledger, told, Pledge, "£100m for radar", pledger=(made.OSTRAVA,), type="grant", amount=pounds(100)
        )
        answer = questions.promises(ledger)
        assert answer.summary == "2 promises · 1 sentence · 1 outlet · 2 records, none accepted by a person"
        assert answer[0].places[0].sentence == "Ostrava gave £400m for bridges and £100m for radar."
        ledger.judge(answer[0].places[0].record, "accept", by="A. Reader")
        assert questions.promises(ledger).summary.endswith("2 records, 1 accepted by a person")


def test_whose_word_it_is_stands_behind_every_place():
    with Ledger.memory() as ledger:
        velkova = Authority(kind="actor", id=made.VELKOVA.id, name="Ana Velkova")
        one = pledge(
            ledger,
            "Ostrava may give £400m.",
            pounds(400),
            according_to=velkova,
            factuality="hypothetical",
            hearsay=True,
        )
        answer = questions.promises(ledger)
        assert (
            f"“Ostrava may give £400m.” — The Ostrava Post, 2025-03-02, according to Ana Velkova, hypothetical, hearsay [{one.id}, machine-read]"
            in answer.text()
        )
        assert answer.table()[0]["how"] == "Ana Velkova, hypothetical, hearsay"
        ledger.judge(one, "dispute", by="A. Reader")
        assert f"[{one.id}, disputed]" in questions.promises(ledger).text()


def test_a_name_that_nobody_has_is_said_with_near_ones():
    with filled() as ledger:
        assert questions.promises(ledger, "Ostrawa").notes == (
            "nobody on record is called 'Ostrawa'; did you mean Ostrava?",
        )
        assert questions.promises(ledger, "Ostrava").notes == ()
        assert questions.promises(ledger, made.OSTRAVA).about == "Ostrava"


def test_a_merged_actor_answers_for_both_names():
    with filled() as ledger:
        pledge(ledger, "Marland gave £10m for boats.", pounds(10), pledger=(made.MARLAND,), beneficiary=())
        before = len(questions.promises(ledger, "Ostrava"))
        ledger.merge(made.MARLAND.id, made.OSTRAVA.id, by="A. Reader")
        assert (
            len(questions.promises(ledger, "Ostrava"))
            == len(questions.promises(ledger, "Marland"))
            == before + 1
        )


def test_a_day_that_is_none_is_refused():
    with Ledger.memory() as ledger, pytest.raises(InvalidDate, match="as_of: got 'Sunday'"):
        questions.promises(ledger, as_of="Sunday")


def test_an_article_that_its_outlet_corrected_is_named():
    with Ledger.memory() as ledger:
        pledge(
            ledger,
            "Ostrava gave £400m.",
            pounds(400),
            source=on("2025-03-02", status="corrected", title="A gift"),
        )
        assert questions.promises(ledger).notes == (
            "the outlet has corrected A gift: look whether the words still stand",
        )
        assert questions.stands(ledger).notes == ()


def test_a_damaged_ledger_is_told_and_not_quoted():
    with filled() as ledger:
        ledger.connection.raw.execute(
            "UPDATE records SET value = replace(value, 'gave £400m', 'took £900m') WHERE kind = 'pledge'"
        )
        with pytest.raises(LedgerCorrupt, match="damaged"):
            questions.promises(ledger)
        ledger.connection.raw.execute("UPDATE records SET value = '{' WHERE kind = 'pledge'")
        with pytest.raises(LedgerCorrupt, match="damaged"):
            questions.promises(ledger)
