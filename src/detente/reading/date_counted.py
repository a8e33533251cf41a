"""Rules for times counted from the article's date: "three years ago", "within four weeks"."""

from __future__ import annotations

import re

from detente.reading import periods
from detente.reading.date_grammar import (
    COUNTABLE,
    ELSEWHERE,
    FEW,
    NUMBER,
    UNIT,
    VAGUE,
    Context,
    Meaning,
    Rule,
    adder,
    number_of,
)

RULES: list[Rule] = []
rule = adder(RULES)

# "within ten days of a truce", "within a week after the vote"; "within ten days of today" counts from the article.
_OF_ANOTHER = re.compile(r"[ \n](?:of|after|from)\b(?![ \n](?:today|now)\b)", re.IGNORECASE)
# "the first time in 23 years", "the worst flood in ten years".
_SINCE_LAST = re.compile(r"\b(?:time|once|twice|\w+est|worst|low|high)[ \n]$")


@rule(rf"(?:(?:about|around|almost|nearly|more[ ]than|over)[ ])?{NUMBER}[ ]{UNIT}[ ]ago", re.I, keys=("ago",))
def _ago(found: re.Match[str], context: Context) -> Meaning:
    unit = found["unit"].lower()
    return _counted(context, -number_of(found["n"]), unit, "back")


@rule(
    rf"in[ ]{NUMBER}[ ]{UNIT}(?:[’'][ ]time|[ ]time)?(?![ ](?:of|when|after|before))|{NUMBER.replace('<n>', '<n2>')}[ ]{UNIT.replace('<unit>', '<unit2>')}[ ]from[ ](?:now|today)",
    re.I,
    keys=COUNTABLE,
)
def _ahead(found: re.Match[str], context: Context) -> Meaning:
    if _SINCE_LAST.search(found.string[max(0, found.start() - 12) : found.start()]):
        return Meaning(None, "how long it had been")
    if found["n"] and not found[0].lower().endswith("time") and context.direction == "past":
        return Meaning(None, "it may be how long it took or when it will be", directed=True)
    return _counted(
        context, number_of(found["n"] or found["n2"]), (found["unit"] or found["unit2"]).lower(), "on"
    )


def _counted(context: Context, count: int, unit: str, way: str) -> Meaning:
    try:
        when = periods.shifted(context.now, count, unit)
    except (ValueError, OverflowError):
        return Meaning(None, "outside the calendar")
    return Meaning(periods.around(when, unit), f"counted {way} from the article's date")


@rule(rf"within[ ](?:the[ ](?:next[ ])?)?{NUMBER}[ ]{UNIT}", re.I, keys=COUNTABLE)
@rule(
    rf"(?:in|over|during|for|throughout)[ ]the[ ](?:next|coming)[ ](?:{NUMBER}[ ])?{UNIT}",
    re.I,
    keys=COUNTABLE,
)
def _within(found: re.Match[str], context: Context) -> Meaning:
    if found["n"] is None and found[0].endswith("s"):
        return Meaning(None, VAGUE)
    if _OF_ANOTHER.match(found.string, found.end()):
        return Meaning(None, ELSEWHERE)
    try:
        last = periods.shifted(context.now, number_of(found["n"] or "a"), found["unit"].lower())
    except (ValueError, OverflowError):
        return Meaning(None, "outside the calendar")
    return Meaning(periods.days(context.now, last), "counted on from the article's date")


@rule(
    rf"(?:in|over|during|for|throughout)[ ]the[ ](?:past|last)[ ](?:{NUMBER}[ ])?{UNIT}",
    re.I,
    keys=COUNTABLE,
)
def _since_then(found: re.Match[str], context: Context) -> Meaning:
    if found["n"] is None and found[0].endswith("s"):
        return Meaning(None, VAGUE)
    try:
        first = periods.shifted(context.now, -number_of(found["n"] or "a"), found["unit"].lower())
    except (ValueError, OverflowError):
        return Meaning(None, "outside the calendar")
    return Meaning(periods.days(first, context.now), "counted back from the article's date")


@rule(
    rf"(?:in|over|during|within)[ ](?:the[ ])?(?:(?:coming|recent|next|past|last)[ ])?{FEW}?[ ]?(?:hours|days|weeks|months|years)"
    rf"|{FEW}[ ](?:hours|days|weeks|months|years)[ ]ago|(?:days|weeks|months|years)[ ](?:ago|later)",
    re.I,
    keys=COUNTABLE,
)
def _vague(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(None, VAGUE)


@rule(rf"{NUMBER}[ ]{UNIT}[ ](?:earlier|later|before|after|afterwards|beforehand)", re.I, keys=COUNTABLE)
def _from_elsewhere(found: re.Match[str], context: Context) -> Meaning:
    return Meaning(None, ELSEWHERE)
