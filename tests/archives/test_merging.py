"""Shards of records come into a ledger as if the articles had been read into it; merging again adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.archives.archive import Archive
from detente.archives.files import write_records
from detente.archives.merging import merge
from detente.errors import MalformedInput
from detente.exchange import export
from detente.language.simple import SimpleLanguage
from detente.ledger import Ledger
from detente.ledger.intake import read_into
from detente.reading.reader import read_article

from .made import archive_of, articles, reads

pytest.importorskip("pyarrow", reason="an archive needs pyarrow")
pytest.importorskip("py3langid", reason="an archive needs py3langid")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "archive"
    archive_of(folder, articles(7))
    archive = Archive(folder)

    class Here:
        def run(self, tasks: object, begun: object = None) -> object:
            return [reads(task.articles, task.records) for task in tasks]  # type: ignore[attr-defined]

    archive.read(Here())  # type: ignore[arg-type]
    return archive.record_files()


def exported(ledger: Ledger, path: Path) -> bytes:
    with path.open("wb") as stream:
        export(ledger, "jsonl", stream)
    return path.read_bytes()


def test_the_same_ledger_as_by_reading(tmp_path: Path, files: list[Path]) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as merged, Ledger.open(tmp_path / "b.db", create=True) as read:
        told: list[int] = []
        found = merge(merged, files, told=lambda: told.append(1))
        read_into(read, articles(7), language=SimpleLanguage())
        assert (found.articles, found.seen, len(told)) == (7, 0, 7)
        assert exported(merged, tmp_path / "a.jsonl") == exported(read, tmp_path / "b.jsonl")


def test_again_adds_nothing(tmp_path: Path, files: list[Path]) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as ledger:
        merge(ledger, files)
        before = exported(ledger, tmp_path / "a.jsonl")
        found = merge(ledger, files)
        assert (found.articles, found.seen, found.records) == (0, 7, 0)
        assert exported(ledger, tmp_path / "b.jsonl") == before


def test_records_before_their_article_are_refused(tmp_path: Path) -> None:
    from detente.archives.files import record_rows

    rows = list(record_rows(read_article(articles(1)[0], language=SimpleLanguage())))
    path = tmp_path / "r.parquet"
    write_records(path, rows[1:])
    with Ledger.open(tmp_path / "a.db", create=True) as ledger, pytest.raises(MalformedInput, match="article first"):
        merge(ledger, [path])
