"""Names as keys: how a name is folded, and which part of it is the surname."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-"})
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"})
_NUMERAL = re.compile(r"^[IVX]+$|^(Jr|Sr)\.?$")
_PARTICLES = frozenset(["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter", "zu", "bin", "ibn", "ben", "al", "el", "abu"])
# In these states newspapers write the family name first.
_FAMILY_FIRST = frozenset({"CN", "KP", "KR", "TW"})
_ACRONYM = 4


def tidy(words: str) -> str:
    """The words with plain apostrophes and hyphens and single spaces."""
    return " ".join(words.translate(_APOSTROPHES).split())


@lru_cache(maxsize=65536)
def fold(words: str) -> str:
    """The key of a name: no accents, no case, no leading "the".

    Acronyms keep their case ("US" is not "us", "WHO" is not "who").
    """
    plain = tidy(words)
    plain = plain[4:] if plain[:4].lower() == "the " else plain
    if plain.isascii():
        bare = plain
    else:
        decomposed = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare if is_acronym(bare) else bare.casefold()


def is_acronym(words: str) -> bool:
    """Whether the words are a short run of capitals, such as "US", "UN", "WHO"."""
    return words.isupper() and words.isalpha() and len(words) <= _ACRONYM


def written_as_name(words: str) -> bool:
    """Whether the words have a capital or a digit, as a name has and "the reform" has not."""
    return any(c.isupper() or c.isdigit() for c in words)


def surnames(name: str, country: str) -> tuple[str, ...]:
    """The folded forms by which a newspaper calls a person after the first mention.

    Particles belong to the surname ("von der Leyen", "bin Salman"); "al-Sisi" is also "Sisi".
    """
    tokens = [t for t in tidy(name).split() if not _NUMERAL.match(t)]
    if not tokens:
        return ()
    if country in _FAMILY_FIRST and len(tokens) > 1:
        return (fold(tokens[0]),)
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].casefold() in _PARTICLES:
        start -= 1
    last = " ".join(tokens[start:])
    forms = [fold(last)]
    if fold(last).startswith(("al-", "el-", "as-")):
        forms.append(fold(last)[3:])
    return tuple(forms)


def given_name(name: str) -> str:
    """The folded first word of a name."""
    return fold(tidy(name).split(" ", 1)[0])
