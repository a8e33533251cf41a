"""How long peace has lasted: spells, of which some have not ended, and the share that lasts beyond a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

import numpy as np

from detente.errors import SituationError
from detente.weighing.beta import beta_quantile
from detente.weighing.bounds import within
from detente.weighing.draws import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class SpellSummary:
    """What can be counted without a model.

    Args:
        cases: number of spells.
        ended: how many of them ended.
        lasting: share that did not end while they were watched, 0–1; `None` without cases.
        mean: mean length of those that ended, in their unit; `None` where none did.
        median: their median length.
    """

    cases: int
    ended: int
    lasting: float | None
    mean: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Spells:
    """Times to an event, right-censored where it has not come.

    Args:
        length: time from the start until the event or the end of watching, above 0; shape (n,).
        ended: whether the event came; shape (n,).
        entry: time from the start at which watching began, from 0 to below `length`; a case that ended
            earlier would not have been seen (left truncation); shape (n,). 0 where not given.

    Raises:
        SituationError: shapes differ, a length is not above 0, an entry is not before the end.
    """

    length: FloatArray
    ended: BoolArray
    entry: FloatArray | None = None

    def __post_init__(self) -> None:
        if self.length.ndim != 1 or not (self.length.shape == self.ended.shape == self.entered.shape):
            got = ", ".join(str(a.shape) for a in (self.length, self.ended, self.entered))
            raise SituationError(f"spells: got arrays of shapes {got}, expected one length for all")
        within("spells: length", self.length, above=True)
        within("spells: entry", self.entered)
        within("spells: length less entry", self.length - self.entered, above=True)

    @property
    def entered(self) -> FloatArray:
        """When watching began; shape (n,)."""
        return np.zeros(self.length.shape) if self.entry is None else self.entry

    def __len__(self) -> int:
        return len(self.length)

    def summary(self) -> SpellSummary:
        """Counts, and the mean and median length of the spells that ended."""
        ended = self.length[self.ended]
        return SpellSummary(
            cases=len(self), ended=len(ended), lasting=1.0 - len(ended) / len(self) if len(self) else None,
            mean=float(ended.mean()) if len(ended) else None, median=float(np.median(ended)) if len(ended) else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survival:
    """The share of spells that last beyond a time.

    Args:
        time: in the unit of the spells.
        share: the Kaplan–Meier estimate, 0–1.
        low: lower end of the interval from the beta distribution.
        high: upper end.
        greenwood: the interval from Greenwood's variance of log(−log S); `None` where the estimate is 0 or 1.
        effective: how many uncensored cases would be as precise.
        at_risk: spells that were still watched at that time.
    """

    time: float
    share: float
    low: float
    high: float
    greenwood: tuple[float, float] | None
    effective: float
    at_risk: int

    def draw(self, count: int, rng: np.random.Generator) -> FloatArray:
        """What the share may be after these cases, as a prior for a new one: Jeffreys' beta distribution; shape (count,)."""
        lasting = self.share * self.effective
        return rng.beta(lasting + 0.5, self.effective - lasting + 0.5, count)


class KaplanMeier:
    """S(t) = Π_{u ≤ t} (1 − d_u / n_u), with intervals that small samples do not fool.

    Greenwood's interval has no width where no spell has ended yet. So the interval to report is Clopper and
    Pearson's, of as many cases as would give the same variance (Dorey and Korn 1987); without censoring it is exact.

    Args:
        spells: any number from 1.

    Raises:
        SituationError: there are no spells.
    """

    name = "kaplan–meier"
    reference = "Kaplan and Meier 1958, JASA 53; interval: Dorey and Korn 1987, Statistics in Medicine 6"

    def __init__(self, spells: Spells) -> None:
        if not len(spells):
            raise SituationError("spells: got none, expected at least one")
        self.spells = spells

    @cached_property
    def _steps(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Times of events; how many came; how many were at risk just before."""
        times, events = np.unique(self.spells.length[self.spells.ended], return_counts=True)
        return times, events.astype(np.float64), self._at_risk(times)

    def _at_risk(self, times: FloatArray) -> FloatArray:
        exits, entries = np.sort(self.spells.length), np.sort(self.spells.entered)
        began = np.searchsorted(entries, times, side="left")
        began[times == 0.0] = len(entries)
        return (began - np.searchsorted(exits, times, side="left")).astype(np.float64)

    def at(self, time: float, *, level: float = 0.95, since: float = 0.0) -> Survival:
        """The share that lasts beyond a time.

        Args:
            time: at least `since`, in the unit of the spells.
            level: of the intervals, above 0 and below 1.
            since: of those that have lasted until then; 0 for all.

        Raises:
            SituationError: `time` lies before `since`, or is longer than any spell that has not ended.
        """
        within("time", np.array([time]), since)
        times, events, at_risk = self._steps
        past = (times > since) & (times <= time)
        d, n = events[past], at_risk[past]
        share = float(np.prod(1.0 - d / n))
        watched = int(self._at_risk(np.array([time]))[0])
        if share > 0.0 and not watched:
            longest = self.spells.length.max()
            raise SituationError(f"time: got {time:g}, expected at most {longest:g}: no spell was watched for longer")
        variance = float((d / (n * (n - d))).sum()) if share > 0.0 else np.inf
        # Nothing seen to end says as much as the cases that could still have.
        effective = (1.0 - share) / (share * variance) if 0.0 < share < 1.0 else float(n[-1] if len(n) else watched)
        low, high = _clopper_pearson(share * effective, effective, level)
        return Survival(time, share, low, high, _greenwood(share, variance, level), effective, watched)


def _clopper_pearson(lasting: float, cases: float, level: float) -> tuple[float, float]:
    tail = (1.0 - level) / 2.0
    ending = max(cases - lasting, 0.0)
    return beta_quantile(tail, lasting, ending + 1.0), beta_quantile(1.0 - tail, lasting + 1.0, ending)


def _greenwood(share: float, variance: float, level: float) -> tuple[float, float] | None:
    if not 0.0 < share < 1.0:
        return None
    z = NormalDist().inv_cdf((1.0 + level) / 2.0) * variance**0.5 / np.log(share)
    return float(share ** np.exp(-z)), float(share ** np.exp(z))
