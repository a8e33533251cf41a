"""Tables of who speaks and who is meant, read by eye: rows of code points in the texts of a folder of attributions.

A table of speakers has the columns document, start, end (of what is said), speaker, also (other names that are right, parted
by |); one of anaphora the same of pronouns and descriptions, with words_kind. Further columns are passed over. Where the
speaker is "unnamed" or "none", to leave it unknown is right, and so is a speaker whom the words name no further ("officials").
Names are compared without case, accents and "the".
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from detente.actors.cast import Cast, Mention
from detente.actors.names import fold
from detente.evaluation.files import malformed, read_text
from detente.evaluation.matching import by_jaccard, letters
from detente.evaluation.scoring import Counts
from detente.evaluation.statements import OVERLAP
from detente.language.analysis import Span
from detente.records import ActorRef, Statement

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


def speakers(
    rows: Sequence[Meant], said: Iterable[Statement], text: str, nameless: Collection[str] = ()
) -> dict[str, Counts]:
    """Of one text, the shares of all statements in the table by what became of the speaker.

    `right`; `wrong`, another name; `unknown`; `unnamed`, kept by words that name nobody ("the senator") where the table has
    a name; `missed`, a statement that was not found.

    Args:
        rows: of the table.
        said: what was read.
        text: of both.
        nameless: ids of the actors who are named by such words alone.
    """
    found = list(said)
    ours = [letters(text, [(e.start, e.end) for e in one.words("content")]) for one in found]
    pairs = {
        j: found[i].speaker for i, j in by_jaccard(ours, [letters(text, [row.span]) for row in rows], OVERLAP)
    }
    answers = ["missed" if j not in pairs else _answer(pairs[j], row, nameless) for j, row in enumerate(rows)]
    return _shares(answers, ("right", "wrong", "unknown", "unnamed", "missed"))


def anaphora(rows: Sequence[Meant], cast: Cast) -> dict[str, Counts]:
    """Of one text, by sort, the shares of the words in the table whose person is right, wrong or unknown.

    A name inside the words ("New York" in "the New York judge") is no answer: a mention has to begin or end with them.

    Args:
        rows: of the table.
        cast: who is who, as it was read.
    """
    answers: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        mention = next((m for m in cast.within(*row.span) if _stands_for(m, row.span)), None)
        answers[row.sort].append(_answer(mention.actor if mention else None, row))
    found: dict[str, Counts] = {}
    for sort, told in answers.items():
        shares = _shares(told, ("right", "wrong", "unknown"))
        found |= {f"{sort}_{name}" if sort else name: counts for name, counts in shares.items()}
    return found


def _stands_for(mention: Mention, span: Span) -> bool:
    whole = mention.span == span
    described = mention.span.start == span.start and mention.kind in {"description", "title", "group"}
    return whole or described or mention.span.end == span.end


def _answer(speaker: ActorRef | None, row: Meant, nameless: Collection[str] = ()) -> str:
    nobody = bool(row.names & NOBODY)
    if speaker is None:
        return "right" if nobody else "unknown"
    if fold(speaker.name) in {fold(name) for name in row.names}:
        return "right"
    if speaker.id in nameless:
        return "right" if nobody else "unnamed"
    return "wrong"


def _shares(answers: Sequence[str], names: Sequence[str]) -> dict[str, Counts]:
    return {name: Counts(answers.count(name), len(answers), len(answers)) for name in names}
