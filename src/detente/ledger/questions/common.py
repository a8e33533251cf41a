"""Which terms, positions and events may bear on who sides with whom, chosen by their gists before any of them is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from typing import NamedTuple

from detente.actors.wording import content_words
from detente.ledger.questions.code_book import CodeBook
from detente.ledger.questions.gists import Gist, Gists
from detente.ledger.questions.look import Look
from detente.ledger.questions.stances import placed
from detente.records import Event, EventType

CONTACTS: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_ROLES = ("proposed_by", "accepted_by", "rejected_by", "unclear_for")

_Key = tuple[str, ...]
_Keys = Callable[[str], frozenset[_Key]]
_Rows = list[tuple[int, str, str]]  # numbers, with their articles and their gists as JSON
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
    gists = Gists()
    terms = _terms(((serial, gists[line]) for serial, line in look.gists("term", "serial,")), keys)
    rows_of: dict[str, _Rows] = defaultdict(list)
    for row in look.gists("position", "serial, article,"):
        rows_of[row[-1]].append(row)
    positions = [(gists[line], rows) for line, rows in rows_of.items()]
    wanted = None
    if ids is not None:
        issues = {g.issue or "" for g, _ in positions if g.actor and look.kept(g.actor) in ids}
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


def _terms(known: Iterable[tuple[int, Gist]], keys: _Keys) -> list[_Group]:
    words = cache(content_words)
    groups: dict[tuple[object, ...], dict[int, Gist]] = defaultdict(dict)
    for serial, gist in known:
        groups[words(gist.proposition or "") or (serial,)][serial] = gist
    return [
        _Group(
            frozenset(group),
            frozenset().union(*map(keys, {g.proposition or "" for g in group.values()})),
            any(g.factuality == "negated" for g in group.values()),
        )
        for group in groups.values()
    ]


def _current(
    look: Look, positions: Iterable[tuple[Gist, _Rows]], keys: _Keys, wanted: frozenset[_Key] | None
) -> list[int]:
    """The rows of what may be a party's current stance, and of what takes another's place or does not count."""
    chosen: list[int] = []
    told: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    days = look.days
    for gist, rows in positions:
        issue = gist.issue or ""
        if gist.actor is None or gist.supersedes or gist.factuality in ("negated", "hypothetical"):
            chosen += (row[0] for row in rows)
        elif (
            gist.factuality == "actual"
            and not gist.hearsay
            and (wanted is None or not keys(issue).isdisjoint(wanted))
        ):
            since = gist.valid_from[:10] if gist.valid_from else None
            told[gist.actor, issue] += [(since or days[row[1]], row[0]) for row in rows]
    latest = ((max(dated)[0], dated) for dated in told.values())
    return [*chosen, *(row for last, dated in latest for day, row in dated if day == last)]


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
    gists = Gists()
    for gist in (gists[line] for line in {line for (line,) in look.gists("event")}):
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
