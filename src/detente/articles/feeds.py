"""RSS and Atom: one article an entry, from the text that the feed carries; entities and outside files are not followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from html import unescape
from html.entities import html5
from io import BufferedReader
from typing import Any

from detente.articles import check
from detente.articles.given import Given
from detente.errors import EmptyArticle, InputError, MalformedInput
from detente.records import Article

_ENTRIES = frozenset({"item", "entry"})
# Where an entry has its text, the fullest first.
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "date", "updated", "issued")
# Feeds name characters as HTML does ("&nbsp;"), mostly without declaring the names, which XML refuses.
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_BLOCKS = frozenset({"p", "div", "br", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol"})


def read_feed(stream: BufferedReader, origin: str, given: Given) -> Iterator[Article | InputError]:
    """The articles of a feed's entries, and an error for each that carries no text.

    Raises:
        InputError: not XML, no feed, or one without entries.
    """
    root = _tree(given.whole(stream, origin), origin)
    outlet = _text(root, ("title",)) or _text(next(iter(_children(root, "channel")), root), ("title",))
    entries = [element for element in root.iter() if _name(element) in _ENTRIES]
    if not entries:
        raise EmptyArticle(f"{origin}: got XML without entries, expected an RSS or Atom feed")
    for number, entry in enumerate(entries, 1):
        where = f"{origin}, entry {number}"
        try:
            yield _article(entry, outlet, where, f"{origin}:{number}", given)
        except InputError as error:
            yield error


def _tree(data: bytes, origin: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_ENTITY.sub(_numbered, data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedInput(f"{origin}: got broken XML ({error}), expected an RSS or Atom feed") from error


def _numbered(entity: re.Match[bytes]) -> bytes:
    """A character of HTML by its number, which XML knows as well; what only XML has by name stays."""
    characters = html5.get(entity[1].decode("ascii") + ";")
    known_to_xml = entity[1] in {b"amp", b"lt", b"gt", b"quot", b"apos"}
    return entity[0] if known_to_xml or not characters else "".join(f"&#{ord(c)};" for c in characters).encode("ascii")


def _article(entry: Any, outlet: str | None, where: str, origin: str, given: Given) -> Article:
    texts = (child for name in _TEXTS for child in _children(entry, name))
    text = next((words for child in texts if (words := _words(child))), "")
    if not text:
        raise EmptyArticle(f"{where}: got an entry without text, expected {', '.join(_TEXTS)}")
    return given.article(
        text, _link(entry) or origin, where, title=_text(entry, ("title",)), authors=_authors(entry), publisher=outlet,
        published=_day(_text(entry, _DAYS), where, given),
    )  # fmt: skip


def _name(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _name(child) == name)


def _text(element: Any, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in _children(element, name):
            if words := "".join(child.itertext()).strip():
                return words
    return None


def _authors(entry: Any) -> tuple[str, ...]:
    found = [
        _text(child, ("name",)) or "".join(child.itertext()).strip()
        for name in ("author", "creator")
        for child in _children(entry, name)
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _link(entry: Any) -> str | None:
    for link in _children(entry, "link"):
        if address := (link.get("href") if link.get("rel", "alternate") == "alternate" else None) or (link.text or "").strip():
            return str(address)
    return _text(entry, ("guid", "id"))


def _day(words: str | None, where: str, given: Given) -> str | None:
    """The day of RSS ("Mon, 03 Mar 2025 10:00:00 GMT") or Atom ("2025-03-03T10:00:00Z"); what is neither is unknown."""
    if not words:
        return None
    day = words[:10]
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        with suppress(ValueError):
            day = parsedate_to_datetime(words).date().isoformat()
    try:
        return check.day(day, where)
    except InputError as error:
        given.note(f"{error.message}; left unknown")
        return None


def _words(element: Any) -> str:
    """The words of an entry's text: HTML as RSS has it, unless Atom's `type` says another (RFC 4287, section 3.1.1)."""
    match element.get("type", "html").lower():
        case "xhtml" | "application/xhtml+xml":
            return _plain(element)
        case "text" | "text/plain":
            return "".join(element.itertext()).strip()
        case _:
            return _of_html("".join(element.itertext()))


def _of_html(markup: str) -> str:
    if "<" not in markup:
        return unescape(markup).strip()
    from lxml import html

    return _plain(html.fragment_fromstring(markup, create_parent="div"))


def _plain(fragment: Any) -> str:
    """The words of a tree; blocks become lines."""
    for element in list(fragment.iter()):
        if _name(element) in {"script", "style", "iframe"}:
            _drop(element)
        elif _name(element) in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in str(fragment.xpath("string()")).split("\n"))
    return "\n".join(filter(None, lines))


def _drop(element: Any) -> None:
    """Takes an element out of its tree; what follows it stays."""
    before, parent = element.getprevious(), element.getparent()
    tail = element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
