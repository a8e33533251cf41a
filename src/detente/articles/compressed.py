"""Compressed files (.gz, .zst): opened as they are read, never whole in memory, whatever they unpack to."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import PurePath
from typing import Any

from detente.articles.naming import in_shell
from detente.errors import MalformedInput, MissingExtra

SUFFIXES = (".gz", ".zst")
_PIECE = 1 << 16
_PACKED = 1 << 10  # a kilobyte of zstd unpacks to some 40 MB at most


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
    unpacking = _gunzipped(stream) if suffix == ".gz" else _unzstd(stream)
    try:
        yield inner, BufferedReader(_Stream(unpacking))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise MalformedInput(
            f"{origin}: got a damaged compressed file ({error})", f"gzip -t {in_shell(origin)}"
        ) from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":  # the class is zstandard's, which may not be installed
            raise
        raise MalformedInput(
            f"{origin}: got a damaged compressed file ({error})", f"zstd -t {in_shell(origin)}"
        ) from error


class _Stream(RawIOBase):
    """Pieces as a stream. Those before a damaged place are given before the error: a cut file costs its end alone."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            if (piece := next(self._pieces, None)) is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count


def _gunzipped(stream: BufferedReader) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=stream) as file:
        while piece := file.read1(_PIECE):
            yield piece


def _unzstd(stream: BufferedReader) -> Iterator[bytes]:
    """The frames' contents. The library's own stream takes a file that is cut off for a whole one."""
    unpacker = _zstandard().ZstdDecompressor()
    frame = None
    while data := stream.read(_PACKED):
        while data:
            frame = frame or unpacker.decompressobj()
            if piece := frame.decompress(data):
                yield piece
            data, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame is not None:
        raise EOFError("it ends in the middle of a frame")


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise MissingExtra("zstandard", "archives", "reading .zst") from None
    return zstandard
