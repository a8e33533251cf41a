"""One shard of articles becomes one shard of records: the pure function that every engine runs.

What comes out depends on the articles, the model, the code and the registry, and on nothing else: not on the engine,
the number of workers, the order of shards, or how often the work was broken off.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from detente import __version__
from detente.actors.registry import Registry
from detente.archives.files import read_articles, record_rows, write_records
from detente.errors import DetenteError
from detente.language import load
from detente.language.model import WEIGHTS
from detente.reading.reader import Reading, read_article
from detente.records import Article, kind_of

DIED = "the process that read it died"
STUCK = "it was not read in the time given for one article"


class Step(msgspec.Struct, frozen=True):
    """How far a shard is: the article at `index` is begun.

    Args:
        shard: its name.
        index: place of the article in the shard; all before it are done with.
        words: read so far in the shard.
        failed: articles of the shard that could not be read so far.
    """

    shard: str
    index: int
    words: int = 0
    failed: int = 0


class Failure(msgspec.Struct, frozen=True):
    """An article that could not be read: its place in the shard, its origin, and why."""

    index: int
    origin: str
    reason: str


class Report(msgspec.Struct, frozen=True):
    """What became of a shard.

    Args:
        shard: its name.
        source: SHA-256 of the shard of articles.
        reader: what read it: version of the code, and the hashes of the model and the registry.
        records: SHA-256 of the shard of records.
        articles: how many were read.
        words: in them, told apart by white space.
        kinds: how many records of each kind.
        failures: the articles that could not be read.
        seconds: of processor time. Not part of what must be the same on every run.
    """

    shard: str
    source: str
    reader: str
    records: str
    articles: int
    words: int
    kinds: dict[str, int]
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0


def read_shard(
    articles: Path,
    records: Path,
    *,
    given_up: dict[int, str] | None = None,
    begun: Callable[[Step], None] = lambda step: None,
    registry: Path | None = None,
    reader: Callable[..., Reading] = read_article,
) -> Report:
    """Read a shard.

    Args:
        articles: the Parquet file to read.
        records: the Parquet file to write; it is there whole or not at all.
        given_up: by place in the shard, articles not to be tried, with the reason: those that killed a process before.
        begun: called before each article is read.
        registry: the user's own additions to the registry.
        reader: reads one article.

    Raises:
        DetenteError: the shard cannot be read, or the records cannot be written.
    """
    started = time.process_time()
    work = _Work(articles.stem, given_up or {}, begun, reader, Registry.load(registry))
    write_records(records, work.rows(read_articles(articles)))
    return Report(
        shard=articles.stem, source=sha256(articles), reader=reader_version(registry), records=sha256(records),
        articles=work.articles, words=work.words, kinds=dict(sorted(work.kinds.items())), failures=tuple(work.failures),
        seconds=round(time.process_time() - started, 3),
    )  # fmt: skip


class _Work:
    """Reads articles one after the other, and counts."""

    def __init__(
        self, shard: str, given_up: dict[int, str], begun: Callable[[Step], None], reader: Callable[..., Reading], registry: Registry
    ) -> None:  # fmt: skip
        self.shard, self.given_up, self.begun, self.reader, self.registry = (
            shard,
            given_up,
            begun,
            reader,
            registry,
        )
        self.language = load()
        self.kinds: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.articles = self.words = 0

    def rows(self, articles: Iterator[Article]) -> Iterator[dict[str, Any]]:
        for index, article in enumerate(articles):
            if reading := self._read(index, article):
                self.articles += 1
                self.words += len(article.text.split())
                self.kinds.update(kind_of(record) for record in reading.records)
                yield from record_rows(reading)

    def _read(self, index: int, article: Article) -> Reading | None:
        if reason := self.given_up.get(index):
            self.failures.append(Failure(index, article.origin, reason))
            return None
        self.begun(Step(self.shard, index, self.words, len(self.failures)))
        try:
            return self.reader(article, language=self.language, registry=self.registry)
        except DetenteError as error:
            self.failures.append(Failure(index, article.origin, str(error)))
        except Exception as error:  # one article's fault must not cost ten thousand others
            self.failures.append(Failure(index, article.origin, f"{type(error).__name__}: {error}"))
        return None


def sha256(path: Path) -> str:
    """The hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reader_version(registry: Path | None = None) -> str:
    """What the records of an article depend on besides its words: code, model and registry."""
    return f"{__version__} {_model_hash()} {_registry_hash(registry)}"


@cache
def _model_hash() -> str:
    """Eight letters that change with the model. The model is not loaded for it: who hands out the work has no use for it."""
    return sha256(WEIGHTS)[:8]


@cache
def _registry_hash(additions: Path | None) -> str:
    """Eight letters that change with any row of the packaged registry or of the user's additions."""
    from detente import actors

    folders: Collection[Path] = [Path(actors.__file__).parent / "data", *([additions] if additions else [])]
    files = sorted(f for folder in folders for f in ([folder] if folder.is_file() else folder.rglob("*.csv")))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]
