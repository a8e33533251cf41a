"""The drawings that belong to each part of a report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from math import exp
from statistics import NormalDist

from detente.records import Part
from detente.weighing.deal_results import DealReport
from detente.weighing.durability import Durability
from detente.weighing.enforcement import EnforcementReport
from detente.weighing.plot import SCALE, SHARES, Axis, Drawing, Leads, Row, axis_of, rows
from detente.weighing.plot_survival import survival_plot
from detente.weighing.report_durability import input_names
from detente.weighing.report_lines import Grounds
from detente.weighing.results import CoalitionReport, Distribution, IssueReport, MemberReport, Share
from detente.weighing.specifications import Specification, peacekeeping

_MOST = 10
_RATIOS = Axis(0.02, 5.0, tuple((r, f"{r:g}") for r in (0.02, 0.1, 0.5, 1.0, 5.0)), ratio=True)
_NORMAL = NormalDist().inv_cdf(0.975)


@singledispatch
def plots(part: Part | None, leads: Leads) -> Iterator[Drawing]:
    """The drawings of one part of a report; none where a number would be drawn that the report does not give.

    Args:
        part: an issue, a coalition, the deal, its durability or its enforcement.
        leads: where a mark leads to, by what it rests on.
    """
    yield from ()


@plots.register
def _issue(issue: IssueReport, leads: Leads) -> Iterator[Drawing]:
    baseline, on = issue.baseline, Grounds.of(issue)
    if not baseline:
        return
    bars = [_distribution(d, d is baseline, on) for d in (baseline, *issue.models)]
    says = (
        f"0 is “{issue.zero}”, 100 is “{issue.hundred}”. Columns: how many draws end there; bar: nine draws of ten; "
        "sign: the median, a full diamond for the baseline, to which the broken line belongs."
        f"{' Shaded: without a deal.' if issue.reversion else ''}"
    )
    yield rows("Where the models end", says, SCALE, bars, leads, line=baseline.median, band=issue.reversion)
    if issue.influences:
        yield _tornado(issue, leads)


def _distribution(d: Distribution, chosen: bool, on: Grounds) -> Row:
    name = f"{d.model} (baseline)" if chosen else d.model
    # Of a place that is known to a column's width a column says less than the sign.
    shape = d.shape if d.high - d.low > (SCALE.high - SCALE.low) / len(d.shape) else ()
    return Row(name, f"{d.median:.0f} [{d.low:.0f}–{d.high:.0f}]", d.low, d.high, d.median, on, chosen, shape)


def _tornado(issue: IssueReport, leads: Leads) -> Drawing:
    """The widest on top; each bar as long as the weighted mean moves, around where it is."""
    found = issue.influences[:_MOST]
    bars = [
        Row(f"{i.input} of {i.name}", f"{i.swing:+.1f}".replace("-", "−"), -abs(i.swing) / 2, abs(i.swing) / 2, i.swing / 2, Grounds.of(i))
        for i in found
    ]
    most = max(abs(i.swing) for i in found) / 2
    says = "Points by which the weighted mean moves from the low to the high end of an input, to first order; the sign is at the high end."
    return rows("What moves the weighted mean most", says, axis_of([-most, most]), bars, leads, line=0.0)


@plots.register
def _coalition(coalition: CoalitionReport, leads: Leads) -> Iterator[Drawing]:
    if not coalition.members:
        return
    by_condition: dict[str, list[MemberReport]] = {}
    for member in coalition.members:
        by_condition.setdefault(" and ".join(member.conditions) or "no condition on record", []).append(member)
    bars = [bar for condition, members in by_condition.items() for m in members for bar in _member(m, condition)]
    says = "Probability of being in, by what each has made it hang on; bar: as far as it is known, no sign where there are too few cases."
    yield rows("Who would be in, by condition", says, SHARES, bars, leads)


def _member(m: MemberReport, condition: str) -> Iterator[Row]:
    ways = {"": m.together} if m.by_itself == m.together else {", one after another": m.by_itself, ", all together": m.together}
    for way, share in ways.items():
        yield Row(f"{m.name} ({m.status}){way}", _percentages(share.low, share.high), share.low, share.high, _point(share), Grounds.of(m), group=condition)


def _point(share: Share) -> float | None:
    return share.low if share.low == share.high else share.point


@plots.register
def _deal(deal: DealReport, leads: Leads) -> Iterator[Drawing]:
    if deal.withheld or not deal.packages:
        return
    on = Grounds.of(deal)
    bars = [
        Row(" + ".join(t for t in p.terms if t not in deal.common) or "only what every package has", _percentages(p.low, p.high), p.low, p.high, p.low if p.low == p.high else None, on)
        for p in deal.packages[:_MOST]
    ]
    says = f"Shares of {deal.draws} draws in which a package passes, no probabilities; a bar where it hangs on parties of whom nothing is known."
    yield rows("Which packages pass", says, SHARES, bars, leads)


def _percentages(low: float, high: float) -> str:
    return f"{low:.0%}" if low == high else f"{low:.0%} to {high:.0%}"


@plots.register
def _durability(found: Durability, leads: Leads) -> Iterator[Drawing]:
    yield survival_plot(found)
    if found.effect:
        bars = [_specification(s) for s in peacekeeping().sorted()]
        says = "Each row one choice of cases and controls, all counted alike; bar: 95 % interval; left of 1, peace broke less often."
        yield rows("Peacekeepers and the return of fighting: hazard ratios", says, _RATIOS, bars, leads, line=1.0)


def _specification(s: Specification) -> Row:
    low, high = (exp(s.coefficient + side * _NORMAL * s.standard_error) for side in (-1, 1))
    return Row(f"{s.effect}; {s.sample}; controls: {s.controls}", f"{s.hazard_ratio:.2f} [{low:.2f}–{high:.2f}]", low, high, s.hazard_ratio)


@plots.register
def _enforcement(found: EnforcementReport, leads: Leads) -> Iterator[Drawing]:
    on = Grounds.of(found)
    yield from _range(found, on, leads)
    kept = [Row(" + ".join(p.parts) or "nothing", f"{p.draws:.0%}", 0.0, p.draws, p.draws, on) for p in found.packages]
    says = f"Shares of {found.parameters['draws']} draws, no probabilities, in which breaking the deal never pays."
    yield rows(f"With which parts {found.revisionist} would keep the deal", says, SHARES, kept, leads)
    # Where all are necessary the shares are equal by construction, and where none changes anything there are none.
    if not found.all_necessary and any(p.share for p in found.importance):
        worth = [Row(p.name, f"{p.share:+.2f}".replace("-", "−"), min(0.0, p.share), max(0.0, p.share), p.share, on) for p in found.importance]
        says = "Shapley value: what the part adds, on average over all orders of putting the package together."
        axis = axis_of([p.share for p in found.importance])
        yield rows("What each part adds to the share of draws in which the deal holds", says, axis, worth, leads, line=0.0)
    if found.sensitivities:
        names = input_names(found)
        bars = [Row(names.get(s.name, s.name), f"{s.total:.0%}", s.low, s.high, s.total, on) for s in found.sensitivities[:_MOST]]
        says = "Sobol's total index with its 95 % interval: the share of the spread that would stay if all but this input were known."
        yield rows("What the spread of the margin comes from", says, SHARES, bars, leads)


def _range(found: EnforcementReport, on: Grounds, leads: Leads) -> Iterator[Drawing]:
    """What can be left to the party that may break the deal; nothing where an end of it is beyond every number."""
    ends = {"without the package": (found.low_alone, found.high_alone), "with all of it": (found.low, found.high)}
    bars = [
        Row(name, _interval_of(low.median, high.median), low.median, max(low.median, high.median), None, on)
        for name, (low, high) in ends.items()
        if low.median is not None and high.median is not None
    ]
    share = found.share
    if share.low is None or share.median is None or share.high is None or len(bars) < len(ends):
        return
    says = (
        "Medians over the draws, as shares of what is disputed. Broken line: what the deal leaves, at its median; "
        "shaded: nine draws of ten."
    )
    title = f"What can be left to {found.revisionist} so that both prefer the deal to war"
    axis = axis_of([share.high, *(end for b in bars for end in (b.low, b.high))])
    yield rows(title, says, axis, bars, leads, line=share.median, band=(share.low, share.high))


def _interval_of(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}".replace("-", "−") if low <= high else "nothing suits both"
