"""Who says it: from the source's words, or whoever spoke before, to an actor; or nobody, with the reason.

A source that is a name, title or pronoun is whom the cast of the article tells. "It" and "they" are the body or group
that spoke last, where nobody else has spoken since. What names nobody further ("officials", "a diplomat") is an actor
of type `unnamed`; a word that could be anybody is unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from detente.actors.cast import Mention
from detente.language.analysis import Attribution, Span
from detente.reading.page import Page
from detente.records import Actor, ActorRef, ActorType, Statement, text_id

_PRONOUNS = frozenset(
    ["they", "them", "it", "we", "you", "this", "that", "these", "those", "which", "one", "others", "i", "me", "us", "my",
     "our", "your", "his", "her", "its", "their", "him", "the", "q", "a", "both", "all", "some", "many", "no one", "nobody"]
)  # fmt: skip
# What stands for a body or group that has spoken, and which of them: one body, or several people.
_STANDS_FOR = {"it": False, "they": True}
_LEADING = re.compile(r"^(?:the|a|an|some|several|many|other|his|her|their|its)\s+", re.IGNORECASE)
_PLURAL = re.compile(r"(?:^|\s)(?:and\s|[\w-]*[a-z]{2}s(?:\s(?:of|in|from|at|close|with)\b|$))")
_TITLE = re.compile(r"(?:\s+[A-Z][\w-]*\.?)*\s+")
_NEAR = 2  # line ends between a body's statement and the pronoun that stands for it


def speaker_of(
    page: Page, attribution: Attribution, before: Sequence[Statement], made: dict[str, Actor]
) -> tuple[ActorRef | None, str]:
    """The speaker, and the reason for it or for not knowing.

    Args:
        page: the article.
        attribution: the act of saying.
        before: the statements read so far, in order.
        made: the actors made from the article so far, by id; changed in place.
    """
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
    if low in _STANDS_FOR and (spoken := _body_before(page, attribution.source, before, made, plural=_STANDS_FOR[low])):
        return spoken, f"‘{words}’ after {spoken.name}, who spoke last"
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
        if _modifies(page.text[mention.span.end : source.end]) or _titles(page, mention, inside):
            continue
        return mention
    return None


def _titles(page: Page, mention: Mention, inside: Sequence[Mention]) -> bool:
    """Whether a body only says what the person behind it is: "Long Hall Press Secretary Ivo Stan"."""
    actors = page.cast.actors
    if mention.actor is None or actors[mention.actor.id].type == "person":
        return False
    behind = (m for m in inside if m.span.start >= mention.span.end and m.actor and actors[m.actor.id].type == "person")
    return any(_TITLE.fullmatch(page.text, mention.span.end, person.span.start) is not None for person in behind)


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


def _body_before(
    page: Page, source: Span, before: Sequence[Statement], made: dict[str, Actor], *, plural: bool
) -> ActorRef | None:
    """The body or group that made the last statement, if it stands near."""
    told = [s for s in before if s.words("content")[0].start < source.start]
    last = told[-1].speaker if told else None
    if last is None or page.text.count("\n", max(e.end for e in told[-1].evidence), source.start) > _NEAR:
        return None
    actor = page.cast.actors.get(last.id) or made.get(last.id)
    several = bool(_PLURAL.search(last.name)) if actor and actor.type == "unnamed" else False
    fits = actor is not None and actor.type not in {"person", "unnamed"} and not plural
    return last if fits or (actor is not None and actor.type == "unnamed" and several == plural) else None
