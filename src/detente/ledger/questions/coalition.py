"""Who is in a coalition, in which role, on what condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.wording import hung_on
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


class Coalition(Row, frozen=True, kw_only=True):
    """A coalition and its members by name, those who are in first."""

    coalition: ActorRef
    members: tuple[Member, ...]

    @property
    def heading(self) -> str:
        """Its name, and how many have which status."""
        return f"{self.coalition.name}: " + ", ".join(
            f"{len(who)} {s}" for s in _ORDER if (who := self.who(s))
        )

    def details(self) -> Iterator[str]:
        """A line a member."""
        yield from map(_line, self.members)

    def cells(self) -> Iterator[dict[str, object]]:
        """A line a member."""
        for m in self.members:
            yield {
                "coalition": self.coalition.name, "actor": m.actor.name, "status": m.status, "role": m.role or "",
                "conditions": "; ".join(map(hung_on, m.conditions)), "shifted": "yes" if m.shifted else "no",
            }  # fmt: skip

    def who(self, status: MembershipStatus) -> tuple[ActorRef, ...]:
        """The actors with a status."""
        return tuple(m.actor for m in self.members if m.status == status)


_ORDER: tuple[MembershipStatus, ...] = ("in", "conditional", "invited", "out")


def coalition(ledger: Ledger, name: str | None = None, *, as_of: str | None = None) -> Answer[Coalition]:
    """The coalitions, or the one of a name, with their members and what these make it hang on.

    Rejected and negated records are left out.

    Args:
        ledger: the records.
        name: canonical name, alias or id of the coalition.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    ids = None if name is None else look.ids_of(name)
    found = [_coalition(list(members.values()), look) for members in by_coalition(look, ids).values()]
    return Answer.of(look, "coalition", "coalition", found, about=name)


def by_coalition(
    look: Look, ids: frozenset[str] | None = None, role: str = "coalition"
) -> dict[str, dict[str, list[Membership]]]:
    """The memberships that stand, by coalition and actor, each actor's in the order of their articles.

    Args:
        look: what the question sees.
        ids: of the coalitions, or members, that are asked for; all where `None`.
        role: which of the two: `coalition` or `actor`.
    """
    return by_member(look.naming("membership", ids, role))


def by_member(memberships: Iterable[Membership]) -> dict[str, dict[str, list[Membership]]]:
    """Memberships by coalition and actor, but for those that are said not to be, in the order given."""
    grouped: dict[str, dict[str, list[Membership]]] = {}
    for m in memberships:
        if m.factuality != "negated":
            grouped.setdefault(m.coalition.id, {}).setdefault(m.actor.id, []).append(m)
    return grouped


def _line(m: Member) -> str:
    role = f", {m.role}" if m.role else ""
    before = (
        f" (before: {', '.join(dict.fromkeys(s for s, _ in m.history if s != m.status))})"
        if m.shifted
        else ""
    )
    return f"{m.actor.name}: {m.status}{role}{before}" + "".join(f"; {hung_on(c)}" for c in m.conditions)


def _coalition(by_actor: Sequence[Sequence[Membership]], look: Look) -> Coalition:
    members = [_member(records, look) for records in by_actor]
    members.sort(key=lambda m: (_ORDER.index(m.status), m.actor.name))
    places = tuple(place for m in members for _, place in m.history)
    return Coalition(coalition=by_actor[0][0].coalition, members=tuple(members), places=places)


def _member(records: Sequence[Membership], look: Look) -> Member:
    """The records come by article date, so that the last one is the latest."""
    latest = records[-1]
    return Member(
        actor=latest.actor,
        status=latest.status,
        role=next((m.role for m in reversed(records) if m.role), None),
        conditions=latest.conditions,
        history=tuple((m.status, look.place(m)) for m in records),
    )
