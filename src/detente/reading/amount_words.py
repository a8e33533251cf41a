"""The words and signs around a number that make it an amount: units, hedges, bases, conversions.

In these patterns a plain blank stands for any gap between words (`numbers.GAP`), so that no-break blanks and
line ends are read alike.
"""

from __future__ import annotations

import re

from detente.reading.currencies import CODES, SIGNS
from detente.reading.numbers import GAP, SCALES, START
from detente.records import AmountQualifier


def gapped(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """The pattern with every blank in it as a gap."""
    return re.compile(pattern.replace(" ", GAP), flags)


# ---------------------------------------------------------------- where an amount begins, and its unit

_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_CODE = "|".join(sorted(CODES))
PREFIX = re.compile(rf"(?:(?P<sign>{_SIGN})|(?P<code>{_CODE})){GAP}?(?=[\d½¼¾])")
BEGIN = re.compile(
    rf"(?<![A-Za-z$£€])(?:{_SIGN}|(?:{_CODE})){GAP}?(?=[\d½¼¾])|{START.pattern}", re.IGNORECASE
)
SUFFIX_CODE = re.compile(rf"(?:(?:{_CODE})\b|€(?!\d))")
PENCE = gapped(r"(?:(?<=\d)p| pence)(?!\w)", 0)
TO = gapped(r"(?: ?[-–—] ?| (?:to|or|and) )", 0)
JOIN = gapped("(?: |-)", 0)
_PERCENT = r"(?: |-)?(?:(?P<points>percentage(?: |-)points?)|(?P<basis_points>basis(?: |-)points?\b|bps?\b)|%|(?:per ?cent|pct|pc)(?![a-z]))"
PERCENT = gapped(_PERCENT)
_OF_GDP = (
    r"(?: of)?(?: (?:its|their|our|the|national|annual|each|total|country’s|country's)){0,3}"
    r" (?:GDP\b|gross domestic product\b)"
)
OF_GDP = gapped(_OF_GDP, 0)
# "from 2 per cent to 3 per cent of GDP": both are shares of GDP.
TO_GDP = gapped(rf" (?:to|and|or) [\d.½¼¾]+(?:{re.sub('[?]P<[a-z_]+>', '?:', _PERCENT)})(?:{_OF_GDP})")
FRACTION = gapped(
    r"(?:(half)|(?:a|one)(?: |-)(half|third|quarter|fifth|tenth)|(two|three|four)(?: |-)(thirds|quarters|fifths)) of"
    rf"(?= (?!an?(?: |-)(?:{'|'.join(SCALES)})\b|(?:20|19)\d\d|the (?:day|week|month|year|decade|century)|an? (?:century|decade|year)))"
)
NTH = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10}
TIMES = {"two": 2, "three": 3, "four": 4}
# "the first half of", "the other third of": a part of a time or of a whole, and no share.
WHICH_PART = gapped(r"\b(?:first|second|latter|other|last) $")

# ---------------------------------------------------------------- ranges

FROM = gapped(r"\bfrom $")
# "From 10 to 15" is a change; after these verbs it is a range.
RANGING_FROM = gapped(
    r"\b(?:rang(?:e|es|ed|ing)|runs?|ran|running|var(?:y|ies|ied|ying)|spans?|anywhere|anything) from $"
)
BETWEEN = gapped(r"\bbetween $")

# ---------------------------------------------------------------- hedges and bases

_QUALIFIERS: tuple[tuple[AmountQualifier, str], ...] = (
    (
        "at_least",
        r"at least|as (?:few|little) as|a minimum of|no (?:less|fewer) than|not (?:less|fewer) than|minimum",
    ),
    ("at_most", r"up to|at most|as (?:much|many) as|no more than|not more than|a maximum of|maximum"),
    (
        "more_than",
        r"more than|in excess of|upwards? of|exceeding|(?:just |well |slightly )?(?:over|above)|beyond",
    ),
    ("less_than", r"(?:less|fewer) than|(?:just |well |slightly )?(?:under|below)"),
    (
        "about",
        r"about|around|roughly|approximately|approx\.?|some|nearly|almost|close to|an estimated|estimated|circa|c\.|~",
    ),
)
_ANY_HEDGE = "(?:" + "|".join(rf"(?P<{name}>(?<![\w-])(?:{words}))" for name, words in _QUALIFIERS) + ")"
HEDGE_BEFORE = gapped(rf"{_ANY_HEDGE} ?$")
# "the row over £3bn": not a hedge.
OVER_WHAT = gapped(
    r"\b(?:row|rows|talks|dispute|disputes|deal|fears|concerns?|clash|clashed|split|negotiations|questions|pressure|fight"
    r"|worries|doubts|argument|debate|divided|anger|outrage) over ?$"
)
HEDGE_AFTER = gapped(
    r"(?P<at_least> or more\b|\+|-plus\b)|(?P<at_most> or less\b)|(?P<about> or so\b|-odd\b)"
)
BASIS_BEFORE = gapped(
    r"(?<![\w-])(?:(?P<additional>(?:an? )?(?:further|extra|additional)|another)"
    r"|(?P<total>(?:an?|the|its|their|our|his|her) total (?:of|to|at)|(?:in total|altogether|all told),?|in all,)"
    r"|(?P<per_year>(?:an? )?(?:annual|yearly)|(?:each|every) year,?)) $"
)
BASIS_AFTER = gapped(
    r"(?P<per_year>(?: |-)(?:a|per|each|every)(?: |-)year\b| (?:annually|yearly|(?:per|an) annum|pa)\b| p\.a\.|/(?:year|yr)\b)"
    r"|(?P<additional> (?:more|extra|(?:of|in) (?:additional|extra|further)|on top)\b(?! (?:than|or)))"
    r"|(?P<total> (?:in total|altogether|all told)\b| in all(?=[.,;:)]|$))"
)

# "-3%", "minus 3 per cent": below nought, and no dash.
MINUS = gapped(r"(?<![\w%)\]])(?:minus |[-−–])$")

# ---------------------------------------------------------------- the same sum in another currency

BRACKET = gapped(r" ?\(")
BRACKET_JOIN = re.compile(r"[,;/ ]*(?:or[ ])?")
WORTH = gapped(rf"(?:(?:or|worth) )?(?:{_ANY_HEDGE} )?")
_ROUGHLY = r"(?:about|around|roughly|approximately|some|nearly|almost) "
# "9 million zloty, or £1.8m"; without a comma or a hedge two sums are a choice.
OR_ALSO = gapped(rf",? (?:(?:equivalent to|the equivalent of) |or (?={_ROUGHLY}))|, (?:or )|, (?={_ROUGHLY})")
