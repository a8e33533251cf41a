"""What has X promised, to whom, how much, by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from detente.ledger.folding import Fold, fold_pledges
from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.wording import UNKNOWN, hung_on, names, spaced, when
from detente.ledger.store import Ledger
from detente.ledger.sums import printed_step
from detente.records import ActorRef, Amount, Condition, Outcome, Part, Pledge, PledgeType, Stage

T = TypeVar("T")


class Figure(Part, frozen=True, kw_only=True):
    """A sum as it is printed, and where."""

    amount: Amount
    places: tuple[Place, ...]


class Promise(Row, frozen=True, kw_only=True):
    """One pledge, in however many articles.

    Args:
        id: of the record; of the cluster where there are several.
        pledger: who is to do it.
        made_by: who said so, each person once.
        beneficiary: for whom, from all records.
        type: what sort of pledge.
        amount: the sum as it is printed most precisely.
        figures: every sum that is printed, the most precise first.
        due: by when (EDTF).
        stage: the stage in the latest article that gives one.
        outcome: what became of it, by the latest article that says so.
        conditions: what it hangs on, each once.
        financing: how it is to be paid for.
        outlets: who printed it.
        differences: what the outlets disagree about, a sentence each.
        reason: why the records are one pledge; `None` for a single one.
    """

    id: str
    pledger: tuple[ActorRef, ...]
    made_by: tuple[ActorRef, ...]
    beneficiary: tuple[ActorRef, ...]
    type: PledgeType | None
    amount: Amount | None
    figures: tuple[Figure, ...]
    due: str | None
    stage: Stage | None
    conditions: tuple[Condition, ...]
    financing: str | None
    outlets: tuple[str, ...]
    outcome: Outcome | None = None
    differences: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def who(self) -> str:
        """Who promises, and whom: "Ostrava to Marland"."""
        return names(self.pledger) + (f" to {names(self.beneficiary)}" if self.beneficiary else "")

    @property
    def heading(self) -> str:
        """Who, whom, what, how much, by when, at which stage."""
        figure = f", {self.amount.surface}" if self.amount else ""
        due = f", due {when(self.due)}" if self.due else ""
        outcome = f", {spaced(self.outcome)}" if self.outcome else ""
        kind = spaced(self.type) if self.type else "type unknown"
        return f"{self.who}: {kind}{figure}{due} — {self.stage or 'stage unknown'}{outcome}"

    def details(self) -> Iterator[str]:
        """What it hangs on, who pays, what the outlets disagree about."""
        yield from map(hung_on, self.conditions)
        if self.financing:
            yield f"paid for by: {self.financing}"
        yield from self.differences

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {
            "pledger": names(self.pledger), "beneficiary": names(self.beneficiary), "type": self.type or UNKNOWN,
            "amount": self.amount.surface if self.amount else "", "unit": self.amount.unit if self.amount else "",
            "due": self.due or "", "stage": self.stage or UNKNOWN, "outcome": self.outcome or "",
            "conditions": "; ".join(map(hung_on, self.conditions)), "financing": self.financing or "",
            "differences": "; ".join(self.differences), "told": len(self.places),
        }  # fmt: skip


def promises(ledger: Ledger, actor: object = None, *, as_of: str | None = None) -> Answer[Promise]:
    """What was pledged, repeats folded into one, in the order of first appearance.

    Rejected records are left out, and so are negated ones ("will not send"): they are no promises.

    Args:
        ledger: the records.
        actor: canonical name, alias or id of a pledger, or of a person who made the pledge; everybody where `None`.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    found = [promise for _, promise in folded(look, pledges_of(look, actor))]
    return Answer.of(look, "promises", "promise", found, about=actor)


def pledges_of(look: Look, actor: object = None) -> list[Pledge]:
    """The pledges that stand and are not negated, or those of one actor."""
    ids = None if actor is None else look.ids_of(actor)
    return plain(look.naming("pledge", ids, "pledger", "made_by"))


def plain(pledges: Iterable[Pledge]) -> list[Pledge]:
    """The pledges that are not said not to be."""
    return [p for p in pledges if p.factuality != "negated"]


def folded(look: Look, pledges: Iterable[Pledge]) -> list[tuple[Fold, Promise]]:
    """The promises that pledges come to, each with the records that it was folded from."""
    return [(fold, promise_of(look, fold)) for fold in folds(look, pledges)]


def folds(look: Look, pledges: Iterable[Pledge]) -> list[Fold]:
    """The pledges, those that are one put together.

    The ledger's clusters tell which, made by the same rule; the rule itself does, where an article is not clustered yet.
    """
    pledges = list(pledges)
    clusters = look.clusters("pledge", (p.id for p in pledges))
    if not look.clustered:
        return fold_pledges(pledges, clusters)
    cluster_of = {member: c for c in clusters for member in c.members}
    groups: dict[str, list[Pledge]] = {}
    for p in pledges:
        groups.setdefault(cluster_of[p.id].id if p.id in cluster_of else p.id, []).append(p)
    return [Fold(tuple(g), cluster_of[g[0].id].reason if len(g) > 1 else None) for g in groups.values()]


def promise_of(look: Look, fold: Fold) -> Promise:
    """The promise that records come to."""
    pledges = fold.pledges
    first = pledges[0]
    found = tuple(map(look.place, pledges))
    figures = _figures(pledges, found)
    return Promise(
        id=fold.cluster.id if fold.cluster else first.id,
        pledger=first.pledger,
        made_by=_each(p.made_by for p in pledges if p.made_by),
        beneficiary=_each(actor for p in pledges for actor in p.beneficiary),
        type=next((p.type for p in pledges if p.type), None),
        amount=figures[0].amount if figures else None,
        figures=figures,
        due=next((p.due for p in pledges if p.due), None),
        stage=latest(((place.published, p.stage) for p, place in zip(pledges, found, strict=True))),
        outcome=latest(((place.published, p.outcome) for p, place in zip(pledges, found, strict=True))),
        conditions=tuple({c.text: c for p in pledges for c in p.conditions}.values()),
        financing=next((p.financing for p in pledges if p.financing), None),
        places=found,
        outlets=tuple(dict.fromkeys(place.outlet for place in found)),
        differences=_differences(figures),
        reason=fold.reason,
    )


def _figures(pledges: Sequence[Pledge], places: Sequence[Place]) -> tuple[Figure, ...]:
    """The sums that are printed, each with its places, the most precise first."""
    printed: dict[tuple[object, ...], tuple[Amount, list[Place]]] = {}
    for pledge, place in zip(pledges, places, strict=True):
        if a := pledge.amount:
            printed.setdefault((a.value, a.low, a.high, a.unit), (a, []))[1].append(place)
    ordered = sorted(printed.values(), key=lambda pair: _precision(pair[0]))
    return tuple(Figure(amount=amount, places=tuple(found)) for amount, found in ordered)


def _precision(amount: Amount) -> float:
    step = printed_step(amount)
    return float(step) if step is not None else float("inf")


def _differences(figures: Sequence[Figure]) -> tuple[str, ...]:
    if len(figures) < 2:
        return ()
    told = (
        f"{f.amount.surface or f.amount.value} ({', '.join(dict.fromkeys(p.outlet for p in f.places))})"
        for f in figures
    )
    return (f"the sum differs between outlets: {'; '.join(told)}",)


def latest(dated: Iterable[tuple[str | None, T | None]]) -> T | None:
    """The value of the latest article that gives one; articles without a date come before all others."""
    known = [(day or "", value) for day, value in dated if value is not None]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def _each(actors: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    return tuple({actor.id: actor for actor in actors}.values())
