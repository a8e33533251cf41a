"""Where an answer's records stand, so that each part of it is one step from the words."""

from __future__ import annotations

from collections.abc import Iterable

from detente.ledger.store import Ledger
from detente.records import AnyRecord, Article, Part


class Place(Part, frozen=True, kw_only=True):
    """One record that an answer rests on.

    Args:
        record: its id.
        words: its core words, exact.
        article: id of the article.
        outlet: who published it; the origin where that is not known.
        published: ISO date, or `None` unknown.
        accepted: whether a person has accepted or edited the record.
    """

    record: str
    words: str
    article: str
    outlet: str
    published: str | None
    accepted: bool


class Places:
    """Looks the places of records up; each article is read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._articles: dict[str, Article] = {}

    def article(self, key: str) -> Article:
        """One article without its text, which an answer has no use for."""
        if key not in self._articles:
            self._articles[key] = self._ledger.article(key).replace(text="")
        return self._articles[key]

    def of(self, record: AnyRecord) -> Place:
        """The place of one record."""
        article = self.article(record.article)
        return Place(
            record=record.id,
            words=" … ".join(e.exact for e in sorted(record.core, key=lambda e: e.start)),
            article=article.id,
            outlet=article.publisher or article.origin,
            published=article.published,
            accepted=record.review in ("accepted", "edited"),
        )


def standing(records: Iterable[AnyRecord]) -> Iterable[AnyRecord]:
    """The records that nobody has rejected."""
    return (record for record in records if record.review != "rejected")
