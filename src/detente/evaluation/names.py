"""Reads corpora of names: CrossNER, Wikigold, WNUT 17, re3d. Word lists are set as running text again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from detente.evaluation.documents import IGNORED, Document
from detente.evaluation.files import lines, malformed
from detente.evaluation.treebanks import bio_spans
from detente.language.analysis import Span

CROSSNER = {
    "person": "person",
    "politician": "person",
    "organisation": "organisation",
    "politicalparty": "organisation",
    "country": "place",
    "location": "place",
    "event": "event",
    "election": "event",
    "misc": "other",
}
WIKIGOLD = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
WNUT = {
    "person": "person",
    "corporation": "organisation",
    "group": "organisation",
    "location": "place",
    "creative-work": "other",
    "product": "other",
}
# re3d marks pronouns, titles and descriptions of persons too: only its organisations and places serve as names.
RE3D = {"Organisation": "organisation", "Location": "place"}
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}%'’") | {"'s", "’s", "n't", "'re", "'ve", "'ll", "'m", "'d"}
_NO_SPACE_AFTER = frozenset("([{$£€#")
_SMALL = frozenset({"of", "the", "and", "for", "in", "al", "de", "to", "on"})


def read_columns(path: Path, types: dict[str, str], word: int = 0, tag: int = -1) -> list[Document]:
    """Sentences of a file with one word and its BIO tag a line.

    Args:
        path: the file; an empty line parts sentences.
        types: the corpus's types under ours.
        word: the column of the words.
        tag: the column of the tags.

    Raises:
        MissingInput, EncodingError: the file cannot be read.
        MalformedInput: a line without those columns.
    """
    documents = []
    for number, rows in enumerate(_blocks(path, max(word, tag, 1))):
        text, places = set_running([row[word] for row in rows])
        names = bio_spans(places, [row[tag] for row in rows], types)
        known = frozenset(types.values()) | ({"event"} if "other" in types.values() else set())
        documents.append(
            Document(f"{path.stem}-{number}", text, [Span(0, len(text))], names=names, types=known)
        )
    return documents


def _blocks(path: Path, last: int) -> Iterator[list[list[str]]]:
    """The sentences of a file as rows of columns, up to the column `last` at least."""
    rows: list[list[str]] = []
    for number, line in chain(lines(path), [(0, "")]):
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("# "):
            rows.append(line.split("\t"))
            if len(rows[-1]) <= last:
                raise malformed(path, number, line, f"{last + 1} columns parted by tabs")


def set_running(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The words as running text, and where each stands in it."""
    text, places, glued, quoted = "", [], True, False
    for word in words:
        if word == '"':
            closing, quoted = quoted, not quoted
        else:
            closing = word in _NO_SPACE_BEFORE
        if not (glued or closing):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        glued = word in _NO_SPACE_AFTER or (word == '"' and not closing)
    return text, places


def read_re3d(folder: Path) -> list[Document]:
    """The documents of one re3d source; its mentions that are no names ("service members") are left out of the loss."""
    entities: dict[str, list[dict[str, object]]] = {}
    for _, line in lines(folder / "entities.json"):
        if line.strip():
            row = json.loads(line)
            entities.setdefault(row["documentId"], []).append(row)
    documents = []
    for _, line in lines(folder / "documents.json"):
        if line.strip():
            row = json.loads(line)
            names = [
                name for entity in entities.get(row["_id"], ()) for name in _mention(row["text"], entity)
            ]
            documents.append(_re3d_document(row["_id"], row["text"], names))
    return documents


def _re3d_document(name: str, text: str, names: list[tuple[Span, str]]) -> Document:
    kept: list[tuple[Span, str]] = []
    for span, kind in sorted(names, key=lambda n: (n[0].start, -n[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, kind))
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return Document(name, text, lines, names=kept, types=frozenset(RE3D.values()))


def _mention(text: str, entity: dict[str, object]) -> list[tuple[Span, str]]:
    """A mention as a name where its words are capitals and small connecting words, else as left out."""
    span = Span(int(str(entity["begin"])), int(str(entity["end"])))
    if entity["type"] not in RE3D:
        return [(span, IGNORED)] if entity["type"] in ("Person", "Nationality") else []
    words = span.of(text).split()
    if words and words[0].lower() in ("the", "a"):
        span, words = Span(span.start + len(words[0]) + 1, span.end), words[1:]
    named = bool(words) and all(w[:1].isupper() or w in _SMALL for w in words) and words[0][:1].isupper()
    return [(span, RE3D[str(entity["type"])] if named else IGNORED)]
