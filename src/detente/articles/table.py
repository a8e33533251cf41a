"""CSV and TSV: one article a row, the first row names the columns; the same names as in JSON Lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper

from detente.articles.encoding import refuse_binary
from detente.articles.given import Given
from detente.articles.rows import article_of, listed
from detente.errors import EmptyArticle, EncodingError, InputError, MalformedInput
from detente.records import Article

AUTHORS_APART = ";"


def read_csv(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of the rows, commas between the cells; see `read_table`."""
    return read_table(stream, origin, given, ",")


def read_tsv(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of the rows, tabulators between the cells; see `read_table`."""
    return read_table(stream, origin, given, "\t")


def read_table(stream: BufferedReader, origin: str, given: Given, between: str) -> Iterator[Article | InputError]:
    """The articles of the rows, and an error for each row that holds none. Several authors stand apart by semicolons.

    Raises:
        InputError: not UTF-8, no column `text`, no row, or a cell larger than an article may be.
    """
    refuse_binary(stream.peek(16)[:16], origin)
    csv.field_size_limit(given.max_bytes)
    unread: set[str] = set()
    seen = False
    with TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        table = csv.DictReader(text, delimiter=between, strict=True)
        try:
            if "text" not in (table.fieldnames or ()):
                raise MalformedInput(
                    f"{origin}: got the columns {listed(table.fieldnames or ())}, expected one named text",
                    "name the column that holds the article's text: text",
                )
            for row in table:
                seen = True
                where = f"{origin}, line {table.line_num}"
                if None in row or None in row.values():
                    yield MalformedInput(f"{where}: got another number of cells than the {len(table.fieldnames or ())} columns have")
                    continue
                cells = {**row, "authors": [name.strip() for name in row.get("authors", "").split(AUTHORS_APART)]}
                try:
                    yield article_of(cells, where, f"{origin}:{table.line_num}", given, unread)
                except InputError as error:
                    yield error
        except csv.Error as error:
            raise MalformedInput(f"{origin}, line {table.line_num}: got broken CSV ({error}), expected one article a row") from error
        except UnicodeDecodeError as error:
            raise EncodingError(f"{origin}: got bytes that are not UTF-8, expected a table in UTF-8") from error
    if not seen:
        raise EmptyArticle(f"{origin}: got no row, expected one article a row")
    if unread:
        given.note(f"{origin}: columns that are not read: {listed(sorted(unread))}")
