"""One pledge record from the places of an article that state it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from detente.language.analysis import Sentence, Span
from detente.reading import pledge_details as details
from detente.reading.page import Page
from detente.reading.phrases import lexicon
from detente.reading.pledge_parties import Parties, unique
from detente.reading.pledge_places import Place, is_coalition
from detente.records import Condition, Evidence, Factuality, Pledge, StageEntry, record_id

_RECOUPING = re.compile(
    r"(?:(?:hopes?|plans?|expects?|intends?|aims?|wants?|will|is|are|would|to be)\b[^.;:\n]{0,20}?\b)?"
    r"(?:recoup\w*|recover\w*|reclaim\w*|repay|repaid|fund|funded|financed?|meet|met|cover|covered)\b"
    r"(?: (?:the|its|this|that|these|those|their))?(?: (?:costs?|money|loans?|sum|bill|funds|expense|spending))?"
    r" (?:from|by|with|through|out of) (?P<source>[^.;:,\n]+)",
    re.IGNORECASE,
)
_ABOUT_MONEY = re.compile(r"\b(?:costs?|money|loans?|sum|bill|funds|expense|spending)\b", re.IGNORECASE)
_LOCATED = re.compile(r" (?:locked|held|frozen|kept|parked|sitting) (?:up )?(?:in|at|by) ")
_ORDER = ("floated", "announced", "committed", "allocated", "delivered", "suspended")
_POSSIBLE = frozenset({"would", "could", "may", "might"})


def record(page: Page, told: Sequence[Place]) -> Pledge:
    """The record of one pledge; where several places have a value, the one that says most gives it."""
    told = sorted(told, key=weight)
    first, sides = told[0], merged(told)
    amount = next((place.amount for place in told if place.amount), None)
    due = next((p.due for p in told if p.due and p.due.edtf), next((p.due for p in told if p.due), None))
    stages, stage_words = stages_of(page, told)
    conditions, condition_words = conditions_of(page, told)
    whole = next((part for place in told if (part := details.part_of(page, place.cue))), None)
    paid, paid_words = financing(page, told)
    words = page.evidence_of("words", sorted({*(place.span for place in told), *paid_words}))
    kind, unclear = details.pledge_type(
        first.cue, first.amount.amount if first.amount else None, first.sides.beneficiary
    )
    aid, mixed = details.aid_type(first.cue, kind)
    edtf = due.edtf if due else None
    test = details.delivery_test(first.cue, kind, amount, edtf, first.span.of(page.text))
    reasons = {
        "pledger": sides.reason, "type": unclear, "aid_type": mixed,
        "amount": "" if amount else "the words give no amount",
        "due": due.reason if due else "the words give no day",
        "financing": "" if paid else "the words do not say how it is paid for",
        "delivery_test": "" if test else "the words give no amount, no day and no deed that is done or not",
    }  # fmt: skip
    spans: dict[str, Iterable[Span | None]] = {
        "amount": [amount.span if amount else None], "due": [due.span if due else None], "stage": stage_words,
        "conditions": condition_words, "financing": [paid.span if paid else None], "part_of": [whole.span if whole else None],
    }  # fmt: skip
    return Pledge(
        id=record_id(page.article.id, "pledge", words, str(kind)), article=page.article.id,
        evidence=(*words, *supporting(page, spans)), origin=page.origin,
        reasons={field: reason for field, reason in reasons.items() if reason},
        according_to=page.authority(first.span), factuality=factuality(first), hearsay=hearsay(first),
        pledger=sides.pledger, made_by=sides.made_by, beneficiary=sides.beneficiary, type=kind, aid_type=aid,
        amount=amount.amount if amount else None, due=edtf, conditions=conditions,
        financing=paid.text if paid else None, testable=test is not None, delivery_test=test,
        stage=stages[-1].stage, stages=stages, outcome=next((o for p in told if (o := details.outcome(page, p.cue))), None), part_of=whole.text if whole else None,
    )  # fmt: skip


def weight(place: Place) -> tuple[bool, bool, int]:
    """Which place says most: one that binds a coalition, one with an amount, then the first."""
    return not is_coalition(place.sides.pledger), place.amount is None, place.span.start


def merged(told: Sequence[Place]) -> Parties:
    """The parties of all places together; where a coalition is bound, it and not its members."""
    first = told[0].sides
    bound = [place.sides.pledger for place in told] if not is_coalition(first.pledger) else [first.pledger]
    pledger = unique(ref for refs in bound for ref in refs)
    made_by = next((place.sides.made_by for place in told if place.sides.made_by), None)
    beneficiary = unique(ref for place in told for ref in place.sides.beneficiary)
    reason = next((place.sides.reason for place in told if place.sides.pledger), first.reason)
    return Parties(pledger, made_by, beneficiary, reason)


def supporting(page: Page, spans: dict[str, Iterable[Span | None]]) -> Iterable[Evidence]:
    """The evidence of the fields besides the words."""
    for field, found in spans.items():
        for span in dict.fromkeys(found):
            if span is not None:
                yield page.evidence(field, span)


def stages_of(page: Page, told: Sequence[Place]) -> tuple[tuple[StageEntry, ...], list[Span]]:
    """The stages that the places tell, each once and the furthest last, and the words that say so."""
    entries: dict[str, StageEntry] = {}
    spans = []
    for place in told:
        name, span = details.stage(page, place.cue, place.sentence)
        on = details.stated_on(page, place.cue)
        known = entries.get(name)
        if known is None or (known.date is None and on):
            entries[name] = StageEntry(stage=name, date=on.edtf if on else None, words=span.of(page.text))
        spans.append(span)
    return tuple(sorted(entries.values(), key=lambda entry: _ORDER.index(entry.stage))), sorted(spans)


def conditions_of(page: Page, told: Sequence[Place]) -> tuple[tuple[Condition, ...], list[Span]]:
    """What the pledge hangs on, each condition once, and the words."""
    found: dict[str, tuple[Condition, Span]] = {}
    for place in told:
        for condition, span in details.conditions(page, place.cue, place.sentence):
            found.setdefault(condition.text, (condition, span))
    return tuple(condition for condition, _ in found.values()), [span for _, span in found.values()]


def financing(page: Page, told: Sequence[Place]) -> tuple[details.Part | None, list[Span]]:
    """How it is paid for, and the words of a sentence that follows only to say so."""
    for place in told:
        if paid := details.financing(page, place.cue, place.type, place.sentence):
            return paid, []
    for place in told:
        if later := recouped(page, place):
            return later[0], [later[1]]
    return None, []


def recouped(page: Page, place: Place) -> tuple[details.Part, Span] | None:
    """The source in the next sentence from which the cost of a loan or grant comes, and the clause that says so."""
    if place.amount is None or place.type not in ("loan", "grant", "spend", "in_kind"):
        return None
    following = next_sentence(page, place.sentence)
    match = _RECOUPING.search(page.text, *following.span) if following else None
    if match is None or not _ABOUT_MONEY.search(page.text, match.start(), match.start("source")):
        return None
    source = _LOCATED.split(match["source"])[0].rstrip("’” ")
    span = Span(match.start("source"), match.start("source") + len(source))
    return details.Part(source, span), Span(match.start(), span.end)


def next_sentence(page: Page, sentence: Sentence) -> Sentence | None:
    """The sentence after another, or `None` at the end of the text."""
    at = page.analysis.sentences.index(sentence) + 1
    return page.analysis.sentences[at] if at < len(page.analysis.sentences) else None


def factuality(place: Place) -> Factuality:
    """A pledge is still to be kept by its nature: it is actual unless denied, or only possible."""
    if place.cue.negated and not place.cue.row["outcome"]:  # "failed to keep its promise" denies no promise
        return "negated"
    weighed = place.cue.row["shape"] == "ger" or place.cue.texts[place.cue.end - 2 : place.cue.end] == (
        "whether",
        "to",
    )
    considered = weighed and place.cue.row["stage"] == "floated"
    possible = place.cue.row["stage"] == "floated" and place.cue.texts[place.cue.at] in _POSSIBLE
    return "hypothetical" if considered or possible else "actual"


def hearsay(place: Place) -> bool:
    """Whether it is told at second hand ("is said to", "reportedly")."""
    return lexicon("hearsay").find(place.cue.texts, 0, max(1, place.cue.verb)) is not None
