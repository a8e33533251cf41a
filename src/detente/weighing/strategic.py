"""Strategic deterrence: what an attacker chooses that foresees what the defender will choose.

Two moves. The first side leaves things as they are, or escalates; then the second gives in, or resists, which is
war. Each knows its own payoffs, and those of the other but for an error; so both choose with a probability:
p(resist) = Φ(u₂(war) / √2), and
p(escalate) = Φ((p(resist) u₁(war) + (1 − p(resist)) u₁(gives in) − u₁(as is)) / √2). The second side's payoff of
giving in is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import erfc, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from detente.errors import SituationError
from detente.weighing.draws import FloatArray
from detente.weighing.likelihood import Fit, maximise

# Two errors of variance 1 stand against each other in each choice.
_SPREAD = sqrt(2.0)
_LEAST = 1e-300
_erfc = np.frompyfunc(erfc, 1, 1)

AS_IS, GIVES_IN, WAR = 0, 1, 2
"""The three ends of the game, as `fit_strategic` expects them."""


@dataclass(frozen=True, slots=True)
class Payoffs:
    """What each end is worth, in standard deviations of the error in one payoff.

    Args:
        first_as_is: u₁ if the first side does nothing; shape (B,).
        first_gives_in: u₁ if it escalates and the second gives in; shape (B,).
        first_war: u₁ of war; shape (B,).
        second_war: u₂ of war, against 0 for giving in; shape (B,).

    Raises:
        SituationError: a payoff is no number.
    """

    first_as_is: FloatArray
    first_gives_in: FloatArray
    first_war: FloatArray
    second_war: FloatArray

    def __post_init__(self) -> None:
        for field in fields(self):
            if not np.isfinite(getattr(self, field.name)).all():
                raise SituationError(f"{field.name}: got a payoff that is no number, expected finite numbers")


@dataclass(frozen=True, slots=True)
class Ends:
    """Probabilities of the three ends, 0–1, which add up to 1; each of shape (B,)."""

    as_is: FloatArray
    gives_in: FloatArray
    war: FloatArray


class StrategicDeterrence:
    """The quantal response of a game of two moves, solved from its end."""

    name = "strategic deterrence"
    reference = "Signorino 1999, Strategic Interaction and the Statistical Analysis of International Conflict, APSR 93"

    def run(self, draws: Payoffs) -> Ends:
        """Probability of each end in every draw."""
        resists = _normal_cdf(draws.second_war / _SPREAD)
        escalating = resists * draws.first_war + (1.0 - resists) * draws.first_gives_in
        escalates = _normal_cdf((escalating - draws.first_as_is) / _SPREAD)
        return Ends(1.0 - escalates, escalates * (1.0 - resists), escalates * resists)


@dataclass(frozen=True, slots=True)
class Covariates:
    """What each payoff depends on, case by case; a payoff is covariates times coefficients.

    Args:
        first_as_is: shape (n, a).
        first_gives_in: shape (n, b); of no columns where the payoff is 0.
        first_war: shape (n, c).
        second_war: shape (n, d).

    Raises:
        SituationError: not all are tables of n rows.
    """

    first_as_is: FloatArray
    first_gives_in: FloatArray
    first_war: FloatArray
    second_war: FloatArray

    def __post_init__(self) -> None:
        shapes = [table.shape for table in self.tables]
        if any(len(s) != 2 for s in shapes) or len({s[0] for s in shapes}) != 1:
            raise SituationError(f"covariates: got shapes {shapes}, expected tables of one row a case")

    @property
    def tables(self) -> Sequence[FloatArray]:
        """The four tables in order."""
        return [self.first_as_is, self.first_gives_in, self.first_war, self.second_war]

    def payoffs(self, coefficients: FloatArray) -> Payoffs:
        """The payoffs of every case; coefficients of all tables one after another, shape (a + b + c + d,)."""
        ends = np.cumsum([table.shape[1] for table in self.tables])[:-1]
        parts = np.split(coefficients, ends)
        return Payoffs(*(table @ part for table, part in zip(self.tables, parts, strict=True)))


def fit_strategic(outcomes: NDArray[np.int64], covariates: Covariates) -> Fit:
    """Maximum likelihood of all coefficients at once.

    Args:
        outcomes: `AS_IS`, `GIVES_IN` or `WAR`; shape (n,).
        covariates: of the same cases.

    Returns:
        Estimates in the order of `Covariates.tables`, with covariance and log-likelihood.

    Raises:
        SituationError: an outcome is none of the three, lengths differ, or the data have no maximum.
    """
    if outcomes.shape != (len(covariates.second_war),) or not np.isin(outcomes, (AS_IS, GIVES_IN, WAR)).all():
        raise SituationError(
            f"outcomes: got {len(outcomes)} values {sorted(set(outcomes.tolist()))[:5]}, "
            f"expected {len(covariates.second_war)} of 0 (as is), 1 (gives in), 2 (war)"
        )

    def likelihood(coefficients: FloatArray) -> tuple[float, FloatArray]:
        return _likelihood(outcomes, covariates, coefficients)

    return maximise(likelihood, np.zeros(sum(table.shape[1] for table in covariates.tables)))


def _likelihood(
    outcomes: NDArray[np.int64], covariates: Covariates, coefficients: FloatArray
) -> tuple[float, FloatArray]:
    u = covariates.payoffs(coefficients)
    resist, d_resist = _choice(u.second_war)
    escalate, d_escalate = _choice(resist * u.first_war + (1.0 - resist) * u.first_gives_in - u.first_as_is)
    value = np.select(
        [outcomes == AS_IS, outcomes == GIVES_IN],
        [_log(1.0 - escalate), _log(escalate) + _log(1.0 - resist)],
        _log(escalate) + _log(resist),
    )
    # What one more unit of the gain from escalating, or of resistance, adds to each case.
    by_gain = np.where(outcomes == AS_IS, -_over(d_escalate, 1.0 - escalate), _over(d_escalate, escalate))
    by_war = np.select([outcomes == AS_IS, outcomes == GIVES_IN], [0.0, -_over(d_resist, 1.0 - resist)], _over(d_resist, resist))
    by_war = by_war + by_gain * d_resist * (u.first_war - u.first_gives_in)
    weights = [-by_gain, by_gain * (1.0 - resist), by_gain * resist, by_war]
    slope = np.concatenate([table.T @ weight for table, weight in zip(covariates.tables, weights, strict=True)])
    return float(value.sum()), slope


def _choice(gain: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Φ(gain / √2) and its derivative."""
    return _normal_cdf(gain / _SPREAD), np.exp(-(gain**2) / 4.0) / sqrt(2.0 * pi) / _SPREAD


def _normal_cdf(z: FloatArray) -> FloatArray:
    return np.asarray(_erfc(-z / _SPREAD), dtype=np.float64) / 2.0


def _log(p: FloatArray) -> FloatArray:
    return np.log(np.maximum(p, _LEAST))


def _over(slope: FloatArray, p: FloatArray) -> FloatArray:
    return slope / np.maximum(p, _LEAST)
