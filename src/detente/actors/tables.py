"""The registry's tables: CSV files, each cell checked as it is read.

An error names the file, the line and the column, what was got and what was expected, because people
add rows of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import MissingInput, RegistryError

Folder = Traversable
_MOST_NAMED = 25  # values that an error lists


@dataclass(frozen=True, slots=True)
class Row:
    """One row that knows where it stands: the file's name, the line, the cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def wrong(self, column: str, expected: str) -> RegistryError:
        """The error for a cell that is not what was expected."""
        got = self.cells.get(column, "")
        return RegistryError(
            f"{self.file}, line {self.line}, column {column}: got {got!r}, expected {expected}",
            "correct the cell in that file and load the registry again",
        )

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if value := self.cells[column]:
            return value
        raise self.wrong(column, "a value")

    def optional(self, column: str) -> str | None:
        """A cell, or None where it is empty."""
        return self.cells[column] or None

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds a list, separated by "|"."""
        return tuple(value for part in self.cells[column].split("|") if (value := part.strip()))

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """A cell that holds one of the values allowed."""
        value = self.cells[column]
        if value not in allowed:
            known = sorted(allowed)
            more = f" … ({len(known)} in all)" if len(known) > _MOST_NAMED else ""
            raise self.wrong(column, "one of " + ", ".join(known[:_MOST_NAMED]) + more)
        return value

    def each_of(self, column: str, allowed: Collection[str], what: str) -> tuple[str, ...]:
        """The values of a list, each of which must be known."""
        for value in (values := self.several(column)):
            if value not in allowed:
                raise self.wrong(column, f"{what}; {value!r} is none")
        return values

    def day(self, column: str) -> date:
        """A cell that holds an ISO date."""
        try:
            return date.fromisoformat(self.cells[column])
        except ValueError:
            raise self.wrong(column, "a date such as 2024-07-05") from None

    def day_or_none(self, column: str) -> date | None:
        """A cell that holds an ISO date or nothing."""
        return self.day(column) if self.cells[column] else None


def read_table(file: Traversable, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a CSV file with exactly these columns, in any order; the optional ones may be left out.

    Raises:
        RegistryError: not UTF-8, a column missing or unknown, a row with too many or too few cells.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError(f"{file.name}: got bytes that are not UTF-8 ({error}), expected UTF-8") from None
    lines = csv.reader(text.splitlines())
    header = [cell.strip() for cell in next(lines, [])]
    if sorted(header) != sorted([*columns, *(column for column in optional if column in header)]):
        raise RegistryError(
            f"{file.name}, line 1: got the columns {','.join(header) or 'none'}, expected {','.join(columns)}"
        )
    for cells in lines:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise RegistryError(
                f"{file.name}, line {lines.line_num}: got {len(cells)} cells, expected {len(header)} "
                f"({','.join(header)})"
            )
        stripped = [cell.strip() for cell in cells]
        yield Row(file.name, lines.line_num, dict(zip(header, stripped, strict=True)))


def check_names(folder: Path, tables: Collection[str]) -> None:
    """Refuse a folder of the user's own that has no table, or a CSV file or folder that is called like none.

    Raises:
        MissingInput: the folder does not exist.
        RegistryError: says what was found, and how tables are called.
    """
    if not folder.is_dir():
        raise MissingInput(f"the registry's folder: got {folder}, expected a folder that exists")
    named = {file: file.name.removesuffix(".csv") for file in folder.iterdir() if file.suffix == ".csv" or file.is_dir()}
    wrong = [file.name for file, name in named.items() if name not in tables and not name.startswith(".")]
    if wrong or not set(named.values()) & set(tables):
        raise RegistryError(
            f"{folder}: got {', '.join(sorted(wrong)) or 'no table'}, expected tables called {', '.join(f'{t}.csv' for t in tables)}",
            "name the file as the table it is, or give another folder to --registry",
        )


def tables_in(folder: Folder, name: str) -> list[Traversable]:
    """The files of one kind: `name.csv`, and every CSV file in the folder `name`, by name.

    Raises:
        MissingInput: the folder does not exist.
    """
    if not folder.is_dir():
        raise MissingInput(f"the registry's folder: got {folder}, expected a folder that exists")
    single, several = folder / f"{name}.csv", folder / name
    files = [single] if single.is_file() else []
    if several.is_dir():
        files += sorted((f for f in several.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)
    return files
