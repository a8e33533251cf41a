"""What is kept beside the records to count them by is what counting them gives, whatever happens to them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.ledger import Ledger, tallies
from detente.records import KINDS

from . import made, strategies

BY = "A. Reader"
OUTLETS = [
    ("The Ostrava Post", "2025-03-02"),
    ("Harbour Times", "2025-03-04"),
    ("HARBOUR times", None),
    (None, "2025-04-01"),
]


def article_of(number):
    publisher, day = OUTLETS[number]
    text = made.TEXT + "Velkova said so again. " * number
    return made.article(text, f"{number}.txt", publisher=publisher, published=day)


def filled(ledger):
    for article in map(article_of, range(len(OUTLETS))):
        ledger.add(article, made.records(article), made.ACTORS)
    return ledger


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        yield filled(ledger)


ASKED = [{}, {"mode": "direct"}, {"mode": "unknown"}, {"stage": "announced"}, {"review": "accepted"}, {"publisher": "harbour times"},
         {"publisher": "unknown"}, {"since": "2025-03-03"}, {"until": "2025-03-31", "mode": "indirect"}, {"article": "1.txt"}]  # fmt: skip


def counted(records):
    """The figures of a set, from the tallies where they serve."""
    facets = records.facets(
        "review", *(n for n in ("publisher", "month", "day", "mode") if n not in missing(records))
    )
    return len(records), facets, records.coverage()


def missing(records):
    return () if "statement" in records.kinds else ("mode",)


def read_through(records):
    """The same figures, counted from the records themselves: no set of chosen ids is in the tallies."""
    some = records.among([r.id for r in records])
    assert not some.tallied
    return counted(some)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_set_is_counted_as_its_records_are(ledger, asked):
    for n, record in enumerate(ledger.records()):
        if n % 3 == 0:
            ledger.judge(record, "accept" if n % 2 else "reject", by=BY)
    for records in (ledger.records().where(**asked), ledger.records().where(**asked).standing()):
        assert records.tallied
        # A facet's own filter asks nothing of it, which a set of chosen ids cannot tell.
        length, _, coverage = counted(records)
        assert (length, coverage) == (len(list(records)), records.among([r.id for r in records]).coverage())
        if not asked:
            assert counted(records) == read_through(records)


def test_what_is_asked_of_the_records_themselves_is_not_taken_from_the_tallies(ledger):
    for asked in ({"speaker": "Ana Velkova"}, {"text": "crowns"}, {"factuality": "planned"}):
        records = ledger.statements.where(**asked)
        assert not records.tallied
        assert len(records) == len(list(records)) > 0


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "edit", "merge", "split", "undo", "redact", "again", "less"]),
        st.integers(0, 40),
    ),
    max_size=8,
)


def step(ledger, what, number):
    """Something that changes records; what cannot be done is passed over."""
    records = list(ledger.records(merged=True)) or [made.records(article_of(0))[0]]
    one, other = records[number % len(records)], records[(number + 7) % len(records)]
    article = article_of(number % len(OUTLETS))
    match what:
        case "accept" | "reject":
            ledger.judge(one, what, by=BY)
        case "edit":
            pledges = list(ledger.pledges)
            ledger.judge(
                pledges[number % len(pledges)] if pledges else one,
                "edit",
                by=BY,
                field="stage",
                new="committed",
            )
        case "merge":
            ledger.merge(one, other, by=BY)
        case "split":
            ledger.split(one, by=BY)
        case "undo":
            ledger.undo_last(by=BY)
        case "redact":
            ledger.redact(one, by=BY, reason="asked for")
        case "again":
            ledger.add(article, made.records(article), made.ACTORS)
        case "less":
            ledger.add(article, made.records(article)[:3], made.ACTORS)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_tallies_follow_whatever_happens(steps):
    with Ledger.memory() as ledger:
        filled(ledger)
        for what, number in steps:
            try:
                step(ledger, what, number)
            except DetenteError:
                continue
        assert list(tallies.faults(ledger.connection)) == []
        for records in (ledger.records(), ledger.statements.standing(), ledger.records(merged=True)):
            assert len(records) == len(list(records))
            assert counted(records) == read_through(records)


@settings(max_examples=20, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=3))
def test_any_records_are_tallied(read):
    with Ledger.memory() as ledger:
        for article, found in read:
            ledger.add(article, found)
        assert list(tallies.faults(ledger.connection)) == []
        by_kind = Counter({kind: n for kind in KINDS if (n := len(ledger.records(kind)))})
        assert by_kind == Counter(r.to_dict()["kind"] for r in ledger.records())


def test_the_check_finds_a_count_that_is_wrong(ledger):
    assert ledger.check() == []
    ledger.connection.run("UPDATE tallies SET n = n + 1 WHERE article = 2 AND kind = 'term'")
    (fault,) = ledger.check()
    assert ledger.articles.where(article="1.txt").first().id in fault


TO_THE_FOURTH = """
    DROP VIEW tallied; DROP TABLE tallies; DROP TRIGGER tallies_follow_change; DROP TRIGGER tallies_follow_removal;
    DROP INDEX articles_by_outlet; DROP INDEX articles_replaced; DROP INDEX records_hanging;
    DROP INDEX records_gist; DROP INDEX articles_retracted;
    CREATE TRIGGER records_to_cluster AFTER INSERT ON records
    BEGIN INSERT OR IGNORE INTO unclustered VALUES (new.article); END;
    PRAGMA user_version = 4;
"""


def test_a_ledger_without_tallies_is_given_them(tmp_path):
    path = tmp_path / "old.db"
    with Ledger.open(path, create=True) as ledger:
        filled(ledger)
        one, two, other, *_ = ledger.statements
        ledger.judge(one, "reject", by=BY)
        ledger.merge(other, two, by=BY)
        before = [
            counted(records) for records in (ledger.records(), ledger.statements.standing(), ledger.pledges)
        ]
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(TO_THE_FOURTH)
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        assert [
            counted(records) for records in (ledger.records(), ledger.statements.standing(), ledger.pledges)
        ] == before
        ledger.add(made.article("Nobody came to Ostrava.", "new.txt"), [])
        assert ledger.check() == []
