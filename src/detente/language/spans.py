"""The best spans under BIO scores: a span begins with B and goes on with I of its own type."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
# Where "outside" is as likely as this for every label together, the search need not look.
CERTAIN = 0.9999


class Tagged(NamedTuple):
    """A span over positions `first` to `last` (one past the last), its type's number, its mean probability."""

    first: int
    last: int
    type: int
    probability: float


def best_spans(probabilities: Scores) -> list[Tagged]:
    """The most likely spans (the Viterbi path over BIO labels).

    Args:
        probabilities: (positions, 1 + 2 × types): outside, then B and I of each type.
    """
    out: list[Tagged] = []
    edges = np.flatnonzero(np.diff(np.concatenate(([0], probabilities[:, 0] < CERTAIN, [0]))))
    for first, last in edges.reshape(-1, 2):
        path = _path(np.log(probabilities[first:last] + 1e-9).tolist())
        out += _spans(path, probabilities, int(first))
    return out


def _path(logs: list[list[float]]) -> list[int]:
    """The best allowed labels of a stretch that begins outside."""
    labels = len(logs[0])
    inner = range(2, labels, 2)
    score = [-1e9 if label in inner else value for label, value in enumerate(logs[0])]
    back: list[list[int]] = []
    for row in logs[1:]:
        best = max(range(labels), key=score.__getitem__)
        come = [best] * labels
        for label in inner:
            come[label] = label if score[label] > score[label - 1] else label - 1
        score = [score[come[label]] + value for label, value in enumerate(row)]
        back.append(come)
    label = max(range(labels), key=score.__getitem__)
    path = [label]
    for come in reversed(back):
        label = come[label]
        path.append(label)
    return path[::-1]


def _spans(path: list[int], probabilities: Scores, base: int) -> list[Tagged]:
    out: list[Tagged] = []
    first = 0
    for at, label in enumerate([*path, 0]):
        running = at > 0 and path[at - 1] > 0
        if running and (label == 0 or label % 2 == 1):
            kind = (path[at - 1] - 1) // 2
            both = probabilities[base + first : base + at, 1 + 2 * kind : 3 + 2 * kind].sum(axis=1)
            out.append(Tagged(base + first, base + at, kind, float(both.mean())))
        if label % 2 == 1:
            first = at
    return out
