"""What is counted: the plural noun after a number, and the numbers that count nothing.

Without tags the noun is found by its spelling: a plural within a few words of the number, nothing between but
words that can modify it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.reading.nouns import is_plural, singular
from detente.reading.numbers import GAP, SMALL, Number


class Counted(NamedTuple):
    """The noun that a number counts, in the singular, and where it ends."""

    end: int
    thing: str
    additional: bool


_WORD = re.compile(rf"{GAP}(?P<word>(?:[^\W\d_]\w*|\d{{1,3}}[A-Z]?\d?\b)(?:[-'’]\w+)*(?:[’'](?![.,;:!?]))?)")
# "a 500-tank army", "a 5,000-strong brigade": one word with its number, in the singular.
_COMPOUND = re.compile(r"-(?P<word>[a-z]{3,})(?![\w-])")
_PEOPLE = "strong"
_NO_COUNT = frozenset(
    ["plus", "odd", "fold", "time", "nil", "all", "old", "long", "wide", "high", "deep", "tall"]
)
OF = re.compile(rf"{GAP}of(?:{GAP}(?:the|its|their|his|her|our|these|those))?(?={GAP})", re.IGNORECASE)
_MODIFIERS = 4
# No noun phrase goes on over these.
_STOP = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "but", "nor",
     "as", "than", "that", "which", "who", "whose", "whom", "is", "are", "was", "were", "be", "been",
     "being", "had", "have", "has", "will", "would", "could", "should", "can", "may", "might", "must", "do",
     "does", "did", "done", "not", "no", "it", "its", "his", "her", "their", "our", "my", "your", "this",
     "these", "those", "he", "she", "they", "we", "i", "you", "us", "them", "him", "there", "here", "into",
     "over", "under", "after", "before", "during", "while", "when", "where", "against", "between", "among",
     "around", "about", "up", "down", "out", "off", "across", "along", "per", "via", "plus", "minus", "so",
     "if", "then", "also", "only", "even", "still", "yet", "just", "ago", "later", "earlier", "away", "old",
     "said", "says", "say", "saying", "told", "tell", "ahead", "apart", "because", "since", "until",
     "through", "within", "without", "amid", "agree", "agreed", "face", "want", "wants", "meet", "met",
     "need", "needs", "make", "made", "makes", "take", "takes", "took", "give", "gives", "gave", "go",
     "goes", "went", "come", "comes", "came", "seek", "seeks", "all", "any", "some", "many", "most", "what",
     "how", "why", "very", "too", "now", "one", "two", "three", "four", "five", "six", "seven", "eight",
     "nine", "ten", "hundred", "thousand", "million", "billion", "trillion", "percent", "january",
     "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
     "am", "pm", "gmt", "street", "road", "avenue"]
)  # fmt: skip
_DURATIONS = frozenset(
    ["second", "minute", "hour", "day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade",
     "century", "night", "morning", "evening", "time", "occasion", "generation"]
)  # fmt: skip
_ATTRIBUTIVE_PLURALS = frozenset(
    [
        "arms",
        "weapons",
        "sales",
        "sports",
        "savings",
        "goods",
        "communications",
        "women",
        "operations",
        "police",
    ]
)
_ADDITIONAL = frozenset({"more", "extra", "additional", "further"})
# Names of things that carry a number: "Article 5 commitments", "Day 10 talks", "aged 45".
LABEL = re.compile(
    r"\b(?:Articles?|Sections?|Chapters?|Clauses?|Paragraphs?|Protocols?|Resolutions?|Phase|Stage|Part|Point|Page|Day|Week"
    r"|Year|Room|Flight|Channel|Radio|Type|Mark|Mk|Formula|Group|Category|Level|Tier|Rule|Title|Order|Law|Bill|Number|Nos?\.?"
    r"|Gate|Highway|Route|Line|Unit|Brigade|Boeing|Airbus|Leopard|Challenger|Patriot|Apollo|aged?)[ \u00a0]$"
)
_MONTH = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?[ ](?:the[ ])?$"
)
_YEARS = range(1900, 2101)
# "one in three Kessians", "four out of five": a proportion.
_OUT_OF = re.compile(r"\b(?P<part>\d+|[a-z]+) (?:in|out of)(?: every)? $", re.IGNORECASE)


def counted(text: str, first: Number, last: Number, before: str, end: int) -> Counted | None:
    """The noun that a number, or a range from `first` to `last`, counts, or `None`.

    Args:
        text: the text.
        first: the number, or the lower end of the range.
        last: the number itself, or the upper end.
        before: some words before the number.
        end: one past the last code point to look at.
    """
    if _counts_nothing(last, before) or (first is not last and first.value is None):
        return None
    if compound := _compound(text, last, end):
        return compound
    of = OF.match(text, last.end, end)
    head, additional, at = None, False, of.end() if of else last.end
    for _ in range(_MODIFIERS + 1):
        word = _WORD.match(text, at, end)
        if word is None or _closes(word["word"]):
            return None
        at, head = word.end(), word["word"]
        additional = additional or head.lower() in _ADDITIONAL
        if is_plural(head) and not _modifies(text, head, at, end):
            return None if singular(head) in _DURATIONS else Counted(at, singular(head), additional)
    return None


def _compound(text: str, number: Number, end: int) -> Counted | None:
    """What a number in digits counts within one word; how long something lasted or is old counts nothing."""
    found = _COMPOUND.match(text, number.end, end) if number.digits else None
    if found is None or found["word"] in _DURATIONS | _NO_COUNT | _STOP:
        return None
    return Counted(found.end(), "person" if found["word"] == _PEOPLE else found["word"], False)


def _closes(word: str) -> bool:
    """Whether no count goes on over the word: a function word, or a possessive."""
    return word.lower() in _STOP or word.endswith(("'", "’", "'s", "’s"))


def _modifies(text: str, word: str, at: int, end: int) -> bool:
    """Whether a plural is not yet the head: "arms shipments"."""
    following = _WORD.match(text, at, end) if word.lower() in _ATTRIBUTIVE_PLURALS else None
    return following is not None and is_plural(following["word"]) and not _closes(following["word"])


def _counts_nothing(number: Number, before: str) -> bool:
    """Whether a number is no count: one, a year, the day of a month, the number of an article."""
    if number.value is None:
        return False
    plain = number.scale == 1 and number.digits and not number.grouped
    return (
        number.value <= 1
        or (number.clipped and number.scale < 10**3)
        or (plain and number.value in _YEARS)
        or (plain and number.value <= 31 and _MONTH.search(before) is not None)
        or (number.scale == 1 and LABEL.search(before) is not None)
        or (number.style == "comma" and number.scale == 1)
        or _is_proportion(number, before)
    )


def _is_proportion(number: Number, before: str) -> bool:
    """Whether a smaller number before "in" or "out of" makes this one a whole."""
    found = _OUT_OF.search(before)
    part = found["part"].lower() if found else ""
    small = int(part) if part.isdecimal() else SMALL.get(part, 0)
    return number.value is not None and 0 < small < number.value
