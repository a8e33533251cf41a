"""What every format that records leave in must offer, and the account that it gives of an export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, Protocol, TypeVar, cast
from urllib.parse import quote, urlsplit

from detente.ledger import Ledger
from detente.ledger.recordset import RecordSet
from detente.records import KINDS, RECORD_TYPES, AnyRecord, Article, Record, Review, Statement

R = TypeVar("R", bound=Record)

ACCEPTED: tuple[Review, ...] = ("accepted", "edited")  # a person stands behind the value
_IN_ADDRESSES = ":/?#@!$&'()*+,;=%~"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[\w.~%!$&'()*+,;=-]+(:\d+)?", re.ASCII)
_NAMED = 3  # ids that a note gives, of however many


@dataclass
class Noted:
    """How many records, and the ids of the first few: it does not grow with the ledger."""

    count: int = 0
    ids: list[str] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count a record."""
        self.count += 1
        if len(self.ids) < _NAMED:
            self.ids.append(record.id)

    def __str__(self) -> str:
        return ", ".join(self.ids) + (", …" if self.count > len(self.ids) else "")


@dataclass
class Account:
    """What an export wrote, what it left out and why, and which of the records no person has accepted.

    Args:
        written: how many records the file carries.
        reviews: of those written, by the state that no person's acceptance stands behind.
        by_hand: of those written, what a person made and nobody has reviewed.
        left: records that the file does not carry, by the reason.
        lacks: records of which the file lacks something, by what it lacks.
    """

    written: int = 0
    reviews: dict[Review, Noted] = field(default_factory=dict)
    by_hand: Noted = field(default_factory=Noted)
    left: dict[str, Noted] = field(default_factory=dict)
    lacks: dict[str, Noted] = field(default_factory=dict)

    def wrote(self, record: Record) -> None:
        """Count a record that is in the file."""
        self.written += 1
        if record.review == "proposed" and record.origin.by == "person":
            self.by_hand.add(record)
        elif record.review not in ACCEPTED:
            self.reviews.setdefault(record.review, Noted()).add(record)

    def leave(self, record: Record, reason: str) -> None:
        """Count a record that is not in the file."""
        self.left.setdefault(reason, Noted()).add(record)

    def lack(self, record: Record, what: str) -> None:
        """Count a record of which the file lacks something."""
        self.lacks.setdefault(what, Noted()).add(record)

    def notes(self) -> list[str]:
        """The account in sentences for a person."""
        said = [_REVIEWS[review].format(n=found.count, ids=found) for review, found in self.reviews.items()]
        if self.by_hand.count:
            said.append(f"{self.by_hand.count} of the records were made by a person, and nobody has reviewed them: {self.by_hand}")
        said += [
            f"{found.count} of the records left out, because {reason}: {found}"
            for reason, found in self.left.items()
        ]
        return said + [
            f"{found.count} of the records without {what}: {found}" for what, found in self.lacks.items()
        ]


_REVIEWS: dict[Review, str] = {
    "proposed": "{n} of the records are machine-read, and no person has accepted them: {ids}",
    "disputed": "{n} of the records are disputed: {ids}",
    "rejected": "{n} of the records were rejected by a person: {ids}",
}


class Exporter(Protocol):
    """One format, one file."""

    @property
    def name(self) -> str:
        """What `--format` calls it."""

    @property
    def extension(self) -> str:
        """What its files end in, with the dot."""

    @property
    def binary(self) -> bool:
        """Whether its files are no text."""

    @property
    def omits(self) -> tuple[str, ...]:
        """What of a ledger it can never carry, in words for a person; empty where it carries all."""

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write records with their current values.

        Args:
            ledger: where they are from.
            stream: open for bytes; the caller closes it.
            records: those to write, all of the ledger where `None`.

        Returns:
            What is in the file and what is not.

        Raises:
            MissingExtra: a library that the format needs is not installed.
        """


def kinds_among(
    ledger: Ledger, records: Iterable[AnyRecord] | None
) -> tuple[Iterable[AnyRecord], list[type[AnyRecord]]]:
    """Records that can be gone through after this, and the kinds among them.

    A set of the ledger is gone through twice rather than held; anything else is kept, for it may not come twice.
    """
    if records is None:
        counts = ledger.counts()
        return ledger.records(), [KINDS[kind] for kind in KINDS if counts[f"{kind}s"]]
    again = records if isinstance(records, RecordSet | Sequence) else list(records)
    present = {type(record) for record in again}
    return again, [kind for kind in RECORD_TYPES if kind in present]


def of_kind(ledger: Ledger, records: Iterable[AnyRecord] | None, kind: type[R]) -> Iterable[R]:
    """The records of one kind, of those given or of all."""
    if records is None:
        return cast("RecordSet[R]", ledger.records(str(kind.__struct_config__.tag)))
    return (record for record in records if isinstance(record, kind))


def with_articles(ledger: Ledger, records: Iterable[R]) -> Iterator[tuple[R, Article]]:
    """Each record with its article, which is read once where its records stand together."""
    article: Article | None = None
    for record in records:
        if article is None or article.id != record.article:
            article = ledger.article(record.article)
        yield record, article


def by_article(
    ledger: Ledger, records: Iterable[AnyRecord] | None, kind: type[R]
) -> Iterator[tuple[Article, list[R]]]:
    """Each article with its records of one kind; a set of the ledger has them together, anything else is held."""
    found = of_kind(ledger, records, kind)
    if records is None or isinstance(records, RecordSet):
        groups = (
            (key, list(together)) for key, together in groupby(found, key=lambda record: record.article)
        )
        yield from ((ledger.article(key), together) for key, together in groups)
        return
    held: dict[str, list[R]] = {}
    for record in found:
        held.setdefault(record.article, []).append(record)
    yield from ((ledger.article(key), together) for key, together in held.items())


def web_address(article: Article) -> str | None:
    """The article's address on the web, with what no URI holds (RFC 3986, 2) as percents; `None` where it has none."""
    address = quote(_LONE_PERCENT.sub("%25", article.origin), safe=_IN_ADDRESSES)
    try:
        parts = urlsplit(address)
        named = parts.hostname and _HOST.fullmatch(parts.netloc) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return None
    return address if named and parts.scheme in ("http", "https") else None


def whose_word(record: AnyRecord, article: Article) -> str:
    """Whose word a record is, by name: of what was said, whoever reports it, else the outlet; "unknown" where nobody can be told."""
    if isinstance(record, Statement):
        return record.reported_by.name if record.reported_by else article.publisher or "unknown"
    return record.according_to.name if record.according_to else "unknown"
