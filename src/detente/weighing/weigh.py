"""Weigh a situation: draw its inputs, run every model, report distributions with what they rest on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np

import detente
from detente.errors import SituationError
from detente.weighing.coalitions import Coalitions
from detente.weighing.draws import draw
from detente.weighing.issues import issue_reports
from detente.weighing.joining import ConditionalJoining
from detente.weighing.results import Report, StepReport
from detente.weighing.rivals import BASELINE, RIVALS
from detente.weighing.situation import Basis, Situation
from detente.weighing.terms import term_reports
from detente.weighing.toml import check, dumps
from detente.weighing.whatif import falls, removed
from detente.weighing.whatif import without as taken_away


def weigh(situation: Situation, *, draws: int = 1000, seed: int = 0, without: Sequence[str] = ()) -> Report:
    """A scenario: what follows from the inputs, as far as they are known.

    Args:
        draws: number of times that every input is drawn, 1 or more.
        seed: of the random numbers, 0 or more; the same seed gives the same report.
        without: what is taken not to come true: ids of terms, facts or parties, or words of theirs
            ("us backstop"); the report then says what falls.

    Returns:
        The report, whose first line says how many of the inputs are assumed. On an issue where the position
        of a veto player is unknown there is no outcome but what would have to be true.

    Raises:
        SituationError: the situation cannot be weighed, or is empty; `draws` or `seed` is too small.
        UnknownName: a name in `without` fits nothing.
    """
    _check(situation, draws, seed)
    gone = removed(situation, without)
    changed = taken_away(situation, gone)
    # Each the first of its own generator: with and without differ by nothing but what was taken away.
    before, after = (draw(s, draws, np.random.default_rng(seed)) for s in (situation, changed))
    coalitions = Coalitions(changed, after)
    inputs = list(changed.inputs())
    assumed = sum(i.assumed for i in inputs)
    return Report(
        title=situation.title,
        first_line=f"{assumed} of {len(inputs)} inputs assumed",
        assumed=assumed, counted=len(inputs),
        methods=_methods(situation),
        parameters={"draws": draws, "without": list(without)}, seed=seed,
        inputs=hashlib.sha256(dumps(situation).encode()).hexdigest(), version=detente.__version__,
        issues=issue_reports(changed, after.draws, seed), coalitions=coalitions.reports(),
        terms=term_reports(changed, coalitions), steps=_steps(situation),
        falls=falls(situation, before, after, without, gone) if without else None,
        assumptions=_assumptions(inputs), left_out=situation.left_out,
    )  # fmt: skip


def _check(situation: Situation, draws: int, seed: int) -> None:
    for name, number, least in (("draws", draws, 1), ("seed", seed, 0)):
        if number < least:
            raise SituationError(f"{name}: got {number}, expected {least} or more")
    check(situation)
    if not (situation.issues or situation.members or situation.terms):
        raise SituationError(
            "got a situation without issues, members of a coalition or terms, expected something to weigh",
            "detente show positions, to see whether there is anything on record",
        )


def _methods(situation: Situation) -> tuple[str, ...]:
    """The names of the models that this situation has something for."""
    rivals = [r.model.name for r in RIVALS if len(situation.issues) >= r.issues]
    return (BASELINE.name, *rivals, ConditionalJoining.name)


def _steps(situation: Situation) -> tuple[StepReport, ...]:
    return tuple(
        StepReport(
            order=s.order, action=s.action, actors=tuple(situation.name(a) for a in s.actors), sources=s.basis.sources
        )
        for s in sorted(situation.steps, key=lambda s: s.order)
    )  # fmt: skip


def _assumptions(inputs: Sequence[Basis]) -> tuple[str, ...]:
    """Each assumption with who made it and how often, the most frequent first."""
    count = Counter((i.note or "no reason given", i.assumed_by) for i in inputs if i.assumed)
    return tuple(f"{times} × {note} ({by})" for (note, by), times in sorted(count.items(), key=lambda c: (-c[1], c[0])))
