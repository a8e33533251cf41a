"""When: absolute and article-relative times, as EDTF (ISO 8601-2), each with how it was found or why it was not.

"By 2027" is `../2027-12-31`; "on Friday" is the Friday before the article's date in a report of what was done,
and the one after it in a plan, as the caller says. Words that name a time but give no single reading stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from detente.language.analysis import Span
from detente.reading import periods
from detente.reading.counts import LABEL
from detente.reading.date_grammar import Context, Direction, Meaning, Rule, Undated
from detente.reading.date_rules import rules_for
from detente.reading.date_stretches import year_end
from detente.reading.periods import DAY, Period
from detente.records import Granularity

__all__ = ["Direction", "FoundDate", "find_dates", "resolve"]

UNDATED = "relative to the article's date, which is not known"
UNKNOWN = "no expression of time that is known"


class FoundDate(msgspec.Struct, frozen=True):
    """An expression of time and what it means.

    Args:
        span: the words, with the "by" or "since" before them.
        edtf: the time, or `None` unknown.
        granularity: how fine it is; `None` unknown.
        reason: how it was found, or why it could not be.
        surface: the words.
        direction: past or future, where one had to be chosen.
    """

    span: Span
    edtf: str | None
    granularity: Granularity | None
    reason: str
    surface: str
    direction: Direction | None = None


class _Lead(NamedTuple):
    """The words before an expression that turn it: where they begin, the bound ("by"), the edge ("end").

    `least` is whether "at least" leaves the bound open ("until at least 2027").
    """

    start: int
    bound: str = ""
    edge: str = ""
    least: bool = False


class _Read(NamedTuple):
    """An expression that was read."""

    lead: _Lead
    end: int
    meaning: Meaning
    direction: Direction


_LEAD = re.compile(
    r"(?<![\w-])(?:(?P<bound>by|(?:no|not) later than|on or before|before|until|till|since|from|after|as of|starting(?: in| on)?"
    r"|beginning(?: in| on)?|(?:between )?now and|between)(?: (?P<least>at least|at the earliest))?|(?P<plain>on|in|at|during|throughout))?(?:(?:^|(?<=\w))[ \n])?"
    r"(?:(?:the )?(?P<edge>very end|end|start|beginning|close|middle) of )?(?:the )?$",
    re.IGNORECASE,
)
_BOUNDS = {
    "by": "by", "no later than": "by", "not later than": "by", "on or before": "by", "before": "before",
    "until": "until", "till": "until", "since": "since", "after": "after", "from": "from", "between": "from",
    "between now and": "by", "now and": "by", "as of": "from", "starting": "from", "beginning": "from",
}  # fmt: skip
_EDGES = {"very end": "end", "close": "end", "beginning": "start"}
_LEAD_REACH = 40
_JOINT = re.compile(r"[ ](?:to|until|till|and)[ ](?:the[ ]end[ ]of[ ])?|[ ]?[-–][ ]?")
_BARE_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|by|since|until|till|from|before|after|during|throughout|between|(?:end|start|beginning|middle|close) of"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November)(?: (?:and|to|until)|[-–]))[ ]?$",
    re.IGNORECASE,
)
# "the BBC's Sunday with …" and "Bloody Sunday" are names and no days.
_NAMED_DAY = re.compile(
    r"(?:[’']s|\b(?:Good|Black|Bloody|Palm|Easter|Ash|Holy|Maundy|Super|Shrove|Cyber|[Mm]an|[Gg]irl))[ ]$"
)
_BEFORE_DAY = re.compile(
    r"\b(?:on|by|until|till|since|from|before|after|early|late|of|between|and)[ ]$", re.IGNORECASE
)
# "fired 2020 shells": a number before a plural, unless words that lead to a year stand before it.
_COUNTING = re.compile(
    r"[ \u00a0](?!was\b|is\b|has\b|does\b)[a-z]+(?:s|men|people|children|troops|aircraft)\b(?<!ss)"
)
_LEADS_TO_YEAR = re.compile(
    r"(?:^|[.,;:(\[–—\n\"“”‘’/-]|[’']s|\b\d{4}[ ](?:and|or|to)|\b(?:in|by|of|for|from|since|until|till|before|after|during"
    r"|through|throughout|between|the|this|that|its|their|our|his|her|a|early|mid|late|as|than|year|end|summer|autumn|spring"
    r"|winter))[ \n]?$",
    re.I,
)
# "the Agenda 2030": a capital within a sentence, right before the year.
_NAME_BEFORE = re.compile(r"[a-z,’'\")][ ][A-Z][a-z]+[ ]$(?<!Year )(?<!FY )")
_YEAR_LABEL = re.compile(r"\byear[ ]$", re.I)
_CAPITAL = re.compile(r"[ ][A-Z]")
_POSSESSIVE = re.compile(r"[’']s?\b")
_ONWARDS = re.compile(r"[ ]on(?:wards?)?\b(?![ ]\w+day)")


def find_dates(
    text: str,
    published: date | None,
    start: int = 0,
    end: int | None = None,
    direction: Direction = "past",
) -> tuple[FoundDate, ...]:
    """The expressions of time between two code points, in order; none overlaps another.

    Args:
        text: any text.
        published: the article's date; without it what is relative stays unknown.
        start: first code point to look at.
        end: one past the last; `None` for the end of the text.
        direction: where "on Friday" or "2 March" points: the past in a report of what was done or said, the
            future in a plan. "By" always points to the future, "ago" and "last" to the past.
    """
    stop = len(text) if end is None else end
    context = Context(published, direction)
    reads = [_read(text, match, rule, start, context) for match, rule in _matches(text, start, stop)]
    return tuple(_found(text, read) for read in _ranges(text, reads))


def resolve(words: str, published: date | None, direction: Direction = "past") -> FoundDate:
    """What one expression of time means, the words around it left out.

    Args:
        words: the expression alone: "by the end of next year".
        published: the article's date, or `None`.
        direction: where words that do not say it point.

    Returns:
        An unknown date with the reason where the words, or a part of them, are no expression that is known.
    """
    found = find_dates(words, published, direction=direction)
    if len(found) == 1 and found[0].surface == words.strip():
        return found[0]
    return FoundDate(Span(0, len(words)), None, None, UNKNOWN, words)


# ---------------------------------------------------------------- finding


def _matches(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], Rule]]:
    """The matches of the rules, in order: the first to begin, of those the longest, none over another."""
    rules = rules_for(text[start:end])
    every = [(match, rule) for rule in rules for match in rule.pattern.finditer(text, start, end)]
    every.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    last = start
    for match, rule in every:
        if match.start() >= last and not _is_name(text, match):
            yield match, rule
            last = match.end()


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a month or a weekday is a word, or part of a name, and no time."""
    before = text[max(0, match.start() - _LEAD_REACH) : match.start()]
    if "weekday" in match.re.groupindex and match["weekday"]:
        names = (
            _CAPITAL.match(text, match.end())
            and match["weekday"] == match[0]
            and not _BEFORE_DAY.search(before)
        )
        return bool(names) or _NAMED_DAY.search(before) is not None
    if match.re.groupindex.get("year") and match[0] == match["year"]:
        return _is_number(text, match, before)
    if _BARE_MONTH.match(match[0]) and not _BEFORE_MONTH.search(before):
        return True
    return "month" in match.re.groupindex and len(match[0]) <= 4 and match[0] not in ("May", "June", "July")


def _is_number(text: str, match: re.Match[str], before: str) -> bool:
    """Whether four digits are the number of an article or of things, or part of a name, and no year."""
    if LABEL.search(before) and not _YEAR_LABEL.search(before):
        return True
    if _NAME_BEFORE.search(before):
        return True
    return _COUNTING.match(text, match.end()) is not None and not _LEADS_TO_YEAR.search(before)


def _read(text: str, match: re.Match[str], rule: Rule, floor: int, context: Context) -> _Read:
    """One match with the words that lead to it."""
    lead = _lead(text, match, floor)
    if lead.bound == "before" and (lead.edge == "end" or rule.read is year_end):
        lead = lead._replace(bound="by")  # what is done before the end is done by it
    turned = context.turned("future" if lead.bound == "by" else "past" if lead.bound == "since" else None)
    try:
        meaning = rule.read(match, turned)
    except Undated:
        meaning = Meaning(None, UNDATED)
    except (ValueError, OverflowError):  # arithmetic that runs out of the calendar's years
        meaning = Meaning(None, "outside the calendar")
    return _Read(lead, match.end(), _led(meaning, lead, turned, text, match.end()), turned.direction)


def _lead(text: str, match: re.Match[str], floor: int) -> _Lead:
    before = text[max(floor, match.start() - _LEAD_REACH) : match.start()]
    found = _LEAD.search(before)
    if found is None or not any(found.groups()):
        return _Lead(match.start())
    bound = re.sub(r" (?:in|on)$", "", (found["bound"] or "").lower())
    edge = (found["edge"] or "").lower()
    start = match.start() - len(before) + found.start()
    start += len(text[start : match.start()]) - len(text[start : match.start()].lstrip())
    return _Lead(start, _BOUNDS.get(bound, ""), _EDGES.get(edge, edge), found["least"] is not None)


# ---------------------------------------------------------------- meaning


def _led(meaning: Meaning, lead: _Lead, context: Context, text: str, end: int) -> Meaning:
    """The meaning with what the words before it make of it."""
    whole = meaning.period
    if whole is None or "/.." in whole.edtf:
        return meaning
    if lead.least:
        return meaning._replace(period=None, reason="the words give the earliest time and no latest")
    if lead.bound in ("by", "before") and whole.granularity == "season" and not lead.edge:
        return meaning._replace(period=None, reason="it may be the beginning or the end of the season")
    if lead.edge:
        whole = _edge(whole, lead)
    if meaning.ranged and lead.bound == "from":  # "from 3 to 9 March" has its end
        return meaning._replace(period=whole)
    return meaning._replace(period=_bounded(whole, lead, context, text, end))


def _edge(whole: Period, lead: _Lead) -> Period:
    """The end, the start or the middle of a period, as finely as the words tell it."""
    if lead.edge == "end" and lead.bound in ("by", "until"):
        return periods.day(whole.last)
    if lead.edge == "start" and lead.bound in ("by", "before", "until"):
        return periods.day(whole.first)
    if whole.granularity in ("year", "month"):
        if lead.edge == "middle" or whole.granularity == "month":
            return periods.third(whole, {"start": 0, "middle": 1, "end": 2}[lead.edge])
        return periods.month(whole.first.year, 12 if lead.edge == "end" else 1)
    if lead.edge == "middle":
        return whole
    side = whole.last if lead.edge == "end" else whole.first
    return periods.around(side, {"decade": "year", "season": "month"}.get(whole.granularity, "day"))


def _bounded(whole: Period, lead: _Lead, context: Context, text: str, end: int) -> Period:
    match lead.bound:
        case "by":
            return periods.upto(whole)
        case "before":
            return periods.upto(whole.first - DAY)
        case "until":
            return whole._replace(edtf=f"../{whole.edtf.split('/')[-1]}", granularity="interval")
        case "since":
            return periods.onwards(whole)
        case "after" if whole.granularity == "day":
            return periods.onwards(periods.day(whole.last + DAY))
        case "after":
            return periods.onwards(whole)
        case "from" if _starts(context, text, end):
            return periods.onwards(whole)
        case _:
            return whole


def _starts(context: Context, text: str, end: int) -> bool:
    """Whether "from Monday" means "on from": pictures "from Friday" and "from Friday's summit" do not."""
    if _ONWARDS.match(text, end):
        return True
    return context.direction == "future" and not _POSSESSIVE.match(text, end)


# ---------------------------------------------------------------- ranges


def _ranges(text: str, reads: list[_Read]) -> Iterator[_Read]:
    """The expressions, two that stand as a range made one."""
    at = 0
    while at < len(reads):
        pair = _range(text, reads[at], reads[at + 1]) if at + 1 < len(reads) else None
        yield pair or reads[at]
        at += 2 if pair else 1


def _range(text: str, first: _Read, second: _Read) -> _Read | None:
    joint = _JOINT.match(text, first.end)
    low, high = first.meaning.period, second.meaning.period
    if joint is None or joint.end() < second.lead.start or low is None or high is None:
        return None
    if first.lead.bound != "from" and not (first.meaning.directed and not second.meaning.directed):
        return None
    if joint.group().strip() == "and" and text[first.lead.start :][:7].lower() != "between":
        return None
    low = _before(_closed(low), high) if first.meaning.directed else _closed(low)
    high = high._replace(edtf=high.edtf.removeprefix("../"))
    if low is None or not low.first < high.last:
        return None
    meaning = Meaning(periods.months(low, high), second.meaning.reason)
    return _Read(first.lead, second.end, meaning, second.direction)


def _closed(whole: Period) -> Period:
    """A period without the "and on" that "from" gave it."""
    if not whole.edtf.endswith("/.."):
        return whole
    opening = whole.edtf.removesuffix("/..")
    parts = [int(part) for part in opening.split("-") if part.isdigit()]
    if len(parts) == 3:
        return periods.day(date(*parts))
    return periods.month(*parts) if len(parts) == 2 else periods.year(parts[0])


def _before(low: Period, high: Period) -> Period | None:
    """A month or day without a year, put before the time that ends its range."""
    for year in (high.first.year, high.first.year - 1):
        if low.granularity == "month":
            moved = periods.month(year, low.first.month)
        else:
            try:
                moved = periods.day(low.first.replace(year=year))
            except ValueError:
                continue
        if moved.first <= high.first:
            return moved
    return None


def _found(text: str, read: _Read) -> FoundDate:
    period, reason, directed, _ = read.meaning
    span = Span(read.lead.start, read.end)
    return FoundDate(
        span=span, edtf=period and period.edtf, granularity=period and period.granularity, reason=reason,
        surface=span.of(text), direction=read.direction if directed else None,
    )  # fmt: skip
