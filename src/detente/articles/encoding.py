"""Bytes become text: UTF-8 first, UTF-16 by its mark, Windows-1252 last and said so; other files are named.

A byte order mark belongs to the encoding, not to the text, and is dropped. Everything else is kept
character for character: line ends, tabs, spaces at the ends.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from detente.articles.naming import beside, in_shell
from detente.errors import EncodingError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Without a mark UTF-16 shows as NUL bytes, and is refused with them: a guess could be wrong without a sign.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class Decoded(NamedTuple):
    """Text, and the name of the encoding that its bytes were in."""

    text: str
    encoding: str


class Format(NamedTuple):
    """A kind of file that is not text: its first bytes, its name, and what makes text of it."""

    magic: bytes
    name: str
    remedy: str


FORMATS = (
    Format(b"%PDF-", "a PDF, which is not read", "pdftotext {file} {text} && detente read {text}"),
    Format(b"\x89PNG", "a PNG picture", "type the article out: {text}"),
    Format(b"\xff\xd8\xff", "a JPEG picture", "type the article out: {text}"),
    Format(b"GIF8", "a GIF picture", "type the article out: {text}"),
    Format(b"PK\x03\x04", "a ZIP file (Word, OpenDocument and EPUB are ones)", "save it as plain text: {text}"),
    Format(b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text: {text}"),
    Format(b"{\\rtf", "a Rich Text document", "save it as plain text: {text}"),
    Format(b"\x1f\x8b", "a gzip file", "gunzip -c {file} > {bare} && detente read {bare}"),
    Format(b"SQLite format 3\0", "a SQLite database", "detente show statements --ledger {file}"),
)


def refuse_binary(head: bytes, origin: str) -> None:
    """Refuse a file that its first bytes give away as something other than text.

    Raises:
        EncodingError: names the format, and what makes text of it.
    """
    for known in FORMATS:
        if head.startswith(known.magic):
            remedy = known.remedy.format(file=in_shell(origin), text=beside(origin, ".txt"), bare=beside(origin, ""))
            raise EncodingError(f"{origin}: got {known.name}, expected text", remedy)


def decode(data: bytes, origin: str, declared: str | None = None) -> Decoded:
    """The text that bytes hold.

    Args:
        data: all the bytes of one text.
        origin: what to call it in an error.
        declared: the encoding that the text says it is in, tried where UTF-8 fails.

    Raises:
        EncodingError: binary data, damaged UTF-8, or no encoding that fits.
    """
    refuse_binary(data[:16], origin)
    for mark, name in BOMS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], name, origin), name)
    if nul := data.find(b"\0") + 1:
        raise EncodingError(
            f"{origin}: got binary data (a NUL byte at {nul - 1}), expected text in UTF-8",
            f"iconv -f UTF-16 -t UTF-8 {in_shell(origin)} > {beside(origin, '.utf8.txt')}, if it is UTF-16",
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, origin, declared, error)


def _not_utf8(data: bytes, origin: str, declared: str | None, error: UnicodeDecodeError) -> Decoded:
    # Reading damaged UTF-8 as Windows-1252 would turn every quotation mark to “â€œ”. An old text in capitals
    # can hold a pair that looks like UTF-8 (É and ” together), hence a majority and not a single pair.
    valid = sum(len(run) for run in _MULTIBYTE.findall(data))
    if 2 * valid > len(_HIGH.findall(data)):
        raise EncodingError(
            f"{origin}: got UTF-8 that is damaged at byte {error.start} ({error.reason}), expected whole characters",
            f"iconv -c -f UTF-8 -t UTF-8 {in_shell(origin)} > {beside(origin, '.utf8.txt')}, which drops the bad bytes",
        ) from error
    if _CONTROL.search(data):
        raise EncodingError(f"{origin}: got binary data, expected text in UTF-8") from error
    encoding = _web_name(declared) or "cp1252"
    return Decoded(_strictly(data, encoding, origin), encoding)


def _web_name(declared: str | None) -> str | None:
    """The codec for a declared encoding; Latin-1 means Windows-1252 on the web (WHATWG Encoding, section 4.2)."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    if name in {"iso8859-1", "ascii", "utf-8"} or not _is_text_codec(name):
        return None
    return name


def _is_text_codec(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError):  # "hex" and "zlib" are codecs too, but not of text
        return False
    return True


def _strictly(data: bytes, encoding: str, origin: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"{origin}: got bytes that are neither UTF-8 nor {encoding} (at {error.start}: {error.reason}), expected UTF-8",
            f"iconv -f ENCODING -t UTF-8 {in_shell(origin)} > {beside(origin, '.utf8.txt')}, with the encoding it is in",
        ) from error
