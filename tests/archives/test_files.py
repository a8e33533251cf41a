"""Shards as Parquet: what goes in comes out, whole or not at all, and DuckDB reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archives.files import (
    ROW_GROUP,
    read_articles,
    read_records,
    record_rows,
    records_schema,
    write_articles,
    write_records,
)
from detente.errors import DetenteError, MalformedInput
from detente.language.simple import SimpleLanguage
from detente.reading.reader import read_article
from detente.records import Article

from .made import articles

pytest.importorskip("pyarrow", reason="an archive needs pyarrow")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(str.strip)


def test_articles_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    assert write_articles(path, articles(7)) == 7
    assert list(read_articles(path)) == articles(7)


@given(text=TEXT, origin=TEXT, publisher=st.none() | TEXT, authors=st.lists(TEXT, max_size=3).map(tuple))
def test_any_article_comes_back(tmp_path_factory: pytest.TempPathFactory, **fields: object) -> None:
    path = tmp_path_factory.mktemp("any") / "a.parquet"
    article = Article.of(str(fields.pop("text")), str(fields.pop("origin")), **fields)
    write_articles(path, [article])
    assert list(read_articles(path)) == [article]


def test_records_come_back_with_their_article_and_actors(tmp_path: Path) -> None:
    reading = read_article(articles(1)[0], language=SimpleLanguage())
    path = tmp_path / "r.parquet"
    rows = list(record_rows(reading))
    assert write_records(path, rows) == 1 + len(reading.actors) + len(reading.records)
    found = list(read_records(path))
    assert {owner for owner, _ in found} == {reading.article.id}
    assert [thing for _, thing in found] == [reading.article, *reading.actors, *reading.records]
    assert reading.records


def test_more_rows_than_a_group(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [{"kind": "article", "id": str(n), "article": str(n), "json": "{}"} for n in range(ROW_GROUP + 1)]
    assert write_records(path, rows) == ROW_GROUP + 1


def test_duckdb_asks_a_shard(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="others' reader")
    path = tmp_path / "r.parquet"
    write_records(path, record_rows(read_article(articles(1)[0], language=SimpleLanguage())))
    asked = duckdb.sql(f"SELECT speaker, words, start FROM '{path}' WHERE kind = 'statement'").fetchall()
    assert [(speaker, start) for speaker, _, start in asked] == [("Ana Velkova", 33)]


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> object:
        yield {"kind": "article", "id": "1", "article": "1", "json": "{}"}
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write_records(tmp_path / "r.parquet", rows())  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_two_that_write_one_shard_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    one, other = articles(3), articles(9)[3:]

    def interrupted() -> Iterator[Article]:
        yield one[0]
        write_articles(path, other)
        yield from one[1:]

    with pytest.raises(DetenteError, match="cannot be written"):
        write_articles(path, interrupted())
    assert list(read_articles(path)) == other
    assert [left.name for left in tmp_path.iterdir()] == ["a.parquet"]


def test_what_a_killed_run_left_goes_when_the_shard_is_whole(tmp_path: Path) -> None:
    for name in ("a.parquet.0123.part", "b.parquet.0123.part"):
        (tmp_path / name).write_bytes(b"PAR1")
    write_articles(tmp_path / "a.parquet", articles(1))
    assert sorted(left.name for left in tmp_path.iterdir()) == ["a.parquet", "b.parquet.0123.part"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match="cannot be written"):
        write_articles(tmp_path / "none" / "a.parquet", articles(1))


DAMAGED = {
    "no parquet": (lambda path: path.write_bytes(b"PAR1 no"), "no Parquet file"),
    "empty": (lambda path: path.write_bytes(b""), "no Parquet file"),
    "articles for records": (lambda path: write_articles(path, articles(1)), "got no column 'article'"),
    "a broken line": (lambda path: write_records(path, [{"article": "x", "json": "{"}]), "row 0"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_shard_is_refused(tmp_path: Path, damage: object, said: str) -> None:
    path = tmp_path / "r.parquet"
    damage(path)  # type: ignore[operator]
    with pytest.raises(MalformedInput, match=said):
        list(read_records(path))


def test_the_columns_are_those_of_the_export() -> None:
    names = records_schema().names
    assert {"kind", "id", "speaker", "pledger", "amount_value", "according_to", "factuality", "article", "json"} <= set(names)
    assert len(names) == len(set(names))
