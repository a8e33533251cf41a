"""Events: what was done between actors, as PLOVER's sixteen types.

The words that tell events stand in `data/event_verbs.csv` and `data/event_nouns.csv`; the tree of the sentence tells
who did it to whom. The outermost such word counts: what stands under it is what it is about ("urged them to meet" is
a request and no meeting, "accused of attacking" no attack). An event needs somebody named: an actor who is known, or
words that name whose they are ("Ostravan farmers"), which the evidence then shows and the fields leave unknown.

The types follow the PLOVER code book and the conversion table from CAMEO of 2021 ([Schrodt2021]): an offer or a
promise is AGREE, a treaty signed is SUPPORT, what is given up is RETREAT or CONCEDE, what is broken off is SANCTION.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple, get_args

from detente.actors.cast import Mention
from detente.language.analysis import Sentence, Span
from detente.reading.clauses import Clause, clauses_of
from detente.reading.dates import Direction, find_dates
from detente.reading.event_sides import Scene, Sides, is_light, is_named
from detente.reading.event_words import Hit, first_words, hit, may_tell
from detente.reading.factuality import Factual, of_deed
from detente.reading.nouns import is_plural
from detente.reading.page import Page
from detente.reading.tree import Tree, tree_of
from detente.records import ActorRef, Authority, Event, EventType, Statement, record_id

REACH = 12  # code points before a place in which its preposition stands
NO_DAY = "the words name no day"
PRESS = frozenset(
    ("reporters", "journalists", "media", "newspaper", "press", "correspondents", "broadcaster", "me")
)
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves", "myself", "ourselves"))
# What is a threat when it is promised.
HOSTILE = frozenset(("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST", "REJECT"))


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


def spans(mentions: Iterable[Mention]) -> list[Span]:
    """The words of mentions, in the order of the text."""
    return sorted({m.span for m in mentions})


# ---------------------------------------------------------------- the places that tell an event


def places(page: Page) -> Iterable[list[Found]]:
    """The places that tell an event, sentence by sentence."""
    for sentence in page.analysis.sentences:
        found = [
            told for told in told_in(page, sentence) if enough(page, told) and not told.factual.dependent
        ]
        whole = sentence.span if len(found) == 1 else None
        yield [completed(page, told, whole) for told in found]


class Told(NamedTuple):
    """A verb or noun that tells an event, before its date and authority are known."""

    at: int
    type: EventType
    sides: Sides
    factual: Factual
    clause: Clause


def told_in(page: Page, sentence: Sentence) -> list[Told]:
    """What a sentence tells, from the outermost word on: what stands under another event's word is part of that event."""
    tokens = page.analysis.tokens[sentence.first : sentence.last]
    if not may_tell({token.text.lower() for token in tokens}) or (tree := tree_of(page, sentence)) is None:
        return []
    scene = Scene(page, sentence, tree)
    clauses = clauses_of(page, sentence)
    found: dict[int, Told] = {}
    over: set[int] = set()
    for at in outermost_first(tree):
        told = None if part_of(tree, at, over) else told_at(scene, at, clauses)
        if told is not None and not repeats(tree, told, found):
            found[at] = told
            over |= {at} if enough(page, told) else set()
    return [found[at] for at in sorted(found)]


def outermost_first(tree: Tree) -> list[int]:
    """The words that may tell an event, those with fewest words above them first."""
    firsts = first_words()
    places = [at for at, text in enumerate(tree.texts) if text in firsts]
    return sorted(places, key=lambda at: (sum(1 for _ in tree.above(at)), at))


def told_at(scene: Scene, at: int, clauses: tuple[Clause, ...]) -> Told | None:
    """The event that a word tells, or `None`."""
    tree = scene.tree
    if (fits := hit(tree, at)) is None:
        return None
    noun = tree.is_nominal(at)
    if (
        not noun
        and not fits.places
        and is_light(tree, at)
        and any(hit(tree, kid) for kid in tree.of(at, "obj", "nsubj:pass"))
    ):
        return None  # "ordered the release": the noun tells it
    sides = scene.noun_sides(at, fits) if noun else scene.verb_sides(at, fits)
    verb = tree.governor(at) if noun else at
    place = placed(clauses, tree.tokens[at if verb is None else verb].start)
    if place is None:
        return None
    kind = "ACCUSE" if in_words(scene.page, fits, sides) else intended(tree, at, fits.row)
    return (
        None
        if not kind
        else Told(
            at,
            as_type(kind),
            sides,
            factual_of(scene.page, tree, clauses, place, at if verb is None else verb),
            place[0],
        )
    )


def factual_of(
    page: Page, tree: Tree, clauses: tuple[Clause, ...], place: tuple[Clause, int], verb: int
) -> Factual:
    """How far a deed is a fact: a verb that shares the auxiliary of the one before is no more done ("may attack or invade")."""
    first = tree.sharing(verb)
    helped = placed(clauses, tree.tokens[first].start) if first != verb else place
    return of_deed(page, *(helped or place), helpers(tree, first))


def in_words(page: Page, fits: Hit, sides: Sides) -> bool:
    """Whether an attack is one in words: what one person does to another, where the row says that it may be."""
    both = [*refs(sides.actors), *refs(sides.recipients)]
    known = [page.cast.actors[ref.id].type for ref in both if ref.id in page.cast.actors]
    return "words" in fits.row["takes"].split() and len(known) == len(both) > 1 and set(known) == {"person"}


def helpers(tree: Tree, verb: int) -> tuple[str, ...]:
    """The auxiliaries and negations of a verb, wherever they stand ("will on Tuesday lead", "offered no help")."""
    none = [
        kid
        for at in tree.of(verb, "obj")
        for kid in tree.of(at, "det")
        if tree.texts[kid] in ("no", "neither")
    ]
    return tuple(tree.texts[kid] for kid in [*tree.of(verb, "aux", "advmod"), *none])


def placed(clauses: tuple[Clause, ...], start: int) -> tuple[Clause, int] | None:
    """The clause and the place in it of the word that begins at a code point."""
    for clause in clauses:
        for at in range(clause.first, clause.last):
            if clause.words[at].start <= start < clause.words[at].end:
                return clause, at
    return None


def intended(tree: Tree, at: int, row: Mapping[str, str]) -> str:
    """The type of what a row tells: of a promise or plan, the second of its two if what is to be done is hostile.

    A row marked `deed` tells nothing unless what is to be done would be an event: "plans to visit", not "to sleep".
    """
    friendly, _, hostile = row["type"].partition("/")
    places = [place for clause in tree.of(at, "xcomp", "ccomp", "advcl") for place in tree.joined(clause)]
    inner = [fits.row["type"] for place in places if hostile and (fits := hit(tree, place)) is not None]
    if "deed" in row["takes"].split() and not any(inner):
        return ""
    return hostile if not HOSTILE.isdisjoint(inner) else friendly


def part_of(tree: Tree, at: int, found: Set[int]) -> bool:
    """Whether a word stands in what another event's word is about: "agreed to lift", "accused of attacking"."""
    relation, head = tree.relation(at), tree.head(at)
    if head is None or relation in ("acl:relcl", "advcl:relcl", "parataxis"):
        return False
    if relation == "advcl" and (tree.of(at, "nsubj", "nsubj:pass") or not tree.of(at, "mark")):
        return False
    if relation == "conj":
        return part_of(tree, head, found)
    return head in found or part_of(tree, head, found)


def repeats(tree: Tree, told: Told, found: Mapping[int, Told]) -> bool:
    """Whether a verb tells no more than the one it hangs on: "attacked the town, killing nine"."""
    head = tree.head(told.at)
    over = found.get(head) if head is not None and tree.relation(told.at) == "advcl" else None
    return over is not None and over.type == told.type and over.sides.actors == told.sides.actors


def as_type(name: str) -> EventType:
    """A type of the tables as a category."""
    known: tuple[EventType, ...] = get_args(EventType)
    return known[known.index(name)]


def enough(page: Page, told: Told) -> bool:
    """Whether the sides tell who did something to whom: somebody named, and both sides where both are needed."""
    sides = told.sides
    if any(m.span.of(page.text).lower() in REFLEXIVE for m in sides.recipients):
        return False  # "congratulating herself"
    if sides.both and not (sides.actors and sides.recipients):
        return sides.mutual and together(page, sides.actors)
    if not (sides.actors or (sides.recipients and sides.passive)) or to_the_press(page, told):
        return False
    named = [
        [m.actor is not None or is_named(m.span.of(page.text).split()) for m in side] for side in sides[:2]
    ]
    if told.type == "CONSULT" and sides.both and not any(named[1]):
        return False  # "spoke to a crowd"
    known = any(m.actor for m in (*sides.actors, *sides.recipients))
    return any(map(any, named)) and (known or sides.passive or bool(sides.actors and sides.recipients))


def together(page: Page, actors: tuple[Mention, ...]) -> bool:
    """Whether those named are several, so that they can do together what takes two: "the two sides met"."""
    if len(actors) > 1:
        return True
    words = [m.span.of(page.text).split() for m in actors]
    return any(
        is_plural(w[-1]) and (m.actor is not None or is_named(w)) and m.kind != "place"
        for m, w in zip(actors, words, strict=True)
    )


def to_the_press(page: Page, told: Told) -> bool:
    """Whether it is done to a newspaper or a broadcaster alone: what is said to the press is a statement."""
    cast, recipients = page.cast.actors, told.sides.recipients
    named = [
        m.actor is not None and m.actor.id in cast and cast[m.actor.id].type == "media" for m in recipients
    ]
    other = [m.span.of(page.text).lower().split()[-1] in PRESS for m in recipients]
    press = all(a or b for a, b in zip(named, other, strict=True))
    return told.type in ("CONSULT", "REQUEST") and bool(recipients) and press


def completed(page: Page, told: Told, whole: Span | None) -> Found:
    """The event with its date, its place and whose word it is.

    Args:
        page: the article's page.
        told: the event.
        whole: its sentence, where this is the sentence's only event, so that a date anywhere in it is the event's.
    """
    clause = told.clause.span
    span = Span(told.sides.start, told.sides.end)
    direction: Direction = "future" if told.factual.factuality == "planned" else "past"
    day, why = dated(page, (clause, whole) if whole else (clause,), page.statement_around(span), direction)
    return Found(
        told.type, span, balanced(told.type, told.sides), told.factual, day, why, place(page, clause),
        page.authority(span),
    )  # fmt: skip


def balanced(kind: EventType, sides: Sides) -> Sides:
    """A consultation "of A and B" with A on one side and B on the other."""
    if kind != "CONSULT" or sides.recipients or len(refs(sides.actors)) < 2:
        return sides
    return sides._replace(actors=sides.actors[:1], recipients=sides.actors[1:])


def dated(
    page: Page, places: Sequence[Span], said: Statement | None, direction: Direction
) -> tuple[str | None, str]:
    """The one date that a clause names, else its sentence, as EDTF; or `None` with the reason.

    Args:
        page: the article's page.
        places: the clause, and the sentence where it has no other event.
        said: the statement that tells of the event; a day beside its words is that of the saying.
        direction: where "on Saturday" points: of what is planned, to the Saturday to come. What is done is not dated
            by a day that was still to come: in "promised 40 tanks by May" that is the day of the tanks.
    """
    published = date.fromisoformat(page.article.published[:10]) if page.article.published else None
    content = [Span(e.start, e.end) for e in said.words("content")] if said else list(places)
    for span in places:
        named = [
            found
            for found in find_dates(page.text, published, span.start, span.end, direction=direction)
            if any(part.holds(found.span) for part in content)
            and not (direction == "past" and published and is_ahead(found.edtf, published))
        ]
        if len({found.edtf for found in named}) > 1:
            return None, "the words name more than one date"
        if named:
            return named[0].edtf, named[0].reason
    return None, NO_DAY


def is_ahead(edtf: str | None, published: date) -> bool:
    """Whether a time begins after the article's day, or without a beginning ends after it ("by May")."""
    first, _, last = (edtf or "").partition("/")
    named = (last if first == ".." else first).replace("X", "0")
    return named > published.isoformat()[: len(named)]


def place(page: Page, clause: Span) -> str | None:
    """The place that a clause names after "in" or "at", in its words."""
    names = page.analysis.names
    for name in names[bisect_left(names, clause.start, key=lambda n: n.span.start) :]:
        if name.span.start >= clause.end:
            break
        inside = clause.holds(name.span) and name.type in ("place", "facility")
        before = page.text[max(0, name.span.start - REACH) : name.span.start]
        if inside and before.rstrip().lower().endswith((" in", " at", " in the", " at the")):
            return name.span.of(page.text)
    return None


# ---------------------------------------------------------------- the record


def record(page: Page, told: list[Found]) -> Event:
    """One record of the places that tell one event; the outlet's word stands before what others say."""
    first = next((found for found in told if found.authority.kind == "outlet"), told[0])
    words = page.evidence_of("words", sorted({found.span for found in told}))
    who = [
        *page.evidence_of("actors", spans(first.sides.actors)),
        *page.evidence_of("recipients", spans(first.sides.recipients)),
    ]
    return Event(
        id=record_id(page.article.id, "event", words[:1], first.type),
        article=page.article.id,
        evidence=(*words, *who),
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
