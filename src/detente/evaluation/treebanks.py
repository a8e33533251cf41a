"""Reads UD treebanks (CoNLL-U) as raw text with words, trees, and, where they are given, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from detente.evaluation.documents import IGNORED, Document, Mention, Sentence, Word
from detente.evaluation.files import lines, malformed
from detente.language.analysis import Span

# GUM's entity types that are names of ours; the others (object, abstract, time …) are told to be no such name.
GUM_TYPES = {"person": "person", "organization": "organisation", "place": "place", "event": "event"}
UNER_TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_GLUES = frozenset({"of", "the", "for", "and", "de", "al", "-", "'s", "’s", "&", "von", "van", "la", "du"})


class _Block(NamedTuple):
    """A sentence of a file: its notes ("# name = value"), its words' rows, and the line it begins with."""

    notes: dict[str, str]
    rows: list[list[str]]
    line: int


def _blocks(path: Path, columns: int) -> Iterator[_Block]:
    """The sentences of a file of columns; every row has at least so many."""
    notes: dict[str, str] = {}
    rows: list[list[str]] = []
    first = 1
    for number, line in chain(lines(path), [(0, "")]):
        if not line.strip():
            if notes or rows:
                yield _Block(notes, rows, first)
            notes, rows, first = {}, [], number + 1
        elif line.startswith("#"):
            name, _, value = line[1:].strip().partition(" = ")
            notes[name] = value
        else:
            row = line.split("\t")
            if len(row) < columns or not re.fullmatch(r"\d+(?:[-.]\d+)?", row[0]):
                raise malformed(path, number, line, f"a number and {columns - 1} more columns parted by tabs")
            rows.append(row)


@dataclass
class _Reading:
    """A document while its lines come in."""

    id: str = ""
    text: str = ""
    published: str | None = None
    starts: list[int] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


def read_treebank(path: Path) -> list[Document]:
    """The documents of a CoNLL-U file; paragraphs are parted by an empty line.

    Args:
        path: the file.

    Raises:
        MissingInput, EncodingError: the file cannot be read.
        MalformedInput: it is no CoNLL-U, or a sentence has no text line.
    """
    documents, reading = [], _Reading()
    for block in _blocks(path, columns=10):
        notes = block.notes
        if any(name.startswith("newdoc") for name in notes):
            documents.append(reading)
            reading = _Reading(
                id=notes.get("newdoc id", ""), published=_day(notes.get("meta::dateCreated", ""))
            )
        if "text" not in notes or not any(row[0].isdigit() for row in block.rows):
            raise malformed(
                path,
                block.line,
                "a sentence without text or words",
                "CoNLL-U with a line '# text = …' and words",
            )
        fresh = any(name.startswith("newpar") for name in notes) or not reading.text
        try:
            _add(reading, notes, block.rows, fresh)
        except (
            ValueError,
            KeyError,
        ) as error:  # a word that its text does not have, a head that is no word of it
            raise malformed(
                path,
                block.line,
                notes["text"],
                "a text that holds the words of its sentence in order, each with a head among them",
            ) from error
    documents.append(reading)
    return [_document(reading) for reading in documents if reading.sentences]


def _add(reading: _Reading, notes: dict[str, str], rows: list[list[str]], fresh: bool) -> None:
    """Appends a sentence to the text and places its words."""
    if fresh and reading.text:
        reading.text = reading.text.rstrip(" ") + "\n\n"
    if fresh:
        reading.starts.append(len(reading.text))
    base = len(reading.text)
    places = list(_places(rows, notes["text"]))
    number = {row[0]: k for k, (row, _, _) in enumerate(places)}
    words = tuple(
        Word(base + a, base + b, row[1], row[3], row[2], -1 if row[6] == "0" else number[row[6]], row[7])
        for row, a, b in places
    )
    reading.sentences.append(Sentence(notes.get("sent_id", ""), words))
    glued = "SpaceAfter=No" in _last_surface(rows)[9]
    reading.text += notes["text"] + ("" if glued else " ")


def _last_surface(rows: list[list[str]]) -> list[str]:
    """The row that carries the last word's spacing: its own, or the multiword token's that ends with it."""
    words = [row for row in rows if row[0].isdigit()]
    ranges = [row for row in rows if "-" in row[0] and row[0].split("-")[1] == words[-1][0]]
    return ranges[0] if ranges else words[-1]


def _places(rows: list[list[str]], text: str) -> Iterator[tuple[list[str], int, int]]:
    """Each word's row with its code points in the sentence's text; words of one token share its letters out."""
    at, until, inner = 0, 0, 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            until = int(row[0].split("-")[1])
            inner = at = text.index(row[1], at)
            end = at + len(row[1])
            continue
        if int(row[0]) <= until:
            size = len(row[1]) if text[inner : inner + len(row[1])] == row[1] else end - inner
            size = max(0, min(size, end - inner)) if int(row[0]) < until else end - inner
            yield row, inner, inner + size
            inner += size
            at = end
        else:
            at = text.index(row[1], at)
            yield row, at, at + len(row[1])
            at += len(row[1])


def _document(reading: _Reading) -> Document:
    text = reading.text.rstrip(" ")
    ends = [start - 2 for start in reading.starts[1:]] + [len(text)]
    paragraphs = [Span(a, len(text[:b].rstrip())) for a, b in zip(reading.starts, ends, strict=True)]
    return Document(reading.id, text, paragraphs, sentences=reading.sentences, published=reading.published)


def _day(words: str) -> str | None:
    """A day of the calendar; less than a day is not known."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None


def add_uner(documents: list[Document], path: Path) -> None:
    """Adds the names of Universal NER (IOB2 over the treebank's words) to the documents of its treebank.

    It annotated an earlier release: sentences whose words differ now are left out of the loss.
    """
    sentences = {block.notes.get("sent_id"): block.rows for block in _blocks(path, columns=3)}
    for document in documents:
        names: list[tuple[Span, str]] = []
        for sentence in document.sentences or ():
            rows = sentences.get(sentence.id)
            if rows is None or [row[1] for row in rows] != [word.form for word in sentence.words]:
                names.append((Span(sentence.words[0].start, sentence.words[-1].end), IGNORED))
                continue
            tags = [row[2] for row in rows]
            spans = [(word.start, word.end) for word in sentence.words]
            names += bio_spans(spans, tags, UNER_TYPES)
        document.names, document.types = names, frozenset(UNER_TYPES.values())


def bio_spans(
    places: list[tuple[int, int]], tags: list[str], types: dict[str, str]
) -> list[tuple[Span, str]]:
    """The spans of BIO tags, under our types; a tag of no type of ours is no name."""
    out: list[tuple[Span, str]] = []
    running = ""
    for (start, end), tag in zip(places, tags, strict=True):
        kind = types.get(tag[2:], "")
        if kind and tag[0] == "I" and running == kind:
            out[-1] = (Span(out[-1][0].start, end), kind)
        elif kind:
            out.append((Span(start, end), kind))
        running = kind
    return out


def add_gum_names(documents: list[Document], path: Path) -> None:
    """Adds GUM's named entities: the run of proper nouns around the head of each mention.

    GUM marks whole noun phrases of all kinds, with titles and clauses; a name is what is left of a mention when
    its head is a proper noun. Proper nouns of no such mention are left out of the loss.
    """
    mentions = gum_mentions(path)
    everything = [sentence for document in documents for sentence in document.sentences or ()]
    titles = {word.form for sentence in everything for word in sentence.words if word.relation == "nmod:desc"}
    for document in documents:
        names: list[tuple[Span, str]] = []
        for sentence in document.sentences or ():
            names += _sentence_names(sentence, mentions.get(sentence.id, []), titles)
        document.names, document.types = sorted(names), frozenset(GUM_TYPES.values())
    _leave_out_governments(documents)


def _sentence_names(sentence: Sentence, mentions: list[Mention], titles: set[str]) -> list[tuple[Span, str]]:
    """The names of a sentence; a title alone, and proper nouns of no mention, are left out of the loss."""
    words = sentence.words
    names: list[tuple[Span, str]] = []
    taken: set[int] = set()
    for kind, first, last, _ in mentions:
        run = [k for k in _proper_run(words, first, last) if words[k].relation != "nmod:desc"]
        if run and not taken & set(run):
            taken.update(run)
            alone = len(run) == 1 and words[run[0]].form in titles
            label = IGNORED if alone else GUM_TYPES.get(kind, IGNORED)
            names.append((Span(words[run[0]].start, words[run[-1]].end), label))
    return names + [
        (Span(word.start, word.end), IGNORED)
        for k, word in enumerate(words)
        if word.tag == "PROPN" and k not in taken and word.relation != "nmod:desc"
    ]


def _leave_out_governments(documents: list[Document]) -> None:
    """GUM calls a country that acts an organisation, UNER a place: such names are left out of the loss."""
    places = {s.of(d.text) for d in documents for s, kind in d.names or () if kind == "place"}
    for document in documents:
        document.names = [
            (span, IGNORED if kind == "organisation" and span.of(document.text) in places else kind)
            for span, kind in document.names or ()
        ]


def gum_mentions(path: Path) -> dict[str, list[Mention]]:
    """By sentence, the mentions that GUM marks in `Entity=`, outer ones first.

    Args:
        path: the CoNLL-U file.
    """
    return {block.notes.get("sent_id", ""): _mentions(block.rows) for block in _blocks(path, columns=10)}


def _mentions(rows: list[list[str]]) -> list[Mention]:
    """The mentions of a sentence; brackets of one chain close in the order in which the last was opened."""
    opened: list[tuple[str, str, int]] = []
    found = []
    for k, row in enumerate(row for row in rows if row[0].isdigit()):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for part in re.findall(r"\([^()]*\)?|[^()]*\)", entity.group(1)) if entity else ():
            name, *rest = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((name, rest[0] if rest else "", k))
            if part.endswith(")"):
                at = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == name), None)
                if at is not None:
                    _, kind, first = opened.pop(at)
                    found.append(Mention(kind, first, k, name))
    return sorted(found, key=lambda m: m.first - m.last)


def _proper_run(words: tuple[Word, ...], first: int, last: int) -> list[int]:
    """The proper nouns around a mention's head, joined over "of", "the" …; empty where the head is none."""
    heads = [k for k in range(first, last + 1) if not first <= words[k].head <= last]
    if len(heads) != 1 or words[heads[0]].tag != "PROPN":
        return []
    low = high = heads[0]

    def proper(k: int) -> bool:
        return first <= k <= last and words[k].tag == "PROPN"

    while proper(low - 1):
        low -= 1
    while proper(high + 1) or (words[min(high + 1, last)].form in _GLUES and proper(high + 2)):
        high += 1 if proper(high + 1) else 2
    return list(range(low, high + 1))
