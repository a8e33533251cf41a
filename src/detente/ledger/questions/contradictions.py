"""Where sources contradict each other: sums, due dates, whether something happened, stances, words inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from detente.ledger.questions import windows
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.code_book import CodeBook, code_book
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Promise, folded, pledges_of
from detente.ledger.questions.same_pledge import DAYS, doubts, near
from detente.ledger.questions.stances import Held, by_party, held
from detente.ledger.questions.wording import counted, names, when
from detente.ledger.store import Ledger
from detente.ledger.sums import same_sum
from detente.records import Cluster, Event, Part, Statement

Kind = Literal["sum", "due date", "pledger", "event", "stance", "speaker", "wording"]


_KINDS = '["event", "pledge", "position"]'
# Days between an account and its denial, where neither says on which day it was.
_DAYS_APART = 3


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
    ledger: Ledger,
    actor: object = None,
    *,
    as_of: str | None = None,
    book: CodeBook | None = None,
    whole: bool = False,
) -> Answer[Contradiction]:
    """Where the coverage does not agree with itself.

    - Two sums, due dates or pledgers for what may be one pledge (the rule stands at the head of `same_pledge`), and
      sums that do not agree in records that a person put together.
    - An event of the same type between the same actors on the same day, told as done and as not done; where no day is told, one
      with recipients, told within three days.
    - The same actor for and against one proposition on the same day, in two outlets, each at first hand.
    - Another speaker of one quotation, or other words inside its marks (cuts, ellipses and brackets apart), as the
      ledger's clusters of statements have them.

    Where nobody is named and the ledger has more than 3,000 pledges, positions and events, those of its last days are compared with
    each other: as far back as they are not more, and of a fortnight at least. A note says so.

    Args:
        ledger: the records.
        actor: only what this actor pledges, does, wants or says: canonical name, alias or id.
        as_of: last day of publication, as YYYY-MM-DD.
        book: groups the propositions; the packaged one where `None`.
        whole: compare all records, however many there are.
    """
    look, notes = _look(ledger, as_of, bounded=actor is None and not whole)
    ids = None if actor is None else look.ids_of(actor)
    found = [
        *_of_pledges(look, actor), *_of_events(look, ids), *_of_stances(look, book or code_book(), actor),
        *_of_quotations(look, ids),
    ]  # fmt: skip
    found.sort(key=lambda c: (get_args(Kind).index(c.kind), c.about, c.places[0].record))
    return Answer.of(look, "contradictions", "contradiction", found, about=actor, notes=notes)


def _look(ledger: Ledger, as_of: str | None, *, bounded: bool) -> tuple[Look, list[str]]:
    """What is seen of a ledger; where that is not all, with a note that says so."""
    look = Look(ledger, as_of)
    first = windows.first_day(look, _KINDS, windows.MOST, 2 * DAYS) if bounded else None
    if first is None:
        return look, []
    earlier = windows.articles(look, "<", first)
    # Some days again, so that what lies on both sides of the first day is compared too.
    before = (date.fromisoformat(first) + timedelta(days=DAYS)).isoformat()
    return Look(ledger, as_of, since=first), [
        f"compared is what was published from {first} on; not looked at: {counted(earlier, 'earlier article')}. Ask again"
        f" as of {before}, about one actor, or for the whole (--whole)"
    ]


def _row(kind: Kind, about: str, versions: Sequence[Version]) -> Contradiction:
    places = {p.record: p for v in versions for p in v.places}
    return Contradiction(kind=kind, about=about, versions=tuple(versions), places=tuple(places.values()))


def _of_pledges(look: Look, actor: object) -> Iterator[Contradiction]:
    found = folded(look, pledges_of(look, actor))
    for _, p in found:
        apart = [f for f in p.figures if p.amount and not same_sum(f.amount, p.amount)]
        if apart:
            printed = [f for f in p.figures if f not in apart]
            versions = [
                Version(says=f.amount.surface or str(f.amount.value), places=f.places)
                for f in (*printed, *apart)
            ]
            yield _row("sum", p.heading, versions)
    for one, other, differ in doubts(look, found):
        if differ != "currency":
            yield _row(
                differ, one.heading, [Version(says=_said(p, differ), places=p.places) for p in (one, other)]
            )


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
    for e in look.naming("event", ids, "actors", "recipients"):
        sides = frozenset(a.id for a in e.actors), frozenset(a.id for a in e.recipients)
        told = sides[0] and (e.date or sides[1]) and e.factuality in ("actual", "negated") and not e.hearsay
        if told and (ids is None or ids & (sides[0] | sides[1])):
            groups.setdefault((e.type, *sides, e.date), {}).setdefault(e.factuality, []).append(e)
    for group in groups.values():
        if len(group) == 2 and (contradiction := _happened(look, group["actual"], group["negated"])):
            yield contradiction


def _happened(look: Look, done: list[Event], not_done: list[Event]) -> Contradiction | None:
    """An event and its denial; without a day of their own they must be told within days of each other."""
    first = done[0]
    one, other = (tuple(map(look.place, told)) for told in (done, not_done))
    if first.date is None and not near(one, other, _DAYS_APART):
        return None
    to = f" → {names(first.recipients)}" if first.recipients else ""
    about = f"{first.type} {names(first.actors)}{to}, {when(first.date) or 'on a day that is not told'}"
    versions = [Version(says="it happened", places=one), Version(says="it did not happen", places=other)]
    return _row("event", about, versions)


def _of_stances(look: Look, book: CodeBook, actor: object) -> Iterator[Contradiction]:
    told_plainly = (h for h in held(look, book, actor) if h.firm and h.day and not h.superseded)
    plain = [h for h in told_plainly if h.stance in ("support", "oppose")]
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
        Version(says=stance, places=tuple(look.place(h.position) for h in group))
        for stance, group in sorted(by_stance.items())
    ]
    return _row("stance", f"{first.actor.name} on {day} — {first.proposition}", versions)


def _of_quotations(look: Look, ids: frozenset[str] | None) -> Iterator[Contradiction]:
    """What the clusters of statements have: other words inside the marks, other speakers of the same quotation."""
    if ids is None and look.since is None:
        clusters = look.ledger.clusters("statement")
    elif ids is None:
        clusters = look.clusters("statement", look.ids_since("statement", look.since or ""))
    else:
        clusters = look.clusters("statement", (s.id for s in look.naming("statement", ids, "speaker")))
    told: dict[str, Statement] = {s.id: s for s in look.these(m for c in clusters for m in c.members)}
    for cluster in clusters:
        members = [told[m] for m in cluster.members if m in told]
        if members and (ids is None or any(s.speaker and s.speaker.id in ids for s in members)):
            yield from _of_speakers(look, members)
            yield from _of_wordings(look, cluster, told)


def _of_speakers(look: Look, members: Sequence[Statement]) -> Iterator[Contradiction]:
    by_speaker: dict[str, list[Statement]] = {}
    for s in members:
        if s.speaker and s.mode == "direct" and not s.hearsay:
            by_speaker.setdefault(s.speaker.name, []).append(s)
    if len(by_speaker) > 1:
        versions = [
            Version(says=name, places=tuple(map(look.place, told))) for name, told in by_speaker.items()
        ]
        yield _row("speaker", members[0].content, versions)


def _of_wordings(look: Look, cluster: Cluster, told: dict[str, Statement]) -> Iterator[Contradiction]:
    """An editor's words in brackets contradict nothing, nor does another translation."""
    for d in cluster.differences:
        printed = [(told[p.record], p) for p in d.printed if p.record in told]
        if (
            d.kind != "brackets"
            and len(printed) == len(d.printed)
            and not any(s.translated for s, _ in printed)
        ):
            who = printed[0][0].speaker
            says = [Version(says=f"“{p.evidence.exact}”", places=(look.place(s),)) for s, p in printed]
            yield _row("wording", f"{who.name if who else 'speaker unknown'}: {printed[0][0].content}", says)
