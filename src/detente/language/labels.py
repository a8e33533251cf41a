"""What a page's layout tells: the turns of a transcript, signed quotations, headlines with their speaker, lists.

A turn begins with a label and a colon ("SMITH: …", "Q: …"). A signed quotation is a paragraph that ends with a
dash and a name ("“…” — Ana Velkova, Ostrava"). A headline is the first paragraph, without a full stop: it may name
its speaker before a colon or behind a dash. A list is the paragraphs with bullets behind a colon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import msgspec

from detente.language.analysis import Attribution, Quotation, Span

# Some transcripts set an opening mark before each label, and before each paragraph that goes on.
_MARK = "[\"“‘'«]"
_CAPITALS = re.compile(rf"{_MARK}?((?:[A-Z][A-Z.’'-]+(?:[ ][A-Z][A-Z.’'-]*){{0,4}}|[QA]))[.]?:\s*(?=\S)")
_NAMED = re.compile(rf"{_MARK}?((?:[A-Z][\w.’'-]+)(?:[ ][A-Z][\w.’'-]*){{0,3}}):\s+(?=\S)")
# What newsrooms set before a colon, and is nobody's name.
_SIGNPOSTS = frozenset(
    ["update", "updated", "analysis", "watch", "read", "related", "photo", "photos", "video", "live", "note",
     "correction", "more", "opinion", "exclusive", "breaking", "source", "sources", "question", "answer", "read more"]
)  # fmt: skip
_GOES_ON = re.compile(rf"{_MARK}(?![(\[])")
_SIGNATURE = re.compile(r"\s*(?:[―—–]|--?)\s*((?:[A-Z][\w’'-]*\.?)(?:[ ](?:de |la |van |von |der |bin |al )?[A-Z][\w’'-]*\.?){0,4})(,[^.!?“\"]{1,60})?[.\s]*$")
_BEFORE_COLON = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}): (?P<said>\S[^\n]*[^\s.])$")
_BEHIND_DASH = re.compile(r"(?P<said>\S[^\n]*\S)\s+[-–—]\s+(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})$")
_BULLET = re.compile(r"(?:[•‣◦▪*·-]|\(?[\da-z][.)])\s+(\S.*)", re.DOTALL)
# Turns from which on labels that are not in capitals make a transcript.
_ENOUGH = 3


def turns(text: str, paragraphs: Sequence[Span]) -> dict[Span, Attribution | None]:
    """The turns of a transcript by their first paragraph; the later paragraphs of a turn have `None`.

    Args:
        text: the article's text.
        paragraphs: its paragraphs.

    Returns:
        nothing where fewer than two paragraphs carry labels.
    """
    heads = _heads(text, paragraphs)
    found: dict[Span, Attribution | None] = {}
    first: Span | None = None
    for number, paragraph in enumerate(paragraphs):
        if head := heads.get(number):
            first = paragraph
            found[first] = Attribution(content=(Span(head.end(), paragraph.end),), source=Span(*head.span(1)))
        elif first and (turn := found[first]) and heads and number < max(heads) and _GOES_ON.match(text, *paragraph) and _marked(text, first):
            found[first] = Attribution(content=(*turn.content, paragraph), source=turn.source)
            found[paragraph] = None
        else:
            first = None
    return found


def _marked(text: str, paragraph: Span) -> bool:
    return text[paragraph.start] in _MARK


def _heads(text: str, paragraphs: Sequence[Span]) -> dict[int, re.Match[str]]:
    """The labels by their paragraph's number."""
    named = {n: head for n, p in enumerate(paragraphs) if (head := _NAMED.match(text, *p) or _CAPITALS.match(text, *p))}
    named = {n: head for n, head in named.items() if head[1].lower() not in _SIGNPOSTS}
    capitals = {n: head for n, head in named.items() if head[1].isupper()}
    if len(capitals) > 1:
        return capitals
    distinct = len(Counter(head[1] for head in named.values()))
    return named if len(named) >= _ENOUGH and 2 <= distinct < len(named) else {}


def signed(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Attribution | None:
    """The attribution of a paragraph that is one quotation and its signature, if it is.

    Args:
        text: the article's text.
        paragraph: the paragraph.
        quotations: the outer quotations with a part in it, in order.
    """
    if len(quotations) != 1 or not quotations[0].closed or quotations[0].spans[-1].end > paragraph.end:
        return None
    spans = quotations[0].spans
    name = _SIGNATURE.match(text, spans[-1].end, paragraph.end)
    whole = any(span.start == paragraph.start for span in spans)
    return Attribution(content=spans, source=Span(*name.span(1))) if name and whole else None


def headline(text: str, paragraphs: Sequence[Span], told: Sequence[Attribution]) -> list[Attribution]:
    """What a headline gives to a speaker before a colon or behind a dash: "Velkova: talks have failed".

    Most such labels are topics ("Budget: what we know"), so only one that the article itself quotes counts.

    Args:
        text: the article's text.
        paragraphs: its paragraphs.
        told: the attributions of the article.
    """
    if len(paragraphs) < 2 or any(one.content[0].meets(paragraphs[0]) for one in told):
        return []
    for pattern in (_BEFORE_COLON, _BEHIND_DASH):
        if (head := pattern.match(text, *paragraphs[0])) and any(_speaks(head["who"], text, one) for one in told):
            return [Attribution(content=(Span(*head.span("said")),), source=Span(*head.span("who")))]
    return []


def _speaks(name: str, text: str, one: Attribution) -> bool:
    return one.speech and one.source is not None and re.search(rf"\b{re.escape(name)}\b", one.source.of(text)) is not None


def listed(text: str, paragraphs: Sequence[Span], number: int, told: list[Attribution]) -> list[Attribution]:
    """The attributions of a paragraph, the last with the bullets behind its colon.

    Args:
        text: the article's text.
        paragraphs: its paragraphs.
        number: of the paragraph.
        told: its attributions.
    """
    if not told or text[paragraphs[number].end - 1] != ":":
        return told
    last = max(range(len(told)), key=lambda k: told[k].content[-1].end)
    if told[last].content[-1].end < paragraphs[number].end - 1:
        return told
    points = takewhile(bool, (_BULLET.match(text, *paragraph) for paragraph in paragraphs[number + 1 :]))
    spans = tuple(Span(*point.span(1)) for point in points if point)
    told[last] = msgspec.structs.replace(told[last], content=told[last].content + spans)
    return told
