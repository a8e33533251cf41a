"""A cue set into the middle of what was said: "The talks, she said, had failed", "the plan which she said would hold".

Either leaves the verb without a content of its own behind it: a finite verb follows whose subject stands before the
cue, or a clause whose adverbial does ("In the end, she said, they would sign").
"""

from __future__ import annotations

from detente.language.flow import Flow
from detente.language.frames import Items, clause_end
from detente.language.phrases import PREPOSITIONS, PRONOUNS, TIMES
from detente.language.verbs import BE, DETERMINERS, MODALS, CueAt

_FINITE = (BE - {"be", "been", "being"}) | MODALS | frozenset(["has", "have", "had", "did", "does", "do"])
_RELATIVES = frozenset(["which", "that", "who", "whom"])
_SUBORDINATORS = frozenset(["if", "even", "although", "though", "while", "when", "because", "since", "unless", "until", "once", "as"])
_DASHES = frozenset(["–", "—", "-"])
# Items between the verb and the mark that closes the aside: "he said on Friday in an interview with the Post,".
_REACH = 14


def around(flow: Flow, cue: CueAt, who: Items | None) -> tuple[Items, Items] | None:
    """What stands before and behind a cue set in commas or dashes, where a finite verb or a clause goes on behind it.

    Args:
        flow: the sentence.
        cue: the verb.
        who: its subject's items.
    """
    if who is None or who[0] < 2 or who[0] > cue.first or "that" not in cue.form.cue.frames:
        return None
    mark = flow[who[0] - 1].low
    if mark not in _DASHES | {","} or flow[who[0] - 1].quoted:
        return None
    closing = _closing(flow, cue.last + 1, _DASHES if mark in _DASHES else frozenset({","}))
    if closing is None:
        return None
    first = _clause_start(flow, who[0] - 2)
    end = clause_end(flow, closing + 1)
    if first > who[0] - 2 or end <= closing + 1:
        return None
    held = _holds_verb(flow[first : who[0] - 1]) and flow[first].low not in _SUBORDINATORS
    goes_on = flow[closing + 1].low in _FINITE or _begins_clause(flow[closing + 1 : end])
    return ((first, who[0] - 2), (closing + 1, end - 1)) if goes_on and not held else None


def _holds_verb(items: Flow) -> bool:
    return any(item.low in _FINITE for item in items if not item.quoted)


def _begins_clause(items: Flow) -> bool:
    """Whether a clause of its own begins: "If it fails, she said, | the talks will go on"."""
    first = items[0]
    if first.low in PRONOUNS - {"who"} or first.low == "there":
        return True
    return (first.low in DETERMINERS or first.capital) and _holds_verb(items)


def _closing(flow: Flow, at: int, marks: frozenset[str]) -> int | None:
    """The mark that closes the aside, behind adverbials at most."""
    if at < len(flow) and flow[at].low not in marks and flow[at].low not in PREPOSITIONS | TIMES and not flow[at].low.endswith("ly"):
        return None
    for index in range(at, min(len(flow), at + _REACH)):
        if flow[index].quoted or flow[index].low in {"that", ";", ":"}:
            return None
        if flow[index].low in marks:
            return index
    return None


def _clause_start(flow: Flow, at: int) -> int:
    """Where the clause that ends at item `at` begins: behind a conjunction with a comma, or the sentence's start."""
    for index in range(at, 0, -1):
        if flow[index].low in {";", ":", "–", "—"} and not flow[index].quoted:
            return index + 1
        if flow[index].low in {"and", "but", "so"} and flow[index - 1].low == ",":
            return index + 1
    return 0


def relative(flow: Flow, cue: CueAt, who: Items | None, limit: int) -> Items | None:
    """The rest of a relative clause that a cue interrupts: "(which Ana Velkova said | had failed)".

    Args:
        flow: the sentence.
        cue: the verb.
        who: its subject's items, whose first may be the relative word itself.
        limit: one past the last item that the content may reach.
    """
    at = cue.last + 1
    if who is None or at >= limit or flow[at].low not in _FINITE or "that" not in cue.form.cue.frames:
        return None
    if flow[who[0] - 1].low not in _RELATIVES:
        return None
    marks = {",", ")"} | _DASHES
    end = next((k for k in range(at + 1, limit) if not flow[k].quoted and (flow[k].low in marks or flow[k].low in _FINITE)), limit)
    return at, end - 1
