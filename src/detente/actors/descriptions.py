"""Whom a description means that the article has explained: "the mayor", after "Mayor Ivo Stan" or "Ivo Stan, the mayor of Keld,".

For each person the words are gathered that the article sets beside the name: before it ("Keld mayor Ivo Stan") and
behind it in commas. "The Keld mayor" is then the one person of whom the article has said "mayor"; where it has said it of
several, the one whose other words agree. A description that fits nobody, or several, stays what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from detente.actors.groups import HEADS, SINGLE
from detente.actors.labels import label_behind
from detente.actors.pronouns import Candidate
from detente.actors.registry import Registry
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
    ("lady",), ("mother",), ("father",), ("admiral",), ("farmer",), ("star",), ("developer",),
)  # fmt: skip
_HEADS = {word: row[0] for row in _ROLES for word in row}
# Nouns that are people, one or several.
PEOPLE = frozenset(
    [*_HEADS, *(f"{word}s" for word in _HEADS), *HEADS, *SINGLE, "man", "men", "woman", "women", "people", "person", "child", "children",
     "voter", "resident", "neighbour", "neighbor", "friend", "friends", "colleague", "colleagues", "demonstrator", "demonstrators", "protester",
     "student", "students", "teacher", "teachers", "farmer", "farmers", "worker", "workers", "witness", "witnesses", "lawyers", "scientist",
     "scientists", "architect", "caller", "husband", "wife", "son", "daughter", "brother", "sister", "father", "mother", "relative", "relatives"]
)  # fmt: skip
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
_OWNER = re.compile(r"^.*[’']s? ")
_CLAUSE = re.compile(r"(?:\w+ing|if|when|as|has|had|\w+ed (?:by|to|in|on|at|for|with|from|that))\b")
# "The mayor Ivo Stan", "the mayor of Keld, Ivo Stan"
_NAME_BEHIND = re.compile(r",? [A-Z]|(?: (?:of|for|at|in|on)(?: the)?(?: [A-Z][\w’'-]*)+)+, [A-Z]")
_COMPLEMENT = re.compile(r" (?:of|for|at|in|from) (?:the )?[A-Z]")
_AGE = re.compile(r", (\d\d)(?=[,.;])")
_DESCRIPTION = re.compile(rf"\b[Tt]he ((?:(?![Tt]he )[\w’'.-]+ ){{0,6}}?)({'|'.join(sorted(_HEADS))}|\d\d-year-old)\b(?![’'])")
_FEMALE = re.compile(r"\w*woman|lady|mother|widow|actress|queen")
_MALE = re.compile(r"\w*man|father|king|prince|actor")
# Words that make another office of one, and that make another's holder of one.
_RANKS = frozenset(["former", "acting", "deputy", "vice", "assistant", "interim", "shadow", "vice-presidential", "ex-president", "incoming"])
# Words before a noun that tell nobody new.
_STATUS = frozenset(
    ["presidential", "first", "current", "retired", "veteran", "longtime", "embattled", "outgoing", "outspoken", "young", "old", "then",
     "prime", "foreign", "billionaire", "ousted", "disgraced", "controversial", "popular", "conservative", "liberal", "progressive"]
)  # fmt: skip
_CAMPS = frozenset(["republican", "democratic", "labour", "conservative", "liberal", "green", "socialist", "libertarian"])


class Described(NamedTuple):
    """A description and whom it means.

    Args:
        span: its words.
        actor: who it is; `None` where nobody is said to be so, or several are.
        reason: why.
        among: ids of those who are said to be so, where they are several; of all whom nothing speaks against where nobody is.
        gender: "f" or "m" where the noun tells it.
    """

    span: Span
    actor: ActorRef | None
    reason: str
    among: frozenset[str]
    gender: str | None


def descriptions(
    analysis: Analysis, people: Sequence[Candidate], taken: Sequence[Span], registry: Registry, on: date
) -> Iterator[Described]:
    """The descriptions of an article that may mean somebody in it, with whom they mean by what it says of them.

    Args:
        analysis: the article's analysis.
        people: mentions of people by name, in order.
        taken: spans that are told already.
        registry: which offices they hold and held.
        on: the article's day.
    """
    roles = _roles(analysis.text, people, registry, on)
    names = {person.actor.id: person for person in people}
    busy = {k for span in taken for k in range(*span)}
    for found in _DESCRIPTION.finditer(analysis.text):
        if not busy.isdisjoint(range(*found.span())) or _named(analysis.text, found.end()):
            continue
        if not _STOPS.isdisjoint(found[1].lower().split()):
            continue  # "the plan that a senator …"
        gender = "f" if _FEMALE.fullmatch(found[2]) else "m" if _MALE.fullmatch(found[2]) else None
        others, span = _words(found[1]), Span(*found.span())
        right = {key: told for key, told in roles.items() if gender is None or names[key].gender in {None, gender, "x"}}
        fits = _fitting(_HEADS.get(found[2], found[2]), others, right)
        if len(fits) == 1:
            actor = names[fits[0]].actor
            yield Described(span, actor, f"‘{found[2]}’ is what is known of {actor.name}", frozenset(fits), gender)
        elif (fits or _status(found[1])) and not _COMPLEMENT.match(analysis.text, found.end()):
            among = fits or [key for key in names if not any(_contradicts(others, phrase) for phrase in roles.get(key, ()))]
            yield Described(span, None, f"‘{found[0]}’ could be several people", frozenset(among), gender)


def _roles(text: str, people: Sequence[Candidate], registry: Registry, on: date) -> dict[str, list[frozenset[str]]]:
    """By person, the words of each phrase that the article sets beside the name, and of each office in the registry."""
    roles: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for person in people:
        before = _BEFORE.search(text, max(0, person.span.start - 70), person.span.start)
        behind = _BEHIND.match(text, person.span.end, min(len(text), person.span.end + 140))
        label = label_behind(text, person.span.end)
        for phrase in (before and _last_phrase(before[0]), behind and _own_phrase(behind[1])):
            words = _words(phrase) if phrase else frozenset()
            if words & _HEADS.keys() or words & frozenset(_HEADS.values()):
                roles[person.actor.id].append(words | label)
        if age := _AGE.match(text, person.span.end):
            roles[person.actor.id].append(frozenset({f"{age[1]}-year-old"}))
    for key in {person.actor.id for person in people} & registry.people.keys():
        roles[key] += _offices(registry, key, on)
    return dict(roles)


def _offices(registry: Registry, key: str, on: date) -> Iterator[frozenset[str]]:
    """The words of each office that a person held on the day, or had left: "former" is one of them then."""
    for office in registry.offices_of(key):
        if office.since <= on:
            state = registry.states.get(office.of)
            place = " ".join([state.name, *state.demonyms]) if state else ""
            left = "" if office.covers(on) else " former"
            yield _words(f"{office.title} {place}{left}")


def _last_phrase(words: str) -> str:
    """What stands right before a name, back to the first word that cannot belong to a title."""
    kept: list[str] = []
    for word in reversed(words.split()):
        title = bool(kept) and kept[-1][:1].isupper()  # what stands before "Senator" is no part of it: "met Senator"
        if word.lower().rstrip(".") in _STOPS or (title and word.islower() and word not in _RANKS | _STATUS):
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _own_phrase(words: str) -> str:
    """What an apposition says of the person, not of whose relation it is, and no clause: "the mayor’s brother" is no mayor."""
    own = _OWNER.sub("", words)
    return "" if _CLAUSE.match(own) else own


def _words(phrase: str) -> frozenset[str]:
    """The words of a phrase in lower case, titles written out, roles by their first name."""
    low = (word.group().lower() for word in _WORD.finditer(phrase))
    full = (_SHORT.get(word, word) for word in low)
    return frozenset(_HEADS.get(word, word) for word in full if word not in _STOPS)


def _fitting(head: str, others: frozenset[str], roles: dict[str, list[frozenset[str]]]) -> list[str]:
    """The people who are said to be the head, and nothing that the other words contradict; of several, those whom they fit."""
    heads = _KINDS.get(head, frozenset()) | {head}
    phrases = {actor: [p for p in told if p & heads and not _contradicts(others, p)] for actor, told in roles.items()}
    fits = [actor for actor, told in phrases.items() if told]
    if len(fits) > 1 and others:
        fits = [actor for actor in fits if any(others & phrase for phrase in phrases[actor])] or fits
    return fits


def _status(words: str) -> bool:
    """Whether the words before a noun say only rank, camp or place: "the former Keld senator", but not "the band leader"."""
    return all(word[:1].isupper() or word in _RANKS | _CAMPS | _STATUS for word in words.split())


def _contradicts(others: frozenset[str], phrase: frozenset[str]) -> bool:
    """Whether a description and what the article says of a person differ in rank or camp: "the former mayor", "the mayor"."""
    camps = (others & _CAMPS, phrase & _CAMPS)
    return (others & _RANKS) != (phrase & _RANKS) or (all(camps) and camps[0].isdisjoint(camps[1]))


def _named(text: str, end: int) -> bool:
    """Whether a name follows, which the description belongs to."""
    return _NAME_BEHIND.match(text, end) is not None
