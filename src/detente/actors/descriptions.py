"""Whom a description means that the article has explained: "the mayor", after "Mayor Ivo Stan" or "Ivo Stan, the mayor of Keld,".

For each person the words are gathered that the article sets beside the name: before it ("Keld mayor Ivo Stan") and
behind it in commas. "The Keld mayor" is then the one person of whom the article has said "mayor"; where it has said it of
several, the one whose other words agree. A description that fits nobody, or several, stays what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.actors.pronouns import Candidate
from detente.language.analysis import Analysis, Span
from detente.records import ActorRef

# What people are: the heads of descriptions. The first of a row stands for all of it.
_ROLES = (
    ("senator",), ("representative", "congressman", "congresswoman"), ("governor",), ("mayor",), ("nominee", "candidate", "contender"),
    ("president",), ("minister", "premier"), ("leader",), ("chairman", "chairwoman", "chair"), ("chief", "head"), ("attorney", "lawyer"),
    ("judge", "justice"), ("professor",), ("director",), ("spokesman", "spokeswoman", "spokesperson"), ("adviser", "advisor"),
    ("strategist",), ("aide",), ("ambassador",), ("envoy",), ("general",), ("commander",), ("businessman", "businesswoman", "tycoon", "mogul"),
    ("billionaire",), ("doctor", "physician"), ("analyst",), ("economist",), ("author", "writer"), ("activist",), ("coach",), ("officer",),
    ("sheriff",), ("commissioner",), ("secretary",), ("councillor", "councilman", "councilwoman"), ("host", "anchor"), ("reporter", "journalist"),
    ("editor",), ("columnist",), ("diplomat",), ("negotiator",), ("banker",), ("executive",), ("founder",), ("historian",), ("researcher",),
    ("politician",), ("lawmaker", "legislator"), ("chancellor",), ("king",), ("queen",), ("prince",), ("bishop",), ("priest",), ("singer",),
    ("actor", "actress"), ("player",), ("manager",), ("mediator",), ("expert",), ("veteran",), ("widow",),
)  # fmt: skip
_HEADS = {word: row[0] for row in _ROLES for word in row}
_SHORT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor", "prof": "professor",
          "gop": "republican", "pm": "minister", "amb": "ambassador", "atty": "attorney"}  # fmt: skip
# Both houses' members are lawmakers, wherever the article does not say so itself.
_KINDS = {"lawmaker": frozenset({"senator", "representative"}), "politician": frozenset({"senator", "representative", "governor", "mayor"})}
_STOPS = frozenset(
    ["the", "a", "an", "and", "but", "or", "that", "of", "in", "on", "at", "for", "by", "to", "with", "from", "as", "is", "was", "said", "says",
     "when", "while", "who", "his", "her", "their", "its", "mr", "mrs", "ms", "after", "before", "than", "then", "also", "told", "not", "s"]
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z][\w-]*")
_BEFORE = re.compile(r"(?:[\w’'-]+\.?[ \xa0]){1,7}$")
_BEHIND = re.compile(r"(?:,| \([^)]*\),?) (?:who (?:is|was) )?(?:a |an |the |his |her |its |their )?([^,.;:“”\n]{3,90})[,.]")
_DESCRIPTION = re.compile(rf"\b[Tt]he ((?:[\w’'.-]+ ){{0,6}}?)({'|'.join(sorted(_HEADS))})\b(?![’'])")
# Words that make another office of one, and that make another's holder of one.
_RANKS = frozenset(["former", "acting", "deputy", "vice", "assistant", "interim", "shadow", "vice-presidential", "ex-president", "incoming"])
_CAMPS = frozenset(["republican", "democratic", "labour", "conservative", "liberal", "green", "socialist", "libertarian"])


class Described(NamedTuple):
    """A description and whom it means."""

    span: Span
    actor: ActorRef
    reason: str


def descriptions(analysis: Analysis, people: Sequence[Candidate], taken: Sequence[Span]) -> Iterator[Described]:
    """The descriptions of an article that mean somebody whom it has explained.

    Args:
        analysis: the article's analysis.
        people: mentions of people by name, in order.
        taken: spans that are told already.
    """
    roles = _roles(analysis.text, people)
    if not roles:
        return
    names = {person.actor.id: person.actor for person in people}
    busy = {k for span in taken for k in range(*span)}
    for found in _DESCRIPTION.finditer(analysis.text):
        if not busy.isdisjoint(range(*found.span())) or _named(analysis.text, found.end()):
            continue
        if not _STOPS.isdisjoint(found[1].lower().split()):
            continue  # "the plan that a senator …"
        if fits := _fitting(_HEADS[found[2]], _words(found[1]), roles):
            actor = names[fits]
            yield Described(Span(*found.span()), actor, f"‘{found[2]}’ is what the article says of {actor.name}")


def _roles(text: str, people: Sequence[Candidate]) -> dict[str, list[frozenset[str]]]:
    """By person, the words of each phrase that the article sets beside the name."""
    roles: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for person in people:
        before = _BEFORE.search(text, max(0, person.span.start - 70), person.span.start)
        behind = _BEHIND.match(text, person.span.end, min(len(text), person.span.end + 140))
        for phrase in (before and _last_phrase(before[0]), behind and behind[1]):
            words = _words(phrase) if phrase else frozenset()
            if words & _HEADS.keys() or words & frozenset(_HEADS.values()):
                roles[person.actor.id].append(words)
    return dict(roles)


def _last_phrase(words: str) -> str:
    """What stands right before a name, back to the first word that cannot belong to a title."""
    kept: list[str] = []
    for word in reversed(words.split()):
        if word.lower().rstrip(".") in _STOPS:
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _words(phrase: str) -> frozenset[str]:
    """The words of a phrase in lower case, titles written out, roles by their first name."""
    low = (word.group().lower() for word in _WORD.finditer(phrase))
    full = (_SHORT.get(word, word) for word in low)
    return frozenset(_HEADS.get(word, word) for word in full if word not in _STOPS)


def _fitting(head: str, others: frozenset[str], roles: dict[str, list[frozenset[str]]]) -> str | None:
    """The one person of whom the article says the head, and nothing that the other words contradict."""
    heads = _KINDS.get(head, frozenset()) | {head}
    phrases = {actor: [p for p in told if p & heads and not _contradicts(others, p)] for actor, told in roles.items()}
    fits = [actor for actor, told in phrases.items() if told]
    if len(fits) > 1 and others:
        fits = [actor for actor in fits if any(others & phrase for phrase in phrases[actor])]
    return fits[0] if len(fits) == 1 else None


def _contradicts(others: frozenset[str], phrase: frozenset[str]) -> bool:
    """Whether a description and what the article says of a person differ in rank or camp: "the former mayor", "the mayor"."""
    camps = (others & _CAMPS, phrase & _CAMPS)
    return (others & _RANKS) != (phrase & _RANKS) or (all(camps) and camps[0].isdisjoint(camps[1]))


def _named(text: str, end: int) -> bool:
    """Whether a name follows, which the description belongs to."""
    return re.match(r",? [A-Z]", text[end : end + 3]) is not None
