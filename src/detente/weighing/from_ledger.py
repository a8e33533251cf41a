"""A situation from records: what they say, as wide as they leave it, and the rest assumed and said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from detente.actors.wording import content_words
from detente.records import Actor, ActorRef, Article, Deal, Membership, Position
from detente.records import Term as TermRecord
from detente.weighing.acting import Acting
from detente.weighing.joiners import Joiners
from detente.weighing.situation import Basis, Input, Party, Situation, Step, Term, assumed
from detente.weighing.stances import stances
from detente.weighing.toml import check


class Held(Protocol):
    """Where records come from: a ledger, or anything with these sets, in the order of date and place."""

    @property
    def positions(self) -> Iterable[Position]:
        """Who stands where."""

    @property
    def terms(self) -> Iterable[TermRecord]:
        """What a deal is to contain."""

    @property
    def memberships(self) -> Iterable[Membership]:
        """Who is in which coalition."""

    @property
    def deals(self) -> Iterable[Deal]:
        """The deals with their steps."""

    @property
    def actors(self) -> Iterable[Actor]:
        """Who the records name, with their offices."""

    @property
    def articles(self) -> Iterable[Article]:
        """Where the records are from."""


def situation_from(ledger: Held, title: str = "The situation on record") -> Situation:
    """The situation that the records give.

    The parties are the actors that have a position, a part in a term, a membership or a step of a deal; whoever
    holds an office of a state that day counts as the state, and so does its seat of power. Who must agree to a
    step is a veto player. A stance gives an interval, capability and salience are assumed from 0 to 1, and what
    cannot be used is listed in `left_out`.

    Args:
        ledger: a ledger, or anything that holds records.

    Raises:
        SituationError: one id names two things.
    """
    left_out: list[str] = []
    acting = Acting(ledger.actors, ledger.articles)
    positions = [acting.position(p) for p in ledger.positions]
    memberships = [acting.membership(m) for m in ledger.memberships]
    records = _usable(map(acting.term, ledger.terms), left_out)
    terms, ids = _terms(records, left_out)
    deal = _latest(map(acting.deal, ledger.deals), left_out)
    told, joiners = stances(positions, records), Joiners(memberships, terms, ids)
    actors = _actors(positions, records, memberships, deal)
    return check(
        Situation(
            title=title,
            parties=tuple(_party(actor, deal) for actor in actors),
            issues=told.issues, standings=told.standings,
            terms=terms, steps=_steps(deal), facts=joiners.facts,
            coalitions=joiners.coalitions, members=joiners.members,
            left_out=(*told.left_out, *left_out, *joiners.left_out),
        )
    )  # fmt: skip


def _usable(terms: Iterable[TermRecord], left_out: list[str]) -> list[TermRecord]:
    kept = []
    for term in terms:
        if term.review == "rejected" or term.factuality == "negated":
            why = "rejected in review" if term.review == "rejected" else "said not to be part of the deal"
            left_out.append(f"term {term.id}, {term.proposition!r}: {why}")
        else:
            kept.append(term)
    return kept


def _terms(records: Sequence[TermRecord], left_out: list[str]) -> tuple[tuple[Term, ...], dict[str, str]]:
    """The terms, one for each wording, and for every record's id the id of its term."""
    groups: dict[tuple[str, ...], list[TermRecord]] = {}
    for record in records:
        groups.setdefault(content_words(record.proposition) or (record.id,), []).append(record)
    ids = {record.id: group[0].id for group in groups.values() for record in group}
    left_out += [
        f"term {record.id} depends on {other}, which is not among the terms"
        for record in records
        for other in record.depends_on
        if other not in ids
    ]
    return tuple(_term(group, ids) for group in groups.values()), ids


def _term(group: Sequence[TermRecord], ids: dict[str, str]) -> Term:
    first, last = group[0], [r for r in group if r.status] or [group[0]]
    needs = (ids[other] for record in group for other in record.depends_on if other in ids)
    required = [r.required for r in group if r.required is not None]
    return Term(
        id=first.id, proposition=first.proposition, category=first.category,
        status=last[-1].status, chance=_chance(last[-1]), required=required[-1] if required else None,
        depends_on=tuple(dict.fromkeys(other for other in needs if other != first.id)),
        basis=Basis(sources=tuple(r.id for r in group)),
    )  # fmt: skip


def _chance(term: TermRecord) -> Input:
    """What is agreed holds, what is rejected or withdrawn does not; all else, and all hearsay, is open."""
    known = {"agreed": 1.0, "rejected": 0.0, "withdrawn": 0.0}
    if term.status in known and term.factuality == "actual" and not term.hearsay:
        value = known[term.status]
        return Input(low=value, high=value, sources=(term.id,), note=term.status)
    return assumed(0.0, 1.0, "whether the term is agreed is not known")


def _latest(deals: Iterable[Deal], left_out: list[str]) -> Deal | None:
    """The last deal that has steps: two articles' sequences are not mixed."""
    stepped = [d for d in deals if d.steps and d.review != "rejected"]
    left_out += [f"steps of deal {d.id}, {d.title!r}: a later article has its own" for d in stepped[:-1]]
    return stepped[-1] if stepped else None


def _steps(deal: Deal | None) -> tuple[Step, ...]:
    if deal is None:
        return ()
    basis = Basis(sources=(deal.id,))
    return tuple(
        Step(order=s.order, action=s.action, actors=tuple(dict.fromkeys(a.id for a in s.actors)), basis=basis)
        for s in deal.steps
    )


def _actors(
    positions: Sequence[Position], terms: Sequence[TermRecord], memberships: Sequence[Membership], deal: Deal | None
) -> list[ActorRef]:
    """All parties in the order in which they come up, each once."""
    found = [p.actor for p in positions if p.actor and p.review != "rejected"]
    for term in terms:
        found += [*term.proposed_by, *term.accepted_by, *term.rejected_by, *term.unclear_for]
    found += [m.actor for m in memberships if m.review != "rejected"]
    found += [actor for step in (deal.steps if deal else ()) for actor in step.actors]
    return list({actor.id: actor for actor in found}.values())


def _party(actor: ActorRef, deal: Deal | None) -> Party:
    must_agree = deal is not None and any(actor.id == a.id for step in deal.steps for a in step.actors)
    return Party(
        id=actor.id, name=actor.name,
        capability=assumed(0.0, 1.0, "capability is not in the text"),
        veto=Basis(sources=(deal.id,), note="must take part in a step") if deal and must_agree else None,
    )  # fmt: skip
