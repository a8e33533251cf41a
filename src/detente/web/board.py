"""The deal board: who stands where on each term, what hangs on what, and what falls when a switch is thrown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np

from detente.errors import UnknownName
from detente.ledger import Ledger
from detente.ledger.questions import Place
from detente.ledger.questions.look import Look
from detente.records import AnyRecord, Part, TermCategory
from detente.records import Term as TermRecord
from detente.weighing import Situation, situation_from
from detente.weighing.acting import Acting
from detente.weighing.coalitions import Coalitions
from detente.weighing.draws import draw
from detente.weighing.durability import Durability, durability
from detente.weighing.results import CoalitionReport, Falls
from detente.weighing.situation import Joining, Member, Term
from detente.weighing.terms import term_reports
from detente.weighing.whatif import falls, removed
from detente.weighing.whatif import without as taken_away

# Enough for the shares that are shown; who can be in and what can be in place needs no draws at all.
_DRAWS = 200
_GUARANTEES: frozenset[TermCategory | None] = frozenset({"security_guarantee", "enforcement", "monitoring"})

Side = Literal["proposes", "accepts", "rejects", "unclear"]
_ROLES: dict[str, Side] = {
    "rejected_by": "rejects", "accepted_by": "accepts", "proposed_by": "proposes", "unclear_for": "unclear",
}  # fmt: skip


class Stand(Part, frozen=True, kw_only=True):
    """Where a party stands on a term, and the records that say so."""

    party: str
    sides: tuple[Side, ...]
    places: tuple[Place, ...]


class BoardTerm(Part, frozen=True, kw_only=True):
    """A term on the board.

    Args:
        off: whether it is switched off.
        falls: whether it could be in place before the switches, and cannot now.
        possible: whether it can be in place.
        needs: ids of the terms that it hangs on.
        stands: where parties stand on it, those of which the records say something.
    """

    id: str
    proposition: str
    category: str | None
    status: str | None
    off: bool
    falls: bool
    possible: bool
    needs: tuple[str, ...]
    stands: tuple[Stand, ...]
    places: tuple[Place, ...]


class BoardParty(Part, frozen=True, kw_only=True):
    """A party on the board; whether nothing can be agreed without it, and whether it is switched off."""

    id: str
    name: str
    veto: bool
    off: bool


class BoardFact(Part, frozen=True, kw_only=True):
    """Something outside on which a member's part hangs, and where that is said."""

    id: str
    text: str
    off: bool
    places: tuple[Place, ...]


class BoardMember(Part, frozen=True, kw_only=True):
    """A member of a coalition, what it hangs on, and whether it falls."""

    id: str
    name: str
    coalition: str
    status: str
    falls: bool
    possible: bool
    conditions: tuple[str, ...]
    needs: tuple[str, ...]
    places: tuple[Place, ...]


class BoardStep(Part, frozen=True, kw_only=True):
    """A step of the sequence: its order from 1, what happens, the names of those who must take part, where it is said."""

    order: int
    action: str
    actors: tuple[str, ...]
    places: tuple[Place, ...]


class Board(Part, frozen=True, kw_only=True):
    """All that the deal board shows.

    Args:
        first_line: how many of the inputs are assumed.
        parties: those with a part in a term, a coalition or a step.
        fallen: what falls, `None` where no switch is thrown.
        guarantees: propositions of the terms by which a guarantee, a force or a mission can be in place.
        guaranteed: whether there can be one, and somebody to give it: where coalitions are on record, a member of one.
        durability: how long comparable peace lasted, with what a guarantee went with where there can be one.
        unfit: what is switched off and not on this board.
    """

    first_line: str
    terms: tuple[BoardTerm, ...]
    parties: tuple[BoardParty, ...]
    facts: tuple[BoardFact, ...]
    members: tuple[BoardMember, ...]
    coalitions: tuple[CoalitionReport, ...]
    steps: tuple[BoardStep, ...]
    fallen: Falls | None
    guarantees: tuple[str, ...]
    guaranteed: bool
    durability: Durability
    unfit: tuple[str, ...] = ()


def board(
    ledger: Ledger, without: Sequence[str], *, conflict: str, ending: str, narrowed: bool = False, seed: int = 0
) -> Board:
    """The deal board of what is on record.

    Args:
        ledger: the records.
        without: ids of terms, facts and parties that are switched off, or words of theirs.
        conflict: kind of conflict that counts as comparable, or "any".
        ending: how its fighting ended, or "any".
        narrowed: whether filters may have left out what is switched off: it is then told, and no error.
        seed: of the random numbers.

    Raises:
        UnknownName: a name in `without` fits nothing, or there is no such conflict or ending.
        SituationError: one id names two things, or no such conflict ended so.
    """
    situation = situation_from(ledger)
    unfit = tuple(name for name in without if narrowed and not _fits(situation, name))
    without = [name for name in without if name not in unfit]
    gone = removed(situation, without)
    changed = taken_away(situation, gone)
    before, after = (draw(s, _DRAWS, np.random.default_rng(seed)) for s in (situation, changed))
    lost, now = Coalitions(situation, before).possible.can, Coalitions(changed, after)
    reports = term_reports(changed, now)
    coalitions = now.reports()
    guarantees = tuple(t.proposition for r, t in zip(reports, situation.terms, strict=True) if r.possible and t.category in _GUARANTEES)
    guaranteed = bool(guarantees) and (not coalitions or any(c.greatest[1] for c in coalitions))
    inputs = list(changed.inputs())
    look = Look(ledger)
    made = _Made(situation, gone.ids, lost & ~now.possible.can, now.possible.can, look)
    return Board(
        first_line=f"{sum(i.assumed for i in inputs)} of {len(inputs)} inputs assumed",
        terms=tuple(made.terms()), parties=tuple(made.parties()), facts=tuple(made.facts()), members=tuple(made.members()),
        coalitions=coalitions, steps=tuple(made.steps()),
        fallen=falls(situation, before, after, without, gone) if without else None,
        guarantees=guarantees, guaranteed=guaranteed, durability=durability(conflict, ending, guarantee=guaranteed),
        unfit=unfit,
    )  # fmt: skip


def _fits(situation: Situation, name: str) -> bool:
    try:
        return bool(removed(situation, [name]))
    except UnknownName:
        return False


class _Made:
    """Makes the parts of the board from a situation and what its switches do."""

    def __init__(self, situation: Situation, off: frozenset[str], lost: Iterable[bool], can: Iterable[bool], look: Look) -> None:
        self.situation, self.off, self.look = situation, off, look
        nodes = [*(_member_id(m) for m in situation.members), *(t.id for t in situation.terms)]
        self.lost = dict(zip(nodes, map(bool, lost), strict=True))
        self.can = dict(zip(nodes, map(bool, can), strict=True))
        ledger = look.ledger
        acting = Acting(ledger.actors, ledger.articles)
        self.records: dict[str, AnyRecord] = {r.id: r for kind in ("membership", "deal") for r in look.records(kind)}
        self.records |= {t.id: acting.term(t) for t in look.records("term")}

    def places(self, sources: Iterable[str]) -> tuple[Place, ...]:
        return tuple(self.look.place(self.records[key]) for key in sources if key in self.records)

    def terms(self) -> Iterator[BoardTerm]:
        for t in self.situation.terms:
            yield BoardTerm(
                id=t.id, proposition=t.proposition, category=t.category, status=t.status, off=t.id in self.off,
                falls=self.lost[t.id] and t.id not in self.off, possible=self.can[t.id], needs=t.depends_on,
                stands=tuple(self._stands(t)), places=self.places(t.basis.sources),
            )  # fmt: skip

    def _stands(self, term: Term) -> Iterator[Stand]:
        found: dict[str, list[tuple[Side, AnyRecord]]] = {}
        for key in term.basis.sources:
            record = self.records.get(key)
            if isinstance(record, TermRecord):
                for role, side in _ROLES.items():
                    for actor in getattr(record, role):
                        found.setdefault(actor.id, []).append((side, record))
        for party, said in found.items():
            sides = tuple(dict.fromkeys(side for side, _ in said))
            yield Stand(party=party, sides=sides, places=self.places(dict.fromkeys(r.id for _, r in said)))

    def parties(self) -> Iterator[BoardParty]:
        for p in self.situation.parties:
            yield BoardParty(id=p.id, name=p.name, veto=p.veto is not None, off=p.id in self.off)

    def facts(self) -> Iterator[BoardFact]:
        for f in self.situation.facts:
            yield BoardFact(id=f.id, text=f.text, off=f.id in self.off, places=self.places(f.basis.sources))

    def members(self) -> Iterator[BoardMember]:
        for m in self.situation.members:
            key = _member_id(m)
            yield BoardMember(
                id=key, name=self.situation.name(m.actor), coalition=self.situation.name(m.coalition), status=m.status,
                falls=self.lost[key], possible=self.can[key], conditions=tuple(c.text for c in m.conditions if c.text),
                needs=tuple(filter(None, (self._needed(m, c) for c in m.conditions))), places=self.places(m.basis.sources),
            )  # fmt: skip

    def steps(self) -> Iterator[BoardStep]:
        for s in sorted(self.situation.steps, key=lambda s: s.order):
            names = tuple(map(self.situation.name, s.actors))
            yield BoardStep(order=s.order, action=s.action, actors=names, places=self.places(s.basis.sources))

    def _needed(self, member: Member, condition: Joining) -> str | None:
        """The node that a condition waits for: a fellow member by its own id, else the term or fact."""
        fellows = {m.actor for m in self.situation.members if m.coalition == member.coalition}
        return f"{member.coalition}/{condition.target}" if condition.target in fellows else condition.target


def _member_id(member: Member) -> str:
    return f"{member.coalition}/{member.actor}"
