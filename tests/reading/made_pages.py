"""Pages of made articles about invented people and states, for the tests of the readers.

The cast is made here from a list of names, so that these tests hold whatever the registry knows.
"""

from __future__ import annotations

import re

from detente.actors.cast import Cast, Mention
from detente.language.analysis import Span
from detente.language.simple import SimpleLanguage
from detente.reading.page import Page
from detente.records import Act, Actor, ActorRef, Article, Mode, Origin, Statement, record_id

NAMES = {
    "Ana Velkova": "person", "Tomas Reyl": "person", "Ines Darro": "person", "Ostrava": "state", "Marland": "state",
    "Keld": "state", "Sundby": "state", "the Keld Union": "bloc", "the Marland army": "government",
    "the Ostravan president": "person", "European leaders": "unnamed",
}  # fmt: skip
ALIASES = {
    "President Velkova": "Ana Velkova", "President Ana Velkova": "Ana Velkova", "Ms Velkova": "Ana Velkova",
    "Mr Reyl": "Tomas Reyl", "Minister Tomas Reyl": "Tomas Reyl", "the Ostravan president": "Ana Velkova",
    "Marlandic": "Marland", "Mrs Darro": "Ines Darro", "Ostravan": "Ostrava",
}  # fmt: skip
UNKNOWN = ("the envoy", "the rebels", "a spokesman")
ORIGIN = Origin(by="rule", name="test", version="0")
_ALL = {*NAMES, *ALIASES, *UNKNOWN, *(words.capitalize() for words in UNKNOWN)}
_WORDS = re.compile("|".join(sorted(map(re.escape, sorted(_ALL)), key=len, reverse=True)))


def ref(name: str) -> ActorRef:
    """The reference of an actor of the made cast."""
    return ActorRef(id=name.lower().replace(" ", "-"), name=name)


def mention_of(match: re.Match[str], text: str) -> Mention:
    """A mention of somebody in the made cast."""
    words = match.group()
    owned = text[match.end() : match.end() + 2] in ("'s", "’s") or text[match.end() : match.end() + 2] == "’ "
    span = Span(*match.span())
    if words.lower() in UNKNOWN:
        return Mention(span=span, actor=None, kind="description", reason="nobody is named", possessive=owned)
    name = ALIASES.get(words, words)
    kind = "group" if name == "European leaders" else "name"
    return Mention(span=span, actor=ref(name), kind=kind, reason="named", possessive=owned)


def cast_of(text: str, pronouns: dict[str, str]) -> Cast:
    """The made cast of a text; `pronouns` says whom "she" or "we" stand for."""
    found = [mention_of(match, text) for match in _WORDS.finditer(text)]
    for word, name in pronouns.items():
        for match in re.finditer(rf"\b{word}\b", text):
            owned = word in ("her", "his", "their")
            span = Span(*match.span())
            found.append(Mention(span=span, actor=ref(name), kind="pronoun", reason="named", possessive=owned))
    actors = {ref(n).id: Actor(id=ref(n).id, name=n, type=t) for n, t in NAMES.items()}  # type: ignore[arg-type]
    return Cast(mentions=tuple(sorted(found, key=lambda m: m.span)), actors=actors)


def page_of(text: str, published: str | None = "2031-05-14", **pronouns: str) -> Page:
    """A page of a made article, published on a Wednesday, without statements."""
    article = Article.of(text, "made.txt", published=published, publisher="The Made Times", country="GB")
    analysis = SimpleLanguage().analyse(text)
    return Page(article=article, analysis=analysis, cast=cast_of(text, pronouns), origin=ORIGIN)


def with_statement(
    page: Page, speaker: str | None, content: str, cue: str, *, act: Act | None = None, mode: Mode = "indirect"
) -> Page:
    """The page with one statement more, told by its words."""
    spans = [(page.text.index(part), page.text.index(part) + len(part)) for part in content.split(" … ")]
    at = page.text.index(cue)
    evidence = (*page.evidence_of("content", spans), page.evidence("cue", (at, at + len(cue))))
    who = ref(speaker) if speaker else None
    made = Statement(
        id=record_id(page.article.id, "statement", evidence), article=page.article.id, evidence=evidence,
        origin=ORIGIN, speaker=who, mode=mode, act=act,
    )  # fmt: skip
    return Page(
        article=page.article, analysis=page.analysis, cast=page.cast, origin=ORIGIN, statements=(*page.statements, made)
    )
