"""Parquet: read by pyarrow and DuckDB, types kept, unknown null."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.exchange import parquet
from detente.exchange.flat import columns, row, values
from detente.ledger import Ledger
from detente.records import RECORD_TYPES

from ..ledger import made, strategies
from .written import filled, parquet_rows, written

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'detente[parquet]'")


@pytest.fixture(scope="module")
def ledger():
    with Ledger.memory() as ledger:
        yield filled(ledger)


@pytest.fixture
def path(ledger, tmp_path):
    path = tmp_path / "records.parquet"
    path.write_bytes(written(ledger, "parquet"))
    return path


def test_duckdb_reads_it(path):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'detente[test]'")
    found = duckdb.sql(
        f"SELECT pledger, amount_value, hearsay, due, due_granularity, outcome, start FROM '{path}' WHERE kind = 'pledge'"
    ).fetchall()
    assert found == [(["Ostrava"], 2_260_000.0, False, "../2027-12-31", "interval", None, made.TEXT.index("would lend"))]


def test_unknown_is_null_and_not_an_empty_text(ledger):
    (pledge,) = parquet_rows(written(ledger, "parquet", ledger.pledges))
    assert pledge["confidence"] is None
    assert pledge["outcome"] is None
    assert pledge["conditions"] == []


def test_a_group_of_rows_at_a_time(ledger, monkeypatch):
    import io

    import pyarrow.parquet as pq

    monkeypatch.setattr(parquet, "ROW_GROUP", 3)
    file = pq.ParquetFile(io.BytesIO(written(ledger, "parquet")))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(strategies.readings(), min_size=1, max_size=2))
def test_every_value_comes_back(readings):
    with Ledger.memory() as ledger:
        for article, records in readings:
            ledger.add(article, records)
        found = parquet_rows(written(ledger, "parquet"))
        for row_, record in zip(found, ledger.records(), strict=True):
            expected = values(record, ledger.article(record.article))
            assert {name: list(v) if isinstance(v, tuple) else v for name, v in expected.items()} == {n: row_[n] for n in expected}
            assert all(row_[name] is None for name in row_.keys() - expected.keys())


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(RECORD_TYPES))
def test_a_column_holds_what_it_says_it_holds(data, kind):
    article = data.draw(strategies.articles())
    record = data.draw(strategies.records_of(article, kind))
    holds = columns([kind])
    found = values(record, article)
    assert found.keys() == holds.keys()
    assert all(v is None or isinstance(v, holds[name]) for name, v in found.items())
    assert all(isinstance(v, str | int | float) for v in row(record, article).values())
