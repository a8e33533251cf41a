"""Events: what was done between actors, as PLOVER's sixteen types.

A clause tells at most one event: its first verb that `data/event_verbs.csv` knows and that is no infinitive left
to others ("urged them to meet" is a request, not a meeting), else a noun of `data/event_nouns.csv` whose two
sides are both named ("the row between …"). What names nobody known is left out.

The types follow the PLOVER code book; agreements, offers and signings are AGREE until something is delivered,
and what is broken off is SANCTION.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, get_args

from detente.actors.cast import Mention
from detente.language.analysis import Span
from detente.reading.clauses import Clause, clauses_of
from detente.reading.dates import find_dates
from detente.reading.event_sides import Sides, noun_sides, verb_sides
from detente.reading.factuality import Factual, of_verb
from detente.reading.page import Page
from detente.reading.phrases import lexicon
from detente.records import ActorRef, Authority, Event, EventType, record_id

NO_DAY = "the words name no day"


class Found(NamedTuple):
    """An event in one place of the text."""

    type: EventType
    span: Span
    sides: Sides
    factual: Factual
    date: str | None
    why: str
    place: str | None
    authority: Authority

    @property
    def actors(self) -> tuple[ActorRef, ...]:
        """Who did it."""
        return refs(self.sides.actors)

    @property
    def recipients(self) -> tuple[ActorRef, ...]:
        """To whom it was done, the actors themselves left out."""
        return tuple(ref for ref in refs(self.sides.recipients) if ref not in self.actors)

    @property
    def sameness(self) -> tuple[object, ...]:
        """What two places share that tell one event; the sides of a consultation may change places."""
        actors, recipients = frozenset(self.actors), frozenset(self.recipients)
        who: object = actors | recipients if self.type == "CONSULT" else (actors, recipients)
        return self.type, who, self.date, self.factual.factuality, self.factual.hearsay


def read(page: Page) -> list[Event]:
    """The events that an article tells, in the order of the text.

    Args:
        page: the article's page, its statements read.

    Returns:
        One record an event: told again with the same type, actors, recipients, date and factuality, it is the
        same record with more evidence.
    """
    told: dict[tuple[object, ...], list[Found]] = {}
    for sentence_places in places(page):
        for found in sentence_places:
            told.setdefault(found.sameness, []).append(found)
    return sorted((record(page, several) for several in told.values()), key=lambda e: e.core[0].start)


def refs(mentions: Iterable[Mention]) -> tuple[ActorRef, ...]:
    """The actors that mentions name, each once, in order; those unknown left out."""
    return tuple(dict.fromkeys(m.actor for m in mentions if m.actor is not None))


# ---------------------------------------------------------------- the places that tell an event


def places(page: Page) -> Iterable[list[Found]]:
    """The places that tell an event, sentence by sentence."""
    for sentence in page.analysis.sentences:
        clauses = clauses_of(page, sentence)
        found = [(clause, hit) for clause in clauses if (hit := in_clause(page, clause)) is not None]
        whole = sentence.span if len(found) == 1 else None
        yield [completed(page, clause.span, whole, *hit) for clause, hit in found]


def in_clause(page: Page, clause: Clause) -> tuple[EventType, Sides, Factual] | None:
    """The event that a clause tells: by its first telling verb, else by a noun."""
    for at in range(clause.first, clause.last):
        hit = lexicon("event_verbs").at(clause.texts, at)
        if hit is None or (sides := verb_sides(clause, at, hit[1], hit[0].row["takes"])) is None:
            continue
        factual = of_verb(page, clause, at)
        if enough(sides) and not factual.dependent:
            return as_type(hit[0].row["type"]), sides, factual
    for at in range(clause.first, clause.last):
        hit = lexicon("event_nouns").at(clause.texts, at)
        if (
            hit is not None
            and (sides := noun_sides(clause, at, hit[1], hit[0].row)) is not None
            and enough(sides)
        ):
            return as_type(hit[0].row["type"]), sides, of_verb(page, clause, at)
    return None


def as_type(name: str) -> EventType:
    """A type of the tables as a category."""
    known: tuple[EventType, ...] = get_args(EventType)
    return known[known.index(name)]


def enough(sides: Sides) -> bool:
    """Whether the sides tell who did something to whom: somebody known, and both named where both are needed."""
    actors, recipients = refs(sides.actors), refs(sides.recipients)
    if sides.both and not (sides.actors and sides.recipients and set(recipients) - set(actors)):
        return sides.mutual and len(actors) > 1
    return bool(actors or (recipients and (sides.passive or sides.actors)))


def completed(
    page: Page, clause: Span, whole: Span | None, kind: EventType, sides: Sides, factual: Factual
) -> Found:
    """The event with its date, its place and whose word it is.

    Args:
        page: the article's page.
        clause: the clause's words.
        whole: its sentence, where this is the sentence's only event, so that a date anywhere in it is the event's.
        kind: the event's type.
        sides: who did it to whom.
        factual: how far it is a fact.
    """
    day, why = dated(page, clause, whole)
    span = Span(sides.start, sides.end)
    return Found(
        kind, span, balanced(kind, sides), factual, day, why, place(page, clause), page.authority(span)
    )


def balanced(kind: EventType, sides: Sides) -> Sides:
    """A consultation "of A and B" with A on one side and B on the other."""
    if kind != "CONSULT" or sides.recipients or len(refs(sides.actors)) < 2:
        return sides
    return sides._replace(actors=sides.actors[:1], recipients=sides.actors[1:])


def dated(page: Page, clause: Span, whole: Span | None) -> tuple[str | None, str]:
    """The one date that a clause names, else its sentence, as EDTF; or `None` with the reason."""
    published = date.fromisoformat(page.article.published[:10]) if page.article.published else None
    for span in filter(None, (clause, whole)):
        named = find_dates(page.text, published, span.start, span.end)
        if len({found.edtf for found in named}) > 1:
            return None, "the words name more than one date"
        if named:
            return named[0].edtf, named[0].reason
    return None, NO_DAY


def place(page: Page, clause: Span) -> str | None:
    """The place that a clause names after "in" or "at", in its words."""
    for name in page.analysis.names:
        inside = clause.holds(name.span) and name.type in ("place", "facility")
        if inside and page.text[: name.span.start].rstrip().lower().endswith(
            (" in", " at", " in the", " at the")
        ):
            return name.span.of(page.text)
    return None


# ---------------------------------------------------------------- the record


def record(page: Page, told: list[Found]) -> Event:
    """One record of the places that tell one event; the outlet's word stands before what others say."""
    first = next((found for found in told if found.authority.kind == "outlet"), told[0])
    words = page.evidence_of("words", sorted({found.span for found in told}))
    return Event(
        id=record_id(page.article.id, "event", words[:1], first.type),
        article=page.article.id,
        evidence=words,
        origin=page.origin,
        reasons=reasons(first),
        according_to=first.authority,
        factuality=first.factual.factuality,
        hearsay=first.factual.hearsay,
        type=first.type,
        actors=first.actors,
        recipients=first.recipients,
        date=first.date,
        place=next((found.place for found in told if found.place), None),
    )


def reasons(found: Found) -> dict[str, str]:
    """Why the values are what they are, or unknown."""
    told = {
        "date": found.why,
        "actors": "" if found.actors else unknown(found.sides.actors, "the words do not say who did it"),
        "recipients": ""
        if found.recipients
        else unknown(found.sides.recipients, "the words name no recipient"),
        "factuality": found.factual.reason,
        "place": "" if found.place else "the words name no place",
    }
    return {field: reason for field, reason in told.items() if reason}


def unknown(mentions: Iterable[Mention], none: str) -> str:
    """Why a side is unknown: what the cast says of its words, or `none` where there are no words."""
    return next((m.reason for m in mentions if m.actor is None), none)
