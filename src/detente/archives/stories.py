"""Which articles of an archive are copies of one story: by the ledger's own rule, without a ledger of all its records.

The articles go through a ledger of their own, which lies in the archive's folder while this lasts: its index of banded
MinHash is a table on the disk, so that memory does not grow with the archive. What comes out is what a ledger says into
which all shards were merged; neither the order of the shards nor what read them has a part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from detente.archives.archive import Archive
from detente.archives.files import read_articles, write_stories
from detente.archives.plan import STORIES
from detente.ledger import Ledger
from detente.ledger.clustering import cluster
from detente.reading.reader import Reading
from detente.records import Article

_BATCH = 500  # articles in one transaction
# In one order, and read as they are written: the stories of ten million articles need not lie in memory.
_MEMBERS = (
    "SELECT m.record, m.cluster FROM clusters c CROSS JOIN cluster_members m ON m.cluster = c.id "
    "WHERE c.of = 'story' ORDER BY m.record"
)


class Told(msgspec.Struct, frozen=True):
    """What was found.

    Args:
        stories: that several articles tell.
        articles: that tell one of them.
    """

    stories: int
    articles: int


def tell_stories(archive: Archive, told: Callable[[int], None] = lambda articles: None) -> Told:
    """Write `stories.parquet`: each article that is one of several copies, and the id of their story.

    Args:
        archive: that is cut; what is read of it does not matter.
        told: called with the number of articles that are compared so far, now and then.

    Raises:
        MissingInput: nothing was cut there.
        DetenteError: a shard is damaged, or the file cannot be written; an earlier one then stays.
    """
    articles = _articles(archive)
    place = archive.folder / "stories.db"
    _remove(place)  # of a run that was killed
    try:
        with Ledger.open(place, create=True) as ledger:
            while batch := list(islice(articles, _BATCH)):
                ledger.add_all([Reading(article=article, records=(), actors=()) for article in batch])
            _compare(ledger, told)
            number = write_stories(archive.folder / STORIES, ledger.connection.run(_MEMBERS))
            stories = ledger.connection.number("SELECT count(*) FROM clusters WHERE of = 'story'")
        return Told(stories=stories, articles=number)
    finally:
        _remove(place)


def _articles(archive: Archive) -> Iterator[Article]:
    return (article for name in sorted(archive.plan.shards) for article in read_articles(archive.articles(name)))


def _compare(ledger: Ledger, told: Callable[[int], None]) -> None:
    done = 0

    def more(articles: int) -> None:
        nonlocal done
        done += articles
        told(done)

    cluster(ledger, more)


def _remove(ledger: Path) -> None:
    for end in ("", "-wal", "-shm"):
        ledger.with_name(ledger.name + end).unlink(missing_ok=True)
