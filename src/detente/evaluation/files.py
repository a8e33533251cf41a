"""Reads the files of a data folder: text in UTF-8, with an error that names the file where it is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.errors import EncodingError, MalformedInput, MissingInput


def read_text(path: Path) -> str:
    """A file's text, line ends untouched.

    Args:
        path: of the file.

    Raises:
        MissingInput: it is not there, or may not be read.
        EncodingError: it is no UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise MissingInput(f"{path}: {error.strerror}, expected a file of the data folder") from error
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"{path}: got bytes that are not UTF-8 (at {error.start}), expected text in UTF-8"
        ) from error


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """A file's lines with their numbers from 1, without their ends. Nothing but a line feed parts lines.

    Raises:
        MissingInput, EncodingError: as `read_text`.
    """
    for number, line in enumerate(read_text(path).split("\n"), 1):
        yield number, line.removesuffix("\r")


def malformed(path: Path, line: int, got: str, expected: str) -> MalformedInput:
    """The error for a line that is not as its format wants it.

    Args:
        path: of the file.
        line: counted from 1.
        got: what stands there; long text is cut.
        expected: what should.
    """
    shown = got if len(got) <= 60 else got[:59] + "…"
    return MalformedInput(f"{path}, line {line}: got {shown!r}, expected {expected}")
