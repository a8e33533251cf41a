"""Tables of who speaks and who is meant, read by eye: rows of code points in the texts of a folder of attributions.

A table of speakers has the columns document, start, end (of what is said), speaker, also (other names that are right, parted
by |); one of anaphora the same of pronouns and descriptions, with words_kind. Further columns are passed over. Where the
speaker is "unnamed" or "none", to leave it unknown is right.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from detente.actors.cast import Cast
from detente.evaluation.files import malformed, read_text
from detente.evaluation.matching import by_jaccard, letters
from detente.evaluation.scoring import Counts
from detente.evaluation.statements import OVERLAP
from detente.language.analysis import Span
from detente.records import Statement

NOBODY = frozenset({"unnamed", "none"})
COLUMNS = ("document", "start", "end", "speaker", "also")


class Meant(NamedTuple):
    """Words, and the names of whom they mean or of who says them.

    Args:
        span: code points.
        names: those that are right.
        sort: what the words are, such as "pronoun"; "" where the table does not say.
    """

    span: Span
    names: frozenset[str]
    sort: str


def read_table(path: Path) -> dict[str, list[Meant]]:
    """The rows of a table by document.

    Raises:
        MissingInput, EncodingError: the file cannot be read.
        MalformedInput: a column is missing, or a row has no code points or no name.
    """
    table = csv.DictReader(io.StringIO(read_text(path), newline=""))
    if lacking := [column for column in COLUMNS if column not in (table.fieldnames or ())]:
        raise malformed(path, 1, ",".join(table.fieldnames or ()), f"a column {lacking[0]!r}")
    found: dict[str, list[Meant]] = defaultdict(list)
    for row in table:
        try:
            span = Span(int(row["start"]), int(row["end"]))
        except (TypeError, ValueError) as error:
            raise malformed(
                path, table.line_num, f"{row['start']}, {row['end']}", "two code points"
            ) from error
        names = frozenset(filter(None, (row["speaker"], *(row["also"] or "").split("|"))))
        if not names or not 0 <= span.start < span.end:
            raise malformed(
                path, table.line_num, ",".join(map(str, row.values())), "a name, and a start before its end"
            )
        found[row["document"]].append(Meant(span, names, row.get("words_kind") or ""))
    return found


def speakers(rows: Sequence[Meant], said: Iterable[Statement], text: str) -> dict[str, Counts]:
    """Of one text, the shares of all statements in the table whose speaker is right, wrong, unknown, or that were not found.

    Args:
        rows: of the table.
        said: what was read.
        text: of both.
    """
    found = list(said)
    ours = [letters(text, [(e.start, e.end) for e in one.words("content")]) for one in found]
    pairs = {
        j: found[i].speaker for i, j in by_jaccard(ours, [letters(text, [row.span]) for row in rows], OVERLAP)
    }
    answers = [
        "missed" if j not in pairs else _answer(speaker.name if (speaker := pairs[j]) else None, row)
        for j, row in enumerate(rows)
    ]
    return _shares(answers, ("right", "wrong", "unknown", "missed"))


def anaphora(rows: Sequence[Meant], cast: Cast) -> dict[str, Counts]:
    """Of one text, by sort, the shares of the words in the table whose person is right, wrong or unknown.

    Args:
        rows: of the table.
        cast: who is who, as it was read.
    """
    answers: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        mention = cast.at(*row.span)
        answers[row.sort].append(_answer(mention.actor.name if mention and mention.actor else None, row))
    found: dict[str, Counts] = {}
    for sort, told in answers.items():
        shares = _shares(told, ("right", "wrong", "unknown"))
        found |= {f"{sort}_{name}" if sort else name: counts for name, counts in shares.items()}
    return found


def _answer(name: str | None, row: Meant) -> str:
    if name is None:
        return "right" if row.names & NOBODY else "unknown"
    return "right" if name in row.names else "wrong"


def _shares(answers: Sequence[str], names: Sequence[str]) -> dict[str, Counts]:
    return {name: Counts(answers.count(name), len(answers), len(answers)) for name in names}
