"""Which articles are copies of one story: what a ledger says after a merge, whatever the shards are, in bounded memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from detente.archives.archive import Archive
from detente.archives.merging import merge
from detente.archives.stories import Told, tell_stories
from detente.errors import MalformedInput, MissingInput
from detente.ledger import Ledger
from detente.records import Article

from .made import archive_of
from .test_engines import OneByOne

pq = pytest.importorskip("pyarrow.parquet", reason="an archive needs pyarrow")
pytest.importorskip("py3langid", reason="an archive needs py3langid")
NAMES = ("envoy", "minister", "general", "mayor", "captain", "teacher", "driver", "farmer", "nurse", "judge", "miller", "priest")
DEEDS = ("went to", "wrote about", "spoke of", "saw", "left", "came back from", "asked about", "laughed at", "paid for", "waited for")
THINGS = ("the harbour", "the bridge", "a long war", "the old road", "the winter", "the price of bread", "the vote", "a small boat", "the talks", "the river")


def text(seed: int, sentences: int = 40) -> str:
    """A story of its own, in English enough to be told as such."""
    draw = random.Random(seed)
    return " ".join(f"The {draw.choice(NAMES)} {draw.choice(DEEDS)} {draw.choice(THINGS)} with the {draw.choice(NAMES)} {seed * draw.randrange(99)}." for _ in range(sentences))


def half(whole: str) -> str:
    return whole[: whole.index(".", len(whole) // 2) + 1]


TEXTS = {str(n): text(n) for n in range(1, 13)}
COPIES = {"4 cut": half(TEXTS["4"]), "4 longer": f"{TEXTS['4']} {text(99, 8)}", "7 by an agency": f"KELD (Agency) The wire said: {TEXTS['7']}"}
STORIES = {frozenset({"4", "4 cut", "4 longer"}), frozenset({"7", "7 by an agency"})}


def made(seed: int = 0) -> list[Article]:
    """Twelve stories and three copies, in some order."""
    found = [Article.of(words, name, published="2025-03-03") for name, words in (TEXTS | COPIES).items()]
    random.Random(seed).shuffle(found)
    return found


def told(folder: Path) -> set[frozenset[str]]:
    """The stories by the origins of their articles."""
    names = {article.id: article.origin for article in made()}
    stories: dict[str, set[str]] = {}
    for row in pq.read_table(folder / "stories.parquet").to_pylist():
        stories.setdefault(row["story"], set()).add(names[row["article"]])
    return set(map(frozenset, stories.values()))


def test_copies_are_told_as_a_ledger_tells_them(tmp_path: Path) -> None:
    archive_of(tmp_path, made())
    archive = Archive(tmp_path)
    assert tell_stories(archive) == Told(stories=2, articles=5)
    assert told(tmp_path) == STORIES
    archive.read(OneByOne())
    with Ledger.memory() as ledger:
        merge(ledger, archive.record_files())
        rows = sorted((article, cluster.id) for cluster in ledger.clusters("story") for article in cluster.members)
    assert [tuple(row.values()) for row in pq.read_table(tmp_path / "stories.parquet").to_pylist()] == rows


def test_the_same_bytes_whatever_the_shards_and_their_order(tmp_path: Path) -> None:
    found = set()
    for seed, size in ((1, 4), (2, 1), (3, 100)):
        archive_of(tmp_path / str(seed), made(seed), size=size)
        tell_stories(Archive(tmp_path / str(seed)))
        found.add((tmp_path / str(seed) / "stories.parquet").read_bytes())
    assert len(found) == 1


def test_nothing_is_left_behind_and_a_second_look_begins_anew(tmp_path: Path) -> None:
    archive_of(tmp_path, made()[:3])
    (tmp_path / "stories.db").write_bytes(b"of a run that was killed")
    (tmp_path / "stories.db-wal").write_bytes(b"the same")
    counted: list[int] = []
    assert tell_stories(Archive(tmp_path), counted.append).stories <= 1
    assert counted == [3]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "plan.json", "stories.parquet"]


def test_a_damaged_shard_leaves_what_was_told_before(tmp_path: Path) -> None:
    archive_of(tmp_path, made())
    tell_stories(Archive(tmp_path))
    (tmp_path / "articles" / "00001.parquet").write_bytes(b"PAR1")
    with pytest.raises(MalformedInput):
        tell_stories(Archive(tmp_path))
    assert told(tmp_path) == STORIES
    assert not list(tmp_path.glob("stories.db*"))


def test_another_cut_forgets_what_was_told(tmp_path: Path) -> None:
    archive_of(tmp_path, made())
    tell_stories(Archive(tmp_path))
    archive_of(tmp_path, made()[:3])
    assert not (tmp_path / "stories.parquet").exists()


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no archive"):
        tell_stories(Archive(tmp_path))
    assert list(tmp_path.iterdir()) == []
