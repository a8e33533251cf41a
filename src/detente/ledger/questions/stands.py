"""Where each party stands on an issue, on what evidence, now or on a day."""

from __future__ import annotations

from collections.abc import Iterator

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.code_book import CodeBook, CodedIssue, code_book
from detente.ledger.questions.look import Look
from detente.ledger.questions.stances import Held, by_party, current, held
from detente.ledger.questions.wording import UNKNOWN, hung_on
from detente.ledger.rows import name_key
from detente.ledger.store import Ledger
from detente.records import ActorRef, Condition, Stance


class Stand(Row, frozen=True, kw_only=True):
    """Where one actor stands on one proposition.

    Args:
        actor: who.
        proposition: affirmative; the code book's where it tells which way the words say it.
        issues: of the code book that it is about; empty where none fits.
        stances: the stance of the latest day; several where sources of that day differ.
        since: that day, or `None` unknown.
        earlier: the stances that it supersedes, with their days, oldest first.
        conditions: what it hangs on.
        turned: words of which the stance was turned round, because they say the opposite of the proposition.
    """

    actor: ActorRef
    proposition: str
    issues: tuple[CodedIssue, ...]
    stances: tuple[Stance, ...]
    since: str | None
    earlier: tuple[tuple[str | None, Stance], ...]
    conditions: tuple[Condition, ...]
    turned: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The actor, the stance, the proposition and the issue."""
        about = ", ".join(i.id for i in self.issues) or f"issue {UNKNOWN}"
        return f"{self.actor.name}: {' and '.join(self.stances)} — {self.proposition} [{about}]"

    def details(self) -> Iterator[str]:
        """What it hangs on, what it supersedes, and how the words were taken."""
        yield from map(hung_on, self.conditions)
        if len(self.stances) > 1:
            yield f"sources differ on {self.since or 'an unknown day'}"
        for day, stance in self.earlier:
            yield f"before: {stance}, {day or 'date unknown'}"
        for words in self.turned:
            yield f"turned round, since the words say the opposite: “{words}”"

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {
            "actor": self.actor.name, "stance": " and ".join(self.stances), "proposition": self.proposition,
            "issue": "; ".join(i.id for i in self.issues) or UNKNOWN, "since": self.since or UNKNOWN,
            "conditions": "; ".join(map(hung_on, self.conditions)),
            "earlier": "; ".join(f"{stance} {day or ''}".strip() for day, stance in self.earlier),
        }  # fmt: skip


def stands(
    ledger: Ledger,
    about: str | None = None,
    *,
    actor: object = None,
    as_of: str | None = None,
    book: CodeBook | None = None,
) -> Answer[Stand]:
    """Where actors stand; a later stance supersedes an earlier one, hearsay and plans supersede nothing at first hand.

    Args:
        ledger: the records.
        about: id of an issue of the code book, or words that the proposition has; everything where `None`.
        actor: canonical name, alias or id; everybody where `None`.
        as_of: the day, as YYYY-MM-DD: what was published later is not looked at.
        book: groups the propositions; the packaged one where `None`.
    """
    look = Look(ledger, as_of)
    stances = held(look, book or code_book(), actor)
    if as_of is not None:
        stances = [h for h in stances if h.day <= as_of]
    found = [
        _stand(look, group)
        for group in by_party(s for s in stances if about is None or _fits(s, about)).values()
    ]
    order = sorted(found, key=lambda s: (not s.issues, [i.id for i in s.issues], s.proposition, s.actor.name))
    return Answer.of(look, "stands", "stance", order, about=about)


def _fits(stance: Held, about: str) -> bool:
    words = name_key(about)
    said = (stance.proposition, stance.position.issue, *(i.id.replace("-", " ") for i in stance.issues))
    return about in [i.id for i in stance.issues] or any(words in name_key(text) for text in said)


def _stand(look: Look, group: list[Held]) -> Stand:
    now = current(group)
    first = now[0]
    return Stand(
        actor=first.actor, proposition=first.proposition, issues=first.issues,
        stances=tuple(dict.fromkeys(h.stance for h in now)), since=first.day or None,
        earlier=tuple(dict.fromkeys((h.day or None, h.stance) for h in group if h.step < first.step)),
        conditions=tuple({c.text: c for h in now for c in h.position.conditions}.values()),
        turned=tuple(dict.fromkeys(h.position.issue for h in now if h.turned)),
        places=tuple({h.position.id: look.place(h.position) for h in group}.values()),
    )  # fmt: skip
