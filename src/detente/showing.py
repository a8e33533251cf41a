"""How any value is shown to a person."""

from __future__ import annotations

from typing import Any


def show(value: Any) -> str:
    """A value as a person reads it: names for actors, words for evidence, "unknown" for nothing."""
    match value:
        case None:
            return "unknown"
        case {"exact": str(exact), "field": str(field)}:
            return f"{field}: {exact}"
        case {"name": str(name)}:
            return name
        case {"surface": str(surface)} if surface:
            return surface
        case dict():
            return "; ".join(f"{key}: {show(item)}" for key, item in value.items())
        case list() | tuple():
            return ", ".join(show(item) for item in value)
        case _:
            return str(value)
