"""Parquet: one article a row, named columns as in JSON Lines; read in batches, so that a file may be larger than memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from io import BufferedReader
from tempfile import TemporaryFile
from typing import Any, cast

from detente.articles.given import Given
from detente.articles.rows import FIELDS, article_of, listed
from detente.errors import EmptyArticle, InputError, MalformedInput, MissingExtra
from detente.records import Article

_BATCH = 500  # rows held at a time


def read_parquet(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of the rows, and an error for each row that holds none.

    Raises:
        MissingExtra: pyarrow is not installed.
        InputError: not Parquet, no column `text`, or no row.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("pyarrow", "archives", "reading Parquet") from None
    if not stream.seekable():  # a packed file, or standard input: Parquet is read from its end
        with TemporaryFile() as whole:
            shutil.copyfileobj(stream, whole)
            whole.seek(0)
            yield from read_parquet(cast(BufferedReader, whole), origin, given)
        return
    try:
        file = pyarrow.parquet.ParquetFile(stream)
        names = file.schema_arrow.names
        if "text" not in names:
            raise MalformedInput(f"{origin}: got the columns {listed(names)}, expected one named text")
        wanted = [name for name in names if name == "text" or name in FIELDS]
        if others := sorted(set(names) - set(wanted)):
            given.note(f"{origin}: columns that are not read: {listed(others)}")
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _article(row, f"{origin}, row {number}", f"{origin}:{number}", given)
    except (pyarrow.ArrowException, OSError) as error:
        raise MalformedInput(f"{origin}: got a file that is no Parquet file or a damaged one ({error})") from error
    if not number:
        raise EmptyArticle(f"{origin}: got no row, expected one article a row")


def _article(row: dict[str, Any], where: str, origin: str, given: Given) -> Article | InputError:
    if isinstance(day := row.get("published"), date):
        row["published"] = (day.date() if isinstance(day, datetime) else day).isoformat()
    try:
        return article_of(row, where, origin, given, set())
    except InputError as error:
        return error
