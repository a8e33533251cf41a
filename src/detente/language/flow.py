"""A sentence as it flows: its words, with every outer quotation as one item.

Sentence ends inside a quotation are not sentence ends of the article: "‘We tried. We failed,’ he said." is one
sentence of three items and a full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from detente.language.analysis import Quotation, Span
from detente.language.words import LONGEST, ends_sentence, is_short, words


class Item(NamedTuple):
    """A word, a mark, or a whole quotation (its part in this paragraph)."""

    span: Span
    low: str
    text: str
    quotation: Quotation | None = None

    @property
    def quoted(self) -> bool:
        """Whether the item is a quotation."""
        return self.quotation is not None

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital or a digit."""
        return not self.quoted and (self.text[:1].isupper() or self.text[:1].isdigit())

    @property
    def standing(self) -> bool:
        """Whether a quotation stands alone, as a sentence would: a capital first, and a stop or comma inside its end."""
        inner = self.text.strip("“”„«»‘’\"' \t")
        return self.quoted and inner[:1].isupper() and (self.text.rstrip("”’»\"'")[-1:] in ",.?!…;—–-" or not self.closed)

    @property
    def closed(self) -> bool:
        """Whether the quotation is closed in this paragraph."""
        return self.quotation is not None and (self.quotation.closed and self.quotation.spans[-1].end == self.span.end)


Flow = tuple[Item, ...]

# "LONDON, March 2 (Agency) - ": where and when it was written; no words of the sentence behind it.
_DATELINE = re.compile(r"[A-Z][A-Z.’' -]{2,30}(?:[,/][\w .,/]{1,40})?\s*(?:\([\w .]{2,20}\)\s*)?[-–—]\s+(?=[\w“\"‘'])")


def flows(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> list[Flow]:
    """The sentences of a paragraph as flows of items.

    Args:
        text: the article's text.
        paragraph: the paragraph's span.
        quotations: the outer quotations that have a part in the paragraph, in order.
    """
    items: list[Item] = []
    dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
    at = dateline.end() if dateline else paragraph.start
    for quotation in quotations:
        span = part_in(quotation, paragraph)
        if span is None:
            continue
        items += _words(text, at, span.start)
        items.append(Item(span, span.of(text).lower(), span.of(text), quotation))
        at = span.end
    items += _words(text, at, paragraph.end)
    return _cut(text, items)


def part_in(quotation: Quotation, paragraph: Span) -> Span | None:
    """The part of a quotation that stands in a paragraph."""
    at = bisect_left(quotation.spans, paragraph.start, key=lambda span: span.start)
    return quotation.spans[at] if at < len(quotation.spans) and paragraph.holds(quotation.spans[at]) else None


def _words(text: str, start: int, end: int) -> list[Item]:
    """The words, a shortened one with its full stop: "Mr.", "Rep.", "J."."""
    items: list[Item] = []
    for span in words(text, start, end):
        short = items and span.of(text) == "." and items[-1].span.end == span.start and is_short(items[-1].text)
        if short and not ends_sentence(text, *span):
            span = Span(items.pop().span.start, span.end)
        items.append(Item(span, span.of(text).lower(), span.of(text)))
    return items


def _cut(text: str, items: list[Item]) -> list[Flow]:
    sentences: list[Flow] = []
    current: list[Item] = []
    for number, item in enumerate(items):
        current.append(item)
        following = items[number + 1] if number + 1 < len(items) else None
        if following is None or _ends(text, item, following) or current[0].span.start + LONGEST < item.span.start:
            sentences.append(tuple(current))
            current = []
    return sentences


def _ends(text: str, item: Item, following: Item) -> bool:
    """Whether the sentence ends with this item."""
    if item.quoted:
        last = re.search(r"[.!?…][)\]]?[”’»\"']*$", item.text)
        if not last or not item.closed:
            return False
        # “Why?” He … is an end, “Why?” he asked … and “Why?” Smith asked … are not: the reader of attributions
        # takes a name and a cue that follow at once as the quotation's own.
        return following.quoted or (following.capital and not _attributes(text, following))
    if item.text in {".", "!", "?", "…"} or item.text.startswith("..."):
        return following.quoted or ends_sentence(text, item.span.start, item.span.end)
    return False


_CUE_SOON = re.compile(r"(?:[\w’'.-]+\s+){0,4}?(?:said|says|asked|added|told|wrote|tweeted|replied|insisted)[.,;]")


def _attributes(text: str, item: Item) -> bool:
    return bool(_CUE_SOON.match(text, item.span.start, item.span.start + 80))
