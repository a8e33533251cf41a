"""A team's own coding as a table: a row for each record, its words as a quotation that stands in the article exactly once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from detente.articles import read_sources
from detente.articles.check import quoted
from detente.articles.given import MAX_BYTES
from detente.errors import DetenteError, MalformedInput, MissingInput, RecordError
from detente.exchange.coding import Coded, Intake
from detente.exchange.coding_map import CodingMap, Layout, record_from
from detente.language.words import sentences_around
from detente.ledger import Ledger
from detente.ledger.merging import Placed
from detente.records import Article

Span = tuple[int, int]
Table: TypeAlias = "csv.DictReader[str]"
_APART = " … "  # as our own tables join words that stand apart
_CORE = ("content", "words")
_ARTICLES_HELD = 64


def import_coding(ledger: Ledger, path: str | Path, mapping: CodingMap) -> Coded:
    """Take in a table of coding: all of it or, where anything is wrong, nothing.

    An article is one that the ledger has, by its id or origin, or else a file beside the table.

    Args:
        ledger: where it goes.
        path: the table, as CSV in UTF-8.
        mapping: which column is what.

    Raises:
        MissingInput: there is no such file.
        MalformedInput: names the line: words that are not in the article or are there twice, an unknown article or value.
    """
    place = Path(path)
    if not mapping.article:
        raise MalformedInput(
            f"{place}: got a mapping without an article, expected the column that names it",
            'article = "COLUMN"',
        )
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            intake = Intake(ledger, place.name)
            return intake.take(
                _things(
                    csv.DictReader(file, delimiter=mapping.delimiter, strict=True), place, mapping, ledger
                )
            )
    except OSError as error:
        raise MissingInput(
            f"{place}: cannot be read ({error.strerror}), expected a table of coding"
        ) from error
    except UnicodeDecodeError as error:
        raise MalformedInput(f"{place}: got bytes that are not UTF-8, expected a table in UTF-8") from error
    except TypeError as error:  # csv's word for a delimiter of several characters
        raise MalformedInput(
            f"{place}: got the delimiter {mapping.delimiter!r}, expected one character"
        ) from error


def _things(table: Table, path: Path, mapping: CodingMap, ledger: Ledger) -> Iterator[Placed]:
    csv.field_size_limit(MAX_BYTES)

    @lru_cache(_ARTICLES_HELD)
    def article_of(name: str) -> Article:
        return _article(ledger, path.parent, name)

    try:
        _require_columns(table.fieldnames or (), mapping, path)
        seen = False
        for row in table:
            place = f"{path}, line {table.line_num}"
            if None in row or None in row.values():
                raise MalformedInput(
                    f"{place}: got another number of cells than the {len(table.fieldnames or ())} columns have"
                )
            if any(cell.strip() for cell in row.values()):  # spreadsheets write empty rows at the end
                seen = True
                yield from _coded(place, row, mapping, article_of)
    except csv.Error as error:
        raise MalformedInput(
            f"{path}, line {table.reader.line_num}: got broken CSV ({error}), expected a table with a heading"
        ) from error
    if not seen:
        raise MalformedInput(f"{path}: got no row, expected one for each record")


def _require_columns(heading: Sequence[str], mapping: CodingMap, path: Path) -> None:
    if twice := sorted({name for name in heading if heading.count(name) > 1}):
        raise MalformedInput(f"{path}: got the column {twice[0]!r} twice, expected each once")
    for column, field in mapping.columns().items():
        if column not in heading:
            raise MalformedInput(
                f"{path}: got the columns {', '.join(map(quoted, heading)) or 'none'}, expected {column!r} for {field}",
                "the mapping file says which column is what",
            )


def _coded(
    place: str, row: dict[str, str], mapping: CodingMap, article_of: Callable[[str], Article]
) -> Iterator[Placed]:
    """The article of a row, and the records that the row makes: one for each layout whose core words it has."""
    made = [
        layout
        for layout in mapping.records
        if any(row[layout.words[f]].strip() for f in _CORE if f in layout.words)
    ]
    if not made:
        raise MalformedInput(
            f"{place}: got no words, expected a quotation in {' or '.join(_quoting(mapping))}"
        )
    try:
        article = article_of(row[mapping.article].strip())
        yield place, article
        for layout in made:
            yield (
                place,
                record_from(layout, article, _spans(layout, article.text, row), row, mapping.coder_of(row)),
            )
    except RecordError as error:
        raise MalformedInput(f"{place}: {error.message}", error.remedy) from error


def _quoting(mapping: CodingMap) -> list[str]:
    return [
        repr(layout.words[field]) for layout in mapping.records for field in _CORE if field in layout.words
    ]


def _article(ledger: Ledger, folder: Path, name: str) -> Article:
    """The article that a row names: of the ledger, else of a file beside the table and nowhere else."""
    if not name:
        raise RecordError("got no article, expected its id, its origin or its file")
    known = ledger.articles.where(article=name)
    if len(known) > 1:
        raise RecordError(
            f"got {name!r}, which is the origin of {len(known)} articles, expected one",
            "name it by its id: detente show articles --json",
        )
    if known:
        return known[0]
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise RecordError(
            f"got the article {name!r}, expected the id or origin of one in {ledger.name}, or a file beside the table",
            "detente show articles lists those of the ledger",
        )
    found = list(read_sources(path))
    if len(found) != 1 or not isinstance(found[0], Article):
        why = found[0].message if found and isinstance(found[0], DetenteError) else f"{len(found)} articles"
        raise RecordError(f"got {name!r} with {why}, expected a file of one article")
    # By the name that the table gives it, so that it is the same whatever folder the table is read from.
    return found[0].replace(origin=name)


# ---------------------------------------------------------------- words


def _spans(layout: Layout, text: str, row: dict[str, str]) -> dict[str, list[Span]]:
    """By evidence field the places of its words, the core first: the others may be found in its sentence."""
    found: dict[str, list[Span]] = {}
    for field in sorted(layout.words, key=lambda name: name not in _CORE):
        words = row[layout.words[field]].strip()
        core = [span for name in _CORE for span in found.get(name, ())]
        found[field] = _anchored(field, words, text, core) if words else []
    return found


def _anchored(field: str, words: str, text: str, core: Sequence[Span]) -> list[Span]:
    parts = [words] if _APART not in words or words in text else words.split(_APART)
    return [_anchor(field, part, text, core) for part in parts]


def _anchor(field: str, words: str, text: str, core: Sequence[Span]) -> Span:
    """The one place of a quotation: in the article, or else in the sentences of the core words."""
    places = _places(words, text, 0, len(text))
    if len(places) > 1 and core:
        places = [
            place for start, end in sentences_around(text, core) for place in _places(words, text, start, end)
        ]
    if len(places) == 1:
        return places[0]
    if not places:
        raise RecordError(
            f"{field}: got {quoted(words)}, which the article does not have, expected its exact words",
            "copy the words out of the article: marks, spaces and line ends count",
        )
    raise RecordError(
        f"{field}: got {quoted(words)}, which the article has {len(places)} times, expected words that it has once",
        "quote more of the sentence, so that the place is one",
    )


def _places(words: str, text: str, start: int, end: int) -> list[Span]:
    """Every place of some words, those that overlap among them."""
    found = []
    at = text.find(words, start, end)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1, end)
    return found
