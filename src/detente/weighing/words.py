"""When two wordings plainly say the same: their content words, compared without regard to case."""

from __future__ import annotations

import re
from typing import Final

# Words that a proposition keeps its meaning without. "Not", "no" and "without" turn it round, and "us" is
# also a state: they stay.
FUNCTION_WORDS: Final = frozenset(
    (
        *("a", "an", "the", "this", "that", "these", "those", "any", "some", "such", "there", "so", "then", "only"),
        *("am", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did"),
        *("can", "could", "may", "might", "must", "shall", "should", "will", "would"),
        *("of", "in", "on", "at", "by", "to", "for", "from", "with", "into", "as", "and", "or", "if", "while"),
        *("he", "she", "it", "they", "we", "you", "him", "her", "them", "his", "its", "their", "our", "your"),
        *("who", "whom", "whose", "which", "what", "when", "where"),
    )
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")


def content_words(text: str) -> tuple[str, ...]:
    """The content words of a text in their order: case folded, without possessive endings and full stops.

    Order is kept because it can be all that tells who acts on whom.
    """
    joined = _INITIALS.sub(lambda m: m[0].replace(".", ""), text.casefold())
    words = (re.sub(r"['’]s$", "", word) for word in _WORD.findall(joined))
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def names(query: str, text: str) -> bool:
    """Whether every content word of `query` is in `text`, and there is one."""
    wanted = set(content_words(query))
    return bool(wanted) and wanted <= set(content_words(text))
