"""Folders of CSV files become the registry's entries: each cell checked, each reference known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple, TypeVar

from detente.actors.entries import (
    ANYWHERE,
    FRESH,
    GENDERS,
    METONYM_KINDS,
    ORGANISATION_TYPES,
    ROLES,
    Metonym,
    Office,
    Organisation,
    Person,
    State,
    TitleWords,
)
from detente.actors.tables import Folder, Row, read_table, tables_in

COLUMNS = {
    "states": ("id", "name", "aliases", "demonyms", "capital", "qid"),
    "people": ("id", "name", "aliases", "gender", "country", "qid"),
    "organisations": ("id", "name", "type", "country", "aliases", "qid"),
    "offices": ("person", "title", "role", "of", "from", "until", "source", "checked_on"),
    "titles": ("words", "role", "of", "country", "gender", "title"),
    "metonyms": ("words", "actor", "kind", "note"),
}

# Columns that a table may have beside its own.
OPTIONAL = {"offices": ("second_source",)}

Entry = TypeVar("Entry", State, Person, Organisation, Office, TitleWords, Metonym)


class Entries(NamedTuple):
    """All that the tables of some folders hold."""

    states: list[State]
    people: list[Person]
    organisations: list[Organisation]
    offices: list[Office]
    titles: list[TitleWords]
    metonyms: list[Metonym]


def read_entries(folders: Iterable[Folder]) -> Entries:
    """The entries of some folders; a later folder adds to the earlier ones and replaces rows of the same key.

    Raises:
        MissingInput: a folder does not exist.
        RegistryError: names file, line and column, what was got and what was expected.
    """
    places = tuple(folders)
    states = _read(places, "states", _state, lambda s: s.id)
    codes = {s.id for s in states}
    people = _read(places, "people", lambda row: _person(row, codes), lambda p: p.id)
    organisations = _read(places, "organisations", lambda row: _organisation(row, codes), lambda o: o.id)
    names, bodies = {p.id for p in people}, codes | {o.id for o in organisations}
    offices = _read(
        places, "offices", lambda row: _office(row, names, bodies), lambda o: (o.person, o.role, o.of, o.since)
    )
    titles = _read(
        places, "titles", lambda row: _title(row, codes, bodies), lambda t: (t.words, t.country, t.of, t.roles)
    )
    metonyms = _read(places, "metonyms", lambda row: _metonym(row, bodies), lambda m: (m.words, m.actor, m.kind))
    return Entries(states, people, organisations, _succeeded(offices), titles, metonyms)


def _read(
    folders: Iterable[Folder], table: str, make: Callable[[Row], Entry], key: Callable[[Entry], object]
) -> list[Entry]:
    """The entries of one table; within one folder a key may stand only once."""
    found: dict[object, Entry] = {}
    for folder in folders:
        here: dict[object, Row] = {}
        for file in tables_in(folder, table):
            for row in read_table(file, COLUMNS[table], OPTIONAL.get(table, ())):
                entry = make(row)
                if (earlier := here.get(key(entry))) is not None:
                    where = f"{earlier.file}, line {earlier.line}"
                    raise row.wrong(COLUMNS[table][0], f"a row that does not repeat {where}")
                here[key(entry)], found[key(entry)] = row, entry
    return list(found.values())


def _state(row: Row) -> State:
    code = row.text("id")
    if not (len(code) == 2 and code.isascii() and code.isupper()):
        raise row.wrong("id", "an ISO 3166-1 alpha-2 code such as GB")
    return State(
        id=code, name=row.text("name"), aliases=row.several("aliases"), demonyms=row.several("demonyms"),
        capital=row.several("capital"), qid=row.optional("qid"),
    )  # fmt: skip


def _person(row: Row, codes: Collection[str]) -> Person:
    return Person(
        id=row.text("id"), name=row.text("name"), aliases=row.several("aliases"),
        gender=row.one_of("gender", GENDERS), country=row.one_of("country", codes), qid=row.optional("qid"),
    )  # fmt: skip


def _organisation(row: Row, codes: Collection[str]) -> Organisation:
    country = row.one_of("country", codes) if row.cells["country"] else None
    return Organisation(
        id=row.text("id"), name=row.text("name"), country=country, aliases=row.several("aliases"),
        type=ORGANISATION_TYPES[row.one_of("type", ORGANISATION_TYPES)], qid=row.optional("qid"),
    )  # fmt: skip


def _office(row: Row, names: Collection[str], bodies: Collection[str]) -> Office:
    since, until, checked = row.day("from"), row.day_or_none("until"), row.day("checked_on")
    if row.text("person") not in names:
        raise row.wrong("person", "the id of a row in people")
    if row.text("of") not in bodies:
        raise row.wrong("of", "the id of a state or organisation")
    if until is not None and until < since:
        raise row.wrong("until", f"a day not before {since}")
    if checked < (until or since):
        raise row.wrong("checked_on", f"a day not before {until or since}")
    return Office(
        person=row.text("person"), title=row.text("title"), role=row.one_of("role", ROLES), of=row.text("of"),
        since=since, until=until, source=row.text("source"), checked_on=checked,
        second_source=row.text("second_source") if "second_source" in row.cells else None,
    )  # fmt: skip


def _title(row: Row, codes: Collection[str], bodies: Collection[str]) -> TitleWords:
    country = row.optional("country")
    if country is not None and country != ANYWHERE and country not in codes:
        raise row.wrong("country", "the id of a state, * or nothing")
    row.text("words")
    return TitleWords(
        words=row.several("words"), roles=row.each_of("role", ROLES, "roles"), country=country,
        of=row.each_of("of", bodies, "ids of states or organisations"), title=row.optional("title"),
        gender=row.one_of("gender", GENDERS) if row.cells["gender"] else None,
    )  # fmt: skip


def _metonym(row: Row, bodies: Collection[str]) -> Metonym:
    row.text("words")
    actor = row.one_of("actor", bodies) if row.cells["actor"] else None
    kind = row.one_of("kind", METONYM_KINDS)
    if (actor is None) != (kind in ("body", "ambiguous")):
        raise row.wrong("actor", "an actor, or nothing where the kind is body or ambiguous")
    return Metonym(words=row.several("words"), kind=kind, actor=actor, note=row.cells["note"])


def _succeeded(offices: list[Office]) -> list[Office]:
    """End an open row where somebody took the office after it was last checked.

    A person's own folder thus needs one line for a new holder, not two.
    """
    starts: defaultdict[tuple[str, str, str], list[Office]] = defaultdict(list)
    for office in offices:
        starts[office.of, office.role, office.title].append(office)
    return [_ended(office, starts[office.of, office.role, office.title]) for office in offices]


def _ended(office: Office, post: list[Office]) -> Office:
    later = [other.since for other in post if office.checked_on < other.since <= office.checked_on + FRESH]
    if office.until is not None or not later:
        return office
    return office.replace(until=min(later))
