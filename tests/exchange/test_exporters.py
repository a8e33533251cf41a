"""What every format must do: one contract, run for each."""

from __future__ import annotations

import io

import pytest

from detente.errors import UnknownName
from detente.exchange import export, exporter, exporters
from detente.ledger import Ledger

from ..ledger import made


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        ledger.judge(ledger.statements[0], "edit", by="A. Reader", field="venue", new="the harbour")
        ledger.judge(ledger.pledges[0], "accept", by="A. Reader")
        yield ledger


def written(ledger, name, records=None):
    stream = io.BytesIO()
    export(ledger, name, stream, records)
    return stream.getvalue()


@pytest.mark.parametrize("name", exporters())
class TestExporter:
    def test_it_says_what_it_is(self, name):
        found = exporter(name)
        assert found.name == name
        assert found.extension.startswith(".")
        assert all(isinstance(omitted, str) and omitted for omitted in found.omits)

    def test_it_writes_every_record_once(self, ledger, name):
        content = written(ledger, name).decode("utf-8")
        for record in ledger.records():
            assert record.id in content
            assert all(e.exact.split()[0] in content for e in record.core)

    def test_it_writes_the_current_value_and_the_review(self, ledger, name):
        content = written(ledger, name).decode("utf-8")
        for word in ("the harbour", "edited", "accepted", "proposed"):
            assert word in content

    def test_it_writes_exactly_the_records_given(self, ledger, name):
        content = written(ledger, name, ledger.statements.where(mode="direct")).decode("utf-8")
        assert ledger.statements[1].id in content
        assert not any(r.id in content for r in ledger.records() if r.id != ledger.statements[1].id)
        assert written(ledger, name, list(ledger.pledges)) == written(ledger, name, ledger.pledges)
        assert written(ledger, name, iter(ledger.pledges)) == written(ledger, name, ledger.pledges)

    def test_it_writes_the_same_bytes_again(self, ledger, name):
        assert written(ledger, name) == written(ledger, name)

    def test_it_leaves_the_stream_open(self, ledger, name):
        stream = io.BytesIO()
        export(ledger, name, stream)
        assert not stream.closed

    def test_it_writes_an_empty_ledger(self, name):
        written(Ledger.memory(), name).decode("utf-8")

    def test_it_says_where_each_record_is_from(self, ledger, name):
        content = written(ledger, name).decode("utf-8")
        assert "coast/first.txt" in content
        assert "The Ostrava Post" in content
        assert "2025-03-02" in content


def test_no_such_format(ledger):
    with pytest.raises(UnknownName, match=r"'xlsx'.*csv, jsonl"):
        written(ledger, "xlsx")
