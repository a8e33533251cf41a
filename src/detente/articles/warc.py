"""WARC, as crawls of the web are kept (ISO 28500; CC-News): one article for each page of HTML that was answered."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from detente.articles.given import Given, too_large
from detente.articles.html import page_of
from detente.errors import EmptyArticle, InputError, MalformedInput, MissingExtra
from detente.records import Article

_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of the pages, gzipped or not, and an error for each page of which none can be made.

    Requests, images, redirects and what else a crawl keeps are passed over.

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
    try:
        for record in ArchiveIterator(stream):
            if _is_page(record):
                seen = True
                yield _article(record, origin, given)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise MalformedInput(f"{origin}: got a damaged WARC file ({error}), expected one that a crawl made") from error
    if not seen:
        raise EmptyArticle(f"{origin}: got no page of HTML, expected a WARC file with answers of a crawl")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == "200" and kind.startswith(_HTML)


def _article(record: Any, origin: str, given: Given) -> Article | InputError:
    address = record.rec_headers.get_header("WARC-Target-URI") or origin
    data = record.content_stream().read(given.max_bytes + 1)
    if len(data) > given.max_bytes:
        return too_large(f"{origin}, {address}", given.max_bytes)
    if getattr(record.raw_stream, "limit", 0) > 0:  # bytes that the record says it has and the file has not
        return MalformedInput(f"{origin}, {address}: got a page that is cut off, expected {record.length} bytes")
    try:
        return page_of(data, address, given)
    except InputError as error:
        return error
