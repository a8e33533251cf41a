"""Attributions become statements: who said it, to whom, how far quoted, said already or still to be said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from detente.actors.cast import Mention
from detente.language.analysis import Attribution, Span
from detente.language.cues import Cue, cue_forms
from detente.reading.factuality import factuality
from detente.reading.page import Page
from detente.reading.said import said_on
from detente.records import (
    Act,
    Actor,
    ActorRef,
    ActorType,
    Evidence,
    Mode,
    Statement,
    record_id,
    text_id,
)

# Least share of a content's letters inside quotation marks for it to be wholly quoted: a mark or word may stray.
_ALL = 0.97
_PRONOUNS = frozenset(["they", "them", "it", "we", "you", "this", "that", "these", "those", "which", "one", "others"])
_LEADING = re.compile(r"^(?:the|a|an|some|several|many|other|his|her|their|its)\s+", re.IGNORECASE)
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
        if attribution.speech and attribution.content:
            statements.append(_statement(page, attribution, statements, made))
    return statements, list(made.values())


def _statement(page: Page, attribution: Attribution, before: Sequence[Statement], made: dict[str, Actor]) -> Statement:
    venue = _venue(page, attribution)
    speaker, reason = _speaker(page, attribution, before, made)
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


# ---------------------------------------------------------------- who


def _speaker(
    page: Page, attribution: Attribution, before: Sequence[Statement], made: dict[str, Actor]
) -> tuple[ActorRef | None, str]:
    """The speaker, and the reason for it or for not knowing."""
    if attribution.source is None:
        return _continuing(page, attribution, before)
    words = attribution.source.of(page.text)
    mention = _head(page, attribution.source)
    if (mention is None or mention.actor is None) and (named := _apposed(page, attribution.source)):
        return named.actor, f"named behind ‘{words}’; {named.reason}"
    if mention:
        return mention.actor, mention.reason
    low = words.lower()
    if low == "who":
        previous = [m for m in page.cast.within(max(0, attribution.source.start - 80), attribution.source.start) if m.actor]
        return (previous[-1].actor, f"‘who’ after {previous[-1].actor}") if previous else (None, "‘who’ without a name before it")
    if low in _PRONOUNS:
        return None, f"‘{words}’ names nobody"
    actor = _unnamed(page, words, _begins_sentence(page, attribution.source))
    made.setdefault(actor.id, actor)
    return actor.ref, "named in the article by these words alone"


def _head(page: Page, source: Span) -> Mention | None:
    """The mention that the source is, not one inside it: in "a spokesman for X" and "X’s allies" X does not speak."""
    inside = page.cast.within(*source)
    meeting = inside or tuple(m for m in page.cast.within(source.start - 40, source.end + 40) if m.span.meets(source))
    for mention in meeting:
        lead = page.text[source.start : mention.span.start]
        if mention.possessive or re.search(r"\b(?:of|for|from|at|in|to|by|on|with|near|inside)\s+(?:the\s+)?$", lead):
            if mention.kind == "group":
                return mention
            continue
        if _modifies(page.text[mention.span.end : source.end]):
            continue
        return mention
    return None


def _apposed(page: Page, source: Span) -> Mention | None:
    """The person named in commas behind a description: "the president, Ana Velkova, said"."""
    if page.text[source.end : source.end + 2] != ", ":
        return None
    start = source.end + 2
    for mention in page.cast.within(start, start + 60):
        known = page.cast.actors.get(mention.actor.id) if mention.actor else None
        ends = page.text[mention.span.end : mention.span.end + 1] == ","
        if mention.span.start == start and ends and known is not None and known.type == "person":
            return mention
    return None


def _modifies(behind: str) -> bool:
    """Whether a name only describes the noun behind it: "Kremlin spokesman Ivan Orlov", "Union sources"."""
    return re.match(r"\s+(?!and\b|or\b|of\b|in\b|at\b|for\b|from\b|who\b|with\b)[a-z]", behind) is not None


def _continuing(page: Page, attribution: Attribution, before: Sequence[Statement]) -> tuple[ActorRef | None, str]:
    """Who speaks where the words leave it out: whoever spoke last, unless another paragraph lies between."""
    if not before:
        return None, "no source in the words, and nobody has spoken before"
    last = before[-1]
    gap = page.text[last.words("content")[-1].end : attribution.content[0].start]
    end = max(e.end for e in last.evidence)
    if gap.count("\n") > 1 and page.text[end : attribution.content[0].start].strip():
        return None, "no source in the words, and other text lies between it and the statement before"
    name = last.speaker.name if last.speaker else "the same unknown speaker"
    return last.speaker, f"continues {name}"


def _begins_sentence(page: Page, source: Span) -> bool:
    """Whether a source has its capital only from the sentence that it begins: "Officials said …"."""
    sentence = page.analysis.sentence_at(source.start)
    names = page.analysis.names
    at = bisect_left(names, source.start + 1, key=lambda name: name.span.end)
    named = at < len(names) and names[at].span.meets(source)
    return sentence is not None and sentence.span.start == source.start and not named


def _unnamed(page: Page, words: str, opening: bool) -> Actor:
    """An actor for a source that is nobody's name: a person or body the article does not name further."""
    name = _LEADING.sub("", words[:1].lower() + words[1:] if opening else words)
    kind: ActorType = "organisation" if re.search(r"\b[A-Z]\w+", name) and not re.search(r"\b[a-z]+s?$", name) else "unnamed"
    return Actor(id=f"made-{text_id(page.article.id + name.lower())[:12]}", name=name, type=kind)


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
