"""Who is who in one article: every mention of an actor, with the actor it names or the reason why not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Literal

import msgspec

from detente.language.analysis import Span
from detente.records import Actor, ActorRef

MentionKind = Literal["name", "title", "pronoun", "description", "place", "group"]


class Mention(msgspec.Struct, frozen=True):
    """Words that stand for an actor.

    Args:
        span: the whole noun phrase ("Mark Rutte, Nato secretary general" has the span of the first part).
        actor: who it is, or `None` unknown.
        kind: what sort of words they are.
        reason: why it is this actor, or why it could not be told.
        possessive: whether the words end in 's or are his/her/their.
    """

    span: Span
    actor: ActorRef | None
    kind: MentionKind
    reason: str
    possessive: bool = False


class Cast(msgspec.Struct, frozen=True):
    """The mentions of one article in the order of the text, and the actors that they name by id."""

    mentions: tuple[Mention, ...]
    actors: Mapping[str, Actor]

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly between two code points, in order."""
        first = bisect_left(self.mentions, start, key=lambda m: m.span.start)
        last = bisect_left(self.mentions, end, lo=first, key=lambda m: m.span.start)
        return tuple(m for m in self.mentions[first:last] if m.span.end <= end)

    def at(self, start: int, end: int) -> Mention | None:
        """The mention that a noun phrase between two code points is: the first one in it, possessives passed over."""
        inside = self.within(start, end)
        return next((m for m in inside if not m.possessive), inside[0] if inside else None)
