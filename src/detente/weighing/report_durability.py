"""Whether it would last and be kept, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.weighing.durability import Durability
from detente.weighing.enforcement import EnforcementReport
from detente.weighing.report_issues import flip_line
from detente.weighing.report_lines import Grounds, Line, listed, percent, resting
from detente.weighing.spans import Span

_FLIPS = 5
_SHARES = 4
_PART = {
    "strength": "by how much it lowers {r}'s chance of winning a war",
    "cost": "by how much it raises what war costs {r}",
    "alone": "how far its guarantor is believed without a backstop",
    "backed": "how far its guarantor is believed with a backstop",
    "backstop": "the chance that the backstop is there when it is needed",
}
_DEAL = {
    "win": "{r}'s chance of winning a war at first",
    "win_later": "{r}'s chance of winning a war in the last period",
    "cost_r": "what war costs {r}",
    "cost_u": "what war costs {u}",
    "share": "what the deal leaves to {r}",
    "effect": "by how much an intervention lowers {r}'s chance of winning",
    "punishment": "by how much an intervention raises what war costs {r}",
}


def durability_lines(found: Durability) -> Iterator[Line]:
    """How long comparable peace lasted."""
    yield Line(0, "Would it last? How long comparable peace lasted")
    yield resting(1, "which cases are comparable is somebody's choice", found)
    yield from (Line(1, line) for line in found.lines())


def enforcement_lines(found: EnforcementReport) -> Iterator[Line]:
    """Whether the deal would be kept."""
    r = found.revisionist
    yield Line(0, f"Would it be kept? What {r} gains by breaking the deal")
    yield resting(
        1,
        f"{found.first_line}; all as shares of what is disputed; shares of {found.parameters['draws']} draws are no probabilities",
        found,
    )
    yield Line(
        1,
        f"the deal leaves {r} {found.share}; between these it is better than war for both, in all {found.parameters['periods']} periods:",
    )
    yield Line(2, f"without the package: from {found.low_alone} to {found.high_alone}")
    yield Line(2, f"with all of it: from {found.low} to {found.high}")
    yield Line(1, f"{_guarantee(found.needed)}; with all parts it is taken to be {found.offered}")
    kept = (
        f"{' + '.join(p.parts) or 'nothing'}: {r} keeps the deal {p.holds}{_some(p.draws)}"
        for p in found.packages
    )
    yield from listed("packages:", kept, 1)
    yield from _importance(found)
    names = input_names(found)
    shares = (
        f"{names.get(s.name, s.name)}: {percent((s.low, s.total, s.high))}"
        for s in found.sensitivities[:_SHARES]
    )
    yield from listed("what the spread of that comes from, with all parts:", shares, 1)
    yield from _flips(found, names)


def _guarantee(needed: Span) -> str:
    if needed.low is None or needed.low > 1:
        return "no guarantee of this effect is enough, however sure"
    if needed.high is not None and needed.high <= 0:
        return "no guarantee is needed"
    return f"a guarantee suffices if the chance that it is honoured is taken to be {needed} or more (0: none is needed; above 1: none is enough)"


def _some(draws: float) -> str:
    return "" if draws in (0.0, 1.0) else f" ({draws:.0%} of the draws)"


def _importance(found: EnforcementReport) -> Iterator[Line]:
    names = [p.name for p in found.importance]
    if found.all_necessary:
        yield Line(
            1,
            f"all necessary: {', '.join(names)}; with fewer the deal does not hold, and none counts for more than another",
        )
        return
    if found.packages[-1].draws == found.packages[0].draws:
        yield Line(1, "no part changes whether the deal holds")
        return
    worth = (
        f"{p.name}: {p.share:+.2f} on average (Shapley value), {p.lost:+.2f} if it alone is missing"
        for p in found.importance
    )
    yield from listed("what each part adds to the share of draws in which the deal holds:", worth, 1)
    pairs = [p for p in found.pairs if abs(p.index) >= 0.01]
    yield from listed(
        "parts that need each other (+) or stand for each other (−):",
        (f"{p.first} and {p.second}: {p.index:+.2f}" for p in pairs),
        1,
    )


def _flips(found: EnforcementReport, names: Mapping[str, str]) -> Iterator[Line]:
    middle = "holds" if found.holds_at_the_middle else "does not hold"
    turns: list[str | tuple[str, Grounds]] = [flip_line(f, names.get(f.input)) for f in found.flips[:_FLIPS]]
    heading = (
        f"with all parts and all inputs at their middle the deal {middle}; what would turn that by itself:"
    )
    yield from listed(heading, turns or ["no single input"], 1)


def input_names(found: EnforcementReport) -> dict[str, str]:
    """What the inputs are called in words."""
    sides = {"r": found.revisionist, "u": found.defender}
    parts = {
        f"{p}: {field}": f"{p}: {words.format(**sides)}"
        for p in found.packages[-1].parts
        for field, words in _PART.items()
    }
    return {name: words.format(**sides) for name, words in _DEAL.items()} | parts
