"""What the parts of a report share: lines with their depth, and what the numbers in them rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol


class Grounded(Protocol):
    """A part of a result that says what it rests on."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of records."""

    @property
    def assumed_by(self) -> tuple[str, ...]:
        """Who assumed the rest."""


class Grounds(NamedTuple):
    """What a number rests on.

    Args:
        sources: ids of records.
        assumed_by: who assumed the rest.
    """

    sources: tuple[str, ...]
    assumed_by: tuple[str, ...]

    @classmethod
    def of(cls, part: Grounded) -> Grounds:
        """Those of a part of a result."""
        return cls(part.sources, part.assumed_by)

    def __str__(self) -> str:
        assumed = [f"assumed by {', '.join(self.assumed_by)}"] if self.assumed_by else []
        return "; ".join([*([", ".join(self.sources)] if self.sources else []), *assumed]) or "by definition"


class Line(NamedTuple):
    """A line of a report.

    Args:
        depth: 0 for a heading, 1 for a line under it, 2 for one under that.
        words: without what they rest on.
        on: what the numbers in it rest on; `None` where it gives none of its own.
    """

    depth: int
    words: str
    on: Grounds | None = None

    def __str__(self) -> str:
        return f"{self.words} [{self.on}]" if self.on else self.words


def resting(depth: int, words: str, part: Grounded) -> Line:
    """A line whose numbers rest on what a part of the result rests on."""
    return Line(depth, words, Grounds.of(part))


def listed(heading: str, items: Iterable[str | tuple[str, Grounds]], depth: int = 0) -> Iterator[Line]:
    """A heading with lines under it; nothing where there are none.

    Args:
        items: words, or words and what they rest on.
    """
    items = list(items)
    if items:
        yield Line(depth, heading)
        yield from (Line(depth + 1, i) if isinstance(i, str) else Line(depth + 1, *i) for i in items)


def some(items: Sequence[Line], most: int, depth: int) -> Iterator[Line]:
    """The first so many lines, and how many are left to the JSON."""
    yield from items[:most]
    if len(items) > most:
        yield Line(depth, f"and {len(items) - most} more, which `--json` lists")


def percent(spread: tuple[float, float, float]) -> str:
    """A share with its interval, low end first; an estimate of it may lie a little below 0 or above 1."""
    low, share, high = (min(1.0, max(0.0, s)) for s in spread)
    return f"{share:.0%} ({low:.0%} to {high:.0%})"
