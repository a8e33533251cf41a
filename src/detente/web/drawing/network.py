"""Who has to do with whom: points and lines, each line one click from what says so."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

from markupsafe import Markup

from detente.web.drawing.springs import springs
from detente.weighing.svg import drawing, element, lines, link, text

_WIDTH, _HEIGHT, _MARGIN_X, _MARGIN_Y = 900.0, 560.0, 90.0, 40.0
_LEAST, _MOST = 6.0, 18.0  # radius of a point
_BEND = 12.0  # by which lines of several kinds between two points stand apart


class Node(NamedTuple):
    """An actor: what it is called, where its page is, how heavy it is (0 to 1), and what a reader is told of it."""

    id: str
    name: str
    href: str
    weight: float
    says: str


class Tie(NamedTuple):
    """A line from one actor to another.

    Args:
        kind: "talks", "supports" or "criticises".
        told: how many records say so.
        href: where they are.
        says: the tie in words.
    """

    source: str
    target: str
    kind: str
    told: int
    href: str
    says: str


def network(nodes: Sequence[Node], ties: Sequence[Tie]) -> Markup:
    """The drawing."""
    index = {node.id: n for n, node in enumerate(nodes)}
    places = springs(len(nodes), [(index[t.source], index[t.target], 1.0 + 0.3 * min(t.told, 5)) for t in ties])
    at = {
        node.id: (_MARGIN_X + float(x) * (_WIDTH - 2 * _MARGIN_X), _MARGIN_Y + float(y) * (_HEIGHT - 2 * _MARGIN_Y))
        for node, (x, y) in zip(nodes, places, strict=True)
    }
    drawn = [_line(tie, at[tie.source], at[tie.target], bend) for tie, bend in _bent(ties)]
    points = [_point(node, *at[node.id]) for node in nodes]
    return drawing(_WIDTH, _HEIGHT, *drawn, *points, label="Who has to do with whom", class_="network")


def _bent(ties: Sequence[Tie]) -> list[tuple[Tie, float]]:
    """Each tie with how far it is bent, so that none hides another between the same two."""
    seen: dict[frozenset[str], int] = {}
    bent = []
    for tie in ties:
        pair = frozenset((tie.source, tie.target))
        n = seen[pair] = seen.get(pair, -1) + 1
        side = 1 if tie.source < tie.target else -1
        bent.append((tie, side * _BEND * ((n + 1) // 2) * (1 if n % 2 else -1)))
    return bent


def _line(tie: Tie, start: tuple[float, float], end: tuple[float, float], bend: float) -> Markup:
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y) or 1.0
    across = (-(v - y) / length * 2 * bend, (u - x) / length * 2 * bend)
    middle = ((x + u) / 2 + across[0], (y + v) / 2 + across[1])
    path = f"M{x:.1f} {y:.1f} Q{middle[0]:.1f} {middle[1]:.1f} {u:.1f} {v:.1f}"
    # The second, wide line is not seen: it is what a mouse can meet.
    visible = element("path", d=path, class_="line", stroke_width=1.0 + min(tie.told, 6) * 0.7)
    return link(tie.href, tie.says, visible, element("path", d=path, class_="reach"), class_=f"tie {tie.kind}")


def _point(node: Node, x: float, y: float) -> Markup:
    radius = _LEAST + (_MOST - _LEAST) * node.weight
    words = [
        text(words, x, y + radius + 14 + 13 * n, anchor="middle", class_="name") for n, words in enumerate(lines(node.name, 22, 2))
    ]
    return link(node.href, node.says, element("circle", cx=x, cy=y, r=radius), *words, class_="node")
