"""Who sides with whom, and who bridges.

Agreement is counted over the propositions on which two parties are both on record: stances of `stances`, and views of terms
(who proposes or accepts is for it, who rejects it against). The same stance counts 1, support against oppose 0, a
conditional stance against another one ½. A pair that shares fewer propositions than the stated least has no score.

A broker between two parties is in contact with both, and they are in no contact on record with each other ([Gould1989],
without their groups: contacts have no direction here). Contacts are meetings, agreements, support and cooperation that
happened, as events tell them; not hearsay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from typing import NamedTuple

from detente.errors import RecordError
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.code_book import CodeBook, code_book
from detente.ledger.questions.common import Ties, contacts, on_record, touching
from detente.ledger.questions.look import Look
from detente.ledger.questions.stances import by_party, current, held_of, placed, turned
from detente.ledger.questions.terms import View, grouped, latest_views, viewed
from detente.ledger.questions.wording import counted
from detente.ledger.store import Ledger
from detente.records import ActorRef, AnyRecord, Event, Part, Stance

LEAST_SHARED = 2
"""Propositions that a pair must share before it has a score."""
_SCORES: dict[frozenset[Stance], float] = {
    frozenset({"support"}): 1.0, frozenset({"oppose"}): 1.0, frozenset({"conditional"}): 1.0,
    frozenset({"support", "oppose"}): 0.0, frozenset({"support", "conditional"}): 0.5,
    frozenset({"oppose", "conditional"}): 0.5,
}  # fmt: skip
_STANCE_OF: dict[frozenset[View], Stance] = {
    frozenset({"proposes"}): "support", frozenset({"accepts"}): "support", frozenset({"proposes", "accepts"}): "support",
    frozenset({"rejects"}): "oppose",
}  # fmt: skip
_SHOWN = 5  # pairs that a broker stands between, in the text; all are in the table


class Shared(Part, frozen=True, kw_only=True):
    """A proposition on which two parties are both on record, with their stances in the pair's order."""

    proposition: str
    stances: tuple[Stance, Stance]
    score: float


class Pairing(Row, frozen=True, kw_only=True):
    """Two parties and how far they agree.

    Args:
        pair: by name.
        shared: the propositions that both have a stance on.
        agreement: mean of their scores, 0 (never) to 1 (always).
    """

    pair: tuple[ActorRef, ActorRef]
    shared: tuple[Shared, ...]
    agreement: float

    @property
    def heading(self) -> str:
        """Who, how far, over how much."""
        one, other = self.pair
        return f"{one.name} and {other.name}: agreement {self.agreement:.2f} over {counted(len(self.shared), 'proposition')}"

    def details(self) -> Iterator[str]:
        """A line a proposition."""
        for s in self.shared:
            yield f"{s.stances[0]} and {s.stances[1]}: {s.proposition}"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        one, other = self.pair
        yield {
            "what": "pair", "actor": one.name, "with": other.name, "agreement": round(self.agreement, 4),
            "shared": len(self.shared), "bridges": "",
        }  # fmt: skip


class Bridge(Row, frozen=True, kw_only=True):
    """A party in contact with others who are in no contact with each other.

    Args:
        actor: the broker.
        between: the pairs, by name.
        contacts: whom the broker is in contact with.
    """

    actor: ActorRef
    between: tuple[tuple[ActorRef, ActorRef], ...]
    contacts: tuple[ActorRef, ...]

    @property
    def heading(self) -> str:
        """Who, and between how many."""
        pairs = counted(len(self.between), "pair")
        return f"{self.actor.name}: of {len(self.contacts)} in contact, bridges {pairs} with no contact of their own on record"

    def details(self) -> Iterator[str]:
        """The first of the pairs."""
        for one, other in self.between[:_SHOWN]:
            yield f"{one.name} – {other.name}"
        if len(self.between) > _SHOWN:
            yield f"and {len(self.between) - _SHOWN} more"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        pairs = "; ".join(f"{one.name} – {other.name}" for one, other in self.between)
        yield {
            "what": "bridge",
            "actor": self.actor.name,
            "with": pairs,
            "agreement": "",
            "shared": "",
            "bridges": len(self.between),
        }


def sides(
    ledger: Ledger,
    actor: object = None,
    *,
    least: int = LEAST_SHARED,
    as_of: str | None = None,
    book: CodeBook | None = None,
    most: int | None = None,
) -> Answer[Pairing | Bridge]:
    """Agreement of each pair, the highest first, then the brokers, those between most pairs first.

    Args:
        ledger: the records.
        actor: only pairs and brokers with this actor: canonical name, alias or id.
        least: propositions that a pair must share, 1 or more.
        as_of: last day of publication, as YYYY-MM-DD.
        book: groups the propositions; the packaged one where `None`.
        most: rows to give, the first of them; all where `None`.

    Raises:
        RecordError: `least` is below 1.
    """
    if least < 1:
        raise RecordError(f"least: got {least}, expected 1 or more")
    look = Look(ledger, as_of)
    ids = None if actor is None else look.ids_of(actor)
    pairs, refused = _pairs(look, _on_record(look, book or code_book(), ids), least, ids)
    notes = ["a person counts as that person here, and not as the state it acts for"]
    if refused:
        notes.append(
            f"no score for {counted(refused, 'pair')} with fewer than {counted(least, 'proposition')} in common"
        )
    drafts: list[Callable[[], Pairing | Bridge]] = [*pairs, *_bridges(look, ids)]
    rows = [draft() for draft in drafts[:most]]
    return Answer.of(look, "sides", "finding", rows, about=actor, notes=notes, of=len(drafts))


class _Told(NamedTuple):
    """A stance of one party on one proposition."""

    actor: ActorRef
    proposition: str
    stance: Stance
    records: tuple[AnyRecord, ...]


_ByParty = dict[str, _Told]


def _on_record(look: Look, book: CodeBook, ids: frozenset[str] | None) -> dict[tuple[str, ...], _ByParty]:
    """By proposition and actor's id, the current stance; where a party is on record with two, it has none."""
    terms, positions = on_record(look, book, ids)
    found: dict[tuple[str, ...], dict[str, list[_Told]]] = {}
    for key, told in (*_by_terms(look, book, terms), *_by_positions(look, book, positions)):
        found.setdefault(key, {}).setdefault(told.actor.id, []).append(told)
    return {
        key: {actor: _one(told) for actor, told in by_party_.items() if len({t.stance for t in told}) == 1}
        for key, by_party_ in found.items()
    }


def _one(told: list[_Told]) -> _Told:
    return told[0]._replace(records=tuple(r for t in told for r in t.records))


def _by_terms(look: Look, book: CodeBook, terms: list[int]) -> Iterator[tuple[tuple[str, ...], _Told]]:
    for group in grouped(look, look.chosen("term", terms)):
        places = placed(book, group[0].proposition, group[0].id)
        for told in viewed(look, group):
            now = latest_views(told)
            if stance := _STANCE_OF.get(frozenset(v.view for v in now)):
                for at in places:
                    side = turned(stance) if at.turned else stance
                    yield at.key, _Told(now[0].actor, at.proposition, side, tuple(v.term for v in now))


def _by_positions(
    look: Look, book: CodeBook, positions: list[int]
) -> Iterator[tuple[tuple[str, ...], _Told]]:
    held = held_of(look, book, look.chosen("position", positions), everybody=True)
    for (_, key), group in by_party(h for h in held if h.firm).items():
        now = current(group)
        if len({h.stance for h in now}) == 1 and now[0].stance != "ambiguous":
            yield key, _Told(now[0].actor, now[0].proposition, now[0].stance, tuple(h.position for h in now))


def _pairs(
    look: Look, told: dict[tuple[str, ...], _ByParty], least: int, ids: frozenset[str] | None
) -> tuple[list[Callable[[], Pairing]], int]:
    """The pairs with a score, each still to be made, and how many have too little in common."""
    # By their records: words that are about two issues are one thing on which the two can agree, and not two.
    shared: dict[tuple[str, str], dict[frozenset[str], tuple[_Told, _Told]]] = defaultdict(dict)
    for key in sorted(told):
        for a, b in combinations(sorted(told[key].values(), key=lambda t: (t.actor.name, t.actor.id)), 2):
            if ids is None or ids & {a.actor.id, b.actor.id}:
                rests_on = frozenset(r.id for r in (*a.records, *b.records))
                shared[a.actor.id, b.actor.id].setdefault(rests_on, (a, b))
    found = [list(both.values()) for both in shared.values() if len(both) >= least]
    found.sort(key=lambda both: (-_agreement(both), -len(both), both[0][0].actor.name, both[0][1].actor.name))
    return [partial(_pairing, look, both) for both in found], len(shared) - len(found)


def _agreement(both: list[tuple[_Told, _Told]]) -> float:
    return sum(_SCORES[frozenset((a.stance, b.stance))] for a, b in both) / len(both)


def _pairing(look: Look, both: list[tuple[_Told, _Told]]) -> Pairing:
    shared = tuple(
        Shared(
            proposition=a.proposition,
            stances=(a.stance, b.stance),
            score=_SCORES[frozenset((a.stance, b.stance))],
        )
        for a, b in both
    )
    places = {r.id: look.place(r) for pair in both for t in pair for r in t.records}
    return Pairing(
        pair=(both[0][0].actor, both[0][1].actor), shared=shared, agreement=_agreement(both), places=tuple(places.values()),
    )  # fmt: skip


def _bridges(look: Look, ids: frozenset[str] | None) -> list[Callable[[], Bridge]]:
    ties, brokers, events = contacts(look, ids)
    told, actors = _told_contacts(events)
    found = [(actors[key], _between(key, ties, actors)) for key in brokers]
    found.sort(key=lambda broker: (-len(broker[1]), broker[0].name, broker[0].id))
    return [partial(_bridge, look, actor, between, ties, told[actor.id], actors) for actor, between in found]


_Events = dict[str, dict[str, list[Event]]]


def _told_contacts(events: list[Event]) -> tuple[_Events, dict[str, ActorRef]]:
    """By actor and actor, the events in which they were in contact."""
    told: _Events = defaultdict(lambda: defaultdict(list))
    actors: dict[str, ActorRef] = {}
    for e in events:
        actors |= {a.id: a for a in (*e.actors, *e.recipients)}
        for one, other in touching(e.type, {a.id for a in e.actors}, {a.id for a in e.recipients}):
            told[one][other].append(e)
            told[other][one].append(e)
    return told, actors


_Pairs = tuple[tuple[ActorRef, ActorRef], ...]


def _between(key: str, ties: Ties, actors: dict[str, ActorRef]) -> _Pairs:
    """The pairs of an actor's contacts that are in no contact with each other, by name."""
    return tuple((a, b) for a, b in combinations(_known(key, ties, actors), 2) if b.id not in ties[a.id])


def _known(key: str, ties: Ties, actors: dict[str, ActorRef]) -> list[ActorRef]:
    return sorted((actors[c] for c in ties[key]), key=lambda a: (a.name, a.id))


def _bridge(
    look: Look,
    actor: ActorRef,
    between: _Pairs,
    ties: Ties,
    told: dict[str, list[Event]],
    actors: dict[str, ActorRef],
) -> Bridge:
    used = {a.id for pair in between for a in pair}
    events = {e.id: e for contact in sorted(used) for e in told[contact]}
    return Bridge(
        actor=actor,
        between=between,
        contacts=tuple(_known(actor.id, ties, actors)),
        places=tuple(map(look.place, events.values())),
    )
