"""Articles are read into a ledger, one after the other; one that cannot be read is reported, and the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import msgspec

from detente.errors import DetenteError, InputError, LedgerError
from detente.ledger.adding import Added, Reading
from detente.ledger.clustering import cluster
from detente.ledger.store import Ledger
from detente.records import Article


class Outcome(msgspec.Struct, frozen=True):
    """What became of one article.

    Args:
        origin: its path or URL; empty where the error came before there was one.
        status: new, seen before, or failed.
        added: what changed in the ledger; `None` where it failed.
        error: why it failed.
    """

    origin: str
    status: Literal["new", "seen", "failed"]
    added: Added | None = None
    error: DetenteError | None = None


class Intake(msgspec.Struct, frozen=True):
    """What became of all articles.

    Args:
        outcomes: one for each, in their order.
        records: by kind, in the plural, how many more records the ledger has.
    """

    outcomes: tuple[Outcome, ...]
    records: Mapping[str, int]

    @property
    def new(self) -> int:
        """How many articles the ledger did not have."""
        return self._count("new")

    @property
    def seen(self) -> int:
        """How many it had."""
        return self._count("seen")

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those that could not be read."""
        return tuple(o for o in self.outcomes if o.status == "failed")

    def _count(self, status: str) -> int:
        return sum(o.status == status for o in self.outcomes)


def read_into(
    ledger: Ledger,
    articles: Iterable[Article | InputError],
    *,
    language: Any = None,
    registry: Any = None,
    progress: Callable[[Outcome], None] | None = None,
    reader: Callable[..., Reading] | None = None,
) -> Intake:
    """Read articles, keep their records, and put together what is the same in several articles.

    Args:
        ledger: where they go.
        articles: as `detente.articles.read_sources` gives them, errors in the place of those that could not be read.
        language: what analyses the words; by default the best that is installed.
        registry: who held which office when; by default the packaged one.
        progress: called after each article.
        reader: reads one article; `detente.reading.reader.read_article` by default.

    Raises:
        LedgerError: the ledger cannot be written. What was kept before stays.
    """
    read = reader or _default_reader()
    before = ledger.counts()
    outcomes = []
    for article in articles:
        outcome = _take(ledger, article, lambda a: read(a, language=language, registry=registry))
        outcomes.append(outcome)
        if progress:
            progress(outcome)
    cluster(ledger)
    after = ledger.counts()
    kinds = [
        kind
        for kind in after
        if kind not in ("articles", "actors", "judgements", "clusters", "issues", "weighings")
    ]
    return Intake(tuple(outcomes), {kind: after[kind] - before[kind] for kind in kinds})


def _take(ledger: Ledger, article: Article | InputError, read: Callable[[Article], Reading]) -> Outcome:
    if isinstance(article, InputError):
        return Outcome("", "failed", error=article)
    try:
        reading = read(article)
        added = ledger.add(reading.article, reading.records, reading.actors)
    except LedgerError:
        raise
    except DetenteError as error:
        return Outcome(article.origin, "failed", error=error)
    except Exception as error:
        # A fault in the reading of one article must not cost the work on thousands of others; it is reported as what it is.
        return Outcome(article.origin, "failed", error=_fault(article, error))
    return Outcome(article.origin, "new" if added.article_new else "seen", added)


def _fault(article: Article, error: Exception) -> DetenteError:
    fault = DetenteError(
        f"{article.origin}: détente itself failed on this article ({type(error).__name__}: {error})",
        "report it together with the article; the other articles were read",
    )
    fault.__cause__ = error
    return fault


def _default_reader() -> Callable[..., Reading]:
    # Here and not above: reading loads the language part, for which a ledger that is only looked at has no use.
    from detente.reading.reader import read_article

    return read_article
