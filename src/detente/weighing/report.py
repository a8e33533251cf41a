"""A report as text or Markdown, every number followed by the ids of what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.weighing.results import (
    CoalitionReport,
    Distribution,
    Falls,
    IssueReport,
    MemberReport,
    Pivot,
    Report,
    Share,
    TermReport,
)

# The inputs that move an issue most; the others are in `to_dict`.
_INFLUENCES = 5

Line = tuple[int, str]
"""A line of a report: 0 for a heading, 1 for a line under it, 2 for one under that; and its words."""


def text(report: Report) -> str:
    """The report as plain text."""
    marks = {0: "\n", 1: "  ", 2: "    - "}
    return "\n".join(f"{marks[depth]}{words}" for depth, words in _lines(report)).lstrip("\n") + "\n"


def markdown(report: Report) -> str:
    """The report as Markdown."""
    marks = {0: "\n## ", 1: "- ", 2: "  - "}
    head, *rest = _lines(report)
    body = "\n".join(f"{marks[depth]}{_escaped(words)}" for depth, words in rest)
    return f"{_escaped(head[1])}\n{body}\n"


def _escaped(words: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in words)


def _lines(report: Report) -> Iterator[Line]:
    yield 0, f"{report.first_line}."
    draws = f"{report.parameters['draws']} draws, seed {report.seed}"
    yield 0, f"{report.title}: a scenario, not a forecast"
    yield 1, f"what follows from these inputs and no others; {draws}, détente {report.version}"
    yield 1, f"inputs {report.inputs[:16]}; models: {', '.join(report.methods)}"
    yield 1, "positions on 0–100: the median of all draws [5 %–95 % of them]"
    if report.falls:
        yield from _falls(report.falls)
    for issue in report.issues:
        yield from _issue(issue)
    for coalition in report.coalitions:
        yield from _coalition(coalition)
    if report.terms:
        yield from _terms(report.terms)
    yield from _list("Steps", [f"{s.order}. {s.action}: {', '.join(s.actors)}{_rests(s.sources)}" for s in report.steps])
    yield from _list("What is assumed", report.assumptions)
    yield from _list("What is left out", report.left_out)


def _list(heading: str, items: Sequence[str]) -> Iterator[Line]:
    if items:
        yield 0, heading
        yield from ((1, item) for item in items)


def _issue(issue: IssueReport) -> Iterator[Line]:
    yield 0, f"Issue: {issue.proposition}"
    yield 1, f"0 = {issue.zero}, 100 = {issue.hundred}; {issue.assumed} of {issue.inputs} inputs assumed"
    if issue.reversion:
        yield 1, f"without a deal: {issue.reversion[0]:.0f}–{issue.reversion[1]:.0f}{_rests(issue.sources)}"
    if issue.withheld:
        yield 1, f"{issue.withheld}{_rests(issue.sources)}"
    for spread in (issue.baseline, *issue.models):
        if spread:
            yield 1, f"{_spread(spread, spread is issue.baseline)}{_rests(issue.sources)}"
    if issue.disagreement is not None:
        yield 1, f"the models' medians lie {issue.disagreement:.0f} apart{_rests(issue.sources)}"
    if issue.influences:
        yield 1, "what moves the weighted mean most, from the low to the high end of the input:"
    for i in issue.influences[:_INFLUENCES]:
        yield 2, f"{i.input} of {i.name}: {i.swing:+.1f}{_rests(i.sources)}"
    if issue.requirements:
        yield 1, "what would have to be true:"
    for requirement in issue.requirements:
        yield 2, f"{requirement.text}{_rests(requirement.sources)}"


def _spread(spread: Distribution, baseline: bool) -> str:
    name = f"{spread.model}{' (baseline)' if baseline else ''}"
    ties = f"; an exact tie decides in {spread.tied:.0%} of the draws" if spread.tied else ""
    return f"{name}: {spread.median:.0f} [{spread.low:.0f}–{spread.high:.0f}]{ties}"


def _coalition(c: CoalitionReport) -> Iterator[Line]:
    yield 0, f"Coalition: {c.name}"
    yield 1, f"members who join one after another: {_count(c.least)}; who can stand together: {_count(c.greatest)}{_rests(c.sources)}"
    if c.reached:
        yield 1, f"at least {c.needs} members: {_share(c.reached)}{_rests(c.sources)}"
    if c.pivotal:
        yield 1, f"pivotal condition: {_pivot(c.pivotal)}"
    for member in c.members:
        yield from _member(member)


def _count(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _member(m: MemberReport) -> Iterator[Line]:
    yield 1, f"{m.name} ({m.status}): {m.verdict}{_rests(m.sources)}"
    if m.by_itself != m.together:
        yield 2, f"one after another {_share(m.by_itself)}; all together {_share(m.together)}{_rests(m.sources)}"
    elif m.together.cases is not None:
        yield 2, f"{_share(m.together)}{_rests(m.sources)}"
    for condition in m.conditions:
        yield 2, f"condition: {condition}"
    if m.pivotal:
        yield 2, f"hangs most on: {m.pivotal.text}{_rests(m.pivotal.sources)}"


def _share(share: Share) -> str:
    """The interval; a number in it only where enough cases bear one."""
    if share.cases is None or share.low == share.high:
        return f"{share.low:.0%}"
    span = f"{share.low:.0%} to {share.high:.0%}"
    if share.point is None:
        return f"{span}, no number in between ({share.cases} comparable cases)"
    return f"{share.point:.0%} ({span}; {share.cases} comparable cases)"


def _pivot(pivot: Pivot) -> str:
    lost = f"; without it out: {', '.join(pivot.loses)}" if pivot.loses else ""
    effect = f"; changes the result by {pivot.effect:+.2f}" if pivot.effect is not None else ""
    return f"{pivot.text}{effect}{lost}{_rests(pivot.sources)}"


def _terms(terms: Sequence[TermReport]) -> Iterator[Line]:
    yield 0, "Terms"
    together = dict.fromkeys(t.all_necessary for t in terms if t.all_necessary)
    for group in together:
        yield 1, f"all necessary, none without the others: {', '.join(group)}"
    for t in terms:
        fate = "" if t.possible else "; cannot be in place"
        needs = f"; needs {', '.join(t.needs)}" if t.needs else ""
        yield 1, f"{t.proposition} ({t.status or 'status unknown'}){fate}{needs}{_rests(t.sources)}"


def _falls(falls: Falls) -> Iterator[Line]:
    yield 0, f"Without {', '.join(falls.asked)}"
    yield 1, f"taken not to come true: {'; '.join(falls.taken_away)}"
    fallen = {"members": falls.members, "terms": falls.terms, "steps": falls.steps}
    for name, items in fallen.items():
        yield 1, f"{name} that fall: {'; '.join(items) or 'none'}"


def _rests(sources: Iterable[str]) -> str:
    """The ids in brackets; where no record bears the number, that."""
    return f" [{', '.join(sources) or 'assumed'}]"
