"""Attributions become statements: who said it, to whom, how far quoted, said already or still to be said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from detente.language.analysis import Attribution, Span
from detente.language.cues import Cue, cue_forms
from detente.reading.factuality import factuality
from detente.reading.page import Page
from detente.reading.said import said_on
from detente.reading.speakers import speaker_of
from detente.records import (
    Act,
    Actor,
    ActorRef,
    Evidence,
    Mode,
    Statement,
    record_id,
)

# Least share of a content's letters inside quotation marks for it to be wholly quoted: a mark or word may stray.
_ALL = 0.97
# Contents that tell nothing of what was said.
_POINTERS = frozenset({"one", "it", "that", "this", "these", "those", "so", "him", "her", "them", "us", "me", "which", "what", "who"})
_VENUE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Dd]uring|[Vv]ia)\s+(?:an?|the|his|her|their|its)\s+(?:[\w’'-]+\s+){0,4}?"
    r"(?:interview|statement|speech|article|letter|post|tweet|call|briefing|press conference|news conference|video|"
    r"address|podcast|broadcast|meeting|summit|programme|program|show|column|op-ed|message)\b"
    r"(?:\s+(?:with|to|on|for)\s+(?:the\s+)?(?!\w+day\b)(?:[A-Z][\w’'-]*)(?:\s+[A-Z][\w’'-]*)*)?"
)
_TELLING = frozenset({"tell", "inform", "assure", "remind", "reassure", "urge", "ask", "warn", "beg", "implore", "press",
                      "advise", "encourage", "challenge", "promise"})  # fmt: skip


def read(page: Page) -> tuple[list[Statement], list[Actor]]:
    """The statements of an article in the order of the text, and the unnamed speakers made for them.

    Args:
        page: the article; its `statements` are not looked at.
    """
    made: dict[str, Actor] = {}
    statements: list[Statement] = []
    for attribution in page.analysis.attributions:
        if attribution.speech and attribution.content and not _says_nothing(page, attribution):
            statements.append(_statement(page, attribution, statements, made))
    return statements, list(made.values())


def _says_nothing(page: Page, attribution: Attribution) -> bool:
    """Whether the content only points at other words: "has not promised one"."""
    return len(attribution.content) == 1 and attribution.content[0].of(page.text).lower() in _POINTERS


def _statement(page: Page, attribution: Attribution, before: Sequence[Statement], made: dict[str, Actor]) -> Statement:
    venue = _venue(page, attribution)
    speaker, reason = speaker_of(page, attribution, before, made)
    how = factuality(page, attribution.cue) if attribution.cue else None
    said = said_on(page, attribution, how.factuality if how else "actual", Span(venue.start, venue.end) if venue else None)
    evidence = _evidence(page, attribution, venue, said.span)
    reasons: dict[str, str] = {"speaker": reason, "said_on": said.reason}
    if how and how.reason:
        reasons["factuality"] = how.reason
    mode = _mode(page, attribution)
    addressees = _addressees(page, attribution, speaker)
    act = _act(page, attribution)
    if act is None:
        reasons["act"] = "no cue verb says what kind of saying it is"
    core = [e for e in evidence if e.field in {"content", "cue"}]
    return Statement(
        id=record_id(page.article.id, "statement", core), article=page.article.id, evidence=evidence,
        origin=page.origin, confidence=attribution.confidence, reasons=reasons, speaker=speaker, mode=mode,
        addressees=addressees, act=act, said_on=said.edtf, venue=venue.exact if venue else None,
        factuality=how.factuality if how else "actual", hearsay=how.hearsay if how else False,
    )  # fmt: skip


def _evidence(page: Page, attribution: Attribution, venue: Evidence | None, day: Span | None) -> tuple[Evidence, ...]:
    evidence = list(page.evidence_of("content", attribution.content))
    if attribution.cue:
        evidence.append(page.evidence("cue", attribution.cue))
    if attribution.source:
        evidence.append(page.evidence("source", attribution.source))
    if day:
        evidence.append(page.evidence("said_on", day))
    if venue:
        evidence.append(venue)
    return tuple(evidence)


def _addressees(page: Page, attribution: Attribution, speaker: ActorRef | None) -> tuple[ActorRef, ...]:
    """Who is told: the mentions between a verb of telling and the content."""
    cue = _cue(page, attribution)
    if not attribution.cue or not attribution.content or cue is None or cue.lemma not in _TELLING:
        return ()
    start, end = attribution.cue.end, attribution.content[0].start
    found = [m.actor for m in page.cast.within(start, end) if m.actor and m.actor != speaker] if start < end else []
    return tuple(dict.fromkeys(found))


# ---------------------------------------------------------------- how


def _mode(page: Page, attribution: Attribution) -> Mode:
    """Direct where all is quoted, mixed where some is, else indirect."""
    letters = sum(_letters(page.text, *part) for part in attribution.content)
    quoted = sum(
        _letters(page.text, max(q.start, part.start), min(q.end, part.end))
        for part in attribution.content
        for q in _quoted(page, part)
    )
    if not quoted:
        return "indirect"
    return "direct" if quoted >= _ALL * letters else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(c.isalnum() for c in text[start:end])


def _quoted(page: Page, part: Span) -> Iterator[Span]:
    """The parts of outer quotations that share a character with a span; quotations are in order and lie apart."""
    quotations = page.analysis.quotations
    for at in range(bisect_left(quotations, part.end, key=lambda q: q.spans[0].start) - 1, -1, -1):
        if quotations[at].depth == 0:
            if quotations[at].spans[-1].end <= part.start:
                return
            spans = quotations[at].spans
            first = bisect_left(spans, part.start + 1, key=lambda span: span.end)
            yield from takewhile(part.meets, spans[first:])


def _cue(page: Page, attribution: Attribution) -> Cue | None:
    """The cue verb, if the words of the cue are one of the table."""
    if attribution.cue is None:
        return None
    form = cue_forms().get(" ".join(attribution.cue.of(page.text).lower().split()))
    return form.cue if form else None


def _act(page: Page, attribution: Attribution) -> Act | None:
    """What the cue verb does; a quotation that ends in a question mark asks."""
    last = attribution.content[-1].of(page.text).rstrip("”’\"'» ")
    cue = _cue(page, attribution)
    act = cue.act if cue else None
    if act in {None, "assert"} and last.endswith("?"):
        return "ask"
    return act or ("assert" if attribution.cue else None)


def _venue(page: Page, attribution: Attribution) -> Evidence | None:
    """Where it was said: "in an interview with …", in the cue's sentence and outside the content."""
    if attribution.cue is None:
        return None
    sentence = page.analysis.sentence_at(attribution.cue.start)
    if sentence is None:
        return None
    for match in _VENUE.finditer(page.text, *sentence.span):
        if not any(content.meets(match.span()) for content in attribution.content):
            return page.evidence("venue", match.span())
    return None
