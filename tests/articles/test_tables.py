"""CSV, TSV and Parquet: one article a row, the names of JSON Lines, an error in place of a row that holds none."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import read_sources
from detente.errors import InputError
from detente.records import Article

ROWS: list[dict[str, Any]] = [
    {"text": "The talks failed.", "url": "https://courier.example/1", "title": "Talks fail", "authors": "Ivo Stan; Lena Haik", "publisher": "The Courier", "published": "2025-03-02", "country": "GB"},
    {"text": "They met again,\nand “failed” again.", "url": "", "title": "", "authors": "", "publisher": "", "published": "", "country": ""},
]  # fmt: skip


def as_csv(rows: list[dict[str, Any]], between: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, list(rows[0]), delimiter=between)
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue().encode()


def as_parquet(rows: list[dict[str, Any]]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    listed = [{**row, "authors": [name.strip() for name in row["authors"].split(";") if name]} for row in rows]
    parquet.write_table(pyarrow.Table.from_pylist(listed), stream)
    return stream.getvalue()


def as_zst(data: bytes) -> bytes:
    return pytest.importorskip("zstandard", reason=".zst needs zstandard").ZstdCompressor().compress(data)


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.csv": lambda: as_csv(ROWS), "a.tsv": lambda: as_csv(ROWS, "\t"), "a.parquet": lambda: as_parquet(ROWS),
    "bom.csv": lambda: b"\xef\xbb\xbf" + as_csv(ROWS), "a.csv.gz": lambda: gzip.compress(as_csv(ROWS)),
    "a.tsv.zst": lambda: as_zst(as_csv(ROWS, "\t")), "a.parquet.gz": lambda: gzip.compress(as_parquet(ROWS)),
    "a.parquet.zst": lambda: as_zst(as_parquet(ROWS)),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_each_row_is_an_article(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FORMATS[name]())
    first, second = read_sources(tmp_path / name)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, first.origin, first.title, first.authors) == (ROWS[0]["text"], ROWS[0]["url"], "Talks fail", ("Ivo Stan", "Lena Haik"))
    assert (first.publisher, first.published, first.country) == ("The Courier", "2025-03-02", "GB")
    assert second.text == ROWS[1]["text"]
    assert second.origin.startswith(str(tmp_path / name) + ":")
    assert (second.title, second.authors, second.published) == (None, (), None)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map("a".__add__), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(as_csv([{"text": text} for text in texts]))
    assert [article.text for article in read_sources(path)] == texts


WRONG = {
    "no column": ("a.csv", b"body,date\nTalks.,2025-03-02\n", "expected one named text"),
    "no row": ("a.csv", b"text\n", "got no row"),
    "empty": ("a.csv", b"", "expected one named text"),
    "cells": ("a.csv", b"text,title\nTalks.\n", "another number of cells"),
    "too many cells": ("a.csv", b"text\nTalks.,more\n", "another number of cells"),
    "a day that is none": ("a.csv", b"text,published\nTalks.,2025-13-02\n", "2025-13-02"),
    "no text": ("a.csv", b"text,title\n,Talks\n", "a.csv, line 2"),
    "latin-1": ("a.csv", "text\nCafé\n".encode("latin-1"), "not UTF-8"),
    "a quotation never closed": ("a.csv", b'text\n"Talks\n', "broken CSV"),
    "binary": ("a.csv", b"PK\x03\x04\x00\x00", "a.csv"),
    "no parquet": ("a.parquet", b"PAR1", "no Parquet file"),
    "cut gzip": ("a.csv.gz", gzip.compress(as_csv(ROWS))[:-9], "damaged compressed file"),
    "no gzip": ("a.csv.gz", b"text\nTalks.\n", "damaged compressed file"),
    "no zstandard": ("a.csv.zst", b"text\nTalks.\n", "damaged compressed file"),
}


@pytest.mark.parametrize(("name", "data", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    (tmp_path / name).write_bytes(data)
    found = list(read_sources(tmp_path / name))
    assert isinstance(found[-1], InputError)
    assert said in str(found[-1])


def test_a_row_that_is_wrong_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,published\nOne.,2025-03-02\nTwo.,never\nThree.,2025-03-03\n")
    found = list(read_sources(tmp_path / "a.csv"))
    assert [type(thing).__name__ for thing in found] == ["Article", "InvalidDate", "Article"]


def test_an_article_larger_than_may_be_is_refused_however_it_is_packed(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 3_000_000))
    (error,) = read_sources(tmp_path / "bomb.txt.gz", max_bytes=1_000_000)
    assert isinstance(error, InputError)
    assert "more than 1,000,000 bytes" in error.message
    (tmp_path / "bomb.csv").write_bytes(b"text\n" + b"a" * 3_000_000 + b"\n")
    (error,) = read_sources(tmp_path / "bomb.csv", max_bytes=1_000_000)
    assert isinstance(error, InputError)
