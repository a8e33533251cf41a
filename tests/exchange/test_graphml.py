"""GraphML: read by networkx, an edge a relation, weights that are counts, nothing planned added to what was done."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange.graphml import EDGE_KEYS, NODE_KEYS
from detente.exchange.ties import ties
from detente.ledger import Ledger
from detente.records import Authority, Event, Membership, Pledge, Position, Statement, Term

from ..ledger import made, strategies
from .written import account_of, filled, written

networkx = pytest.importorskip("networkx", reason="networkx is not installed: pip install 'detente[test]'")
etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: pip install lxml")


def graph(ledger, records=None):
    return networkx.read_graphml(io.BytesIO(written(ledger, "graphml", records)), force_multigraph=True)


def edges(found):
    return {(a, b, data["relation"], data["factuality"]): data for a, b, data in found.edges(data=True)}


def ledger_of(*records, articles=()):
    ledger = Ledger.memory()
    for article in articles or (made.article(),):
        ledger.add(article, [r for r in records if r.article == article.id], made.ACTORS)
    return ledger


def on(kind, words, article=None, **fields):
    return made.make(kind, article or made.article(), {"content" if kind is Statement else "words": words}, **fields)


def test_the_made_article_as_a_network():
    with Ledger.memory() as ledger:
        found = graph(filled(ledger))
    by = {(found.nodes[a]["label"], found.nodes[b]["label"], data["relation"]): data for a, b, data in found.edges(data=True)}
    assert by.keys() == {
        ("Ostrava", "Marland", "pledges_to"), ("Émile Orden", "There is to be a truce.", "stance_conditional"),
        ("Émile Orden", "Ana Velkova", "talks_to"), ("Ostrava", "League of the Coast", "membership_conditional"),
    }  # fmt: skip
    pledge = by["Ostrava", "Marland", "pledges_to"]
    assert (pledge["weight"], pledge["accepted"], pledge["first_reported"], pledge["hearsay"]) == (1, 1, "2025-03-02", False)
    assert found.nodes["person:orden"] == {"label": "Émile Orden", "ref": "person:orden", "kind": "actor", "type": "person"}
    assert found.nodes["state:OS"]["country"] == "OS"


TIES = [
    (on(Statement, "Ana", speaker=made.VELKOVA, mode="direct", addressees=(made.ORDEN, made.LEAGUE)), [("talks_to", 2)]),
    (on(Statement, "Ana", speaker=None, mode="direct", addressees=(made.ORDEN,)), []),
    (on(Event, "met", type="CONSULT", actors=(made.VELKOVA, made.ORDEN)), [("talks_to", 2)]),
    (on(Event, "met", type="ACCUSE", actors=(made.VELKOVA,), recipients=(made.ORDEN,)), [("criticises", 1)]),
    (on(Event, "met", type="SUPPORT", actors=(made.VELKOVA,), recipients=(made.ORDEN,)), [("supports", 1)]),
    (on(Event, "met", type="THREATEN", actors=(made.VELKOVA,), recipients=(made.ORDEN,)), [("threaten", 1)]),
    (on(Event, "met", type="THREATEN", actors=(made.VELKOVA,)), []),
    (on(Pledge, "lend", pledger=(made.OSTRAVA,), type="loan"), []),
    (on(Position, "rejected", actor=made.ORDEN, issue="A truce.", stance="oppose"), [("stance_oppose", 1)]),
    (on(Position, "rejected", actor=None, issue="A truce.", stance="oppose"), []),
    (on(Term, "a truce", category=None, proposition="A truce.", proposed_by=(made.OSTRAVA,), rejected_by=(made.MARLAND,),
        unclear_for=(made.LEAGUE,), accepted_by=(made.ORDEN,)), [("proposes", 1), ("accepts", 1), ("rejects", 1), ("leaves_open", 1)]),
    (on(Membership, "join", coalition=made.LEAGUE, actor=made.OSTRAVA, status="out"), [("membership_out", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("record", "relations"), TIES)
def test_the_ties_of_a_record(record, relations):
    found = [tie.relation for tie in ties(record)]
    assert [(relation, found.count(relation)) for relation in dict.fromkeys(found)] == relations
    with ledger_of(record) as ledger:
        account = account_of(ledger, "graphml")
    assert (account.written, sum(left.count for left in account.left.values())) == ((1, 0) if found else (0, 1))


def test_records_of_one_tie_add_up_and_what_is_planned_stands_apart():
    other = made.article(text=made.TEXT + "More.\n", published="2025-03-09", publisher="The Marland Times")
    meeting = {"type": "CONSULT", "actors": (made.VELKOVA,), "recipients": (made.ORDEN,)}
    word = Authority(kind="actor", id="x", name="A, B; Co")
    records = [
        on(Event, "met Velkova", date="2025-03-02", **meeting),
        on(Event, "met Velkova", other, date="2025-03", according_to=word, **meeting),
        on(Event, "join", other, factuality="planned", **meeting),
    ]
    with ledger_of(*records, articles=(made.article(), other)) as ledger:
        ledger.judge(records[0], "accept", by="A. Reader")
        found = edges(graph(ledger))
    done, planned = found["person:velkova", "person:orden", "talks_to", "actual"], found["person:velkova", "person:orden", "talks_to", "planned"]
    assert (done["weight"], done["accepted"], done["outlets"], planned["weight"]) == (2, 1, 2, 1)
    assert (done["first_reported"], done["last_reported"], done["dates"]) == ("2025-03-02", "2025-03-09", "2025-03; 2025-03-02")
    assert done["records"] == "; ".join(sorted(r.id for r in records[:2]))
    assert done["according_to"] == "A, B; Co; unknown"


def test_a_rejected_record_is_no_tie():
    record = on(Event, "met", type="ACCUSE", actors=(made.VELKOVA,), recipients=(made.ORDEN,))
    with ledger_of(record) as ledger:
        ledger.judge(record, "reject", by="A. Reader")
        assert graph(ledger).number_of_edges() == 0
        assert account_of(ledger, "graphml").left["a person rejected them"].ids == [record.id]


@settings(max_examples=50, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=2))
def test_any_network_is_sound(readings):
    with Ledger.memory() as ledger:
        for article, records in readings:
            ledger.add(article, records)
        content = written(ledger, "graphml")
        found = networkx.read_graphml(io.BytesIO(content), force_multigraph=True)
        # A node is one by its kind and id, whatever it is called.
        expected = {(t.source[:2], t.target[:2], t.relation, r.factuality, r.hearsay) for r in ledger.records() for t in ties(r)}
        total = sum(len({(t.source[:2], t.target[:2], t.relation) for t in ties(r)}) for r in ledger.records())
    assert found.number_of_edges() == len(expected)
    assert sum(data["weight"] for *_, data in found.edges(data=True)) == total
    tree = etree.fromstring(content)
    ns = "{http://graphml.graphdrawing.org/xmlns}"
    ids = [node.get("id") for node in tree.iter(f"{ns}node")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w.:-]+", key, re.ASCII) for key in ids)  # NMTOKEN, as the schema has it
    assert {edge.get(end) for edge in tree.iter(f"{ns}edge") for end in ("source", "target")} <= set(ids)
    declared = {key.get("id") for key in tree.iter(f"{ns}key")}
    assert declared == {f"node_{k}" for k in NODE_KEYS} | {f"edge_{k}" for k in EDGE_KEYS}
    assert {data.get("key") for data in tree.iter(f"{ns}data")} <= declared
