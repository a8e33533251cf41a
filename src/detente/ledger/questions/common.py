"""Which terms, positions and events may bear on who sides with whom, chosen by their gists before any of them is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from typing import NamedTuple

from detente.ledger.questions.code_book import CodeBook
from detente.ledger.questions.gists import Alike, Gist
from detente.ledger.questions.look import Look
from detente.ledger.questions.stances import placed
from detente.ledger.questions.terms import same_term
from detente.records import Event, EventType

CONTACTS: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_ROLES = ("proposed_by", "accepted_by", "rejected_by", "unclear_for")

_Key = tuple[str, ...]
_Keys = Callable[[str], frozenset[_Key]]
Ties = dict[str, set[str]]
"""By an actor's id, the ids of those it was in contact with."""


def on_record(look: Look, book: CodeBook, ids: frozenset[str] | None) -> tuple[list[int], list[int]]:
    """The terms, and the current stances, on which a party may agree with another.

    Args:
        look: what the question sees.
        book: groups the propositions.
        ids: only what these actors are on record about, whoever is; everything where `None`.

    Returns:
        The rows of terms, each with all its records; and of positions: of each party's in the same words those of the latest
        day, and all that take another's place or do not count.
    """
    keys: _Keys = cache(lambda words: frozenset(at.key for at in placed(book, words, "")))
    terms = _terms(look.gists("term"), keys)
    positions = list(look.gists("position"))
    wanted = None
    if ids is not None:
        issues = {
            one.gist.issue or "" for one in positions if one.gist.actor and look.kept(one.gist.actor) in ids
        }
        rows = look.rows_naming(ids, *_ROLES)
        wanted = frozenset().union(*map(keys, issues), *(group.keys for group in terms if rows & group.rows))
    chosen = [row for group in terms if group.bears(wanted) for row in group.rows]
    return chosen, _current(look, positions, keys, wanted)


class _Group(NamedTuple):
    """The rows of one term, the propositions that they say, and whether it is noted whatever is asked."""

    rows: frozenset[int]
    keys: frozenset[_Key]
    noted: bool

    def bears(self, wanted: frozenset[_Key] | None) -> bool:
        """Whether it may bear on some propositions."""
        return wanted is None or self.noted or not self.keys.isdisjoint(wanted)


def _terms(known: Iterable[Alike], keys: _Keys) -> list[_Group]:
    groups: dict[tuple[object, ...], list[Alike]] = defaultdict(list)
    for one in known:
        groups[same_term(one)].append(one)
    return [
        _Group(
            frozenset().union(*(one.serials for one in group)),
            frozenset().union(*map(keys, {one.gist.proposition or "" for one in group})),
            any(one.gist.factuality == "negated" for one in group),
        )
        for group in groups.values()
    ]


def _current(
    look: Look, positions: Iterable[Alike], keys: _Keys, wanted: frozenset[_Key] | None
) -> list[int]:
    """The rows of what may be a party's current stance, and of what takes another's place or does not count."""
    chosen: list[int] = []
    told: dict[tuple[str, str], list[tuple[list[str], list[int]]]] = defaultdict(list)
    for one in positions:
        gist, issue = one.gist, one.gist.issue or ""
        if gist.actor is None or gist.supersedes or gist.factuality in ("negated", "hypothetical"):
            chosen += one.serials
        elif (
            gist.factuality == "actual"
            and not gist.hearsay
            and (wanted is None or not keys(issue).isdisjoint(wanted))
        ):
            told[gist.actor, issue].append((look.days_of(one), one.serials))
    for dated in told.values():
        last = max(max(days) for days, _ in dated)
        chosen += (
            serial
            for days, serials in dated
            for day, serial in zip(days, serials, strict=True)
            if day == last
        )
    return chosen


# ------------------------------------------------------------------ contacts


def contacts(look: Look, ids: frozenset[str] | None) -> tuple[Ties, frozenset[str], list[Event]]:
    """Who was in contact with whom, and the events of those who stand between others.

    Args:
        look: what the question sees.
        ids: these brokers alone; all where `None`.

    Returns:
        All ties; the brokers, who have two contacts with none of their own; and the events in which brokers were in contact.
    """
    ties: Ties = defaultdict(set)
    for gist in look.different("event"):
        if _is_contact(gist):
            actors, recipients = (
                {look.kept(a.id) for a in side or ()} for side in (gist.actors, gist.recipients)
            )
            for one, other in touching(gist.type, actors, recipients):
                ties[one].add(other)
                ties[other].add(one)
    asked = ties.keys() if ids is None else ids & ties.keys()
    brokers = frozenset(key for key in asked if any(ties[key] - ties[one] - {one} for one in ties[key]))
    events: list[Event] = look.chosen("event", look.rows_naming(brokers, "actors", "recipients"))
    return ties, brokers, [e for e in events if _is_contact(e)]


def touching(type_: EventType | None, actors: set[str], recipients: set[str]) -> set[tuple[str, str]]:
    """Whom an event brings together: actors with recipients; all participants of a meeting or an agreement."""
    if type_ in ("CONSULT", "AGREE"):
        return set(combinations(sorted(actors | recipients), 2))
    return {(a, b) for a in actors for b in recipients if a != b}


def _is_contact(event: Event | Gist) -> bool:
    return event.type in CONTACTS and event.factuality == "actual" and not event.hearsay
