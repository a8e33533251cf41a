"""When it was said: the day that the words around a cue name ("said on Friday"), or why there is none.

Only the cue's own clause tells it, outside of what was said: in "said that talks would begin on Monday" Monday is the day
of the talks. "Speaking on Friday" beside the clause tells it too. A day that may be that of something else ("said after the
summit on Friday", "said of Friday's talks") is left unknown, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from detente.language.analysis import Attribution, Sentence, Span
from detente.reading.clauses import Clause, clauses_of
from detente.reading.dates import Direction, FoundDate, find_dates
from detente.reading.page import Page
from detente.records import Factuality

NO_CUE = "no cue, and so no words that say when"
NO_DAY = "its clause names no day"
SEVERAL = "its clause names more than one day"

# Behind these a day may be that of what they go with: "after the summit on Friday".
_OTHER = re.compile(
    r"\b(?:after|following|before|ahead of|since|until|till|despite|from|about|of|over|for)\b", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"[’']s?\b")
_BOUND = re.compile(
    r"(?:by|before|after|since|from|until|till|not? later|as of|starting|beginning|between)\b", re.IGNORECASE
)
_SPEAKING = frozenset(
    {"speaking", "writing", "posting", "testifying", "addressing", "asked", "interviewed", "questioned"}
)
# A few words that may name a day, between a conjunction or comma and the clause.
_DAY_BEFORE = re.compile(
    r"(?:,|\b(?:and|but|then)) +((?:late |early )?(?:on|in|at|last|this) [\w ]{3,24})$", re.IGNORECASE
)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")


class SaidOn(NamedTuple):
    """When something was said.

    Args:
        edtf: the day, or `None` unknown.
        reason: how fine it is and how it was found, or why it was not.
        span: the words that name it; `None` where none do.
    """

    edtf: str | None
    reason: str
    span: Span | None = None


def said_on(
    page: Page, attribution: Attribution, factuality: Factuality, venue: Span | None = None
) -> SaidOn:
    """When an attribution's words were said.

    Args:
        page: the article; its date is what "on Friday" counts from.
        attribution: the cue and its content.
        factuality: where it is planned or hypothetical, "on Friday" is the Friday to come.
        venue: the words that say where, whose day is that of the saying: "in Friday's interview".
    """
    sentence = page.analysis.sentence_at(attribution.cue.start) if attribution.cue else None
    if attribution.cue is None or sentence is None:
        return SaidOn(None, NO_CUE)
    published = date.fromisoformat(page.article.published[:10]) if page.article.published else None
    direction: Direction = "future" if factuality in ("planned", "hypothetical") else "past"
    named = [
        (found, _obstacle(page, attribution.cue, found, venue))
        for span in _spans(page, sentence, attribution)
        for found in find_dates(page.text, published, *span, direction=direction)
        if not any(content.meets(found.span) for content in attribution.content)
    ]
    days = [found for found, obstacle in named if not obstacle]
    if len({found.edtf for found in days}) > 1:
        return SaidOn(None, SEVERAL)
    if days:
        return _resolved(days[0], published if direction == "past" else None)
    return SaidOn(None, named[0][1] if named else NO_DAY)


def _spans(page: Page, sentence: Sentence, attribution: Attribution) -> Iterator[Span]:
    """The clause of the cue, and those beside it that only say how the speaker came to speak."""
    cue = attribution.cue
    for clause in clauses_of(page, sentence):
        if cue and clause.span.meets(cue):
            yield Span(_opening(page.text, sentence.span.start, clause.span.start), clause.span.end)
        elif _introduces(clause):
            yield clause.span


def _opening(text: str, sentence: int, clause: int) -> int:
    """Where a clause begins with the day that stands before its subject: "and on Sunday she said"."""
    found = _DAY_BEFORE.search(text, sentence, clause)
    return found.start(1) if found else clause


def _introduces(clause: Clause) -> bool:
    """Whether a clause says how the speaker came to speak: "Speaking on Friday", "When asked on Friday"."""
    words = [text for text in clause.texts[clause.first : clause.last] if text[:1].isalnum()]
    return any(word in _SPEAKING for word in words[: 1 + (words[:1] == ["when"])])


def _obstacle(page: Page, cue: Span, found: FoundDate, venue: Span | None) -> str:
    """Why a day in the clause is not taken for that of the saying; empty where it is."""
    if venue and venue.holds(found.span):
        return ""
    if _BOUND.match(found.surface):
        return f"‘{found.surface}’ bounds when, and names no day"
    between = page.text[cue.end : found.span.start]
    if _POSSESSIVE.match(page.text, found.span.end) or (
        cue.end <= found.span.start and _OTHER.search(between)
    ):
        return f"‘{found.surface}’ may be the day of something else"
    return ""


def _resolved(found: FoundDate, last: date | None) -> SaidOn:
    """The day as it is kept, with how fine it is and how it was found; `last` is the latest that it can be."""
    if found.edtf is None:
        return SaidOn(None, f"‘{found.surface}’: {found.reason}", found.span)
    how = f"‘{found.surface}’ ({found.granularity}): {found.reason}"
    days = _DAYS.fullmatch(found.edtf)
    if days and last and days[1] <= last.isoformat() < days[2]:
        # What has been said this week was said by the day on which it is told.
        return SaidOn(_interval(days[1], last.isoformat()), f"{how}, up to that date", found.span)
    return SaidOn(found.edtf, how, found.span)


def _interval(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"
