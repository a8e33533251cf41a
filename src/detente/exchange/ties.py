"""Who is tied to whom by a record: who talks to, supports, criticises, promises, holds which stance on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import Literal, NamedTuple

from detente.records import (
    ActorRef,
    AnyRecord,
    Event,
    EventType,
    Membership,
    Pledge,
    Position,
    Statement,
    Term,
)

NodeKind = Literal["actor", "issue", "term"]

# PLOVER's types that answer the three questions first asked of a network; the others keep their own names.
_RELATIONS: dict[EventType, str] = {"CONSULT": "talks_to", "SUPPORT": "supports", "ACCUSE": "criticises"}


class Node(NamedTuple):
    """An end of a tie: an actor, an issue or a term, with its id and what it is called."""

    kind: NodeKind
    id: str
    label: str


class Tie(NamedTuple):
    """A directed tie, and when it was (EDTF, `None` unknown)."""

    source: Node
    target: Node
    relation: str
    date: str | None


def ties(record: AnyRecord) -> Iterator[Tie]:
    """The ties that a record speaks of; none where an end is unknown."""
    match record:
        case Statement(speaker=ActorRef() as speaker):
            yield from _between((speaker,), record.addressees, "talks_to", record.said_on)
        case Event():
            yield from _event(record)
        case Pledge():
            yield from _between(record.pledger, record.beneficiary, "pledges_to", None)
        case Position(actor=ActorRef() as actor):
            issue = Node("issue", record.issue, record.issue)
            yield Tie(_node(actor), issue, f"stance_{record.stance}", record.valid_from)
        case Term():
            yield from _term(record)
        case Membership():
            yield from _between((record.actor,), (record.coalition,), f"membership_{record.status}", None)


def _event(event: Event) -> Iterator[Tie]:
    relation = _RELATIONS.get(event.type, event.type.lower())
    if event.recipients:
        yield from _between(event.actors, event.recipients, relation, event.date)
    else:  # PLOVER codes what two do to each other with both as actors: a tie each way
        yield from (Tie(_node(a), _node(b), relation, event.date) for a, b in permutations(event.actors, 2))


def _term(term: Term) -> Iterator[Tie]:
    target = Node("term", term.proposition, term.proposition)
    sides = {
        "proposes": term.proposed_by,
        "accepts": term.accepted_by,
        "rejects": term.rejected_by,
        "leaves_open": term.unclear_for,
    }
    for relation, actors in sides.items():
        yield from (Tie(_node(actor), target, relation, None) for actor in actors)


def _between(
    sources: Iterable[ActorRef], targets: Iterable[ActorRef], relation: str, date: str | None
) -> Iterator[Tie]:
    yield from (Tie(_node(a), _node(b), relation, date) for a, b in product(sources, targets))


def _node(actor: ActorRef) -> Node:
    return Node("actor", actor.id, actor.name)
