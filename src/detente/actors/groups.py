"""Collective actors that have no name of their own: "European leaders", "US officials", "diplomats"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.language.analysis import Analysis, Span, Token
from detente.language.names import COMMON
from detente.records import Actor, Article, text_id

HEADS = frozenset(
    ["leaders", "officials", "ministers", "diplomats", "allies", "negotiators", "mediators", "envoys", "ambassadors", "lawmakers", "mps", "senators", "critics", "opponents", "supporters", "analysts", "experts", "economists", "observers", "sources", "aides", "advisers", "advisors", "generals", "commanders", "soldiers", "troops", "rebels", "militants", "fighters", "protesters", "campaigners", "activists", "governments", "countries", "nations", "states", "powers", "members", "partners", "companies", "banks", "investors", "media", "newspapers", "outlets", "journalists", "reporters", "voters", "citizens", "delegates", "spokesmen", "prosecutors", "investigators", "inspectors", "peacekeepers", "residents", "families", "hostages"]
)
SINGLE = frozenset(["official", "diplomat", "source", "aide", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson", "insider", "analyst", "expert", "lawmaker"])
_MODIFIERS = frozenset(["senior", "top", "other", "several", "many", "some", "most", "western", "eastern", "european", "american", "allied", "foreign", "military", "political", "former", "two", "three", "four", "five", "its", "his", "their", "the", "local", "national", "international"])  # fmt: skip
_PLAIN = frozenset({"but", "and", "the", "its", "his", "their", "other", "several", "many", "some", "most", "two", "three", "four", "five"})


def group_mentions(analysis: Analysis, article: Article) -> Iterator[tuple[Span, Actor]]:
    """The groups of an article, each mention with its actor.

    "the leaders" after "European leaders" are the same; a bare plural ("leaders") with nothing that says whose
    is passed over unless it was named before.
    """
    named: dict[str, Actor] = {}
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : sentence.last]
        for at, token in enumerate(tokens):
            low = token.text.lower()
            if (low not in HEADS and low not in SINGLE) or (at and not token.text.islower()):
                continue
            first = _first(tokens, at)
            kept = [t.text for t in tokens[first:at] if t.text.lower() not in _PLAIN and t.text not in {"a", "an", "A", "An"}]
            owner, principal = _whose(analysis.text, tokens, first, at) if low in SINGLE else ("", "")
            if kept or owner or principal:
                words = " ".join(filter(None, [owner, *kept, low, principal]))
                named[low] = _actor(article, words, first == 0 and sentence.first == 0)
            elif low in SINGLE or low not in named:
                if low not in SINGLE:
                    continue
                named[low] = _actor(article, low, False)
            yield Span(tokens[first].start, token.end), named[low]


def _whose(text: str, tokens: Sequence[Token], first: int, at: int) -> tuple[str, str]:
    """The name before with its "’s", or behind with its "for": one person's spokesman is not another's."""
    start, end = first, at + 1
    if first > 1 and tokens[first - 1].text in {"’s", "'s"}:
        start = first - 1
        while start > 0 and tokens[start - 1].text[:1].isupper():
            start -= 1
        if start == first - 1:  # "the president’s spokesman": an owner in lower case, back to where it begins
            start = _owner(tokens, start)
    if end < len(tokens) and tokens[end].text in {"for", "to"}:
        while end + 1 < len(tokens) and (tokens[end + 1].text[:1].isupper() or tokens[end + 1].text == "the"):
            end += 1
    behind = text[tokens[at + 1].start : tokens[end].end] if end > at + 1 else ""
    return text[tokens[start].start : tokens[first].start].strip(), behind


def _owner(tokens: Sequence[Token], end: int) -> int:
    """Where an owner that ends before a "’s" begins: at its "the"; at the end itself where there is none near."""
    for start in range(end - 1, max(-1, end - 5), -1):
        if tokens[start].text.lower() in {"the", "a", "an"}:
            return start
        if not tokens[start].text.isalpha():
            break
    return end


def _first(tokens: tuple[Token, ...] | list[Token], at: int) -> int:
    first = at
    while first > 0 and at - first < 5:
        word = tokens[first - 1].text
        if first == 1 and word.lower() in COMMON - _MODIFIERS - {"a", "an"}:
            break  # a capital that only begins the sentence: "Meanwhile officials", "One diplomat"
        if not (word.lower() in _MODIFIERS or word in {"a", "an", "A", "An"} or (word[:1].isupper() and word.isalpha() and first - 1 >= 0)):
            break
        first -= 1
        if word.lower() in {"the", "a", "an"}:
            break
    return first


def _actor(article: Article, words: str, opening: bool) -> Actor:
    """An unnamed actor of this article; only capitals that the words have of themselves are kept."""
    parts = words.split()
    name = " ".join([parts[0] if not opening or parts[0][:1].isupper() else parts[0].lower(), *parts[1:]])
    return Actor(id=f"made-{text_id(article.id + name.lower())[:12]}", name=name, type="unnamed")
