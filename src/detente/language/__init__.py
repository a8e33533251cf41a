"""An article's text becomes sentences, words, names, quotations and attributions."""

from __future__ import annotations

from functools import cache

from detente.language.analysis import Analysis, Language
from detente.language.simple import SimpleLanguage

__all__ = ["Analysis", "Language", "load"]


@cache
def load() -> Language:
    """The language part that reading uses, loaded once a process."""
    return SimpleLanguage()
