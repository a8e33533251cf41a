"""How a report was worked out: what each model does, where it is published, what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from detente.weighing.bargaining import Egalitarian, KalaiSmorodinsky, Nash
from detente.weighing.challenge import ChallengeModel
from detente.weighing.exchange_of_positions import PositionExchange
from detente.weighing.guarantees import LayeredGuarantees
from detente.weighing.importance import ComponentImportance
from detente.weighing.joining import ConditionalJoining
from detente.weighing.ktab import SpatialModel
from detente.weighing.median import WeightedMedian
from detente.weighing.report_lines import Line
from detente.weighing.results import Report
from detente.weighing.rivals import BASELINE, BASELINE_MEANING, RIVALS
from detente.weighing.sensitivity import REFERENCE
from detente.weighing.specifications import SpecificationCurve
from detente.weighing.survival import KaplanMeier


class _Method(NamedTuple):
    meaning: str
    reference: str
    limit: str


_RIVALS = {r.model.name: r for r in RIVALS}
_UNTOLD = "what a term is worth to anybody, which is an input; nor that the parties know each other's worths"


def _rival(name: str, limit: str) -> _Method:
    return _Method(_RIVALS[name].meaning, _RIVALS[name].model.reference, limit)


_METHODS = {
    BASELINE.name: _Method(BASELINE_MEANING, BASELINE.reference, "whether there is a deal at all; anything of threats, sequence or trust"),
    WeightedMedian.name: _rival(WeightedMedian.name, "what a minority could block; it moves in jumps, where a half of the weight is just reached"),
    ChallengeModel.name: _rival(
        ChallengeModel.name, "one answer: it runs in rounds, in which small errors grow, and its papers can be read in 96 ways",
    ),
    SpatialModel.name: _rival(
        SpatialModel.name, "one answer: it runs in rounds, in which small errors grow, and another one where a party is counted as two",
    ),
    PositionExchange.name: _rival(PositionExchange.name, "whether the parties trust each other to deliver: it takes for granted that they do"),
    ConditionalJoining.name: _Method(
        "who would be in, if each waits for what it has said it waits for", ConditionalJoining.reference, "whether the conditions will be met",
    ),
    Nash.name: _Method("the package with the greatest product of gains over no deal", Nash.reference, _UNTOLD),
    KalaiSmorodinsky.name: _Method("the package with equal shares of what each could gain at most", KalaiSmorodinsky.reference, _UNTOLD),
    Egalitarian.name: _Method("the package with equal gains", Egalitarian.reference, _UNTOLD),
    KaplanMeier.name: _Method(
        "the share of comparable cases that lasted beyond a time", KaplanMeier.reference, "anything of this deal: it counts others",
    ),
    SpecificationCurve.name: _Method(
        "one estimate for every reasonable choice of cases and controls", SpecificationCurve.reference,
        "what sending peacekeepers would do: they go where peace is harder to keep",
    ),
    LayeredGuarantees.name: _Method(
        "whether breaking the deal pays, where guarantors may step in", LayeredGuarantees.reference,
        "how far a guarantor is believed, which is an input; nor whether gain and cost are what decides",
    ),
    ComponentImportance.name: _Method(
        "what each part adds, over all packages of parts", ComponentImportance.reference,
        "which part matters most where all are required: their shares are then equal by construction",
    ),
}  # fmt: skip


def method_lines(report: Report) -> Iterator[Line]:
    """The models that had something to say, and what is needed to take the report again."""
    yield Line(0, "How this was worked out")
    for name in report.methods:
        method = _METHODS[name]
        yield Line(1, f"{name}: {method.meaning} ({method.reference})")
        yield Line(2, f"cannot tell: {method.limit}")
    # The indices take the inputs for independent.
    apart = ", as if every input were drawn by itself" if report.parameters["correlation"] else ""
    if report.enforcement or any(issue.influences for issue in report.issues):
        yield Line(1, f"share of the spread: Sobol's total index{apart} ({REFERENCE})")
    correlation = f", correlation of positions {report.parameters['correlation']:g}" if apart else ""
    yield Line(1, f"{report.parameters['draws']} draws{correlation}, seed {report.seed}, détente {report.version}, inputs {report.inputs[:16]}")
