"""What an answer is: rows, each with the places that it rests on, and how much of the coverage it saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from detente.ledger.questions.places import Place
from detente.ledger.questions.wording import counted
from detente.records import Part

if TYPE_CHECKING:
    from detente.ledger.questions.look import Look


class Row(Part, frozen=True, kw_only=True):
    """One part of an answer.

    Args:
        places: the records that it rests on.
    """

    places: tuple[Place, ...]

    @property
    def heading(self) -> str:
        """The row in one line."""
        raise NotImplementedError

    def details(self) -> Iterator[str]:
        """Further lines under it."""
        yield from ()

    def cells(self) -> Iterable[dict[str, object]]:
        """The row as lines of a table, by column."""
        raise NotImplementedError

    @property
    def unaccepted(self) -> tuple[str, ...]:
        """Ids of the records that no person has accepted."""
        return tuple(dict.fromkeys(p.record for p in self.places if not p.accepted))


class LeftOut(Part, frozen=True, kw_only=True):
    """A record that does not count in an answer, and why."""

    place: Place
    why: str


class Scope(Part, frozen=True, kw_only=True):
    """The articles that an answer could have drawn on.

    Args:
        articles: how many.
        outlets: of how many outlets.
        first: day of the first, `None` where no day is known.
        last: day of the last.
        undated: how many have no date.
    """

    articles: int
    outlets: int
    first: str | None
    last: str | None
    undated: int

    @property
    def line(self) -> str:
        """The articles in one line."""
        span = (
            f", {self.first}" + (f" to {self.last}" if self.last != self.first else "") if self.first else ""
        )
        undated = f", {self.undated} without a date" if self.undated else ""
        return f"from {counted(self.articles, 'article')} of {counted(self.outlets, 'outlet')}{span}{undated}"


class Counts(Part, frozen=True, kw_only=True):
    """How much an answer rests on: its rows, and the records, sentences, articles and outlets under them."""

    rows: int
    records: int
    sentences: int
    articles: int
    outlets: int


R = TypeVar("R", bound=Row)


class Answer(Part, Generic[R], frozen=True, kw_only=True):
    """An answer to a question; its rows can be gone through, counted and indexed as those of a list.

    Args:
        question: which one.
        noun: what a row is called.
        about: what was asked about, or `None`.
        as_of: last day of what was looked at; `None` where there is no such limit.
        rows: the answer, or the first part of it.
        found: how many rows there are in all; `notes` say so where these are not all of them.
        left_out: records that do not count in it, and why.
        notes: what else a reader must know.
        counts: how much it rests on.
        unaccepted: ids of the records under it that no person has accepted.
        scope: the articles that it could have drawn on.
    """

    question: str
    noun: str
    about: str | None
    as_of: str | None
    rows: tuple[R, ...]
    found: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    counts: Counts
    unaccepted: tuple[str, ...]
    scope: Scope

    @classmethod
    def of(
        cls,
        look: Look,
        question: str,
        noun: str,
        rows: Iterable[R],
        *,
        about: object = None,
        notes: Iterable[str] = (),
        of: int | None = None,
    ) -> Answer[R]:
        """An answer with its counts taken.

        Args:
            look: what the question saw; its `left_out` and scope become the answer's.
            question: which one.
            noun: what a row is called.
            rows: the answer.
            about: what was asked about.
            notes: what else a reader must know.
            of: how many rows there are in all, where these are only the first of them.
        """
        found = tuple(rows)
        if of is not None and of > len(found):
            notes = [f"these are the first {len(found):,} of {counted(of, noun)}", *notes]
        places = {p.record: p for row in found for p in row.places}.values()
        corrected = sorted({p.article for p in places if look.articles[p.article].status == "corrected"})
        if corrected:
            named = ", ".join(look.articles[key].name for key in corrected)
            notes = [*notes, f"the outlet has corrected {named}: look whether the words still stand"]
        return cls(
            question=question, noun=noun, about=None if about is None else str(getattr(about, "name", about)),
            as_of=look.as_of, rows=found, found=len(found) if of is None else of, left_out=tuple(look.left_out), notes=(*look.notes, *notes),
            counts=Counts(
                rows=len(found), records=len(places), sentences=len({(p.article, p.sentence) for p in places}),
                articles=len({p.article for p in places}), outlets=len({p.outlet for p in places}),
            ),
            unaccepted=tuple(p.record for p in places if not p.accepted), scope=look.scope,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self.rows[index]

    @property
    def summary(self) -> str:
        """What the answer rests on, in one line: "3 promises · 41 sentences · 12 outlets · …"."""
        c = self.counts
        parts = [counted(c.rows, self.noun), counted(c.sentences, "sentence"), counted(c.outlets, "outlet")]
        return " · ".join([*parts, _looked_at(c.records, len(self.unaccepted))] if c.records else parts[:1])

    def text(self) -> str:
        """The answer for a person to read: each row with its details and its places, then what was left out and why."""
        blocks = ["\n".join(_lines(row)) for row in self.rows]
        blocks += ["\n".join(("Left out:", *_left_out(self.left_out)))] if self.left_out else []
        ending = [f"note: {note}" for note in self.notes] + ([self.summary] if self.rows else [])
        ending.append(self.scope.line + (f"; as of {self.as_of}" if self.as_of else ""))
        return "\n\n".join([*blocks, "\n".join(ending)])

    def table(self) -> list[dict[str, object]]:
        """The answer as a table: each row's cells, with the ids and words of the records that they rest on."""
        return [cells | _resting_on(row.places) for row in self.rows for cells in row.cells()]

    def _repr_html_(self) -> str:
        lines = self.table()
        head = "".join(f"<th>{escape(c)}</th>" for c in (lines[0] if lines else ()))
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(str(v))}</td>' for v in line.values())}</tr>" for line in lines
        )
        return (
            f"<p>{escape(self.summary)}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def _looked_at(records: int, unaccepted: int) -> str:
    accepted = {records: "none", 0: "all"}.get(unaccepted, str(records - unaccepted))
    return f"{counted(records, 'record')}, {accepted} accepted by a person"


def _lines(row: Row) -> Iterator[str]:
    yield row.heading
    yield from (f"  {line}" for line in row.details())
    yield from (f"    {place.line}" for place in row.places)


def _left_out(left_out: Iterable[LeftOut]) -> Iterator[str]:
    by_reason: dict[str, list[Place]] = {}
    for item in left_out:
        by_reason.setdefault(item.why, []).append(item.place)
    for why, places in by_reason.items():
        yield f"  {why}"
        yield from (f"    {place.line}" for place in places)


def _resting_on(places: Sequence[Place]) -> dict[str, object]:
    return {
        "words": " | ".join(p.words for p in places),
        "outlets": "; ".join(dict.fromkeys(p.outlet for p in places)),
        "published": "; ".join(dict.fromkeys(p.published or "unknown" for p in places)),
        "how": "; ".join(dict.fromkeys(_manner(p) for p in places)),
        "records": " ".join(p.record for p in places),
        "not accepted": sum(not p.accepted for p in places),
    }


def _manner(place: Place) -> str:
    """Whose word it is, and how far it is a fact."""
    authority = place.according_to.name if place.according_to else "unknown"
    marks = [place.factuality] if place.factuality != "actual" else []
    return ", ".join([authority, *marks, *(["hearsay"] if place.hearsay else [])])
