"""Plural and singular of English nouns by their spelling: enough to name what is counted."""

from __future__ import annotations

import re

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "servicemen": "serviceman",
    "servicewomen": "servicewoman", "lives": "life", "wives": "wife", "halves": "half", "crises": "crisis",
    "bases": "base", "axes": "axe", "analyses": "analysis", "heroes": "hero", "vetoes": "veto",
    "torpedoes": "torpedo", "embargoes": "embargo", "feet": "foot", "movies": "movie", "ties": "tie",
    "buses": "bus", "viruses": "virus", "houses": "house", "warehouses": "warehouse", "purchases": "purchase",
    "leaves": "leave", "shelves": "shelf", "knives": "knife",
    "loaves": "loaf", "thieves": "thief", "wolves": "wolf",
}  # fmt: skip
# Nouns with one form for one and for many.
SAME = frozenset(
    {"aircraft", "personnel", "police", "staff", "hovercraft", "spacecraft", "infantry", "cavalry", "cattle"}
)
_PLURAL_OF = {one: many for many, one in _IRREGULAR.items()}
_NOT_PLURAL = re.compile(
    r"(ss|us|is|'s|’s)$|^(has|was|does|always|perhaps|besides|across|yes|gas|bias|texas|times)$"
)


def is_plural(word: str) -> bool:
    """Whether the word is spelled as a plural noun ("missiles", "MPs", "people", "aircraft")."""
    low = word.lower()
    if low in _IRREGULAR or low in SAME:
        return True
    if word.isupper() or len(word) < 3 or not low.endswith("s"):
        return False
    return not _NOT_PLURAL.search(low)


def singular(word: str) -> str:
    """The singular of a plural noun, in lower case unless it is an acronym ("MPs" gives "MP")."""
    low = word.lower()
    if any(c.isupper() or c.isdigit() for c in word[1:]):  # MPs, F-16s, MiGs
        return word.removesuffix("s")
    if low in SAME or low in _IRREGULAR:
        return _IRREGULAR.get(low, low)
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    return low.removesuffix("s")


def plural(word: str) -> str:
    """The plural of a singular noun, such that `singular` gives the noun back."""
    if word in SAME or word in _PLURAL_OF:
        return _PLURAL_OF.get(word, word)
    if word.endswith("y") and len(word) > 2 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("ss", "sh", "ch", "x", "z")):
        return word + "es"
    return word + "s"
