"""The issues of a report in words."""

from __future__ import annotations

from collections.abc import Iterator

from detente.weighing.flips import Flip
from detente.weighing.report_lines import Grounds, Line, listed, percent, resting
from detente.weighing.results import Correlated, Distribution, IssueReport

# The inputs that move an issue most, and the changes that would turn it; the others are in `to_dict`.
_INFLUENCES = 5
_FLIPS = 3


def issue_lines(issue: IssueReport, draws: int) -> Iterator[Line]:
    """One issue.

    Args:
        draws: how many draws the report has.
    """
    yield Line(0, f"Issue: {issue.proposition}")
    yield Line(
        1, f"0 = {issue.zero}, 100 = {issue.hundred}; {issue.assumed} of {issue.inputs} inputs assumed"
    )
    if issue.reversion:
        yield resting(1, f"without a deal: {issue.reversion[0]:.0f}–{issue.reversion[1]:.0f}", issue)
    if issue.withheld:
        yield resting(1, issue.withheld, issue)
    for spread in (issue.baseline, *issue.models):
        if spread:
            yield resting(1, _spread(spread, spread is issue.baseline, draws), issue)
        if issue.correlated and spread is issue.baseline:
            yield resting(2, _correlated(issue.correlated), issue)
    if issue.disagreement is not None:
        yield resting(
            1,
            f"rival models disagree: {issue.disagreement:.0f} of 100 points lie between their medians",
            issue,
        )
    yield from (resting(1, f"warning: {warning}", issue) for warning in issue.warnings)
    moves = [
        (f"{i.input} of {i.name}: {i.swing:+.1f} points; {percent(i.spread)} of the spread", Grounds.of(i))
        for i in issue.influences[:_INFLUENCES]
    ]
    yield from listed(
        "what moves the weighted mean most, from the low to the high end of the input:", moves, 1
    )
    if issue.baseline and not issue.side:
        yield resting(
            1,
            "with all inputs at their middle the weighted mean lies in the middle of the scale, where the least change decides the side",
            issue,
        )
    turns = [flip_line(flip) for flip in issue.flips[:_FLIPS]]
    yield from listed(
        f"with all inputs at their middle the weighted mean lies on the side of “{issue.side}”; what would turn that by itself:",
        turns,
        1,
    )
    yield from listed("what would have to be true:", ((q.text, Grounds.of(q)) for q in issue.requirements), 1)


def flip_line(flip: Flip, name: str | None = None) -> tuple[str, Grounds]:
    """One change that would turn an answer.

    Args:
        name: what to call the input; its own name where left out.
    """
    where = "within what is known" if flip.known else "beyond what is known"
    words = f"{name or flip.input}: {flip.needed:.3g} in place of {flip.middle:.3g}, {where}"
    return words, Grounds(flip.sources, (flip.assumed_by,) if flip.assumed_by else ())


def _correlated(other: Correlated) -> str:
    """What the baseline's spread owes to how the positions are drawn."""
    how = (
        f"moved together (correlation {other.correlation:g})"
        if other.correlation
        else "were drawn each by itself"
    )
    return f"if the parties' positions {how}, nine draws of ten would lie in {other.low:.0f}–{other.high:.0f}"


def _spread(spread: Distribution, baseline: bool, draws: int) -> str:
    name = f"{spread.model}{' (baseline)' if baseline else ''}"
    ties = f"; an exact tie decides in {spread.tied:.0%} of the draws" if spread.tied else ""
    fewer = f"; {spread.draws} of the {draws} draws, for time" if spread.draws < draws else ""
    return f"{name}: {spread.median:.0f} [{spread.low:.0f}–{spread.high:.0f}]{ties}{fewer}"
