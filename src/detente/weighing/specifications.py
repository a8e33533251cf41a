"""The specification curve: one effect, estimated with every reasonable choice of cases and controls.

Which controls stand beside peacekeepers moves the estimated hazard ratio of renewed war from 1.08 to 0.10 in the
same data. One coefficient would be a choice that nobody sees; so the effect is a distribution over
specifications, each with its own error, and what they disagree on is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from statistics import NormalDist

import numpy as np

from detente.errors import SituationError
from detente.weighing.base_rates import read_table
from detente.weighing.bounds import within
from detente.weighing.draws import FloatArray

_HALVINGS = 80


@dataclass(frozen=True, slots=True)
class Specification:
    """One estimate of the effect.

    Args:
        sample: which cases.
        controls: what else is in the regression.
        effect: the covariate.
        cases: number of observations.
        events: how often peace ended.
        coefficient: logarithm of the hazard ratio.
        standard_error: of the coefficient, above 0.
    """

    sample: str
    controls: str
    effect: str
    cases: int
    events: int
    coefficient: float
    standard_error: float

    @property
    def hazard_ratio(self) -> float:
        """How many times as likely the end of peace is, at any time, with the covariate."""
        return exp(self.coefficient)


@dataclass(frozen=True, slots=True)
class SpecificationCurve:
    """Specifications that all count the same.

    Args:
        specifications: at least one.

    Raises:
        SituationError: there are none, or a standard error is not above 0.
    """

    specifications: Sequence[Specification]

    name = "specification curve"
    reference = "Simonsohn, Simmons and Nelson 2020, Specification curve analysis, Nature Human Behaviour 4"

    def __post_init__(self) -> None:
        if not self.specifications:
            raise SituationError("specifications: got none, expected at least one")
        within("standard_error", np.array([s.standard_error for s in self.specifications]), above=True)

    def sorted(self) -> tuple[Specification, ...]:
        """From the lowest hazard ratio to the highest."""
        return tuple(sorted(self.specifications, key=lambda s: s.coefficient))

    def below(self, hazard_ratio: float) -> float:
        """Probability of a hazard ratio below this one, above 0: the mean over the specifications."""
        within("hazard_ratio", np.array([hazard_ratio]), above=True)
        return self._below(log(hazard_ratio))

    def _below(self, coefficient: float) -> float:
        each = (NormalDist(s.coefficient, s.standard_error).cdf(coefficient) for s in self.specifications)
        return sum(each) / len(self.specifications)

    def quantile(self, q: float) -> float:
        """The hazard ratio below which a share q of the distribution lies, q above 0 and below 1."""
        ends = [NormalDist(s.coefficient, s.standard_error).inv_cdf(q) for s in self.specifications]
        low, high = min(ends), max(ends)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self._below(middle) < q else (low, middle)
        return exp((low + high) / 2.0)

    def draw(self, count: int, rng: np.random.Generator) -> FloatArray:
        """Hazard ratios: a specification by chance, then an estimate within its error; shape (count,)."""
        which = rng.integers(len(self.specifications), size=count)
        centre = np.array([s.coefficient for s in self.specifications])[which]
        error = np.array([s.standard_error for s in self.specifications])[which]
        result: FloatArray = np.exp(rng.normal(centre, error))
        return result


@cache
def peacekeeping() -> SpecificationCurve:
    """The effect of peacekeepers after civil wars, estimated from Fortna's data with twelve specifications.

    An association: peacekeepers go where peace is harder to keep.
    """
    return SpecificationCurve(
        tuple(
            Specification(
                r["sample"], r["controls"], r["effect"], int(r["cases"]), int(r["events"]),
                float(r["coefficient"]), float(r["standard_error"]),
            )
            for r in read_table("fortna_specifications.csv")
        )
    )  # fmt: skip
