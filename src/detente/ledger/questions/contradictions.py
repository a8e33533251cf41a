"""Where sources contradict each other: sums, due dates, whether something happened, stances, words inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal, get_args

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.code_book import CodeBook, code_book
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Promise, folded, pledges_of
from detente.ledger.questions.same_pledge import doubts
from detente.ledger.questions.stances import Held, by_party, held
from detente.ledger.questions.tellings import tellings
from detente.ledger.questions.wording import names, when
from detente.ledger.questions.wordings import differences
from detente.ledger.store import Ledger
from detente.ledger.sums import same_sum
from detente.records import Event, Part, Statement

Kind = Literal["sum", "due date", "pledger", "event", "stance", "wording"]


class Version(Part, frozen=True, kw_only=True):
    """What one side says, and where."""

    says: str
    places: tuple[Place, ...]


class Contradiction(Row, frozen=True, kw_only=True):
    """Two or more versions of one thing. Which is right the ledger cannot tell.

    Args:
        kind: what they differ in.
        about: the thing.
        versions: two at least.
    """

    kind: Kind
    about: str
    versions: tuple[Version, ...]

    @property
    def heading(self) -> str:
        """What they differ in, and the versions."""
        return f"{self.kind}: {self.about}"

    def details(self) -> Iterator[str]:
        """A line a version, with who prints it."""
        for v in self.versions:
            yield f"{v.says} — {', '.join(dict.fromkeys(p.outlet for p in v.places))}"

    def cells(self) -> Iterator[dict[str, object]]:
        """A line a version."""
        for v in self.versions:
            outlets = "; ".join(dict.fromkeys(p.outlet for p in v.places))
            yield {"kind": self.kind, "about": self.about, "version": v.says, "printed by": outlets}


def contradictions(
    ledger: Ledger, actor: object = None, *, as_of: str | None = None, book: CodeBook | None = None
) -> Answer[Contradiction]:
    """Where the coverage does not agree with itself.

    - Two sums, due dates or pledgers for what may be one pledge (the rule stands at the head of `same_pledge`), and
      sums that do not agree in records that a person put together.
    - An event of the same type between the same actors on the same known day, told as done and as not done.
    - The same actor for and against one proposition on the same day, in two outlets, each at first hand.
    - Other words inside the quotation marks of one statement, cuts and ellipses apart.

    Args:
        ledger: the records.
        actor: only what this actor pledges, does, wants or says: canonical name, alias or id.
        as_of: last day of publication, as YYYY-MM-DD.
        book: groups the propositions; the packaged one where `None`.
    """
    look = Look(ledger, as_of)
    ids = None if actor is None else look.ids_of(actor)
    found = [
        *_of_pledges(look, actor), *_of_events(look, ids), *_of_stances(look, book or code_book(), actor),
        *_of_quotations(look, ids),
    ]  # fmt: skip
    found.sort(key=lambda c: (get_args(Kind).index(c.kind), c.about, c.places[0].record))
    return Answer.of(look, "contradictions", "contradiction", found, about=actor)


def _row(kind: Kind, about: str, versions: Sequence[Version]) -> Contradiction:
    places = {p.record: p for v in versions for p in v.places}
    return Contradiction(kind=kind, about=about, versions=tuple(versions), places=tuple(places.values()))


def _of_pledges(look: Look, actor: object) -> Iterator[Contradiction]:
    found = folded(look, pledges_of(look, actor))
    for _, p in found:
        apart = [f for f in p.figures if p.amount and not same_sum(f.amount, p.amount)]
        if apart:
            printed = [f for f in p.figures if f not in apart]
            versions = [Version(says=f.amount.surface or str(f.amount.value), places=f.places) for f in (*printed, *apart)]
            yield _row("sum", p.heading, versions)
    for one, other, differ in doubts(look, found):
        if differ != "currency":
            yield _row(differ, one.heading, [Version(says=_said(p, differ), places=p.places) for p in (one, other)])


def _said(promise: Promise, differ: str) -> str:
    match differ:
        case "sum":
            return promise.amount.surface if promise.amount else "no sum"
        case "due date":
            return when(promise.due)
        case _:
            return names(promise.pledger)


def _of_events(look: Look, ids: frozenset[str] | None) -> Iterator[Contradiction]:
    groups: dict[tuple[object, ...], dict[str, list[Event]]] = {}
    for e in look.records("event"):
        sides = frozenset(a.id for a in e.actors), frozenset(a.id for a in e.recipients)
        told = e.date and sides[0] and e.factuality in ("actual", "negated") and not e.hearsay
        if told and (ids is None or ids & (sides[0] | sides[1])):
            groups.setdefault((e.type, *sides, e.date), {}).setdefault(e.factuality, []).append(e)
    for group in groups.values():
        if len(group) == 2:
            first = group["actual"][0]
            to = f" → {names(first.recipients)}" if first.recipients else ""
            about = f"{first.type} {names(first.actors)}{to}, {when(first.date)}"
            said = {"actual": "it happened", "negated": "it did not happen"}
            yield _row("event", about, [Version(says=said[f], places=tuple(map(look.place, es))) for f, es in sorted(group.items())])


def _of_stances(look: Look, book: CodeBook, actor: object) -> Iterator[Contradiction]:
    plain = [h for h in held(look, book, actor) if h.firm and h.day and h.stance in ("support", "oppose")]
    for group in by_party(plain).values():
        by_day: dict[str, list[Held]] = {}
        for h in group:
            by_day.setdefault(h.day, []).append(h)
        for day, told in by_day.items():
            if contradiction := _same_day(look, day, told):
                yield contradiction


def _same_day(look: Look, day: str, told: list[Held]) -> Contradiction | None:
    by_stance: dict[str, list[Held]] = {}
    for h in told:
        by_stance.setdefault(h.stance, []).append(h)
    outlets = [{look.outlet(h.position) for h in group} for group in by_stance.values()]
    if len(by_stance) < 2 or len(outlets[0] | outlets[1]) < 2:
        return None
    first = told[0]
    versions = [
        Version(says=stance, places=tuple(look.place(h.position) for h in group)) for stance, group in sorted(by_stance.items())
    ]
    return _row("stance", f"{first.actor.name} on {day} — {first.proposition}", versions)


def _of_quotations(look: Look, ids: frozenset[str] | None) -> Iterator[Contradiction]:
    """Only statements that somebody or some rule put together can differ: equal words are no difference."""
    clustered = {m for c in look.ledger.clusters("statement") for m in c.members}
    for group in tellings(look, look.these(sorted(clustered))):
        quoted = [s for s in group if s.mode == "direct" and not s.translated and _spoken_by(s, ids)]
        for one, other in combinations(quoted, 2):
            if one.article == other.article:
                continue
            for differs in differences(one.content, other.content):
                who = one.speaker.name if one.speaker else "speaker unknown"
                yield _row("wording", f"{who}: {one.content}", [
                    Version(says=f"“{words}”" if words else "nothing there", places=(look.place(s),))
                    for words, s in ((differs.one, one), (differs.other, other))
                ])  # fmt: skip


def _spoken_by(statement: Statement, ids: frozenset[str] | None) -> bool:
    return ids is None or (statement.speaker is not None and statement.speaker.id in ids)
