"""When two wordings plainly say the same: their content words, compared without regard to case."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from detente.actors.registry import Registry

# Words that a proposition keeps its meaning without. "Not", "no" and "without" turn it round, and "us" is
# also a state: they stay.
FUNCTION_WORDS: Final = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "this",
            "that",
            "these",
            "those",
            "any",
            "some",
            "such",
            "there",
            "so",
            "then",
            "only",
        ),
        *("am", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did"),
        *("can", "could", "may", "might", "must", "shall", "should", "will", "would"),
        *(
            "of",
            "in",
            "on",
            "at",
            "by",
            "to",
            "for",
            "from",
            "with",
            "into",
            "as",
            "and",
            "or",
            "if",
            "while",
        ),
        *("he", "she", "it", "they", "we", "you", "him", "her", "them", "his", "its", "their", "our", "your"),
        *("who", "whom", "whose", "which", "what", "when", "where"),
    )
)
STATE: Final = "state_"
"""What the one word for a state begins with."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")


@cache
def _state_ids() -> dict[str, str]:
    """Names, short names and demonyms of states, each with one word for the state; those of several states left out."""
    found: dict[str, set[str]] = {}
    for state in Registry.load().states.values():
        for name in (state.name, *state.aliases, *state.demonyms):
            found.setdefault(name.replace(".", ""), set()).add(f"{STATE}{state.id}")
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


@cache
def _states() -> re.Pattern[str]:
    longest_first = sorted(_state_ids(), key=len, reverse=True)
    # Tried only where a word begins as one of the names does: a proposition then takes 28 µs instead of 316.
    firsts = re.escape("".join(sorted({name[0] for name in longest_first})))
    return re.compile(rf"\b(?=[{firsts}])(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


@lru_cache(maxsize=8_192)  # many records are in the same words
def content_words(text: str) -> tuple[str, ...]:
    """The content words of a text in their order: case folded, without possessive endings and full stops.

    A state is one word by whichever of its names: "American", "the United States" and "US" are the same.

    Order is kept because it can be all that tells who acts on whom.
    """
    words = (re.sub(r"['’]s$", "", word) for word in _WORD.findall(_with_states(text).casefold()))
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def named(text: str) -> tuple[str, ...]:
    """The names in a text, sorted, each once: states as one word each, and other words with a capital inside the text."""
    first, *rest = _WORD.findall(_with_states(text)) or [""]
    capital = {re.sub(r"['’]s$", "", word) for word in rest if word[0].isupper() and len(word) > 1}
    return tuple(sorted(capital | {word.casefold() for word in (first, *rest) if word.startswith(STATE)}))


def _with_states(text: str) -> str:
    """The text with one word for each state, by whichever of its names."""
    joined = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    return _states().sub(lambda m: f" {_state_ids()[m[0]]} ", joined)
