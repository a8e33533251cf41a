"""What stands at each stage, without double counting: sums that mix nothing, and what was refused and why.

A sum adds promises of one stage, type, unit and basis. What cannot be added is left out with its reason: shares, what has no
number, what is only planned, hypothetical or hearsay, what a person disputes, what was withdrawn or broken, parts whose
whole is counted, sums in a policy, what several pledge together where one is asked for, what a bloc pledges beside others, and
pledges that may be one told with two sums. Currencies are never converted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from detente.ledger.folding import Fold
from detente.ledger.questions.amounts import added, bounds
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.promises import Promise, folded
from detente.ledger.questions.same_pledge import doubts, said
from detente.ledger.questions.wholes import Whole, wholes
from detente.ledger.questions.wording import UNKNOWN, counted, names, spaced
from detente.ledger.store import Ledger
from detente.ledger.sums import same_sum
from detente.records import ActorRef, Amount, AmountBasis, Part, Pledge, PledgeType, Stage

_SHARES = frozenset({"PCT", "PCT_GDP"})
_STAGES: tuple[Stage | None, ...] = (
    "floated",
    "announced",
    "committed",
    "allocated",
    "delivered",
    "suspended",
    None,
)
_GROUPS = frozenset({"bloc", "coalition"})
# What a sum in other pledges measures is not what is pledged: "to cut 5 billion from welfare" is a policy.
_ADDED: frozenset[PledgeType | None] = frozenset({"spend", "loan", "grant", "in_kind", "troops", "guarantee"})


class Summand(Part, frozen=True, kw_only=True):
    """One promise in a sum.

    Args:
        promise: its id.
        pledger: who promises.
        beneficiary: whom.
        amount: what is added.
        note: what a reader must know of it, or `None`.
        places: where it is told.
    """

    promise: str
    pledger: tuple[ActorRef, ...]
    beneficiary: tuple[ActorRef, ...]
    amount: Amount
    note: str | None
    places: tuple[Place, ...]


class Total(Row, frozen=True, kw_only=True):
    """A sum of promises.

    Args:
        stage: of all of them.
        type: of all of them.
        unit: of all of them.
        basis: of all of them.
        low: the least that the words allow, in units of `unit`.
        high: the most; `None` where a part has no upper end.
        label: the sum in words.
        parts: what was added.
    """

    stage: Stage | None
    type: PledgeType | None
    unit: str
    basis: AmountBasis | None
    low: float
    high: float | None
    label: str
    parts: tuple[Summand, ...]

    @property
    def heading(self) -> str:
        """The stage, the type and the sum."""
        kind = spaced(self.type) if self.type else "type unknown"
        return f"{self.stage or 'stage unknown'}, {kind}: {self.label} — {counted(len(self.parts), 'pledge')}"

    def details(self) -> Iterator[str]:
        """A line a part."""
        for part in self.parts:
            to = f" to {names(part.beneficiary)}" if part.beneficiary else ""
            told = f", told {counted(len(part.places), 'time')}" if len(part.places) > 1 else ""
            yield f"{names(part.pledger)}{to}: {part.amount.surface or part.amount.value}{told}" + (
                f" ({part.note})" if part.note else ""
            )

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {
            "stage": self.stage or UNKNOWN, "type": self.type or UNKNOWN, "unit": self.unit, "basis": self.basis or UNKNOWN,
            "low": self.low, "high": "" if self.high is None else self.high, "sum": self.label, "pledges": len(self.parts),
        }  # fmt: skip


class _Counted(NamedTuple):
    fold: Fold
    promise: Promise
    amount: Amount
    note: str | None


def totals(ledger: Ledger, actor: object = None, *, as_of: str | None = None) -> Answer[Total]:
    """The sums of what was pledged, by stage, type, unit and basis.

    Args:
        ledger: the records.
        actor: canonical name, alias or id of a pledger; everybody where `None`.
        as_of: last day of publication, as YYYY-MM-DD: the stages are those of that day.

    Returns:
        The sums; `left_out` has every pledge that is in none of them, with the reason.
    """
    look = Look(ledger, as_of)
    ids = None if actor is None else look.ids_of(actor)
    pledges = look.naming("pledge", ids, "pledger")
    found = folded(look, _countable(look, pledges))
    counted_ = _wholes_only(look, _unique(look, _summable(look, found, alone=actor is not None)))
    if actor is None:
        counted_ = _without_blocs(look, counted_)
    return Answer.of(look, "totals", "total", _added(counted_), about=actor)


def _countable(look: Look, pledges: Iterable[Pledge]) -> Iterator[Pledge]:
    """The records that say that something was pledged."""
    for p in pledges:
        why = {
            "it is said not to be pledged": p.factuality == "negated",
            "a person disputes the record": p.review == "disputed",
            "it is hearsay, and does not add to what was pledged": p.hearsay,
            f"it is {p.factuality}, and does not add to what was pledged": p.factuality != "actual",
        }
        if reason := next((words for words, holds in why.items() if holds), None):
            look.leave_out(p, reason)
        else:
            yield p


def _summable(look: Look, found: Iterable[tuple[Fold, Promise]], *, alone: bool) -> Iterator[_Counted]:
    """The promises that have a number that can be added."""
    for fold, promise in found:
        if reason := _why_not(promise, alone=alone):
            _leave_out(look, fold, reason)
        elif promise.amount:
            yield _Counted(fold, promise, promise.amount, None)


def _why_not(promise: Promise, *, alone: bool) -> str | None:
    amount = promise.amount
    if amount is None:
        return "no sum is told"
    others = [f.amount for f in promise.figures[1:] if not same_sum(f.amount, amount)]
    why = {
        "the words give no number": bounds(amount) is None,
        "a share cannot be added up": amount.unit in _SHARES,
        f"a sum in a pledge of type {spaced(promise.type)} is not what is given": promise.type not in _ADDED,
        f"the pledge was {spaced(promise.outcome)}": promise.outcome in ("broken", "withdrawn"),
        "its sums do not agree: " + said([promise]) + "".join(f"; {a.surface}" for a in others): bool(others),
        "it is not told who pledges": not promise.pledger,
        f"pledged together ({names(promise.pledger)}): the share of one is not told": alone
        and len(promise.pledger) > 1,
    }
    return next((words for words, holds in why.items() if holds), None)


def _unique(look: Look, found: Iterable[_Counted]) -> list[_Counted]:
    """Without promises that may be one and the same: counting either, or both, could be wrong."""
    summed = list(found)
    doubtful: dict[str, str] = {}
    converted: dict[str, str] = {}
    for doubt in doubts(look, [(c.fold, c.promise) for c in summed]):
        why = f"may be one pledge, told with a different {doubt.differ}: {said((doubt.one, doubt.other))}"
        for promise in (doubt.one, doubt.other):
            (converted if doubt.differ == "currency" else doubtful).setdefault(promise.id, why)
    for c in summed:
        if c.promise.id in doubtful:
            _leave_out(look, c.fold, doubtful[c.promise.id])
    return [c._replace(note=converted.get(c.promise.id)) for c in summed if c.promise.id not in doubtful]


def _wholes_only(look: Look, found: list[_Counted]) -> list[_Counted]:
    """Without parts whose whole is in the same sum; a part whose whole stands elsewhere says so."""
    belongs = wholes([(c.fold, c.promise) for c in found])
    keys = {c.promise.id: _key(c) for c in found}
    kept = []
    for c in found:
        whole = belongs.get(c.promise.id)
        if whole and (reason := _why_part(whole, keys, _key(c))):
            _leave_out(look, c.fold, reason)
        else:
            notes = [c.note, whole.note if whole else None]
            kept.append(c._replace(note="; ".join(filter(None, notes)) or None))
    return kept


def _why_part(whole: Whole, keys: dict[str, tuple[object, ...]], own: tuple[object, ...]) -> str | None:
    if whole.circular:
        return "it is said to be part of something that is part of it"
    same = next((p for p in whole.promises if keys.get(p.id) == own), None)
    return f"a part of what is counted: {same.heading}" if same else None


def _without_blocs(look: Look, found: list[_Counted]) -> list[_Counted]:
    """Without the sums of blocs that stand beside those of others, who may be their members."""
    parties: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for c in found:
        parties[_key(c)] |= {a.id for a in c.promise.pledger}
    kept = []
    for c in found:
        bloc = next(
            (a for a in c.promise.pledger if a.id in look.actors and look.actors[a.id].type in _GROUPS), None
        )
        if bloc and len(parties[_key(c)]) > 1:
            reason = f"{bloc.name} may give what its members pledge, who are counted: detente ask totals '{bloc.name}'"
            _leave_out(look, c.fold, reason)
        else:
            kept.append(c)
    return kept


def _added(found: Iterable[_Counted]) -> list[Total]:
    groups: dict[tuple[object, ...], list[_Counted]] = defaultdict(list)
    for c in found:
        groups[_key(c)].append(c)
    return sorted(
        map(_total, groups.values()),
        key=lambda t: (_STAGES.index(t.stage), t.type or "~", t.unit, t.basis or ""),
    )


def _key(c: _Counted) -> tuple[object, ...]:
    return c.promise.stage, c.promise.type, c.amount.unit, c.amount.basis


def _total(group: list[_Counted]) -> Total:
    first = group[0]
    found = added([c.amount for c in group], first.amount.basis)
    return Total(
        stage=first.promise.stage, type=first.promise.type, unit=found.unit, basis=first.amount.basis,
        low=found.low, high=found.high, label=found.label,
        parts=tuple(_summand(c) for c in group), places=tuple(p for c in group for p in c.promise.places),
    )  # fmt: skip


def _summand(c: _Counted) -> Summand:
    p = c.promise
    return Summand(
        promise=p.id,
        pledger=p.pledger,
        beneficiary=p.beneficiary,
        amount=c.amount,
        note=c.note,
        places=p.places,
    )


def _leave_out(look: Look, fold: Fold, why: str) -> None:
    for pledge in fold.pledges:
        look.leave_out(pledge, why)
