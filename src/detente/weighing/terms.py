"""The terms' part of a report: what each needs, and which stand and fall together."""

from __future__ import annotations

from detente.weighing.coalitions import Coalitions
from detente.weighing.grounds import assumers_of
from detente.weighing.network import closure
from detente.weighing.results import TermReport
from detente.weighing.situation import Situation


def term_reports(situation: Situation, coalitions: Coalitions) -> tuple[TermReport, ...]:
    """One report a term, in the situation's order.

    Where every component is required, none is more important than another: they are listed as all necessary,
    and no shares are worked out.
    """
    needs = closure({t.id: t.depends_on for t in situation.terms})
    possible = coalitions.possible.can[len(situation.members) :]
    return tuple(
        TermReport(
            id=term.id, proposition=term.proposition, status=term.status, possible=bool(can),
            needs=tuple(t.id for t in situation.terms if t.id in needs[term.id] - {term.id}),
            all_necessary=tuple(
                t.id for t in situation.terms if t.id in needs[term.id] and term.id in needs[t.id]
            ) if term.id in needs[term.id] else (),
            sources=term.basis.sources, assumed_by=assumers_of([term.basis]),
        )
        for term, can in zip(situation.terms, possible, strict=True)
    )  # fmt: skip
