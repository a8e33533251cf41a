"""The terms, the packages and the stages of a report in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.weighing.deal_results import DealReport, PackageReport, Payment, Settled
from detente.weighing.report_lines import Grounds, Line, listed, resting, some
from detente.weighing.results import StepReport, TermReport
from detente.weighing.words import few

# Packages that a person reads; all are in `to_dict`.
_PACKAGES = 10


def term_lines(terms: Sequence[TermReport]) -> Iterator[Line]:
    """What each term needs, and which stand and fall together."""
    if not terms:
        return
    yield Line(0, "Terms")
    named = {t.id: t.proposition for t in terms}
    for group in dict.fromkeys(t.all_necessary for t in terms if t.all_necessary):
        yield Line(1, f"all necessary, none without the others: {'; '.join(named[key] for key in group)}")
    for t in terms:
        fate = "" if t.possible else "; cannot be in place"
        needs = f"; needs {'; '.join(named[key] for key in t.needs)}" if t.needs else ""
        yield resting(
            1, f"{t.proposition} ({(t.status or 'status unknown').replace('_', ' ')}){fate}{needs}", t
        )


def deal_lines(deal: DealReport) -> Iterator[Line]:
    """Which packages of terms pass, with whom, what blocks the others, and what would open them."""
    others = [f"{deal.others} of the others"] if deal.others else []
    yield Line(0, "The deal: which packages of terms could pass")
    yield resting(1, f"who must agree: {few((*deal.must_agree, *others)) or 'it is not said'}", deal)
    if deal.withheld:
        yield Line(1, deal.withheld)
    conditions = (f"{m.name} agrees; not known of it: {'; '.join(m.missing)}" for m in deal.missing)
    yield from listed("what would have to be true:", conditions, 1)
    if deal.packages:
        yield from _packages(deal)
    if deal.passing:
        low, median, high = (
            f"{n:.0f}" for n in (deal.passing.low, deal.passing.median, deal.passing.high) if n is not None
        )
        spread = "" if low == high else f" [{low}–{high}]"
        yield Line(1, f"packages that pass: {median}{spread} of {len(deal.packages)}")
    if deal.binding:
        who = ", ".join(f"{b.name} ({b.draws:.0%} of the draws)" for b in deal.binding)
        yield Line(1, f"who alone keeps out most packages: {who}")
    if deal.payment:
        yield Line(1, _payment(deal.payment, deal))
    elif deal.passing:
        yield Line(1, "no side payment is worked out: the worths have no common unit (`unit` in `[deal]`)")
    # Where nothing ever suits all of them there is nothing to tell apart.
    settled = [_settled(s, deal) for s in deal.settled if s.terms or s.draws < 1]
    yield from listed("where those who must agree would settle:", settled, 1)


def _packages(deal: DealReport) -> Iterator[Line]:
    if deal.common:
        yield Line(1, f"every package has: {' + '.join(f'“{t}”' for t in deal.common)}")
    count, also = len(deal.packages), ", and beside that" if deal.common else ""
    yield Line(
        1,
        f"{count} package{'s' if count > 1 else ''} that dependence allows{also} (shares of {deal.draws} draws, no probabilities):",
    )
    yield from some([Line(2, _package(p, deal)) for p in deal.packages], _PACKAGES, 2)


def _package(p: PackageReport, deal: DealReport) -> str:
    accepts = f"; accepted by {few(p.accepts)}" if p.accepts else ""
    against = ", ".join(
        f"{r.name}{'' if r.draws == 1 else f' ({r.draws:.0%} of the draws)'}" for r in p.refuses
    )
    refused = f"; no deal is better for {against}" if against else ""
    return f"{_named(p.terms, deal)}: {p.verdict}{accepts}{refused}"


def _named(terms: Sequence[str], deal: DealReport) -> str:
    return " + ".join(f"“{t}”" for t in terms if t not in deal.common) or "only what every package has"


def _payment(p: Payment, deal: DealReport) -> str:
    if not p.total.high:
        return "no side payment is needed: some package passes without"
    to = (
        ", ".join(f"{name} {amount:.2f}" for name, amount in p.to.items())
        or "different parties in different draws"
    )
    return (
        f"the cheapest side payment that lets a package pass: {p.total} {p.unit}, to {to}; most often ({p.often:.0%}) it "
        f"buys {_named(p.terms, deal)}; those who gain by it gain more than is paid in {p.covered:.0%} of the draws"
    )


def _settled(s: Settled, deal: DealReport) -> str:
    what = _named(s.terms, deal) if s.terms else "nothing that all prefer to no deal"
    return f"{s.method}: {what}, in {s.draws:.0%} of the draws"


def step_lines(steps: Sequence[StepReport]) -> Iterator[Line]:
    """Who must agree at each stage, and what is left of the packages after it."""
    yield from listed(
        "Stages: who must agree at each",
        ((f"{s.order}. {s.action}: {few(s.actors)}{_left(s)}", Grounds.of(s)) for s in steps),
    )


def _left(step: StepReport) -> str:
    if not step.of:
        return ""
    unknown = f"; not known what {few(step.unknown)} would accept" if step.unknown else ""
    low, high = step.left
    count = str(low) if low == high else f"{low} to {high}"
    return f"; packages that all so far accept: {count} of {step.of}{unknown}"
