"""Gold records: a folder with one text and `statements.jsonl`, `pledges.jsonl` …, and how what is read compares with them.

Records other than statements match by the words that state them (`matching.by_words`); then each field is compared
where the gold has a value for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from detente.errors import MalformedInput, MissingInput
from detente.evaluation.documents import Document
from detente.evaluation.files import lines, malformed, read_text
from detente.evaluation.matching import by_words, letters
from detente.evaluation.scoring import Counts
from detente.evaluation.statements import Saying
from detente.records import AnyRecord

FIELDS = {
    "pledges": ("pledger", "beneficiary", "type", "amount", "due", "stage"),
    "terms": ("category", "proposed_by", "status", "required"),
    "positions": ("actor", "stance"),
    "events": ("type", "actors", "recipients", "date", "factuality", "hearsay"),
}
STATEMENTS = "statements"
KINDS = (STATEMENTS, *FIELDS)
Place = tuple[int, int]


class _Statement(msgspec.Struct, frozen=True):
    content: tuple[Place, ...]
    kind: str
    source: Place | None = None
    cue: Place | None = None
    speaker: str | None = None
    factuality: str = "actual"
    hearsay: bool = False
    optional: bool = False
    text: tuple[str, ...] = ()


class _Record(msgspec.Struct, frozen=True):
    evidence: tuple[Place, ...]
    optional: bool = False
    text: tuple[str, ...] = ()


Row = TypeVar("Row", _Statement, _Record)


def gold_kinds(folder: Path) -> list[str]:
    """The kinds of records of which a folder has gold."""
    return [kind for kind in KINDS if (folder / f"{kind}.jsonl").is_file()]


def gold_text(folder: Path) -> Document:
    """The text that a folder of gold annotates: the one `.txt` in it, in `texts/` in it, or in `seeds/` two folders up.

    Raises:
        MissingInput: there is none, or several.
    """
    for place in (folder / ".." / ".." / "seeds", folder / "texts", folder):
        found = sorted(place.glob("*.txt"))
        if len(found) == 1:
            text = read_text(found[0])
            return Document(found[0].stem, text, [])
    raise MissingInput(
        f"{folder}: got gold records without their text, expected one .txt file beside them",
        f"cp ARTICLE.txt {folder}",
    )


def gold_statements(folder: Path, text: str) -> list[Saying]:
    """The statements of a folder of gold.

    Raises:
        MalformedInput: a line that is no statement, or whose words are not there in the text.
    """
    return [
        Saying(
            letters(text, row.content), letters(text, [row.source] if row.source else []),
            letters(text, [row.cue] if row.cue else []), row.kind, row.speaker, (row.factuality, row.hearsay), row.optional,
        )
        for row in _rows(folder / f"{STATEMENTS}.jsonl", _Statement, text, "content")
    ]  # fmt: skip


def _rows(path: Path, kind: type[Row], text: str, words: str) -> list[Row]:
    """The rows of a file, each checked against the text."""
    found = []
    for number, line in lines(path):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=kind)
        except msgspec.DecodeError as error:
            needed = " and ".join(f.name for f in msgspec.structs.fields(kind) if f.required)
            raise MalformedInput(
                f"{path}, line {number}: {error}; expected a gold record with {needed}"
            ) from error
        places: tuple[Place, ...] = getattr(row, words)
        if not places or any(not 0 <= start < end <= len(text) for start, end in places):
            raise malformed(
                path, number, f"{words} {list(places)}", f"code points of the text, from 0 to {len(text)}"
            )
        for (start, end), said in zip(places, row.text, strict=False):
            if text[start:end] != said:
                raise malformed(
                    path, number, said, f"the words that stand at {start} to {end}, {text[start:end]!r}"
                )
        found.append(row)
    return found


def compare_records(kind: str, predicted: Iterable[AnyRecord], folder: Path, text: str) -> dict[str, Counts]:
    """The counts of one text: `f1`, and each field's share of right ones among the matched.

    Args:
        kind: of `FIELDS`.
        predicted: the records of that kind that were read in the text.
        folder: with the gold.
        text: that both annotate.
    """
    path = folder / f"{kind}.jsonl"
    gold = _rows(path, _Record, text, "evidence")
    values: list[Mapping[str, Any]] = [msgspec.json.decode(line) for _, line in lines(path) if line.strip()]
    found = list(predicted)
    pairs = by_words(
        [[letters(text, [(e.start, e.end)]) for e in record.words()] for record in found],
        [[letters(text, [span]) for span in row.evidence] for row in gold],
    )
    kept = [(i, j) for i, j in pairs if not gold[j].optional]
    wanted = sum(not row.optional for row in gold)
    counts = {"f1": Counts(len(kept), len(found) - (len(pairs) - len(kept)), wanted)}
    return counts | _fields(kind, [(msgspec.to_builtins(found[i]), values[j]) for i, j in kept])


def _fields(kind: str, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, Counts]:
    """By field, how often the two agree; a date that the gold leaves open is not scored."""
    found = {}
    for field in FIELDS[kind]:
        right = [
            _plain(ours.get(field)) == _plain(theirs.get(field))
            for ours, theirs in pairs
            if field != "date" or theirs.get(field) is not None
        ]
        if right:
            found[field] = Counts(sum(right), len(right), len(right))
    return found


def _plain(value: Any) -> Any:
    """A value as it is compared: an amount by value and unit, actors by their names."""
    if isinstance(value, dict):
        return (value.get("value"), value.get("unit")) if "value" in value else value.get("name")
    if isinstance(value, list | tuple):
        return sorted(str(_plain(one)) for one in value)
    return value
