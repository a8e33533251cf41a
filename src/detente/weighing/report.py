"""A report as text or Markdown: first what it does not know, and after every number what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from detente.weighing.bargaining import Egalitarian, KalaiSmorodinsky, Nash
from detente.weighing.guarantees import LayeredGuarantees
from detente.weighing.importance import ComponentImportance
from detente.weighing.joining import ConditionalJoining
from detente.weighing.report_coalitions import coalition_lines
from detente.weighing.report_deal import deal_lines, step_lines, term_lines
from detente.weighing.report_durability import durability_lines, enforcement_lines
from detente.weighing.report_issues import issue_lines
from detente.weighing.report_lines import Line, listed
from detente.weighing.results import Falls, Report
from detente.weighing.rivals import BASELINE, BASELINE_MEANING, RIVALS
from detente.weighing.sensitivity import REFERENCE
from detente.weighing.specifications import SpecificationCurve
from detente.weighing.survival import KaplanMeier

_MODELS = {
    BASELINE.name: (BASELINE_MEANING, BASELINE.reference),
    **{r.model.name: (r.meaning, r.model.reference) for r in RIVALS},
    ConditionalJoining.name: ("who would be in, if each waits for what it has said it waits for", ConditionalJoining.reference),
    Nash.name: ("the package with the greatest product of gains over no deal", Nash.reference),
    KalaiSmorodinsky.name: ("the package with equal shares of what each could gain at most", KalaiSmorodinsky.reference),
    Egalitarian.name: ("the package with equal gains", Egalitarian.reference),
    KaplanMeier.name: ("the share of comparable cases that lasted beyond a time", KaplanMeier.reference),
    SpecificationCurve.name: ("one estimate for every reasonable choice of cases and controls", SpecificationCurve.reference),
    LayeredGuarantees.name: ("whether breaking the deal pays, where guarantors may step in", LayeredGuarantees.reference),
    ComponentImportance.name: ("what each part adds, over all packages of parts", ComponentImportance.reference),
}


def text(report: Report) -> str:
    """The report as plain text."""
    marks = {0: "\n", 1: "  ", 2: "    - "}
    return "\n".join(f"{marks[depth]}{_on_one_line(words)}" for depth, words in _lines(report)).lstrip("\n") + "\n"


def markdown(report: Report) -> str:
    """The report as Markdown."""
    marks = {0: "\n## ", 1: "- ", 2: "  - "}
    head, *rest = _lines(report)
    body = "\n".join(f"{marks[depth]}{_escaped(words)}" for depth, words in rest)
    return f"{_escaped(head[1])}\n{body}\n"


def _escaped(words: str) -> str:
    """The words on one line, with no mark that Markdown or HTML reads."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in _on_one_line(words))


def _on_one_line(words: str) -> str:
    """A name or a proposition may hold line breaks, which must not look like lines of the report."""
    return " ".join(words.split())


def _lines(report: Report) -> Iterator[Line]:
    draws = int(report.parameters["draws"])
    yield 0, f"{report.first_line}."
    yield 0, f"{report.title}: a scenario, not a forecast"
    yield 1, f"what follows from these inputs and no others; every input drawn {draws} times within its limits"
    yield 1, "a place on 0–100 is the median of all draws [nine draws of ten lie between these]"
    yield 1, "in brackets after a number: the ids of the records that it rests on, and who assumed the rest"
    yield from listed("What it does not know", report.unknown)
    if report.falls:
        yield from _falls(report.falls)
    for issue in report.issues:
        yield from issue_lines(issue, draws)
    for coalition in report.coalitions:
        yield from coalition_lines(coalition)
    yield from term_lines(report.terms)
    if report.deal:
        yield from deal_lines(report.deal)
    yield from step_lines(report.steps)
    if report.durability:
        yield from durability_lines(report.durability)
    if report.enforcement:
        yield from enforcement_lines(report.enforcement)
    yield from listed("What is assumed", report.assumptions)
    yield from listed("What is left out", report.left_out)
    yield from _method(report)


def _falls(falls: Falls) -> Iterator[Line]:
    yield 0, f"Without {', '.join(falls.asked)}"
    yield 1, f"taken not to come true: {'; '.join(falls.taken_away)}"
    fallen = {"members": falls.members, "terms": falls.terms, "steps": falls.steps}
    for name, items in fallen.items():
        yield 1, f"{name} that fall: {'; '.join(items) or 'none'}"


def _method(report: Report) -> Iterator[Line]:
    """What the models do, where they are published, and what is needed to take the report again."""
    yield 0, "How this was worked out"
    for name in report.methods:
        meaning, reference = _MODELS[name]
        yield 1, f"{name}: {meaning} ({reference})"
    if report.enforcement or any(issue.influences for issue in report.issues):
        yield 1, f"share of the spread: Sobol's total index ({REFERENCE})"
    yield 1, f"{report.parameters['draws']} draws, seed {report.seed}, détente {report.version}, inputs {report.inputs[:16]}"
