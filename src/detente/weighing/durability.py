"""Would it last: the base rate of comparable endings, and which way a guarantee moves it.

What is known is a count of cases and a curve of rival estimates. So the answer is an interval and a direction;
a number in between only where at least twenty cases are comparable, whatever is asked.
"""

from __future__ import annotations

import numpy as np

from detente.errors import SituationError
from detente.records import Part
from detente.weighing.base_rates import ANY, SOURCE, comparable
from detente.weighing.beta import beta_quantile
from detente.weighing.situation import ENOUGH_CASES
from detente.weighing.specifications import SpecificationCurve, peacekeeping
from detente.weighing.survival import KaplanMeier, Spells
from detente.weighing.weibull import WeibullDraws, WeibullHazard, baselines

YEARS = (0.5, 1.0, 5.0)
_TAIL = 0.025
_EDGES = (0.05, 0.95)
# Where the estimates come from: wars within states, with or without troops from outside.
_CIVIL = ("intrastate", "internationalized intrastate", ANY)


class Known(Part, frozen=True, kw_only=True):
    """A share as far as it is known.

    Args:
        low: lower end of the 95 % interval, 0–1.
        high: upper end.
        point: the estimate; `None` with fewer than twenty comparable cases.
    """

    low: float
    high: float
    point: float | None


class Survives(Part, frozen=True, kw_only=True):
    """Whether peace lasts beyond a time.

    Args:
        years: since the fighting ended.
        share: of comparable cases.
        guaranteed: the same if the specifications' hazard ratios held here: the interval spans both ends of
            both; `None` where no guarantee was asked for, or its estimates are of other wars.
    """

    years: float
    share: Known
    guaranteed: Known | None


class Effect(Part, frozen=True, kw_only=True):
    """What peacekeepers went with, over all specifications: an association, not an effect of sending them.

    Args:
        specifications: how many.
        low: hazard ratio with 5 % of the distribution below it.
        median: with half.
        high: with 95 %.
        below_one: probability that the hazard ratio is below 1, 0–1.
        direction: in words.
        ratios: the hazard ratio of each specification, the lowest first.
    """

    specifications: int
    low: float
    median: float
    high: float
    below_one: float
    direction: str
    ratios: tuple[float, ...]


class Durability(Part, frozen=True, kw_only=True):
    """How long comparable peace lasted.

    Args:
        conflict: kind of conflict, or "any".
        ending: how the fighting ended, or "any".
        cases: comparable cases.
        recurred: in how many of them fighting returned.
        survival: at six months, one and five years.
        first_year: share of the five years' risk that fell in the first year.
        first_year_fortna: the same by the Weibull baselines of Fortna's civil wars, lowest and highest: her data
            hold the ceasefires that broke within a year too; `None` for other wars.
        effect: of a guarantee; `None` where not asked for or not known.
        withheld: why there is no number, or no effect.
        source: of the cases.
        sources: ids of records that say which cases are comparable.
        assumed_by: who chose them, where none does.
    """

    conflict: str
    ending: str
    cases: int
    recurred: int
    survival: tuple[Survives, ...]
    first_year: Known
    first_year_fortna: tuple[float, float] | None
    effect: Effect | None
    withheld: tuple[str, ...]
    source: str
    sources: tuple[str, ...] = ()
    assumed_by: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The answer in words, a line a number."""
        what = f"{self.conflict} conflicts that ended by {self.ending}"
        found = [f"{what}: {self.cases} comparable cases, fighting returned in {self.recurred}"]
        for s in self.survival:
            beside = f"; with peacekeepers {_words(s.guaranteed)}" if s.guaranteed else ""
            found.append(f"lasts beyond {_time(s.years)}: {_words(s.share)}{beside}")
        found.append(f"of the five years' risk in the first year: {_words(self.first_year)}")
        if self.first_year_fortna:
            low, high = self.first_year_fortna
            found.append(f"the same with ceasefires that broke sooner (Fortna 2008, Weibull): {low:.0%} to {high:.0%}")
        if self.effect:
            e = self.effect
            found.append(f"{e.direction}: hazard ratio {e.median:.2f} [{e.low:.2f}–{e.high:.2f}], {e.specifications} specifications")
            curve = ", ".join(f"{ratio:.2f}" for ratio in e.ratios)
            found.append(f"the specifications one by one (below 1: peace broke less often with peacekeepers): {curve}")
        return (*found, *self.withheld, self.source)


def _time(years: float) -> str:
    return f"{years * 12:.0f} months" if years < 1.0 else f"{years:g} year{'' if years == 1.0 else 's'}"


def _words(known: Known) -> str:
    span = f"{known.low:.0%} to {known.high:.0%}"
    return span if known.point is None else f"{known.point:.0%} [{span}]"


def durability(conflict: str = ANY, ending: str = ANY, *, guarantee: bool = False) -> Durability:
    """How long peace lasted where it ended alike.

    Args:
        conflict: one of `base_rates.conflicts()`, or "any".
        ending: one of `base_rates.endings()`, or "any".
        guarantee: whether to say what peacekeepers went with.

    Raises:
        UnknownName: there is no such kind of conflict or ending.
        SituationError: no such conflict has ended so.
    """
    spells = comparable(conflict, ending)
    if not len(spells):
        raise SituationError(f"cases: got no {conflict} conflict that ended by {ending}", f'ask for conflict "{ANY}"')
    summary = spells.summary()
    enough = summary.cases >= ENOUGH_CASES
    curve = peacekeeping() if guarantee and conflict in _CIVIL else None
    return Durability(
        conflict=conflict, ending=ending, cases=summary.cases, recurred=summary.ended,
        survival=tuple(_survives(spells, years, curve, enough) for years in YEARS),
        first_year=_first_year(spells, enough), first_year_fortna=_fortna() if conflict in _CIVIL else None,
        effect=effect_of(curve) if curve else None,
        withheld=_withheld(conflict, summary.cases, without_effect=guarantee and curve is None), source=SOURCE,
    )  # fmt: skip


def _withheld(conflict: str, cases: int, *, without_effect: bool) -> tuple[str, ...]:
    reasons = []
    if cases < ENOUGH_CASES:
        reasons.append(f"{cases} comparable cases are fewer than {ENOUGH_CASES}: no number in between")
    if without_effect:
        reasons.append(f"no effect of a guarantee: its estimates are of civil wars, not of {conflict} conflicts")
    return tuple(reasons)


def _fortna() -> tuple[float, float]:
    scale, shape = (np.array([getattr(b, name) for b in baselines()]) for name in ("scale", "shape"))
    first = WeibullHazard().run(WeibullDraws(scale, shape, np.ones(len(scale)))).first_year
    return float(first.min()), float(first.max())


def _survives(spells: Spells, years: float, curve: SpecificationCurve | None, enough: bool) -> Survives:
    found = KaplanMeier(spells).at(years)
    share = Known(low=found.low, high=found.high, point=found.share if enough else None)
    return Survives(years=years, share=share, guaranteed=_guaranteed(share, curve) if curve else None)


def _guaranteed(share: Known, curve: SpecificationCurve) -> Known:
    """Proportional hazards: S^HR. The worse end of both, and the better end of both."""
    low, median, high = (curve.quantile(q) for q in (_EDGES[0], 0.5, _EDGES[1]))
    point = None if share.point is None else share.point**median
    return Known(low=share.low**high, high=share.high**low, point=point)


def _first_year(spells: Spells, enough: bool) -> Known:
    """(1 − S(1)) / (1 − S(5)), with the exact interval of the endings within five years."""
    curve = KaplanMeier(spells)
    within_five = float((spells.ended & (spells.length <= 5.0)).sum())
    if not within_five:
        return Known(low=0.0, high=1.0, point=None)
    share = (1.0 - curve.at(1.0).share) / (1.0 - curve.at(5.0).share)
    early = share * within_five
    low = beta_quantile(_TAIL, early, within_five - early + 1.0)
    high = beta_quantile(1.0 - _TAIL, early + 1.0, within_five - early)
    return Known(low=low, high=high, point=share if enough else None)


def effect_of(curve: SpecificationCurve) -> Effect:
    """The curve in numbers and in words: only what nearly all of the distribution says is a direction."""
    low, median, high = (curve.quantile(q) for q in (_EDGES[0], 0.5, _EDGES[1]))
    if high < 1.0:
        direction = "peacekeepers go with a lower risk"
    elif low > 1.0:
        direction = "peacekeepers go with a higher risk"
    else:
        direction = f"the direction hangs on the specification; {curve.below(1.0):.0%} of the distribution says lower risk"
    return Effect(
        specifications=len(curve.specifications), low=low, median=median, high=high,
        below_one=curve.below(1.0), direction=direction,
        ratios=tuple(s.hazard_ratio for s in curve.sorted()),
    )  # fmt: skip
