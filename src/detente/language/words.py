"""Paragraphs, words and sentences of raw text, by rules; offsets are code points of the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from detente.language.analysis import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_WORD = re.compile(
    r"""
    (?:https?://|www\.)\S+[\w/]             # addresses
  | [@#]\w+                                 # handles and tags
  | (?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?       # U.S., e.g.
  | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|bn|tn|trn|mn|m|k)?\b   # 2.26bn, 10th, 1990s, 5,000
  | ['’](?:s|S)\b(?=\W|$)                   # the possessive is a word of its own
  | \w+(?:[-‐‑]\w+)*(?:['’](?!s\b)\w+)*     # bust-up, don't, O'Brien
  | \.{3,}|…
  | \S
    """,
    re.VERBOSE,
)
# A full stop after these ends no sentence. Titles, months, and what newspapers shorten.
ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sir", "rev", "hon", "st", "gen", "col", "lt", "maj", "capt", "cmdr", "adm", "sgt", "brig", "sen", "rep", "gov", "pres", "amb", "sec", "jr", "sr", "inc", "ltd", "corp", "co", "llc", "v", "vs", "c", "etc", "e.g", "i.e", "cf", "al", "no", "nos", "art", "fig", "vol", "pp", "p", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "u.s", "u.k", "u.n", "e.u", "d.c", "a.m", "p.m", "approx", "dept", "est"]
)
_END = re.compile(r"""[.!?…]+[)\]]*["”’'»]*[)\]]*(?=\s+|$)""")
_OPENS = re.compile(r"""[\s]*["“„«‘'(\[•\-–—]*\s*([^\W_]|[£$€#@])""")

# Characters in a sentence: a list without stops is cut, so that what reads sentences stays linear in the text.
LONGEST = 1500
# What follows a shortened word only where that also ends its sentence: "in the U.S. They left."
_STARTS = re.compile(r"""\s+["“‘'(]*(?:The|They|He|She|It|We|But|This|These|Those|That|His|Her|Their|And)\b""")
# These lead on to anything: "e.g. The Times".
_LEAD_ON = frozenset(["e.g", "i.e", "cf", "v", "vs", "c"])


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs, as spans without surrounding white space.

    A line is a paragraph, unless the text is wrapped: then lines join up to the next blank one.
    """
    lines = [_trim(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    if not _wrapped(text, lines):
        return tuple(lines)
    joined: list[Span] = []
    for line in lines:
        if joined and not _blank_between(text, joined[-1].end, line.start):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _blank_between(text: str, end: int, start: int) -> bool:
    # Most lines stand one character apart, which the pattern need not tell: it took half of finding the paragraphs.
    return start - end > 1 and len(_BREAK.findall(text, end, start)) > 1


def _wrapped(text: str, lines: list[Span]) -> bool:
    """Whether single line ends only wrap: most of them then stand in mid-sentence, after 40 to 110 characters."""
    inner = [
        (a, b) for a, b in pairwise(lines) if not _blank_between(text, a.end, b.start)
    ]
    cut = [
        a for a, b in inner if 40 <= a.end - a.start <= 110 and text[a.end - 1] not in ".!?:”\"’'…" and b.start < b.end
    ]
    return len(inner) >= 3 and len(cut) >= 0.6 * len(inner) and len(inner) < len(lines) - 1


def words(text: str, start: int, end: int) -> Iterator[Span]:
    """The words and marks between two code points."""
    for match in _WORD.finditer(text, start, end):
        yield Span(match.start(), match.end())


def sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of a paragraph: a closing mark, then white space, then what may begin a sentence."""
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and ends_sentence(text, match.start(), match.end()):
            yield from _short(text, _trim(text, start, match.end()))
            start = match.end()
    yield from _short(text, _trim(text, start, paragraph.end))


def _short(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, in pieces cut at white space where it is longer than any."""
    start = sentence.start
    while start < sentence.end:
        end = sentence.end
        if end - start > LONGEST:
            end = text.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST
        if (piece := _trim(text, start, end)).start < piece.end:
            yield piece
        start = end


def sentences_around(text: str, spans: Iterable[tuple[int, int]]) -> list[Span]:
    """The sentences that share a character with any of the spans, in order; other paragraphs are not cut up.

    Args:
        text: the article's text.
        spans: code points.
    """
    wanted = list(spans)

    def met(part: Span) -> bool:
        return any(part.meets(span) for span in wanted)

    return [s for p in paragraphs(text) if met(p) for s in sentences(text, p) if met(s)]


# "No. 10" and "p. 4", but "She said no. They left."
_BEFORE_DIGITS = frozenset(["no", "nos", "No", "Nos", "p", "pp"])


def is_short(word: str) -> bool:
    """Whether a full stop behind a word may be its own: "Mr", "Rep", "J"."""
    return (len(word) == 1 and word.isupper() and word != "I") or word.lower() in ABBREVIATIONS


def ends_sentence(text: str, mark: int, after: int) -> bool:
    """Whether the mark at `mark`, with what closes behind it up to `after`, ends a sentence."""
    follow = _OPENS.match(text, after)
    if not follow:
        return after >= len(text.rstrip())
    first = follow.group(1)
    if not (first.isupper() or first.isdigit() or first in "£$€#@"):
        return False
    if text[mark] != "." or text[mark : mark + 3] in ("...", "…"):
        return True
    word = re.search(r"[\w.]*$", text[max(0, mark - 12) : mark])
    last = word.group() if word else ""
    if not is_short(last) or (last in _BEFORE_DIGITS and not first.isdigit()):
        return True
    return last.lower() not in _LEAD_ON and _STARTS.match(text, after) is not None
