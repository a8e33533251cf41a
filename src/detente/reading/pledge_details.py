"""What is pledged: its type, amount, day, conditions, financing and stage, each from the words of the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple, get_args

from detente.language.analysis import Sentence, Span
from detente.reading.amounts import Found, find_amounts, write_amount
from detente.reading.conditions import condition_of
from detente.reading.currencies import is_money
from detente.reading.dates import FoundDate, find_dates
from detente.reading.numbers import SMALL, read_number
from detente.reading.page import Page
from detente.reading.phrases import forms
from detente.reading.pledge_cues import Cue
from detente.reading.pledge_sentence import Row, things_in
from detente.reading.verbs import verb_forms
from detente.records import (
    AidType,
    Amount,
    Condition,
    Outcome,
    PledgeType,
    Stage,
)

_AID_OF = frozenset({"loan", "grant", "in_kind", "troops", "spend"})
_EXCHANGE = re.compile(r"\bin (?:exchange|return) for\b", re.IGNORECASE)
_TO = re.compile(r"^to\s+", re.IGNORECASE)
_AIMED = re.compile(r"\bto $", re.IGNORECASE)
_FUTURE_DAY = re.compile(
    r"^(?:by|before|no later|not later|within|in|on|at|over|during|until|throughout|from|next|later|tomorrow|this)\b",
    re.IGNORECASE,
)

# The words up to the next mark, which is none within a number: "$1.1 billion", "4,200 prisoners".
_REST = r"(?:[^.;:\n]|(?<=\d)[.:](?=\d))+"
_PART = r"(?:[^.;:,\n]|(?<=\d)[.:,](?=\d))+"
_GERUND = (
    r"(?:slashing|cutting|raiding|trimming|diverting|reallocating|redirecting|using|drawing on|tapping|borrowing|raising|"
    r"selling|reducing|taxing)"
)
_FINANCED = re.compile(
    rf"(?:,\s+(?:(?:and )?(?:by|through) )?|\b(?:by|through)\s+)(?P<doing>{_GERUND}\b(?:{_REST})?)"
    rf"|\b(?:paid for|paid|repaid|funded|financed|backed|secured|covered)\s+(?:by|with|from|against|through|out of)\s+(?P<source>{_PART})"
    r"|\b(?:from|out of|through|using)\s+(?P<fund>[^.;:,\n]*?\b(?:assets|reserves|profits|proceeds|interest|bonds)\b(?:\s+(?:of|on|from)\s+[^.;:,\n]+)?)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:only if|but only if|if|as long as|so long as|provided(?: that)?|providing that|unless|only once|once|on condition that|"
    r"on the (?:condition|understanding|proviso) that|assuming that|in return for|in exchange for|contingent on|conditional on|"
    r"subject to|pending|in the event (?:of|that)|only (?:when|after|with)|(?P<time>when|until)|"
    rf"with(?=\s+(?:[\w-]+\s+){{0,3}}(?:mandate|approval|backing|consent)\b))\s+(?P<text>{_REST})",
    re.IGNORECASE,
)
_CONDITION_ENDS = re.compile(r",\s|[’”]\s|\s(?:said|says)\s|[’”]?$")
_PART_OF = re.compile(
    r"\b(?:an?|the)?\s*(?:path|road ?map|route|pathway|step) (?:to|towards?) [^.;:,\n]+"
    r"|\bfirst (?:tranche|instal?lment|batch|part|phase) of [^.;:,\n]+"
    r"|\b(?:as )?part of (?:an?|the|its|their|his|her) (?:[^\s.;,]+ ){0,5}?(?:package|pledge|fund|programme|program|plan|loan|commitment|total|scheme)\b[^.;:,\n]*",
    re.IGNORECASE,
)
_NUMBER = rf"(?:\d[\d,]*|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
_SHARE = re.compile(
    rf"\b(?:(?:the|its|a|an|another|first|last|next|further|remaining) )*(?P<part>{_NUMBER})"
    rf" of (?:the|its|their|those|these)(?: \w+)?? (?P<whole>{_NUMBER}) (?:[a-z]+\b)",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r",\s+(?:an?|the)\s+(?:offer|promise|pledge|commitment|undertaking|vow)\s+(?:(?:it|he|she|they|that|which|has|was|had|been|since|later"
    r"|soon|quickly|promptly|never|not|then)\s+)*?(?:(?P<broken>broken|never kept|not kept|unkept|breached|betrayed|unfulfilled|forgotten)"
    r"|(?P<withdrawn>withdrawn|withdrew|retracted|rescinded|dropped|scrapped|cancelled)|(?P<kept>kept|honoured|honored|fulfilled))\b",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(
    r"\b(?:put on (?:ice|hold)|suspended|paused|shelved|frozen|on hold|on ice|mothballed)\b", re.IGNORECASE
)
_SUSPENDING = re.compile(
    r"\b(?:suspend|suspends|suspended|froze|freezes|paused?|pauses|shelved?|put on hold)\s+(?:(?:its|the|his|her|their|a|an)\s+)?[^.,;]{0,30}$",
    re.IGNORECASE,
)
_BE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:now |since |also )?$", re.IGNORECASE)
_DELIVERED = {
    "spend": "spent", "grant": "paid", "loan": "paid out", "in_kind": "delivered", "troops": "deployed",
}  # fmt: skip


class Part(NamedTuple):
    """Words of a pledge's sentence, and where they stand."""

    text: str
    span: Span


# ---------------------------------------------------------------- type


def pledge_type(
    cue: Cue, amount: Amount | None, beneficiary: Sequence[object]
) -> tuple[PledgeType | None, str]:
    """What kind of commitment it is, and where that cannot be told, the reason."""
    base, named = cue.act["type"], [row for _, row in things_of(cue)]
    types = [row["type"] for row in named if row["type"]]
    if base == "exchange" or _EXCHANGE.search(" ".join(cue.texts[cue.start : cue.stop])):
        return "exchange", ""
    if base in ("policy", "guarantee", "troops", "diplomatic", "loan", "exchange"):
        return as_type(base)
    for special in ("loan", "grant"):
        if special in types[:3]:
            return as_type(special)
    money = amount is not None and (is_money(amount.unit) or amount.unit == "PCT_GDP")
    if base == "spend":
        return as_type(
            types[0] if types and types[0] in ("policy", "troops", "guarantee") and not money else "spend"
        )
    if money:
        return as_type("grant" if beneficiary else "spend")
    if types:
        return as_type(types[0])
    return as_type(base)


def as_type(name: str) -> tuple[PledgeType | None, str]:
    """A table's type as a category."""
    known: tuple[PledgeType, ...] = get_args(PledgeType)
    found = next((kind for kind in known if kind == name), None)
    return found, "" if found else "the words do not say what kind of commitment it is"


def things_of(cue: Cue) -> list[tuple[int, Row]]:
    """The things that the clause names as its object."""
    return things_in(cue.texts, cue.body, cue.stop)


def aid_type(cue: Cue, kind: PledgeType | None) -> tuple[AidType | None, str]:
    """What the help is for, where the words name one purpose."""
    named = {row["aid"] for _, row in things_of(cue)} - {"", "financial"}
    if kind not in _AID_OF:
        return None, ""
    if len(named) > 1:
        return None, "the words name more than one purpose: " + ", ".join(sorted(named))
    known: tuple[AidType, ...] = get_args(AidType)
    return next((aid for aid in known if aid in named), None), "" if named else "the words name no purpose"


# ---------------------------------------------------------------- amount and day


def amount(page: Page, cue: Cue) -> Found | None:
    """The amount pledged: money or a share; a count only where it is what is to be given."""
    span = cue.span
    found = find_amounts(page.text, span.start, span.end)
    sums = [one for one in found if is_money(one.amount.unit) or one.amount.unit in ("PCT", "PCT_GDP")]
    aimed = [one for one in sums if _AIMED.search(page.text[span.start : one.span.start])]
    if sums:
        return (aimed or sums)[0]
    return next((one for one in found if counts(cue, one)), None)


def counts(cue: Cue, found: Found) -> bool:
    """Whether a count is of the things promised: the object of the verb, and a thing of the table."""
    first = next(
        (place for place in range(cue.start, cue.stop) if cue.words[place].start >= found.span.start),
        cue.stop,
    )
    last = next(
        (place for place in range(first, cue.stop) if cue.words[place].start >= found.span.end), cue.stop
    )
    at_once = first in (cue.verb + 1, cue.end)  # "send 400 engineers": the verb's own object, whatever it is
    return first - cue.verb <= 5 and (at_once or bool(things_in(cue.texts, first, last)))


def due(page: Page, cue: Cue) -> FoundDate | None:
    """The day by which, or the time in which, it is to be done; `None` where the clause names none to come."""
    published = published_on(page)
    span = cue.span
    after = cue.words[min(cue.verb, len(cue.words) - 1)].start
    found = find_dates(page.text, published, span.start, span.end, direction="future")
    found = tuple(one for one in found if one.span.start >= after and _FUTURE_DAY.match(one.surface))
    bounds = [one for one in found if one.edtf and one.edtf.startswith("../")]
    if past(cue):  # "signed on Saturday": the day on which it was signed
        return next(iter(bounds), None)
    return next(iter([*bounds, *(one for one in found if to_come(one, published))]), None)


def past(cue: Cue) -> bool:
    """Whether the cue is a verb in the past whose object is a thing: a day beside it tells when that was done."""
    return (
        cue.row["shape"] in ("obj", "noun")
        and cue.row["pattern"].startswith("~")
        and cue.texts[cue.at].endswith("ed")
    )


def to_come(found: FoundDate, published: date | None) -> bool:
    """Whether a time is not yet past on the article's day."""
    if found.edtf is None or published is None:
        return found.edtf is None or published is None
    last = found.edtf.split("/")[-1]
    return last == ".." or last[:10].ljust(10, "9") >= published.isoformat()[: len(last)]


def published_on(page: Page) -> date | None:
    """The article's date."""
    return date.fromisoformat(page.article.published[:10]) if page.article.published else None


def stated_on(page: Page, cue: Cue) -> FoundDate | None:
    """When it was said or signed: a day that stands between the cue and what is pledged, or before the cue."""
    sentence = cue.words[0].start
    first = cue.words[cue.verb].start
    found = find_dates(page.text, published_on(page), sentence, first)
    return next((one for one in found if one.edtf), None)


# ---------------------------------------------------------------- stage


def stage(page: Page, cue: Cue, sentence: Sentence) -> tuple[Stage, Span]:
    """The stage that the words say was reached, and the words that say so."""
    first = cue.words[cue.at]
    after = _SUSPENDED.search(page.text, cue.span.start, sentence.span.end)
    while after and not predicated(page, cue, after):
        after = _SUSPENDED.search(page.text, after.end(), sentence.span.end)
    before = _SUSPENDING.search(page.text, sentence.span.start, first.start)
    if after and cue.row["shape"] != "fin":
        return "suspended", Span(*after.span())
    if before:
        return "suspended", Span(before.start(), first.end)
    known: tuple[Stage, ...] = get_args(Stage)
    return next(one for one in known if one == cue.row["stage"]), Span(
        first.start, cue.words[cue.end - 1].end
    )


def predicated(page: Page, cue: Cue, found: re.Match[str]) -> bool:
    """Whether "frozen" is said of the pledge and does not describe a noun ("frozen assets")."""
    if cue.span.end == found.end() or found[0].lower().startswith("put"):
        return True
    return _BE.search(page.text, cue.span.start, found.start()) is not None


def outcome(page: Page, cue: Cue) -> Outcome | None:
    """What became of it, where the cue says so ("broke its promise to", "delivered 18 of the 30 tanks it promised")."""
    if cue.row["stage"] == "delivered" and share_of(page, cue):
        return "part_kept"
    known: tuple[Outcome, ...] = get_args(Outcome)
    told = next((one for one in known if one == (cue.row["outcome"] or apposed_outcome(page, cue))), None)
    if cue.negated:  # "failed to keep"; a promise not broken may still be open
        return "broken" if told == "kept" else None
    return told


def apposed_outcome(page: Page, cue: Cue) -> str:
    """What became of it as a noun behind a comma says: "offered to pay, an offer later withdrawn"; empty where none does."""
    found = _APPOSED.search(page.text, cue.words[min(cue.verb, len(cue.words) - 1)].end, cue.words[-1].end)
    return next((name for name, told in (found.groupdict() if found else {}).items() if told), "")


def share_of(page: Page, cue: Cue) -> Part | None:
    """The words that make what is pledged some of a larger number: "the first 10 of the 40 tanks"."""
    for match in _SHARE.finditer(page.text, *cue.span):
        part = read_number(page.text, match.start("part"), match.end("part"))
        whole = read_number(page.text, match.start("whole"), match.end("whole"))
        if part and whole and part.value and whole.value and part.value < whole.value:
            return Part(match[0], Span(*match.span()))
    return None


# ---------------------------------------------------------------- conditions, financing, the whole


def conditions(page: Page, cue: Cue, sentence: Sentence) -> list[tuple[Condition, Span]]:
    """What the pledge hangs on, in the words of its sentence."""
    found, at = [], sentence.span.start
    while match := _CONDITION.search(page.text, at, sentence.span.end):
        told = condition_at(page, cue, match)
        at = told[1].end if told else match.start("text")
        if told:
            found.append(told)
    return found


def condition_at(page: Page, cue: Cue, match: re.Match[str]) -> tuple[Condition, Span] | None:
    """The condition that an opening word states, or `None`; "unless" and "until" turn its sense, and stay with it."""
    if (_EXCHANGE.match(match.group()) and cue.act["type"] == "exchange") or is_time(page, cue, match):
        return None
    ends = _CONDITION_ENDS.search(page.text, match.start("text"), match.end("text"))
    end = ends.start() if ends else match.end("text")
    start = match.start() if match.group().lower().startswith(("unless", "until")) else match.start("text")
    text = page.text[start:end].rstrip()
    if (
        " " not in page.text[match.start("text") : end].rstrip()
    ):  # "if anything", "if necessary" are no conditions
        return None
    span = Span(match.start(), start + len(text))
    inside = [word for word in cue.words if span.holds((word.start, word.end))]
    return condition_of(inside, text), span


def is_time(page: Page, cue: Cue, match: re.Match[str]) -> bool:
    """Whether "when" or "until" only tells a time: before the pledge, of what is past, or how long it is kept."""
    if not match["time"]:
        return False
    if match.start() < cue.words[cue.verb].start or find_dates(
        page.text, None, match.start(), match.start("text") + 12
    ):
        return True
    following = [word for word in cue.words if word.start >= match.start("text")][:8]
    past = any("past" in verb_forms().get(word.text, ()) and word.text.endswith("ed") for word in following)
    return past or (match["time"].lower() == "until" and not cue.negated)


def financing(page: Page, cue: Cue, kind: PledgeType | None, sentence: Sentence) -> Part | None:
    """How it is paid for: "slashing the aid budget", "funded by", "from frozen assets"."""
    for match in _FINANCED.finditer(page.text, cue.span.start, sentence.span.end):
        group = str(match.lastgroup)
        if group == "fund" and kind not in ("loan", "grant", "spend", "in_kind"):
            continue
        text = match[group].rstrip("’” ")
        return Part(text, Span(match.start(group), match.start(group) + len(text)))
    return None


def part_of(page: Page, cue: Cue) -> Part | None:
    """The larger pledge that this is a part of: "a path to 3 per cent", "the first tranche of"."""
    opening = _PART_OF.match(page.text, cue.words[0].start, cue.span.start)
    if opening:  # "As part of a £200m package, …"
        return Part(opening[0], Span(*opening.span()))
    if share := share_of(page, cue):
        return share
    match = _PART_OF.search(page.text, cue.span.start, min(len(page.text), cue.span.end + 80))
    if match is None or (
        page.text[cue.span.end : match.start()].strip() and match.start() > cue.span.end + 4
    ):
        return None
    text = match[0].strip()
    at = page.text.index(text, match.start())
    return Part(text, Span(at, at + len(text)))


def delivery_test(
    cue: Cue, kind: PledgeType | None, found: Found | None, due: str | None, words: str
) -> str | None:
    """What would have to be seen for the pledge to be kept.

    Returns:
        `None` without an amount, a day or a deed ("ratify", "release") to look for.
    """
    amount = found.amount if found else None
    if found is None and due is None and (cue.negated or cue.act.get("deed") != "yes"):
        return None
    kept = _DELIVERED.get(kind or "") or (done(cue) if found and is_object(cue, found) else "")
    what = f"{write_amount(amount)} {kept}" if amount and kept else f"“{_TO.sub('', words)}”: done"
    return f"{what} {until(due)}".strip()


def is_object(cue: Cue, found: Found) -> bool:
    """Whether a count is the verb's own object: "return 200 prisoners", and not "halve its army to 200 soldiers"."""
    following = cue.words[cue.verb + 1 : cue.verb + 2]
    return (
        found.amount.unit.startswith("count:") and bool(following) and found.span.start <= following[0].start
    )


def done(cue: Cue) -> str:
    """The participle of what is to be done: "returned"; empty where the cue has no verb of doing."""
    verbs = cue.act["pattern"].split()[0][1:].split("|") if cue.act["pattern"].startswith("~") else []
    return next((forms(verb).participle for verb in verbs if cue.texts[cue.verb] in forms(verb)), "")


@cache
def until(edtf: str | None) -> str:
    """A due date in words: "by 2027-12-31", "in 2027"."""
    if edtf is None:
        return ""
    if edtf.startswith("../"):
        return f"by {edtf[3:]}"
    return f"in {edtf}" if "/" not in edtf else f"between {edtf.replace('/', ' and ')}"
