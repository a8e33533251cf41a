"""Places for things that hang on one another: what nothing hangs on at the left, what all hangs on at the right.

Things that hang on each other in a circle stand in one column. Within a column, what hangs on near things is near: the
barycentre heuristic of Sugiyama, Tagawa and Toda 1981.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SWEEPS = 4


def layered(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The things in columns, from those that hang on others to those that others hang on.

    Args:
        edges: by thing, what it hangs on; each thing is a key.

    Returns:
        The columns, each from top to bottom; the same for the same edges in the same order.
    """
    known = {key: [o for o in others if o in edges and o != key] for key, others in edges.items()}
    reach = {key: _reached(known, key) for key in known}
    # A circle counts as one thing: its members reach each other.
    depth = {key: _depth(known, reach, key, {}) for key in known}
    columns = [[key for key in known if depth[key] == d] for d in range(max(depth.values(), default=-1), -1, -1)]
    return _ordered(columns, known)


def _reached(edges: Mapping[str, Sequence[str]], key: str) -> set[str]:
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        for other in edges[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _depth(edges: Mapping[str, Sequence[str]], reach: Mapping[str, set[str]], key: str, known: dict[str, int]) -> int:
    """How many steps lead on from a thing at most, a circle counting as no step."""
    if key not in known:
        circle = [k for k in reach[key] if key in reach[k]] or [key]
        beyond = {o for k in circle for o in edges[k]} - set(circle)
        value = 1 + max((_depth(edges, reach, o, known) for o in beyond), default=-1)
        known |= dict.fromkeys(circle, value)
    return known[key]


def _ordered(columns: list[list[str]], edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Each column with what hangs together side by side."""
    near: dict[str, list[str]] = {key: list(others) for key, others in edges.items()}
    for key, others in edges.items():
        for other in others:
            near[other].append(key)
    for _ in range(_SWEEPS):
        place = {key: n / max(1, len(column)) for column in columns for n, key in enumerate(column)}
        for column in columns:
            column.sort(key=lambda key: (_mean([place[o] for o in near[key]], place[key]), key))
    return columns


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
