"""Files, folders and standard input become a stream of articles, with an error in place of each that cannot be read."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader
from pathlib import Path

from detente.articles.compressed import SUFFIXES, unpacked
from detente.articles.feeds import read_feed
from detente.articles.given import MAX_BYTES, Given, Reader
from detente.articles.html import read_html
from detente.articles.jsonl import read_jsonl
from detente.articles.naming import DASH, beside, in_shell, origin_of
from detente.articles.parquet import read_parquet
from detente.articles.plain import read_plain
from detente.articles.table import read_csv, read_tsv
from detente.articles.warc import read_warc
from detente.errors import InputError, MalformedInput, MissingInput
from detente.records import Article

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".parquet": read_parquet,
    ".warc": read_warc,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
}
# Tables and markup that lie in a folder are as often something else: they are read where they are named themselves.
NAMED_ONLY = frozenset({".csv", ".tsv", ".xml"})
# Text, but of another kind than an article: reading it as one would make records of table cells and markup.
OTHER: dict[str, str] = {
    ".json": "jq -c '.[]' {file} > {lines} && detente read {lines}",
}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.I)
_JSONL = re.compile(rb'\s*\{\s*"')
_SNIFF = 512


def read_sources(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    country: str | None = None,
    publisher: str | None = None,
    max_bytes: int = MAX_BYTES,
    notes: Callable[[str], None] | None = None,
) -> Iterator[Article | InputError]:
    """Read articles, one at a time and in the order given; a folder's files in the order of their names.

    Args:
        paths: files (`.txt`, `.html`, `.htm`, `.jsonl`, `.ndjson`, `.csv`, `.tsv`, `.parquet`, `.warc`, `.rss`, `.atom`,
            `.xml`, each also with `.gz` or `.zst` behind it; a file of another name that is given by itself is told by
            its first bytes), folders (with their subfolders; hidden files are passed over),
            and "-" for standard input.
        published: day of publication of all of them, ISO; goes before what a file says of itself, as do:
        country: ISO 3166-1 alpha-2 of the outlet;
        publisher: name of the outlet.
        max_bytes: the most that one article may take, in bytes as stored.
        notes: called with a sentence for the person where a choice was made that is no error, as when a file
            is not in UTF-8.

    Returns:
        Articles, and an error of `detente.errors` in place of each that could not be read.

    Raises:
        InvalidDate: `published` is no day.
        MalformedInput: `country` is no code.
    """
    options = {"note": notes} if notes else {}
    given = Given(published=published, country=country, publisher=publisher, max_bytes=max_bytes, **options)
    return _read_all([paths] if isinstance(paths, (str, os.PathLike)) else paths, given)


def _read_all(paths: Iterable[str | os.PathLike[str]], given: Given) -> Iterator[Article | InputError]:
    for path in (os.fspath(path) for path in paths):
        if path != DASH and _is_folder(path):
            yield from _read_folder(path, given)
        else:
            yield from _read_file(path, given)


def _read_folder(folder: str, given: Given) -> Iterator[Article | InputError]:
    found, others = False, Counter[str]()
    for path in _walk(folder, others):
        found = True
        yield from [path] if isinstance(path, InputError) else _read_file(path, given)
    if found and others:
        kinds = ", ".join(f"{number} {kind or 'without an ending'}" for kind, number in others.most_common(8))
        given.note(f"{folder}: files of other kinds are passed over ({kinds}); one that is named by itself is read, or refused with the reason")
    if not found:
        yield MissingInput(
            f"{folder}: got a folder without articles, expected files named {', '.join(READERS)}",
            f"detente read {in_shell(str(Path(folder, 'FILE')))}, to read a file of another name as text",
        )


def _walk(folder: str, others: Counter[str]) -> Iterator[str | InputError]:
    """The files below a folder that have an article's suffix, sorted; an error for a folder that cannot be listed.

    Args:
        folder: where they are.
        others: takes how many files have another suffix, by the suffix.
    """
    unlisted: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            # A pipe or a device in a folder would wait for ever; named by itself it is meant.
            if name.startswith(".") or not path.is_file():
                continue
            if (suffix := _suffix(name)) in READERS.keys() - NAMED_ONLY:
                yield str(path)
            else:
                others[suffix] += 1
    yield from (_missing(origin_of(str(error.filename)), error) for error in unlisted)


def _suffix(name: str) -> str:
    """What tells a file's format: the suffix, that of its compression left out."""
    path = Path(name)
    return (path.with_suffix("") if path.suffix.lower() in SUFFIXES else path).suffix.lower()


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # a name too long, a folder on the way that may not be entered: opening it says which
        return False


def _read_file(path: str, given: Given) -> Iterator[Article | InputError]:
    origin = origin_of(path)
    try:
        with _open(path, origin) as file, unpacked(path, file, origin) as (inner, stream):
            yield from _reader(inner, stream, origin)(stream, origin, given)
    except InputError as error:
        error.remedy = error.remedy or f"head -c 300 {in_shell(origin)}, which shows what it holds"
        yield error
    except OSError as error:
        yield _missing(origin, error)


def _open(path: str, origin: str) -> AbstractContextManager[BufferedReader]:
    if path == DASH:
        return nullcontext(_stdin())
    try:
        return Path(path).open("rb")
    except ValueError as error:
        message = f"{origin!r}: got a path that no file can have ({error}), expected a file of text"
        raise MissingInput(message) from error


def _stdin() -> BufferedReader:
    if sys.stdin is None:
        raise MissingInput("got '-' without a standard input, expected text piped in", "detente read - < article.txt")
    stream = sys.stdin.buffer
    return stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[arg-type]


def _reader(path: str, stream: BufferedReader, origin: str) -> Reader:
    suffix = Path(path).suffix.lower()
    if suffix in OTHER:
        names = {"file": in_shell(origin), "lines": beside(origin, ".jsonl")}
        remedy = OTHER[suffix].format(**names)
        raise MalformedInput(f"{origin}: got a {suffix} file, expected one of {', '.join(READERS)}", remedy)
    return READERS.get(suffix) or _sniffed(stream.peek(_SNIFF)[:_SNIFF])


def _sniffed(head: bytes) -> Reader:
    if _HTML.match(head):
        return read_html
    return read_jsonl if _JSONL.match(head) else read_plain


def _missing(origin: str, error: OSError) -> MissingInput:
    match error:
        case FileNotFoundError():
            message = f"{origin}: got no such file or folder, expected a file of text"
            return MissingInput(message, f"ls {in_shell(str(Path(origin).parent))}")
        case PermissionError():
            message = f"{origin}: got no permission to read it, expected a file that you may read"
            return MissingInput(message, f"chmod u+r {in_shell(origin)}")
        case _:
            return MissingInput(f"{origin}: got the system's error {error.strerror!r}, expected a file of text")
