"""Who says it: from the source's words, or whoever spoke before, to an actor; or nobody, with the reason.

A source that is a name, title or pronoun is whom the cast of the article tells. "It" and "they" are the body or group
that spoke last, where nobody else has spoken since. What names nobody further ("officials", "a diplomat") is an actor
of type `unnamed`; a word that could be anybody is unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from detente.actors.cast import Mention
from detente.actors.descriptions import PEOPLE
from detente.language.analysis import Attribution, Span, Token
from detente.reading.page import Page
from detente.reading.sources import Antecedent, antecedent, beside, head_of, speaks
from detente.records import Actor, ActorRef, ActorType, Statement, text_id

_PRONOUNS = frozenset(
    ["they", "them", "it", "we", "you", "this", "that", "these", "those", "one", "others", "i", "me", "us", "my", "our", "your", "his",
     "her", "its", "their", "him", "the", "q", "a", "both", "all", "some", "many", "most", "each", "another", "no one", "nobody", "anyone", "who", "which", "whom"]
)  # fmt: skip
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Words of these kinds alone name nobody.
_NO_NAME = frozenset(["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PART", "PUNCT", "SCONJ", "VERB"])
# What stands for a body or group that has spoken, and whether it may be several people.
_STANDS_FOR = {"it": False, "they": True}
# What speaks for whoever wrote or gave it.
_DOCUMENT = re.compile(r"(?:the|its|his|her|their) (statement|letter|memo|post|tweet|speech|message|e-?mail)", re.IGNORECASE)
_DOCUMENT_NEAR = 600  # code points back to the words that say who wrote it
_LEADING = re.compile(r"^(?:the|a|an|some|several|many|other|his|her|their|its)\s+", re.IGNORECASE)
_PLURAL = re.compile(r"(?:^|\s)(?:and\s|[\w-]*[a-z]{2}s(?:\s(?:of|in|from|at|close|with)\b|$))")
_TITLE = re.compile(r"(?:\s+[A-Z][\w-]*\.?)*\s+")
_TITLES = re.compile(r"(?:[A-Z][\w-]*\.? |state |former )*")
# "the ferry company, Norlinie"
_CALLED = re.compile(r"(?:[a-z][\w’'-]* )*(?:company|firm|group|union|charity|organi[sz]ation|agency|newspaper|broadcaster|bank|party), ([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")
_TURN = re.compile(r"([A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){0,3}): ")
_DASH = re.compile(r" (?:-{1,2}|[–—]) |—")
_EXPLAINING = re.compile(r",? (?:who|which|whose)\b|, (?:an?|the)\b")
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
    source = attribution.source
    label = _label(page, attribution.content[0].start)
    if source and label and source.end <= label.start:
        source = label
    if source is None:
        return _continuing(page, attribution, before)
    words = source.of(page.text)
    low = words.lower()
    if low in _RELATIVE:
        return _relative(page, source, made)
    if low in _STANDS_FOR and (spoken := _body_before(page, source, before, made, plural=_STANDS_FOR[low])):
        return spoken, f"‘{words}’ after {spoken.name}, who spoke last"
    if (document := _DOCUMENT.fullmatch(words)) and (author := _author(page, source, document[1].lower(), before)):
        return author, f"‘{words}’ is that of {author.name}"
    if attribution.cue and _in_aside(page, source, attribution.cue):
        return None, f"‘{words}’ stands in an aside, and not with ‘{attribution.cue.of(page.text)}’"
    return _named(page, source, made)


def _label(page: Page, at: int) -> Span | None:
    """The name in capitals that says whose turn it is in a transcript: "STAN: We lost" is his."""
    paragraphs = page.analysis.paragraphs
    within = bisect_right(paragraphs, at, key=lambda part: part.start) - 1
    found = _TURN.match(page.text, paragraphs[within].start, at) if within >= 0 else None
    return Span(*found.span(1)) if found else None


def _in_aside(page: Page, source: Span, cue: Span) -> bool:
    """Whether a source stands between dashes that its cue stands behind: "the hall – where Keld played – while chanting"."""
    sentence = page.analysis.sentence_at(source.start)
    if sentence is None or not source.end <= cue.start < sentence.span.end:
        return False
    before, between = (len(_DASH.findall(page.text, *part)) for part in ((sentence.span.start, source.start), (source.end, cue.start)))
    return before % 2 == 1 and between % 2 == 1


def _relative(page: Page, source: Span, made: dict[str, Actor]) -> tuple[ActorRef | None, str]:
    """Whom "who" or "which" stands for: the name beside it, unless the tree tells another noun that is a person or name."""
    words, found, name = source.of(page.text), antecedent(page, source), beside(page, source)
    if found and (_is_person(page, found, words) if found.head.tag != "PROPN" else name is None):
        ref, reason = _named(page, found.span, made)
        return ref, f"‘{words}’ stands for ‘{found.span.of(page.text)}’: {reason}"
    if name and name.actor:
        return name.actor, f"‘{words}’ after {name.actor.name}"
    return None, f"‘{words}’ stands for nobody who is named"


def _is_person(page: Page, found: Antecedent, relative: str) -> bool:
    """Whether a noun before "who" is somebody, by the cast or by itself."""
    return _head(page, found.span) is not None or (found.head.text.lower() in PEOPLE and relative.lower() == "who")


def _named(page: Page, source: Span, made: dict[str, Actor]) -> tuple[ActorRef | None, str]:
    """Whom a source’s own words name."""
    words = source.of(page.text)
    mention = _head(page, source)
    loose = mention is None or mention.actor is None or mention.kind in {"group", "description"}
    if loose and (named := _apposed(page, source, mention)):
        return named.actor, f"named behind ‘{words}’; {named.reason}"
    if mention and (other := _together(page, source, mention)):
        actor = _made(page, f"{mention.actor.name} and {other.name}", "unnamed") if mention.actor else None
        return _keep(made, actor), f"‘{words}’ are two people"
    if mention:
        return mention.actor, mention.reason
    if headed := next((a for a in page.cast.actors.values() if a.type == "person" and words.startswith(a.name + " ")), None):
        return headed.ref, f"‘{words}’ begins with {headed.name}"
    head = head_of(page, source)
    if words.lower() in _PRONOUNS or (head and head.tag in _NO_NAME and not _LEADING.match(words) and " of " not in words):
        return None, f"‘{words}’ names nobody"
    actor = _unnamed(page, words, _begins_sentence(page, source), head)
    return _keep(made, actor), "named in the article by these words alone"


def _keep(made: dict[str, Actor], actor: Actor | None) -> ActorRef | None:
    return made.setdefault(actor.id, actor).ref if actor else None


def _head(page: Page, source: Span) -> Mention | None:
    """The mention that the source is, not one inside it: in "a spokesman for X" and "X’s allies" X does not speak."""
    inside = page.cast.within(*source)
    meeting = inside or tuple(m for m in page.cast.within(source.start - 40, source.end + 40) if m.span.meets(source))
    for mention in meeting:
        lead = page.text[source.start : mention.span.start]
        if mention.possessive and _TITLES.fullmatch(lead) and source.end - mention.span.end <= 2:
            return mention  # "Velkova’s promise": the source is whose promise it is
        if mention.possessive or re.search(r"\b(?:of|for|from|at|in|to|by|on|with|near|inside)\s+(?:the\s+)?$", lead):
            if mention.kind == "group":
                return mention
            continue
        if _modifies(page.text[mention.span.end : source.end]) or _titles(page, mention, inside) or not speaks(page, source, mention):
            continue
        return mention
    return None


def _together(page: Page, source: Span, mention: Mention) -> ActorRef | None:
    """The other of two people who speak together: "Ana Velkova and Ivo Stan said"."""
    if mention.actor is None or page.cast.actors[mention.actor.id].type != "person":
        return None
    for other in page.cast.within(mention.span.end, source.end):
        person = other.actor and page.cast.actors[other.actor.id].type == "person" and not other.possessive
        between = page.text[mention.span.end : other.span.start]
        if person and other.actor != mention.actor and re.fullmatch(r"(?: of [A-Z]\w+)? and (?:[A-Z][\w.]* )*", between):
            return other.actor
    return None


def _titles(page: Page, mention: Mention, inside: Sequence[Mention]) -> bool:
    """Whether a body only says what the person behind it is: "Long Hall Press Secretary Ivo Stan"."""
    actors = page.cast.actors
    if mention.actor is None or actors[mention.actor.id].type == "person":
        return False
    behind = (m for m in inside if m.span.start >= mention.span.end and m.actor and actors[m.actor.id].type == "person")
    return any(_TITLE.fullmatch(page.text, mention.span.end, person.span.start) is not None for person in behind)


def _apposed(page: Page, source: Span, mention: Mention | None) -> Mention | None:
    """The person named in commas behind a description: "the president, Ana Velkova, said"."""
    comma = page.text.find(",", mention.span.end if mention else source.end - 1, (mention.span.end if mention else source.end) + 1)
    if comma < 0:
        return None
    for named in page.cast.within(comma + 2, comma + 62):
        known = page.cast.actors.get(named.actor.id) if named.actor else None
        ends = page.text[named.span.end : named.span.end + 2] in {", ", " (", ",”", ",\""} or named.span.end == source.end
        if _TITLES.fullmatch(page.text, comma + 2, named.span.start) and ends and known is not None and known.type == "person":
            return named
    return None


def _modifies(behind: str) -> bool:
    """Whether a name only describes the noun behind it: "Kremlin spokesman Ivan Orlov", "a Herald-Post News poll"."""
    return re.match(r"(?:-\w+(?:\s+[A-Z]\w+)*)?\s+(?!and\b|or\b|of\b|in\b|at\b|for\b|from\b|who\b|with\b)[a-z]", behind) is not None


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


def _unnamed(page: Page, words: str, opening: bool, head: Token | None) -> Actor:
    """An actor for a source that is nobody's name: a person or body the article does not name further."""
    name = _LEADING.sub("", words[:1].lower() + words[1:] if opening else words).rstrip(" ,;:")
    name = _EXPLAINING.split(name)[0]
    if found := _CALLED.fullmatch(name):
        return _made(page, found[1], "organisation")
    common = head is not None and (head.tag == "NOUN" or head.text.lower() in PEOPLE)
    capitals = re.search(r"\b[A-Z]\w+", name) and not re.search(r"\b[a-z]+s?$", name) and not common
    kind: ActorType = "organisation" if capitals else "unnamed"
    return _made(page, name, kind)


def _made(page: Page, name: str, kind: ActorType) -> Actor:
    return Actor(id=f"made-{text_id(page.article.id + name.lower())[:12]}", name=name, type=kind)


def _author(page: Page, source: Span, document: str, before: Sequence[Statement]) -> ActorRef | None:
    """Who made the last statement that was told to stand in a statement, letter … as is now spoken of."""
    for told in reversed(before):
        first, last = min(e.start for e in told.evidence), max(e.end for e in told.evidence)
        if last < source.start - _DOCUMENT_NEAR:
            return None
        sentence = page.analysis.sentence_at(first)
        start = sentence.span.start if sentence else first
        if told.speaker and last <= source.start and re.search(rf"\b{document}\b", page.text[start:last]):
            return told.speaker
    return None


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
    body = actor is not None and actor.type not in {"person", "unnamed"}
    if body and plural and any(m.kind == "group" for m in page.cast.within(max(e.end for e in told[-1].evidence), source.start)):
        return None
    somebody = not plural and last.name.split()[-1].lower() in PEOPLE
    return last if body or (actor is not None and actor.type == "unnamed" and several == plural and not somebody) else None
