"""An article's text becomes sentences, words, names, quotations and attributions."""

from __future__ import annotations

from functools import cache

from detente.language.analysis import Analysis, Language

__all__ = ["Analysis", "Language", "load"]


@cache
def load() -> Language:
    """The language part that reading uses: the trained model beside the rules. Loaded once a process."""
    from detente.language.joint import JointLanguage
    from detente.language.model import EncoderLanguage

    return JointLanguage(EncoderLanguage())
