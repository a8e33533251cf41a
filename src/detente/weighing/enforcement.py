"""Would a deal be kept: the shares that hold, the guarantee that it takes, and which parts of the package matter.

The inputs are intervals with what they rest on, like those of a situation. What comes out is how often something
holds among the draws of these inputs. That is no probability of peace: nobody has counted twenty such deals.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.errors import SituationError
from detente.records import Part
from detente.weighing.draws import BoolArray, FloatArray, sample
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
from detente.weighing.importance import ComponentImportance
from detente.weighing.situation import Enforcement, PartOfPackage
from detente.weighing.war import War

_EDGES = (0.05, 0.5, 0.95)


class Span(Part, frozen=True, kw_only=True):
    """The draws' 5th percentile, median and 95th."""

    low: float
    median: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} [{self.low:.2f}–{self.high:.2f}]"


class Package(Part, frozen=True, kw_only=True):
    """Some of the parts, and whether the deal holds with them in every period.

    Args:
        holds: "in every draw", "in no draw", or "on some inputs".
        draws: share of the draws in which it does, 0–1: no probability.
    """

    parts: tuple[str, ...]
    holds: str
    draws: float


class EnforcementReport(Part, frozen=True, kw_only=True):
    """Whether a deal would be kept, on these inputs.

    Args:
        first_line: how many of the inputs are assumed.
        low: least share with which the revisionist keeps the deal in every period, with all parts.
        high: most that the defender gives in every period, with all parts.
        low_alone: as `low`, with no part of the package.
        high_alone: as `high`, with no part.
        needed: least credibility of a guarantor that suffices, with the parts that change the war itself in
            place; at most 0 where none is needed, above 1 where none is enough.
        offered: credibility with all parts.
        packages: every package, from none to all.
        importance: a line a part, in shares of the draws, or one that says that all are necessary.
        decisive: the inputs whose change goes most with whether the deal holds: rank correlations, the
            strongest first; empty where it holds in every draw or in none.
        sources: ids of the records behind the inputs.
        parameters: number of draws and periods.
        seed: of the random numbers.
    """

    first_line: str
    low: Span
    high: Span
    low_alone: Span
    high_alone: Span
    needed: Span
    offered: Span
    packages: tuple[Package, ...]
    importance: tuple[str, ...]
    decisive: tuple[tuple[str, float], ...]
    sources: tuple[str, ...]
    parameters: dict[str, int]
    seed: int

    def lines(self) -> tuple[str, ...]:
        """The report in words."""
        rests = f" [{', '.join(self.sources) or 'assumed'}]"
        found = [
            f"{self.first_line}. A scenario, not a forecast; {self.parameters['draws']} draws, seed {self.seed}",
            f"shares that hold without the package: {self.low_alone} to {self.high_alone}{rests}",
            f"with all of it: {self.low} to {self.high}{rests}",
            f"least credibility that suffices: {self.needed}; offered: {self.offered}{rests}",
        ]
        found.extend(f"{' + '.join(p.parts) or 'nothing'}: holds {p.holds}{rests}" for p in self.packages)
        found.extend(f"{line}{rests}" for line in self.importance)
        if self.decisive:
            found.append(f"hangs most on {', '.join(f'{name} ({r:+.2f})' for name, r in self.decisive)}{rests}")
        return tuple(found)


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
        raise SituationError(f"got {draws} draws, {deal.periods} periods, parts {names}, expected 1 or more, each part once")
    inputs = deal.inputs()
    drawn = sample(list(inputs.values()), draws, np.random.default_rng(seed))
    value = {name: drawn[:, [k]] for k, name in enumerate(inputs)}
    components = [_component(part, value) for part in deal.parts]
    war = War(_path(value["win"], value["win_later"], deal.periods), value["cost_r"], value["cost_u"])
    holds = LayeredGuarantees().run(Layers(war, value["share"], value["effect"], value["punishment"], components))
    alone, having = _kept(war, [], value), _kept(_changed(war, components), components, value)
    needed = least_guarantee(_changed(war, components), value["share"], value["effect"], value["punishment"]).needed
    assumed = sum(i.assumed for i in inputs.values())
    return EnforcementReport(
        first_line=f"{assumed} of {len(inputs)} inputs assumed",
        low=having[0], high=having[1], low_alone=alone[0], high_alone=alone[1], needed=_span(needed.max(axis=1)),
        offered=_span(np.broadcast_to(credibility(components)[:, 0], draws)), packages=_packages(names, holds),
        importance=ComponentImportance().run(holds.mean(axis=0, keepdims=True)).describe(names),
        decisive=_decisive(drawn, list(inputs), holds[:, -1]),
        sources=tuple(sorted({s for i in inputs.values() for s in i.sources})),
        parameters={"draws": draws, "periods": deal.periods}, seed=seed,
    )  # fmt: skip


def _component(part: PartOfPackage, value: dict[str, FloatArray]) -> Component:
    given = {f: value[f"{part.name}: {f}"][:, 0] for f in part.FIELDS if f"{part.name}: {f}" in value}
    return Component(part.name, **given)


def _path(first: FloatArray, last: FloatArray, periods: int) -> FloatArray:
    """Even steps from first to last; shape (B, periods)."""
    return first + (last - first) * np.linspace(0.0, 1.0, periods)


def _changed(war: War, components: Sequence[Component]) -> War:
    """The war with every part that changes it by itself, without anybody's intervention."""
    strength, cost = (sum(np.atleast_1d(getattr(c, f))[:, None] for c in components) for f in ("strength", "cost"))
    return War(np.clip(war.win - strength, 0.0, 1.0), war.cost_r + cost, war.cost_u)


def _kept(war: War, components: Sequence[Component], value: dict[str, FloatArray]) -> tuple[Span, Span]:
    """The shares that hold in every period: the highest of the lows, the lowest of the highs."""
    guarantee = Guarantee(credibility(components), value["effect"], value["punishment"])
    found = GuaranteedRange().run(GuaranteedWar(war, guarantee))
    return _span(found.low.max(axis=1)), _span(found.high.min(axis=1))


def _span(values: FloatArray) -> Span:
    # A credibility may be infinite, where nothing would do: no mean of two neighbours then.
    low, median, high = (float(v) for v in np.quantile(values, _EDGES, method="inverted_cdf"))
    return Span(low=low, median=median, high=high)


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


def _decisive(drawn: FloatArray, names: Sequence[str], holds: BoolArray) -> tuple[tuple[str, float], ...]:
    """Correlation of each input's rank with holding: what would have to be known better."""
    if holds.all() or not holds.any():
        return ()
    rank = np.argsort(np.argsort(drawn, axis=0), axis=0).astype(np.float64)
    moves = np.ptp(drawn, axis=0) > 0.0
    found = [(n, float(np.corrcoef(rank[:, k], holds)[0, 1])) for k, n in enumerate(names) if moves[k]]
    return tuple(sorted(found, key=lambda f: (-abs(f[1]), f[0]))[:3])
