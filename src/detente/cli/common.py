"""What the verbs share: the ledger's path, options, and how a result is printed."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from detente.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_LEDGER = "detente.db"
_BETWEEN = 3  # columns of the terminal between two of a table: a space, a place for a line, a space


def ledger_option(function: F) -> F:
    """`--ledger FILE`, else `DETENTE_LEDGER`, else `./detente.db`."""
    return click.option(
        "--ledger", "ledger_path", envvar="DETENTE_LEDGER", default=DEFAULT_LEDGER, show_default=True, metavar="FILE",
        type=click.Path(path_type=Path), help="The ledger's file; also from DETENTE_LEDGER.",
    )(function)  # fmt: skip


def json_option(function: F) -> F:
    """`--json`: the same as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(function)


def day(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The day that an option gives, as ISO 8601 writes it; any day of the calendar."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.UsageError(f"{option.opts[0]}: got {value!r}, expected a day such as 2025-03-02") from None


def country(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The country that an option gives, as a code of ISO 3166-1 in capitals."""
    from detente.articles import check
    from detente.errors import InputError

    try:
        return check.country(value, option.opts[0]) if value else None
    except InputError as error:
        raise click.UsageError(error.message) from None


def registry_option(function: F) -> F:
    """`--registry FOLDER`: rows of the user's own, on top of the packaged ones."""
    return click.option(
        "--registry", type=click.Path(path_type=Path), metavar="FOLDER", help="Your own registry files, on top of ours.",
    )(function)  # fmt: skip


def open_ledger(path: Path, *, create: bool = False, readonly: bool = False) -> Ledger:
    """Open the ledger that a verb works on."""
    from detente.ledger import Ledger

    return Ledger.open(path, create=create, readonly=readonly)


@contextmanager
def output(path: str) -> Iterator[IO[bytes]]:
    """Where a result goes: standard output for "-", else a file, which replaces an earlier one only when it is whole."""
    if path == "-":
        with click.open_file("-", "wb") as stream:
            yield stream
        return
    # A pipe or a device is written to as it is: a file that replaced it would be neither.
    special = Path(path).exists() and not (Path(path).is_file() or Path(path).is_dir())
    unfinished = Path(path if special else f"{path}.part")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        if not special:
            unfinished.replace(path)
    except OSError as error:
        raise click.UsageError(f"--output: {path} cannot be written ({error.strerror}), expected a file in a folder that is there") from error
    finally:
        if not special:
            unfinished.unlink(missing_ok=True)


def console(*, stderr: bool = False) -> Console:
    """Where tables go: as wide as the terminal, 100 columns where there is none."""
    from rich.console import Console

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # which the command line takes for what it is; rich would exit with 1

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 100
    return Ours(file=stream, width=width, highlight=False, soft_wrap=False, markup=False)


def print_json(value: Any) -> None:
    """A value as indented JSON, non-ASCII letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str] | None = None) -> None:
    """Rows as CSV, safe to open in a spreadsheet, with the same line ends on every system.

    Args:
        rows: one mapping a row.
        columns: key of the rows → heading; the keys of all rows where `None`.
    """
    import csv
    import io

    from detente.exchange.csv import inert

    rows = list(rows)
    headings = columns or {key: key for row in rows for key in row}
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(headings.values())
    table.writerows([inert(row.get(key, "")) for key in headings] for row in rows)
    with click.open_file("-", "wb") as stream:
        stream.write(text.getvalue().encode())


def print_table(title: str, rows: Iterable[Mapping[str, object]], columns: Mapping[str, str], empty: str) -> None:
    """A table for a person.

    Args:
        title: above it.
        rows: one mapping a row.
        columns: key of the rows → heading.
        empty: what to say where there are no rows.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    if not rows:
        click.echo(empty)
        return
    out = console()
    cells = {key: [str(row.get(key, "")) for row in rows] for key in columns}
    widths = _widths([[columns[key], *cells[key]] for key in columns], out.width - _BETWEEN * (len(columns) - 1))
    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, width in zip(columns.values(), widths, strict=True):
        table.add_column(Text(heading), overflow="fold", vertical="top", width=width)
    for line in zip(*cells.values(), strict=True):
        table.add_row(*map(Text, line))
    with out.capture() as drawn:
        out.print(table)
    click.echo("\n".join(line.rstrip() for line in drawn.get().split("\n")))


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide each column is: as its longest cell if all fit, else at least as its longest word, and the rest shared out."""
    most = [max(1, *map(len, cells)) for cells in columns]
    least = [max((len(word) for cell in cells for word in cell.split()), default=1) for cells in columns]
    spare, wanted = room - sum(least), sum(most) - sum(least)
    if spare >= wanted:
        return most
    if spare < 0:  # words must be broken somewhere: the longest, so that days and numbers stay whole
        longest = next((n for n in range(room, 1, -1) if sum(min(low, n) for low in least) <= room), 1)
        return [min(low, longest) for low in least]
    return [low + spare * (high - low) // wanted for low, high in zip(least, most, strict=True)]


def print_text(text: str) -> None:
    """Lines for a person: on a terminal wrapped between words, under their own indent; in a pipe as they are."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        text = "\n".join(_wrapped(line, width) for line in text.split("\n"))
    click.echo(text)


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" -")) + 2)
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True)
