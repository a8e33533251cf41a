"""Persons and seats of power counted as the state they act for: one party, not three."""

from __future__ import annotations

from collections.abc import Iterable

from detente.actors.acting import acts_for
from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.records import Actor, ActorRef, Article, Deal, Membership, Position, Term


class Acting:
    """Who counts as whom in a situation.

    Args:
        actors: the actors of the records, with their offices.
        articles: the articles of the records: an office counts on the day of publication.
    """

    def __init__(self, actors: Iterable[Actor], articles: Iterable[Article]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._published = {article.id: article.published for article in articles}

    def party(self, ref: ActorRef, on: str | None) -> ActorRef:
        """The state for which an actor acts on a day; the actor itself where there is none."""
        actor = self._actors.get(ref.id)
        if actor is None:
            return ref
        state = self._state(actor.country) if actor.type == "government" else self._home(actor, on)
        return state or ref

    def _home(self, actor: Actor, on: str | None) -> ActorRef | None:
        """The state of a person's office; the person's own country first, where it is among several."""
        registry = Registry.load()
        keys = [key for name in acts_for(actor, on) for key in registry.states_by_name.get(fold(name), ())]
        return self._state(actor.country if actor.country in keys else next(iter(keys), None))

    def _state(self, code: str | None) -> ActorRef | None:
        state = Registry.load().states.get(code or "")
        return ActorRef(id=state.id, name=state.name) if state else None

    def position(self, position: Position) -> Position:
        """A position as the party's."""
        if position.actor is None:
            return position
        on = position.valid_from or self._published.get(position.article)
        return position.replace(actor=self.party(position.actor, on))

    def term(self, term: Term) -> Term:
        """A term with the parties that propose, accept or reject it."""
        fields = ("proposed_by", "accepted_by", "rejected_by", "unclear_for")
        on = self._published.get(term.article)
        return term.replace(**{f: tuple(dict.fromkeys(self.party(a, on) for a in getattr(term, f))) for f in fields})

    def membership(self, membership: Membership) -> Membership:
        """A membership as the party's."""
        on = self._published.get(membership.article)
        return membership.replace(actor=self.party(membership.actor, on))

    def deal(self, deal: Deal) -> Deal:
        """A deal with the parties of its steps."""
        on = self._published.get(deal.article)
        steps = (s.replace(actors=tuple(dict.fromkeys(self.party(a, on) for a in s.actors))) for s in deal.steps)
        return deal.replace(steps=tuple(steps))
