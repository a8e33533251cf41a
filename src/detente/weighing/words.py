"""Whether words that a person types name a thing on record."""

from __future__ import annotations

import re

from detente.actors.wording import content_words

_SMALL = re.compile(r"\b(?:us|uk|uae|drc)\b")


def names(query: str, text: str) -> bool:
    """Whether every content word of `query` is in `text`, and there is one."""
    held = set(content_words(text))
    # What a person types is a noun phrase, in which a small "us" is the state and not the pronoun.
    typed = (set(content_words(q)) for q in (query, _SMALL.sub(lambda m: m[0].upper(), query)))
    return any(wanted and wanted <= held for wanted in typed)
