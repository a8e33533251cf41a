"""Articles that a person brought in the browser and that wait to be read: in a folder beside the ledger, so that none is lost.

A batch is a folder of its own: what was brought, what the person said of it, and how far the reading has come. Another
process reads (`detente.web.reading_process`), so that the pages stay quick; it writes down how far it is after each article.
If the server or the machine stops, the batch is read when the server runs again: what was kept stays, and reading an article
a second time adds nothing.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from detente.errors import UnknownName
from detente.records import Part

_BATCH = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_FILES, _GIVEN, _PROGRESS = "files", "given.json", "progress.json"
_KEPT = 20  # batches that were read, and are still told of
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff]+')
_MOST_NAME = 100
_PASTED = "pasted.jsonl"


class Given(Part, frozen=True, kw_only=True):
    """What a person says of all articles of a batch.

    Args:
        again: whether they are articles of the ledger, read again with what a person says of each.
    """

    publisher: str | None = None
    country: str | None = None
    published: str | None = None
    again: bool = False


class Outcome(Part, frozen=True, kw_only=True):
    """What became of one article, or of a file that none could be read from.

    Args:
        article: its id; `None` where it could not be read.
        error: why it could not.
        remedy: what would help.
    """

    origin: str
    status: str
    article: str | None = None
    error: str | None = None
    remedy: str | None = None


class Progress(Part, frozen=True, kw_only=True):
    """How far the reading of a batch has come.

    Args:
        files: names of the files, in the order in which they are read.
        read: of how many files the reading has begun.
        outcomes: one for each article so far.
        notes: choices that the reading made and that are no errors.
        finished: whether it is at an end.
        stopped: why it could not go on, until somebody asks for it again; empty where it did.
        tries: how often the reading was begun.
    """

    files: tuple[str, ...]
    read: int = 0
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    finished: bool = False
    stopped: str = ""
    tries: int = 0


class Batch:
    """One batch.

    Args:
        folder: where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def key(self) -> str:
        """Its name."""
        return self.folder.name

    @property
    def files(self) -> Path:
        """The folder of what was brought."""
        return self.folder / _FILES

    @property
    def given(self) -> Given:
        """What the person said of it."""
        return msgspec.json.decode((self.folder / _GIVEN).read_bytes(), type=Given)

    @property
    def progress(self) -> Progress:
        """How far the reading has come."""
        return msgspec.json.decode((self.folder / _PROGRESS).read_bytes(), type=Progress)

    def say(self, progress: Progress) -> None:
        """Write down how far the reading has come: wholly or not at all."""
        unfinished = self.folder / f"{_PROGRESS}.part"
        unfinished.write_bytes(msgspec.json.encode(progress))
        unfinished.replace(self.folder / _PROGRESS)


class Incoming:
    """The batches of a ledger.

    Args:
        ledger: its file.
        registry: folder of one's own registry files.
    """

    def __init__(self, ledger: Path, registry: Path | None = None) -> None:
        self.ledger = ledger.absolute()
        self.folder = self.ledger.with_name(f"{ledger.name}.incoming")
        self._registry = registry
        self._reading: subprocess.Popen[bytes] | None = None
        self._one = threading.Lock()

    # ------------------------------------------------------------ bringing

    def begin(self) -> Batch:
        """A new batch, which is not seen before it is put."""
        key = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        folder = self.folder / f"{key}.part"
        (folder / _FILES).mkdir(parents=True)
        return Batch(folder)

    def put(self, batch: Batch, given: Given) -> Batch:
        """The batch, complete and on the disk: from here on it waits to be read, whatever happens.

        Args:
            given: what the person says of its articles.
        """
        names = tuple(sorted(p.name for p in batch.files.iterdir()))
        (batch.folder / _GIVEN).write_bytes(msgspec.json.encode(given))
        batch.say(Progress(files=names))
        whole = Batch(batch.folder.with_suffix(""))
        batch.folder.rename(whole.folder)
        return whole

    def drop(self, batch: Batch) -> None:
        """Forget a batch that was not put."""
        shutil.rmtree(batch.folder, ignore_errors=True)

    # ------------------------------------------------------------ looking

    def batch(self, key: str) -> Batch:
        """The batch of a name.

        Raises:
            UnknownName: there is none.
        """
        folder = self.folder / key
        if not _BATCH.fullmatch(key) or not (folder / _PROGRESS).is_file():
            raise UnknownName(f"there is no batch of articles {key!r}", "look under Add articles")
        return Batch(folder)

    def batches(self) -> list[Batch]:
        """All batches, the latest first."""
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        names = sorted((p.name for p in found if _BATCH.fullmatch(p.name)), reverse=True)
        return [Batch(self.folder / name) for name in names if (self.folder / name / _PROGRESS).is_file()]

    def waiting(self) -> list[Batch]:
        """Batches that are not read to their end and that nothing stands in the way of, the earliest first."""
        return [b for b in reversed(self.batches()) if not (b.progress.finished or b.progress.stopped)]

    # ------------------------------------------------------------ reading

    def read(self) -> None:
        """See to it that what waits is read, by another process that ends with this one."""
        with self._one:
            if (self._reading and self._reading.poll() is None) or not self.waiting():
                return
            command = [sys.executable, "-m", "detente.web.reading_process", str(self.ledger)]
            # Its standard input is closed when this process ends, however it ends, and then so does it.
            self._reading = subprocess.Popen(
                [*command, str(self._registry.absolute())] if self._registry else command,
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            )  # fmt: skip

    def again(self, key: str) -> None:
        """Read a batch that was stopped once more.

        Raises:
            UnknownName: there is none of this name.
        """
        batch = self.batch(key)
        if batch.progress.stopped:
            batch.say(Progress(files=batch.progress.files))
        self.read()

    def close(self) -> None:
        """End the process that reads; what waits is read another time."""
        with self._one:
            if self._reading:
                if self._reading.stdin:
                    self._reading.stdin.close()
                self._reading.wait(10)

    def tidy(self) -> None:
        """Take away what was brought and is read, and batches that nobody looks for any more."""
        read = [batch for batch in self.batches() if batch.progress.finished]
        for batch in read:
            shutil.rmtree(batch.files, ignore_errors=True)
        for batch in read[_KEPT:]:
            shutil.rmtree(batch.folder, ignore_errors=True)


# ---------------------------------------------------------------- names of files


def name_for(given: str, number: int) -> str:
    """A file's name for what a browser calls so: without a folder and without signs that a system takes for something else.

    Args:
        given: as the browser says it, or as an attacker does.
        number: its place among the files, which keeps two of one name apart and the order.
    """
    # Browsers write a quotation mark in a name so.
    plain = (
        _UNSAFE.sub("-", given.replace("%22", '"').replace("\\", "/").rpartition("/")[2]).strip(" .-")
        or "article"
    )
    stem, dot, suffix = plain.rpartition(".")
    return f"{number:04}-{(stem or suffix)[:_MOST_NAME]}{dot + suffix[:20] if stem and dot else ''}"


def called(name: str) -> str:
    """What a file was called before `name_for`."""
    return name.partition("-")[2]


def paste(batch: Batch, *rows: Mapping[str, object]) -> None:
    """Put texts into a batch, with what a person says of each alone.

    Args:
        rows: text, and url, title and the like where given.
    """
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (batch.files / name_for(_PASTED, 0)).write_text(lines, encoding="utf-8")
