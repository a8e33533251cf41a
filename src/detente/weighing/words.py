"""Words: whether those that a person types name a thing on record, and many names in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.actors.wording import content_words

_SMALL = re.compile(r"\b(?:us|uk|uae|drc)\b")


# So many names a person reads in one line; a report lists each party in its own place, and `to_dict` has all.
_MOST = 6


def few(items: Sequence[str], apart: str = ", ") -> str:
    """The first names in one line, and how many there are beyond."""
    more = len(items) - _MOST
    return apart.join(items[:_MOST]) + (f"{apart}and {more} more" if more > 0 else "")


def names(query: str, text: str) -> bool:
    """Whether every content word of `query` is in `text`, and there is one."""
    held = set(content_words(text))
    # What a person types is a noun phrase, in which a small "us" is the state and not the pronoun.
    typed = (set(content_words(q)) for q in (query, _SMALL.sub(lambda m: m[0].upper(), query)))
    return any(wanted and wanted <= held for wanted in typed)
