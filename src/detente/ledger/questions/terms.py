"""Which terms the parties propose, accept, reject or leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Literal, NamedTuple, get_args

from detente.actors.wording import content_words
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.gists import Alike
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import latest
from detente.ledger.questions.wording import UNKNOWN, counted, doubts, spaced
from detente.ledger.rows import name_key
from detente.ledger.store import Ledger
from detente.records import ActorRef, Part, Term, TermCategory, TermStatus

View = Literal["proposes", "accepts", "rejects", "unclear"]
_FIELDS: dict[View, str] = {
    "proposes": "proposed_by", "accepts": "accepted_by", "rejects": "rejected_by", "unclear": "unclear_for",
}  # fmt: skip


class PartyView(Part, frozen=True, kw_only=True):
    """What one party is on record with about a term.

    Args:
        actor: who.
        views: of the latest day; several where sources of that day differ, or who proposes also accepts.
        since: that day, or `None` unknown.
        earlier: other views of earlier days, oldest first.
        places: where it is told, all days.
    """

    actor: ActorRef
    views: tuple[View, ...]
    since: str | None
    earlier: tuple[View, ...]
    places: tuple[Place, ...]


class TermViews(Row, frozen=True, kw_only=True):
    """One term, with each party's view.

    Args:
        id: of the first record.
        proposition: the term, in the words of the first record.
        category: what sort of provision; `None` where that is not told.
        status: of the latest article that gives one.
        parties: by name.
        depends_on: the propositions of the terms that it needs.
        required: whether the deal hangs on it, by the latest article that says so.
    """

    id: str
    proposition: str
    category: TermCategory | None
    status: TermStatus | None
    parties: tuple[PartyView, ...]
    depends_on: tuple[str, ...]
    required: bool | None

    def who(self, view: View) -> tuple[ActorRef, ...]:
        """The parties with a view."""
        return tuple(p.actor for p in self.parties if view in p.views)

    @property
    def heading(self) -> str:
        """The term, its category and its status."""
        required = ", required" if self.required else ""
        return f"{self.proposition} — {spaced(self.category)}, status {spaced(self.status)}{required}"

    def details(self) -> Iterator[str]:
        """A line a view, with who had another one before."""
        for view in get_args(View):
            if parties := [p for p in self.parties if view in p.views]:
                yield f"{view}: {', '.join(map(_named, parties))}"
        if not self.parties:
            yield "no party is on record with a view of it"
        if self.depends_on:
            yield f"needs: {'; '.join(self.depends_on)}"

    def cells(self) -> Iterator[dict[str, object]]:
        """A line a party; one line where there is none."""
        shared: dict[str, object] = {
            "term": self.proposition,
            "category": self.category or UNKNOWN,
            "status": self.status or UNKNOWN,
        }
        for p in self.parties:
            yield shared | {
                "party": p.actor.name,
                "view": " and ".join(p.views),
                "since": p.since or "",
                "before": " ".join(p.earlier),
            }
        if not self.parties:
            yield shared | {"party": "", "view": "", "since": "", "before": ""}


def terms(
    ledger: Ledger, about: str | None = None, *, actor: object = None, as_of: str | None = None
) -> Answer[TermViews]:
    """The terms with who proposes, accepts, rejects them, and whose view is unclear; the latest view of each party.

    Records are one term where their content words are the same in the same order.

    Args:
        ledger: the records.
        about: words that the term has, or its category; all where `None`.
        actor: only terms on which this actor is on record: canonical name, alias or id.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    ids = None if actor is None else look.ids_of(actor)
    found = [
        row for row in _found(look, about, ids) if ids is None or any(p.actor.id in ids for p in row.parties)
    ]
    unclear = sum(not row.parties for row in found)
    notes = [f"{counted(unclear, 'term')} without any party's view"] if unclear else []
    return Answer.of(look, "terms", "term", found, about=about, notes=notes)


def _found(look: Look, about: str | None, ids: frozenset[str] | None) -> list[TermViews]:
    """The terms that fit, each with all its records; with actors' ids, those at least on which one of them is on record."""
    fits = cache(partial(_fits, about))  # many are in the same words
    fitting = [one for one in look.gists("term") if fits(one.gist.proposition or "", one.gist.category)]
    if ids is not None:
        fitting = _with_party(fitting, look.rows_naming(ids, *_FIELDS.values()))
    needed = look.rows_of(key for one in fitting for key in one.gist.depends_on or ())
    serials = needed.union(*(one.serials for one in fitting))
    every: list[Term] = look.chosen("term", serials)
    propositions = {t.id: t.proposition for t in every}
    asked = [t for t in every if fits(t.proposition, t.category)]
    return [_views(look, group, propositions) for group in grouped(look, asked)]


def _with_party(known: Sequence[Alike], rows: frozenset[int]) -> list[Alike]:
    """The records of those terms that one of some rows tells; and what is said not to be in the deal, for that is noted."""
    keyed = [(same_term(one), one) for one in known]
    told = {key for key, one in keyed if not rows.isdisjoint(one.serials)}
    return [one for key, one in keyed if key in told or one.gist.factuality == "negated"]


def same_term(one: Alike) -> tuple[object, ...]:
    """What the gists of one term have in common: content words in their order; the row of one that has none."""
    return content_words(one.gist.proposition or "") or tuple(one.serials)


def grouped(look: Look, terms: Iterable[Term]) -> list[list[Term]]:
    """Of some records those of each term together, but for those that are said to be out of the deal; by date."""
    words = cache(content_words)  # many are in the same words
    groups: dict[tuple[str, ...], list[Term]] = {}
    for t in terms:
        if t.factuality == "negated":
            look.leave_out(t, "it is said not to be part of the deal")
        else:
            groups.setdefault(words(t.proposition) or (t.id,), []).append(t)
    return list(groups.values())


def _fits(about: str | None, proposition: str, category: TermCategory | None) -> bool:
    if about is None:
        return True
    return name_key(about) in name_key(proposition) or name_key(about) in (category, spaced(category))


def _named(party: PartyView) -> str:
    before = f"before: {', '.join(party.earlier)}" if party.earlier else ""
    marks = dict.fromkeys(mark for p in party.places for mark in doubts(p))
    extra = "; ".join(filter(None, (before, ", ".join(marks))))
    return party.actor.name + (f" ({extra})" if extra else "")


def _views(look: Look, group: list[Term], propositions: dict[str, str]) -> TermViews:
    first = group[0]
    dated = [(look.day(t), t) for t in group]
    needs = (propositions[key] for t in group for key in t.depends_on if key in propositions)
    return TermViews(
        id=first.id, proposition=first.proposition,
        category=latest((day, t.category) for day, t in dated), status=latest((day, t.status) for day, t in dated),
        required=latest((day, t.required) for day, t in dated),
        parties=tuple(_party(look, told) for told in viewed(look, group)), depends_on=tuple(n for n in dict.fromkeys(needs) if n != first.proposition),
        places=tuple(map(look.place, group)),
    )  # fmt: skip


class Viewed(NamedTuple):
    """A view of one party, as one record gives it."""

    actor: ActorRef
    day: str
    view: View
    term: Term


def viewed(look: Look, group: Iterable[Term]) -> list[list[Viewed]]:
    """The views of a term that its records give, a list for each party, by name; each in the order of the days."""
    told: dict[str, list[Viewed]] = {}
    for t in group:
        for view, field in _FIELDS.items():
            for actor in getattr(t, field):
                told.setdefault(actor.id, []).append(Viewed(actor, look.day(t), view, t))
    return sorted(told.values(), key=lambda views: (views[0].actor.name, views[0].actor.id))


def latest_views(told: Sequence[Viewed]) -> list[Viewed]:
    """Of one party's views of one term, those of the latest day: what is plain and at first hand before all else."""
    firm = [v for v in told if not doubts(v.term)] or told
    last = max(v.day for v in firm)
    return [v for v in firm if v.day == last]


def _party(look: Look, told: Sequence[Viewed]) -> PartyView:
    latest_ = latest_views(told)
    day, now = latest_[0].day, tuple(dict.fromkeys(v.view for v in latest_))
    return PartyView(
        actor=told[0].actor, views=now, since=day or None,
        earlier=tuple(dict.fromkeys(v.view for v in told if v.day < day and v.view not in now)),
        places=tuple({v.term.id: look.place(v.term) for v in told}.values()),
    )  # fmt: skip
