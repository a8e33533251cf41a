"""Which records bear on what changed since a day, chosen before any of them is read: what is new, and what it is told against.

Of each thing that a record of the day or later is about, these are the records since that day, those of the last day before it that
gives a value, and those of the first day of all, in whose words it is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from detente.ledger.questions.code_book import CodeBook
from detente.ledger.questions.gists import Alike
from detente.ledger.questions.look import Look
from detente.ledger.questions.stances import WORDLESS, placed, turned
from detente.ledger.questions.terms import same_term
from detente.records import Stance


class _Dated(NamedTuple):
    """Rows of one gist, each with its day, and the value that they give."""

    days: list[str]
    serials: list[int]
    value: str | None


def pledges(look: Look, since: str) -> set[int]:
    """The rows of the pledges of a day and later, and of what the ledger's clusters have together with them."""
    new = look.ids_since("pledge", since)
    mates = (member for cluster in look.clusters("pledge", new) for member in cluster.members)
    return {*look.rows_of(new), *look.rows_of(mates)}


def positions(look: Look, since: str, book: CodeBook) -> set[int]:
    """The rows of the positions that a shift of a day or later can rest on, and of all that do not count or take another's place."""
    chosen: set[int] = set()
    told: dict[object, list[_Dated]] = defaultdict(list)
    for one in look.gists("position"):
        gist = one.gist
        if gist.actor is None or gist.supersedes or gist.factuality in ("negated", "hypothetical"):
            chosen.update(one.serials)
        elif gist.stance and gist.factuality == "actual" and not gist.hearsay and gist.stance != "ambiguous":
            days = look.days_of(one)
            for key, stance in _placed(book, gist.issue or "", gist.stance):
                told[look.kept(gist.actor), key].append(_Dated(days, one.serials, stance))
    for group in told.values():
        if _latest(group) >= since:
            chosen.update(_from(group, _last_agreed(group, since) or since))
    return chosen


def _placed(book: CodeBook, issue: str, stance: Stance) -> list[tuple[object, str]]:
    """The propositions that a stance on an issue's words is about, with the stance on each."""
    places = placed(book, issue, "")
    return [(at.key, turned(stance) if at.turned else stance) for at in places if at.key != WORDLESS]


def terms(look: Look, since: str) -> set[int]:
    """The rows of the terms that are new since a day or may have another status, and of what is said to be out of the deal."""
    chosen: set[int] = set()
    told: dict[object, list[_Dated]] = defaultdict(list)
    for one in look.gists("term"):
        if one.gist.factuality == "negated":
            chosen.update(one.serials)
        else:
            told[same_term(one)].append(_dated(look, one, one.gist.status))
    return chosen | _bearing(told.values(), since)


def memberships(look: Look, since: str) -> set[int]:
    """The rows of the memberships of a day and later, and of what they are told against."""
    told: dict[object, list[_Dated]] = defaultdict(list)
    for one in look.gists("membership"):
        gist = one.gist
        if gist.factuality != "negated" and gist.actor and gist.coalition:
            key = look.kept(gist.coalition), look.kept(gist.actor)
            told[key].append(_dated(look, one, None if gist.hearsay else gist.status))
    return _bearing(told.values(), since)


def _dated(look: Look, one: Alike, value: str | None) -> _Dated:
    return _Dated(list(map(look.days.__getitem__, one.articles)), one.serials, value)


def _bearing(groups: Iterable[list[_Dated]], since: str) -> set[int]:
    chosen: set[int] = set()
    for group in groups:
        if _latest(group) >= since:
            first = min(min(dated.days) for dated in group)
            before = (day for dated in group if dated.value for day in dated.days if day < since)
            apart = {first, max(before, default=first)}
            chosen.update(_from(group, since))
            chosen.update(s for d in group for day, s in zip(d.days, d.serials, strict=True) if day in apart)
    return chosen


def _latest(group: Iterable[_Dated]) -> str:
    return max(max(dated.days) for dated in group)


def _from(group: Iterable[_Dated], first: str) -> Iterable[int]:
    """The rows of a day and later."""
    return (s for dated in group for day, s in zip(dated.days, dated.serials, strict=True) if day >= first)


def _last_agreed(group: Iterable[_Dated], since: str) -> str | None:
    """The last day before `since` on which one value alone is told, if there is one."""
    by_value: dict[str | None, set[str]] = defaultdict(set)
    for dated in group:
        by_value[dated.value].update(day for day in dated.days if day and day < since)
    seen: set[str] = set()
    several: set[str] = set()
    for days in by_value.values():
        several |= seen & days
        seen |= days
    return max(seen - several, default=None)
