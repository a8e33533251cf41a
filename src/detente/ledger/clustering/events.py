"""One event in several articles: the same type, the same parties, the same day, told as equally factual.

The parties agree where those of one, two at least, are among those of the other, or where both name the same one; and where
both say who acts and who is acted on, on each side. Days that both name are the same day; where one names none, its article is of that day or up to three days later. Two
places that are named have a word in common. For anything but a meeting on a named day, two fifths of the shorter one's other
content words are the same: one at least, and two where only one party and no day are named, since a day may see two accusations.
What one article tells as two events is two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import Any, cast

from detente.actors.wording import content_words
from detente.ledger.clustering import loading
from detente.ledger.clustering.index import ORIGIN
from detente.ledger.clustering.loading import AROUND, Dated, dated_keys, hashed, ordinal, span_of_days
from detente.ledger.connection import Connection
from detente.ledger.rows import name_key
from detente.records import ActorRef, Cluster, Event

_DAYS = 3
_SHARE = 0.4
_EVENT = 5_000  # salt
_TWO = 2
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})


class Done:
    """An event as it is compared."""

    def __init__(self, dated: Dated) -> None:
        self.dated, self.event = dated, cast("Event", dated.record)

    @cached_property
    def parties(self) -> frozenset[str]:
        """Everybody who takes part, by name."""
        return _names((*self.event.actors, *self.event.recipients))

    @cached_property
    def named_day(self) -> int | None:
        """The day that the article names for it."""
        return ordinal(self.event.date)

    @property
    def day(self) -> int | None:
        """The day named, else that of publication."""
        return self.named_day if self.named_day is not None else self.dated.day

    @cached_property
    def words(self) -> frozenset[str]:
        """The content words, without the parties' names."""
        named = {part for name in self.parties for part in name.split()}
        said = " ".join(e.exact for e in self.event.core)
        return frozenset(word for word in content_words(said) if name_key(word) not in named)

    @cached_property
    def hashes(self) -> frozenset[int]:
        """Its type with each two of its parties, or with the only one."""
        if self.day is None or not self.parties:
            return frozenset()
        groups = combinations(sorted(self.parties), min(2, len(self.parties)))
        return frozenset(hashed(self.event.type, *names) for names in groups)

    @cached_property
    def keys(self) -> frozenset[int]:
        """The keys under which it is found."""
        return dated_keys(self.hashes, self.day, _EVENT, _DAYS)

    @cached_property
    def probes(self) -> frozenset[int]:
        """The keys to look under."""
        return dated_keys(self.hashes, self.day, _EVENT, _DAYS, AROUND)


class Events:
    """How events are compared; see `linking.Sameness`."""

    of = "event"

    def load(self, connection: Connection, serials: Sequence[int]) -> list[Done]:
        """The events with these numbers that stand."""
        return [Done(dated) for dated in loading.records(connection, self.of, serials)]

    def serial(self, thing: Done) -> int:
        """The record's number."""
        return thing.dated.serial

    def name(self, thing: Done) -> str:
        """The record's id."""
        return thing.event.id

    def keys(self, thing: Done) -> frozenset[int]:
        """The type with its parties, in the days around its own."""
        return thing.keys

    def probes(self, thing: Done) -> frozenset[int]:
        """The same, in the days before and after as well."""
        return thing.probes

    def order(self, thing: Done) -> tuple[Any, ...]:
        """The one with the most parties and a day of its own first, then the first published."""
        return (-len(thing.parties), thing.named_day is None, -len(thing.words), *thing.dated.published)

    def same(self, one: Done, other: Done) -> bool:
        """Whether type, parties, day and, where it takes them, words agree."""
        return self.fits(one, other) and _parties_agree(one, other) and _words_agree(one, other)

    def fits(self, one: Done, other: Done) -> bool:
        """Whether neither type, factuality, day, place nor an article that tells both keep them apart."""
        a, b = one.event, other.event
        places = set(content_words(a.place or "")), set(content_words(b.place or ""))
        return (
            (a.type, a.factuality) == (b.type, b.factuality)
            and a.article != b.article
            and _days_agree(one, other)
            and not (all(places) and not places[0] & places[1])
        )

    def cluster(self, members: Sequence[Done]) -> Cluster:
        """The event, first published first."""
        parties = sorted({a.name for m in members for a in (*m.event.actors, *m.event.recipients)})
        days = sorted({m.event.date for m in members if m.named_day is not None and m.event.date})
        said = [
            f"the same type ({members[0].event.type})",
            f"parties that agree ({', '.join(parties)})",
            f"the same day ({days[0]})" if days else span_of_days([m.dated.day for m in members]),
        ]
        ordered = sorted(members, key=lambda m: m.dated.published)
        return Cluster.together(self.of, (m.event.id for m in ordered), reason="; ".join(said), origin=ORIGIN)


def _names(actors: Sequence[ActorRef]) -> frozenset[str]:
    return frozenset(name_key(actor.name) for actor in actors)


def _parties_agree(one: Done, other: Done) -> bool:
    if one.parties != other.parties and not _TWO <= len(one.parties & other.parties) == min(
        len(one.parties), len(other.parties)
    ):
        return False
    if one.event.type in _MUTUAL:
        return bool(one.parties and other.parties)
    sides = [
        (_names(one.event.actors), _names(other.event.actors)),
        (_names(one.event.recipients), _names(other.event.recipients)),
    ]
    return all(not a or not b or a & b for a, b in sides) and any(a & b for a, b in sides)


def _days_agree(one: Done, other: Done) -> bool:
    named = one.named_day, other.named_day
    if named[0] is not None and named[1] is not None:
        return named[0] == named[1]
    if one.day is None or other.day is None:
        return False
    if named == (None, None):
        return abs(one.day - other.day) <= _DAYS
    known, told = (one, other) if named[0] is not None else (other, one)
    planned = known.event.factuality == "planned"
    apart = cast("int", told.day) - cast("int", known.day)
    return 0 <= (-apart if planned else apart) <= _DAYS


def _words_agree(one: Done, other: Done) -> bool:
    on_one_day = one.named_day is not None and one.named_day == other.named_day
    if one.event.type == "CONSULT" and on_one_day:
        return True
    # One party and one word are many events: "she mocked her rivals", "he mocked them again".
    alone = len(one.parties & other.parties) < _TWO and not on_one_day
    shared = one.words & other.words
    return len(shared) >= max(_TWO if alone else 1, _SHARE * min(len(one.words), len(other.words)))
