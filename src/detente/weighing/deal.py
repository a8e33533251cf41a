"""The deal: which packages of terms could pass, with whom, what blocks the others, and what would open them.

A party accepts a package that is worth at least as much to it as no deal. A package passes where every party with
a veto accepts it, and as many of the others as it takes. A package with no term in it is no deal.

Where it is not known what a party would accept, nothing is put in its place: each package is weighed twice, with
that party against it and with it in favour.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from math import prod

import numpy as np

from detente.errors import SituationError
from detente.weighing.bargaining import Bargain, BargainingModel, Egalitarian, KalaiSmorodinsky, Nash
from detente.weighing.deal_results import DealReport, Missing, PackageReport, Payment, Refusal, Settled
from detente.weighing.draws import BoolArray, sample_named
from detente.weighing.grounds import assumers_of, sources_of
from detente.weighing.packages import Packages
from detente.weighing.situation import Deal, Party, Situation
from detente.weighing.spans import Span
from detente.weighing.voting import IntArray
from detente.weighing.words import few
from detente.weighing.zone import Consent, side_payment, zone

# Packages that a report can say something about; twelve terms that are there or not.
MOST_PACKAGES = 4096
_UNSAID = "whether it passes is not known"
# Numbers in an array of utilities: 32 megabytes.
_NUMBERS = 4_000_000


class OnTheTable:
    """The packages of a situation, what they are worth, and who would accept them.

    Args:
        situation: with at least one term.
        draws: at most so many.
        seed: of the random numbers.
        gone: ids of parties that are taken to have no part in the deal.

    Raises:
        SituationError: a party with a veto is gone; there are more packages than 4,096, or none that has all that is required.
    """

    def __init__(self, situation: Situation, draws: int, seed: int, gone: Collection[str] = ()) -> None:
        away = [p.name for p in situation.parties if p.veto and p.id in gone]
        if away:
            raise SituationError(f"nothing can be agreed without {few(away)}, which is taken to have no part in it")
        self.situation = situation
        self.rule = situation.deal or Deal()
        self.packages = _packages(situation)
        # Who has no veto counts only where others must agree too, or where it is said what the terms are worth to them.
        given = {w.actor for w in situation.worths}
        parties = [p for p in situation.parties if p.id not in gone]
        counted = [p for p in parties if p.veto or self.rule.others or p.id in given or p.without_deal]
        found = [(p, _missing(situation, p)) for p in counted]
        self.known = tuple(p for p, missing in found if not missing)
        self.missing = tuple(
            Missing(actor=p.id, name=p.name, veto=p.veto is not None, missing=missing) for p, missing in found if missing
        )
        self.count = max(1, min(draws, _NUMBERS // max(1, len(self.known) * len(self.packages))))
        self._seed = seed

    @cached_property
    def bargain(self) -> Bargain:
        """What every package is worth to each party of whom it is known, and what no deal is."""
        worths = {(w.actor, w.term): w.levels for w in self.situation.worths}
        worth = {}
        for k, term in enumerate(self.packages.components):
            shape = (self.count, len(self.known), len(self.packages.levels[k]))
            levels = {
                f"{p.id}\x1f{term}\x1f{n}": level
                for p in self.known
                for n, level in enumerate(worths[p.id, term][: shape[2] - 1])
            }
            above = sample_named(levels, self.count, self._seed, 0).reshape(shape[0], shape[1], shape[2] - 1)
            worth[term] = np.concatenate([np.zeros((*shape[:2], 1)), above], axis=2)
        without = sample_named({p.id: p.without_deal for p in self.known if p.without_deal}, self.count, self._seed, 0)
        return Bargain.equal(tuple(p.id for p in self.known), self.packages.additive(worth), without)

    @cached_property
    def accepts(self) -> BoolArray:
        """Whether each known party would rather have each package than no deal; shape (B, N, P)."""
        if not self.known:
            return np.zeros((self.count, 0, len(self.packages)), np.bool_)
        return self.bargain.gain >= 0

    def consent(self, unknown_agree: bool) -> Consent | None:
        """Whose agreement it takes among the known parties; `None` where it cannot be had among them.

        Args:
            unknown_agree: whether those agree of whom it is not known, or are against.
        """
        veto = np.array([p.veto is not None for p in self.known], np.bool_)
        if not unknown_agree and any(m.veto for m in self.missing):
            return None
        open_votes = sum(not m.veto for m in self.missing) if unknown_agree else 0
        needed = max(0, self.rule.others - open_votes) + int(veto.sum())
        return Consent(veto, np.ones(len(veto)), float(needed)) if needed <= len(veto) else None

    @property
    def unsaid(self) -> bool:
        """Whether it is not said whose agreement it takes."""
        return not self.rule.others and not any(p.veto for p in self.situation.parties)

    def passes(self, unknown_agree: bool) -> BoolArray:
        """Whether each package passes; shape (B, P)."""
        consent = self.consent(unknown_agree)
        if consent is None or (self.unsaid and not unknown_agree):
            return np.zeros((self.count, len(self.packages)), np.bool_)
        if not self.known:
            return np.ones((self.count, len(self.packages)), np.bool_)
        return zone(self.bargain, consent).inside

    def terms(self, package: int) -> tuple[str, ...]:
        """The propositions of the terms that are above their lowest level in a package."""
        levels = self.packages.describe(package)
        return tuple(
            t.proposition if len(t.levels) == 2 else f"{t.proposition} ({levels[t.id]})"
            for t in self.situation.terms
            if levels[t.id] != t.levels[0]
        )

    def left(self, actors: Sequence[str]) -> tuple[int, int]:
        """How many packages these parties all accept: in every draw, and in some draw or as far as is known."""
        unknown = set(actors) - {p.id for p in self.known}
        rows = [n for n, p in enumerate(self.known) if p.id in actors]
        agreed = self.accepts[:, rows].all(axis=1)
        return 0 if unknown else int(agreed.all(axis=0).sum()), int(agreed.any(axis=0).sum())


def _packages(situation: Situation) -> Packages:
    terms = situation.terms
    possible = {t.id: t.levels if t.chance.high > 0 else t.levels[:1] for t in terms}
    count = prod(len(levels) for levels in possible.values())
    if count > MOST_PACKAGES:
        raise SituationError(
            f"terms: got {count:,} packages of {len(terms)} terms, expected at most {MOST_PACKAGES:,}",
            "leave out terms that nobody disputes, or give a term that cannot be in place the chance 0",
        )
    gone = [t for t in terms if t.required and len(possible[t.id]) < 2]
    if gone:
        raise SituationError(f"“{gone[0].proposition}” is required and cannot be in place, so there is no package")
    found = Packages.of(possible, {t.id: t.depends_on for t in terms}, [t.id for t in terms if t.required])
    something = found.level.any(axis=1)
    if not something.any():
        raise SituationError("none of the terms can be in place, so there is no package")
    return Packages(found.components, found.levels, found.level[something])


def _missing(situation: Situation, party: Party) -> tuple[str, ...]:
    """What is not said of a party's values, in words."""
    given = {w.term for w in situation.worths if w.actor == party.id}
    without = () if party.without_deal else ("what it has without a deal",)
    terms = [t.proposition for t in situation.terms if t.id not in given]
    if terms and len(terms) == len(situation.terms):
        return (*without, "what any of the terms is worth to it")
    return (*without, *(f"what this is worth to it: {term}" for term in terms))


def deal_report(table: OnTheTable) -> DealReport:
    """The deal's part of a report."""
    situation = table.situation
    withheld = _withheld(table)
    low, high = table.passes(unknown_agree=False), table.passes(unknown_agree=True)
    packages = [_package(table, k, low[:, k], high[:, k]) for k in range(len(table.packages))]
    common = set.intersection(*(set(p.terms) for p in packages))
    inputs = [level for w in situation.worths for level in w.levels]
    inputs += [p.without_deal for p in table.known if p.without_deal]
    basis = [*inputs, *(t.basis for t in situation.terms), *(p.veto for p in situation.parties if p.veto)]
    return DealReport(
        must_agree=tuple(p.name for p in situation.parties if p.veto), others=table.rule.others,
        withheld=withheld, missing=table.missing,
        common=tuple(t for t in packages[0].terms if t in common),
        packages=tuple(sorted(packages, key=lambda p: (-p.low, -p.high, len(p.terms)))),
        passing=None if withheld else Span.of(low.sum(axis=1)),
        binding=() if withheld else _binding(table),
        payment=None if withheld else _payment(table), settled=() if withheld else _settled(table),
        draws=table.count, sources=sources_of(basis), assumed_by=assumers_of(basis),
    )  # fmt: skip


def no_deal(situation: Situation, why: str) -> DealReport:
    """The deal's part of a report where there is no package to speak of."""
    basis = [*(t.basis for t in situation.terms), *(p.veto for p in situation.parties if p.veto)]
    return DealReport(
        must_agree=tuple(p.name for p in situation.parties if p.veto), others=situation.deal.others if situation.deal else 0,
        withheld=f"no outcome is given: {why}", missing=(), common=(), packages=(), passing=None, binding=(), payment=None,
        settled=(), draws=0, sources=sources_of(basis), assumed_by=assumers_of(basis),
    )  # fmt: skip


def _withheld(table: OnTheTable) -> str | None:
    """Why there is no outcome, only conditions and the packages that there can be."""
    if table.unsaid:
        return "no outcome is given: it is not said whose agreement it takes"
    unknown = [m.name for m in table.missing if m.veto]
    if unknown:
        who = few(unknown)
        return f"no outcome is given: nothing can be agreed without {who}, and what a deal is worth to them is not known"
    if table.consent(unknown_agree=False) is None:
        return f"no outcome is given: {table.rule.others} others must agree, and of too few is it known what they would accept"
    return None


def _package(table: OnTheTable, k: int, low: BoolArray, high: BoolArray) -> PackageReport:
    least, most = float(low.mean()), float(high.mean())
    share = 1.0 - table.accepts[:, :, k].mean(axis=0)
    refuses = [Refusal(name=p.name, draws=float(s)) for p, s in zip(table.known, share, strict=True) if s > 0]
    return PackageReport(
        levels=table.packages.describe(k), terms=table.terms(k), low=least, high=most,
        verdict=_UNSAID if table.unsaid else _verdict(least, most, [m.name for m in table.missing]),
        accepts=tuple(p.name for p, s in zip(table.known, share, strict=True) if s == 0),
        refuses=tuple(sorted(refuses, key=lambda r: (-r.draws, r.name))),
    )  # fmt: skip


def _verdict(low: float, high: float, unknown: Sequence[str]) -> str:
    if high == 0:
        return "cannot pass on these inputs"
    if low == 1:
        return "passes on all inputs"
    if low < high:
        who = f"{few(unknown)} agree{'s' if len(unknown) == 1 else ''}"
        return f"{'passes' if high == 1 else 'passes on some inputs'} if {who}, which is not known"
    return f"passes on some inputs ({low:.0%} of the draws)"


def _binding(table: OnTheTable) -> tuple[Refusal, ...]:
    """In which share of the draws each party is one that alone keeps out most packages."""
    consent = table.consent(unknown_agree=False)
    if consent is None or not table.known:
        return ()
    opened = zone(table.bargain, consent).opened
    most = ((opened == opened.max(axis=1, keepdims=True)) & (opened > 0)).mean(axis=0)
    found = [Refusal(name=p.name, draws=float(share)) for p, share in zip(table.known, most, strict=True) if share]
    return tuple(sorted(found, key=lambda r: (-r.draws, r.name)))


def _payment(table: OnTheTable) -> Payment | None:
    consent = table.consent(unknown_agree=False)
    if not table.rule.unit or consent is None:
        return None
    paid = side_payment(table.bargain, consent)
    package, often = _most_often(paid.package)
    gain = np.take_along_axis(table.bargain.gain, paid.package[:, None, None], axis=2)[:, :, 0]
    median = np.median(paid.payment, axis=0)
    return Payment(
        total=Span.of(paid.total), unit=table.rule.unit, terms=table.terms(package), often=often,
        to={p.name: float(m) for p, m in zip(table.known, median, strict=True) if m > 0},
        covered=float((np.maximum(gain, 0.0).sum(axis=1) >= paid.total).mean()),
    )  # fmt: skip


def _settled(table: OnTheTable) -> tuple[Settled, ...]:
    """Where those who must agree would settle; not where some of the others must too, who could be any."""
    sides = [p.id for p in table.known if p.veto]
    if len(sides) < 2 or table.rule.others:
        return ()
    models: list[BargainingModel] = [Nash(), KalaiSmorodinsky()]
    # Equal gains mean something only where gains are in one unit.
    models += [Egalitarian()] if table.rule.unit else []
    bargain = table.bargain.among(*sides)
    return tuple(_settlement(table, model, bargain) for model in models)


def _settlement(table: OnTheTable, model: BargainingModel, bargain: Bargain) -> Settled:
    package, often = _most_often(model.run(bargain).package)
    return Settled(
        method=model.name, reference=model.reference, terms=table.terms(package) if package >= 0 else (), draws=often
    )


def _most_often(packages: IntArray) -> tuple[int, float]:
    values, counts = np.unique(packages, return_counts=True)
    return int(values[counts.argmax()]), float(counts.max() / len(packages))
