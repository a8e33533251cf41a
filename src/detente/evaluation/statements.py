"""Statements and attributions against gold: who said what, by content and source.

A predicted and a gold statement are one where the Jaccard index of their contents' letters is 0.5 at least (overlap) or
they are the same (exact). End to end (e2e), a pair counts only where the sources share a letter too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.evaluation.attributions import SPEECH
from detente.evaluation.documents import Document, Said
from detente.evaluation.matching import Letters, by_jaccard, letters
from detente.evaluation.scoring import Counts
from detente.language.analysis import Attribution
from detente.records import Statement

OVERLAP, EXACT = 0.5, 0.999
PLAIN = ("actual", False)
Tally = Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement of either side, as it is scored.

    Args:
        content, source, cue: letters of the text; none where there is no such words.
        kind: of gold: direct, mixed, indirect …
        speaker: the name, where it is known.
        how: factuality, and whether it is hearsay.
        optional: gold that counts neither when found nor when missed.
    """

    content: Letters
    source: Letters
    cue: Letters
    kind: str = ""
    speaker: str | None = None
    how: tuple[str, bool] = PLAIN
    optional: bool = False


def of_attribution(text: str, found: Attribution) -> Saying:
    """What the language part heard."""
    source, cue = ([found.source] if found.source else []), ([found.cue] if found.cue else [])
    return Saying(letters(text, found.content), letters(text, source), letters(text, cue))


def of_statement(text: str, record: Statement) -> Saying:
    """What was read: a statement as it is exported."""
    content, source, cue = (
        letters(text, [(e.start, e.end) for e in record.words(field)])
        for field in ("content", "source", "cue")
    )
    speaker = record.speaker.name if record.speaker else None
    return Saying(content, source, cue, speaker=speaker, how=(record.factuality, record.hearsay))


def of_corpus(document: Document) -> list[Saying]:
    """The attributions of a corpus, their kinds told by double quotation marks and by the cue."""
    text = document.text
    quoted = _double_quoted(text)
    sayings = []
    for said in document.attributions or ():
        content = letters(text, said.contents)
        if content:
            kind = _kind(text, said, content, quoted)
            sayings.append(Saying(content, letters(text, said.sources), letters(text, said.cues), kind))
    return sayings


def _kind(text: str, said: Said, content: Letters, quoted: frozenset[int]) -> str:
    inside = len(content & quoted) / len(content)
    marked = any(mark in span.of(text) for span in said.contents for mark in '“"”')
    if inside >= 0.97:
        return "direct"
    if inside > 0.02 or marked:
        return "mixed"
    cue = " ".join(span.of(text) for span in said.cues)
    return "indirect speech" if SPEECH.search(cue) else "other attribution"


def _double_quoted(text: str) -> frozenset[int]:
    """The code points between double marks; a quotation that a paragraph leaves open ends with it."""
    found: set[int] = set()
    for match in re.finditer(r'[“"]([^”"\n]*)[”"]?', text):
        found.update(range(match.start(1), match.end(1)))
    return frozenset(found)


def compare(predicted: Iterable[Saying], gold: Sequence[Saying]) -> dict[str, Counts]:
    """The counts of one document by measure.

    Args:
        predicted: what was found; without any letter of content it is left out.
        gold: what is there.

    Returns:
        `overlap_f1`, `exact_f1`, `e2e_f1`; the recall of each by the gold's kind; of the matched ones the shares whose
        `cue`, `speaker`, and `how` (factuality and hearsay, where the gold has other than plain fact) are right, and whose
        speaker is named wrong (`speaker_wrong`) or left unknown (`speaker_unknown`).
    """
    found = [saying for saying in predicted if saying.content]
    free = {i for i, j in _pairs(found, gold, OVERLAP) if gold[j].optional}
    found = [saying for i, saying in enumerate(found) if i not in free]
    wanted = [saying for saying in gold if not saying.optional]
    pairs = _pairs(found, wanted, OVERLAP)
    hits = {
        "overlap": {j for _, j in pairs},
        "exact": {j for _, j in _pairs(found, wanted, EXACT)},
        "e2e": {j for i, j in pairs if _same_source(found[i], wanted[j])},
    }
    counts = {f"{name}_f1": Counts(len(hit), len(found), len(wanted)) for name, hit in hits.items()}
    for kind in {saying.kind for saying in wanted}:
        of_kind = {j for j, saying in enumerate(wanted) if saying.kind == kind}
        for name, hit in hits.items():
            counts[f"{name}_recall_{kind.replace(' ', '_')}"] = _share(len(hit & of_kind), len(of_kind))
    return counts | _details([(found[i], wanted[j]) for i, j in pairs])


def right_ones(found: Sequence[Saying], gold: Sequence[Saying]) -> set[int]:
    """Which of the found ones are right end to end, by their indexes."""
    return {i for i, j in _pairs(found, gold, OVERLAP) if _same_source(found[i], gold[j])}


def _pairs(found: Sequence[Saying], wanted: Sequence[Saying], least: float) -> list[tuple[int, int]]:
    return by_jaccard([saying.content for saying in found], [saying.content for saying in wanted], least)


def _same_source(ours: Saying, theirs: Saying) -> bool:
    """Gold with a named speaker but without source words (a pronoun left out): the speaker decides."""
    if theirs.source:
        return bool(ours.source & theirs.source)
    return ours.speaker == theirs.speaker if theirs.speaker else not ours.source


def _details(pairs: Sequence[tuple[Saying, Saying]]) -> dict[str, Counts]:
    """What is right of the matched ones beside content and source."""
    named = [(ours.speaker, theirs.speaker) for ours, theirs in pairs if theirs.speaker]
    special = [(ours.how, theirs.how) for ours, theirs in pairs if theirs.how != PLAIN]
    shares = {"cue": [bool(ours.cue & theirs.cue) if theirs.cue else not ours.cue for ours, theirs in pairs]}
    shares["how"] = [ours == theirs for ours, theirs in special]
    shares["speaker"] = [ours == theirs for ours, theirs in named]
    shares["speaker_wrong"] = [ours is not None and ours != theirs for ours, theirs in named]
    shares["speaker_unknown"] = [ours is None for ours, _ in named]
    return {name: _share(sum(right), len(right)) for name, right in shares.items() if right}


def _share(right: int, total: int) -> Counts:
    return Counts(right, total, total)
