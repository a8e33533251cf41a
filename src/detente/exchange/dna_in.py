"""Files of Discourse Network Analyzer 3 come back: documents as articles, statements as positions and statements of their coder.

A statement with a concept and an agreement is a position. One of the type "Quotation", as `detente export --format dna` writes it,
is a statement. Others are counted and left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from detente.articles import check
from detente.articles.given import MAX_BYTES
from detente.errors import InputError, MalformedInput, MissingInput, RecordError
from detente.exchange.coding import (
    DEFAULTED,
    SILENT,
    Coded,
    Intake,
    actor_of,
    authority_of,
    person,
    record_of,
)
from detente.exchange.dna_tables import TABLES, VERSION, code_point
from detente.ledger import Ledger
from detente.ledger.merging import Placed
from detente.records import Actor, AnyRecord, Article, Evidence, Origin

_READ = ("SETTINGS", "CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "STATEMENTS", "ENTITIES",
         "DATASHORTTEXT", "DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER")  # fmt: skip
_STATEMENTS = """
    SELECT s.ID, s.Start, s.Stop, t.Label, c.Name FROM STATEMENTS s LEFT JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId
    LEFT JOIN CODERS c ON c.ID = s.Coder WHERE s.DocumentId = ? ORDER BY s.ID
"""
_VALUES = """
    SELECT v.Variable, e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity
    WHERE d.StatementId = :id
""" + "".join(
    f" UNION ALL SELECT v.Variable, d.Value FROM {table} d JOIN VARIABLES v ON v.ID = d.VariableId WHERE d.StatementId = :id"
    for table in ("DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER")
)
_QUOTATION = "Quotation"
_UNCHECKED = frozenset({"proposed", "disputed"})
_ONE_STRETCH = "DNA marks one stretch: the cue is not told from what was said"
_BESIDE = "DNA names the organisation {organisation} beside the person"


class Marked(NamedTuple):
    """A statement of DNA's: where it stands, its type, its coder, and its values by variable."""

    place: str
    start: int
    stop: int
    type: str
    coder: str
    values: dict[str, Any]

    def text(self, variable: str) -> str:
        """A value as text, empty where there is none."""
        value = self.values.get(variable)
        return "" if value is None else str(value).strip()


def import_dna(ledger: Ledger, path: str | Path) -> Coded:
    """Take in a DNA file: all of it or, where anything is damaged, nothing.

    Args:
        ledger: where it goes.
        path: the file.

    Raises:
        MissingInput: there is no such file.
        MalformedInput: it is no file of DNA 3, or a statement's place or value is not one.
    """
    place = Path(path)
    if not place.is_file():
        raise MissingInput(
            f"{place}: got no such file, expected a file of DNA 3", f"detente export --format dna -o {place}"
        )
    try:
        with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as file:
            _require_tables(file, place)
            intake = Intake(ledger, place.name)
            return intake.take(_things(file, place, intake))
    except (sqlite3.Error, OverflowError) as error:
        raise MalformedInput(
            f"{place}: got a damaged file ({error}), expected one of DNA 3", "open it in DNA and save it anew"
        ) from error


def _require_tables(file: sqlite3.Connection, path: Path) -> None:
    """Refuse what DNA 3 has not made: other tables, views in their place, values larger than an article."""
    file.execute("PRAGMA trusted_schema = OFF")
    file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_BYTES)
    # A view or a virtual table could compute without end; it has no page of its own.
    tables = {
        name.upper()
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    }
    if missing := [table for table in _READ if table not in tables]:
        raise MalformedInput(
            f"{path}: got a database without DNA's table {missing[0]}, expected the tables {', '.join(TABLES)}",
            "open it in Discourse Network Analyzer 3, which brings files of DNA 2 up to date",
        )
    found = file.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()
    if found and not str(found[0]).startswith(VERSION.partition(".")[0] + "."):
        raise MalformedInput(
            f"{path}: got a file of DNA {found[0]}, expected one of DNA 3",
            "open it in DNA 3 and save it there",
        )
    if (report := file.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise MalformedInput(f"{path}: got a damaged file ({report}), expected one of DNA 3")
    if lost := file.execute(
        "SELECT ID FROM STATEMENTS WHERE DocumentId IS NULL OR DocumentId NOT IN (SELECT ID FROM DOCUMENTS)"
    ).fetchone():
        raise MalformedInput(f"{path}, statement {lost[0]}: got no document of it, expected one in DOCUMENTS")


def _things(file: sqlite3.Connection, path: Path, intake: Intake) -> Iterator[Placed]:
    for number, *row in file.execute(
        "SELECT ID, Title, Text, Author, Source, Section, Notes, Date FROM DOCUMENTS ORDER BY ID"
    ):
        place = f"{path}, document {number}"
        marked = list(_marked(file, path, number))
        if not marked and not str(row[1]).strip():
            intake.left["a document without a text"] += 1
            continue
        article = _article(place, f"{path.name}#{number}", row)
        yield place, article
        for one in marked:
            yield from _coded(one, article, intake)


def _article(place: str, origin: str, row: list[Any]) -> Article:
    title, text, author, source, section, notes, day = row
    if not isinstance(text, str) or not isinstance(day, int):
        raise MalformedInput(
            f"{place}: got {type(text).__name__} for its text and {day!r} for its day, expected text and seconds since 1970"
        )
    try:
        return Article.of(
            check.readable(text, place), _said(section) if str(notes).startswith("sha256 ") and section else origin,
            title=_said(title) or None, publisher=_said(source) or None, published=_day(day, place),
            authors=tuple(filter(None, (_said(author),))),
        )  # fmt: skip
    except InputError as error:
        raise MalformedInput(error.message, error.remedy) from error


def _said(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _day(seconds: int, place: str) -> str | None:
    """The day of a document: DNA has no unknown day, and what no day was given for stands at the beginning of 1970."""
    if seconds == 0:
        return None
    try:
        return check.day(datetime.fromtimestamp(seconds, UTC).date().isoformat(), place)
    except (OverflowError, ValueError, OSError) as error:
        raise MalformedInput(f"{place}: got {seconds} for its day, expected seconds since 1970") from error


def _marked(file: sqlite3.Connection, path: Path, document: int) -> Iterator[Marked]:
    for number, start, stop, label, coder in file.execute(_STATEMENTS, (document,)).fetchall():
        values = dict(file.execute(_VALUES, {"id": number}).fetchall())
        yield Marked(f"{path}, statement {number}", start, stop, str(label), _said(coder), values)


def _coded(one: Marked, article: Article, intake: Intake) -> Iterator[Placed]:
    known = one.text("record")
    if known and intake.has(known):
        intake.known += 1
        return
    is_position = {"concept", "agreement"} <= one.values.keys()
    if not is_position and one.type != _QUOTATION:
        intake.left[f"a statement of the type {one.type!r}, without a concept and an agreement"] += 1
        return
    try:
        record = (_position if is_position else _quotation)(one, article)
    except RecordError as error:
        raise MalformedInput(f"{one.place}: {error.message}", error.remedy) from error
    yield one.place, record
    if intake.has(record.id):  # and its words are not redacted
        yield from _person(one.place, one.text("person"))


def _person(place: str, name: str) -> Iterator[Placed]:
    actor = actor_of(name)
    if actor and actor.id.startswith("coded-"):
        yield place, Actor(id=actor.id, name=actor.name, type="person")


def _position(one: Marked, article: Article) -> AnyRecord:
    agreement = one.values["agreement"]
    if agreement not in (0, 1):
        raise RecordError(f"got the agreement {agreement!r}, expected 0 or 1")
    if not one.text("concept"):
        raise RecordError("got a statement without a concept, expected what the agreement is about")
    held = {"actor": _who(one), "issue": one.text("concept"), "stance": "support" if agreement else "oppose"}
    word = authority_of(one.text("according to"), article) if one.text("according to") != "unknown" else None
    reasons = _reasons(one, "actor") | ({} if word else {"according_to": SILENT})
    return _record("position", one, article, "words", held | {"according_to": word}, reasons)


def _quotation(one: Marked, article: Article) -> AnyRecord:
    addressees = [actor_of(name) for name in one.text("addressee").split(";")]
    act = one.text("act")
    held = {"speaker": _who(one), "mode": one.text("mode"), "act": None if act in ("", "unknown") else act,
            "addressees": [actor for actor in addressees if actor]}  # fmt: skip
    return _record(
        "statement", one, article, "content", held, _reasons(one, "speaker") | {"content": _ONE_STRETCH}
    )


def _record(
    kind: str, one: Marked, article: Article, field: str, held: dict[str, Any], reasons: dict[str, str]
) -> AnyRecord:
    how: dict[str, Any] = {"factuality": one.text("factuality")} if one.text("factuality") else {}
    if "hearsay" in one.values:
        how["hearsay"] = bool(one.values["hearsay"])
    reasons = reasons | {name: SILENT for name in DEFAULTED if name not in how}
    return record_of(kind, article, [_words(one, article, field)], _origin(one), held | how, reasons)


def _words(one: Marked, article: Article, field: str) -> Evidence:
    start, stop = (code_point(article.text, place) for place in (one.start, one.stop))
    return Evidence.of(article.text, field, start, stop)


def _origin(one: Marked) -> Origin:
    """Who coded a statement; a machine's reading that went through DNA unaccepted is still a machine's."""
    if one.text("record") and one.text("review") in _UNCHECKED:
        return Origin(by="rule", name="dna", version=VERSION)
    return person(one.coder)


def _who(one: Marked) -> Any:
    return actor_of(one.text("person")) or actor_of(one.text("organization"))


def _reasons(one: Marked, field: str) -> dict[str, str]:
    if _who(one) is None:
        return {field: SILENT}
    both = one.text("person") and one.text("organization")
    return {field: _BESIDE.format(organisation=one.text("organization"))} if both else {}
