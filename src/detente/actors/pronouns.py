"""Who "he", "she", "his", "her" and a quoted "I" are.

A pronoun takes the person of its gender in whose light the sentence stands: subjects and speakers before objects,
the nearest sentence first, what is said inside quotations only for pronouns inside them. Where two fit equally
well it stays unknown, with both named.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from detente.actors.cast import Mention
from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.language.analysis import Analysis, Attribution, Span
from detente.records import ActorRef

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
POSSESSIVE = frozenset({"his", "her", "my"})
_PRONOUN = re.compile(r"\b(?:" + "|".join(sorted(GENDERS)) + r"|I(?!\.)|me|my|mine|myself)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"[A-Z]{2,}")
_COUNTERPART = re.compile(r"(?P<whose>his|her)\s+(?P<people>[A-Z][\w-]+)\s+counterpart\b")
# "Asked about X, he said …": he is not X.
_QUESTION = re.compile(r"(?:When )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed|[Cc]hallenged)\b")
# Before a name that is no subject.
_OBJECT = re.compile(r"\b(?:of|like|than|to|with|for|from|by|at|on|against|between|about|after|over|towards?|told|urged|met|accus\w+)\s+(?:[\w’'.]+\s){0,2}$")
# Between two who are named together: neither of them leads.
_AND = re.compile(r",? and |, ")
# Between the head of a source phrase and a name that is not the speaker's: "a spokesman for …".
_GOVERNS = re.compile(r"\b(?:of|for|from|to|by|with|near|close to|on behalf of)\s")
# Before a name: "Secretary of State Ivo Stan".
_TITLE = re.compile(r"\b[A-Z][\w-]*[a-rt-z] of (?:the )?(?:[A-Z][\w-]+ )+$")
# Behind a name that only says which or whose: "Union spokesman Ivo Stan".
_MODIFIES = re.compile(r"[ \xa0](?!and\b|or\b|of\b|in\b|at\b|for\b|from\b|who\b|with\b)[a-z]")
# Begins the id of somebody whose name could be several people's: who takes a pronoun, and leaves it unknown.
UNTOLD = "?"
_REACH = 16  # sentences back, quoted ones included
_ASKED = 2.5  # as a speaker of the sentence before
_MARGIN = 0.75  # by how much the best must lead
# The same, where the gender of the best is not known and that of the next fits: in the sentence of both, and in a later one.
_UNSURE = (4.5, 2.0)
_LIT, _LEAD = 0.5, 1.0  # for a description: the least for the best, and by how much it must lead
_SPOKEN_OF = -4.0  # as a speaker of words that name the same person


class Candidate(NamedTuple):
    """A mention of a person: where, who, and the gender if known."""

    span: Span
    actor: ActorRef
    gender: str | None


# Of somebody in a source phrase: who speaks, or only whose or what the speaker is.
_Role = Literal["source", "governed", "outside"]


class _Scored(NamedTuple):
    score: float
    actor: ActorRef
    where: int  # the sentence


class Epithet(NamedTuple):
    """A description that several people may fit: "the businessman", of whom nothing in the article says who it is.

    Args:
        span: its words.
        among: ids of those whom it may mean.
        gender: "f" or "m" where the noun tells it.
    """

    span: Span
    among: frozenset[str]
    gender: str | None


def pronoun_mentions(
    analysis: Analysis,
    people: Sequence[Candidate],
    namesakes: Mapping[str, Sequence[Candidate]],
    epithets: Sequence[Epithet],
    registry: Registry,
    on: date,
) -> Iterator[Mention]:
    """The pronouns of an article, each with the person it stands for, or the reason why that cannot be told.

    Args:
        analysis: the article's analysis.
        people: the mentions of people by name and title, in order.
        namesakes: by the id of a name that could be several people's, those people.
        epithets: descriptions that may mean one of them, in order.
        registry: for "his Ukrainian counterpart".
        on: the article's day.
    """
    reader = _Pronouns(analysis, list(people), namesakes)
    text = analysis.text
    # Capitals are those of a heading, which stands in nobody's light: "WHAT SHE SAID".
    words = (match for match in _PRONOUN.finditer(text) if match.group() != "i" and not _SHOUTED.fullmatch(match.group()))
    # Without case "ı" is an "i" and "ſ" an "s", and yet no pronoun of English.
    spans = [Span(*match.span()) for match in words if match.group().isascii()]
    # Who says a quotation comes before who is meant in it: nobody speaks of themselves as "he".
    described = {epithet.span: epithet for epithet in epithets}
    for span in sorted([*spans, *described], key=lambda span: (reader.inside(span) is not None, span)):
        word = span.of(text).lower()
        if span in described:
            mention = reader.epithet(described[span])
        else:
            mention = reader.first(span, word) if word in FIRST else reader.third(span, word)
        if mention:
            yield mention
    for match in _COUNTERPART.finditer(text):
        if found := _counterpart(reader, Span(*match.span()), match, registry, on):
            yield found


class _Pronouns:
    def __init__(self, analysis: Analysis, people: list[Candidate], namesakes: Mapping[str, Sequence[Candidate]]) -> None:
        self.analysis = analysis
        self.people = people
        self.namesakes = namesakes
        self.sentence_starts = [s.span.start for s in analysis.sentences]
        self.quoted = sorted(span for q in analysis.quotations if q.depth == 0 for span in q.spans)
        self.source_spans = sorted(a.source for a in analysis.attributions if a.source and a.speech)
        self.saying = {a.source.start: a for a in analysis.attributions if a.source}
        self.speaking = self._speaking()
        self.roles: dict[Span, _Role] = {}
        self.genders = {c.actor.id: c.gender for c in people}
        self.distance = self._distances()
        self.leads = self._leads()
        self.known: list[Candidate] = []  # pronouns told so far, in order

    def _distances(self) -> list[int]:
        """For each sentence, how many before it stand outside quotations: what is quoted does not move the light on."""
        count, distances = 0, []
        for sentence in self.analysis.sentences:
            count += self.inside(Span(sentence.span.start, sentence.span.start + 1)) is None
            distances.append(count)
        return distances

    def _leads(self) -> dict[int, list[Candidate]]:
        """For each sentence with people in it, the first mentions of the first two of them."""
        leads: dict[int, list[Candidate]] = {}
        for candidate in self.people:
            first = leads.setdefault(self.sentence(candidate.span.start), [])
            if self._role(candidate) == "governed":
                continue
            if len(first) < 2 and all(c.actor != candidate.actor for c in first):
                first.append(candidate)
        return leads

    def _speaking(self) -> dict[Span, Attribution]:
        """The attribution to which each quoted part belongs."""
        owners: dict[Span, Attribution] = {}
        for attribution in self.analysis.attributions:
            for part in attribution.content:
                at = max(0, bisect_right(self.quoted, (part.start, part.start)) - 1)
                while at < len(self.quoted) and self.quoted[at].start < part.end:
                    if self.quoted[at].meets(part):
                        owners.setdefault(self.quoted[at], attribution)
                    at += 1
        return owners

    def sentence(self, offset: int) -> int:
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    def inside(self, span: Span) -> Span | None:
        at = bisect_right(self.quoted, span) - 1
        return self.quoted[at] if at >= 0 and self.quoted[at].holds(span) else None

    def first(self, span: Span, word: str) -> Mention | None:
        """A quoted "I": whoever the quotation is attributed to."""
        quotation = self.inside(span)
        if quotation is None:
            return None
        speaker = self._speaker(quotation)
        if speaker is None or speaker.id.startswith(UNTOLD):
            return None
        reason = f"{word!r} in the words of {speaker.name}"
        return Mention(span=span, actor=speaker, kind="pronoun", reason=reason, possessive=word in POSSESSIVE)

    def told(self, start: int) -> ActorRef | None:
        """Whom the pronoun that begins at `start` was found to stand for."""
        at = _from(self.known, start)
        return self.known[at].actor if at < len(self.known) and self.known[at].span.start == start else None

    def third(self, span: Span, word: str) -> Mention:
        scored = self._score(span, GENDERS[word], word)
        whose = word in POSSESSIVE and not (word == "her" and not self._noun_follows(span))
        if not scored:
            return Mention(span=span, actor=None, kind="pronoun", reason=f"nobody before {word!r} fits", possessive=whose)
        best = scored[0]
        rivals = [s for s in scored[1:] if best.score - s.score < self._margin(best, s, self.sentence(span.start))]
        if rivals:
            names = " or ".join(s.actor.name for s in [best, *rivals])
            return Mention(span=span, actor=None, kind="pronoun", reason=f"{word!r} could be {names}", possessive=whose)
        fitting = [c.actor for c in self.namesakes.get(best.actor.id, ()) if c.gender == GENDERS[word]]
        if len(fitting) == 1:
            best = best._replace(actor=fitting[0])
        insort(self.known, Candidate(span, best.actor, self.genders.get(best.actor.id)), key=lambda c: c.span)
        if best.actor.id.startswith(UNTOLD):
            reason = f"{word!r} after {best.actor.name!r}, who could be several people"
            return Mention(span=span, actor=None, kind="pronoun", reason=reason, possessive=whose)
        reason = f"{word!r} after {best.actor.name}, the last person it fits"
        return Mention(span=span, actor=best.actor, kind="pronoun", reason=reason, possessive=whose)

    def epithet(self, epithet: Epithet) -> Mention | None:
        """A description of a speaker, where one person alone stands in the light, and the words do not speak against it."""
        span, here = epithet.span, self.sentence(epithet.span.start)
        if self.inside(span) or span.start not in self.saying:
            return None
        scored = self._score(span, epithet.gender, "")
        best = scored[0] if scored else None
        if best is None or best.actor.id not in epithet.among or best.actor.id.startswith(UNTOLD):
            return None
        near = self.distance[here] - self.distance[best.where] <= 1
        if not near or best.score < _LIT or any(best.score - s.score < _LEAD for s in scored[1:] if s.actor.id in epithet.among):
            return None
        insort(self.known, Candidate(span, best.actor, self.genders.get(best.actor.id)), key=lambda c: c.span)
        reason = f"‘{span.of(self.analysis.text)}’ after {best.actor.name}, in whose light it stands"
        return Mention(span=span, actor=best.actor, kind="description", reason=reason)

    def _margin(self, best: _Scored, rival: _Scored, here: int) -> float:
        """By how much the best must lead another: by more where only of the other the gender is known, and it stands as near."""
        told = best.actor.id in self.namesakes or self.genders.get(best.actor.id) is not None
        if told or self.genders.get(rival.actor.id) is None or rival.where < best.where:
            return _MARGIN
        return _UNSURE[best.where < here]

    def _noun_follows(self, span: Span) -> bool:
        after = self.analysis.text[span.end : span.end + 20]
        return bool(re.match(r"\s+(?!to\b|that\b|and\b|for\b|in\b|on\b|the\b|a\b|as\b|by\b|with\b)[\w‘“]", after))

    def _speaker(self, quotation: Span) -> ActorRef | None:
        """Whoever the quotation is attributed to; without a source of its own, whoever spoke last before it."""
        attribution = self.speaking.get(quotation)
        if attribution is None:
            return None
        if attribution.source:
            return self._at(attribution.source)
        start = attribution.content[0].start
        last = bisect_right(self.source_spans, (start, start)) - 1
        return self._at(self.source_spans[last]) if last >= 0 else None

    def _at(self, source: Span) -> ActorRef | None:
        """Who a source phrase names: the first person in it, or the pronoun it is; nobody in "Ms Darro’s aide"."""
        for candidates in (self.people, self.known):
            first = _from(candidates, source.start)
            for inside in _until(candidates, first, source.end):
                if source.holds(inside.span) and not self._governed(source, inside):
                    return inside.actor
        return None

    def _governed(self, source: Span, inside: Candidate) -> bool:
        """Whether a person in a source phrase only says whose or what the speaker is."""
        if self._possessive(inside) or _MODIFIES.match(self.analysis.text, inside.span.end, source.end):
            return True
        title = _TITLE.search(self.analysis.text, source.start, inside.span.start)
        return _GOVERNS.search(self.analysis.text, source.start, title.start() if title else inside.span.start) is not None

    def _score(self, span: Span, gender: str | None, word: str) -> list[_Scored]:
        quotation = self.inside(span)
        here = self.sentence(span.start)
        speaker = self._speaker(quotation) if quotation else None
        best: dict[str, _Scored] = {}
        spoken_of = self._spoken_of(span)
        for candidate in self._before(span, here):
            if (gender and candidate.gender not in {gender, None, "x"}) or candidate.actor == speaker:
                continue
            score = self._salience(candidate, span, here, quotation is not None, word)
            if gender and candidate.gender is None:
                score -= 0.5 if self.sentence(candidate.span.start) == here and self._role(candidate) == "source" else 1.5
            if candidate.actor.id in spoken_of:
                score += _SPOKEN_OF
            kept = best.get(candidate.actor.id)
            if kept is None or score > kept.score:
                best[candidate.actor.id] = _Scored(score, candidate.actor, self.sentence(candidate.span.start))
        asked = None if quotation else self._asked(span, here)
        if asked and self.genders.get(asked.id) in {gender, "x"} and asked.id not in best:
            best[asked.id] = _Scored(_ASKED, asked, here)
        return sorted(best.values(), key=lambda s: (-s.score, s.actor.id))

    def _spoken_of(self, span: Span) -> set[str]:
        """Whom the words name that the pronoun says: few people speak of themselves by name."""
        attribution = self.saying.get(span.start)
        parts = attribution.content if attribution else ()
        return {c.actor.id for part in parts for c in _until(self.people, _from(self.people, part.start), part.end)}

    def _asked(self, span: Span, here: int) -> ActorRef | None:
        """The speaker who follows in "Asked if he would go, X said …"."""
        sentence = self.analysis.sentences[here].span if self.analysis.sentences else span
        if not _QUESTION.match(self.analysis.text, sentence.start):
            return None
        at = bisect_right(self.source_spans, (span.end, 0))
        named = at < len(self.source_spans) and self.source_spans[at].start < sentence.end
        return self._at(self.source_spans[at]) if named else None

    def _before(self, span: Span, here: int) -> Iterator[Candidate]:
        floor = self.sentence_starts[max(0, here - _REACH)]
        for candidates in (self.people, self.known):
            yield from _until(candidates, _from(candidates, floor), span.start)

    def _salience(self, candidate: Candidate, span: Span, here: int, quoted: bool, word: str) -> float:
        where = self.sentence(candidate.span.start)
        score = -1.0 * (self.distance[here] - self.distance[where])
        paragraphs = self.analysis.sentences
        score -= 0.25 * (paragraphs[here].paragraph - paragraphs[where].paragraph)
        if self.inside(candidate.span) and not quoted:
            score -= 3.0
        source = self._role(candidate) == "source"
        if source:
            score += 2.0
        if self._is_subject(candidate, where):
            score += 1.5
            if where == here and word not in {"he", "she"}:
                score += 1.0  # "X met his …" is nearly always X's own
        if where == here and not source and not self._is_subject(candidate, where) and word in {"he", "she"}:
            score -= 1.0
        if self._possessive(candidate):
            score -= 1.0
        if where == here and not source and _QUESTION.match(self.analysis.text, self.sentence_starts[here]):
            score -= 4.0
        return score

    def _role(self, candidate: Candidate) -> _Role:
        """What a candidate is in a source phrase, looked at once."""
        role = self.roles.get(candidate.span)
        if role is None:
            at = bisect_right(self.source_spans, Span(candidate.span.start, 1 << 60)) - 1
            if at < 0 or not self.source_spans[at].holds(candidate.span):
                role = "outside"
            else:
                role = "governed" if self._governed(self.source_spans[at], candidate) else "source"
            self.roles[candidate.span] = role
        return role

    def _is_subject(self, candidate: Candidate, where: int) -> bool:
        """The first person of the sentence, not after a preposition."""
        start = self.sentence_starts[where]
        if self._role(candidate) == "governed":
            return False
        if _OBJECT.search(self.analysis.text, max(start, candidate.span.start - 60), candidate.span.start):
            return False
        rival = next((c for c in self.leads.get(where, ()) if c.actor != candidate.actor), None)
        if rival is None or candidate.span.start < rival.span.start:
            return True
        return _AND.fullmatch(self.analysis.text, rival.span.end, candidate.span.start) is not None

    def _possessive(self, candidate: Candidate) -> bool:
        return self.analysis.text[candidate.span.end : candidate.span.end + 2] in {"’s", "'s"}


def _from(candidates: Sequence[Candidate], offset: int) -> int:
    """The index of the first candidate that begins at or behind an offset."""
    return bisect_left(candidates, offset, key=lambda c: c.span.start)


def _until(candidates: Sequence[Candidate], first: int, offset: int) -> Iterator[Candidate]:
    """The candidates from an index on that begin before an offset."""
    for at in range(first, len(candidates)):
        if candidates[at].span.start >= offset:
            return
        yield candidates[at]


def _counterpart(
    reader: _Pronouns, span: Span, match: re.Match[str], registry: Registry, on: date
) -> Mention | None:
    """ "her Ukrainian counterpart": the holder of the same office in that state on the day."""
    whose = reader.told(span.start)
    people = fold(match.group("people"))
    states = registry.states_by_demonym.get(people) or registry.states_by_name.get(people, ())
    whole = Span(match.start("people"), span.end)
    if whose is None or len(states) != 1:
        return None
    held = [o for o in registry.offices_of(whose.id) if o.covers(on)]
    roles = [o.role for o in held]
    holders = [h for role in roles for h in registry.holders(role=role, of=states[0], on=on)]
    fitting = {h.person for h in holders}
    if len(fitting) != 1:
        reason = f"counterpart of {whose.name}: no single holder of the same office is known on {on}"
        return Mention(span=whole, actor=None, kind="description", reason=reason)
    person = registry.actor(fitting.pop())
    reason = f"counterpart of {whose.name}: {holders[0].title} from {holders[0].since} ({holders[0].source})"
    return Mention(span=whole, actor=person.ref, kind="description", reason=reason)
