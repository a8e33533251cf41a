"""What a weighing gives: records of numbers, each with the ids of what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from detente.records import Part, Weighing
from detente.weighing.deal_results import DealReport
from detente.weighing.durability import Durability
from detente.weighing.enforcement import EnforcementReport
from detente.weighing.flips import Flip
from detente.weighing.words import few


class Distribution(Part, frozen=True, kw_only=True):
    """Where an issue ends over all draws, by one model.

    Args:
        model: the model's name.
        reference: where it is published.
        low: 5th percentile, on 0–100.
        median: 50th percentile.
        high: 95th percentile.
        shape: shares of the draws in each twentieth of the scale, from 0 upwards; a place on an edge counts above it.
        tied: share of the draws, 0–1, in which an exact tie decided.
        draws: how many of the draws the model was given: a slow one takes fewer.
        noise: standard deviation of the answer, in points, where every input is off by 0.05 %; 0 for a model
            that does not run in rounds.
    """

    model: str
    reference: str
    low: float
    median: float
    high: float
    shape: tuple[float, ...]
    tied: float
    draws: int
    noise: float


class Correlated(Part, frozen=True, kw_only=True):
    """Where nine draws of ten of the baseline lie, were positions correlated otherwise than they are here.

    Args:
        correlation: rank correlation, 0–1, between the positions of any two parties.
        low: 5th percentile, on 0–100.
        high: 95th percentile.
    """

    correlation: float
    low: float
    high: float


class Influence(Part, frozen=True, kw_only=True):
    """How much one input moves the weighted mean.

    Args:
        actor: id of the party.
        name: what a person calls it.
        input: "position", "capability" or "salience".
        derivative: mean over draws, in points of the scale per unit of the input.
        swing: points by which the weighted mean moves from the input's low to its high end, to first order.
        spread: share of the variance of the weighted mean that comes from the input, alone or together with
            others (Sobol's total index): low end of its 95 % interval, estimate, high end.
        sources: ids of records that the input rests on; empty where it is assumed.
        assumed_by: who assumed it.
    """

    actor: str
    name: str
    input: str
    derivative: float
    swing: float
    spread: tuple[float, float, float]
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]


class Requirement(Part, frozen=True, kw_only=True):
    """What would have to be true, and the records that say so; without records it follows from a gap."""

    text: str
    sources: tuple[str, ...] = ()
    assumed_by: tuple[str, ...] = ()


class IssueReport(Part, frozen=True, kw_only=True):
    """One issue: the baseline, the other models beside it, what moves it; or why no outcome is given.

    Args:
        baseline: the weighted mean; `None` where no outcome is given.
        models: the other models.
        disagreement: points between the lowest and the highest median of all models, the baseline included.
        influences: inputs of the baseline, the widest swing first.
        withheld: why there is no outcome; `None` where there is one.
        warnings: where ties or noise decide, and not the inputs.
        requirements: what would have to be true.
        reversion: where things stand without a deal, low and high; `None` unknown.
        side: what the side of the middle means on which the weighted mean lies, all inputs at their middle;
            `None` where it lies in the middle, or no outcome is given.
        flips: what would have to be true for it to lie on the other.
        sources: ids of the records that the numbers rest on.
        assumed_by: who assumed the rest.
        correlated: the baseline with another correlation of the parties' positions; `None` without a baseline.
        assumed: number of inputs to this issue that no record bears.
        inputs: number of inputs to this issue.
    """

    id: str
    proposition: str
    zero: str
    hundred: str
    baseline: Distribution | None
    models: tuple[Distribution, ...]
    disagreement: float | None
    influences: tuple[Influence, ...]
    withheld: str | None
    warnings: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    reversion: tuple[float, float] | None
    side: str | None
    flips: tuple[Flip, ...]
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]
    assumed: int
    inputs: int
    correlated: Correlated | None = None


class Share(Part, frozen=True, kw_only=True):
    """A probability as far as it is known.

    Args:
        low: least, with every open fact at its least chance, 0–1.
        high: greatest, with every open fact at its greatest.
        point: in between, by sampling; `None` with fewer than twenty comparable cases.
        cases: comparable cases behind the worst known fact that it hangs on; `None` where it hangs on none.
    """

    low: float
    high: float
    point: float | None
    cases: int | None


class Pivot(Part, frozen=True, kw_only=True):
    """The open fact that decides most, with those that decide alike.

    Args:
        fact: id of the fact or the term; where several decide alike, of the first on record.
        alike: the others that neither the record nor the draws tell from it.
        with_it: the terms that need it and that it needs: they stand or fall together.
        named_by: the members whose own conditions name it.
        loses: who can be in no more where it does not come true.
        loses_alike: whether that holds of each that decides alike.
        effect: change of the probability, or of the number of members where the coalition has no stated
            size; `None` with fewer than twenty comparable cases behind any open fact.
        error: standard error of the effect over the draws: effects less than two apart are not told apart.
        sources: ids of the records that the facts rest on, and of the members' who name it.
    """

    fact: str
    text: str
    alike: tuple[str, ...]
    with_it: tuple[str, ...]
    named_by: tuple[str, ...]
    loses: tuple[str, ...]
    loses_alike: bool
    effect: float | None
    error: float
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]

    @property
    def named(self) -> str:
        """What decides, in the words of the record."""
        return few([f"“{text}”" for text in (self.text, *self.alike)], "; ")

    @property
    def words(self) -> str:
        """All of it in one line."""
        heading, without = "pivotal condition, the one that decides most", "it"
        if self.alike:
            mutual = set(self.alike) <= set(self.with_it)
            why = "stand or fall together" if mutual else "neither the record nor the draws tell apart"
            heading, without = (
                f"pivotal conditions, which {why}",
                "any one of them" if self.loses_alike else "the first",
            )
        # Of several the first is told of, unless what is said holds of each.
        which = "the first " if self.alike and not self.loses_alike else ""
        named = f"; {which}named by {few(self.named_by)}" if self.named_by else ""
        lost = f"; without {without} out: {few(self.loses)}" if self.loses else ""
        others = [f"“{text}”" for text in self.with_it if text not in self.alike]
        together = f"; stands or falls together with {few(others, '; ')}" if others else ""
        return f"{heading}: {self.named}{named}{self._effect()}{lost}{together}"

    def _effect(self) -> str:
        error = f"standard error of the draws {self.error:.2f}"
        if self.effect is not None:
            return f"; changes the result by {self.effect:+.2f} ({error})"
        return f"; {error}" if self.alike and self.error else ""


class MemberReport(Part, frozen=True, kw_only=True):
    """One member of a coalition.

    Args:
        verdict: what the two fixed points say in words.
        by_itself: probability of being in the least fixed point: members join one after another.
        together: of being in the greatest: what can stand once all are there.
        conditions: as the records state them.
        pivotal: the open fact on which this member most hangs; `None` where it hangs on none.
    """

    actor: str
    name: str
    status: str
    verdict: str
    by_itself: Share
    together: Share
    conditions: tuple[str, ...]
    pivotal: Pivot | None
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]


class CoalitionReport(Part, frozen=True, kw_only=True):
    """A coalition: its members, whether it reaches its size, and the condition that decides it.

    Args:
        needs: least number of members; `None` where nothing says so.
        reached: probability that the greatest fixed point has that many; `None` without `needs`.
        least: fewest and most members in the least fixed point.
        greatest: fewest and most members in the greatest.
    """

    id: str
    name: str
    needs: int | None
    reached: Share | None
    least: tuple[int, int]
    greatest: tuple[int, int]
    members: tuple[MemberReport, ...]
    pivotal: Pivot | None
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]


class TermReport(Part, frozen=True, kw_only=True):
    """A term: what it needs, directly and through others, and whether it can be in place.

    Args:
        needs: ids of terms.
        all_necessary: ids of the terms that stand and fall with it, itself among them; empty where none do.
    """

    id: str
    proposition: str
    status: str | None
    possible: bool
    needs: tuple[str, ...]
    all_necessary: tuple[str, ...]
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]


class StepReport(Part, frozen=True, kw_only=True):
    """A step of the sequence, and the names of those who must take part.

    Args:
        left: how many packages all who took part so far accept: in every draw, and as far as is known.
        of: how many there are; 0 where there is no package to speak of.
        unknown: who takes part and of whom it is not known what they would accept.
    """

    order: int
    action: str
    actors: tuple[str, ...]
    left: tuple[int, int]
    of: int
    unknown: tuple[str, ...]
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]


class Falls(Part, frozen=True, kw_only=True):
    """What a what-if takes away, and what could hold before and can hold no more."""

    asked: tuple[str, ...]
    taken_away: tuple[str, ...]
    members: tuple[str, ...]
    terms: tuple[str, ...]
    steps: tuple[str, ...]


class Report(Part, frozen=True, kw_only=True):
    """A scenario, with all that is needed to take it again.

    Args:
        first_line: how many of the inputs are assumed.
        methods: names of the models.
        parameters: number of draws, correlation of positions, what-if.
        inputs: sha256 of the situation's TOML.
        version: of this package.
        deal: the packages of terms; `None` where there are no terms.
        durability: how long comparable peace lasted; `None` where nobody chose the comparable cases.
        enforcement: whether the deal would be kept; `None` where nobody gave its inputs.
        unknown: what the report cannot say, and why.
        assumptions: what was assumed, by whom, how often.
    """

    title: str
    first_line: str
    assumed: int
    counted: int
    methods: tuple[str, ...]
    parameters: Mapping[str, Any]
    seed: int
    inputs: str
    version: str
    issues: tuple[IssueReport, ...]
    coalitions: tuple[CoalitionReport, ...]
    terms: tuple[TermReport, ...]
    steps: tuple[StepReport, ...]
    deal: DealReport | None
    durability: Durability | None
    enforcement: EnforcementReport | None
    unknown: tuple[str, ...]
    falls: Falls | None
    assumptions: tuple[str, ...]
    left_out: tuple[str, ...]

    def to_weighing(self, at: str | None = None) -> Weighing:
        """The report as a record that the ledger keeps.

        Args:
            at: time in UTC, ISO 8601; now where none is given.
        """
        result = self.to_dict()
        method, parameters = ", ".join(self.methods), dict(self.parameters)
        key = msgspec.json.encode([method, parameters, self.seed, self.inputs, self.version])
        return Weighing(
            id=f"we-{hashlib.sha256(key).hexdigest()[:16]}", method=method, parameters=parameters, seed=self.seed,
            inputs=self.inputs, version=self.version, result=result,
            at=at or datetime.now(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip

    def __str__(self) -> str:
        from detente.weighing.report import text

        return text(self)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"
