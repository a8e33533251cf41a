"""Who said what, by rules over cue verbs and quotation marks: source, cue, content.

Each sentence is read as a flow of words and whole quotations, so that a quotation is never split and belongs to
one attribution only. A verb's content is, in this order: the quotation behind it, the quotation before it
("‘…,’ he said"), what its frame asks for (a clause, an infinitive, a phrase), the clause before it ("…, she said").
A quotation that stands alone continues the attribution before it in its paragraph; a paragraph that is one
quotation continues the speaker, as an attribution of its own without a source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from typing import NamedTuple

from detente.language import asides, frames
from detente.language.analysis import Attribution, Quotation, Span
from detente.language.flow import Flow, flows, part_in
from detente.language.frames import Items
from detente.language.labels import headline, listed, signed, turns
from detente.language.phrases import (
    CONJUNCTIONS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    first_subject,
    left,
    right,
    subject,
)
from detente.language.verbs import CueAt, cue_verbs

_AGREEMENT = frozenset(["adamant", "clear", "convinced", "confident", "certain", "hopeful", "optimistic", "unequivocal"])
_BE = frozenset(["is", "was", "are", "were", "remains", "remained"])
# Items at most between a subject and the colon before what it says.
_LONGEST_CUE = 9
_TURNS = frozenset(["but", "while"])


class _Draft(NamedTuple):
    """An attribution in the making: item indexes of its sentence turned into spans."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speech: bool = True
    quotes: bool = False


def attributions(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Attribution, ...]:
    """The attributions of a text, in the order of their contents.

    Args:
        text: the article's text.
        paragraphs: its paragraphs.
        quotations: its quotations; nested ones are passed over.
    """
    outer = [q for q in quotations if q.depth == 0]
    found: list[Attribution] = []
    position = 0
    spoken = turns(text, paragraphs)
    opening = {q.spans[0].start for q in outer}
    for number, paragraph in enumerate(paragraphs):
        if paragraph in spoken:
            found += [turn] if (turn := spoken[paragraph]) else []
            continue
        if paragraph.start in opening and number and _introduces(text, paragraphs[number - 1], spoken):
            continue  # it was read with the paragraph before
        following = paragraphs[number + 1 : number + 2]
        if following and following[0].start in opening and _introduces(text, paragraph, spoken):
            paragraph = Span(paragraph.start, following[0].end)
        while position < len(outer) and outer[position].spans[-1].end <= paragraph.start:
            position += 1
        behind = bisect_left(outer, paragraph.end, lo=position, key=lambda q: q.spans[0].start)
        here = [q for q in outer[position:behind] if part_in(q, paragraph)]
        if one := signed(text, paragraph, here):
            found.append(one)
            continue
        running = [q for q in here if q.spans[0].start < paragraph.start]
        told = _paragraph(flows(text, paragraph, here), [q for q in here if q not in running], running, bool(found))
        found += listed(text, paragraphs, number, told)
    found += headline(text, paragraphs, found)
    return tuple(sorted(found, key=lambda a: a.content[0]))


def _introduces(text: str, paragraph: Span, spoken: Container[Span]) -> bool:
    """Whether a paragraph ends with a colon: "Velkova said:" before the quotation with which the next one begins."""
    return text[paragraph.end - 1] == ":" and paragraph not in spoken


def _paragraph(sentences: list[Flow], new: list[Quotation], running: list[Quotation], spoken: bool) -> list[Attribution]:
    """The attributions of one paragraph.

    Args:
        sentences: its flows.
        new: the quotations that begin in it.
        running: those that run on from the paragraph before, and belong to its attribution.
        spoken: whether anybody has spoken in the article before.
    """
    drafts: list[_Draft] = []
    used = {id(q) for q in running}
    for number, flow in enumerate(sentences):
        drafts += _sentence(flow, used)
        for at, item in enumerate(flow):
            if item.quotation and id(item.quotation) not in used and item.standing:
                used.add(id(item.quotation))
                if own := _introduced(flow, at) or _followed(flow, at, drafts):
                    drafts.append(own)
                    continue
                drafts = _continued(drafts, item.quotation, sentences, number, flow[0] is item and number == 0 and spoken)
    return [
        Attribution(content=tuple(sorted(set(d.content))), cue=d.cue, source=d.source, speech=d.speech) for d in drafts if d.content
    ]


def _introduced(flow: Flow, at: int) -> _Draft | None:
    """Of "Ana Velkova had a short answer: “…”": whoever the clause before the colon is about."""
    quotation, colon = flow[at].quotation, at - 1
    if quotation is None or colon < 2 or flow[colon].low != ":":
        return None
    who = first_subject(flow, colon)
    if who is None or colon - who[1] > _LONGEST_CUE or not (flow[who[1]].capital or flow[who[0]].low in PRONOUNS - {"it", "who"}):
        return None
    words = range(who[1] + 1, colon)
    if not words or any(flow[k].quoted for k in words):
        return None
    return _Draft(quotation.spans, _span(flow, words[0], words[-1]), _span(flow, *who), quotes=True)


def _followed(flow: Flow, at: int, drafts: Sequence[_Draft]) -> _Draft | None:
    """Of "“…,” Ana Velkova deadpanned": a comma before the closing mark says that whoever spoke comes next."""
    quotation, first = flow[at].quotation, at + 1
    if quotation is None or at or flow[at].text.rstrip("”’»\"'")[-1:] != ",":
        return None
    end = next((k for k in range(first, len(flow)) if not flow[k].capital), len(flow))
    if end == first and end < len(flow) and flow[first].low in PRONOUNS:
        end += 1
    verb = flow[end] if first < end < len(flow) else None
    if verb is None or verb.quoted or not verb.text.isalpha() or verb.low in PREPOSITIONS | CONJUNCTIONS | TIMES | {"and"}:
        return None
    group = _span(flow, end, min(end + 2, len(flow) - 1))
    if any(draft.cue and draft.cue.meets(group) for draft in drafts):
        return None  # "“…,” she has said, “…”": it is told with the other half
    return _Draft(quotation.spans, verb.span, _span(flow, first, end - 1), quotes=True)


def _continued(drafts: list[_Draft], quotation: Quotation, sentences: list[Flow], number: int, opens: bool) -> list[_Draft]:
    """Give a quotation without a cue of its own to the attribution it continues."""
    if drafts:
        # Who has been quoted goes on, not whoever did or thought something in a clause behind.
        last = next((k for k in reversed(range(len(drafts))) if drafts[k].quotes), len(drafts) - 1)
        drafts[last] = drafts[last]._replace(content=drafts[last].content + quotation.spans, quotes=True)
        return drafts
    source = _named_before(sentences, number)
    if source or opens:
        return [_Draft(quotation.spans, None, source, quotes=True)]
    return []


def _named_before(sentences: list[Flow], number: int) -> Span | None:
    """The subject of the sentence before, in whose light a bare quotation is read."""
    if not number:
        return None
    flow = sentences[number - 1]
    if found := first_subject(flow, len(flow)):
        return _span(flow, *found)
    return None


def _span(flow: Flow, first: int, last: int) -> Span:
    return Span(flow[first].span.start, flow[last].span.end)


# ---------------------------------------------------------------- one sentence


def _sentence(flow: Flow, used: set[int]) -> list[_Draft]:
    cues = cue_verbs(flow)
    tails = [tail for cue in cues if not cue.passive and (tail := _tail(flow, cue)) is not None]
    drafts: list[_Draft] = []
    earlier: Items | None = None
    for number, cue in enumerate(cues):
        limit = _limit(flow, cue, cues[number + 1 :], tails)
        draft, who = _attribution(flow, cue, limit, earlier, used, cues[number + 1 :])
        if draft:
            drafts.append(draft)
            earlier = who or earlier
    return drafts + _adjectives(flow, drafts) + _according(flow, used)


def _limit(flow: Flow, cue: CueAt, later: list[CueAt], tails: list[int]) -> int:
    """One past the last item that the content may reach: a participle or second verb with its own content ends it.

    Args:
        flow: the sentence.
        cue: the verb.
        later: the cue verbs behind it.
        tails: where a clause that ends the sentence tells who said it (`_tail`).
    """
    for other in later:
        lead = other.chain
        if other.passive and other.chain == other.first and frames.follows(flow, other):
            return other.first
        participle = "ing" in other.form.inflection and lead == other.first
        before = flow[lead - 1].low if lead else ""
        if participle and before in {",", "–", "—", "after", "before", "while", "by"}:
            return lead - 2 if before in {"after", "before", "while", "by"} and flow[lead - 2].low == "," else lead - 1
        if not participle and before in {"and", "but"} and frames.follows(flow, other):
            return lead - 2 if flow[lead - 2].low == "," else lead - 1
        if participle and lead >= 2 and (opening := _with(flow, lead)):
            return opening
    end = frames.clause_end(flow, cue.last + 1)
    return next((tail for tail in tails if cue.last < tail < end), end)


def _tail(flow: Flow, cue: CueAt) -> int | None:
    """Where an earlier verb's content ends: at the comma of "…, the minister said." or "…, but the minister said that …"."""
    who = subject(flow, cue, None)
    if who is None:
        return None
    if frames.clause_before(flow, cue, who, None):
        return who[0] - 1
    turns = who[0] > 1 and flow[who[0] - 1].low in _TURNS and flow[who[0] - 2].low == ","
    return who[0] - 2 if turns and frames.follows(flow, cue) else None


def _with(flow: Flow, lead: int) -> int | None:
    """Where "with the minister urging …" begins, if the verb at `lead` has such a subject."""
    for index in range(lead - 1, max(-1, lead - 8), -1):
        if flow[index].quoted or flow[index].low in {",", ";"}:
            return None
        if flow[index].low == "with":
            return index - 1 if index and flow[index - 1].low == "," else index
    return None


def _attribution(
    flow: Flow, cue: CueAt, limit: int, earlier: Items | None, used: set[int], later: Sequence[CueAt]
) -> tuple[_Draft | None, Items | None]:
    """The attribution of one cue verb, and its subject's items."""
    if cue.passive:
        return _passive(flow, cue, used)
    who, inverted = _who(flow, cue, earlier)
    if who and flow[who[0]].low == "who" and who[0] and flow[who[0] - 1].low == ",":
        limit = next((k for k in range(cue.last + 1, limit) if flow[k].low == ","), limit)
    parts = _contents(flow, cue, who, inverted, limit, used, later)
    found = [_content_spans(flow, part, used) for part in parts]
    # Then even a verb of thought or deed tells of speech.
    quoted = any(quotes for _, quotes in found)
    if not parts or (who is None and not quoted):
        return None, None
    spans = tuple(span for part, _ in found for span in part)
    if who and any(span.holds(_span(flow, *who)) for span in spans):
        return None, None
    source = _span(flow, *who) if who else None
    return _Draft(spans, _span(flow, cue.first, cue.last), source, cue.form.cue.speech or quoted, quoted), who


def _who(flow: Flow, cue: CueAt, earlier: Items | None) -> tuple[Items | None, Items | None]:
    """A cue verb's subject, and the same once more where it stands behind the verb."""
    who = subject(flow, cue, earlier)
    quoted = flow[cue.chain - 1].quoted or (flow[cue.chain - 1].low == "," and cue.chain >= 2 and flow[cue.chain - 2].quoted)
    inverted = right(flow, cue.last + 1) if (who is None or quoted) and "ing" not in cue.form.inflection else None
    return inverted or who, inverted


def _contents(
    flow: Flow, cue: CueAt, who: Items | None, inverted: Items | None, limit: int, used: set[int], later: Sequence[CueAt]
) -> tuple[Items, ...]:
    """The parts of a cue verb's content, in the order in which the module's first lines look for it."""
    after = (inverted[1] if inverted else cue.last) + 1
    if not inverted and (split := asides.around(flow, cue, who)):
        return split
    if behind := frames.quoted_after(flow, after, cue, used):
        return () if frames.title(flow, cue, behind) else (behind,)
    if ahead := frames.quoted_before(flow, cue, who, inverted, used):
        more = None if later else frames.resumed(flow, after, used)
        return (ahead,) if more is None else (ahead, (more, more))
    framed = None if inverted else asides.relative(flow, cue, who, limit) or frames.framed(flow, cue, limit)
    whole = framed or frames.clause_before(flow, cue, who, inverted)
    return () if whole is None or frames.title(flow, cue, whole) else (whole,)


def _content_spans(flow: Flow, content: Items, used: set[int]) -> tuple[tuple[Span, ...], bool]:
    """The content's spans, a run of words plus the later paragraphs of a quotation that runs on; and whether it quotes."""
    first, last = content
    spans = [_span(flow, first, last)]
    quotes = False
    for item in flow[first : last + 1]:
        if item.quotation:
            quotes = True
            used.add(id(item.quotation))
            spans += [s for s in item.quotation.spans if s.start >= spans[0].end]
    return tuple(spans), quotes


def _passive(flow: Flow, cue: CueAt, used: set[int]) -> tuple[_Draft | None, tuple[int, int] | None]:
    """"…, described as ‘…’ by X": the agent is the source."""
    by = next((k for k in range(cue.last + 1, len(flow)) if flow[k].low == "by" and not flow[k].quoted), None)
    who = right(flow, by + 1) if by is not None else None
    start = cue.last + 2 if cue.last + 1 < len(flow) and flow[cue.last + 1].low in {"as", "that", "of"} else cue.last + 1
    if not who or by is None or start >= by:
        return None, None
    return _Draft(_content_spans(flow, (start, by - 1), used)[0], _span(flow, cue.first, cue.last), _span(flow, *who)), who


def _adjectives(flow: Flow, drafts: list[_Draft]) -> list[_Draft]:
    """"X is adamant (that) …"."""
    found = []
    for index in range(2, len(flow) - 1):
        if flow[index].low in _AGREEMENT and flow[index - 1].low in _BE and (flow[index + 1].low == "that" or flow[index + 1].low in {"there", "it", "he", "she", "they"}):
            who = left(flow, index - 2)
            end = frames.clause_end(flow, index + 1) - 1
            taken = any(s.meets(flow[index].span) for d in drafts for s in d.content)
            if who and end > index and not taken:
                found.append(_Draft((_span(flow, index + 1, end),), flow[index].span, _span(flow, *who)))
    return found


def _according(flow: Flow, used: set[int]) -> list[_Draft]:
    """"According to X, …" and "…, according to X"."""
    for index in range(len(flow) - 2):
        if flow[index].low != "according" or flow[index + 1].low != "to":
            continue
        who = right(flow, index + 2)
        if not who:
            return []
        cue = _span(flow, index, index + 1)
        if index == 0:
            start = next((k + 1 for k in range(who[1], len(flow)) if flow[k].low == ","), len(flow))
            end = frames.clause_end(flow, start)
        else:
            start, end = 0, index - 1 if flow[index - 1].low == "," else index
        if start < end:
            return [_Draft(_content_spans(flow, (start, end - 1), used)[0], cue, _span(flow, *who))]
    return []
