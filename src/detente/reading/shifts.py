"""Shifts: which of an actor's stances on one issue came later and supersedes the other.

Days that are known decide; else the words around the stances do ("once", "previously"; "now"). Two stances that
neither puts in order stay side by side: the order in which an article tells them says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from detente.reading.clauses import Clause
from detente.reading.dates import find_dates
from detente.records import Position

FORMERLY = frozenset(("once", "previously", "formerly", "initially", "originally"))
BEFORE = FORMERLY | {"had"}
SINCE = frozenset(("now", "today", "currently", "since"))
_ARTICLE = re.compile(r"^(?:the|an?|its|his|her|their) ", re.IGNORECASE)


def told_of(clause: Clause) -> int:
    """When the stance of a clause was held, by its words: -1 before, 1 now, 0 not told."""
    texts = set(clause.texts[clause.first : clause.last])
    return bool(texts & SINCE) - bool(texts & BEFORE)


def shifted(found: Sequence[Position], told: Mapping[str, int]) -> list[Position]:
    """The positions, each with the earlier stance of its actor on its issue that it supersedes.

    Args:
        found: positions in the order of the text.
        told: by id, what `told_of` makes of the words of each.
    """
    by_issue: dict[tuple[str, str], list[Position]] = {}
    for position in found:
        if position.actor is not None:
            key = position.actor.id, matter(position.issue)
            by_issue.setdefault(key, []).append(position)
    earlier = {
        p.id: other
        for several in by_issue.values()
        for p in several
        if (other := superseded(p, several, told))
    }
    return [superseding(p, earlier[p.id]) if p.id in earlier else p for p in found]


def matter(issue: str) -> str:
    """What an issue is about, by which two are one: without its article and a time at its end ("the dam last year")."""
    times = find_dates(issue, None)
    end = times[-1].span.start if times and times[-1].span.end == len(issue) else len(issue)
    return _ARTICLE.sub("", issue[:end].strip().lower())


def superseding(position: Position, earlier: Position) -> Position:
    """The position as the one that came after another."""
    why = {"supersedes": f"said earlier: “{earlier.core[0].exact}”"}
    return position.replace(supersedes=earlier.id, reasons={**position.reasons, **why})


def superseded(position: Position, several: Sequence[Position], told: Mapping[str, int]) -> Position | None:
    """The last stance before a position that differs from it, or `None`."""
    before = [p for p in several if p.stance != position.stance and comes_before(p, position, told)]
    return max(before, key=lambda p: (told[p.id], p.valid_from or ""), default=None)


def comes_before(one: Position, other: Position, told: Mapping[str, int]) -> bool:
    """Whether the words, or else the days on which two stances were stated, put one before the other."""
    if told[one.id] != told[other.id]:
        return told[one.id] < told[other.id]
    days = one.valid_from, other.valid_from
    return all(days) and (days[0] or "") < (days[1] or "")
