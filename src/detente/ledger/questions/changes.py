"""What changed since a day: new pledges, stages, shifts, terms, and who came in or went out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from detente.ledger.filters import iso_date
from detente.ledger.questions import bearing, windows
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.coalition import by_coalition, by_member
from detente.ledger.questions.code_book import CodeBook, code_book
from detente.ledger.questions.look import Look
from detente.ledger.questions.promises import folds, latest, plain, pledges_of, promise_of
from detente.ledger.questions.shifts import found_shifts, shifts_of
from detente.ledger.questions.stances import held_of
from detente.ledger.questions.terms import grouped
from detente.ledger.questions.wording import UNKNOWN, counted, spaced
from detente.ledger.store import Ledger
from detente.records import AnyRecord

_KINDS = '["membership", "pledge", "position", "term"]'

Kind = Literal["new pledge", "stage", "outcome", "shift", "new term", "term status", "coalition"]


class Change(Row, frozen=True, kw_only=True):
    """One change.

    Args:
        kind: of what.
        about: the pledge, the term, the party and its proposition, the member.
        before: the value before, `None` where there was nothing on record.
        after: the value now.
        on: day of the first article that has the new value, ISO.
    """

    kind: Kind
    about: str
    before: str | None
    after: str
    on: str

    @property
    def heading(self) -> str:
        """The day, the kind, and from what to what."""
        new = self.before is None
        return f"{self.on}, {self.kind}: {self.about}" + (
            f" — {self.after}" if new else f" — from {self.before} to {self.after}"
        )

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {
            "on": self.on,
            "kind": self.kind,
            "about": self.about,
            "before": self.before or "",
            "after": self.after,
        }


class _Value(NamedTuple):
    """A value that one record gives on a day."""

    day: str
    value: str
    record: AnyRecord


def changes(
    ledger: Ledger,
    *,
    since: str,
    actor: object = None,
    as_of: str | None = None,
    book: CodeBook | None = None,
    whole: bool = False,
) -> Answer[Change]:
    """What the articles of a day and later have that the earlier ones do not, by kind and day.

    A change of a value is told against the last value before the day. Articles without a date are left out, since it is not
    known on which side of the day they lie.

    Where nobody is named and more than 3,000 records are of the day or later, the answer goes from the day as far as those are
    not more; a note says so.

    Args:
        ledger: the records.
        since: the first day that counts as new, as YYYY-MM-DD.
        actor: only pledges, shifts and memberships of this actor: canonical name, alias or id.
        as_of: last day of publication, as YYYY-MM-DD.
        book: groups the propositions; the packaged one where `None`.
        whole: go through all of them, however many there are.

    Raises:
        InvalidDate: `since` or `as_of` is not a day.
    """
    day = iso_date(since, "since")
    look, seen = _look(ledger, as_of, day, bounded=actor is None and not whole)
    found = [
        *_of_pledges(look, day, actor),
        *_of_shifts(look, day, actor, book or code_book()),
        *(_of_terms(look, day) if actor is None else ()),
        *_of_members(look, day, actor),
    ]  # fmt: skip
    found.sort(key=lambda c: (get_args(Kind).index(c.kind), c.on, c.about))
    undated = look.scope.undated
    without = f"{counted(undated, 'article')} without a date: what only they tell is left out"
    notes = [*seen, *([without] if undated else ())]
    return Answer.of(look, "changes", "change", found, about=f"since {day}", notes=notes)


def _look(ledger: Ledger, as_of: str | None, since: str, *, bounded: bool) -> tuple[Look, list[str]]:
    """What is seen of a ledger; where that is not all, with a note that says so."""
    look = Look(ledger, as_of)
    last = windows.last_day(look, since, _KINDS, windows.MOST) if bounded else None
    if last is None:
        return look, []
    later = windows.articles(look, ">", last)
    return Look(ledger, last), [
        f"these are the changes up to {last}; not looked at: {counted(later, 'later article')}. Ask again since"
        f" {windows.after(last)}, about one actor, or for the whole (--whole)"
    ]


def _of_pledges(look: Look, since: str, actor: object) -> Iterator[Change]:
    if actor is None and look.clustered:
        pledges = plain(look.chosen("pledge", bearing.pledges(look, since)))
    else:
        pledges = pledges_of(look, actor)
    for fold in folds(look, pledges):
        days = [look.day(p) for p in fold.pledges]
        if not all(days) or max(days) < since:
            continue
        promise = promise_of(look, fold)
        if min(days) >= since:
            yield Change(kind="new pledge", about=promise.heading, before=None, after=f"told {counted(len(days), 'time')}",
                         on=min(days), places=promise.places)  # fmt: skip
            continue
        stages = [_Value(look.day(p), p.stage, p) for p in fold.pledges if p.stage]
        outcomes = [_Value(look.day(p), spaced(p.outcome), p) for p in fold.pledges if p.outcome]
        yield from _changed(look, since, "stage", promise.heading, stages)
        yield from _changed(look, since, "outcome", promise.heading, outcomes)


def _of_shifts(look: Look, since: str, actor: object, book: CodeBook) -> Iterator[Change]:
    if actor is None:
        bears = look.chosen("position", bearing.positions(look, since, book))
        found = shifts_of(look, held_of(look, book, bears, everybody=True))
    else:
        found = found_shifts(look, book, actor)
    for s in found:
        if s.since >= since:
            yield Change(kind="shift", about=f"{s.actor.name} on {s.proposition}", before=s.before, after=s.after,
                         on=s.since, places=s.places)  # fmt: skip


def _of_terms(look: Look, since: str) -> Iterator[Change]:
    for group in grouped(look, look.chosen("term", bearing.terms(look, since))):
        days = [look.day(t) for t in group]
        status = [_Value(look.day(t), spaced(t.status), t) for t in group if t.status]
        if all(days) and min(days) >= since:
            now = latest((v.day, v.value) for v in status) or f"status {UNKNOWN}"
            yield Change(kind="new term", about=group[0].proposition, before=None, after=now, on=min(days),
                         places=tuple(map(look.place, group)))  # fmt: skip
        elif all(days):
            yield from _changed(look, since, "term status", group[0].proposition, status)


def _of_members(look: Look, since: str, actor: object) -> Iterator[Change]:
    if actor is None:
        found = by_member(look.chosen("membership", bearing.memberships(look, since)))
    else:
        found = by_coalition(look, look.ids_of(actor), "actor")
    for members in found.values():
        for records in members.values():
            values = [_Value(look.day(m), m.status, m) for m in records if look.day(m) and not m.hearsay]
            if values:
                first = records[0]
                yield from _changed(
                    look,
                    since,
                    "coalition",
                    f"{first.actor.name} in {first.coalition.name}",
                    values,
                    new=True,
                )


def _changed(
    look: Look, since: str, kind: Kind, about: str, values: Iterable[_Value], *, new: bool = False
) -> Iterator[Change]:
    """The changes from day to day, from the last value before `since` on; where there is none, only if `new` asks for it."""
    told = _by_day(values)
    before = [group for group in told if group[0].day < since][-1:]
    after = [group for group in told if group[0].day >= since]
    if new and not before and after:
        yield _change(look, kind, about, None, after[0])
    for one, other in pairwise([*before, *after]):
        if _said(one) != _said(other):
            yield _change(look, kind, about, one, other)


def _by_day(values: Iterable[_Value]) -> list[list[_Value]]:
    days: dict[str, list[_Value]] = {}
    for v in sorted(values, key=lambda v: v.day):
        days.setdefault(v.day, []).append(v)
    return list(days.values())


def _said(values: Sequence[_Value]) -> str:
    """The values of one day: several where its articles differ."""
    return " and ".join(sorted({v.value for v in values}))


def _change(
    look: Look, kind: Kind, about: str, before: Sequence[_Value] | None, after: Sequence[_Value]
) -> Change:
    return Change(
        kind=kind, about=about, before=_said(before) if before else None, after=_said(after), on=after[0].day,
        places=tuple(look.place(v.record) for v in (*(before or ()), *after)),
    )  # fmt: skip
