"""One event in two articles, or two: type, parties, day, place and words."""

from __future__ import annotations

import pytest

from detente.ledger.clustering.events import Events
from detente.records import Event

from .. import made
from .said import event, ledger_of

MET = ("Velkova met Reyl in Mardon", "Ana Velkova", "Tomas Reyl")
ACCUSED = ("Marland accused Ostrava of blocking the ferries in the strait", "Marland", "Ostrava")
TALKS = "The two leaders held talks in the old customs house"

SAME = [
    ("a meeting on a named day", event(*MET, date="2025-05-11"), event(TALKS, *MET[1:], date="2025-05-11")),
    ("the other way round", event(*MET, date="2025-05-11"), event(TALKS, MET[2], MET[1], date="2025-05-11")),
    ("one party more", event(*MET, date="2025-05-11"), event(TALKS, "Ana Velkova, Tomas Reyl, Joren Falk", date="2025-05-11")),
    ("the day named in one", event(*MET, date="2025-05-11"), event(*MET, published="2025-05-12")),
    ("no day named, days of publication near", event(*MET), event(*MET, published="2025-05-14")),
    ("planned for a day", event(*MET, date="2025-05-14", factuality="planned"), event(*MET, factuality="planned")),
    ("an accusation in other words", event(*ACCUSED, type="ACCUSE"),
     event("Marland said Ostrava was blocking its ferries", *ACCUSED[1:], type="ACCUSE")),
    ("one party, two words", event("Reyl suspended his campaign", "Tomas Reyl", type="RETREAT"),
     event("suspended the whole campaign", "Tomas Reyl", type="RETREAT")),
    ("one party, one word on a named day", event("Reyl resigned", "Tomas Reyl", type="RETREAT", date="2025-05-11"),
     event("resigned", "Tomas Reyl", type="RETREAT", date="2025-05-11")),
    ("a place named in one", event(*MET, place="Mardon"), event(*MET)),
]  # fmt: skip
APART = [
    ("another type", event(*MET), event(*MET, type="AGREE")),
    ("another day", event(*MET, date="2025-05-11"), event(*MET, date="2025-05-12")),
    ("published too late", event(*MET, date="2025-05-11"), event(*MET, published="2025-05-15")),
    ("published before it", event(*MET, date="2025-05-14"), event(*MET, published="2025-05-12")),
    ("days far apart", event(*MET), event(*MET, published="2025-05-16")),
    ("other parties", event(*MET), event(MET[0], "Ana Velkova", "Joren Falk")),
    ("nobody known", event("They met in Mardon"), event("They met in Mardon")),
    ("planned and done", event(*MET), event(*MET, factuality="planned")),
    ("another place", event(*MET, place="Mardon"), event(*MET, place="Sundby")),
    ("the sides turned", event(*ACCUSED, type="ACCUSE"), event(ACCUSED[0], ACCUSED[2], ACCUSED[1], type="ACCUSE")),
    ("another accusation", event(*ACCUSED, type="ACCUSE"), event("Marland accused Ostrava of hiding two witnesses", *ACCUSED[1:], type="ACCUSE")),
    ("one party, one word", event("Reyl mocked them", "Tomas Reyl", type="ACCUSE"), event("mocked his rivals", "Tomas Reyl", type="ACCUSE")),
    ("no day at all", event(*MET, published=None), event(*MET, published=None)),
]  # fmt: skip


def load(*told):
    with ledger_of(*told) as ledger:
        return Events().load(ledger.connection, range(1, 10))


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in SAME])
def test_one_event_that_is_found(one, other):
    how, (a, b) = Events(), load(one, other)
    assert how.same(a, b)
    assert how.same(b, a)
    assert how.probes(a) & how.keys(b)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*case[1:], id=case[0]) for case in APART])
def test_two_events(one, other):
    how, (a, b) = Events(), load(one, other)
    assert not how.same(a, b)
    assert not how.same(b, a)


def test_what_one_article_tells_as_two_events_is_two():
    of, first = event(f"{MET[0]}, and {TALKS}", *MET[1:])
    words = {
        text: made.make(
            Event, of, {"words": text}, type="CONSULT", actors=first.actors, recipients=first.recipients
        )
        for text in (MET[0], TALKS)
    }
    with ledger_of() as ledger:
        ledger.add(of, list(words.values()))
        a, b = Events().load(ledger.connection, [1, 2])
    assert not Events().same(a, b)


def test_a_cluster_says_why():
    how = Events()
    members = sorted(load(event(*MET, date="2025-05-11"), event(*MET)), key=how.order)
    found = how.cluster(members)
    assert found.of == "event"
    assert (
        found.reason
        == "the same type (CONSULT); parties that agree (Ana Velkova, Tomas Reyl); the same day (2025-05-11)"
    )
    assert how.cluster(load(event(*MET), event(*MET))).reason.endswith("published on one day")
