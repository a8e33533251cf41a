"""What stands between quotation marks: a deterministic reader.

It knows double and single marks, typographic and straight ones, and tells an apostrophe from a closing mark.
A quotation that runs over paragraphs has one part for each: every paragraph opens it again and only the last
one closes it. What is never closed ends with its paragraph, so that no quotation swallows the article.

The hard case is the British ’, which closes a quotation, marks a plural's possessive and stands for a letter
left out. A ’ inside a word never closes. After other letters than s it closes, but for a dropped g or letter
("goin’ home"). After s and before a space it may be a possessive ("the leaders’ summit"): it closes unless a
better mark to close with follows before the next one opens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.language.analysis import Quotation, Span

CLOSES = {"“": "”\"", "„": "“”", "«": "»", "‘": "’'", "‚": "‘’", '"': '"”', "'": "'", "”": "”"}
_MARK = re.compile(f"[{''.join((*CLOSES, *CLOSES.values()))}]")
SINGLE = frozenset("‘‚'")
_MAY_BE_APOSTROPHES = SINGLE | {"’"}
# What an apostrophe at the start of a word stands for: letters or centuries left out, not an opening mark.
_ELISION = re.compile(r"['‘’](?:\d0s?\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|n['’]|round\b)", re.IGNORECASE)
# How far ahead a better closing mark is looked for: keeps the reader linear on a paragraph full of marks.
_REACH = 2000
# Words that end in an apostrophe because a letter is dropped.
_DROPPED = re.compile(r"(?:\b(?:o|an|th|ol|wi)|[a-z]in)$", re.IGNORECASE)


class _Open(NamedTuple):
    mark: str
    start: int
    depth: int


def quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """All quotations of a text, outer and nested, in the order in which they open.

    Args:
        text: the article's text.
        paragraphs: its paragraphs.
    """
    done: list[Quotation] = []
    running: list[Span] = []  # parts of the outer quotation that the paragraph before left open
    mark = ""
    for number, paragraph in enumerate(paragraphs):
        if running and not _opens(text, paragraph.start, paragraph.start, mark):
            done.append(Quotation(spans=tuple(running), closed=False))
            running = []
        found, left = _in_paragraph(text, paragraph)
        if running and (first := next((q for q in found if q.spans[0].start == paragraph.start), None)):
            found.remove(first)
            running.append(first.spans[0])
            if first.closed or not _resumes(text, paragraphs, number, mark):
                done.append(Quotation(spans=tuple(running), closed=first.closed))
                running = []
        elif left and _resumes(text, paragraphs, number, left.mark):
            last = next(q for q in found if q.spans[0].start == left.start)
            found.remove(last)
            running, mark = [last.spans[0]], left.mark
        done.extend(found)
    if running:
        done.append(Quotation(spans=tuple(running), closed=False))
    return tuple(sorted(done, key=lambda q: (q.spans[0].start, q.depth)))


def _resumes(text: str, paragraphs: tuple[Span, ...], number: int, mark: str) -> bool:
    """Whether the next paragraph opens with the same mark."""
    return number + 1 < len(paragraphs) and text[paragraphs[number + 1].start] == mark


def _in_paragraph(text: str, paragraph: Span) -> tuple[list[Quotation], _Open | None]:
    """The quotations of one paragraph, and the outer one that it leaves open, if any."""
    found: list[Quotation] = []
    stack: list[_Open] = []
    reached = 0  # where the last quotation ended that was closed
    for met in _MARK.finditer(text, paragraph.start, paragraph.end):
        at, mark = met.start(), met[0]
        if stack and mark in CLOSES[stack[-1].mark] and _closes(text, at, paragraph, stack[-1]):
            opened = stack.pop()
            found.append(Quotation(spans=(Span(opened.start, at + 1),), depth=opened.depth))
            reached = at + 1
        elif (
            len(stack) > 1 and mark in CLOSES[stack[-2].mark] and mark not in _MAY_BE_APOSTROPHES
        ):  # the inner one was never closed
            inner, outer = stack.pop(), stack.pop()
            end = inner.start + len(text[inner.start : at].rstrip())
            found.append(Quotation(spans=(Span(inner.start, end),), closed=False, depth=inner.depth))
            found.append(Quotation(spans=(Span(outer.start, at + 1),), depth=outer.depth))
            reached = at + 1
        elif mark in CLOSES and _opens(text, at, paragraph.start, mark):
            if stack and stack[-1].mark == mark:  # opened again before it was closed
                unclosed = stack.pop()
                if (end := max(_last_end(text, unclosed.start, at), reached)) > unclosed.start + 1:
                    found.append(Quotation(spans=(Span(unclosed.start, end),), closed=False, depth=unclosed.depth))
            if len(stack) < 3:
                stack.append(_Open(mark, at, len(stack)))
    found += [
        Quotation(spans=(Span(unclosed.start, paragraph.end),), closed=False, depth=unclosed.depth)
        for unclosed in stack
        if paragraph.end > unclosed.start + 1
    ]
    left = stack[0] if stack and paragraph.end > stack[0].start + 1 else None
    return found, left


def _last_end(text: str, start: int, at: int) -> int:
    """Where a quotation that is opened again at `at` ends: behind its last full sentence, else before the mark."""
    ends = [m.end() for m in re.finditer(r"[.!?…]", text[start:at])]
    return start + ends[-1] if ends else start + len(text[start:at].rstrip())


def _opens(text: str, at: int, paragraph_start: int, mark: str) -> bool:
    """Whether the mark at `at` opens a quotation."""
    if at + 1 >= len(text) or text[at] != mark:
        return False
    if mark != "'" and text[at + 1] in CLOSES[mark]:
        return False  # nothing between it and the mark that closes; two ' are how some write a double mark
    if mark == "«":
        return True  # the French set a space behind it
    if text[at + 1].isspace():
        return False
    if mark in "“„":
        return True
    if mark == "”":  # a closing mark set by mistake where one opens
        return at == paragraph_start and text[at + 1].isalnum()
    before = text[at - 1] if at > paragraph_start else " "
    if mark in SINGLE and _ELISION.match(text, at):
        return False
    if mark in "‘‚":
        return not before.isalnum()
    return before.isspace() or before in "([{—–-/“‘'…:," or (before == '"' != mark)


def _closes(text: str, at: int, paragraph: Span, opened: _Open) -> bool:
    """Whether the mark at `at` closes the quotation that is open."""
    if at == opened.start + 1:
        return False
    before = text[at - 1]
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if opened.mark == "“" and text[at] == '"':  # keyboards close with a straight mark what a program has opened
        return not before.isspace() and not after.isalnum()
    if opened.mark not in SINGLE:
        return opened.mark != '"' or not (before.isspace() and after.isalnum())
    if after.isalnum() or before.isspace():
        return False
    if not before.isalnum() or not after.isspace():
        return True  # after a full stop or comma, or before one: an apostrophe stands there only after s
    if _DROPPED.search(text[max(opened.start + 1, at - 12) : at]) and _better(text, at, paragraph, opened.mark):
        return False
    return before not in "sS" or not _better(text, at, paragraph, opened.mark)


def _better(text: str, at: int, paragraph: Span, mark: str) -> bool:
    """Whether a mark that closes follows before the next quotation opens."""
    for later in range(at + 1, min(paragraph.end, at + _REACH)):
        if text[later] == mark and _opens(text, later, paragraph.start, mark):
            return False
        if text[later] not in CLOSES[mark] or text[later - 1].isspace():
            continue
        after = text[later + 1] if later + 1 < paragraph.end else " "
        if not after.isalnum() and (text[later - 1] not in "sS" or not text[later - 1].isalnum() or not after.isspace()):
            return True
    return False
