"""How the challenge model can be read: what its papers leave open, each choice by its name.

Bueno de Mesquita never published his program. Scholz, Calbert and Smith rebuilt the model from his papers; what
they print and what their program does differ, and each difference moves the outcome. So no reading is hidden:
a model is run under named rules, and `every_reading` gives all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import product


class Votes(Enum):
    """What a challenger's votes are divided by, to give the probability that it wins."""

    OF_THE_PAIR = "the votes cast between the two positions"
    OF_ALL_PAIRS = "the votes cast between all pairs of positions, bent by each voter's attitude to risk"


class Reply(Enum):
    """Whose attitude to risk the other side's expectation is worked out with."""

    OWN = "its own"
    AS_SEEN = "that of the party who looks at it"


class Conflict(Enum):
    """What follows where both sides expect to gain."""

    STAND = "neither moves"
    YIELD = "the one that expects less takes the other's position"


class Security(Enum):
    """Which expectations add up to a party's security."""

    TARGET = "the others', of challenging it"
    CHALLENGER = "its own, of challenging the others"


class Choice(Enum):
    """Which of the offers made to it a party takes."""

    ENFORCEABLE = "the one whose proposer expects most; among equals, the least move"
    LEAST_MOVE = "the least move"
    BY_KIND = "the nearest in a conflict; else the compromise, else the surrender, whose proposer expects most"


class Range(Enum):
    """What distances are measured in."""

    CURRENT = "the distance between the outermost positions of the round"
    INITIAL = "the distance between the outermost positions at the start"


@dataclass(frozen=True, slots=True)
class Rules:
    """One reading of the model.

    Args:
        status_quo: Q, the chance that nothing would change without a challenge; 0–1.

    Raises:
        ValueError: `status_quo` is not between 0 and 1.
    """

    votes: Votes = Votes.OF_THE_PAIR
    reply: Reply = Reply.OWN
    conflict: Conflict = Conflict.STAND
    security: Security = Security.TARGET
    choice: Choice = Choice.ENFORCEABLE
    range: Range = Range.CURRENT
    status_quo: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.status_quo <= 1.0:
            raise ValueError(f"status_quo: got {self.status_quo}, expected a chance between 0 and 1")


class Reading(Enum):
    """The readings that published figures bear out."""

    PRINTED = Rules()
    """As the paper's equations stand; a conflict moves nobody."""

    PROGRAM = Rules(
        votes=Votes.OF_ALL_PAIRS, reply=Reply.AS_SEEN, conflict=Conflict.YIELD, choice=Choice.BY_KIND
    )
    """What gives the paper's Table 2, round by round."""


def every_reading(status_quo: float = 1.0) -> Iterator[Rules]:
    """All combinations of the choices, 96 in all, at one chance of the status quo."""
    for choices in product(Votes, Reply, Conflict, Security, Choice, Range):
        yield Rules(*choices, status_quo)
