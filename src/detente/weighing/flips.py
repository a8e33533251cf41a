"""What would have to be true: the smallest change of one input that turns an answer round.

All inputs are set to their middle, or their likeliest value where one is given. Then one is moved, and the others
stay, until the answer changes its sign. The answer has to rise or fall all the way with each input.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detente.records import Part
from detente.weighing.draws import FloatArray
from detente.weighing.order import Order
from detente.weighing.sensitivity import Answer
from detente.weighing.situation import Input

_HALVINGS = 60


class Flip(Part, frozen=True, kw_only=True):
    """A change of one input that turns the answer round.

    Args:
        input: its name.
        middle: where it is taken to be.
        needed: where it would have to be, or beyond.
        known: whether that lies within the limits to which the input is known.
        size: the change as a share of all that the input could change, 0–1.
        sources: ids of the records that the input rests on.
        assumed_by: who assumed it, where none does.
    """

    input: str
    middle: float
    needed: float
    known: bool
    size: float
    sources: tuple[str, ...]
    assumed_by: str | None


def flips(answer: Answer, inputs: Mapping[str, Input], bounds: Mapping[str, tuple[float, float]]) -> tuple[Flip, ...]:
    """Every change of one input that is enough by itself; those within what is known first, then the smallest.

    Args:
        answer: at least 0 for yes, below for no; takes the inputs in their order.
        bounds: what each input can be at all.
    """
    names = list(inputs)
    middle = np.array([middle_of(i) for i in inputs.values()])
    yes = bool(answer(middle[None])[0] >= 0)
    found = []
    for end in (0, 1):
        far = np.array([bounds[name][end] for name in names])
        reach = _one_by_one(middle, far)
        turned = np.flatnonzero((answer(reach) >= 0) != yes)
        needed = _needed(answer, middle, far, turned, yes)
        found += [_flip(names[k], inputs[names[k]], float(middle[k]), float(n), bounds[names[k]]) for k, n in zip(turned, needed, strict=True)]
    return tuple(sorted(found, key=lambda f: (not f.known, f.size, f.input)))


def middle_of(value: Input) -> float:
    """The likeliest value, where one is given; else the middle of the interval."""
    return (value.low + value.high) / 2 if value.mode is None else value.mode


def _one_by_one(middle: FloatArray, changed: FloatArray) -> FloatArray:
    """A row an input, in which it alone is changed."""
    rows = np.tile(middle, (len(middle), 1))
    np.fill_diagonal(rows, changed)
    return rows


def _needed(answer: Answer, middle: FloatArray, far: FloatArray, turned: Order, yes: bool) -> FloatArray:
    """Where each of the inputs `turned` has to be, between its middle, where nothing changes, and its far end."""
    near, beyond = middle.copy(), far.copy()
    for _ in range(_HALVINGS if len(turned) else 0):
        half = (near + beyond) / 2
        over = (answer(_one_by_one(middle, half)) >= 0) != yes
        beyond, near = np.where(over, half, beyond), np.where(over, near, half)
    result: FloatArray = beyond[turned]
    return result


def _flip(name: str, value: Input, middle: float, needed: float, bound: tuple[float, float]) -> Flip:
    return Flip(
        input=name, middle=middle, needed=needed, known=value.low <= needed <= value.high,
        size=abs(needed - middle) / (bound[1] - bound[0]), sources=value.sources, assumed_by=value.assumed_by,
    )  # fmt: skip
