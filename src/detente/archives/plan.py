"""Sources are cut into shards: about ten thousand articles each, in the order in which they come.

The plan says what was cut from which files, so that a second run need not cut again, and says what could not be read
or was left out. Cutting keeps one shard in memory.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec

from detente.archives.files import PART, replacing, write_articles
from detente.archives.languages import language_of
from detente.errors import DetenteError, InputError, MalformedInput
from detente.records import Article

SHARD = 10_000  # articles
ENGLISH = "en"
STORIES = "stories.parquet"


class Plan(msgspec.Struct, frozen=True):
    """What was cut.

    Args:
        sources: the files and folders as given.
        files: by path, size in bytes and time of the last change (ns) of each file below them.
        options: what the call said of every article, and the shard size.
        shards: by name, the number of articles.
        other_languages: by language (ISO 639-1), how many articles were left out.
        unread: of each source or article that could not be read, why.
    """

    sources: tuple[str, ...]
    files: dict[str, tuple[int, int]]
    options: dict[str, str]
    shards: dict[str, int]
    other_languages: dict[str, int]
    unread: tuple[str, ...]


def load_plan(folder: Path) -> Plan | None:
    """The plan of an archive; `None` where there is none yet.

    Raises:
        MalformedInput: the file is damaged.
    """
    path = folder / "plan.json"
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except (msgspec.MsgspecError, OSError) as error:
        raise MalformedInput(
            f"{path}: got a damaged plan ({error}), expected one that détente wrote", f"rm {path}"
        ) from error


def fingerprint(sources: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file below the sources; nothing for standard input or what is not there."""
    found: dict[str, tuple[int, int]] = {}
    for source in sources:
        for path in _files(source):
            state = path.stat()
            found[str(path)] = (state.st_size, state.st_mtime_ns)
    return found


def _files(source: str) -> Iterator[Path]:
    path = Path(source)
    if path.is_dir():
        for here, folders, names in os.walk(path):
            folders.sort()
            yield from (Path(here, name) for name in sorted(names) if Path(here, name).is_file())
    elif path.is_file():
        yield path


def cut(
    folder: Path,
    sources: tuple[str, ...],
    articles: Iterable[Article | InputError],
    options: Mapping[str, str],
    *,
    size: int = SHARD,
    told: Callable[[int], None] = lambda articles: None,
) -> Plan:
    """Cut articles into shards and write the plan, all of it or nothing: what was cut before stands until the new is whole.

    Args:
        folder: of the archive; shards go to `articles/` below it.
        sources: the files and folders, for the plan.
        articles: what was found in them, errors in the place of what could not be read.
        options: what the call said, for the plan.
        size: articles in a shard.
        told: called with the number of articles so far, at each.

    Raises:
        DetenteError: a file cannot be written.
    """
    if size < 1:
        raise ValueError(f"size: got {size}, expected at least 1")
    files = fingerprint(sources)  # before the reading: what changes meanwhile is cut again the next time
    sieve = _Sieve()
    with _fresh(folder) as fresh:
        shards = _write(fresh, sieve.kept(articles), size, told)
        plan = Plan(
            sources, files, dict(options), shards, dict(sorted(sieve.others.items())), tuple(sieve.unread)
        )
        (folder / "plan.json").unlink(missing_ok=True)
        shutil.rmtree(folder / "articles", ignore_errors=True)
        fresh.rename(folder / "articles")
        _forget_others(folder, shards)
        save(folder / "plan.json", msgspec.json.format(msgspec.json.encode(plan)))
    return plan


@contextmanager
def _fresh(folder: Path) -> Iterator[Path]:
    """A folder to cut into; where the cutting fails, it is removed with the archive's own folder, if there was none."""
    made = not folder.exists()
    fresh = folder / f"articles{PART}"
    try:
        shutil.rmtree(fresh, ignore_errors=True)  # of a run that was killed
        fresh.mkdir(parents=True)
        yield fresh
    except BaseException as error:
        shutil.rmtree(folder if made else fresh, ignore_errors=True)
        if isinstance(error, OSError):
            raise DetenteError(f"{folder}: cannot be written ({error})", f"ls -ld {folder.parent}") from error
        raise


def _write(folder: Path, stream: Iterator[Article], size: int, told: Callable[[int], None]) -> dict[str, int]:
    """Write the shards; gives the number of articles of each, by name."""
    shards: dict[str, int] = {}
    counted = _counted(stream, told)
    while batch := list(islice(counted, size)):
        name = f"{len(shards):05d}"
        write_articles(folder / f"{name}.parquet", batch)
        shards[name] = len(batch)
    return shards


def _counted(stream: Iterator[Article], told: Callable[[int], None]) -> Iterator[Article]:
    for number, article in enumerate(stream, 1):
        told(number)
        yield article


class _Sieve:
    """Lets English articles through; counts the others and keeps what could not be read."""

    def __init__(self) -> None:
        self.others: Counter[str] = Counter()
        self.unread: list[str] = []

    def kept(self, articles: Iterable[Article | InputError]) -> Iterator[Article]:
        for article in articles:
            if isinstance(article, InputError):
                self.unread.append(str(article))
            elif (language := self._language(article)) in {ENGLISH, None}:
                yield article
            else:
                self.others[str(language)] += 1

    def _language(self, article: Article) -> str | None:
        """What the source says, if it says another than English, which an article also has that says nothing."""
        return article.language if article.language != ENGLISH else language_of(article.text)


def _forget_others(folder: Path, shards: Mapping[str, int]) -> None:
    """Removes what was read of an earlier cut's shards that this one does not have, and what was told of its articles."""
    (folder / STORIES).unlink(missing_ok=True)
    for part in ("records", "reports"):
        for path in (folder / part).glob("[0-9]*.*"):
            if path.stem not in shards:
                path.unlink()


def save(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    with replacing(path) as fresh:
        fresh.write_bytes(data)
