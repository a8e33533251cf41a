"""Where the cue verbs of a sentence stand, with their auxiliaries: told from nouns of the same form by what is around them."""

from __future__ import annotations

from typing import NamedTuple

from detente.language.cues import Form, cue_forms
from detente.language.flow import Flow

BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "’s", "'s", "am"])
MODALS = frozenset(["will", "would", "could", "should", "may", "might", "must", "can", "shall", "’ll", "'ll", "won’t", "wouldn’t"])
AUXILIARIES = BE | MODALS | frozenset(["has", "have", "had", "do", "does", "did", "not", "n’t", "never", "hasn’t", "haven’t", "hadn’t", "didn’t", "doesn’t", "don’t", "having"])
# Words between a subject and "to" + verb that say the saying is still to come, or is told at second hand.
LEADS = frozenset(["expected", "due", "set", "going", "likely", "said", "reported", "believed", "understood", "thought", "poised", "hoping", "hopes", "wants", "plans", "planning", "intends", "preparing", "prepared", "used", "continued", "continues", "able", "ready", "keen", "about"])  # fmt: skip
ADVERBS = frozenset(["also", "then", "later", "now", "again", "once", "still", "just", "only", "even", "repeatedly", "previously", "earlier", "already", "first", "both", "all", "himself", "herself", "themselves", "itself", "today", "yesterday"])  # fmt: skip
DETERMINERS = frozenset(["the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "that", "these", "those", "any", "no", "some", "every", "each", "another", "’s", "'s"])  # fmt: skip
# Forms that are as often nouns: as verbs they need a subject before and a content behind.
NOUNS = frozenset(["call", "calls", "claim", "claims", "demand", "demands", "report", "reports", "order", "orders", "comment", "comments", "request", "requests", "promise", "promises", "pledge", "pledges", "vow", "vows", "press", "post", "posts", "attack", "attacks", "offer", "offers", "state", "states", "appeal", "appeals", "estimate", "estimates", "back", "hope", "hopes", "note", "notes", "protest", "protests", "object", "objects", "counter", "read", "reads", "signal", "signals", "volunteer", "volunteers", "challenge", "challenges", "praise", "hail", "blame", "voice", "threats", "detail", "details", "outline", "brand", "label", "mock", "warning", "meeting", "joke", "jokes", "tweet", "tweets", "cry", "stress", "forecast", "threat", "reply", "response", "blast", "toast", "worry", "think", "said"])  # fmt: skip


class CueAt(NamedTuple):
    """A cue verb in a flow.

    Args:
        first: index of its first item.
        last: index of its last item (a particle's).
        form: what it is.
        chain: index of the first auxiliary or adverb before it, or `first`.
        passive: whether a form of "be" makes it passive.
    """

    first: int
    last: int
    form: Form
    chain: int
    passive: bool


def cue_verbs(flow: Flow) -> list[CueAt]:
    """The cue verbs of a sentence, outside its quotations, in order."""
    forms = cue_forms()
    found = []
    for index, item in enumerate(flow):
        if item.quoted:
            continue
        pair = f"{item.low} {flow[index + 1].low}" if index + 1 < len(flow) else ""
        form, last = (forms[pair], index + 1) if pair in forms else (forms.get(item.low), index)
        if form and (cue := _as_verb(flow, index, last, form)):
            found.append(cue)
    return found


def _as_verb(flow: Flow, first: int, last: int, form: Form) -> CueAt | None:
    chain = first
    while chain > 0 and _auxiliary(flow, chain - 1):
        chain -= 1
    before = [item.low for item in flow[chain:first]]
    while chain < first and flow[chain].low in ADVERBS and not any(w in AUXILIARIES for w in before):
        break
    previous = flow[first - 1].low if first else ""
    passive = "participle" in form.inflection and (
        _last_auxiliary(before) in BE if before else _reduced(flow, first, last, form)
    )
    if previous in DETERMINERS and previous not in {"that", "’s", "'s"}:
        return None
    if flow[first].text.isupper() and len(flow[first].text) > 3:
        return None
    ok = (
        _finite(flow, first, last, form, before)
        or ("ing" in form.inflection and _participle(flow, first, last, before))
    )
    return CueAt(first, last, form, chain, passive) if ok else None


def _reduced(flow: Flow, first: int, last: int, form: Form) -> bool:
    """Whether a participle without "be" is passive: "Asked if …", "a visit described as … by X", "terms proposed by X"."""
    following = flow[last + 1].low if last + 1 < len(flow) else ""
    if first == 0 or (first == 1 and flow[0].low in {"when", "once", "as", "while"}):
        return following not in {"the", "a", "an", ","} or "whom-to" in form.cue.frames
    return following == "by" or ("as" in form.cue.frames and following == "as")


def _auxiliary(flow: Flow, index: int) -> bool:
    item = flow[index]
    if item.quoted:
        return False
    if item.low in AUXILIARIES or item.low in ADVERBS or (item.low.endswith("ly") and len(item.low) > 4 and item.text.islower()):
        return True
    following = flow[index + 1].low if index + 1 < len(flow) else ""
    if item.low == "to":
        return index > 0 and flow[index - 1].low in LEADS
    return item.low in LEADS and following == "to"


def _last_auxiliary(before: list[str]) -> str:
    return next((w for w in reversed(before) if w in AUXILIARIES), "")


def _finite(flow: Flow, first: int, last: int, form: Form, before: list[str]) -> bool:
    kinds = form.inflection
    low = flow[first].low
    if {"past", "participle"} & kinds:
        return not (low in NOUNS and low != "said" and not _content_follows(flow, last))
    if "base" in kinds and (("to" in before and "to" in before[-1:]) or any(w in MODALS or w in {"do", "does", "did", "didn’t", "doesn’t"} for w in before)):
        return True
    if not {"base", "s"} & kinds or first == 0:
        return False
    if low in NOUNS:
        return flow[first - 1].low in {"he", "she", "they", "who", "we", "i"} or (
            _content_follows(flow, last) and "s" in kinds and flow[first - 1].capital
        )
    return "s" in kinds or flow[first - 1].low.endswith("s") or flow[first - 1].low in {"they", "we", "i", "who", "people"}


def _content_follows(flow: Flow, last: int) -> bool:
    """Whether "that", a quotation, a pronoun, "to" or "for" comes next."""
    if last + 1 >= len(flow):
        return False
    after = flow[last + 1]
    return after.quoted or after.low in DETERMINERS or after.low in {
        "that", "to", "for", "he", "she", "they", "it", "we", "there", "the", "him", "her", "them", ":", "as", "a", "on", ",",
    } or after.capital  # fmt: skip


def _participle(flow: Flow, first: int, last: int, before: list[str]) -> bool:
    if last + 1 >= len(flow) or flow[last + 1].low in {".", ","}:
        return bool(before) and _last_auxiliary(before) in BE
    if _last_auxiliary(before) in BE:
        return True
    previous = flow[first - 1].low if first else ""
    if previous in {",", "–", "—", "-", "by", "while", "after", "before", "without", "and", ""}:
        return flow[first].low not in {"calling", "reading"} or _content_follows(flow, last)
    # "with the PM urging them to": a noun phrase right before, and an addressee or clause behind
    return (flow[first - 1].capital or previous in {"counterpart", "leader", "minister", "president", "he", "she", "they"}) and _content_follows(flow, last)
