"""Frames and networks: the ledger's values in the libraries that people already use, unknown as missing."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import MissingExtra
from detente.exchange import frames, networks
from detente.exchange.flat import values
from detente.ledger import Ledger

from ..ledger import made, strategies
from .written import filled


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        yield filled(ledger)


def pandas_rows(ledger, records=None):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'detente[pandas]'")
    frame = frames.to_pandas(ledger, records)
    return [
        {
            name: value if isinstance(value, tuple) or not pandas.isna(value) else None
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]


def polars_rows(ledger, records=None):
    pytest.importorskip("polars", reason="Polars is not installed: pip install 'detente[polars]'")
    return [
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in frames.to_polars(ledger, records).to_dicts()
    ]


@pytest.mark.parametrize("rows_of", [pandas_rows, polars_rows])
class TestFrame:
    def test_it_has_what_the_ledger_has(self, rows_of, ledger):
        self.compare(rows_of(ledger), ledger, list(ledger.records()))

    def test_a_set_is_a_frame_of_its_kind(self, rows_of, ledger):
        rows = rows_of(ledger, ledger.pledges)
        self.compare(rows, ledger, list(ledger.pledges))
        assert "speaker" not in rows[0]
        assert rows[0]["review"] == "accepted"
        assert rows[0]["sentence"]

    def test_records_may_be_any_iterable(self, rows_of, ledger):
        assert len(rows_of(ledger, iter(list(ledger.statements)))) == 2

    def test_nothing_is_an_empty_frame(self, rows_of, ledger):
        assert rows_of(ledger, []) == []
        with Ledger.memory() as empty:
            assert rows_of(empty) == []

    @settings(max_examples=15)
    @given(reading=strategies.readings())
    def test_any_record_is_a_row(self, rows_of, reading):
        with Ledger.memory() as ledger:
            ledger.add(*reading)
            self.compare(rows_of(ledger), ledger, list(ledger.records()))

    @staticmethod
    def compare(rows, ledger, records):
        assert len(rows) == len(records)
        for row, record in zip(rows, records, strict=True):
            expected = values(record, ledger.article(record.article))
            assert {name: row[name] for name in expected} == expected
            assert all(value is None for name, value in row.items() if name not in expected)


EXTRAS = [
    ("pandas", frames.to_pandas, r"pip install 'detente\[pandas\]'"),
    ("polars", frames.to_polars, r"pip install 'detente\[polars\]'"),
    ("networkx", networks.network, r"pip install 'detente\[networkx\]'"),
]


@pytest.mark.parametrize(("package", "make", "command"), EXTRAS)
def test_what_is_missing_is_named_with_its_command(package, make, command, ledger, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=package) as error:
        make(ledger)
    assert str(error.value).endswith(command.replace("\\", ""))


def edges(graph):
    labels = {node: found["label"] for node, found in graph.nodes(data=True)}
    return {(labels[a], found["relation"], labels[b]) for a, b, found in graph.edges(data=True)}


def test_a_network_of_actors_and_one_of_issues(ledger):
    pytest.importorskip("networkx", reason="networkx is not installed: pip install 'detente[networkx]'")
    actors = edges(networks.network(ledger, of="actors"))
    assert actors == {
        ("Émile Orden", "talks_to", "Ana Velkova"), ("Ostrava", "pledges_to", "Marland"),
        ("Ostrava", "membership_conditional", "League of the Coast"),
    }  # fmt: skip
    issues = edges(networks.network(ledger, of="issues"))
    assert issues == {("Émile Orden", "stance_conditional", "There is to be a truce.")}
    assert edges(networks.network(ledger)) == actors | issues


def test_an_edge_names_its_records_and_how_many_a_person_stands_behind(ledger):
    pytest.importorskip("networkx", reason="networkx is not installed: pip install 'detente[networkx]'")
    graph = networks.network(ledger, ledger.pledges)
    ((a, b, found),) = graph.edges(data=True)
    assert (graph.nodes[a]["ref"], graph.nodes[b]["type"]) == (made.OSTRAVA.id, "state")
    assert (found["weight"], found["accepted"], found["records"], found["hearsay"]) == (
        1,
        1,
        ledger.pledges[0].id,
        False,
    )


@settings(max_examples=15)
@given(st.lists(strategies.readings(), max_size=2))
def test_a_part_of_the_network_is_in_the_whole(readings):
    pytest.importorskip("networkx", reason="networkx is not installed: pip install 'detente[networkx]'")
    with Ledger.memory() as ledger:
        for reading in readings:
            ledger.add(*reading)
        whole = networks.network(ledger)
        for of in ("actors", "issues"):
            part = networks.network(ledger, of=of)
            assert set(part.edges(keys=True)) <= set(whole.edges(keys=True))
            assert all(degree for _, degree in part.degree())
