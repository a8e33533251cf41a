"""Noun phrases beside a cue verb, by closed word classes and capitals alone."""

from __future__ import annotations

from detente.language.flow import Flow
from detente.language.verbs import AUXILIARIES, DETERMINERS, CueAt

PREPOSITIONS = frozenset(["in", "on", "at", "of", "for", "from", "with", "by", "to", "after", "before", "during", "about", "over", "under", "against", "between", "into", "through", "amid", "among", "via", "despite", "following", "ahead", "since", "until", "towards", "toward", "outside", "inside", "near", "without", "within", "as", "like", "per", "speaking", "alongside"])  # fmt: skip
CONJUNCTIONS = frozenset(["that", "which", "because", "while", "when", "if", "although", "though", "but", "or", "than", "where", "why", "how", "whether", "so", "then", "unless", "meanwhile", "however", "whereas"])  # fmt: skip
TIMES = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow", "tonight", "morning", "afternoon", "evening", "night", "week", "month", "year", "last", "this", "next", "earlier", "later", "late", "early", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"])  # fmt: skip
PRONOUNS = frozenset(["he", "she", "they", "i", "we", "it", "who"])
_MARKS = frozenset(",;:–—()[]….?!\"“”•")
_LONGEST = 14  # items in a noun phrase: longer ones are clauses that were not cut


def subject(flow: Flow, cue: CueAt, earlier: tuple[int, int] | None) -> tuple[int, int] | None:
    """The items (first, last) of the noun phrase that is the verb's subject, or `None`.

    Args:
        flow: the sentence.
        cue: the verb.
        earlier: the subject of the cue before, which a verb after "and" or a participle shares.
    """
    at = cue.chain - 1
    if at < 0:
        return None
    before = flow[at].low
    if before == "," and not _participial(cue):
        return _before_apposition(flow, at) or earlier
    if before in {"and", "but", "then", "or", ",", "–", "—", "by", "while", "after", "before", "without", "in"}:
        return earlier or first_subject(flow, cue.chain)
    if before == ")":
        return _before_parenthesis(flow, at)
    return left(flow, at)


def _participial(cue: CueAt) -> bool:
    return "ing" in cue.form.inflection and cue.chain == cue.first


def _before_apposition(flow: Flow, comma: int) -> tuple[int, int] | None:
    """The subject of "X, a doctor, said": before the comma that opens the apposition."""
    for at in range(comma - 1, max(-1, comma - _LONGEST), -1):
        if flow[at].quoted:
            return None
        if flow[at].low == ",":
            return left(flow, at - 1)
    return None


def _before_parenthesis(flow: Flow, closing: int) -> tuple[int, int] | None:
    """The subject of "Ana Velkova (Liberal, Marland) said", with what the parenthesis tells of it."""
    for at in range(closing - 1, max(0, closing - _LONGEST), -1):
        if flow[at].low == "(":
            who = left(flow, at - 1)
            return (who[0], closing) if who else None
    return None


def left(flow: Flow, at: int) -> tuple[int, int] | None:
    """The noun phrase that ends at item `at`, collected leftwards."""
    if at < 0 or flow[at].quoted or flow[at].low in _MARKS:
        return None
    if flow[at].low in PRONOUNS:
        return at, at
    start = at + 1
    while start > 0 and at - start < _LONGEST and _belongs(flow, start - 1, at):
        start -= 1
    start = _strip(flow, start, at)
    return (start, at) if start <= at else None


def _belongs(flow: Flow, index: int, at: int) -> bool:
    item = flow[index]
    if item.quoted:
        return 0 < index < at and flow[index - 1].low in DETERMINERS
    if item.low in _MARKS or item.low == "with" or item.low in CONJUNCTIONS or item.low in AUXILIARIES - {"’s", "'s"} or item.low in PRONOUNS:
        return False
    if item.low == "and":
        return 0 < index < at and flow[index - 1].capital and (flow[index + 1].capital or flow[index + 1].low in DETERMINERS)
    return True


def _strip(flow: Flow, start: int, at: int) -> int:
    """Leave out what stands before the phrase: "In London", "On Friday", adverbs."""
    while start <= at:
        item = flow[start]
        if item.low in PREPOSITIONS:
            following = [k for k in range(start + 2, at + 1) if flow[k].low in DETERMINERS - {"’s", "'s"} or flow[k].low in PRONOUNS]
            capitals = [k for k in range(start + 1, at + 1) if flow[k].capital and flow[k].low not in TIMES]
            start = following[-1] if following else capitals[-1] if capitals else at + 1
        elif item.low in TIMES or (item.low.endswith("ly") and not item.capital) or item.low in {"and", "–", "-"}:
            start += 1
        else:
            return start
    return start


def first_subject(flow: Flow, before: int) -> tuple[int, int] | None:
    """The noun phrase with which the sentence's main clause begins, as far as capitals and determiners tell."""
    for index, item in enumerate(flow[:before]):
        if item.quoted:
            continue
        if item.low in PRONOUNS:
            return index, index
        if (item.low in DETERMINERS or item.capital) and item.low not in PREPOSITIONS and item.low not in TIMES and item.low not in CONJUNCTIONS:
            end = index
            while end + 1 < before and (flow[end + 1].capital or flow[end + 1].low in {"’s", "'s", "of"} or flow[end].low in DETERMINERS or flow[end].low == "of"):
                end += 1
            if end + 1 < before and flow[end + 1].low not in _MARKS:
                return index, end
    return None


def right(flow: Flow, at: int) -> tuple[int, int] | None:
    """The noun phrase that begins at item `at`: after an inverted verb, "by" or "according to"."""
    if at >= len(flow) or flow[at].quoted or flow[at].low in _MARKS:
        return None
    if flow[at].low in PRONOUNS:
        return at, at
    if not (flow[at].capital or flow[at].low in DETERMINERS or flow[at].low in {"one", "two", "several", "officials", "sources"}):
        return None
    end = at
    while end + 1 < len(flow) and end - at < _LONGEST and _continues(flow, end + 1):
        end += 1
    return at, end


def _continues(flow: Flow, index: int) -> bool:
    item = flow[index]
    if item.quoted or item.low in _MARKS or item.low in CONJUNCTIONS or item.low in AUXILIARIES - {"’s", "'s"}:
        return False
    if item.low in {"of", "for"}:
        return index + 1 < len(flow) and not flow[index + 1].quoted
    if item.low in PREPOSITIONS or item.low in TIMES or item.low in PRONOUNS or item.low == "and":
        return False
    return not (item.low.endswith("ing") and not item.capital)
