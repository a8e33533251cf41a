"""The words between the marks, compared letter by letter: which are the same in two articles, and where the outlets differ.

Only letters and digits count, so that “cease-fire” is “ceasefire” and ’ is '. Two cuts of one quotation are aligned; what one
of them leaves out at its ends, behind an ellipsis or between its parts is a cut and no difference. Everything else that is not
the same inside the marks is kept as both articles print it, with both places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from detente.articles import near
from detente.language.analysis import Span
from detente.language.quotations import quotations
from detente.language.words import paragraphs
from detente.records import Difference, DifferenceKind, Evidence, Printed, Statement

# Of each two runs of four words the lesser is looked up: two quotations with five words in a row in common share one
# (winnowing: Schleimer, Wilkerson and Aiken 2003).
RUN, WINDOW = 4, 2
# Words of a quotation that are compared: a longer one is a whole speech, which articles do not print twice in two ways.
LONGEST = 600
# Words at an end that may be another wording; more of them are another sentence, which one of the two cuts.
_AT_AN_END = 3
# Words between two that are the same: more of them are something else that was said there.
_BETWEEN = 12


class Word(NamedTuple):
    """A word inside quotation marks.

    Args:
        text: its letters and digits, without case.
        start: first code point in the article.
        end: one past the last.
        after_cut: whether an ellipsis, or the end of a part of the quotation, stands before it.
        bracketed: whether it stands in square brackets, and is the editor's.
    """

    text: str
    start: int
    end: int
    after_cut: bool = False
    bracketed: bool = False


Quoted = tuple[Word, ...]


class Common(NamedTuple):
    """What two quotations have in common: words in all, and the most in a row."""

    words: int
    run: int


def marks_of(text: str, around: Iterable[tuple[int, int]] | None = None) -> tuple[Span, ...]:
    """What stands in outer quotation marks in an article, part by part, in order.

    Args:
        text: the article's text.
        around: places; the paragraphs of others are not looked at. All are where `None`.
    """
    parts = _parts(text)
    if around is not None:
        wanted = list(around)
        parts = tuple(p for p in parts if any(p.meets(place) for place in wanted))
    return _marks(text, parts)


# The statements of an article are looked at one by one, and few of them stand in paragraphs of their own.
_TEXTS = 500


@lru_cache(_TEXTS)
def _parts(text: str) -> tuple[Span, ...]:
    return paragraphs(text)


@lru_cache(4 * _TEXTS)
def _marks(text: str, parts: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(span for q in quotations(text, parts) if q.depth == 0 for span in q.spans))


def quoted(statement: Statement, text: str, marks: Sequence[Span]) -> Quoted:
    """The words of a statement's content that stand inside quotation marks.

    Args:
        text: the article's text.
        marks: `marks_of` it, or of the paragraphs that the content stands in.
    """
    found: list[Word] = []
    for part in statement.words("content"):
        for at in range(bisect_left(marks, part.start + 1, key=lambda m: m.end), len(marks)):
            if marks[at].start >= part.end:
                break
            found += _words(text, max(part.start, marks[at].start), min(part.end, marks[at].end))
    return tuple(found[:LONGEST])


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    last, depth = start, 0
    for match in near.WORD.finditer(text, start, end):
        between = text[last : match.start()]
        depth = max(0, depth + between.count("[") - between.count("]"))
        cut = last == start or "…" in between or "..." in between or ". . ." in between
        # Nothing but case is folded in ASCII: most words are spared the way by Unicode.
        for folded in (match[0].lower(),) if match[0].isascii() else near.words(match[0]):
            yield Word(folded, match.start(), match.end(), cut, depth > 0)
        last = match.end()


def fingerprints(words: Quoted) -> frozenset[int]:
    """Hashes of some runs of the words: two quotations with five words in a row in common share one of them."""
    runs = near.runs([w.text for w in words], RUN)
    if len(runs) <= WINDOW:
        return frozenset(runs[runs == runs.min()].tolist()) if len(runs) else frozenset()
    count = len(runs) - WINDOW + 1
    windows = [runs[start : start + count] for start in range(WINDOW)]
    return frozenset(np.minimum.reduce(windows).tolist())


def common(one: Quoted, other: Quoted) -> Common:
    """How many words two quotations have in common, in the same order."""
    blocks = [size for _, _, size in _blocks(*sorted((one, other), key=_texts))]
    return Common(sum(blocks), max(blocks, default=0))


def _texts(words: Quoted) -> list[str]:
    return [w.text for w in words]


def _blocks(one: Quoted, other: Quoted) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, _texts(one), _texts(other), autojunk=False)
    return [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size]


# ---------------------------------------------------------------- where they differ


class Version(NamedTuple):
    """One printed version of a quotation: the statement, its words inside the marks, the article's text."""

    record: str
    words: Quoted
    text: str


def differences(one: Version, other: Version) -> Iterator[Difference]:
    """Where two versions of one quotation differ inside the marks, in the order of the first.

    Args:
        one: a version.
        other: another one, with words in common.
    """
    blocks = _blocks(one.words, other.words)
    ends = [(0, 0), *((a + size, b + size) for a, b, size in blocks)]
    starts = [*((a, b) for a, b, _ in blocks), (len(one.words), len(other.words))]
    for number, ((a, b), (a_end, b_end)) in enumerate(zip(ends, starts, strict=True)):
        inside = 0 < number < len(blocks)
        if kind := _kind(one.words, other.words, (a, a_end), (b, b_end), inside=inside):
            # Where one has nothing, both are shown with the words that stand around the place.
            more = int(a == a_end or b == b_end)
            printed = (_printed(one, a - more, a_end + more), _printed(other, b - more, b_end + more))
            yield Difference(kind=kind, printed=printed)


def _kind(
    one: Quoted, other: Quoted, at: tuple[int, int], there: tuple[int, int], *, inside: bool
) -> DifferenceKind | None:
    """What sort of difference lies between two matching runs, `None` for a cut, or for none in the letters."""
    first, second = one[slice(*at)], other[slice(*there)]
    longest = max(len(first), len(second))
    if "".join(_texts(first)) == "".join(_texts(second)) or longest > (_BETWEEN if inside else _AT_AN_END):
        return None
    if not first or not second:
        if not inside or _cut_at(other if first else one, there[0] if first else at[0]):
            return None
        return "brackets" if any(w.bracketed for w in first + second) else "left_out"
    return "brackets" if any(w.bracketed for w in first + second) else "wording"


def _cut_at(words: Quoted, at: int) -> bool:
    """Whether the version that has nothing here says that it leaves something out."""
    return words[at].after_cut


def _printed(version: Version, first: int, last: int) -> Printed:
    words = version.words[max(0, first) : last]
    evidence = Evidence.of(version.text, "content", words[0].start, words[-1].end)
    return Printed(record=version.record, evidence=evidence)
