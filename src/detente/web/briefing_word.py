"""A briefing as a Word file, by python-docx."""

from __future__ import annotations

from typing import IO, Any

from detente.errors import MissingExtra
from detente.web.briefing import Briefing, Cited, Item, Quote
from detente.web.briefing_markdown import stamps, warning
from detente.web.wording import time


def word(briefing: Briefing, stream: IO[bytes]) -> None:
    """Write the briefing as a .docx file.

    Args:
        stream: open for writing bytes.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("python-docx", "word", "a briefing for Word") from None
    document = Document()
    document.core_properties.title, document.core_properties.author = _plain(briefing.title), "détente"
    document.add_heading(_plain(briefing.title), 0)
    document.add_paragraph(_plain(f"{briefing.counts}; {briefing.scope.line}. Made on {time(briefing.made)}."))
    if briefing.unchecked:
        _bold(document.add_paragraph(), warning(briefing))
    if not briefing.sections:
        document.add_paragraph("Nothing on record since then has been accepted by a person.")
    for section in briefing.sections:
        document.add_heading(section.title, 1)
        for item in section.items:
            _item(document, item)
    document.add_heading("Sources", 1)
    for cited in briefing.cited:
        document.add_paragraph(_plain(_cited(cited)), style="List Bullet")
    for cited in briefing.cited:
        if cited.text is not None:
            document.add_heading(_plain(cited.title or cited.outlet), 1)
            for paragraph in cited.text.splitlines():
                document.add_paragraph(_plain(paragraph))
    document.save(stream)


def _item(document: Any, item: Item) -> None:
    _bold(document.add_paragraph(), item.heading)
    for line in item.details:
        document.add_paragraph(_plain(line), style="List Bullet")
    for quote in item.quotes:
        paragraph = document.add_paragraph(style="Quote")
        paragraph.add_run(_plain(quote.place.sentence))
        paragraph.add_run(_plain(f"\n{_where(quote)}")).italic = False


def _where(q: Quote) -> str:
    p = q.place
    parts = [p.outlet, time(p.published) if p.published else "date unknown"]
    if p.according_to and p.according_to.name != p.outlet:
        parts.append(f"according to {p.according_to.name}")
    return "— " + ", ".join([*parts, *stamps(q), *([q.href] if q.href else [])])


def _cited(c: Cited) -> str:
    title = f"“{c.title}”, " if c.title else ""
    return ", ".join(filter(None, (f"{title}{c.outlet}", time(c.published) if c.published else "date unknown", c.href)))


def _bold(paragraph: Any, words: str) -> None:
    paragraph.add_run(_plain(words)).bold = True


def _plain(words: str) -> str:
    """A text without the characters that XML cannot hold."""
    return "".join(c for c in words if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))
