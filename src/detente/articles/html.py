"""HTML: the article's text without menus and notices, with what the page says of itself (trafilatura)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BufferedReader

from detente.articles import check
from detente.articles.encoding import decode
from detente.articles.given import Given
from detente.articles.naming import beside
from detente.errors import EmptyArticle, InputError
from detente.records import Article

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.I)
_LANG = re.compile(r"""<html\b[^>]*?\slang\s*=\s*["']?([A-Za-z0-9_-]+)""", re.I)
# Browsers show <q> with quotation marks of their own; trafilatura makes a paragraph of it, and the marks are lost.
_QUOTE = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.I)
# WHATWG HTML, section 4.2.5.4: the encoding is declared within the first 1024 bytes.
_HEAD = 1024


def read_html(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The one article of a page: text, title, authors, day of publication, outlet, language.

    The day is taken from the page's metadata alone: a date found in running text may be any date.

    Raises:
        InputError: too large, not text, or no article text in the page.
    """
    yield page_of(given.whole(stream, origin), origin, given)


def page_of(data: bytes, origin: str, given: Given) -> Article:
    """The article of a page as it was sent.

    Args:
        data: the page.
        origin: its path or address.
        given: what the call says.

    Raises:
        InputError: not text, or no article text in the page.
    """
    declared = _CHARSET.search(data, 0, _HEAD)
    page, encoding = decode(data, origin, declared and declared[1].decode("ascii"))
    if encoding != "utf-8":
        given.note(f"{origin}: not UTF-8; read as {encoding}")
    language = _LANG.search(page)
    return _article(_QUOTE.sub(_mark, page), origin, language and language[1], given)


def _mark(tag: re.Match[str]) -> str:
    return "”" if tag[1] else "“"


def _article(page: str, origin: str, language: str | None, given: Given) -> Article:
    # 0.3 s to import, which a reader of plain text need not wait for.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(document, Document) or not (text := (document.text or "").strip()):
        saved = beside(origin, ".txt")
        raise EmptyArticle(
            f"{origin}: got no article text in the HTML, expected paragraphs of it",
            f"copy the article's words into {saved}, then: detente read {saved}",
        )
    return given.article(
        text,
        origin,
        origin,
        title=document.title,
        authors=tuple(filter(None, (name.strip() for name in (document.author or "").split(";")))),
        published=_if_valid(check.day, document.date, origin, given),
        publisher=document.sitename,
        language=_if_valid(check.language, language, origin, given),
    )


def _if_valid(checked: Callable[[str, str], str], value: str | None, origin: str, given: Given) -> str | None:
    """What a page says of itself, unless it cannot be meant: then unknown, and a note. The text can be read anyway."""
    try:
        return checked(value, origin) if value else None
    except InputError as error:
        given.note(f"{error.message}; left unknown")
        return None
