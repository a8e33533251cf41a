"""Would a deal be kept: the shares that hold, the guarantee that it takes, and which parts of the package matter.

The inputs are intervals with what they rest on, like those of a situation. What comes out is how often something
holds among the draws of these inputs. That is no probability of peace: nobody has counted twenty such deals.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from detente.errors import SituationError
from detente.records import Part
from detente.weighing.draws import BoolArray, FloatArray, sample_named
from detente.weighing.flips import Flip, flips, middle_of
from detente.weighing.grounds import assumers_of, sources_of
from detente.weighing.guarantees import (
    Component,
    Guarantee,
    GuaranteedRange,
    GuaranteedWar,
    LayeredGuarantees,
    Layers,
    credibility,
    least_guarantee,
)
from detente.weighing.importance import ComponentImportance, Importance
from detente.weighing.sensitivity import Sensitivity, sobol
from detente.weighing.situation import Enforcement, PartOfPackage
from detente.weighing.spans import Span
from detente.weighing.streams import stream
from detente.weighing.war import War

# What an input may be moved to when it is asked what would have to be true: all that chances and shares can be, and
# for a cost all that is disputed.
_MOST = 1.0


class Package(Part, frozen=True, kw_only=True):
    """Some of the parts, and whether the deal holds with them in every period.

    Args:
        holds: "in every draw", "in no draw", or "on some inputs".
        draws: share of the draws in which it does, 0–1: no probability.
    """

    parts: tuple[str, ...]
    holds: str
    draws: float


class PartImportance(Part, frozen=True, kw_only=True):
    """What one part is worth, in shares of the draws in which the deal holds.

    Args:
        share: its Shapley value: what it adds, on average over all orders of putting the package together.
        lost: what is lost if it alone is left out of the whole package.
    """

    name: str
    share: float
    lost: float


class Interaction(Part, frozen=True, kw_only=True):
    """What two parts do together beyond what each does by itself.

    Args:
        index: above 0 where they need each other, below 0 where each can stand for the other; −1 to 1.
    """

    first: str
    second: str
    index: float


class InputShare(Part, frozen=True, kw_only=True):
    """How much of the spread comes from one input.

    Args:
        first: share of the variance that would go if it alone were known.
        total: share that would stay if it alone were not.
        low: lower end of the 95 % interval of `total`.
        high: upper end.
    """

    name: str
    first: float
    total: float
    low: float
    high: float


class EnforcementReport(Part, frozen=True, kw_only=True):
    """Whether a deal would be kept, on these inputs.

    Args:
        first_line: how many of the inputs are assumed.
        revisionist: the party that may break the deal.
        defender: the other.
        share: what the deal leaves to the revisionist.
        low: least share with which the revisionist keeps the deal in every period, with all parts.
        high: most that the defender gives in every period, with all parts.
        low_alone: as `low`, with no part of the package.
        high_alone: as `high`, with no part.
        needed: least credibility of a guarantor that suffices, with the parts that change the war itself in
            place; at most 0 where none is needed, above 1 where none is enough.
        offered: credibility with all parts.
        packages: every package, from none to all.
        all_necessary: whether the deal holds with all parts somewhere, and nowhere with fewer.
        importance: of each part, the most important first; says nothing where all are necessary.
        pairs: of each two parts, whether they need each other or stand for each other.
        margin: by how much the revisionist's share exceeds the least with which it keeps the deal, with all parts,
            in the period when it is closest; below 0 where it would break it; share of what is disputed.
        sensitivities: of the margin, by inputs, the largest total first.
        holds_at_the_middle: whether it holds with all parts and every input at its middle.
        flips: what would have to be true for the answer to be the other, with all parts.
        sources: ids of the records behind the inputs.
        assumed_by: who assumed the others.
        parameters: number of draws and periods.
        seed: of the random numbers.
    """

    first_line: str
    revisionist: str
    defender: str
    share: Span
    low: Span
    high: Span
    low_alone: Span
    high_alone: Span
    needed: Span
    offered: Span
    packages: tuple[Package, ...]
    all_necessary: bool
    importance: tuple[PartImportance, ...]
    pairs: tuple[Interaction, ...]
    margin: Span
    sensitivities: tuple[InputShare, ...]
    holds_at_the_middle: bool
    flips: tuple[Flip, ...]
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]
    parameters: dict[str, int]
    seed: int


def enforcement(deal: Enforcement, *, draws: int = 1000, seed: int = 0) -> EnforcementReport:
    """Weigh whether a deal would be kept.

    Args:
        draws: number of times that every input is drawn, 1 or more.
        seed: of the random numbers.

    Raises:
        SituationError: an input is out of bounds, two parts have one name, or there are no draws or periods.
    """
    names = [part.name for part in deal.parts]
    if draws < 1 or deal.periods < 1 or len(set(names)) != len(names):
        raise SituationError(
            f"got {draws} draws, {deal.periods} periods, parts {names}, expected 1 or more, each part once"
        )
    inputs = deal.inputs()
    drawn = sample_named(inputs, draws, seed)
    case = _Case(deal, drawn)
    holds = LayeredGuarantees().run(case.layers)
    importance = ComponentImportance().run(holds.mean(axis=0, keepdims=True))
    assumed = sum(i.assumed for i in inputs.values())

    def margin(rows: FloatArray) -> FloatArray:
        return _Case(deal, rows).margin

    alone, having = case.kept([]), case.kept(case.components)
    return EnforcementReport(
        first_line=f"{assumed} of {len(inputs)} inputs assumed",
        revisionist=deal.revisionist, defender=deal.defender, share=Span.of(case.share[:, 0]),
        low=Span.of(having[0]), high=Span.of(having[1]), low_alone=Span.of(alone[0]), high_alone=Span.of(alone[1]),
        needed=Span.of(case.needed), offered=Span.of(np.broadcast_to(credibility(case.components)[:, 0], draws)),
        packages=_packages(names, holds), all_necessary=bool(importance.all_necessary.all()),
        importance=_importance(importance, names), pairs=_pairs(importance, names), margin=Span.of(case.margin),
        sensitivities=_shares(sobol(margin, inputs, stream(seed, 1))),
        holds_at_the_middle=bool(margin(np.array([[middle_of(i) for i in inputs.values()]]))[0] >= 0),
        flips=flips(margin, inputs, {name: (0.0, max(_MOST, i.high)) for name, i in inputs.items()}),
        sources=tuple(sorted(sources_of(inputs.values()))), assumed_by=assumers_of(inputs.values()),
        parameters={"draws": draws, "periods": deal.periods}, seed=seed,
    )  # fmt: skip


class _Case:
    """A deal with its inputs drawn; shape of `drawn` (B, inputs), in the order of `Enforcement.inputs`."""

    def __init__(self, deal: Enforcement, drawn: FloatArray) -> None:
        value = {name: drawn[:, [k]] for k, name in enumerate(deal.inputs())}
        self.share, self.effect, self.punishment = (value[name] for name in ("share", "effect", "punishment"))
        self.war = War(
            _path(value["win"], value["win_later"], deal.periods), value["cost_r"], value["cost_u"]
        )
        self.components = [_component(part, value) for part in deal.parts]

    @property
    def layers(self) -> Layers:
        """What the model of layered guarantees takes."""
        return Layers(self.war, self.share, self.effect, self.punishment, self.components)

    @property
    def needed(self) -> FloatArray:
        """The least credibility that suffices in every period; shape (B,)."""
        war = _changed(self.war, self.components)
        needed: FloatArray = least_guarantee(war, self.share, self.effect, self.punishment).needed.max(axis=1)
        return needed

    def kept(self, components: Sequence[Component]) -> tuple[FloatArray, FloatArray]:
        """The shares that hold in every period: the highest of the lows, the lowest of the highs; shapes (B,)."""
        guarantee = Guarantee(credibility(components), self.effect, self.punishment)
        found = GuaranteedRange().run(GuaranteedWar(_changed(self.war, components), guarantee))
        return found.low.max(axis=1), found.high.min(axis=1)

    @property
    def margin(self) -> FloatArray:
        """By how much the share exceeds the least with which the revisionist keeps the deal; shape (B,)."""
        return self.share[:, 0] - self.kept(self.components)[0]


def _importance(found: Importance, names: Sequence[str]) -> tuple[PartImportance, ...]:
    parts = [
        PartImportance(name=name, share=float(found.shapley[0, k]), lost=float(found.leave_one_out[0, k]))
        for k, name in enumerate(names)
    ]
    return tuple(sorted(parts, key=lambda p: (-p.share, p.name)))


def _pairs(found: Importance, names: Sequence[str]) -> tuple[Interaction, ...]:
    return tuple(
        Interaction(first=names[i], second=names[j], index=float(found.interaction[0, i, j]))
        for i, j in combinations(range(len(names)), 2)
    )


def _shares(found: Sequence[Sensitivity]) -> tuple[InputShare, ...]:
    return tuple(
        InputShare(
            name=s.name, first=s.first, total=s.total, low=s.total_interval[0], high=s.total_interval[1]
        )
        for s in found
    )


def _component(part: PartOfPackage, value: dict[str, FloatArray]) -> Component:
    given = {f: value[f"{part.name}: {f}"][:, 0] for f in part.FIELDS if f"{part.name}: {f}" in value}
    return Component(part.name, **given)


def _path(first: FloatArray, last: FloatArray, periods: int) -> FloatArray:
    """Even steps from first to last; shape (B, periods)."""
    return first + (last - first) * np.linspace(0.0, 1.0, periods)


def _changed(war: War, components: Sequence[Component]) -> War:
    """The war with every part that changes it by itself, without anybody's intervention."""
    strength, cost = (
        sum(np.atleast_1d(getattr(c, f))[:, None] for c in components) for f in ("strength", "cost")
    )
    return War(np.clip(war.win - strength, 0.0, 1.0), war.cost_r + cost, war.cost_u)


def _packages(names: Sequence[str], holds: BoolArray) -> tuple[Package, ...]:
    share = holds.mean(axis=0)
    words = {0.0: "in no draw", 1.0: "in every draw"}
    return tuple(
        Package(
            parts=tuple(n for i, n in enumerate(names) if package >> i & 1),
            holds=words.get(float(held), "on some inputs"), draws=float(held),
        )
        for package, held in sorted(enumerate(share), key=lambda p: (p[0].bit_count(), p[0]))
    )  # fmt: skip
