"""Hand coding becomes records: what the formats that a team codes in have in common.

A record's id rests on its words, its coder and its values, so that a file that is imported again adds nothing. What the ledger
has stays as it is: an article is not touched, a record that is there is not written again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

import msgspec

from detente.actors import Registry
from detente.errors import RecordError
from detente.ledger import Ledger
from detente.ledger.judgements import proposing
from detente.ledger.merging import Merged, Placed, merge
from detente.ledger.rows import actors_in, name_key
from detente.ledger.writes import find_article
from detente.records import (
    KINDS,
    RECORD_TYPES,
    ActorRef,
    AnyRecord,
    Article,
    Authority,
    Evidence,
    Origin,
    check,
    decode,
    encode,
    record_id,
    text_id,
)

SILENT = "the coding does not say"
# Fields that cannot be unknown: where nothing is coded the record has the default, and SILENT as the reason.
DEFAULTED = ("factuality", "hearsay")
# What a record has whatever its kind; its values are the other fields.
GIVEN = frozenset({"id", "article", "evidence", "origin", "confidence", "review", "reasons"})


class Coded(msgspec.Struct):
    """What an import of hand coding did.

    Args:
        merged: how many articles, records and judgements are new.
        known: how many of its records the ledger had already; they are left as they are there.
        left: what was not taken in, and how many of it, by the reason.
    """

    merged: Merged
    known: int
    left: Counter[str]

    def notes(self) -> list[str]:
        """What a person must know of it, in sentences."""
        known = (
            [f"{self.known} records were in the ledger already, and stay as they are"] if self.known else []
        )
        return known + [f"{count} left out: {reason}" for reason, count in self.left.items()]


class Intake:
    """One import on its way: counts what is left out and what is known.

    Args:
        ledger: where the records go.
        name: the file, as the judgements' notes call it.
    """

    def __init__(self, ledger: Ledger, name: str) -> None:
        self.ledger, self.name = ledger, name
        self.left: Counter[str] = Counter()
        self.known = 0

    def take(self, things: Iterable[Placed]) -> Coded:
        """Take in articles and the records coded in them: all of them or, where anything is damaged, nothing.

        Args:
            things: pairs of a place ("votes.dna, statement 7") and what stands there; an article before its records.

        Raises:
            MalformedInput: names the place, what was got and what was expected; the ledger is then as it was.
        """
        merged = merge(self.ledger, self._new(things))
        return Coded(merged, self.known, self.left)

    def has(self, record: str) -> bool:
        """Whether the ledger has a record of this id."""
        return self.ledger.connection.row("SELECT 1 FROM records WHERE id = ?", (record,)) is not None

    def _new(self, things: Iterable[Placed]) -> Iterator[Placed]:
        at_hand = ""
        for place, thing in things:
            if isinstance(thing, RECORD_TYPES):
                yield from self._record(place, thing)
            elif not isinstance(thing, Article):
                yield place, thing
            elif thing.id != at_hand:
                at_hand = thing.id
                # As the ledger has it where it has it: with its own origin, and without the words that were redacted there.
                yield place, find_article(self.ledger.connection, thing.id) or thing

    def _record(self, place: str, record: AnyRecord) -> Iterator[Placed]:
        if self.has(record.id):
            self.known += 1
            return
        yield place, record
        if not self.has(record.id):  # its words were redacted
            return
        for key in dict.fromkeys(actor.id for _, actor in actors_in(record)):
            if key in _registered().values():
                yield place, Registry.load().actor(key)
        if record.origin.by == "person":  # what a machine proposed is nobody's proposal
            yield place, proposing(record, by=record.origin.name, note=f"coded in {self.name}")


def record_of(
    kind: str, article: Article, evidence: Iterable[Evidence], origin: Origin, values: Mapping[str, Any],
    reasons: Mapping[str, str] | None = None,
) -> AnyRecord:  # fmt: skip
    """A coded record, checked against its article.

    Args:
        kind: of record, such as "position".
        evidence: its words; those of `words`, of a statement `content`, among them.
        origin: who coded it.
        values: its own fields, as objects of `detente.records` or as plain data.
        reasons: by field, why a value is what it is or unknown.

    Raises:
        RecordError: a field that the kind does not have, a value that it cannot have, no core words.
    """
    data = {"kind": kind, "id": "", "article": article.id, "evidence": tuple(evidence), "origin": origin,
            "reasons": dict(reasons or {}), **values}  # fmt: skip
    try:
        draft = cast("AnyRecord", decode(msgspec.json.encode(data)))
    except UnicodeEncodeError as error:
        raise RecordError(
            f"got {error.object[error.start : error.end]!r}, expected characters that UTF-8 can hold"
        ) from error
    key = record_id(article.id, kind, draft.core, text_id(encode(draft).decode()))
    record = draft.replace(id=key)
    check(record, article.text)
    return record


@cache
def fields_of(kind: str) -> Mapping[str, msgspec.structs.FieldInfo]:
    """The fields of a kind that a coder fills, by name."""
    return {field.name: field for field in msgspec.structs.fields(KINDS[kind]) if field.name not in GIVEN}


def person(name: str) -> Origin:
    """The origin of what somebody coded.

    Raises:
        RecordError: nobody is named.
    """
    if not name.strip():
        raise RecordError("got coding without a coder's name, expected whose it is")
    return Origin(by="person", name=name.strip())


def actor_of(name: str) -> ActorRef | None:
    """The actor whom a coder names: the registry's where the name is canonical there, else one of that name; `None` for no name."""
    words = " ".join(name.split())
    if not words:
        return None
    if key := _registered().get(name_key(words)):
        return ActorRef(id=key, name=Registry.load().named(key).name)
    return ActorRef(id=f"coded-{text_id(name_key(words))[:12]}", name=words)


def authority_of(name: str, article: Article) -> Authority | None:
    """Whose word a record is, from a name: the outlet where it is the article's own, else an actor."""
    if name and name in (article.publisher, "outlet"):
        return Authority(kind="outlet", id=article.id, name=article.publisher or article.name)
    actor = actor_of(name)
    return Authority(kind="actor", id=actor.id, name=actor.name) if actor else None


@cache
def _registered() -> Mapping[str, str]:
    """Keys of the packaged registry by canonical name; a name that two bear is left out."""
    registry = Registry.load()
    named = [(name_key(one.name), key) for group in (registry.people, registry.states, registry.organisations)
             for key, one in group.items()]  # fmt: skip
    often = Counter(name for name, _ in named)
    return {name: key for name, key in named if often[name] == 1}
