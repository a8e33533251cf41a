"""The best dependency tree of a sentence: a maximum spanning arborescence with one root ([Chu1965], [Edmonds1967]).

No tree under a root can score more than the other words' best heads do. Most often the root with the highest such
bound has a tree that reaches it, or beats the bound of every other root: that is the answer. Else all roots compete
in one search, in which a large number is taken off every root arc: the best arborescence then has one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
ROOT = -1


def best_tree(arcs: Scores, roots: Scores) -> list[int]:
    """The heads that make the tree with the highest sum of scores.

    Args:
        arcs: score of each word (row) under each head (column): (n, n); the diagonal is not read.
        roots: score of each word as the root: (n,).

    Returns:
        the head of each word, `ROOT` for the one root.
    """
    n = len(roots)
    if n < 2:
        return [ROOT] * n
    scores = np.full((n + 1, n + 1), -np.inf)
    scores[1:, 1:] = arcs
    np.fill_diagonal(scores, -np.inf)
    best = scores[1:].max(axis=1)
    bounds = best.sum() + roots - best
    root = int(bounds.argmax())
    own = scores[root + 1].copy()
    scores[root + 1] = -np.inf
    scores[root + 1, 0] = roots[root]
    heads = _heads(scores)[1:]
    if scores[np.arange(1, n + 1), heads].sum() < np.delete(bounds, root).max():
        scores[root + 1] = own
        scores[1:, 0] = roots - 2 * n * (np.abs(arcs).max() + np.abs(roots).max() + 1.0)
        heads = _heads(scores)[1:]
    return [head - 1 for head in heads]


def _heads(scores: Scores) -> list[int]:
    """The best heads of nodes 1…n under node 0; head of node 0 is 0."""
    heads = np.argmax(scores, axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return [int(head) for head in heads]
    return _expanded(scores, heads, cycle)


def _expanded(scores: Scores, heads: NDArray[np.intp], cycle: list[int]) -> list[int]:
    """Contracts a cycle into one node, solves what is left, and opens the cycle where it is entered."""
    n = len(scores)
    inside = np.array(cycle)
    within = np.zeros(n, dtype=bool)
    within[inside] = True
    outside = np.flatnonzero(~within)  # node 0 comes first
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    # An arc into the cycle replaces one of its arcs; an arc out of it leaves from its best node.
    own = scores[inside, heads[inside]]
    entering = scores[np.ix_(inside, outside)] - own[:, None]
    leaving = scores[np.ix_(outside, inside)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    small[0, :] = -np.inf
    solved = _heads(small)
    out = [int(head) for head in heads]
    for at, node in enumerate(outside[1:], start=1):
        head = solved[at]
        out[node] = cycle[int(leaving[at].argmax())] if head == len(outside) else int(outside[head])
    into = solved[-1]
    broken = cycle[int(entering[:, into].argmax())]
    out[broken] = int(outside[into])
    return out


def _cycle(heads: NDArray[np.intp]) -> list[int]:
    """The nodes of one cycle, or none."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []
