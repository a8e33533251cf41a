"""Compressed files (.gz, .zst): opened as they are read, never whole in memory, whatever they unpack to."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import PurePath
from typing import Any, cast

from detente.errors import MalformedInput, MissingExtra

SUFFIXES = (".gz", ".zst")


@contextmanager
def unpacked(path: str, stream: BufferedReader, origin: str) -> Iterator[tuple[str, BufferedReader]]:
    """The path without the suffix of its compression, and a stream of what is inside; both as they are where it has none.

    A WARC file is compressed page by page, which its reader undoes.

    Raises:
        MissingExtra: zstandard is not installed.
        MalformedInput: the file is damaged.
    """
    suffix, inner = PurePath(path).suffix.lower(), str(PurePath(path).with_suffix(""))
    if suffix not in SUFFIXES or PurePath(inner).suffix.lower() == ".warc":
        yield (inner if suffix in SUFFIXES else path), stream
        return
    packed: Any = gzip.GzipFile(fileobj=stream) if suffix == ".gz" else _zstandard().ZstdDecompressor().stream_reader(stream)
    try:
        yield inner, BufferedReader(cast(Any, packed))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise MalformedInput(f"{origin}: got a damaged compressed file ({error})", f"gzip -t {origin}") from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":  # the class is zstandard's, which may not be installed
            raise
        raise MalformedInput(f"{origin}: got a damaged compressed file ({error})", f"zstd -t {origin}") from error


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise MissingExtra("zstandard", "archives", "reading .zst") from None
    return zstandard
