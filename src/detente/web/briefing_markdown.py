"""A briefing as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from detente.web.briefing import Briefing, Cited, Item, Quote
from detente.web.wording import time

STAMP = "machine-read, not checked"
_SPECIAL = frozenset("\\`*_[]<>#|&~")


def markdown(briefing: Briefing) -> str:
    """The briefing as one Markdown text."""
    return "\n".join(_lines(briefing)) + "\n"


def warning(b: Briefing) -> str:
    """What a reader is told first where nobody has reviewed some of the records."""
    return f"Nobody has reviewed {b.unchecked} of {b.records} records; each of them says so."


def _lines(b: Briefing) -> Iterator[str]:
    yield f"# {escaped(b.title)}"
    yield ""
    yield f"{b.counts}; {b.scope.line}. Made on {time(b.made)}."
    if b.unchecked:
        yield ""
        yield f"**{warning(b)}**"
    for section in b.sections:
        yield from ("", f"## {section.title}", "")
        for item in section.items:
            yield from _item(item)
    if not b.sections:
        yield from ("", "Nothing on record since then has been accepted by a person.")
    yield from ("", "## Sources", "")
    yield from (f"- {_cited(c)}" for c in b.cited)
    for c in b.cited:
        if c.text is not None:
            yield from ("", f"## {escaped(c.title or c.outlet)}", "", escaped(c.text))


def _item(item: Item) -> Iterator[str]:
    yield f"- **{escaped(item.heading)}**"
    yield from (f"  - {escaped(line)}" for line in item.details)
    for quote in item.quotes:
        yield f"  > {_one_line(quote.place.sentence)}  "
        yield f"  > — {_where(quote)}"
        yield ""


def _where(q: Quote) -> str:
    p = q.place
    outlet = escaped(p.outlet)
    where = f"[{outlet}]({_address(q.href)})" if q.href else outlet
    parts = [where, time(p.published) if p.published else "date unknown"]
    if p.according_to and p.according_to.name != p.outlet:
        parts.append(f"according to {escaped(p.according_to.name)}")
    parts += stamps(q)
    return ", ".join(parts)


def stamps(q: Quote) -> list[str]:
    """How far a sentence is from a plain, checked fact: in words, for every form of a briefing."""
    p = q.place
    said: list[str] = [p.factuality] if p.factuality != "actual" else []
    said += ["hearsay"] if p.hearsay else []
    checked = {"proposed": f"coded by {p.coder}, not reviewed" if p.coder else STAMP, "disputed": "disputed", "edited": "corrected by a person"}.get(p.review)
    said += [checked + (f": {q.reply}" if q.reply else "")] if checked else []
    return said


def _cited(c: Cited) -> str:
    title = f"“{escaped(c.title)}”, " if c.title else ""
    day = time(c.published) if c.published else "date unknown"
    status = f", {c.status}" if c.status != "live" else ""
    where = f"{title}{escaped(c.outlet)}, {day}{status}"
    return f"[{where}]({_address(c.href)})" if c.href else where


def _address(href: str | None) -> str:
    """An address that no bracket in it can end."""
    return (href or "").replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")


def _one_line(text: str) -> str:
    return " ".join(escaped(text).split())


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in text)
