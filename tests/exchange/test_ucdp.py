"""Terms as a matrix: 1 where one was read, a row a status, and no column where 0 would be untrue."""

from __future__ import annotations

import csv
import io
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.ucdp import ABOUT, OTHERS, PROVISIONS, UCDP
from detente.ledger import Ledger
from detente.records import Authority, Term, TermCategory

from ..ledger import made, strategies
from .written import account_of, written


def table(ledger, records=None):
    return list(csv.DictReader(io.StringIO(written(ledger, "ucdp", records).decode(), newline="")))


def term(words, category, **fields):
    return made.make(Term, made.article(), {"words": words}, category=category, proposition=words, **fields)


def ledger_of(*records):
    ledger = Ledger.memory()
    ledger.add(made.article(), records, made.ACTORS)
    return ledger


def test_terms_of_one_status_are_a_row():
    word = Authority(kind="actor", id="x", name="Émile Orden")
    with ledger_of(
        term("a truce", "ceasefire", status="proposed", according_to=word), term("a monitoring mission", "monitoring", status="proposed"),
        term("Marland does", "elections", status="agreed", hearsay=True), term("crowns", None, status="proposed"),
    ) as ledger:  # fmt: skip
        ledger.judge(ledger.terms[0], "accept", by="A. Reader")
        proposed, agreed = sorted(table(ledger), key=lambda row: row["status"], reverse=True)
    assert {name for name in PROVISIONS if proposed[name] == "1"} == {"cease", "other_monitoring"}
    assert {name for name in PROVISIONS if agreed[name] == "1"} == {"elections"}
    assert (proposed["terms"], proposed["accepted"], proposed["unsorted"], proposed["hearsay"]) == ("3", "1", "1", "0")
    assert (agreed["hearsay"], agreed["according_to"], agreed["outlet"]) == ("1", "unknown", "The Ostrava Post")
    assert set(proposed["according_to"].split("; ")) == {"Émile Orden", "unknown"}
    assert tuple(proposed) == (*ABOUT, *PROVISIONS)


def test_what_is_planned_is_no_row_with_what_is_said_to_be():
    with ledger_of(term("a truce", "ceasefire"), term("crowns", "prisoners", factuality="hypothetical")) as ledger:
        assert {(row["factuality"], row["cease"], row["pris"]) for row in table(ledger)} == {("actual", "1", "0"), ("hypothetical", "0", "1")}


def test_what_is_denied_or_rejected_is_no_term():
    with ledger_of(term("a truce", "ceasefire", factuality="negated"), term("crowns", "prisoners")) as ledger:
        ledger.judge(ledger.terms.where(factuality="actual")[0], "reject", by="A. Reader")
        assert table(ledger) == []
        account = account_of(ledger, "ucdp")
    assert {reason: found.count for reason, found in account.left.items()} == {"the words deny them": 1, "a person rejected them": 1}


def test_every_category_has_one_column():
    assert set(UCDP) | set(OTHERS) == set(get_args(TermCategory))
    assert len(set(PROVISIONS)) == len(PROVISIONS) == len(get_args(TermCategory))


@settings(max_examples=40, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=2))
def test_each_term_is_counted_once(readings):
    with Ledger.memory() as ledger:
        for article, records in readings:
            ledger.add(article, records)
        kept = [t for t in ledger.terms if t.factuality != "negated"]
        rows = table(ledger)
    assert sum(int(row["terms"]) for row in rows) == len(kept)
    assert sorted(key for row in rows for key in row["ids"].split("; ")) == sorted(t.id for t in kept)
    assert sum(int(row[name]) for row in rows for name in PROVISIONS) == len(
        {(t.article, t.status, t.factuality, t.category) for t in kept if t.category}
    )
