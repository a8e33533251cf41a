"""Who is in a coalition, in which role, on what condition."""

from __future__ import annotations

from collections.abc import Sequence

from detente.ledger.questions.places import Place, Places
from detente.ledger.store import Ledger
from detente.records import (
    ActorRef,
    Condition,
    Membership,
    MembershipRole,
    MembershipStatus,
    Part,
)


class Member(Part, frozen=True, kw_only=True):
    """One actor in or around a coalition.

    Args:
        actor: who.
        status: in the latest article.
        role: in the latest article that gives one.
        conditions: those of the latest article.
        history: by article date, each status with the place that says so.
    """

    actor: ActorRef
    status: MembershipStatus
    role: MembershipRole | None
    conditions: tuple[Condition, ...]
    history: tuple[tuple[MembershipStatus, Place], ...]

    @property
    def shifted(self) -> bool:
        """Whether the articles give more than one status."""
        return len({status for status, _ in self.history}) > 1


class Coalition(Part, frozen=True, kw_only=True):
    """A coalition and its members by name, those who are in first."""

    coalition: ActorRef
    members: tuple[Member, ...]

    def who(self, status: MembershipStatus) -> tuple[ActorRef, ...]:
        """The actors with a status."""
        return tuple(m.actor for m in self.members if m.status == status)


_ORDER: tuple[MembershipStatus, ...] = ("in", "conditional", "invited", "out")


def coalition(ledger: Ledger, name: str | None = None) -> list[Coalition]:
    """The coalitions, or the one of a name, with their members and what these make it hang on.

    Rejected and negated records are left out.

    Args:
        ledger: the records.
        name: canonical name, alias or id of the coalition.
    """
    places = Places(ledger)
    grouped: dict[str, dict[str, list[Membership]]] = {}
    for m in ledger.memberships.where(coalition=name):
        if m.review != "rejected" and m.factuality != "negated":
            grouped.setdefault(m.coalition.id, {}).setdefault(m.actor.id, []).append(m)
    return [_coalition(list(members.values()), places) for members in grouped.values()]


def _coalition(by_actor: Sequence[Sequence[Membership]], places: Places) -> Coalition:
    members = [_member(records, places) for records in by_actor]
    members.sort(key=lambda m: (_ORDER.index(m.status), m.actor.name))
    return Coalition(coalition=by_actor[0][0].coalition, members=tuple(members))


def _member(records: Sequence[Membership], places: Places) -> Member:
    """The records come by article date, so that the last one is the latest."""
    latest = records[-1]
    return Member(
        actor=latest.actor,
        status=latest.status,
        role=next((m.role for m in reversed(records) if m.role), None),
        conditions=latest.conditions,
        history=tuple((m.status, places.of(m)) for m in records),
    )
