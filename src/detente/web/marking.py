"""A text with the words of records marked in it.

Spans may nest, cross and repeat. HTML elements may only nest, so a mark that another one crosses is closed and opened
again; the text itself comes out unchanged. The first piece of a record carries the anchor `r-<id>`, which every link to
the words of a record leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from detente.ledger.search import CLOSE, OPEN
from detente.records import AnyRecord, Evidence, kind_of
from detente.web.layout import Layout, Leaf
from detente.web.wording import KINDS, label

REJECTED = "rejected"
GAP = "[…]"
"""What stands for sentences that are not shown."""
_GAPS = re.compile(rf"(?:<p>{re.escape(GAP)}</p>)+")  # several paragraphs that are not shown are one gap


class Mark(NamedTuple):
    """Words of a record: code points of the text, the record's id and kind, the field that they bear.

    The kind of a rejected record is `rejected`: its words can be led to, and are not set off from the text.
    """

    start: int
    end: int
    record: str
    kind: str
    field: str


def marks_of(record: AnyRecord, fields: Iterable[str] = ("words", "content", "cue", "source")) -> list[Mark]:
    """The marks of a record: its core words and, for a statement, its source."""
    wanted = frozenset(fields)
    return [_mark(record, e) for e in record.evidence if e.field in wanted]


def anchors(records: Iterable[AnyRecord]) -> dict[Mark, str]:
    """For each record, the mark where its words begin, with what the link there says."""
    found = {}
    for record in records:
        first = min(record.core, key=lambda e: (e.field == "cue", e.start))
        found[_mark(record, first)] = label(record)
    return found


def _mark(record: AnyRecord, e: Evidence) -> Mark:
    kind = REJECTED if record.review == REJECTED else kind_of(record)
    return Mark(e.start, e.end, record.id, kind, e.field)


def marked(
    layout: Layout,
    marks: Iterable[Mark],
    anchored: Mapping[Mark, str],
    within: tuple[int, int] | None = None,
    leads_to: str = "#l-",
    *,
    whole: bool = True,
) -> Markup:
    """The text as paragraphs and sentences with marks.

    Args:
        layout: the text.
        marks: in any order.
        anchored: the marks that carry their record's anchor, with what its link says.
        within: the code points to show, all where `None`; they begin and end with a paragraph.
        leads_to: what stands before a record's id in the address of its sign.
        whole: whether all of the text is shown; else the sentences with marks alone, and `GAP` for what lies between.

    Returns:
        HTML whose text is that of the article, character for character, where the whole of it is shown.
    """
    writer = _Writer(layout.text, sorted(set(marks), key=lambda m: (m.start, -m.end, m)), anchored, leads_to)
    start, end = within or (0, len(layout.text))
    parts: list[str] = []
    for block in layout.blocks(start, end):
        written = [(writer.leaf(leaf.start, leaf.end, sentence=leaf.sentence), leaf, bool(writer.alive)) for leaf in block.leaves]
        inner = "".join(html for html, _, _ in written) if whole else _sentences_with_marks(written)
        parts.append(f"<p>{inner}</p>" if block.paragraph else inner)
    return Markup("".join(parts) if whole else _GAPS.sub(f"<p>{GAP}</p>", "".join(parts)))


def _sentences_with_marks(written: Iterable[tuple[str, Leaf, bool]]) -> str:
    """The sentences of a block that have marks, and a gap for those that have none."""
    shown = [html if has_marks else GAP for html, leaf, has_marks in written if leaf.sentence]
    return " ".join(html for n, html in enumerate(shown) if html != GAP or n == 0 or shown[n - 1] != GAP)


class _Writer:
    """Writes stretches of text from left to right, each with the marks that reach into it."""

    def __init__(self, text: str, marks: Sequence[Mark], anchored: Mapping[Mark, str], leads_to: str) -> None:
        self.text = text
        self.marks = marks
        self.anchored = dict(anchored)
        self.leads_to = escape(leads_to)
        self.next = 0
        self.alive: list[Mark] = []

    def leaf(self, start: int, end: int, *, sentence: bool) -> str:
        while self.next < len(self.marks) and self.marks[self.next].start < end:
            self.alive.append(self.marks[self.next])
            self.next += 1
        self.alive = [mark for mark in self.alive if mark.end > start]
        inner = "".join(self._pieces(start, end))
        return f'<span class="s">{inner}</span>' if sentence else inner

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        cuts = {start, end}
        for mark in self.alive:
            cuts |= {max(start, mark.start), min(end, mark.end)}
        places = sorted(cuts)
        waiting = list(reversed(self.alive))
        stack: list[Mark] = []
        for here, there in pairwise(places):
            yield from self._close(stack, here)
            while waiting and waiting[-1].start <= here:
                stack.append(waiting.pop())
                yield self._open(stack[-1])
            yield _escaped(self.text[here:there])
        yield "</mark>" * len(stack)

    def _close(self, stack: list[Mark], here: int) -> Iterator[str]:
        """Close what ends here, and open again what was inside it and goes on."""
        lowest = next((i for i, mark in enumerate(stack) if mark.end <= here), len(stack))
        going_on = [mark for mark in stack[lowest:] if mark.end > here]
        yield "</mark>" * (len(stack) - lowest)
        stack[lowest:] = going_on
        yield from (self._open(mark) for mark in going_on)

    def _open(self, mark: Mark) -> str:
        classes = f"k-{mark.kind} f-{mark.field}"
        key = escape(mark.record)
        said = self.anchored.pop(mark, None)
        if said is None:
            return f'<mark class="{escape(classes)}" data-r="{key}">'
        anchor = f'<mark class="{escape(classes)}" data-r="{key}" id="r-{key}">'
        if mark.kind == REJECTED:
            return anchor
        # The sign is drawn by the style sheet: text inside would come along when somebody copies the article.
        return (
            f'{anchor}<a class="sign" href="{self.leads_to}{key}" data-sign="{escape(KINDS[mark.kind].sign)}" aria-label="{escape(said)}"></a>'
        )


def _escaped(text: str) -> str:
    # A browser reads a bare carriage return as a line end, and text is to come out as it went in.
    return str(escape(text)).replace("\r", "&#13;")


def hits(snippet: str) -> Markup:
    """What search found, with the words that were searched for marked."""
    head, *rest = snippet.split(OPEN)
    parts = [escape(head)]
    for piece in rest:
        word, closed, after = piece.partition(CLOSE)
        parts.append(Markup('<mark class="hit">{}</mark>{}').format(word, after) if closed else escape(OPEN + piece))
    return Markup("").join(parts)
