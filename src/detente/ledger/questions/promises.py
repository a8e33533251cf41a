"""What has X promised, to whom, how much, by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.ledger.folding import Fold, fold_pledges
from detente.ledger.questions.places import Place, Places
from detente.ledger.store import Ledger
from detente.ledger.sums import printed_step
from detente.records import ActorRef, Amount, Condition, Part, Pledge, PledgeType, Stage


class Figure(Part, frozen=True, kw_only=True):
    """A sum as it is printed, and where."""

    amount: Amount
    places: tuple[Place, ...]


class Promise(Part, frozen=True, kw_only=True):
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
        conditions: what it hangs on, each once.
        financing: how it is to be paid for.
        places: the records that it rests on, by date.
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
    places: tuple[Place, ...]
    outlets: tuple[str, ...]
    differences: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def unaccepted(self) -> tuple[str, ...]:
        """Ids of the records that no person has accepted."""
        return tuple(p.record for p in self.places if not p.accepted)


def promises(ledger: Ledger, actor: object = None) -> list[Promise]:
    """What was pledged, repeats folded into one, in the order of first appearance.

    Rejected records are left out, and so are negated ones ("will not send"): they are no promises.

    Args:
        ledger: the records.
        actor: canonical name, alias or id of a pledger, or of a person who made the pledge; everybody where `None`.
    """
    places = Places(ledger)
    folds = fold_pledges(_pledges(ledger, actor), ledger.clusters("pledge"))
    return [_promise(fold, places) for fold in folds]


def _pledges(ledger: Ledger, actor: object) -> list[Pledge]:
    """All pledges that stand, or those of an actor: chosen by id, so that their order stays."""
    chosen: set[str] | None = None
    if actor is not None:
        chosen = {p.id for role in ("pledger", "made_by") for p in ledger.pledges.where(**{role: actor})}  # type: ignore[arg-type]
    return [
        p for p in ledger.pledges
        if p.review != "rejected" and p.factuality != "negated" and (chosen is None or p.id in chosen)
    ]  # fmt: skip


def _promise(fold: Fold, places: Places) -> Promise:
    pledges = fold.pledges
    first = pledges[0]
    found = tuple(places.of(p) for p in pledges)
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
        stage=_latest_stage(pledges, found),
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
    told = (f"{f.amount.surface or f.amount.value} ({', '.join(dict.fromkeys(p.outlet for p in f.places))})" for f in figures)
    return (f"the sum differs between outlets: {'; '.join(told)}",)


def _latest_stage(pledges: Sequence[Pledge], places: Sequence[Place]) -> Stage | None:
    """The stage in the latest article; articles without a date come before all others."""
    staged = [(place.published or "", p.stage) for p, place in zip(pledges, places, strict=True) if p.stage]
    return max(staged, key=lambda pair: pair[0])[1] if staged else None


def _each(actors: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    return tuple({actor.id: actor for actor in actors}.values())
