"""What the verbs share: the ledger's path, options, and how a result is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
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
# What is copied or compared is of no use in pieces.
_WHOLE = frozenset({"id", "date", "published"})


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
    unfinished = Path(f"{path}.part")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        unfinished.replace(path)
    except OSError as error:
        raise click.UsageError(f"--output: {path} cannot be written ({error.strerror}), expected a file in a folder that is there") from error
    finally:
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
    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for key, heading in columns.items():
        table.add_column(Text(heading), overflow="fold", vertical="top", no_wrap=key in _WHOLE)
    for row in rows:
        table.add_row(*(cell if isinstance(cell := row.get(key, ""), Text) else Text(str(cell)) for key in columns))
    console().print(table)
    click.echo()
