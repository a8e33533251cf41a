"""Discourse Network Analyzer 3: who holds which view, as its file in SQLite.

A position is one of DNA's statements: person or organisation, concept, agreement. So is a term for each actor that proposes,
accepts or rejects it. What was said is beside them as a statement type of our own, "Quotation", with its speaker.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Literal, NamedTuple

from detente.exchange.base import Account, whose_word, with_articles
from detente.exchange.directory import Directory
from detente.exchange.dna_tables import ADMIN, LONGEST, make_tables, utf16
from detente.ledger import Ledger
from detente.records import ActorRef, AnyRecord, Article, Position, Statement, Term

DataType = Literal["short text", "long text", "boolean"]
Value = str | bool

Kind = Position | Term | Statement
_TABLE: dict[DataType, str] = {
    "short text": "DATASHORTTEXT",
    "long text": "DATALONGTEXT",
    "boolean": "DATABOOLEAN",
}
# DNA's own four variables first, under its own names; then what no record leaves without.
_SHARED: dict[str, DataType] = {
    "review": "short text", "factuality": "short text", "hearsay": "boolean", "according to": "short text", "record": "long text",
}  # fmt: skip
_SIDE: dict[str, DataType] = {"person": "short text", "organization": "short text"}
TYPES: dict[str, dict[str, DataType]] = {
    "DNA Statement": {**_SIDE, "concept": "short text", "agreement": "boolean", **_SHARED},
    "Quotation": {**_SIDE, "addressee": "short text", "mode": "short text", "act": "short text", **_SHARED},
}
# A file that is not whole is thrown away, and needs no journal.
_UNGUARDED = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; BEGIN"
_ATTRIBUTES = ("Type", "Alias", "Notes")
_AGREES = {"support": True, "oppose": False}


class View(NamedTuple):
    """One statement of DNA's: its type, who, and the values that its type asks for."""

    type: str
    who: ActorRef | None
    values: dict[str, Value]


class Dna:
    """Writes a file that DNA 3 opens; its coder is Admin, with the password `detente`."""

    name = "dna"
    extension = ".dna"
    binary = True
    omits = (
        "records other than positions, terms and statements",
        "conditions and ambiguity of a stance: an agreement is yes or no",
        "the organisation of a person, for DNA has one of both: it is empty where a person holds the view",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write the positions, terms and statements among the records, or all of the ledger's."""
        account = Account()
        with ledger.connection.snapshot(), TemporaryDirectory() as folder:
            path = Path(folder, "export.dna")
            with closing(sqlite3.connect(path, isolation_level=None)) as file:
                file.executescript(_UNGUARDED)
                book = _Book(file, Directory(ledger))
                chosen = ledger.records() if records is None else records
                kept = (record for record in chosen if isinstance(record, Position | Term | Statement))
                for record, article in with_articles(ledger, kept):
                    book.take(record, article, account)
                file.execute("COMMIT")
            with path.open("rb") as whole:
                copyfileobj(whole, stream)
        return account


def views(record: Kind) -> Iterator[View] | str:
    """A record as DNA's statements, or why it is none."""
    match record:
        case Position(actor=None):
            return "nobody is known to hold the position"
        case Position(stance="support" | "oppose"):
            held: dict[str, Value] = {"concept": record.issue, "agreement": _AGREES[record.stance]}
            return iter([View("DNA Statement", record.actor, held)])
        case Position():
            return f"a stance that is {record.stance} is neither agreement nor disagreement"
        case Term():
            return _of_term(record)
        case Statement():
            addressee = "; ".join(map(str, record.addressees))
            found: dict[str, Value] = {
                "addressee": addressee,
                "mode": record.mode,
                "act": record.act or "unknown",
            }
            return iter([View("Quotation", record.speaker, found)])


def _refused(record: Kind) -> str | None:
    if record.review == "rejected":
        return "a person rejected them"
    return (
        "the words deny them"
        if record.factuality == "negated" and not isinstance(record, Statement)
        else None
    )


def _of_term(term: Term) -> Iterator[View] | str:
    sides = [(True, actor) for actor in dict.fromkeys((*term.proposed_by, *term.accepted_by))]
    sides += [(False, actor) for actor in term.rejected_by]
    if not sides:
        return "nobody is known to propose, accept or reject the term"
    return (
        View("DNA Statement", actor, {"concept": term.proposition, "agreement": agrees})
        for agrees, actor in sides
    )


class _Book:
    """The file as it is written: documents, statements, and entities each once."""

    def __init__(self, file: sqlite3.Connection, directory: Directory) -> None:
        self._file, self._directory = file, directory
        make_tables(file)
        self._variables = {name: self._type(name, variables) for name, variables in TYPES.items()}
        # Which documents there are is no part of the file that is left.
        file.execute(
            "CREATE TEMP TABLE documents_of (article TEXT PRIMARY KEY, document INTEGER NOT NULL) WITHOUT ROWID"
        )

    def take(self, record: Kind, article: Article, account: Account) -> None:
        """Write what DNA can hold of a record."""
        found = _refused(record) or views(record)
        if isinstance(found, str):
            account.leave(record, found)
            return
        document, cut = self._document_of(article), False
        if article.published is None:
            account.lack(record, "the day of their article, which DNA shows as 1970-01-01")
        for view in found:
            cut |= self._statement(document, view, record, article)
        if cut:
            account.lack(record, f"the end of a value longer than the {LONGEST} characters that DNA holds")
        account.wrote(record)

    def _type(self, name: str, variables: dict[str, DataType]) -> dict[str, int]:
        kind = self._add("STATEMENTTYPES", Label=name, Red=239, Green=208, Blue=51)
        numbers = {
            v: self._add("VARIABLES", Variable=v, DataType=of, StatementTypeId=kind)
            for v, of in variables.items()
        }
        for variable, of in variables.items():
            if of == "short text":
                for attribute in _ATTRIBUTES:
                    self._add("ATTRIBUTEVARIABLES", VariableId=numbers[variable], AttributeVariable=attribute)
        return {"": kind} | numbers

    def _document_of(self, article: Article) -> int:
        known = self._file.execute(
            "SELECT document FROM documents_of WHERE article = ?", (article.id,)
        ).fetchone()
        if known:
            return int(known[0])
        document = self._add_document(article)
        self._file.execute("INSERT INTO documents_of VALUES (?, ?)", (article.id, document))
        return document

    def _add_document(self, article: Article) -> int:
        return self._add(
            "DOCUMENTS", Title=article.name[:LONGEST], Text=article.text, Coder=ADMIN, Author=", ".join(article.authors)[:LONGEST],
            Source=(article.publisher or "")[:LONGEST], Section=article.origin[:LONGEST], Notes=f"sha256 {article.id}",
            Type="", Date=_seconds(article.published),
        )  # fmt: skip

    def _statement(self, document: int, view: View, record: Kind, article: Article) -> bool:
        """Write a statement with all its values; whether one had to be cut."""
        start, stop = min(e.start for e in record.core), max(e.end for e in record.core)
        numbers = self._variables[view.type]
        statement = self._add(
            "STATEMENTS", StatementTypeId=numbers[""], DocumentId=document, Start=utf16(article.text, start),
            Stop=utf16(article.text, stop), Coder=ADMIN,
        )  # fmt: skip
        found = view.values | self._side(view.who) | _shared(record, article)
        cut = False
        for variable, of in TYPES[view.type].items():
            value = found[variable]
            if of == "short text":
                cut |= len(str(value)) > LONGEST
                entity = self._entity(
                    numbers[variable], str(value)[:LONGEST], view.who if variable in _SIDE else None
                )
                self._add(_TABLE[of], StatementId=statement, VariableId=numbers[variable], Entity=entity)
            else:
                self._add(_TABLE[of], StatementId=statement, VariableId=numbers[variable], Value=value)
        return cut

    def _side(self, who: ActorRef | None) -> dict[str, Value]:
        name = who.name if who else ""
        person = who is not None and self._directory.is_person(who)
        return {"person": name if person else "", "organization": "" if person else name}

    def _entity(self, variable: int, value: str, who: ActorRef | None) -> int:
        known = self._file.execute(
            "SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (variable, value)
        ).fetchone()
        if known:
            return int(known[0])
        entity = self._add("ENTITIES", VariableId=variable, Value=value)
        actor = self._directory.find(who) if who and value else None
        told = (actor.type, "; ".join(actor.aliases), actor.id) if actor else ("", "", "")
        asked = self._file.execute(
            "SELECT ID FROM ATTRIBUTEVARIABLES WHERE VariableId = ? ORDER BY ID", (variable,)
        )
        for (attribute,), text in zip(asked.fetchall(), told, strict=True):
            self._add(
                "ATTRIBUTEVALUES",
                EntityId=entity,
                AttributeVariableId=attribute,
                AttributeValue=text[:LONGEST],
            )
        return entity

    def _add(self, table: str, **row: Value | int) -> int:
        marks = ", ".join("?" * len(row))
        done = self._file.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
        )
        return int(done.lastrowid or 0)


def _shared(record: Kind, article: Article) -> dict[str, Value]:
    return {
        "review": record.review,
        "factuality": record.factuality,
        "hearsay": record.hearsay,
        "according to": whose_word(record, article),
        "record": record.id,
    }


def _seconds(day: str | None) -> int:
    """A day as DNA has it: seconds of UTC since 1970; 0 where it is unknown, for DNA has no unknown day."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0
