"""The process that reads what waits beside a ledger: `python -m detente.web.reading_process LEDGER [REGISTRY]`.

It is started by the server, and ends with it: it stops as soon as its standard input is closed. One runs at a time.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, closing
from pathlib import Path

from detente.actors import Registry
from detente.articles import read_sources
from detente.errors import DetenteError, EmptyArticle, InputError, MissingExtra
from detente.ledger import Ledger
from detente.ledger import intake as taking
from detente.records import Article
from detente.web.incoming import Batch, Incoming, Outcome, Progress, called

_OFTEN = 0.5  # seconds between two words on how far it is
_TRIES = 3
_EMPTY = "open it, and see that it holds the article’s words: those of a scan or a picture have to be read by OCR or typed out first"


def read_waiting(ledger: Path, registry: Path | None = None) -> None:
    """Read all batches that wait, and those that come meanwhile; nothing where another process is at it.

    Args:
        ledger: the ledger's file.
        registry: folder of one's own registry files.
    """
    incoming = Incoming(ledger, registry)
    # A lock that the system takes away again from a process that is killed, on every system.
    with closing(sqlite3.connect(incoming.folder / "lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return
        while batches := incoming.waiting():
            _Reading(batches[0]).into(incoming.ledger, registry)
            incoming.tidy()


class _Reading:
    """The reading of one batch."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.progress = Progress(files=batch.progress.files, tries=batch.progress.tries + 1)
        self._article: Article | InputError | None = None
        self._said = 0.0

    def into(self, path: Path, registry: Path | None) -> None:
        """Read all of it; a fault that stops everything is written down, and nothing that was brought is thrown away."""
        if self.progress.tries > _TRIES:
            self._say(stopped=f"the reading broke off {_TRIES} times, the last time without a word")
            return
        self._say()
        try:
            # In the folder an article's origin is the file's name, and no path of this machine.
            with chdir(self.batch.files), Ledger.open(path) as ledger:
                taking.read_into(
                    ledger, self._articles(), registry=Registry.load(registry), progress=self._next
                )
        except DetenteError as error:
            self._say(stopped=f"{error.message}{f' ({error.remedy})' if error.remedy else ''}")
        else:
            self._say(finished=True)

    def _articles(self) -> Iterator[Article | InputError]:
        """The articles of all files, each under the name that its person knows it by."""
        said = self.batch.given
        for number, name in enumerate(self.progress.files, 1):
            self._say(read=number)
            try:
                for found in read_sources(
                    [name], notes=self._note, publisher=said.publisher, country=said.country, published=said.published
                ):
                    self._article = _renamed(found, name)
                    yield self._article
            except MissingExtra as error:  # of one kind of file
                yield InputError(f"{called(name)}: {error.message}", error.remedy)

    def _note(self, note: str) -> None:
        self._say(
            notes=(*self.progress.notes, _without_number(note, self.progress.files[self.progress.read - 1]))
        )

    def _next(self, outcome: taking.Outcome) -> None:
        origin = outcome.origin or called(self.progress.files[self.progress.read - 1])
        error = outcome.error
        key = self._article.id if isinstance(self._article, Article) and not error else None
        made = Outcome(
            origin=origin, status=outcome.status, article=key,
            error=error.message if error else None, remedy=error.remedy or None if error else None,
        )  # fmt: skip
        self.progress = self.progress.replace(outcomes=(*self.progress.outcomes, made))
        if time.monotonic() - self._said > _OFTEN:
            self._say()

    def _say(self, **changes: object) -> None:
        self.progress = self.progress.replace(**changes)
        self.batch.say(self.progress)
        self._said = time.monotonic()


def _renamed(found: Article | InputError, name: str) -> Article | InputError:
    """An article or an error under the file's own name, without the number that keeps two files of one name apart."""
    if isinstance(found, Article):
        return (
            found.replace(origin=called(name) + found.origin.removeprefix(name))
            if found.origin.startswith(name)
            else found
        )
    found.message, found.remedy = (_without_number(words, name) for words in (found.message, found.remedy))
    found.args = (found.message,)
    if isinstance(found, EmptyArticle):  # the command line's remedy is a command, which no browser runs
        found.remedy = _EMPTY
    return found


def _without_number(words: str, name: str) -> str:
    """Words about a file, or about one beside it with another ending, under the name that its person knows it by."""
    stem = Path(name).stem
    return words.replace(stem, called(stem))


def _end_with_the_server() -> None:
    """Wait until the standard input is closed, and end: what is committed is kept, and what is not is read another time."""
    while os.read(
        0, 1
    ):  # not through `sys.stdin`, whose lock a thread would hold when the process ends by itself
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    read_waiting(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
