"""The weighing of what is on record: a scenario, with what each number rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from detente.errors import SituationError
from detente.records import Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.tables import of_rows
from detente.web.templating import href
from detente.weighing import Report, situation_from, weigh
from detente.weighing.plots import plots
from detente.weighing.report_deal import deal_lines
from detente.weighing.report_durability import durability_lines, enforcement_lines
from detente.weighing.report_html import figure
from detente.weighing.report_lines import Grounds, Line

_DRAWS = 1000
_MOST_DRAWS = 10_000
_MOST_SEED = 2**31 - 1
_MOST_LED_TO = 100  # sentences that a mark leads to
_COLUMNS = ("about", "subject", "measure", "low", "median", "high", "words", "rests_on")


class WeighingPage(Part, frozen=True, kw_only=True):
    """A report, or why there is none.

    Args:
        names: by id, what actors and terms that the report mentions are called.
    """

    draws: int
    seed: int
    without: tuple[str, ...]
    report: Report | None
    why_none: str | None
    names: dict[str, str]


def weighing(ask: Ask) -> View:
    """The page of the weighing."""
    ask.only("draws", "seed", "without")
    draws, seed = ask.number("draws", _DRAWS, 1, _MOST_DRAWS), ask.number("seed", 0, 0, _MOST_SEED)
    without = ask.many("without")
    situation = situation_from(ask.ledger)
    names = {p.id: p.name for p in situation.parties} | {t.id: t.proposition for t in situation.terms}
    report, why_none = None, None
    try:
        report = weigh(situation, draws=draws, seed=seed, without=without)
    except SituationError as error:
        why_none = error.message
    shown = WeighingPage(draws=draws, seed=seed, without=without, report=report, why_none=why_none, names=names)
    rows = _rows(report) if report else ()
    page = {"parts": list(_parts(report)) if report else [], "figures": _figures}
    return View(template="weighing.html", shown=shown, table=of_rows(_COLUMNS, rows), marked=page)


def _parts(report: Report) -> Iterator[tuple[Part, list[Line]]]:
    """Packages, durability and enforcement, as the report says them: each number with the ids that it rests on."""
    if report.deal:
        yield report.deal, list(deal_lines(report.deal))
    if report.durability:
        yield report.durability, list(durability_lines(report.durability))
    if report.enforcement:
        yield report.enforcement, list(enforcement_lines(report.enforcement))


def _figures(part: Part) -> list[Markup]:
    """The drawings of a part of the report, each mark a way to the sentences that it rests on."""
    return [figure(drawing) for drawing in plots(part, _leads)]


def _leads(on: Grounds) -> str | None:
    return href("/records", id=on.sources[:_MOST_LED_TO]) if on.sources else None


def headline(ask: Ask) -> tuple[int, int]:
    """How many of the inputs are assumed, and how many there are."""
    inputs = list(situation_from(ask.ledger).inputs())
    return sum(i.assumed for i in inputs), len(inputs)


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    yield {"about": "scenario", "subject": report.title, "words": report.first_line}
    for issue in report.issues:
        for d in (issue.baseline, *issue.models):
            if d:
                yield {
                    "about": "issue", "subject": issue.proposition, "measure": d.model, "low": d.low,
                    "median": d.median, "high": d.high, "rests_on": issue.sources,
                }  # fmt: skip
        if issue.withheld:
            yield {"about": "issue", "subject": issue.proposition, "words": issue.withheld, "rests_on": issue.sources}
    for coalition in report.coalitions:
        for m in coalition.members:
            yield {
                "about": coalition.name, "subject": m.name, "measure": "in the coalition", "low": m.together.low,
                "median": m.together.point, "high": m.together.high, "words": m.verdict, "rests_on": m.sources,
            }  # fmt: skip
    for term in report.terms:
        fate = "can be in place" if term.possible else "cannot be in place"
        yield {"about": "term", "subject": term.proposition, "words": f"{term.status or 'unknown'}; {fate}", "rests_on": term.sources}
    yield from ({"about": "not known", "words": words} for words in report.unknown)
    yield from ({"about": "deal", "words": str(line)} for _, lines in _parts(report) for line in lines)
    yield from ({"about": "assumed", "words": words} for words in report.assumptions)
    yield from ({"about": "left out", "words": words} for words in report.left_out)
