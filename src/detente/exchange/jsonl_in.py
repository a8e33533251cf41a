"""JSON Lines come back: what `detente export --format jsonl` wrote, checked line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.errors import MalformedInput, MissingInput, RecordError
from detente.ledger import Ledger
from detente.ledger.merging import Merged, merge
from detente.records import Anything, decode

_BOM = b"\xef\xbb\xbf"


def import_jsonl(ledger: Ledger, lines: Iterable[bytes], name: str = "the import") -> Merged:
    """Take in an export: all of it or, where anything is damaged, nothing.

    Args:
        ledger: where it goes.
        lines: the export's lines, such as a file open for bytes.
        name: what errors call it.

    Raises:
        MalformedInput: names the line, what was got and what was expected.
    """
    return merge(ledger, _things(lines, name))


def import_file(ledger: Ledger, path: str | Path) -> Merged:
    """Take in an export from a file; see `import_jsonl`.

    Raises:
        MissingInput: there is no such file, or it cannot be read.
        MalformedInput: it is damaged.
    """
    try:
        with Path(path).open("rb") as file:
            return import_jsonl(ledger, file, str(path))
    except OSError as error:
        raise MissingInput(f"{path}: cannot be read ({error.strerror})", "detente export --format jsonl makes such a file") from error


def _things(lines: Iterable[bytes], name: str) -> Iterator[tuple[str, Anything]]:
    found = False
    for number, line in enumerate(lines, start=1):
        content = line.removeprefix(_BOM) if number == 1 else line
        if content.strip():
            found = True
            yield f"{name}, line {number}", _thing(content, f"{name}, line {number}")
    if not found:
        raise MalformedInput(f"{name}: got an empty file, expected one record a line")


def _thing(line: bytes, place: str) -> Anything:
    try:
        return decode(line)
    except (RecordError, UnicodeDecodeError, RecursionError) as error:
        short = line[:60].decode("utf-8", "replace").strip()
        raise MalformedInput(
            f"{place}: {error}; got {short!r} …, expected one record as JSON with its kind first",
            "detente export --format jsonl writes such lines",
        ) from error
