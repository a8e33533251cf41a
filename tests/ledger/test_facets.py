"""Facets count what filters would give, and coverage says what a figure rests on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UnknownName
from detente.ledger import Ledger
from detente.ledger.facets import facet_names
from detente.ledger.fields import roles
from detente.records import KINDS, Event, Statement

from . import made, strategies

BY = "A. Reader"


@pytest.fixture
def ledger():
    with Ledger.memory() as ledger:
        for n, (publisher, day) in enumerate(
            [("The Ostrava Post", "2025-03-02"), ("Harbour Times", "2025-03-04"), (None, None)]
        ):
            text = made.TEXT + "Velkova said so again. " * n
            article = made.article(text, f"{n}.txt", publisher=publisher, published=day)
            ledger.add(article, made.records(article), made.ACTORS)
        yield ledger


def told(tallies):
    return [(t.name, t.count) for t in tallies]


FACETS = [
    ("mode", [("direct", 3), ("indirect", 3)]),
    ("speaker", [("Ana Velkova", 6)]),
    ("publisher", [("Harbour Times", 2), ("The Ostrava Post", 2), ("unknown", 2)]),
    ("month", [("2025-03", 4), ("unknown", 2)]),
    ("day", [("2025-03-02", 2), ("2025-03-04", 2), ("unknown", 2)]),
    ("factuality", [("actual", 3), ("planned", 3)]),
    ("act", [("unknown", 6)]),
    ("review", [("proposed", 6)]),
]


@pytest.mark.parametrize(("name", "expected"), FACETS, ids=[name for name, _ in FACETS])
def test_a_facet_counts_its_values(ledger, name, expected):
    assert told(ledger.statements.facets(name)[name]) == expected


def test_issues_are_a_facet_of_positions_and_a_filter(ledger):
    (tally,) = ledger.positions.facets("issue")["issue"]
    assert tally.count == len(ledger.positions.where(issue=tally.value)) == 3
    with pytest.raises(UnknownName, match="'issue'"):
        ledger.statements.facets("issue")


def test_an_actor_is_counted_in_whatever_role_once_a_record(ledger):
    counts = dict(told(ledger.records().facets("actor")["actor"]))
    assert counts == {name: len(ledger.records().where(actor=name)) for name in counts}
    assert counts["Ana Velkova"] == 12


def test_a_facet_passes_over_its_own_filter_and_keeps_to_the_others(ledger):
    found = ledger.statements.where(mode="direct", publisher="Harbour Times").facets(
        "mode", "publisher", "review"
    )
    assert told(found["mode"]) == [("direct", 1), ("indirect", 1)]
    assert told(found["publisher"]) == [("Harbour Times", 1), ("The Ostrava Post", 1), ("unknown", 1)]
    assert told(found["review"]) == [("proposed", 1)]
    early = ledger.statements.where(until="2025-03-02").facets("day", "mode")
    assert len(early["day"]) == 3
    assert told(early["mode"]) == [("direct", 1), ("indirect", 1)]


def test_facets_follow_decisions(ledger):
    first, second, *_ = ledger.statements
    ledger.judge(first, "reject", by=BY)
    ledger.merge(ledger.statements[-1], second, by=BY)
    ledger.merge(made.VELKOVA.id, made.ORDEN.id, by=BY)
    assert told(ledger.statements.standing().facets("speaker")["speaker"]) == [("Émile Orden", 4)]
    assert told(ledger.statements.facets("review")["review"]) == [("proposed", 4), ("rejected", 1)]


def test_actors_of_all_records_are_counted_as_those_of_some(ledger):
    one, two, *_ = ledger.statements
    ledger.judge(one, "reject", by=BY)
    ledger.merge(ledger.statements[-1], two, by=BY)
    for records in (
        ledger.statements,
        ledger.statements.standing(),
        ledger.records(merged=True),
        ledger.pledges.standing(),
    ):
        role = "pledger" if records.noun == "pledges" else "speaker"
        some = records.among([r.id for r in records])
        assert records.facets(role) == some.facets(role)
        assert told(records.facets(role)[role])


def test_there_is_no_such_facet(ledger):
    with pytest.raises(UnknownName, match=r"'colour'.*publisher"):
        ledger.statements.facets("colour")
    with pytest.raises(UnknownName):
        ledger.articles.facets("publisher")


@settings(max_examples=15, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=2), st.sampled_from([None, *KINDS]))
def test_every_count_is_the_number_that_the_filter_gives(read, kind):
    with Ledger.memory() as ledger:
        for article, found in read:
            ledger.add(article, found)
        records = ledger.records(kind)
        # Any actor may be called as another one's id here; of actors that real ledgers have the tests above tell.
        names = set(facet_names(records.kinds)) - {"actor", "year", "month", "day", *roles(records.kinds)}
        for name, tallies in records.facets(*sorted(names), most=100).items():
            for tally in tallies:
                assert len(records.where(**{name: tally.value})) == tally.count, (name, tally)


# ------------------------------------------------------------------ coverage


def test_coverage_says_what_a_figure_rests_on(ledger):
    found = ledger.statements.coverage()
    assert str(found) == "6 statements · 6 sentences · 2 outlets and 1 article of unknown outlets"
    assert (
        found.dates
        == "2025-03-02 to 2025-03-04, 1 article undated; as of 2025-03-04; 6 of 6 records not reviewed"
    )
    assert (found.articles, found.unnamed, found.undated) == (3, 1, 1)


def test_what_is_merged_is_one_thing_on_the_sentences_of_both(ledger):
    one, _, other, *_ = ledger.statements
    ledger.merge(other, one, by=BY)
    found = ledger.statements.coverage()
    assert (found.things, found.records, found.sentences) == (5, 6, 6)
    alone = ledger.statements.among([one.id]).coverage()
    assert (alone.things, alone.records, alone.sentences, alone.articles) == (1, 2, 2, 2)


def test_two_records_in_one_sentence_are_one_sentence():
    text = "Ostrava’s envoy met Orden and signed a truce with Marland. Nobody else came."
    article = made.article(text)
    with Ledger.memory() as ledger:
        ledger.add(article, [
            made.make(Event, article, {"words": "met Orden"}, type="CONSULT"),
            made.make(Event, article, {"words": "signed a truce"}, type="AGREE"),
        ])  # fmt: skip
        ledger.judge(ledger.events[0], "accept", by=BY)
        found = ledger.events.coverage()
        assert (found.things, found.sentences, found.unreviewed) == (2, 1, 1)
        assert str(found) == "2 events · 1 sentence · 1 outlet"


def test_coverage_of_nothing():
    with Ledger.memory() as ledger:
        found = ledger.statements.coverage()
        assert (str(found), found.dates) == (
            "0 statements · 0 sentences · 0 outlets", "date unknown; as of an unknown day; 0 of 0 records not reviewed"
        )  # fmt: skip


def test_sentences_are_not_counted_where_there_are_too_many(monkeypatch, ledger):
    monkeypatch.setattr("detente.ledger.coverage.MOST_FOR_SENTENCES", 5)
    found = ledger.statements.coverage()
    assert found.sentences is None
    assert str(found).startswith("6 statements · 2 outlets")


def test_a_machines_cluster_is_one_thing(ledger):
    from detente.records import Cluster

    ids = tuple(s.id for s in ledger.statements)[:3]
    ledger.save_clusters(
        [Cluster(id="c", of="statement", members=ids, reason="said thrice", origin=made.RULE)]
    )
    assert ledger.statements.coverage().things == 4
    assert isinstance(ledger.get(ids[0]), Statement)


def test_what_a_person_put_together_goes_before_what_a_rule_did(ledger):
    from detente.records import Cluster

    ids = [s.id for s in ledger.statements]
    person = made.RULE.replace(by="person")
    for key, members, origin in (("a", ids[:3], made.RULE), ("b", ids[2:4], person), ("c", ids[4:], made.RULE)):
        ledger.save_clusters(
            [Cluster(id=key, of="statement", members=tuple(members), reason="the same", origin=origin)]
        )
    # The third is with the fourth, as the person says: {1, 2}, {3, 4}, {5, 6}.
    assert ledger.statements.coverage().things == 3
    assert ledger.statements.among(ids[1:3]).coverage().things == 2
    assert ledger.statements.where(mode="direct").coverage().things == 3
    assert ledger.records().coverage().things == len(ledger.records()) - 3
    assert ledger.pledges.coverage().things == len(ledger.pledges)
