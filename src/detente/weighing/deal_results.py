"""What is said of the deal: packages of terms, who would accept them, and what blocks the others."""

from __future__ import annotations

from collections.abc import Mapping

from detente.records import Part
from detente.weighing.spans import Span


class Refusal(Part, frozen=True, kw_only=True):
    """A party that would rather have no deal.

    Args:
        draws: share of the draws in which it would, above 0, at most 1: no probability.
    """

    name: str
    draws: float


class PackageReport(Part, frozen=True, kw_only=True):
    """One package of terms.

    Args:
        levels: the level of every term, by the term's id.
        terms: the propositions of the terms above their lowest level, with the level where there are several.
        low: share of the draws, 0–1, in which it passes if nobody agrees of whom it is not known: no probability.
        high: the same if all of them agree.
        verdict: both in words.
        accepts: who would rather have it than no deal in every draw.
        refuses: who would rather have no deal, the most often first.
    """

    levels: Mapping[str, str]
    terms: tuple[str, ...]
    low: float
    high: float
    verdict: str
    accepts: tuple[str, ...]
    refuses: tuple[Refusal, ...]


class Payment(Part, frozen=True, kw_only=True):
    """The least that would have to be paid for some package to pass.

    Args:
        total: in the unit of the worths; 0 where a package passes without.
        unit: of the worths.
        terms: the package that it most often buys.
        often: share of the draws in which it is that one.
        to: who is paid, and the median of what.
        covered: share of the draws in which those who gain by the package gain more than is paid.
    """

    total: Span
    unit: str
    terms: tuple[str, ...]
    often: float
    to: Mapping[str, float]
    covered: float


class Settled(Part, frozen=True, kw_only=True):
    """Where bargaining would settle by one solution.

    Args:
        method: its name.
        reference: where it is published.
        terms: the package most often settled on; empty where most often none is.
        draws: share of the draws in which it is that one.
    """

    method: str
    reference: str
    terms: tuple[str, ...]
    draws: float


class Missing(Part, frozen=True, kw_only=True):
    """A party whose agreement counts and of whom it is not known what it would agree to; and what is missing."""

    actor: str
    name: str
    veto: bool
    missing: tuple[str, ...]


class DealReport(Part, frozen=True, kw_only=True):
    """The packages of terms that there can be, and which of them pass.

    Args:
        must_agree: names of the parties with a veto.
        others: how many of the others must agree too.
        withheld: why there is no outcome; `None` where there is one.
        missing: of whom it is not known what they would agree to: the conditions of any outcome.
        common: terms that every package has.
        packages: those that pass most often first; without those that dependence and what is required rule out.
        passing: how many of the packages pass, over the draws; `None` where there is no outcome.
        binding: the parties that alone keep out most packages, and the share of the draws in which each does.
        payment: the cheapest side payment; `None` where there is no outcome or no unit.
        settled: where bargaining among those who must agree would settle, by rival solutions.
        draws: how many of the draws were used: fewer where there are many packages.
        sources: ids of the records that the numbers rest on.
        assumed_by: who assumed the rest.
    """

    must_agree: tuple[str, ...]
    others: int
    withheld: str | None
    missing: tuple[Missing, ...]
    common: tuple[str, ...]
    packages: tuple[PackageReport, ...]
    passing: Span | None
    binding: tuple[Refusal, ...]
    payment: Payment | None
    settled: tuple[Settled, ...]
    draws: int
    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]
