"""The records behind a report, with their words, for those who read it without the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from detente.errors import UnknownName
from detente.language.marking import marked_sentences
from detente.ledger.questions.wording import attributed
from detente.ledger.remarks import Remark
from detente.records import AnyRecord, Article, Part, Record


class Citation(Part, frozen=True, kw_only=True):
    """A record, as it stands under a report.

    Args:
        sentences: those that hold the words it rests on, in pieces; whether a piece is of those words.
        said: outlet, title and day of the article, whose word it is, and how far it is a fact.
        review: what people have decided about it.
        remarks: what those say who deny or correct it.
    """

    sentences: tuple[tuple[str, bool], ...]
    said: str
    review: str
    remarks: tuple[str, ...] = ()


class Held(Protocol):
    """Where records are looked up: a ledger."""

    def get(self, key: str) -> AnyRecord:
        """A record by its id."""

    def article(self, key: str) -> Article:
        """An article by its id."""

    def remarks(self, record: AnyRecord | str) -> list[Remark]:
        """What stands beside it."""


def citations(ledger: Held, ids: Iterable[str]) -> dict[str, Citation]:
    """The records that the ledger holds, by id; what it does not hold is left out: a line of a table, say."""
    found = {}
    for id_ in ids:
        try:
            record = ledger.get(id_)
        except UnknownName:
            continue
        found[id_] = _citation(record, ledger.article(record.article), ledger.remarks(record))
    return found


def _citation(record: Record, article: Article, remarks: Iterable[Remark]) -> Citation:
    where = ", ".join(filter(None, (article.publisher or "outlet unknown", article.title, article.published or "day unknown")))
    return Citation(
        sentences=tuple(marked_sentences(article.text, [(e.start, e.end) for e in record.core])),
        said=f"{where}{attributed(record)}", review=record.review,
        remarks=tuple(_remark(r) for r in remarks),
    )  # fmt: skip


def _remark(remark: Remark) -> str:
    reply = f": “{remark.reply}”{f' ({remark.of})' if remark.of else ''}" if remark.reply else ""
    return f"{remark.mark}{reply}"
