"""Shards as Parquet files: articles in, records out. One schema each, row groups of one size, written whole or not at all.

A shard of records holds, for each article in its order, the article, the actors that it names and its records. The
column `json` has the whole object, losslessly; the other columns are what a query needs, and those of
`detente export --format parquet`, so that DuckDB, R, pandas and Polars can ask millions of records without a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from detente.errors import DetenteError, MalformedInput, MissingExtra, RecordError
from detente.exchange.flat import columns, values
from detente.reading.reader import Reading
from detente.records import RECORD_TYPES, Actor, Anything, Article, decode, encode, kind_of

if TYPE_CHECKING:
    import pyarrow as pa

# Rows held at a time while a shard is written or read back.
ROW_GROUP = 2_000
PART = ".part"  # how the name of a file ends that is not whole yet
_ARTICLE = ("id", "origin", "publisher", "country", "title", "authors", "published", "language", "text")


def arrow() -> Any:
    """pyarrow, with its Parquet part.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("pyarrow", "archives", "an archive in shards") from None
    return pyarrow


def articles_schema() -> pa.Schema:
    """The columns of a shard of articles."""
    pa = arrow()
    types = {"authors": pa.list_(pa.string())}
    return pa.schema([(name, types.get(name, pa.string())) for name in _ARTICLE])


def records_schema() -> pa.Schema:
    """The columns of a shard of records: those that all kinds have in an export, the article, and `json`."""
    pa = arrow()
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), tuple: pa.list_(pa.string())}
    fields = [(name, types[of]) for name, of in columns(RECORD_TYPES).items()]
    return pa.schema([*fields, ("article", pa.string()), ("json", pa.string())])


def write_articles(path: Path, articles: Iterable[Article]) -> int:
    """Write a shard of articles; gives their number.

    Raises:
        DetenteError: the file cannot be written; nothing is left under its name.
    """
    return _write(path, articles_schema(), ({name: _plain(getattr(a, name)) for name in _ARTICLE} for a in articles))


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a shard, in order.

    Raises:
        MalformedInput: not a shard of articles.
    """
    for row in _rows(path, list(_ARTICLE), "a shard of articles"):
        fields = {name: value for name, value in row.items() if value and name not in {"id", "text", "origin"}}
        if authors := fields.get("authors"):
            fields["authors"] = tuple(authors)
        yield Article.of(row["text"], row["origin"], **fields)


def record_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """The rows of one article: itself, whom it names, what was read from it."""
    article = reading.article
    things: tuple[Article | Actor, ...] = (article, *reading.actors)
    for thing in things:
        yield {"kind": kind_of(thing), "id": thing.id, "article": article.id, "json": encode(thing).decode("utf-8")}
    for record in reading.records:
        yield values(record, article) | {"article": article.id, "json": encode(record).decode("utf-8")}


def write_records(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write a shard of records from the rows of its articles; gives the number of rows.

    Raises:
        DetenteError: the file cannot be written; nothing is left under its name.
    """
    return _write(path, records_schema(), rows)


def read_records(path: Path) -> Iterator[tuple[str, Anything]]:
    """What a shard of records holds: the id of the article, and the article, actor or record.

    Raises:
        MalformedInput: not a shard of records, or a damaged one.
    """
    for number, row in enumerate(_rows(path, ["article", "json"], "a shard of records")):
        try:
            yield row["article"], decode(row["json"])
        except RecordError as error:
            raise MalformedInput(f"{path}, row {number}: {error}", f"read that shard again: rm {path}") from error


def write_stories(path: Path, members: Iterable[tuple[str, str]]) -> int:
    """Write which articles are copies of one story, from pairs of an article's id and its story's; gives their number.

    Raises:
        DetenteError: the file cannot be written; nothing is left under its name.
    """
    pa = arrow()
    schema = pa.schema([("article", pa.string()), ("story", pa.string())])
    return _write(path, schema, ({"article": article, "story": story} for article, story in members))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _write(path: Path, schema: pa.Schema, rows: Iterable[dict[str, Any]]) -> int:
    pa = arrow()
    total = 0
    with replacing(path) as fresh, pa.parquet.ParquetWriter(fresh, schema, compression="zstd") as file:
        for group in _groups(rows):
            file.write_table(pa.Table.from_pylist(group, schema=schema))
            total += len(group)
    for left in path.parent.glob(f"{escape(path.name)}.*{PART}"):  # by runs that were killed
        left.unlink(missing_ok=True)
    return total


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file that takes the place of another when it is whole; two processes that write one file do not mix.

    Raises:
        DetenteError: it cannot be written; nothing new is left.
    """
    fresh = path.with_name(f"{path.name}.{uuid4().hex}{PART}")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        raise DetenteError(f"{path}: cannot be written ({error})", f"df -h {path.parent}") from error
    finally:
        fresh.unlink(missing_ok=True)


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        group.append(row)
        if len(group) == ROW_GROUP:
            yield group
            group = []
    if group:
        yield group


def _rows(path: Path, wanted: list[str], expected: str) -> Iterator[dict[str, Any]]:
    pa = arrow()
    try:
        with pa.parquet.ParquetFile(path) as file:
            missing = [name for name in wanted if name not in file.schema_arrow.names]
            if missing:
                raise MalformedInput(f"{path}: got no column {missing[0]!r}, expected {expected}")
            for batch in file.iter_batches(batch_size=ROW_GROUP, columns=wanted):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise MalformedInput(f"{path}: got a file that is no Parquet file or a damaged one ({error}), expected {expected}") from error
