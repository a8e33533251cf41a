"""A folder of brat's stand-off annotation: X.txt is an article, X.ann says what was coded in it.

The format is that of brat 1.3 (https://brat.nlplab.org/standoff.html): T marks words, with several stretches where they stand apart;
E and R join marked words by roles; A and M add a value. N, # and * carry nothing that a record has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from detente.articles import read_sources
from detente.articles.check import quoted
from detente.articles.given import MAX_BYTES
from detente.errors import DetenteError, MalformedInput, MissingInput, RecordError
from detente.exchange.coding import Coded, Intake
from detente.exchange.coding_map import CodingMap, Layout, record_from
from detente.ledger import Ledger
from detente.ledger.merging import Placed
from detente.records import AnyRecord, Article

Span = tuple[int, int]
SELF = "self"  # the role of an annotation's own words: of an event, its trigger
_PASSED_OVER = frozenset("N#*")
_SPANS = re.compile(r"(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)")
_LINE_END = re.compile(r"[\r\n]")
_MOST_ROLES = 1000
_ROLE = re.compile(r"(\S+?):([TE]\d+)")


class Annotation(NamedTuple):
    """What was coded: its label, by role the ids of the words, and by attribute its value."""

    place: str
    label: str
    roles: dict[str, list[str]]
    attributes: dict[str, str]


class Document(NamedTuple):
    """One .ann file: by id the places of marked words, and by id what was coded."""

    words: dict[str, list[Span]]
    annotations: dict[str, Annotation]


def import_brat(ledger: Ledger, folder: str | Path, mapping: CodingMap) -> Coded:
    """Take in a folder of brat's files: all of it or, where anything is damaged, nothing.

    An empty X.ann says that nothing was to be coded in X.txt; a text without an .ann was not coded, and is left out.

    Args:
        ledger: where it goes.
        folder: the folder, with its subfolders.
        mapping: which label makes which record, and which role is what.

    Raises:
        MissingInput: there is no such folder, or no .ann file in it.
        MalformedInput: names the file and the line, what was got and what was expected.
    """
    place = Path(folder)
    coded = sorted(path for path in place.rglob("*.ann") if path.is_file()) if place.is_dir() else []
    if not coded:
        raise MissingInput(f"{place}: got no file X.ann, expected a folder of brat's, with X.txt and X.ann")
    intake = Intake(ledger, place.name)
    if left := sum(not path.with_suffix(".ann").is_file() for path in place.rglob("*.txt")):
        intake.left["a text without an .ann file, which nobody coded"] = left
    return intake.take(_things(coded, place, mapping, intake))


def _things(coded: list[Path], folder: Path, mapping: CodingMap, intake: Intake) -> Iterator[Placed]:
    wanted: dict[str, list[Layout]] = defaultdict(list)
    for layout in mapping.records:
        wanted[layout.label].append(layout)
    for path in coded:
        article = _article(path.with_suffix(".txt"), folder)
        document = _document(path, article.text)
        yield str(path), article
        inside = {key for one in document.annotations.values() for keys in one.roles.values() for key in keys}
        for key, one in document.annotations.items():
            for layout in wanted.get(one.label, ()):
                yield one.place, _record(layout, one, document, article, mapping)
            if one.label not in wanted and key not in inside:
                intake.left[f"an annotation labelled {one.label}, which the mapping does not name"] += 1


def _article(path: Path, folder: Path) -> Article:
    if not path.is_file():
        raise MalformedInput(
            f"{path.with_suffix('.ann')}: got no {path.name} beside it, expected the text that was coded"
        )
    (found,) = read_sources(path)
    if isinstance(found, DetenteError):
        raise MalformedInput(found.message, found.remedy)
    return found.replace(origin=path.relative_to(folder).as_posix())


def _record(
    layout: Layout, one: Annotation, document: Document, article: Article, mapping: CodingMap
) -> AnyRecord:
    spans = {
        field: list(dict.fromkeys(span for key in one.roles.get(role, ()) for span in document.words[key]))
        for field, role in layout.words.items()
    }
    said = {
        role: " ".join(_covered(article.text, document.words[key]) for key in keys)
        for role, keys in one.roles.items()
    }
    cells = said | one.attributes
    try:
        return record_from(layout, article, spans, cells, mapping.coder_of(cells))
    except RecordError as error:
        raise MalformedInput(f"{one.place}: {error.message}", error.remedy) from error


# ---------------------------------------------------------------- one file


def _document(path: Path, text: str) -> Document:
    """What an .ann file says, every reference of it followed."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise MalformedInput(
            f"{path}: got more than {MAX_BYTES:,} bytes, expected the annotation of one article"
        )
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise MalformedInput(
            f"{path}: got bytes that are not UTF-8 at {error.start}, expected UTF-8"
        ) from error
    found = Document({}, {})
    joined: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines, start=1):
        place, (key, _, rest) = f"{path}, line {number}", line.rstrip("\r").partition("\t")
        if key[:1] == "T":
            _mark(found, place, key, rest, text)
        elif key[:1] in ("E", "R", "A", "M"):
            joined.append((place, key, rest))
        elif key.strip() and key[0] not in _PASSED_OVER:
            raise MalformedInput(
                f"{place}: got {quoted(line)}, expected a line that begins with T, E, R, A, M, N, # or *"
            )
    # A line may refer to one that comes after it: marked words first, then what joins them, then what adds to either.
    for place, key, rest in joined:
        if key[0] in "ER":
            _join(found, place, key, rest)
    _follow(found)
    for place, key, rest in joined:
        if key[0] in "AM":
            _add(found, place, rest)
    return found


def _mark(found: Document, place: str, key: str, rest: str, text: str) -> None:
    head, _, said = rest.partition("\t")
    if not (parts := _SPANS.fullmatch(head)):
        raise MalformedInput(
            f"{place}: got {quoted(rest)}, expected LABEL START END;START END, a tab and the words"
        )
    spans = [(int(a), int(b)) for a, b in (span.split(" ") for span in parts[2].split(";"))]
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        raise MalformedInput(f"{place}: got the places {parts[2]}, expected some inside 0–{len(text)}")
    if (covered := _covered(text, spans)) != _LINE_END.sub(" ", said):
        raise MalformedInput(f"{place}: got the words {quoted(said)}, where the text has {quoted(covered)}")
    _once(found, place, key)
    found.words[key] = spans
    found.annotations[key] = Annotation(place, parts[1], {SELF: [key]}, {})


def _join(found: Document, place: str, key: str, rest: str) -> None:
    """An event, whose first pair is its label and its trigger, or a relation, whose label stands alone."""
    head, *others = rest.split()[: _MOST_ROLES + 1] or [""]
    label, _, trigger = head.partition(":")
    roles = [_ROLE.fullmatch(other) for other in others]
    if not label or bool(trigger) != (key[0] == "E") or None in roles or len(others) == _MOST_ROLES:
        raise MalformedInput(
            f"{place}: got {quoted(rest)}, expected LABEL:TRIGGER ROLE:ID … of an event, LABEL ROLE:ID … of a relation"
        )
    named: dict[str, list[str]] = defaultdict(list)
    if trigger:
        named[SELF].append(trigger)
    for role in filter(None, roles):
        # Of an event brat numbers a role that comes again: Content, Content2.
        named[role[1].rstrip("0123456789") or role[1] if trigger else role[1]].append(role[2])
    _once(found, place, key)
    found.annotations[key] = Annotation(place, label, dict(named), {})


def _follow(found: Document) -> None:
    """Let an event stand for its trigger, refuse what refers to nothing, and take triggers for no annotation of their own."""
    events = {key: one for key, one in found.annotations.items() if key[0] == "E"}
    for key, one in events.items():
        if (trigger := one.roles[SELF][0]) not in found.words:
            raise MalformedInput(f"{one.place}: got the trigger {trigger}, expected a T line of that id")
        found.words[key] = found.words[trigger]
    for one in found.annotations.values():
        for key in (key for keys in one.roles.values() for key in keys):
            if key not in found.words:
                raise MalformedInput(f"{one.place}: got {key}, expected a line of that id")
    for one in events.values():
        found.annotations.pop(one.roles[SELF][0], None)


def _add(found: Document, place: str, rest: str) -> None:
    name, _, more = rest.partition(" ")
    key, _, value = more.partition(" ")
    if not name or (key not in found.annotations and key not in found.words):
        raise MalformedInput(
            f"{place}: got {quoted(rest)}, expected NAME, the id of a line, and a value where it has one"
        )
    if key in found.annotations:
        found.annotations[key].attributes[name] = value.strip() or "true"


def _once(found: Document, place: str, key: str) -> None:
    if key in found.words or key in found.annotations:
        raise MalformedInput(f"{place}: got {key} for the second time, expected each id once")


def _covered(text: str, spans: list[Span]) -> str:
    """The words as brat writes them: in one line, stretches with a space between."""
    return _LINE_END.sub(" ", " ".join(text[start:end] for start, end in spans))
