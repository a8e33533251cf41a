"""A record as lists show it: with its sentence, and the article that it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.errors import UnknownName
from detente.ledger import Ledger
from detente.records import AnyRecord, Article, Part, Term
from detente.web.layout import Layout

BETWEEN = " … "

Spot = tuple[int, int]
"""First code point, and one past the last."""


class Source(Part, frozen=True, kw_only=True):
    """The article that something is from, without its text."""

    id: str
    name: str
    origin: str
    publisher: str | None
    published: str | None
    status: str

    @classmethod
    def of(cls, article: Article) -> Source:
        """The source that an article is."""
        return cls(
            id=article.id, name=article.name, origin=article.origin, publisher=article.publisher,
            published=article.published, status=article.status,
        )  # fmt: skip


class Need(Part, frozen=True, kw_only=True):
    """A term that another one depends on: its id and, where the ledger has it, what it says."""

    id: str
    proposition: str | None


class Entry(Part, frozen=True, kw_only=True):
    """A record with its sentence and its source.

    Args:
        sentence: the sentences that its core words stand in; those apart are joined by an ellipsis.
        marked: where in `sentence` the core words stand, of a statement what was said: first code point, and one past
            the last.
        needs: of a term, those that it depends on.
    """

    record: AnyRecord
    source: Source
    sentence: str
    marked: tuple[Spot, ...]
    needs: tuple[Need, ...] = ()


class Reader:
    """Makes entries, and reads each article once.

    Args:
        ledger: where the articles are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._articles: dict[str, tuple[Source, Layout]] = {}

    def entries(self, records: Iterable[AnyRecord]) -> tuple[Entry, ...]:
        """The records as entries, in the order given."""
        return tuple(self.entry(record) for record in records)

    def entry(self, record: AnyRecord) -> Entry:
        """One record as an entry."""
        source, layout = self.article(record.article)
        core = sorted((e.start, e.end) for e in record.core)
        said = sorted((e.start, e.end) for e in record.words("content")) or core
        sentence, marked = _sentence(layout, core, said)
        return Entry(record=record, source=source, sentence=sentence, marked=marked, needs=self._needs(record))

    def _needs(self, record: AnyRecord) -> tuple[Need, ...]:
        needed = record.depends_on if isinstance(record, Term) else ()
        return tuple(Need(id=key, proposition=self._proposition(key)) for key in needed)

    def _proposition(self, key: str) -> str | None:
        try:
            term = self._ledger.get(key)
        except UnknownName:
            return None
        return term.proposition if isinstance(term, Term) else None

    def article(self, key: str) -> tuple[Source, Layout]:
        """An article's source and layout."""
        if key not in self._articles:
            article = self._ledger.article(key)
            self._articles[key] = (Source.of(article), Layout(article.text))
        return self._articles[key]


def _sentence(layout: Layout, core: list[Spot], said: list[Spot]) -> tuple[str, tuple[Spot, ...]]:
    """The sentences around the core words as one text, and where what was said or done stands in it."""
    around = sorted({s for start, end in core for s in layout.sentences(start, end)}) or core
    stretches: list[list[int]] = []
    for start, end in around:
        if stretches and (start <= stretches[-1][1] or not layout.text[stretches[-1][1] : start].strip()):
            stretches[-1][1] = max(end, stretches[-1][1])
        else:
            stretches.append([start, end])
    joined, marked = "", []
    for start, end in stretches:
        joined += BETWEEN if joined else ""
        shift = len(joined) - start
        marked += [(max(a, start) + shift, min(b, end) + shift) for a, b in said if a < end and start < b]
        joined += layout.text[start:end]
    return joined, tuple(marked)


def pieces(entry: Entry) -> Iterator[tuple[str, bool]]:
    """The sentence cut into pieces, each with whether it belongs to the record's own words."""
    here = 0
    for start, end in entry.marked:
        if here < start:
            yield entry.sentence[here:start], False
        if max(here, start) < end:
            yield entry.sentence[max(here, start) : end], True
        here = max(here, end)
    if here < len(entry.sentence):
        yield entry.sentence[here:], False
