"""A briefing: what is on record since a day, each line with its sentences, whose word it is, and how far it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from detente.ledger import Ledger
from detente.ledger.filters import iso_date
from detente.ledger.judgements import standing
from detente.ledger.questions import (
    Answer,
    Place,
    Row,
    Scope,
    changes,
    contradictions,
    overdue,
    promises,
    stands,
    terms,
)
from detente.ledger.questions.look import Look
from detente.records import AnyRecord, Part, Statement
from detente.web.happenings import Happening, happenings
from detente.web.leaving import WITHHELD
from detente.web.wording import label, verb


class Quote(Part, frozen=True, kw_only=True):
    """A place with what stands beside it.

    Args:
        title: the article's headline, or `None`.
        href: where the article is; `None` where it is at no public address.
        reply: what was said against it, or on what ground a person disputes it.
    """

    place: Place
    title: str | None
    href: str | None
    reply: str | None


class Item(Part, frozen=True, kw_only=True):
    """A line of a briefing, what belongs to it, and the sentences that it rests on."""

    heading: str
    details: tuple[str, ...]
    quotes: tuple[Quote, ...]


class Section(Part, frozen=True, kw_only=True):
    """A part of a briefing."""

    title: str
    items: tuple[Item, ...]


class Cited(Part, frozen=True, kw_only=True):
    """An article that the briefing rests on; its text where the whole of it is to go along."""

    id: str
    title: str | None
    outlet: str
    published: str | None
    href: str | None
    status: str
    text: str | None


class Briefing(Part, frozen=True, kw_only=True):
    """A briefing.

    Args:
        since: the first day of the coverage that it looks at, ISO.
        made: the day on which it was made, ISO.
        counts: what it rests on, in words.
        scope: the articles that it could draw on.
        unchecked: how many of the records in it no person has accepted.
        records: how many records there are in it.
        happenings: what has a day, since then.
    """

    title: str
    since: str
    made: str
    counts: str
    scope: Scope
    unchecked: int
    records: int
    sections: tuple[Section, ...]
    happenings: tuple[Happening, ...]
    cited: tuple[Cited, ...]


def briefing(ledger: Ledger, since: str, *, title: str | None = None, full_text: bool = False) -> Briefing:
    """The briefing of what a ledger holds since a day.

    Args:
        ledger: what may leave the house (see `leaving`).
        since: first day of publication, as YYYY-MM-DD.
        title: its heading.
        full_text: whether whole articles go along; whoever asks must have the right to that.

    Raises:
        InvalidDate: `since` is not a day.
    """
    day = iso_date(since, "since")
    writer = _Writer(ledger, day)
    sections = tuple(section for section in writer.sections() if section.items)
    quotes = {q.place.record: q.place for s in sections for i in s.items for q in i.quotes}.values()
    places = [p for p in quotes if (p.published or "") >= day or not p.published]
    outlets = {p.outlet for p in places}
    sentences = {(p.article, p.sentence) for p in places}
    return Briefing(
        title=title or f"Since {day}", since=day, made=datetime.now(UTC).date().isoformat(),
        counts=f"{_n(len(places), 'record')} · {_n(len(sentences), 'sentence')} · {_n(len(outlets), 'outlet')}",
        scope=writer.look.scope, unchecked=sum(p.review == "proposed" for p in quotes), records=len(quotes),
        sections=sections, happenings=tuple(h for h in happenings(Look(ledger)) if h.last >= day),
        cited=tuple(writer.cited({p.article for p in quotes}, full_text)),
    )  # fmt: skip


def _n(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _each(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes without those that show the same sentence in the same light."""
    seen = {(q.place.article, q.place.sentence, q.place.review, q.place.factuality, q.place.hearsay, q.reply): q for q in quotes}
    return tuple(seen.values())


class _Writer:
    """Writes the sections of a briefing."""

    def __init__(self, ledger: Ledger, day: str) -> None:
        self.ledger = ledger
        self.day = day
        self.look = Look(ledger)

    def sections(self) -> Iterator[Section]:
        late = overdue(self.ledger, as_of=max(self.day, self.look.scope.last or "", date.today().isoformat()))
        answers: tuple[tuple[str, Answer[Row]], ...] = (
            ("What changed", changes(self.ledger, since=self.day, whole=True)),  # type: ignore[assignment]
            ("What was promised", promises(self.ledger)),
            ("Not on its way", late),
            ("Where the parties stand", stands(self.ledger)),
            ("What the deal would hold", terms(self.ledger)),
            ("Where sources contradict each other", contradictions(self.ledger, whole=True)),
        )
        for title, answer in answers:
            rows = answer if title == "Not on its way" else (row for row in answer if self._is_new(row.places))
            yield Section(title=title, items=tuple(map(self._item, rows)))
        yield Section(title="What was said", items=tuple(self._records("statement")))
        yield Section(title="What happened", items=tuple(self._records("event")))
        yield Section(title="Who is in", items=tuple(self._records("membership")))

    def _is_new(self, places: Iterable[Place]) -> bool:
        return any((p.published or "") >= self.day for p in places)

    def _item(self, row: Row) -> Item:
        return Item(heading=row.heading, details=tuple(row.details()), quotes=_each(map(self._quote, row.places)))

    def _records(self, kind: str) -> Iterator[Item]:
        """The records of a kind since the day, those with one heading as one item."""
        found: dict[str, list[AnyRecord]] = {}
        for record in self.look.records(kind):
            if self.look.day(record) >= self.day:
                said = f" {verb(record)}" if isinstance(record, Statement) else ""
                found.setdefault(label(record).partition(": ")[2] + said, []).append(record)
        for heading, records in found.items():
            conditions = dict.fromkeys(f"on condition: {c.text}" for r in records for c in getattr(r, "conditions", ()))
            quotes = [self._quote(self.look.place(r)) for r in records]
            yield Item(heading=heading, details=tuple(conditions), quotes=_each(quotes))

    def _quote(self, place: Place) -> Quote:
        article = self.look.articles[place.article]
        href = None if article.origin == WITHHELD else article.origin
        return Quote(place=place, title=article.title, href=href, reply=self._reply(place))

    def _reply(self, place: Place) -> str | None:
        """What the person wrote who disputes a record, or corrected it."""
        if place.review not in ("disputed", "edited"):
            return None
        notes = [j.note for j in standing(self.ledger.judgements(place.record)) if j.note and j.action in ("dispute", "edit")]
        return notes[-1] if notes else None

    def cited(self, articles: set[str], full_text: bool) -> Iterator[Cited]:
        for article in sorted(self.look.articles.values(), key=lambda a: (a.published or "", a.id)):
            if article.id in articles:
                yield Cited(
                    id=article.id, title=article.title, outlet=article.publisher or WITHHELD, published=article.published,
                    href=None if article.origin == WITHHELD else article.origin, status=article.status,
                    text=self.ledger.article(article.id).text if full_text else None,
                )  # fmt: skip
