"""Which open condition decides most: what the record says, and what the draws add to it.

Where every open chance rests on enough comparable cases, the effect over the draws comes first: the change of the
chance that enough join. Else the chances are somebody's assumption, and first comes what the record itself shows:
how many members can be in no more without the condition, directly or through what depends on it, and then how many
name it themselves. What is left level by both is a tie, and is told as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.weighing.draws import FloatArray

# Two effects less than two standard errors apart are alike: the draws would tell them apart by chance once in twenty times.
_ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open fact, and what hangs on it.

    Args:
        fact: its place among the facts.
        loses: the nodes that can hold no more where it does not come true.
        named_by: the nodes whose own conditions name it.
        effect: what its coming true changes, draw by draw with all else the same; shape (B,).
    """

    fact: int
    loses: tuple[int, ...]
    named_by: tuple[int, ...]
    effect: FloatArray

    @property
    def decides(self) -> bool:
        """Whether anything hangs on it."""
        return bool(self.loses) or float(self.effect.mean()) > 0

    @property
    def error(self) -> float:
        """Standard error of the mean effect."""
        return standard_error(self.effect)


def deciding(candidates: Sequence[Candidate], grounded: bool) -> list[Candidate]:
    """Those that decide most, in the order given; more than one where they cannot be told apart, none where nothing does.

    Args:
        grounded: whether all open chances rest on enough comparable cases.
    """
    left = [c for c in candidates if c.decides]
    for narrow in (_by_effect, _by_record) if grounded else (_by_record, _by_effect):
        left = narrow(left)
    return left


def standard_error(values: FloatArray) -> float:
    """The standard error of a mean over draws; 0 where all are alike."""
    return float(values.std() / np.sqrt(len(values)))


def _by_record(candidates: list[Candidate]) -> list[Candidate]:
    said = [(len(c.loses), len(c.named_by)) for c in candidates]
    return [c for c, key in zip(candidates, said, strict=True) if key == max(said)]


def _by_effect(candidates: list[Candidate]) -> list[Candidate]:
    """Those whose effect the draws do not tell from the largest; draw by draw, so that what both share cancels."""
    if not candidates:
        return []
    best = max(candidates, key=lambda c: float(c.effect.mean())).effect
    behind = [best - c.effect for c in candidates]
    return [
        c for c, gap in zip(candidates, behind, strict=True) if gap.mean() <= _ERRORS * standard_error(gap)
    ]
