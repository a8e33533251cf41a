"""What numbers rest on: the records behind the inputs, and who assumed the others."""

from __future__ import annotations

from collections.abc import Iterable

from detente.weighing.situation import Basis


def sources_of(inputs: Iterable[Basis]) -> tuple[str, ...]:
    """The ids of the records that the inputs rest on, each once, in their order."""
    return tuple(dict.fromkeys(source for i in inputs for source in i.sources))


def assumers_of(inputs: Iterable[Basis]) -> tuple[str, ...]:
    """Who assumed those of the inputs that no record bears, each once, in their order."""
    return tuple(dict.fromkeys(i.assumed_by for i in inputs if i.assumed and i.assumed_by))
