"""Reads attributions from brat stand-off files (PolNeAR): source, cue and content of each."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from detente.evaluation.documents import Document, Said
from detente.evaluation.files import lines, malformed, read_text
from detente.language.analysis import Span
from detente.language.quotations import quotations
from detente.language.words import paragraphs

# Corpora of news name a text by its outlet, day and headline.
_DAY = re.compile(r"_(\d{4}-\d{2}-\d{2})_")

# Cues of speech, apart from belief, intention and decree: the same stems as the scorer's.
SPEECH = re.compile(
    r"\b(sa(y|ys|id|ying)|t(ell|ells|old|elling)|add(s|ed|ing)?|ask(s|ed|ing)?|writ\w+|wrote|not(e|es|ed|ing)"
    r"|announc\w+|suggest\w*|tweet\w*|describ\w+|argu\w+|explain\w*|acknowledg\w+|declar\w+|critici[sz]\w+"
    r"|urg(e|ed|es|ing)|recall\w*|call(s|ed|ing)?|conclud\w+|warn\w*|accus\w+|insist\w*|claim\w*"
    r"|stat(e|ed|es|ing|ement)|den(y|ies|ied|ying)|respon\w+|repl\w+|report\w*|prais\w+|promis\w+|pledg\w+"
    r"|vow\w*|confirm\w*|admit\w*|stress\w*|testif\w+|complain\w*|mention\w*|reveal\w*|boast\w*|blast\w*"
    r"|slam\w*|mock\w*|defend\w*|declin\w+|refus\w+|sp(eak|oke|eaking|eaks|oken)|talk\w*|repeat\w*|reiterat\w+"
    r"|quip\w*|dismiss\w*|emphasi\w+|remark\w*|cit(e|es|ed|ing)|lament\w*|counter\w*|propos\w+|demand\w*"
    r"|request\w*|assert\w*|contend\w*|alleg\w+|conced\w+|agree\w*|denounc\w+|condemn\w*|remind\w*|question\w*"
    r"|comment\w*|express\w*|thank\w*|apologi\w+|order\w*|inform\w*|disclos\w+|indicat\w+|according to"
    r"|discuss\w*|refer\w*|pitch\w*|attack\w*|answer\w*|predict\w*|point(s|ed|ing)? (out|to))\b|:",
    re.IGNORECASE,
)


def read_brat(folder: Path) -> list[Document]:
    """The documents of a folder of `.txt` with `.ann` beside them (the first annotator's, by name), dated where their names are.

    Raises:
        MissingInput, EncodingError: a file cannot be read.
        MalformedInput: an annotation that is none, or that lies outside its text.
    """
    documents = []
    annotated = sorted(folder.glob("*.ann"))
    for path in sorted(folder.glob("*.txt")):
        found = next((p for p in annotated if p.name.startswith(path.stem + "_")), None)
        if found:
            text = read_text(path)
            day = _DAY.search(path.stem)
            documents.append(
                Document(
                    path.stem, text, list(paragraphs(text)), attributions=_said(found, text),
                    published=day[1] if day else None,
                )
            )  # fmt: skip
    return documents


def _said(stand_off: Path, text: str) -> list[Said]:
    spans: dict[str, list[Span]] = {}
    events: list[tuple[int, list[str]]] = []
    for number, line in lines(stand_off):
        part = line.split("\t")
        if len(part) < 2:
            continue
        if part[0].startswith("T"):
            spans[part[0]] = _spans(part[1], stand_off, number, len(text))
        elif part[0].startswith("E"):
            events.append((number, part[1].split()[1:]))
    quoted = [part for quotation in quotations(text, paragraphs(text)) for part in quotation.spans]
    found = []
    for number, roles in events:
        try:
            found.append(_one(roles, spans, text, quoted))
        except (KeyError, ValueError) as error:
            raise malformed(
                stand_off, number, " ".join(roles), "roles such as Cue:T1, each of a T that is there"
            ) from error
    return [said for said in found if said.contents]


def _spans(places: str, stand_off: Path, number: int, end: int) -> list[Span]:
    """The spans of a T line: "Content 10 20;25 30"."""
    try:
        found = [Span(*map(int, place.split())) for place in places.split(" ", 1)[1].split(";")]
    except (IndexError, ValueError, TypeError) as error:
        raise malformed(stand_off, number, places, "a role with code points, such as 'Cue 10 14'") from error
    if any(not 0 <= span.start < span.end <= end for span in found):
        raise malformed(stand_off, number, places, f"code points of its text, from 0 to {end}")
    return found


def _one(roles: list[str], spans: dict[str, list[Span]], text: str, quoted: list[Span]) -> Said:
    got: dict[str, list[Span]] = defaultdict(list)
    for role in roles:
        name, tag = role.split(":")
        got[name.rstrip("0123456789")] += spans[tag]
    cue = " ".join(span.of(text) for span in sorted(got["Cue"]))
    contents = tuple(sorted(got["Content"]))
    speech = bool(SPEECH.search(cue)) or any(q.meets(c) for q in quoted for c in contents)
    return Said(tuple(sorted(got["Source"])), tuple(sorted(got["Cue"])), contents, speech)


def british(document: Document) -> Document:
    """The same document with British quotation marks: one character for one, so that every offset stands.

    A quotation that begins with a closing mark by mistake stays as it is.
    """
    text = list(document.text)
    for quotation in quotations(document.text, tuple(document.paragraphs)):
        if text[quotation.spans[0].start] == "”":
            continue
        for number, part in enumerate(quotation.spans):
            if text[part.start] in '“"':
                text[part.start] = "‘"
            last = number == len(quotation.spans) - 1
            if quotation.closed and last and text[part.end - 1] in '”"':
                text[part.end - 1] = "’"
    return Document(
        document.id,
        "".join(text),
        document.paragraphs,
        document.sentences,
        document.names,
        document.types,
        document.attributions,
    )
