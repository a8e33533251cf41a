"""The contract of every model: draws in, a result with the same leading draw axis out.

A model is one file. It holds no state, takes no randomness but the draws, and its answer may not depend on
the order of the parties or on the unit of capability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from detente.weighing.draws import BoolArray, Draws, FloatArray

Result = TypeVar("Result", covariant=True)


class Model(Protocol[Result]):
    """What a model is."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    @property
    def reference(self) -> str:
        """Where the model is published."""

    def run(self, draws: Draws) -> Result:
        """The model's answer in every draw."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where each issue ends, by a model that says so.

    Args:
        value: 0–100; shape (B, M).
        tied: whether an exact tie decided, so that the least change of an input could move the value far;
            shape (B, M).
        sensitivity: derivative of the value by an input ("capability", "salience", "position") of each
            party, in points of the scale per unit of the input; shape (B, N, M). Empty where there is none.
    """

    value: FloatArray
    tied: BoolArray
    sensitivity: Mapping[str, FloatArray] = field(default_factory=dict)
