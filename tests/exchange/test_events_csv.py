"""Events in the columns of POLECAT and CAMEO, dyad by dyad."""

from __future__ import annotations

import csv
import io
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.events_csv import CAMEO_ROOTS, POLECAT, cameo_quad, dyads
from detente.ledger import Ledger
from detente.records import Event, EventType

from ..ledger import made, strategies
from .written import filled, written


def table(ledger, records=None):
    return list(csv.DictReader(io.StringIO(written(ledger, "events", records).decode(), newline="")))


def event_of(**fields):
    article = made.article()
    return article, made.make(Event, article, {"words": "met Velkova"}, **({"type": "CONSULT"} | fields))


def rows_of(**fields):
    article, event = event_of(**fields)
    with Ledger.memory() as ledger:
        ledger.add(article, [event], made.ACTORS)
        return table(ledger)


def test_an_event_as_a_row():
    with Ledger.memory() as ledger:
        (row,) = table(filled(ledger))
    expected = {
        "Event Date": "2025-03-02", "Event Type": "CONSULT", "Quad Code": "VERBAL COOPERATION", "Actor Name": "Émile Orden",
        "Recipient Name": "Ana Velkova", "Source": "The Ostrava Post", "Publication Date": "2025-03-02", "EventRootCode": "04",
        "QuadClass": "1", "review": "proposed", "factuality": "actual", "hearsay": "no", "sentence": "He met Velkova on Sunday.",
        "words": "met Velkova", "actor_id": "person:orden", "actor_type": "person", "Actor Country": "", "Event Mode": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert tuple(row)[: len(POLECAT)] == POLECAT


CASES = [
    ({"actors": (made.OSTRAVA, made.MARLAND), "recipients": (made.LEAGUE,)}, [("Ostrava", "League of the Coast"), ("Marland", "League of the Coast")]),
    ({"actors": (made.OSTRAVA, made.MARLAND)}, [("Ostrava", ""), ("Marland", "")]),
    ({"recipients": (made.MARLAND,)}, [("", "Marland")]),
    ({}, [("", "")]),
]


@pytest.mark.parametrize(("fields", "pairs"), CASES)
def test_every_pair_is_a_row_of_one_event(fields, pairs):
    rows = rows_of(**fields)
    assert [(row["Actor Name"], row["Recipient Name"]) for row in rows] == pairs
    assert len({row["Event ID"] for row in rows}) == 1


@pytest.mark.parametrize(("date", "day", "fine"), [
    ("2025-03-02", "2025-03-02", "day"), ("2025-03", "", "month"), ("2025-21", "", "season"), ("../2025-03-02", "", "interval"), (None, "", ""),
])  # fmt: skip
def test_a_date_that_is_no_day_is_no_event_date(date, day, fine):
    (row,) = rows_of(date=date)
    assert (row["Event Date"], row["date"], row["date_granularity"]) == (day, date or "", fine)


@pytest.mark.parametrize(("type_", "root", "roots", "quad"), [
    ("AGREE", "03", "03", "1"), ("RETREAT", "08", "08", "2"), ("ACCUSE", "", "09|11", "3"), ("ASSAULT", "", "18|19|20", "4"),
    ("REQUEST", "10", "10", "3"), ("PROTEST", "14", "14", "4"),
])  # fmt: skip
def test_a_type_of_several_roots_has_no_one_root(type_, root, roots, quad):
    (row,) = rows_of(type=type_)
    assert (row["EventRootCode"], row["EventRootCodes"], row["QuadClass"]) == (root, roots, quad)


def test_a_state_has_its_country():
    (row,) = rows_of(actors=(made.OSTRAVA,), recipients=(made.MARLAND,))
    assert (row["Actor Country"], row["Recipient Country"]) == ("OS", "ML")


def test_every_type_has_a_root_and_all_roots_one_class():
    assert CAMEO_ROOTS.keys() == set(get_args(EventType))
    for type_, roots in CAMEO_ROOTS.items():
        assert {1 + (int(r) > 5) + (int(r) > 8) + (int(r) > 13) for r in roots} == {cameo_quad(type_)}


def test_roots_are_those_of_plovers_conversion_table(shared):
    text = (shared / "reference/plover/CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    found = {}
    for root, type_ in re.findall(r"^(\d\d): *([A-Z]+)", text, re.MULTILINE):
        found.setdefault(type_, []).append(root)
    assert {type_: tuple(roots) for type_, roots in found.items()} == CAMEO_ROOTS


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_each_dyad_once_and_no_cell_a_formula(data):
    article = data.draw(strategies.articles())
    event = data.draw(strategies.records_of(article, Event))
    with Ledger.memory() as ledger:
        ledger.add(article, [event])
        rows = table(ledger)
        (event,) = ledger.events
    assert len(rows) == len(list(dyads(event))) == max(1, len(event.actors)) * max(1, len(event.recipients))
    assert all(None not in row and row["Event ID"] == event.id for row in rows)
    assert not any(cell and cell[0] in "=+-@\t\r" for row in rows for cell in row.values())
