"""In which language a text is written, so that what détente cannot read is counted and left."""

from __future__ import annotations

from functools import cache
from typing import Any

from detente.errors import MissingExtra

# Letters looked at: the first paragraphs tell, and a long text costs no more than a short one.
_LOOKED_AT = 2_000
_ENOUGH = 40  # letters without which nothing is told


def language_of(text: str) -> str | None:
    """The language of a text by its ISO 639-1 code, as the py3langid classifier tells it; `None` for a few words.

    Args:
        text: of any length; its beginning is looked at.

    Raises:
        MissingExtra: py3langid is not installed.
    """
    head = text[:_LOOKED_AT]
    if sum(letter.isalpha() for letter in head) < _ENOUGH:
        return None
    code, _ = _classifier().classify(head)
    return str(code)


@cache
def _classifier() -> Any:
    try:
        import py3langid
    except ImportError:
        raise MissingExtra("py3langid", "archives", "telling the language of an archive's articles") from None
    return py3langid
