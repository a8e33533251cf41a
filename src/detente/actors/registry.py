"""Who is who: states, people, bodies, and the dated offices that people hold.

The data are CSV files beside this module; a folder of the same files may add rows or replace them. Nothing is
worked out here: a row has a source and the day on which it was last known to be true, and a day that no row
covers is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from detente.actors.entries import (
    FRESH,
    ROLES,
    Metonym,
    Office,
    Organisation,
    Person,
    State,
    TitleWords,
)
from detente.actors.loading import COLUMNS, read_entries
from detente.actors.names import fold, given_name, surnames, tidy
from detente.actors.tables import Folder, check_names
from detente.errors import UnknownName
from detente.records import Actor, OfficeHeld

Named = State | Person | Organisation
Value = TypeVar("Value")

WIDER = {
    "head_of_state": frozenset({"head_of_state", "head_of_state_and_government"}),
    "head_of_government": frozenset({"head_of_government", "head_of_state_and_government"}),
}


class Registry:
    """States, people, bodies and offices, with the words that newspapers use for them.

    Get one from `Registry.load()`. It does not change.
    """

    def __init__(
        self, states: Iterable[State], people: Iterable[Person], organisations: Iterable[Organisation],
        offices: Iterable[Office], titles: Iterable[TitleWords], metonyms: Iterable[Metonym],
    ) -> None:  # fmt: skip
        self.states: Mapping[str, State] = {s.id: s for s in states}
        self.people: Mapping[str, Person] = {p.id: p for p in people}
        self.organisations: Mapping[str, Organisation] = {o.id: o for o in organisations}
        self.offices: tuple[Office, ...] = tuple(sorted(offices, key=lambda o: (o.since, o.person, o.of)))
        self.titles: tuple[TitleWords, ...] = tuple(titles)
        self.metonyms: tuple[Metonym, ...] = tuple(metonyms)

    @classmethod
    def load(cls, extra: Path | None = None) -> Registry:
        """The packaged registry, and on top of it a folder of the user's own.

        The own folder holds any of the same files. A row with the same key replaces the packaged one; an office
        replaces the row of the same person, role, body and first day. A new holder ends the packaged row that
        is still open.

        Args:
            extra: the folder; None: the packaged data alone, read once.

        Raises:
            MissingInput: the folder does not exist.
            RegistryError: names file, line and column, what was got and what was expected.
        """
        if extra is None:
            return _packaged()
        check_names(extra, COLUMNS)
        return cls.read(files("detente.actors") / "data", extra)

    @classmethod
    def read(cls, *folders: Folder) -> Registry:
        """A registry from folders of CSV files; a later folder adds to and replaces the earlier ones.

        Raises:
            MissingInput: a folder does not exist.
            RegistryError: names file, line and column, what was got and what was expected.
        """
        return cls(*read_entries(folders))

    # ------------------------------------------------------------ actors

    def actor(self, key: str) -> Actor:
        """The actor with this id, its offices included, as records hold it.

        Raises:
            UnknownName: no state, person or organisation has this key.
        """
        thing = self.named(key)
        if isinstance(thing, Person):
            held = tuple(self._held(office) for office in self.offices_of(key))
            return Actor(
                id=key, name=thing.name, type="person", aliases=thing.aliases, qid=thing.qid,
                country=thing.country, offices=held,
            )  # fmt: skip
        if isinstance(thing, State):
            return Actor(id=key, name=thing.name, type="state", aliases=thing.aliases, qid=thing.qid, country=key)
        return Actor(
            id=key, name=thing.name, type=thing.type, aliases=thing.aliases, qid=thing.qid, country=thing.country
        )

    def named(self, key: str) -> Named:
        """The state, person or organisation with this id.

        Raises:
            UnknownName: there is none.
        """
        thing = self.people.get(key) or self.states.get(key) or self.organisations.get(key)
        if thing is None:
            raise UnknownName(f"an actor's key: got {key!r}, expected one of the registry's", "detente who NAME")
        return thing

    def country_of(self, key: str) -> str | None:
        """The country of a state, person or organisation; None where it has none."""
        thing = self.named(key)
        return thing.id if isinstance(thing, State) else thing.country

    def _held(self, office: Office) -> OfficeHeld:
        until = office.until.isoformat() if office.until else None
        of = self.named(office.of).name
        return OfficeHeld(
            title=office.title, of=of, since=office.since.isoformat(), until=until, source=office.source
        )

    # ------------------------------------------------------------ offices

    def holders(self, *, role: str, of: str, on: date) -> tuple[Office, ...]:
        """Who held an office on a day; on the day of handover, the new holder.

        Args:
            role: one of `ROLES`; head_of_state and head_of_government also find those who are both.
            of: id of the state or organisation.
            on: the day.

        Returns:
            The offices held, empty where nobody is known; several for offices that several share.

        Raises:
            UnknownName: the role does not exist.
        """
        held = [office for office in self.tenures(role=role, of=of) if office.covers(on)]
        return tuple(o for o in held if not _handed_over(o, held, on))

    def tenures(self, *, role: str, of: str) -> tuple[Office, ...]:
        """Every known holding of an office, oldest first.

        Raises:
            UnknownName: the role does not exist.
        """
        if role not in ROLES:
            raise UnknownName(f"a role: got {role!r}, expected one of {', '.join(sorted(ROLES))}")
        roles = WIDER.get(role, frozenset({role}))
        return tuple(o for o in self._offices_by_body.get(of, ()) if o.role in roles)

    def offices_of(self, person: str) -> tuple[Office, ...]:
        """The offices of a person, oldest first."""
        return self._offices_by_person.get(person, ())

    def why_nobody(self, *, role: str, of: str, on: date) -> str:
        """Why no holder of an office is known on a day, as a sentence."""
        what = f"{role.replace('_', ' ')} of {self.named(of).name}"
        known = self.tenures(role=role, of=of)
        if not known:
            return f"the registry has no {what}"
        if on < known[0].since:
            return f"the registry knows no {what} before {known[0].since}"
        last = max(known, key=lambda o: o.since)
        if last.until is None:
            return f"the {what} was last checked on {last.checked_on}, more than {FRESH.days} days before {on}"
        if on > last.until:
            return f"the registry knows no {what} after {last.until}"
        return f"the registry knows no {what} on {on}"

    @cached_property
    def _offices_by_body(self) -> Mapping[str, tuple[Office, ...]]:
        return _grouped((o.of, o) for o in self.offices)

    @cached_property
    def _offices_by_person(self) -> Mapping[str, tuple[Office, ...]]:
        return _grouped((o.person, o) for o in self.offices)

    # ------------------------------------------------------------ words

    @cached_property
    def people_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of people by folded full name and alias of several words."""
        return _grouped((fold(n), p.id) for p in self.people.values() for n in _full_names(p))

    @cached_property
    def people_by_surname(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of people by folded surname and alias of one word."""
        return _grouped((form, p.id) for p in self.people.values() for form in _short_names(p))

    @cached_property
    def people_by_given_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of people by folded first name, for "Sir Keir" and "King Charles"."""
        return _grouped((given_name(p.name), p.id) for p in self.people.values())

    @cached_property
    def organisations_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of organisations by folded name and alias."""
        return _grouped((fold(n), o.id) for o in self.organisations.values() for n in (o.name, *o.aliases))

    @cached_property
    def states_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of states by folded name and alias."""
        return _grouped((fold(n), s.id) for s in self.states.values() for n in (s.name, *s.aliases))

    @cached_property
    def states_by_demonym(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of states by folded demonym."""
        return _grouped((fold(n), s.id) for s in self.states.values() for n in s.demonyms)

    @cached_property
    def states_by_capital(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of states by folded capital."""
        return _grouped((fold(n), s.id) for s in self.states.values() for n in s.capital)

    @cached_property
    def metonyms_by_words(self) -> Mapping[str, tuple[Metonym, ...]]:
        """Metonyms by folded words."""
        return _grouped((fold(w), m) for m in self.metonyms for w in m.words)

    @cached_property
    def titles_by_words(self) -> Mapping[str, tuple[TitleWords, ...]]:
        """Title words by their words in lower case."""
        return _grouped((tidy(w).casefold(), t) for t in self.titles for w in t.words)


@cache
def _packaged() -> Registry:
    return Registry.read(files("detente.actors") / "data")


def _grouped(pairs: Iterable[tuple[str, Value]]) -> Mapping[str, tuple[Value, ...]]:
    groups: defaultdict[str, dict[Value, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _full_names(person: Person) -> list[str]:
    return [person.name, *(alias for alias in person.aliases if " " in alias)]


def _short_names(person: Person) -> set[str]:
    single = {fold(alias) for alias in person.aliases if " " not in alias}
    return single | set(surnames(person.name, person.country))


def _handed_over(office: Office, held: list[Office], on: date) -> bool:
    return office.until == on and any(o.since == on for o in held if o is not office)
