"""Bringing articles: the form, and what became of what was brought."""

from __future__ import annotations

from typing import Any

from detente.articles.sources import READERS
from detente.errors import UnknownName
from detente.records import Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.incoming import Batch, Given, Incoming, Outcome, Progress
from detente.web.namesakes import namesakes
from detente.web.origins import unplaced
from detente.web.pages.articles import ArticleLine, line_of
from detente.web.sending import Sent
from detente.web.tables import of_rows
from detente.web.templating import id_path
from detente.web.uploads import MOST_BYTES, MOST_FILES

_COLUMNS = ("batch", "origin", "status", "article", "error", "remedy")
_SHOWN = 100  # articles of a batch that its page shows one by one


class BatchLine(Part, frozen=True, kw_only=True):
    """A batch in the list of those that were brought last."""

    key: str
    given: Given
    progress: Progress


class Adding(Part, frozen=True, kw_only=True):
    """The page that articles are brought on.

    Args:
        takes: the endings of files that are read.
        most_bytes: how large all files together may be.
        most_files: how many there may be at once.
        batches: those brought last, the latest first.
    """

    takes: tuple[str, ...]
    most_bytes: int
    most_files: int
    batches: tuple[BatchLine, ...]


class Brought(Part, frozen=True, kw_only=True):
    """What became of a batch.

    Args:
        articles: the first of those that were read, with how much was found in each.
        failed: files or articles that could not be read.
        new: how many articles the ledger did not have.
        seen: how many it had.
        to_review: records of the new articles that nobody has reviewed.
        unplaced: how many of the articles have no outlet or no day.
        shared: how many full names have several entries in the ledger, once all is read.
        lands: where to go on; `None` while the reading goes on, and where there is more than one place.
    """

    key: str
    given: Given
    progress: Progress
    articles: tuple[ArticleLine, ...]
    failed: tuple[Outcome, ...]
    new: int
    seen: int
    to_review: int
    unplaced: int
    shared: int
    lands: str | None


def adding(ask: Ask) -> View:
    """The page with the form."""
    ask.only()
    incoming = incoming_of(ask)
    lines = tuple(_line(batch) for batch in incoming.batches())
    shown = Adding(takes=tuple(READERS), most_bytes=MOST_BYTES, most_files=MOST_FILES, batches=lines)
    rows = (_row(line.key, o) for line in lines for o in line.progress.outcomes)
    return View(template="adding.html", shown=shown, table=of_rows(_COLUMNS, rows))


def brought(ask: Ask) -> View:
    """The page of one batch: how far it is, and then what was read."""
    ask.only()
    incoming = incoming_of(ask)
    batch = incoming.batch(ask.key)
    incoming.read()  # goes on with what a server that was stopped had begun
    progress = batch.progress
    keys = tuple(dict.fromkeys(o.article for o in progress.outcomes if o.article))
    articles = tuple(line for key in keys[:_SHOWN] if (line := _article(ask, key)))
    failed = tuple(o for o in progress.outcomes if o.status == "failed")
    new = sum(o.status == "new" for o in progress.outcomes)
    alone = progress.finished and len(keys) == 1 and articles and not failed and not progress.notes
    told = batch.given.again or new  # that an article was there already has to be said
    shown = Brought(
        key=batch.key, given=batch.given, progress=progress, articles=articles, failed=failed,
        new=new, seen=sum(o.status == "seen" for o in progress.outcomes),
        to_review=_to_review(ask, keys), unplaced=unplaced(ask.ledger, most=0, keys=keys[:_SHOWN])[0] if keys else 0, shared=len(namesakes(ask.ledger, ask.registry)) if progress.finished else 0,
        lands=keys[0] if alone and told else None,
    )  # fmt: skip
    return View(
        template="brought.html",
        shown=shown,
        table=of_rows(_COLUMNS, (_row(batch.key, o) for o in progress.outcomes)),
    )


def again(ask: Ask, form: Sent) -> str:
    """Begin anew with a batch that was stopped, and lead to its page."""
    key = form.one("batch")
    incoming_of(ask).again(key)
    return id_path("add", key)


def incoming_of(ask: Ask) -> Incoming:
    """What waits to be read.

    Raises:
        UnknownName: the server takes no articles.
    """
    if ask.incoming is None:
        raise UnknownName("this server takes no articles", "detente serve, without --read-only")
    return ask.incoming


def _line(batch: Batch) -> BatchLine:
    return BatchLine(key=batch.key, given=batch.given, progress=batch.progress)


def _article(ask: Ask, key: str) -> ArticleLine | None:
    try:
        return line_of(ask, ask.ledger.article(key))
    except UnknownName:  # not there yet, or taken out since
        return None


def _to_review(ask: Ask, keys: tuple[str, ...]) -> int:
    return sum(len(ask.ledger.records().where(article=key, review="proposed")) for key in keys[:_SHOWN])


def _row(key: str, o: Outcome) -> dict[str, Any]:
    return {
        "batch": key,
        "origin": o.origin,
        "status": o.status,
        "article": o.article,
        "error": o.error,
        "remedy": o.remedy,
    }
