"""What the parts of a report share: lines with their depth, and the words for what a number rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

Line = tuple[int, str]
"""A line of a report: 0 for a heading, 1 for a line under it, 2 for one under that; and its words."""


class Grounded(Protocol):
    """A part of a result that says what it rests on."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of records."""

    @property
    def assumed_by(self) -> tuple[str, ...]:
        """Who assumed the rest."""


def rests(part: Grounded) -> str:
    """The ids in brackets, and who assumed what no record bears."""
    said = ([", ".join(part.sources)] if part.sources else []) + (
        [f"assumed by {', '.join(part.assumed_by)}"] if part.assumed_by else []
    )
    return f" [{'; '.join(said) or 'by definition'}]"


def listed(heading: str, items: Iterable[str], depth: int = 0) -> Iterator[Line]:
    """A heading with lines under it; nothing where there are none."""
    items = list(items)
    if items:
        yield depth, heading
        yield from ((depth + 1, item) for item in items)


def some(items: Sequence[Line], most: int, depth: int) -> Iterator[Line]:
    """The first so many lines, and how many are left to the JSON."""
    yield from items[:most]
    if len(items) > most:
        yield depth, f"and {len(items) - most} more, which `--json` lists"


def percent(spread: tuple[float, float, float]) -> str:
    """A share with its interval, low end first; an estimate of it may lie a little below 0 or above 1."""
    low, share, high = (min(1.0, max(0.0, s)) for s in spread)
    return f"{share:.0%} ({low:.0%} to {high:.0%})"
