"""Where the content of a cue verb stands: what its frames ask for, over the items of a sentence.

Every function returns the first and last item of the content, or `None`.
"""

from __future__ import annotations

from detente.language.flow import Flow
from detente.language.phrases import PREPOSITIONS, PRONOUNS, TIMES
from detente.language.verbs import DETERMINERS, CueAt

Items = tuple[int, int]

_STARTS = PRONOUNS | DETERMINERS | frozenset(["there", "you", "us", "what", "if", "any", "all", "both", "most", "many", "people", "nobody", "everyone"])
_OBJECTS = frozenset(["him", "her", "them", "us", "me", "you", "it"])
_WH = frozenset(["whether", "if", "why", "how", "what", "when", "where", "who", "which"])
_VENUES = frozenset(["interview", "statement", "speech", "letter", "post", "tweet", "briefing", "podcast", "article", "column"])
_AUTHORING = frozenset(["write", "read", "publish", "sing", "post", "quote", "recite"])
# What a title leaves in small letters.
_SMALL = PREPOSITIONS | DETERMINERS | frozenset(["and", "or", "but"])
_CUTS = frozenset(["although", "though", "whereas"])


def clause_end(flow: Flow, start: int) -> int:
    """One past the last item of the clause that holds item `start`: the sentence's end, without its full stop."""
    end = len(flow)
    opened = 0
    for index in range(start, len(flow)):
        low = flow[index].low
        opened += (low == "(") - (low == ")")
        if opened < 0:
            end = index
            break
        if not flow[index].quoted and (low == ";" or (low == "," and index + 1 < len(flow) and flow[index + 1].low in _CUTS) or low == "amid"):
            end = index
            break
        if low == "in" and index > start + 1 and _venue(flow, index):
            end = index
            break
    while end > start and not flow[end - 1].quoted and flow[end - 1].low in {".", "!", "?", ",", "…", "–", "—"}:
        end -= 1
    return end


def _venue(flow: Flow, index: int) -> bool:
    """Whether "in an interview with …", "in a statement" begins here: where it was said, and no part of what was said."""
    return index + 2 < len(flow) and flow[index + 1].low in {"a", "an"} and flow[index + 2].low in _VENUES


def follows(flow: Flow, cue: CueAt) -> bool:
    """Whether something that can be a content comes right behind the verb."""
    return (
        framed(flow, cue, clause_end(flow, cue.last + 1)) is not None
        or quoted_after(flow, cue.last + 1, cue, set()) is not None
    )


def quoted_after(flow: Flow, after: int, cue: CueAt, used: set[int]) -> Items | None:
    """A quotation that stands alone behind the verb: at once, or behind a comma, a colon or adverbials."""
    at = after
    while at < len(flow) and not flow[at].quoted and at - after < 16:
        if flow[at].low in {";", ".", "!", "?", "that", "but"}:
            return None
        at += 1
    if at >= len(flow) or not flow[at].quoted or id(flow[at].quotation) in used:
        return None
    between = [item.low for item in flow[after:at]]
    if between and between[-1] not in {",", ":", "–", "—"} and not (set(between) <= TIMES | PREPOSITIONS):
        return None
    if between and between != [":"] and between != [","] and not flow[at].standing and between[-1] != ":":
        return None
    if not between and not flow[at].standing and at + 1 < len(flow) and flow[at + 1].low not in {".", ",", ";"}:
        return None  # the quotation begins a clause that goes on outside: a mixed content
    last = at
    while last + 1 < len(flow) and flow[last + 1].quoted:
        last += 1
    return at, last


def quoted_before(flow: Flow, cue: CueAt, who: Items | None, inverted: Items | None, used: set[int]) -> Items | None:
    """A quotation that ends right before the subject and the verb: "‘…,’ he said", "“…,” said Mr Smith"."""
    lead = min(cue.chain, who[0] if who and not inverted else cue.chain)
    at = lead - 1
    while at >= 0 and flow[at].low in {",", "–", "—"} and not flow[at].quoted:
        at -= 1
    if at < 0 or not flow[at].quoted or id(flow[at].quotation) in used:
        return None
    if not (flow[at].standing or at == 0 or flow[at].text.rstrip("”’\"'")[-1:] in ",.?!"):
        return None
    first = at
    while first > 0 and not flow[at].standing and not flow[first - 1].quoted:
        first -= 1
    return first, at


def title(flow: Flow, cue: CueAt, content: Items) -> bool:
    """Whether the verb's object is the title of a work: capitals throughout, no stop inside its marks."""
    item = flow[content[0]]
    names = [word for word in item.text.strip("“”‘’\"'").split() if word.lower() not in _SMALL]
    return (
        cue.form.cue.lemma in _AUTHORING and item.quoted and not item.standing
        and len(names) > 1 and all(word[:1].isupper() for word in names)
    )  # fmt: skip


def resumed(flow: Flow, after: int, used: set[int]) -> int | None:
    """The quotation that goes on behind the cue's clause: "‘…,’ he said on Friday, but ‘…’"."""
    for index in range(after, len(flow)):
        if flow[index].low in {";", ":"}:
            return None
        if flow[index].quoted:
            lead = index - 1 if flow[index - 1].low in {"and", "but", "or"} else index
            return index if lead > after - 1 and flow[lead - 1].low == "," and id(flow[index].quotation) not in used else None
    return None


def clause_before(flow: Flow, cue: CueAt, who: Items | None, inverted: Items | None) -> Items | None:
    """The clause before "…, she said" and "…, said Mr Smith"."""
    lead = who[0] if who and not inverted else cue.chain
    if lead < 3 or flow[lead - 1].low != "," or "that" not in cue.form.cue.frames or "ing" in cue.form.inflection:
        return None
    behind = (inverted[1] if inverted else cue.last) + 1
    if behind < len(flow) and flow[behind].low not in {".", ",", ";", "!"} | PREPOSITIONS | TIMES:
        return None
    return 0, lead - 2


def framed(flow: Flow, cue: CueAt, limit: int) -> Items | None:
    """What the verb's frames ask for, behind it."""
    at = cue.last + 1
    if at >= limit:
        return None
    kinds = cue.form.cue.frames
    low = flow[at].low
    if "as" in kinds and (found := _as(flow, at, limit)):
        return found
    if "as-bare" in kinds and (found := _called(flow, at, limit)):
        return found
    for preposition in ("of", "for", "on", "at", "against"):
        if preposition in kinds and (found := _preposition(flow, at, limit, preposition, len(kinds) > 1 or preposition != "of")):
            return found
    if "whom-to" in kinds and (found := _addressed(flow, at, limit, {"to", "not"})):
        return found
    if "whom-that" in kinds and (found := _addressed(flow, at, limit, {"that"}) or _told(flow, at, limit)):
        return found
    if "to" in kinds and (start := _infinitive(flow, at, limit)) is not None:
        return start, limit - 1
    if "that" in kinds and (found := _that(flow, at, limit)):
        return found
    if "wh" in kinds and low in _WH:
        return at, limit - 1
    if "np" in kinds and (low in DETERMINERS or flow[at].capital or flow[at].quoted or (flow[at].text.islower() and low not in PREPOSITIONS and low not in TIMES and low not in {"to", "and", "that"})):
        return (at, limit - 1) if limit - at > 1 or flow[at].quoted else None
    return None


def _that(flow: Flow, at: int, limit: int) -> Items | None:
    """ "that …" at once or behind adverbials, or a clause that begins with its subject."""
    if flow[at].low == "that":
        return (at, limit - 1) if at + 1 < limit else None
    start = _past_adverbials(flow, at, limit)
    if start < limit and flow[start].low == "that":
        return (start, limit - 1) if start + 1 < limit else None
    if start < limit and start > at and flow[start].low == ",":
        start += 1
    if start < limit and (flow[start].quoted or flow[start].low in _STARTS or flow[start].capital or (start == at and flow[start].low in PREPOSITIONS - {"to", "about", "of"} and any(i.quoted for i in flow[start:limit]))):
        return start, limit - 1
    if start == at and flow[at].text.islower() and flow[at].low not in PREPOSITIONS | {"and", "so", "nothing", "little", ",", "goodbye", "sorry", "no", "yes"} and limit - at > 3:
        return at, limit - 1
    return None


def _infinitive(flow: Flow, at: int, limit: int) -> int | None:
    """Where "to …" begins, at once or behind "this week", "on Friday"."""
    while at + 1 < limit and (flow[at].low in TIMES or flow[at].low == "on"):
        at += 1
    return at if flow[at].low == "to" and at + 1 < limit else None


def _past_adverbials(flow: Flow, at: int, limit: int) -> int:
    """Behind "on Friday", "last night", "in a statement", "to reporters": before "that", a comma or a pronoun."""
    start = at
    while start < limit and (flow[start].low in TIMES or (start == at and flow[start].low == "on")):
        start += 1
    if start < limit and flow[start].low in PREPOSITIONS and not flow[start].quoted:
        for index in range(start + 1, min(limit, start + 12)):
            if flow[index].quoted:
                break
            if flow[index].low in {"that", ","}:
                return index
    return start


def _addressed(flow: Flow, at: int, limit: int, openers: set[str]) -> Items | None:
    """An addressee, then "to …" or "that …": the content begins with the opener."""
    if flow[at].quoted or flow[at].low in openers | {",", ":"}:
        return None
    for index in range(at + 1, min(limit, at + 12)):
        low = flow[index].low
        if low in openers and not flow[index].quoted and index + 1 < limit:
            return index, limit - 1
        if low in {",", ":", ";"} or low in PRONOUNS or (low in _OBJECTS and index > at + 1):
            return None
    return None


def _told(flow: Flow, at: int, limit: int) -> Items | None:
    """An addressee, then a bare clause that begins with a pronoun or determiner: "told the gathering they must …"."""
    if flow[at].quoted or flow[at].low == "that":
        return None
    if flow[at].low in _OBJECTS and at + 1 < limit:
        return at + 1, limit - 1
    for index in range(at + 1, min(limit, at + 14)):
        low = flow[index].low
        if low in PRONOUNS or low == "there" or (low in {"his", "her", "their", "it"} and index > at + 1):
            return index, limit - 1
        if low in {",", ":", ";"}:
            return None
        if low in DETERMINERS - {"’s", "'s"} and flow[index - 1].low not in PREPOSITIONS and flow[index - 1].low != "and":
            return index, limit - 1
    return None


def _as(flow: Flow, at: int, limit: int) -> Items | None:
    """ "described the visit as …": from the object to the end, "as" included."""
    if flow[at].low == "as" and at + 1 < limit:
        return at + 1, limit - 1
    for index in range(at + 1, min(limit, at + 14)):
        if flow[index].low == "as" and not flow[index].quoted and index + 1 < limit:
            return at, limit - 1
    return None


def _preposition(flow: Flow, at: int, limit: int, preposition: str, anywhere: bool) -> Items | None:
    """ "accused him of …", "called for …": the preposition and what it governs."""
    reach = range(at, min(limit, at + (10 if preposition == "of" else 1)))
    for index in reach:
        if flow[index].low == preposition and not flow[index].quoted and index + 1 < limit and (index > at or anywhere):
            return index, limit - 1
        if flow[index].low in {",", ":", "that"}:
            return None
    return None


def _called(flow: Flow, at: int, limit: int) -> Items | None:
    """ "called him a …", "called the plan “…”": the object and what it is called."""
    for index in range(at, min(limit, at + 8)):
        if index > at and (flow[index].quoted or flow[index].low in {"a", "an"}):
            return at, limit - 1
        if flow[index].low in PREPOSITIONS | {",", ":", "and"}:
            return None
    return None
