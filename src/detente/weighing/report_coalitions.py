"""The coalitions of a report in words."""

from __future__ import annotations

from collections.abc import Iterator

from detente.weighing.report_lines import Line, resting
from detente.weighing.results import CoalitionReport, MemberReport, Share


def coalition_lines(c: CoalitionReport) -> Iterator[Line]:
    """One coalition with its members."""
    yield Line(0, f"Coalition: {c.name}")
    yield resting(
        1,
        f"members who join one after another: {_count(c.least)}; who can stand together: {_count(c.greatest)}",
        c,
    )
    if c.reached:
        yield resting(1, f"at least {c.needs} members: {_share(c.reached)}", c)
    if c.pivotal:
        yield resting(1, c.pivotal.words, c.pivotal)
    for member in c.members:
        yield from _member(member)


def _count(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _member(m: MemberReport) -> Iterator[Line]:
    yield resting(1, f"{m.name} ({m.status}): {m.verdict}", m)
    if m.by_itself != m.together:
        yield resting(2, f"one after another {_share(m.by_itself)}; all together {_share(m.together)}", m)
    elif m.together.cases is not None:
        yield resting(2, f"{_share(m.together)}", m)
    for condition in m.conditions:
        yield Line(2, f"condition: {condition}")
    if m.pivotal and not {m.pivotal.text, *m.pivotal.alike} <= set(m.conditions):
        yield resting(2, f"hangs most on: {m.pivotal.named}", m.pivotal)


def _share(share: Share) -> str:
    """A probability in words: the interval; a number in it only where enough cases bear one."""
    if share.cases is None or share.low == share.high:
        return f"{share.low:.0%}"
    span = f"{share.low:.0%} to {share.high:.0%}"
    if share.point is None:
        return f"{span}, no number in between ({share.cases} comparable cases)"
    return f"{share.point:.0%} ({span}; {share.cases} comparable cases)"
