"""What the first lines of a plain text say of its day and outlet, where one says that and nothing else.

"The Marland Herald, 8 May 2026" and "Published 8 May 2026" are taken; a line that names a town beside the day, or says more, is not:
it may be the day of a speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from detente.articles.check import EARLIEST, latest_day

_HEAD = 6  # lines, empty ones not counted, in which a day may stand
_LINE = 90  # characters up to which a line is no sentence
EDGES = " \t\ufeff*_#|,;·—–-"
# A line with a day names a town as often as an outlet: words of these make it an outlet.
PAPERS = frozenset({
    "agency", "bulletin", "chronicle", "courier", "daily", "dispatch", "echo", "examiner", "gazette",
    "globe", "guardian", "herald", "journal", "mail", "mirror", "news", "newspaper", "observer", "post",
    "press", "radio", "record", "reporter", "review", "standard", "star", "sun", "telegraph", "times",
    "tribune", "weekly", "wire",
})  # fmt: skip
LEADS = re.compile(r"^(?:first )?(?:published|updated|posted)(?: on| by| in)?:?\s*", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_DATED = re.compile(
    rf"(?P<before>.*?)\b{_WEEKDAY}(?:(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH})\.?,? (?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}}))"
    r"(?:,?(?: at)? \d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?(?:[,;|·–—-]* ?\(?(?:last )?updated.*)?",
    re.I,
)
_BYLINE = re.compile(r"by (?=\D*$)", re.I)


class Masthead(NamedTuple):
    """What is printed above an article; `None` where nothing says it.

    Args:
        publisher: the outlet.
        published: the day, ISO.
    """

    publisher: str | None = None
    published: str | None = None


def masthead(text: str) -> Masthead:
    """The day and the outlet that a line above the article says and nothing else."""
    for line in head(text):
        found = _DATED.fullmatch(line)
        day = _day(found) if found else None
        if found is None or day is None:
            continue
        before = LEADS.sub("", found["before"].strip(EDGES)).strip(EDGES)
        if not before or _BYLINE.match(before):
            return Masthead(published=day)
        if _named_as_paper(before):
            return Masthead(before, day)
    return Masthead()


def head(text: str) -> Iterator[str]:
    """The short ones of the first lines, without what frames them."""
    lines = [stripped for line in text[:4000].splitlines() if (stripped := line.strip(EDGES))]
    return (line for line in lines[:_HEAD] if len(line) <= _LINE)


def is_paper(words: str) -> bool:
    """Whether the words are an outlet's name by one of them."""
    return ":" not in words and not PAPERS.isdisjoint(words.casefold().split())


def _named_as_paper(words: str) -> bool:
    """Whether the words are an outlet's name and no more: capitals, and at the end what papers are called."""
    *others, last = words.split()
    return last.casefold() in PAPERS and all(w[:1].isupper() or w in ("the", "of", "and") for w in (*others, last))


def _day(found: re.Match[str]) -> str | None:
    """The day as ISO; nothing where no calendar has it, or it is still to come."""
    year, day = (found["y"] or found["y2"] or found["y3"]), (found["d"] or found["d2"] or found["d3"])
    named = found["m2"] or found["m3"]
    month = _MONTHS.index(named[:3].lower()) + 1 if named else int(found["m"])
    try:
        printed = date(int(year), month, int(day))
    except ValueError:
        return None
    return printed.isoformat() if EARLIEST <= printed <= latest_day() else None
