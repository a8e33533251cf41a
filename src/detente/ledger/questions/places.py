"""Where an answer's records stand, so that each part of it is one step from the words."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from detente.errors import LedgerCorrupt, RecordError
from detente.language.analysis import Span
from detente.language.words import paragraphs, sentences
from detente.ledger.connection import Connection, recovery
from detente.ledger.questions.wording import attributed
from detente.records import AnyRecord, Article, Authority, Factuality, Part, Review, check, kind_of

# Texts kept at hand, with their paragraphs: some 20 MB. Records of an answer come only mostly in the order of their articles;
# with 64 texts the paragraphs of an article were looked for four times over.
_TEXTS = 2_000
_MARKS = ("“", "‘", '"', "'", "«", "„")


class Place(Part, frozen=True, kw_only=True):
    """One record that an answer rests on.

    Args:
        record: its id.
        kind: its kind.
        words: its core words, exact; what stands apart is joined by an ellipsis.
        sentence: the sentences that have them, exact and joined in the same way.
        article: id of the article.
        outlet: who published it; the origin where that is not known.
        published: ISO date, or `None` unknown.
        accepted: whether a person has accepted or edited the record.
        review: what people decided about it.
        according_to: whose word it is; `None` for a statement, and where that could not be told.
        factuality: done, planned, hypothetical or negated.
        hearsay: reported at second hand.
        coder: the person who made the record; `None` where a machine read it.
    """

    record: str
    kind: str
    words: str
    sentence: str
    article: str
    outlet: str
    published: str | None
    accepted: bool
    review: Review
    according_to: Authority | None
    factuality: Factuality
    hearsay: bool
    coder: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication; `None` where it is not known to the day."""
        return day_of(self.published)

    @property
    def line(self) -> str:
        """The words, who printed them when, whose word it is, and whether a person has looked at the record."""
        made = f", coded by {self.coder}" if self.coder else ", machine-read"
        looked = {"proposed": made, "disputed": ", disputed", "rejected": ", rejected"}.get(self.review, "")
        # A quotation has marks of its own, as the article prints them.
        words = self.words if self.words.startswith(_MARKS) else f"“{self.words}”"
        return f"{words} — {self.outlet}, {self.published or 'date unknown'}{attributed(self)} [{self.record}{looked}]"


class _Text:
    """An article's text, with the sentences of the paragraphs that were asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = paragraphs(text)
        self._ends = [part.end for part in self._parts]
        self._cut: dict[int, tuple[Span, ...]] = {}

    def sentences(self, spans: Sequence[tuple[int, int]]) -> str:
        """The sentences that share a character with any of the spans, exact; what stands apart is joined by an ellipsis."""
        near = {number for span in spans for number in self._around(*span)}
        met = (
            s
            for number in sorted(near)
            for s in self._sentences(number)
            if any(s.meets(span) for span in spans)
        )
        return " … ".join(self.text[s.start : s.end] for s in met)

    def _around(self, start: int, end: int) -> Iterator[int]:
        """The paragraphs that share a character with a span, by number."""
        number = bisect_right(self._ends, start)
        while number < len(self._parts) and self._parts[number].start < end:
            yield number
            number += 1

    def _sentences(self, number: int) -> tuple[Span, ...]:
        if number not in self._cut:
            self._cut[number] = tuple(sentences(self.text, self._parts[number]))
        return self._cut[number]


class Places:
    """Looks the places of records up, and checks their words against the text.

    Args:
        connection: the ledger's.
        articles: by id, without their texts.
    """

    def __init__(self, connection: Connection, articles: dict[str, Article]) -> None:
        self._connection = connection
        self._articles = articles
        self._texts: OrderedDict[str, _Text] = OrderedDict()
        self._known: dict[str, Place] = {}

    def of(self, record: AnyRecord) -> Place:
        """The place of one record.

        Raises:
            LedgerCorrupt: the article does not have its words.
        """
        if record.id not in self._known:
            self._known[record.id] = self._of(record)
        return self._known[record.id]

    def _of(self, record: AnyRecord) -> Place:
        article = self._articles[record.article]
        told = self._text(record.article)
        try:
            check(record, told.text)
        except RecordError as error:
            name = self._connection.name
            raise LedgerCorrupt(f"{name}: the ledger is damaged ({error})", recovery(name)) from error
        return Place(
            record=record.id, kind=kind_of(record),
            words=" … ".join(e.exact for e in sorted(record.core, key=lambda e: e.start)),
            sentence=told.sentences([(e.start, e.end) for e in record.core]),
            article=article.id, outlet=outlet(article), published=article.published,
            accepted=record.review in ("accepted", "edited"), review=record.review,
            according_to=getattr(record, "according_to", None),
            factuality=getattr(record, "factuality", "actual"), hearsay=getattr(record, "hearsay", False),
            coder=record.origin.name if record.origin.by == "person" else None,
        )  # fmt: skip

    def _text(self, key: str) -> _Text:
        if key not in self._texts:
            self._texts[key] = _Text(
                str(self._connection.column("SELECT text FROM articles WHERE id = ?", (key,))[0])
            )
            if len(self._texts) > _TEXTS:
                self._texts.popitem(last=False)
        return self._texts[key]


def day_of(published: str | None) -> date | None:
    """The day that an article's `published` gives, or `None` where it gives none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def outlet(article: Article) -> str:
    """Who published an article: its origin where that is not known."""
    return article.publisher or article.origin


def standing(records: Iterable[AnyRecord]) -> Iterable[AnyRecord]:
    """The records that nobody has rejected."""
    return (record for record in records if record.review != "rejected")
