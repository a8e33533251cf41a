"""Excel: the same table as CSV, its numbers numbers, its words exact; the second sheet says what the first lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from detente.errors import MissingExtra
from detente.exchange.base import Account, kinds_among, with_articles
from detente.exchange.csv import FORMULA, TABLE_OMITS
from detente.exchange.flat import cell, columns, values
from detente.ledger import Ledger
from detente.records import AnyRecord

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576  # of a sheet, its heading among them
_CUT = -2  # what XlsxWriter answers where a text is longer than the 32,767 units of UTF-16 that a cell holds
_MADE = datetime(1980, 1, 1)  # a fixed day, so that the same records make the same file


class Xlsx:
    """Writes a workbook of Excel 2007 and later."""

    name = "xlsx"
    extension = ".xlsx"
    binary = True
    omits = TABLE_OMITS

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write records, or all of the ledger, as one table; a further sheet begins where one is full."""
        account = Account()
        with ledger.connection.snapshot(), TemporaryDirectory() as folder:
            path = Path(folder, "records.xlsx")
            with _workbook(path) as book:
                again, kinds = kinds_among(ledger, records)
                table = _Table(book, list(columns(kinds)))
                for record, article in with_articles(ledger, again):
                    if table.add(values(record, article)):
                        account.lack(record, "the end of a text that is longer than a cell holds")
                    account.wrote(record)
                _about(book, [*(f"left out: {what}" for what in self.omits), *account.notes()])
            with path.open("rb") as whole:
                copyfileobj(whole, stream)
        return account


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ImportError:
        raise MissingExtra("XlsxWriter", "xlsx", "an Excel file") from None
    # Constant memory: each row goes to a file on the disk once the next begins, and texts stand in their cells.
    options = {"constant_memory": True, "tmpdir": str(path.parent), "use_zip64": True}
    try:
        with Workbook(str(path), options) as book:
            book.set_properties({"created": _MADE})
            yield book
    except FileCreateError as error:  # around the error of the disk, which callers know how to take
        raise error.args[0] from None


class _Table:
    """The sheets of the table: the heading on each, and rows one after another."""

    def __init__(self, book: Workbook, names: list[str]) -> None:
        self._book, self._names = book, names
        self._bold = book.add_format({"bold": True})
        # Excel takes a cell so marked for text, also when a person edits it: its words need no apostrophe of ours.
        self._quoted = book.add_format({"quote_prefix": True})
        rows = self._rows()
        self._places = chain([next(rows)], rows)  # the first sheet is there also where there are no records

    def add(self, found: dict[str, Any]) -> bool:
        """Write a row; whether a text had to be cut."""
        sheet, number = next(self._places)
        # A list and not a generator: every cell is written.
        answers = [
            _put(sheet, number, at, cell(found.get(name)), self._quoted)
            for at, name in enumerate(self._names)
        ]
        return _CUT in answers

    def _rows(self) -> Iterator[tuple[Worksheet, int]]:
        count = 0
        while True:
            count += 1
            sheet = self._book.add_worksheet("records" if count == 1 else f"records {count}")
            sheet.freeze_panes(1, 0)
            for at, name in enumerate(self._names):
                sheet.write_string(0, at, name, self._bold)
            yield from ((sheet, number) for number in range(1, ROWS))


def _put(sheet: Worksheet, row: int, at: int, value: Any, quoted: Format) -> int:
    if value == "":
        return 0
    if isinstance(value, str):
        return int(sheet.write_string(row, at, value, quoted if value.startswith(FORMULA) else None))
    return int(sheet.write_number(row, at, value))


def _about(book: Workbook, lines: list[str]) -> None:
    sheet = book.add_worksheet("about")
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line)
