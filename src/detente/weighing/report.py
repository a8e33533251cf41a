"""A report as text or Markdown: first what it does not know, and after every number what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from detente.records import Part
from detente.weighing.report_coalitions import coalition_lines
from detente.weighing.report_deal import deal_lines, step_lines, term_lines
from detente.weighing.report_durability import durability_lines, enforcement_lines
from detente.weighing.report_issues import issue_lines
from detente.weighing.report_lines import Line, listed, some
from detente.weighing.report_method import method_lines
from detente.weighing.results import Falls, Report

_MARKS = {0: "", 1: "  ", 2: "    - "}
# What could not be used is named one by one up to here; all of it is in `to_dict`.
_LEFT_OUT = 6


class Section(NamedTuple):
    """A heading with what stands under it.

    Args:
        lines: the first is the heading.
        about: the part of the report that the lines tell of, for those who draw it.
    """

    lines: tuple[Line, ...]
    about: Part | None = None


def text(report: Report) -> str:
    """The report as plain text: what a number rests on stands behind it, or at the section's end by a letter."""
    return "\n\n".join("\n".join(_plain(section)) for section in sections(report)) + "\n"


def _plain(section: Section) -> Iterator[str]:
    times = Counter(line.on for line in section.lines if line.on)
    # What is short and said but once needs no letter.
    lettered = [on for on in times if times[on] > 1 or len(on.sources) > 1]
    letters = {on: _letter(n) for n, on in enumerate(lettered)}
    for line in section.lines:
        on = f" [{letters.get(line.on, line.on)}]" if line.on else ""
        yield f"{_MARKS[line.depth]}{_on_one_line(line.words + on)}"
    yield from (f"  [{letter}] {_on_one_line(str(on))}" for on, letter in letters.items())


def _letter(n: int) -> str:
    """a … z, aa, ab …"""
    return (_letter(n // 26 - 1) if n >= 26 else "") + ascii_lowercase[n % 26]


def markdown(report: Report) -> str:
    """The report as Markdown, with what each number rests on beside it."""
    marks = {0: "\n## ", 1: "- ", 2: "  - "}
    head, *rest = (line for section in sections(report) for line in section.lines)
    body = "\n".join(f"{marks[line.depth]}{_escaped(str(line))}" for line in rest)
    return f"{_escaped(head.words)}\n{body}\n"


def _escaped(words: str) -> str:
    """The words on one line, with no mark that Markdown or HTML reads."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in _on_one_line(words))


def _on_one_line(words: str) -> str:
    """A name or a proposition may hold line breaks, which must not look like lines of the report."""
    return " ".join(words.split())


def sections(report: Report) -> Iterator[Section]:
    """The report in its order: what it does not know, what it says, what is assumed, how it was worked out."""
    draws = int(report.parameters["draws"])
    found = [Section((Line(0, f"{report.first_line}."),)), Section(tuple(_head(report, draws)))]
    found.append(Section(tuple(listed("What it does not know", report.unknown))))
    found += [Section(tuple(_falls(report.falls)))] if report.falls else []
    found += (Section(tuple(issue_lines(issue, draws)), issue) for issue in report.issues)
    found += (Section(tuple(coalition_lines(coalition)), coalition) for coalition in report.coalitions)
    found.append(Section(tuple(term_lines(report.terms))))
    found += [Section(tuple(deal_lines(report.deal)), report.deal)] if report.deal else []
    found.append(Section(tuple(step_lines(report.steps))))
    found += (
        [Section(tuple(durability_lines(report.durability)), report.durability)] if report.durability else []
    )
    found += (
        [Section(tuple(enforcement_lines(report.enforcement)), report.enforcement)]
        if report.enforcement
        else []
    )
    found.append(Section(tuple(listed("What is assumed", report.assumptions))))
    found.append(Section(tuple(_left_out(report.left_out))))
    found.append(Section(tuple(method_lines(report))))
    return (section for section in found if section.lines)


def _head(report: Report, draws: int) -> Iterator[Line]:
    yield Line(0, f"{report.title}: a scenario, not a forecast")
    correlation = report.parameters["correlation"]
    how = (
        f", positions on one issue with a correlation of {correlation:g}"
        if correlation
        else ", each by itself"
    )
    yield Line(
        1,
        f"what follows from these inputs and no others; every input drawn {draws} times within its limits{how}",
    )
    yield Line(1, "a place on 0–100 is the median of all draws [nine draws of ten lie between these]")
    yield Line(1, "in brackets after a number: the records that it rests on, and who assumed the rest")


def _left_out(items: Sequence[str]) -> Iterator[Line]:
    if items:
        yield Line(0, "What is left out")
        yield from some([Line(1, item) for item in items], _LEFT_OUT, 1)


def _falls(falls: Falls) -> Iterator[Line]:
    yield Line(0, f"Without {', '.join(falls.asked)}")
    yield Line(1, f"taken not to come true: {'; '.join(falls.taken_away)}")
    fallen = {"members": falls.members, "terms": falls.terms, "steps": falls.steps}
    for name, items in fallen.items():
        yield Line(1, f"{name} that fall: {'; '.join(items) or 'none'}")
