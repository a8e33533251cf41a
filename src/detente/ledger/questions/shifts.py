"""Who changed position, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.code_book import CodeBook, code_book
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.stances import Held, by_party, held
from detente.ledger.store import Ledger
from detente.records import ActorRef, Stance


class Shift(Row, frozen=True, kw_only=True):
    """A change of one actor's stance on one proposition.

    Args:
        actor: who.
        proposition: on what.
        before: the earlier stance.
        after: the later one.
        until: last day on which the earlier one is on record.
        since: first day of the later one.
        earlier: where the earlier one is told.
        later: where the later one is told.
    """

    actor: ActorRef
    proposition: str
    before: Stance
    after: Stance
    until: str
    since: str
    earlier: tuple[Place, ...]
    later: tuple[Place, ...]

    @property
    def heading(self) -> str:
        """Who, when, from what to what."""
        return f"{self.actor.name}: from {self.before} ({self.until}) to {self.after} ({self.since}) — {self.proposition}"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {
            "actor": self.actor.name, "proposition": self.proposition, "from": self.before, "until": self.until,
            "to": self.after, "since": self.since,
        }  # fmt: skip


def shifts(
    ledger: Ledger, actor: object = None, *, as_of: str | None = None, book: CodeBook | None = None
) -> Answer[Shift]:
    """The changes of stance, by day. An unclear answer is no change, and hearsay changes nothing.

    Args:
        ledger: the records.
        actor: canonical name, alias or id; everybody where `None`.
        as_of: last day of publication, as YYYY-MM-DD.
        book: groups the propositions; the packaged one where `None`.
    """
    look = Look(ledger, as_of)
    return Answer.of(look, "shifts", "shift", found_shifts(look, book or code_book(), actor), about=actor)


def found_shifts(look: Look, book: CodeBook, actor: object = None) -> list[Shift]:
    """The changes of stance that a look at a ledger shows."""
    return shifts_of(look, held(look, book, actor))


def shifts_of(look: Look, stances: Iterable[Held]) -> list[Shift]:
    """The changes from one to another of some stances, by day."""
    groups = by_party(h for h in stances if h.firm and h.day and h.stance != "ambiguous")
    found = [shift for group in groups.values() for shift in _shifts(look, group)]
    return sorted(found, key=lambda s: (s.since, s.actor.name, s.proposition))


def _shifts(look: Look, group: list[Held]) -> Iterator[Shift]:
    """Between steps on which all sources agree: where they differ there is a contradiction, and no change to be told."""
    by_step: dict[tuple[str, bool], list[Held]] = {}
    for h in group:
        by_step.setdefault(h.step, []).append(h)
    agreed = [told for told in by_step.values() if len({h.stance for h in told}) == 1]
    for before, after in pairwise(agreed):
        if before[0].stance != after[0].stance:
            yield _shift(look, before, after)


def _shift(look: Look, before: list[Held], after: list[Held]) -> Shift:
    earlier, later = (tuple(look.place(h.position) for h in told) for told in (before, after))
    last = after[0]
    return Shift(
        actor=last.actor, proposition=last.proposition, before=before[0].stance, after=last.stance,
        until=before[0].day, since=last.day, earlier=earlier, later=later, places=(*earlier, *later),
    )  # fmt: skip
