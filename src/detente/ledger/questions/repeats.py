"""What is new money, and what a repeat."""

from __future__ import annotations

from collections.abc import Iterator

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Promise, folded, pledges_of
from detente.ledger.questions.wording import counted
from detente.ledger.store import Ledger


class Repeat(Row, frozen=True, kw_only=True):
    """One pledge that is told several times: new at its first telling, and a repeat at every other.

    Args:
        promise: the pledge.
        first: the tellings of the first day; `None` for that day where an article has no date.
        again: the later ones.
    """

    promise: Promise
    first: tuple[Place, ...]
    again: tuple[Place, ...]

    @property
    def heading(self) -> str:
        """The pledge, and how often it is told."""
        return f"{self.promise.heading}; told {counted(len(self.places), 'time')}"

    def details(self) -> Iterator[str]:
        """Where it was new, and why the rest are the same pledge."""
        outlets = ", ".join(dict.fromkeys(p.outlet for p in self.first))
        yield f"first told {self.first[0].published or 'on an unknown day'}: {outlets}"
        if later := dict.fromkeys(p.published or "date unknown" for p in self.again):
            yield f"{counted(len(self.again), 'repeat')} later: {', '.join(later)}"
        if self.promise.amount and self.promise.amount.basis == "additional":
            yield "said to come on top of an earlier sum"
        yield f"one pledge because of {self.promise.reason}"
        yield from self.promise.differences

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        for line in self.promise.cells():
            yield line | {
                "first told": self.first[0].published or "", "first outlets": "; ".join(p.outlet for p in self.first),
                "repeats": len(self.places) - 1, "why": self.promise.reason or "",
            }  # fmt: skip


def repeats(ledger: Ledger, actor: object = None, *, as_of: str | None = None) -> Answer[Repeat]:
    """Which pledges are told several times, and where each was new.

    Args:
        ledger: the records.
        actor: as `promises` takes it.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    told = [promise for _, promise in folded(look, pledges_of(look, actor))]
    found = [_repeat(p) for p in told if len(p.places) > 1]
    tellings = sum(len(p.places) for p in told)
    note = f"{counted(tellings, 'telling')} of {counted(len(told), 'promise')}: {counted(tellings - len(told), 'repeat')}"
    return Answer.of(look, "repeats", "repeated promise", found, about=actor, notes=[note] if told else ())


def _repeat(promise: Promise) -> Repeat:
    """The places come by date, so that the first day is that of the first one."""
    day = promise.places[0].published
    first = tuple(p for p in promise.places if p.published == day)
    return Repeat(
        promise=promise,
        places=promise.places,
        first=first,
        again=tuple(p for p in promise.places if p not in first),
    )
