"""WARC, as crawls of the web are kept (ISO 28500; CC-News): one article for each page of HTML that was answered."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from detente.articles import check
from detente.articles.given import Given, too_large
from detente.articles.html import page_of
from detente.articles.naming import in_shell
from detente.errors import EmptyArticle, InputError, MalformedInput, MissingExtra
from detente.records import Article

_HTML = ("text/html", "application/xhtml+xml")
# How a record begins: a gzip member as crawls write them (RFC 1952), or the line with the version.
_BEGINNING = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|WARC/[01]\.\d+\r?\n")
_LONGEST = 16  # bytes of such a beginning, and more
_PIECE = 1 << 20


def read_warc(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of the pages, gzipped or not, and an error for each page of which none can be made.

    Requests, images, redirects and what else a crawl keeps are passed over. Behind a damaged record the next one is looked for.

    Raises:
        MissingExtra: warcio is not installed.
        InputError: no WARC, or one without a page.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise MissingExtra("warcio", "archives", "reading WARC") from None
    seen = False
    while True:
        records = ArchiveIterator(stream)
        records.INC_RECORD = ""  # what it would print on standard error; the damage is told of below
        try:
            for record in records:
                if _is_page(record):
                    seen = True
                    yield _article(record, records, origin, given)
            break
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            seen = True
            reason = check.quoted(str(error).strip())
            yield MalformedInput(
                f"{origin}: got a damaged record at byte {records.offset:,} ({reason}), expected a WARC file that a crawl made"
            )
            if not _next_record(stream, records.offset + 1):
                return
    if not seen:
        raise EmptyArticle(f"{origin}: got no page of HTML, expected a WARC file with answers of a crawl")


def _next_record(stream: BufferedReader, after: int) -> bool:
    """Goes to where a record seems to begin, if there is one and the stream can go back."""
    if not stream.seekable():
        return False
    stream.seek(after)
    kept = b""
    while piece := stream.read(_PIECE):
        if found := _BEGINNING.search(kept + piece):
            stream.seek(found.start() - len(kept) - len(piece), os.SEEK_CUR)
            return True
        kept = (kept + piece)[-_LONGEST:]
    return False


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == "200" and kind.startswith(_HTML)


def _article(record: Any, records: Any, origin: str, given: Given) -> Article | InputError:
    address = record.rec_headers.get_header("WARC-Target-URI") or origin
    data = record.content_stream().read(given.max_bytes + 1)
    if len(data) > given.max_bytes:
        return too_large(f"{origin}, {address}", given.max_bytes)
    if getattr(record.raw_stream, "limit", 0) > 0:  # bytes that the record says it has and the file has not
        return MalformedInput(
            f"{origin}, {address}: got a page that is cut off, expected {record.length} bytes"
        )
    before = records.err_count
    records.read_to_end()
    if records.err_count > before:
        return MalformedInput(
            f"{origin}, {address}: got a page that is longer than it is said to be, expected {record.length} bytes"
        )
    try:
        return page_of(data, address, given)
    except InputError as error:  # the remedy of a file does not help with a page inside one
        return type(error)(
            f"{origin}, {error.message}", f"warcio index {in_shell(origin)}, which lists its pages"
        )
