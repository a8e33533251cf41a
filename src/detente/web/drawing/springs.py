"""Places for the points of a network: springs between what is tied, repulsion between all.

Fruchterman and Reingold 1991, "Graph drawing by force-directed placement", begun from a circle in the order given and
without chance: the same network always looks the same. Parts that nothing ties together stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 200
_GAP, _GAPS = 0.14, 0.4  # between two parts, and between all of them at most, of the whole width

Ties = Sequence[tuple[int, int, float]]


def springs(count: int, ties: Ties) -> NDArray[np.float64]:
    """Places in the unit square.

    Args:
        count: number of points, 0 or more.
        ties: pairs of points with how strongly they pull, above 0.

    Returns:
        Shape (count, 2), from 0 to 1.
    """
    place = np.full((count, 2), 0.5)
    parts = _parts(count, ties)
    gap = min(_GAP, _GAPS / max(1, len(parts) - 1))
    left, room = 0.0, 1.0 - gap * (len(parts) - 1)
    for part in parts:
        width = room * len(part) / count
        index = {point: n for n, point in enumerate(part)}
        inner = _settled(len(part), [(index[a], index[b], w) for a, b, w in ties if a in index])
        place[part] = inner * (width, 1.0) + (left, 0.0)
        left += width + gap
    return place


def _parts(count: int, ties: Ties) -> list[list[int]]:
    """The points that ties lead to from one another, the largest part first."""
    part = list(range(count))
    for a, b, _ in ties:
        low, high = sorted((part[a], part[b]))
        part = [low if p == high else p for p in part]
    found: dict[int, list[int]] = {}
    for point, root in enumerate(part):
        found.setdefault(root, []).append(point)
    return sorted(found.values(), key=lambda points: (-len(points), points[0]))


def _settled(count: int, ties: Ties) -> NDArray[np.float64]:
    """The places of one part, shape (count, 2), from 0 to 1; what lies on a line lies in the middle."""
    angle = 2 * np.pi * np.arange(count) / count
    place = np.column_stack([np.cos(angle), np.sin(angle)])
    pull = np.zeros((count, count))
    for a, b, weight in ties:
        pull[a, b] = pull[b, a] = max(pull[a, b], weight)
    ideal = np.sqrt(4.0 / count)
    for step in np.linspace(0.3, 0.005, _ROUNDS):
        apart = place[:, None, :] - place[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        force = ideal**2 / distance**2 - pull * distance / ideal
        np.fill_diagonal(force, 0.0)
        move = (apart * force[:, :, None]).sum(axis=1)
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        place = place + move / length[:, None] * np.minimum(length, step)[:, None]
    low, high = place.min(axis=0), place.max(axis=0)
    wide: NDArray[np.float64] = np.where(high - low > 1e-6, (place - low) / np.maximum(high - low, 1e-6), 0.5)
    return wide
