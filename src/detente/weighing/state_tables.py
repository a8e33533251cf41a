"""Tables of the user's own that give every state a number for every year: CINC, SIPRI, World Bank, GDP.

Two shapes are read, both as CSV. Long, a row a state and year: the National Material Capabilities of the Correlates
of War, Our World in Data, "country,year,value". Wide, a row a state and a column a year: SIPRI's military expenditure
saved from its workbook, the World Bank's downloads. What stands above the header is skipped. Nothing of these tables
ships with détente.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detente.actors import Registry
from detente.actors.names import fold
from detente.errors import EncodingError, MalformedInput, MissingInput, UnknownName
from detente.weighing.base_rates import read_table

# The columns that name a state, the surest first, and the code that they use.
_STATES = {
    "stateabb": "cow", "ccode": "cow_number", "iso3": "iso3", "iso3c": "iso3", "iso_code": "iso3", "country code": "iso3",
    "code": "iso3", "iso2": "id", "iso2c": "id", "country": "name", "country name": "name", "entity": "name", "state": "name",
}  # fmt: skip
_YEARS = ("year", "time", "date")
_SERIES = ("series name", "indicator name", "series", "indicator")
# Columns that hold no measure, in the tables that are known.
_NO_MEASURE = {*_STATES, *_YEARS, *_SERIES, "series code", "indicator code", "time code", "version", "notes", "region", "statenme", "statename", ""}
_YEAR = re.compile(r"(?P<year>\d{4})(?: \[YR\d{4}\])?")
_MISSING = {"", "..", "...", ". .", "xxx", "-9", "na", "n/a", "nan"}
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?")
# A preamble is a title, a date and a line or two.
_PREAMBLE = 30
_SHAPES = "a table with a column of states and one of years, or one for each year"


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a state.

    Args:
        number: in the unit of the table; `None` where the table has none.
        line: of the file, from 1.
    """

    number: float | None
    line: int


@dataclass(frozen=True, slots=True)
class StateTable:
    """One measure of states in one year.

    Args:
        file: its name.
        measure: what it is called there.
        year: of the numbers.
        values: by ISO 3166-1 alpha-2 code.
    """

    file: str
    measure: str
    year: int
    values: Mapping[str, Value]


def read_state_table(path: str | Path, year: int, measure: str | None = None) -> StateTable:
    """Read one year of a table.

    Args:
        measure: the column, or the series in a table of several; needed only where there are several. Of the
            National Material Capabilities it is `cinc` where left out.

    Raises:
        MissingInput: no such file, or no right to read it.
        EncodingError: not UTF-8.
        MalformedInput: no table of states and years, or a field that is no number; names line and column.
        UnknownName: the table has no such year or measure.
    """
    rows = list(_rows(Path(path)))
    header, body = _header(path, rows)
    if any(name in header for name in _YEARS):
        cells, measure, years = _long(path, header, body, year, measure)
    else:
        cells, measure, years = _wide(path, header, body, year, measure)
    if not cells:
        span = " to ".join(str(y) for y in sorted({min(years), max(years)})) if years else "there is none"
        raise UnknownName(f"{path}: got the year {year}, expected one that is in the table: {span}", f"--year {max(years, default=year)}")
    return StateTable(Path(path).name, measure, year, _by_state(path, header, cells))


Row = tuple[int, list[str]]
"""The number of the line on which a row begins, and its fields."""
Cell = tuple[int, list[str], int]
"""A row, and which of its fields holds the number."""


def _rows(path: Path) -> Iterator[Row]:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise MissingInput(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        if raw.startswith(b"PK"):
            raise MalformedInput(f"{path}: got a workbook or a zip, expected CSV", "save the sheet as CSV in UTF-8") from error
        raise EncodingError(f"{path}: byte {error.start} is not UTF-8, expected CSV in UTF-8", "save the sheet as CSV in UTF-8") from error
    first = text[:4096]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    before = 0
    try:
        for fields in reader:
            yield before + 1, [field.strip() for field in fields]
            before = reader.line_num
    except csv.Error as error:
        raise MalformedInput(f"{path}, line {before + 1}: {error}, expected CSV") from error


def _header(path: str | Path, rows: Sequence[Row]) -> tuple[list[str], Sequence[Row]]:
    """The headings in lower case, and the rows under them."""
    for k, (_, fields) in enumerate(rows[:_PREAMBLE]):
        names = [field.casefold() for field in fields]
        years = any(name in _YEARS for name in names) or any(_YEAR.fullmatch(name.upper()) for name in names)
        if years and any(name in _STATES for name in names):
            return names, rows[k + 1 :]
    got = "an empty file" if not rows else f"the columns {', '.join(rows[0][1])[:60]!r}"
    raise MalformedInput(f"{path}, line 1: got {got}, expected {_SHAPES}")


def _long(
    path: str | Path, header: Sequence[str], body: Sequence[Row], year: int, measure: str | None
) -> tuple[list[Cell], str, set[int]]:
    at = next(header.index(name) for name in _YEARS if name in header)
    candidates = [name for name in header if name not in _NO_MEASURE]
    if measure is None and "cinc" in candidates:
        measure = "cinc"
    column = _chosen(path, measure, candidates, "column")
    cells, years = [], set()
    for line, fields in body:
        if not any(fields):
            continue
        when = fields[at] if at < len(fields) else ""
        if not _YEAR.fullmatch(when):
            raise _wrong(path, line, at, when, "a year such as 2024")
        years.add(int(when[:4]))
        if int(when[:4]) == year:
            cells.append((line, fields, header.index(column)))
    return cells, column, years


def _wide(
    path: str | Path, header: Sequence[str], body: Sequence[Row], year: int, measure: str | None
) -> tuple[list[Cell], str, set[int]]:
    columns = {int(found["year"]): k for k, name in enumerate(header) if (found := _YEAR.fullmatch(name.upper()))}
    series = next((header.index(name) for name in _SERIES if name in header), None)
    body = [(line, fields) for line, fields in body if any(fields)]
    if series is None:
        if measure is not None:
            raise UnknownName(f"{path}: got the measure {measure!r}, expected none: the table has one number a state and year")
        return [(line, fields, columns[year]) for line, fields in body if year in columns], Path(path).stem, set(columns)
    # What stands under a table (its date, its source) has no series.
    named = [(line, fields) for line, fields in body if len(fields) > series and fields[series]]
    chosen = _chosen(path, measure, list(dict.fromkeys(fields[series] for _, fields in named)), "series")
    cells = [(line, f, columns[year]) for line, f in named if f[series] == chosen and year in columns]
    return cells, chosen, set(columns)


def _chosen(path: str | Path, measure: str | None, candidates: Sequence[str], what: str) -> str:
    if measure is None and len(candidates) == 1:
        return candidates[0]
    found = [c for c in candidates if measure is not None and c.casefold() == measure.casefold()]
    if not found:
        got = f"the measure {measure!r}" if measure else "no measure"
        known = ", ".join(candidates) or "there is none"
        raise UnknownName(f"{path}: got {got}, expected the {what} to take: {known}", f"--measure {candidates[0]!r}" if candidates else "")
    return found[0]


def _by_state(path: str | Path, header: Sequence[str], cells: Sequence[Cell]) -> dict[str, Value]:
    name = next(name for name in _STATES if name in header)
    at, code = header.index(name), _STATES[name]
    found: dict[str, Value] = {}
    for line, fields, column in cells:
        state = _state(code, fields[at] if at < len(fields) else "")
        if state is None:
            continue  # the world, a region, a state that is no more
        if state in found:
            raise _wrong(path, line, at, fields[at], f"each state once in a year: it is on line {found[state].line} too")
        found[state] = Value(_number(path, line, column, fields[column] if column < len(fields) else ""), line)
    return found


def _state(code: str, words: str) -> str | None:
    if code == "name":
        states = Registry.load().states_by_name.get(fold(words), ())
        return states[0] if len(states) == 1 else None
    return _codes(code).get(words.upper())


@cache
def _codes(code: str) -> dict[str, str]:
    return {row[code]: row["id"] for row in read_table("state_codes.csv") if row[code]}


def _number(path: str | Path, line: int, column: int, words: str) -> float | None:
    if words.casefold() in _MISSING:
        return None
    if not _NUMBER.fullmatch(words) or not any(c.isdigit() for c in words):
        raise _wrong(path, line, column, words, "a number such as 1234.5, or nothing")
    number = float(words.replace(",", ""))
    if number < 0:
        raise _wrong(path, line, column, words, "0 or more")
    return number


def _wrong(path: str | Path, line: int, column: int, got: str, expected: str) -> MalformedInput:
    return MalformedInput(f"{path}, line {line}, column {column + 1}: got {got!r}, expected {expected}")
