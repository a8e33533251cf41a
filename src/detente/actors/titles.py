"""Where an article names an office instead of its holder: "the PM", "the US president", "Ukraine’s leader"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.actors.titled import ACTING
from detente.language.analysis import Analysis, Span, Token

_LONGEST = 6  # words in a title: "head of the president's office"
_OWNERS = frozenset({"his", "her", "their", "its", "our", "my"})
_COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "dr"})  # "Mr King" is a person of that name
_INDEFINITE = frozenset({"a", "an", "any", "every", "each", "former", "another", "no", "some", "next", "two", "three", "as"})
# Before a title these make another office of it, or another holder: "the deputy foreign minister", "the ousted president".
_OTHERS = frozenset(
    ["deputy", "vice", "shadow", "assistant", "associate", "junior", "senior", "honorary", "rival", "regional", "provincial", "local", "future",
     "incoming", "prospective", "previous", "past", "then", "late", "old", "first", "second", "third", "last", "fourth", "dead", "slain", "murdered",
     "assassinated", "ousted", "deposed", "toppled", "overthrown", "fallen", "exiled", "fugitive", "disgraced", "defeated", "retired", "self"]
)  # fmt: skip
# What may stand between "the" and a title and leave it the same office: tags where the words have some, else these words and endings.
_DESCRIBING = frozenset({"ADJ", "VERB", "ADV", "PUNCT"})
_DESCRIPTIVE = frozenset(["current", "incumbent", "new", "newly", "veteran", "elderly", "young", "popular", "unpopular"])
_DESCRIPTIVE_ENDS = ("ing", "ed", "ful", "ous", "less")


def title_spans(analysis: Analysis, registry: Registry) -> Iterator[Span]:
    """The spans of titles that stand for one person: with "the", a possessive or a state before them.

    A title before a name ("President Velkova") is part of the name and left out, and so are indefinite ones
    ("a foreign minister") and former ones.
    """
    ends = _by_last_word(registry)
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : sentence.last]
        at = 0
        while at < len(tokens):
            found = _title_at(analysis.text, tokens, at, ends, registry)
            if found:
                first, last = _longer(analysis.text, tokens, found, at, ends, registry)
                yield Span(tokens[first].start, tokens[last].end)
                at = last
            at += 1


def _by_last_word(registry: Registry) -> Mapping[str, frozenset[str]]:
    """Titles in lower case by their last word, so that one look tells most words are none."""
    table: dict[str, set[str]] = {}
    for row in registry.titles:
        for words in row.words:
            low = words.lower()
            table.setdefault(low.split()[-1], set()).add(low)
    return {word: frozenset(titles) for word, titles in table.items()}


def _title_at(
    text: str, tokens: Sequence[Token], at: int, ends: Mapping[str, frozenset[str]], registry: Registry
) -> tuple[int, int] | None:
    """First and last token of a title that ends at token `at`, with what belongs before and behind it."""
    titles = ends.get(tokens[at].text.lower())
    if not titles:
        return None
    for first in range(max(0, at - _LONGEST + 1), at + 1):
        words = text[tokens[first].start : tokens[at].end].lower().replace("’", "'")
        if words in titles:
            return _framed(text, tokens, first, at, registry)
    return None


def _longer(
    text: str, tokens: Sequence[Token], found: tuple[int, int], at: int, ends: Mapping[str, frozenset[str]], registry: Registry
) -> tuple[int, int]:
    """The longest title that begins no later than one found: "secretary general", not "secretary"."""
    for end in range(min(len(tokens), at + _LONGEST) - 1, at, -1):
        longer = _title_at(text, tokens, end, ends, registry)
        if longer and longer[0] <= found[0]:
            return longer
    return found


def _framed(text: str, tokens: Sequence[Token], first: int, at: int, registry: Registry) -> tuple[int, int] | None:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following and following.text[:1].isupper() and following.text not in {"I"}:
        return None  # a title before a name
    if following and following.text.lower() in {"of", "for"} and at + 2 < len(tokens):
        last = at + 3 if tokens[at + 2].text.lower() == "the" and at + 3 < len(tokens) else at + 2
        if tokens[last].text[:1].isupper():
            start = last
            while last + 1 < len(tokens) and tokens[last + 1].text[:1].isupper():
                last += 1
            owned = first > 0 and tokens[first - 1].text.lower() in _INDEFINITE | _OWNERS
            if owned or not _is_body(text[tokens[start].start : tokens[last].end], registry):
                return None
            return first - 1 if first and tokens[first - 1].text.lower() == "the" else first, last
    start = first
    while start > 0 and first - start < 4 and (_names_body(text, tokens, start - 1, registry) or tokens[start - 1].text.lower() in ACTING):
        start -= 1
    before = tokens[start - 1].text.lower() if start else ""
    if before == "." and start > 1:
        before = tokens[start - 2].text.lower()
    if before in _INDEFINITE | _OWNERS | _COURTESIES | _OTHERS:
        return None
    if before == "the":
        return start - 1, at
    if start < first or text[tokens[at].start : tokens[at].end].isupper() or (tokens[at].text[:1].isupper() and start > 0):
        return start, at
    adjectives = start
    while adjectives > 0 and start - adjectives < 3 and tokens[adjectives - 1].text.isalpha():
        adjectives -= 1
        if tokens[adjectives].text in {"the", "The"}:
            return start, at
        if not _describes(tokens[adjectives]):
            break
    return None


def _describes(token: Token) -> bool:
    """Whether a word before a title leaves it the same office: "the embattled president", but not "the bank president"."""
    low = token.text
    if not low.islower() or low in _OTHERS:
        return False
    return token.tag in _DESCRIBING if token.tag else low in _DESCRIPTIVE or low.endswith(_DESCRIPTIVE_ENDS)


def _names_body(text: str, tokens: Sequence[Token], index: int, registry: Registry) -> bool:
    """Whether the token names a state, people or body: "US", "Ukrainian", "Ukraine’s", "Tory"."""
    word = tokens[index].text
    if word in {"’s", "'s"}:
        return index > 0 and _names_body(text, tokens, index - 1, registry)
    if not word[:1].isupper():
        return False
    return _is_body(word, registry) or (index > 0 and tokens[index - 1].text[:1].isupper())


def _is_body(words: str, registry: Registry) -> bool:
    """Whether the words name a state, a people, a capital or a body."""
    key = fold(words)
    return (
        key in registry.states_by_name or key in registry.states_by_demonym or key in registry.organisations_by_name
        or key in registry.metonyms_by_words or key in registry.states_by_capital
    )  # fmt: skip
