"""What a person types to search becomes an FTS5 expression, whatever they type."""

from __future__ import annotations

import re

_TERMS = re.compile(r'"([^"]*)"|([^\s"]+)')
_PREFIX = 2  # letters before a star; a star after one letter would match nearly every article


def match_expression(words: str) -> str | None:
    """The words as an FTS5 query: all of them must be there, in any order.

    Words in double quotation marks must stand together; `secur*` finds what begins so. Everything else, the operators
    of FTS5 among it, is taken as words.

    Args:
        words: what was typed.

    Returns:
        The expression, or `None` where there is no letter or digit to search for.
    """
    # SQLite reads a query as far as the first NUL, and lone surrogates have no UTF-8.
    plain = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    terms = [_term(phrase or word, typed_as_phrase=bool(phrase)) for phrase, word in _TERMS.findall(plain)]
    found = [term for term in terms if term]
    return " ".join(found) or None


def _term(words: str, *, typed_as_phrase: bool) -> str:
    if not any(c.isalnum() for c in words):
        return ""
    starred = words.endswith("*") and not typed_as_phrase and len(words) > _PREFIX
    return f'"{words.rstrip("*")}"' + ("*" if starred else "")
